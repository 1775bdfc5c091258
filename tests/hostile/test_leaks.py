"""What is somebody's own stays in the text: not in messages, names, properties or pictures."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from docgen.problem import masked
from tests.bind.kit import photo
from tests.hostile.kit import FACTS, applicant, run, workspace
from tests.hostile.papers import LIST

CANARIES = {
    "身份证": "110105199001011234",
    "旧身份证": "110105900101123",
    "手机": "13812345678",
    "座机": "0512-66661234",
    "账号": "6222021234567890123",
    "分段的账号": "6222 0212 3456 7890 123",
    "十二位的账号": "455712345678",
}
FIELDS = (
    "备注 信用代码 手机 身份证号 账号 员工数 营收 占比 成立 独立法人 行业 "
    "架构图 简介 案例 证明材料 没有的"
)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return workspace(tmp_path_factory.mktemp("泄漏"))


def test_no_message_tells_a_number_that_is_somebodys_own(root: Path) -> None:
    for number, canary in enumerate(CANARIES.values()):
        for field in FIELDS.split():
            folder = applicant(root, f"{field}{number}")
            (folder / "申报单位.yaml").write_text(f"{FACTS}{field}: '{canary}乙'\n", "utf-8")
    names = sorted(path.name for path in (root / "data/申报单位").iterdir())
    ended = run(
        root, [("check", "-a", name, *json) for name in names for json in ((), ("--json",))]
    )
    assert {end.code for end in ended} == {0, 1}
    told = "\n".join(end.out + end.err for end in ended)
    assert [canary for canary in CANARIES.values() if canary in told] == []
    assert not (root / "out/docgen.log").exists()


def test_no_name_of_a_scan_tells_a_number_that_is_somebodys_own(root: Path) -> None:
    folder = applicant(root, "扫描件")
    names = [f"{number}的证.pdf" for number in CANARIES.values()]
    for name in names:
        (folder / "证明材料" / name).write_bytes(b"")
    (folder / "正文" / f"{CANARIES['手机']}.md").write_text("x", "utf-8")
    listed = "".join(f"  - {{编号: 证{n}, 名称: 甲, 文件: {f}}}\n" for n, f in enumerate(names))
    (folder / "申报单位.yaml").write_text(f"{FACTS}证明材料:\n{listed}", "utf-8")
    page = root / "检查.html"
    ended = run(
        root,
        [
            ("check", "-a", "扫描件", "--all"),
            ("check", "-a", "扫描件", "--json"),
            ("check", "-a", "扫描件", "--html", str(page)),
            ("bind", "-a", "扫描件"),
        ],
    )
    assert {end.code for end in ended} == {1}
    told = "".join(end.out + end.err for end in ended)
    assert told.count("文件是空的") >= 2 * len(names)
    told += page.read_text("utf-8")
    assert [canary for canary in CANARIES.values() if canary in told] == []


@pytest.mark.parametrize(
    "text",
    ["91320500MA00000000", "2026-06-01 17:00", "合同额 1234567.89 万元", "苏工信〔2026〕238号",
     "11010519000", "共 12345678901234 元",
     "123456789012.50", "3.123456789012", "实际 123456789012 万元",
     "data/申报单位/甲/申报单位.yaml:14:5"],
)  # fmt: skip
def test_what_is_nobodys_own_is_told_in_full(text: str) -> None:
    assert masked(text) == text


def test_what_is_handed_in_tells_nothing_beside_its_text(root: Path) -> None:
    folder = applicant(root, "照片")
    (folder / "图/a.jpg").write_bytes(photo(orientation=6))
    (folder / "证明材料/甲.jpg").write_bytes(photo())
    (folder / "正文/1 概述.md").write_text("## 背景\n\n![图](图/a.jpg)\n\n（见证01）\n", "utf-8")
    facts = f"{FACTS}架构图: 图/a.jpg\n身份证号: '110105199001011234'\n{LIST % '甲.jpg'}"
    (folder / "申报单位.yaml").write_text(facts, "utf-8")
    (end,) = run(root, [("bind", "-a", "照片", "--json")])
    assert end.code in (0, 1), end.out
    (built,) = run(root, [("build", "方案", "-a", "照片")])
    assert built.code in (0, 1)
    made = [path for path in (root / "out").rglob("*") if path.is_file()]
    assert {path.suffix for path in made} >= {".docx", ".pdf"}
    for path in made:
        assert "11010519900101" not in path.name
        if path.suffix == ".docx":
            _bare_docx(path)
        elif path.suffix == ".pdf":
            _bare_pdf(path)
    assert not [path for path in root.rglob("*.tmp") if path.is_file()]


def _bare_docx(path: Path) -> None:
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    whole = b"".join(parts.values())
    assert b"SECRET" not in whole and b"w:rsid" not in whole and b"attachedTemplate" not in whole
    core = parts["docProps/core.xml"].decode()
    assert not re.search("<dc:creator>[^<]|<cp:lastModifiedBy>[^<]", core)
    assert "甲公司" not in core + parts.get("docProps/app.xml", b"").decode()
    for name, data in parts.items():
        if name.startswith("word/media/"):
            assert not Image.open(BytesIO(data)).getexif()


def _bare_pdf(path: Path) -> None:
    assert b"SECRET" not in path.read_bytes()
    with pikepdf.open(path) as pdf:
        told = {key: str(value) for key, value in pdf.docinfo.items()}
        assert not {"/Author", "/Keywords", "/Subject"} & {k for k, v in told.items() if v}
        assert "甲公司" not in "".join(told.values())
