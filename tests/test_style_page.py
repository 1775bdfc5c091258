"""docs/版式.md and docs/转PDF.md say what the code does: every style, every code of a warning."""

from __future__ import annotations

import re
import runpy

from docgen.fill.house.styles import LOOKS
from tests.kit import ROOT

DOCS = ROOT / "docs"
WARNED = re.compile(r'(?:warn|warning|error)\(\s*"([^"]+)"')
COMPARED = {"文字不一致", "表格不一致", "页数不符", "字体未嵌入", "空白字形"}


def test_the_page_of_styles_is_the_scripts_and_names_every_style() -> None:
    script = runpy.run_path(str(DOCS / "脚本" / "版式图.py"), run_name="page")
    page = (DOCS / "版式.md").read_text("utf-8")
    assert page == script["page"](), "请运行 docs/脚本/版式图.py"
    named = set(re.findall(r"^\| ([^|]+) \|", page, re.M))
    assert {look.name for look in LOOKS} <= named


def test_every_picture_is_there_and_shown() -> None:
    script = runpy.run_path(str(DOCS / "脚本" / "版式图.py"), run_name="page")
    page = (DOCS / "版式.md").read_text("utf-8")
    wanted = {shot.name for shot in (*script["SHOTS"], script["SHEET"])}
    assert set(re.findall(r"!\[[^]]+\]\(版式/([^)]+)\.png\)", page)) == wanted
    assert {path.stem for path in (DOCS / "版式").iterdir()} == wanted


def test_every_warning_of_typesetting_is_explained() -> None:
    sources = [path.read_text("utf-8") for path in (ROOT / "docgen" / "typeset").rglob("*.py")]
    codes = {code for source in sources for code in WARNED.findall(source)} - COMPARED
    page = (DOCS / "转PDF.md").read_text("utf-8")
    explained = {
        code for row in re.findall(r"^\| ([^|]+) \|", page, re.M) for code in row.split("、")
    }
    assert codes <= explained, codes - explained
