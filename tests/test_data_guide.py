"""docs/数据怎么写.md, tried: each right example is taken, each wrong one gives the words shown."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.kit import inside
from tests.kit import ROOT, text_of, workspace

GUIDE = (ROOT / "docs/数据怎么写.md").read_text("utf-8")
NOTICE = "江苏数促中心-2026"
HOME = Path("data/申报单位")
DATA = HOME / "客户甲/申报单位.yaml"
CHAPTER = HOME / "示例单体/正文/2 建设基础与优势.md"
SECTION = "## 服务行业选择及依据\n"
BLOCKS = re.findall(r"(?ms)^```(\w+) (\S+)\n(.*?)^```$", GUIDE)
MISREAD = {"类型", "格式", "选项", "未知键", "写法", "键"}  # codes of values not taken
FIELDS = {
    "日期": "成立日期: {}\n",
    "年月": "服务起始年月: {}\n",
    "整数": "员工总数: {}\n",
    "数": "注册资本: {}\n",
    "百分比": "近三年财务:\n  - 年度: 2025\n    资产负债率: {}\n",
    "是否": "独立法人: {}\n",
    "单选": "单位性质: {}\n",
    "多选": "服务区域: {}\n",
}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in which 客户甲 has just been made, as the page begins."""
    folder = workspace(tmp_path_factory.mktemp("写"))
    assert inside(folder, "new", "客户甲", "-n", NOTICE).code == 0
    return folder


def placed(text: str, snippet: str) -> tuple[str, range]:
    """The data file with what the snippet writes in the place of what stood there, and where."""
    for entry in re.split(r"(?m)^(?=[^\s#])", snippet):
        if not entry.strip():
            continue
        key = re.match(r"[^\s:：]+", entry)[0]  # type: ignore[index]
        was = re.search(rf"(?ms)^{re.escape(key)}:.*?(?=^\s*$|\Z)", text)
        text = text[: was.start()] + entry + text[was.end() :] if was else f"{text}\n{entry}"
    start = text[: text.index(snippet.splitlines()[0])].count("\n") + 1
    return text, range(start, start + snippet.count("\n"))


def tried(root: Path, file: Path, text: str) -> tuple[list[dict[str, Any]], str]:
    """What the check says of a file with that text, as data and as a person reads it."""
    path = root / file
    was = path.read_text("utf-8")
    path.write_text(text, "utf-8")
    try:
        who = ("check", "-a", file.parts[2], "-n", NOTICE)
        return json.loads(inside(root, *who, "--json").out)["problems"], inside(
            root, *who, "--all"
        ).out
    finally:
        path.write_text(was, "utf-8")


def snippet_in(root: Path, kind: str, snippet: str) -> tuple[Path, str, range]:
    """The file that a snippet belongs in, the text with it, and its lines."""
    if kind == "yaml":
        return DATA, *placed((root / DATA).read_text("utf-8"), snippet)
    text = (root / CHAPTER).read_text("utf-8")
    before, after = text.split(SECTION)
    start = before.count("\n") + 3
    return CHAPTER, f"{before}{SECTION}\n{snippet}\n{after}", range(start, start + 30)


def slips() -> Iterator[Any]:
    """Each wrong snippet, the words it is to give, and the right one where the page has one."""
    for number, (kind, mark, text) in enumerate(BLOCKS):
        if mark == "错":
            words = BLOCKS[number + 1]
            right = [one for one in BLOCKS[number + 2 : number + 3] if one[1] == "对"]
            assert words[1] == "报"
            yield pytest.param(kind, text, words[2], right, id=text.split("\n")[0])


@pytest.mark.parametrize(("kind", "wrong", "words", "right"), list(slips()))
def test_a_slip_is_told_in_the_words_that_the_page_shows(
    root: Path, kind: str, wrong: str, words: str, right: list[tuple[str, str, str]]
) -> None:
    file, text, lines = snippet_in(root, kind, wrong)
    problems, screen = tried(root, file, text)
    for said in words.splitlines():
        assert said in screen
    told = [p for p in problems if any(p["message"] in one for one in words.splitlines())]
    told += [p for p in problems if p["code"] == "重复键"]
    assert told and {p["line"] for p in told} <= set(lines)
    for _, _, cure in right:
        _, screen = tried(root, *snippet_in(root, kind, cure)[:2])
        assert not [said for said in words.splitlines() if said in screen and said[:2] != "提示"]


@pytest.mark.parametrize(
    ("kind", "text"),
    [pytest.param(k, t, id=t.split("\n")[0]) for k, mark, t in BLOCKS if mark == "对"],
)
def test_a_right_example_is_taken(root: Path, kind: str, text: str) -> None:
    file, whole, lines = snippet_in(root, kind, text)
    problems, _ = tried(root, file, whole)
    here = [p for p in problems if p["file"] == file.as_posix() and p["line"] in lines]
    if kind == "markdown":
        assert not here
    assert not [p for p in here if p["code"] not in ("缺填", "待补") and p["verdict"] is None]


TABLE = re.findall(r"(?m)^\| (\w+) \| ([^|]*) \| ([^|]*) \| ([^|]*) \|$", GUIDE)[1:]


@pytest.mark.parametrize(
    ("what", "value", "taken"),
    [
        (what, value.strip(), taken)
        for what, first, more, refused in TABLE
        for cell, taken in ((first, True), (more, True), (refused, False))
        for value in cell.split("；")
        if value.strip()
    ],
)
def test_a_value_of_the_table_is_taken_or_refused(
    root: Path, what: str, value: str, taken: bool
) -> None:
    text, lines = placed((root / DATA).read_text("utf-8"), FIELDS[what].format(value))
    problems, _ = tried(root, DATA, text)
    misread = [p for p in problems if p["line"] in lines and p["code"] in MISREAD]
    assert bool(misread) is not taken, [p["message"] for p in misread]


def test_the_table_has_every_type_that_is_typed() -> None:
    assert {row[0] for row in TABLE} == set(FIELDS)
    assert len([1 for _, mark, _ in BLOCKS if mark == "错"]) == 13


def test_a_reason_and_an_answer_are_heard(root: Path) -> None:
    (text,) = (text for _, mark, text in BLOCKS if mark == "示例单体")
    file = HOME / "示例单体/申报单位.yaml"
    own = (root / file).read_text("utf-8")
    four, _, answers = text.partition("说明:\n")
    assert own.count("\n确认:\n") == 1
    asking = re.sub(r"(?m)^服务行业:\n(  - .*\n)+", four, own)
    without, _ = tried(root, file, asking)
    answered, _ = tried(root, file, asking.replace("\n确认:\n", f"\n说明:\n{answers}"))
    codes = [[p["code"] for p in found] for found in (without, answered)]
    for code in ("S0-Q01", "S0-E08"):
        assert code in codes[0] and code not in codes[1]


def test_a_message_looks_as_the_page_shows_it(root: Path) -> None:
    (shown,) = re.findall(r"(?ms)^```\n(data/.*?)^```$", GUIDE)
    text, _ = placed((root / DATA).read_text("utf-8"), "注册资本: 约500\n")
    _, screen = tried(root, DATA, text)
    plain = re.sub(r":\d+:\d+ ", " ", shown)
    assert plain in re.sub(r":\d+:\d+ ", " ", screen)


def test_a_lone_file_is_read_without_a_notice(root: Path) -> None:
    assert f"`docgen check {DATA}`" in GUIDE
    done = inside(root, "check", DATA.as_posix())
    assert "语法" not in done.out and done.err == ""


def test_what_the_chapter_example_says_is_printed(root: Path, tmp_path: Path) -> None:
    example = next(text for kind, mark, text in BLOCKS if (kind, mark) == ("markdown", "对"))
    folder = shutil.copytree(root, tmp_path / "w", symlinks=True)
    _, text, _ = snippet_in(folder, "markdown", example)
    (folder / CHAPTER).write_text(text, "utf-8")
    inside(folder, "build", "建设方案", "-a", "示例单体", "-n", NOTICE, "--format", "docx")
    (made,) = (folder / "out" / NOTICE / "示例单体").glob("*.docx")
    printed = text_of(made)
    assert "小标题前写三个井号" in printed and "短横线加空格，是分点" in printed
    assert "服务分工" in printed and "给自己看的" not in printed and "【=" not in printed
