"""`docgen check` for a person: one screen, the order of repair, where it shows; and the page."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.kit import ROOT, docgen, edit, workspace

WHO = "示例联合体"
DATA = f"data/申报单位/{WHO}/申报单位.yaml"
OUT = f"out/江苏数促中心-2026/{WHO}"
DAY = ("--date", "2026-06-01")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return workspace(tmp_path)


def emptied(place: Path, *keys: str) -> None:
    """The values of top-level keys taken away."""
    path = place / DATA
    text = path.read_text(encoding="utf-8")
    for key in keys:
        text, count = re.subn(rf"^{key}: .+$", f"{key}:", text, flags=re.M)
        assert count == 1
    path.write_text(text, encoding="utf-8")


def line_of(place: Path, text: str) -> int:
    lines = (place / DATA).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if line.startswith(text))


def test_the_first_line_says_whether_it_may_be_handed_in(place: Path) -> None:
    assert docgen(place, "check", "-a", WHO).out.startswith("能交 ")
    emptied(place, "法定代表人")
    assert docgen(place, "check", "-a", WHO).out.startswith("不能交（可出草稿）")


def test_it_fits_a_screen_and_all_of_it_is_to_be_had(place: Path) -> None:
    emptied(place, "服务行业", "申报方式", "服务区域", "法定代表人")
    brief = docgen(place, "check", "-a", WHO, *DAY).out.splitlines()
    assert len(brief) <= 40 and brief[-1].startswith("没有全列出：docgen check 加 --all")
    every = docgen(place, "check", "-a", WHO, *DAY, "--all").out
    assert len(every.splitlines()) > 40 and "没有全列出" not in every
    assert "省内线上申报  2026-06-10 止  还有 9 天" in brief[3] + brief[4]
    order = [line.split()[0] for line in brief if line.endswith(" 项") or "先改" in line]
    assert order == ["资料不足", "先改这几处，改一处解开几条", "待人工", "提示"]


def test_what_frees_most_is_to_be_mended_first(place: Path) -> None:
    emptied(place, "服务行业", "申报方式", "法定代表人")
    out = docgen(place, "check", "-a", WHO, *DAY).out
    steps = re.findall(r"^  (\d) (\S+)  申报单位.yaml:(\d+)  解开 (\S+)", out, re.M)
    assert [(label, int(line)) for _, label, line, _ in steps] == [
        ("申报方式", line_of(place, "申报方式")),
        ("服务行业", line_of(place, "服务行业")),
        ("法定代表人", line_of(place, "法定代表人")),
    ]
    freed = {label: set(codes.split("、")) for _, label, _, codes in steps}
    before = {p["code"] for p in docgen(place, "check", "-a", WHO, "--json").problems}
    edit(place, DATA, "\n服务行业:\n", "\n服务行业: [机械, 汽车, 电子信息制造]\n")
    after = docgen(place, "check", "-a", WHO, "--json").problems
    still = {p["code"] for p in after if p["severity"] == "error"}
    assert freed["服务行业"] <= before - still, "what it promised is free"


def test_what_a_person_judges_stands_with_its_scans(place: Path) -> None:
    out = docgen(place, "check", "-a", WHO).out
    assert "  S0-E12 面向行业积累数据集、模型库等 看 证20" in out
    assert re.search(r"S0-E10 .*看 证06、证07、证08、证09", out)


def test_a_page_is_told_only_where_it_is_known(place: Path) -> None:
    edit(place, DATA, "码: 91320000MA0000003C", "码: 91320000MA0000003D")
    emptied(place, "法定代表人")
    assert "见于" not in docgen(place, "check", "-a", WHO).out
    docgen(place, "build", "联合协议", "-a", WHO)
    out = docgen(place, "check", "-a", WHO, "--all").out
    pages = {
        text: page_with(place, text) for text in ("91320000MA0000003D", "【待补：法定代表人】")
    }
    code, head = (one for one in re.findall(r"见于 (联合协议第[\d、]+页)", out))
    assert {code, head} == {f"联合协议第{page}页" for page in pages.values()}
    (place / OUT / "联合协议.草稿.pdf").unlink()
    assert re.search(r"见于 联合协议$", docgen(place, "check", "-a", WHO, "--all").out, re.M)


def page_with(place: Path, words: str) -> str:
    """The pages of the built PDF on which words stand, as pdftotext finds them."""
    pdf = place / OUT / "联合协议.草稿.pdf"
    text = subprocess.run(["pdftotext", "-raw", pdf, "-"], capture_output=True, text=True).stdout
    pages = [n for n, page in enumerate(text.split("\f"), 1) if words in re.sub(r"\s", "", page)]
    return "、".join(map(str, pages))


def test_the_page_lies_in_out_and_is_the_same_again(place: Path) -> None:
    first = docgen(place, "check", "-a", WHO, *DAY, "--html", "--pdf")
    assert first.code == 0 and f"新建  {OUT}/检查报告.html" in first.out
    made = [(place / OUT / f"检查报告.{kind}").read_bytes() for kind in ("html", "pdf")]
    again = docgen(place, "check", "-a", WHO, *DAY, "--html", "--pdf")
    assert f"未变  {OUT}/检查报告.html" in again.out and f"未变  {OUT}/检查报告.pdf" in again.out
    assert made == [(place / OUT / f"检查报告.{kind}").read_bytes() for kind in ("html", "pdf")]
    assert made[1].startswith(b"%PDF")
    emptied(place, "法定代表人")
    later = docgen(place, "check", "-a", WHO, "--json").problems
    assert not [p for p in later if "检查报告" in p["message"]], "it is not out of date to itself"


def test_a_page_of_ones_own_is_written_whole_where_one_says(place: Path, tmp_path: Path) -> None:
    target = tmp_path / "给科长.html"
    run = docgen(place, "check", "-a", WHO, "--html", str(target))
    html = target.read_text(encoding="utf-8")
    assert run.code == 0 and html.rstrip().endswith("</html>")
    assert "以 2026-06-01 为今天" in html, "reckoned from the day in the data"
    assert f"vscode://file{place}" in html
    nowhere = docgen(place, "check", "-a", WHO, "--html", str(tmp_path / "没有/页.html"))
    assert nowhere.code == 1 and "写入" in nowhere.out


def test_what_was_typed_is_text_on_the_page(place: Path, tmp_path: Path) -> None:
    bad = "<script>alert(1)</script>{{ 7*7 }}"
    edit(place, DATA, "\n法定代表人: 张示例\n", f"\n法定代表人: '{bad}'\n")
    edit(place, DATA, "\n  手机: 13000000001\n", f"\n  手机: '{bad}'\n")
    target = tmp_path / "页.html"
    assert docgen(place, "check", "-a", WHO, "--html", str(target)).code == 1
    html = target.read_text(encoding="utf-8")
    assert "<script" not in html and "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7*7 }}" in html


def test_a_bureau_has_one_page_with_a_section_for_each(place: Path) -> None:
    run = docgen(place, "check", "-b", "示例市工信局", "-n", "江苏数促中心-2026", "--html")
    assert run.code == 0
    html = (place / "out/江苏数促中心-2026/示例市工信局/检查报告.html").read_text(encoding="utf-8")
    titles = re.findall(r"<h2>.*?</span>(\S+)</h2>", html)
    assert titles == ["示例市工信局", "示例联合体", "示例单体"]


def test_on_a_terminal_that_knows_links_places_can_be_clicked(place: Path) -> None:
    emptied(place, "法定代表人")
    said = on_a_terminal(place, TERM_PROGRAM="vscode")
    line = line_of(place, "法定代表人")
    assert re.search(rf"\x1b\]8;[^;]*;vscode://file/\S+\.yaml:{line}:\d+\x1b", said)
    assert "\x1b]8;" not in on_a_terminal(place)


def on_a_terminal(place: Path, **env: str) -> str:
    mine, theirs = pty.openpty()
    known = {k: v for k, v in os.environ.items() if not k.startswith(("TERM", "VTE", "WT_"))}
    with subprocess.Popen(
        [sys.executable, "-m", "docgen", "check", "-a", WHO],
        cwd=ROOT,
        env={**known, "TERM": "xterm-256color", "DOCGEN_ROOT": str(place), **env},
        stdout=theirs,
        stderr=theirs,
    ) as run:
        os.close(theirs)
        said = b""
        while True:
            try:
                piece = os.read(mine, 65536)
            except OSError:
                break
            if not piece:
                break
            said += piece
        run.wait()
    os.close(mine)
    return said.decode()
