"""What is typed into the workbook arrives to the letter: in the data, twice, and in print."""

from __future__ import annotations

import atexit
import re
import shutil
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from docgen.load import dossier, load_notice, read_applicant
from docgen.load.markdown import is_missing_text
from docgen.load.text import characters
from docgen.load.yaml import read_yaml
from docgen.load.yaml.rewriting import rewritten
from docgen.model.blocks import Chapter, texts
from docgen.model.form import form_of
from docgen.model.notice import Notice
from docgen.model.values import Missing, Record, Rows, lookup, walk
from docgen.problem import Where
from tests import kit
from tests.cli.kit import inside
from tests.excel.kit import SLUG, data, filled, imported, sheets_of, workspace

SIGNS = "\"'=+-@#&*!|>%`{}[]<>,:：，；;?？~ \n\t\\/_x0041_【】（）0０１"
ALPHABET = st.one_of(
    st.sampled_from(SIGNS),
    st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF),
    st.characters(min_codepoint=0x20000, max_codepoint=0x323AF),
    st.characters(exclude_categories=["Cs"]),
)
HARD = [
    "007",
    "=1+1",
    "@甲",
    "+86",
    "-1",
    "NO",
    "~",
    "null",
    "是",
    "'引",
    '"双"引',
    "a: b",
    "a #b",
    "[甲, 乙]",
    "{甲}",
    "- 甲",
    "甲\n乙",
    "甲\n\n 乙",
    "\n甲",
    "甲 ",
    "𠮷𪚥𬺰",
    "{{ 单位名称 }}",
    "_x000D_",
    "甲，",
    "2026-06-01",
    "1.50",
    "e\u0301",
]
TEXTS = st.one_of(st.sampled_from(HARD), st.text(ALPHABET, min_size=1, max_size=20))


def _arrived(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _printed(prose: str) -> str:
    """Markdown without the lines around it that print nothing: a change of those is none."""
    return re.sub(r"\A(?:[ \t]*\n)+", "", prose).rstrip()


def _told(text: str) -> str:
    """The text less what is refused by name; one that says nothing is made to say something."""
    kept = "".join(c for c in text if c == "\r" or not characters(c, Where()))
    return f"甲{kept}" if is_missing_text(kept) else kept


TOLD = TEXTS.map(_told)


@cache
def place() -> Path:
    """A workspace in memory where there is such a disk: an import waits for its disk."""
    memory = Path("/dev/shm")
    folder = tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None)
    atexit.register(folder.cleanup)
    return workspace(Path(folder.name))


@cache
def the_notice() -> Notice:
    notice = load_notice(place(), SLUG).value
    assert notice is not None
    return notice


@settings(
    max_examples=50,
    phases=[Phase.explicit, Phase.generate],  # a failure is shown as found: shrinking takes minutes
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(
    st.lists(st.tuples(TOLD, TOLD, TOLD), min_size=2, max_size=4),
    st.lists(st.tuples(TOLD, TOLD), max_size=3),
    st.data(),
)
def test_every_text_arrives_and_arrives_again(
    rows: list[tuple[str, str, str]], cases: list[tuple[str, str]], more: st.DataObject
) -> None:
    root = place()
    shutil.rmtree(root / "data", ignore_errors=True)
    for turn in range(2):
        held = {
            "申报单位": [
                {"名称": f"甲{n}", "单位名称": one, "简介": two, "联系人.姓名": three}
                for n, (one, two, three) in enumerate(rows)
            ],
            "服务案例": [{"申报单位": "甲0", "客户": one, "成效": two} for one, two in cases],
        }
        done, found = imported(root, filled(root, held))
        assert done.code == 0, found["problems"]
        for n, (one, two, three) in enumerate(rows):
            assert "# 必填 文字 · 条款 一\n" in data(root, f"甲{n}")
            read = read_applicant(root, f"甲{n}", [SLUG])
            assert not read.problems
            assert _printed(read.tree.at("简介").text) == _printed(_arrived(two))  # type: ignore[union-attr]
            values = dossier(read, the_notice(), {}).facts
            assert values["单位名称"] == _arrived(one)
            assert lookup(values, "联系人.姓名") == _arrived(three)
        typed = dossier(read_applicant(root, "甲0", [SLUG]), the_notice(), {}).facts["案例"]
        if cases:
            assert isinstance(typed, Rows)
            got = [(row["客户"], row["成效"]) for row in typed]
            assert got == [(_arrived(one), _arrived(two)) for one, two in cases]
        else:
            assert isinstance(typed, Missing)
        if turn == 0:
            rows = [more.draw(st.tuples(TOLD, TOLD, TOLD)) for _ in rows]
            new = st.lists(st.tuples(TOLD, TOLD), min_size=1, max_size=2)
            cases = [*cases[1:], *more.draw(new)]


YAML = """# 头
a: 007   # 一
b:
c: |   # 二
  甲

  乙

d:
  # 里
  - {p: 1, q: "二"}   # 三
  # 四
  - {p: 2}
e:
  f: '五'
# 尾
"""
PLACES = [("a",), ("b",), ("c",), ("d", 0, "p"), ("d", 0, "q"), ("d", 1, "新"), ("e", "f")]


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.dictionaries(st.sampled_from([*PLACES, ("e", "新"), ("新", "新")]), TOLD, min_size=1))
def test_a_text_put_into_a_file_touches_nothing_else(changes: dict[Any, str]) -> None:
    changes = {path: _arrived(text) for path, text in changes.items()}
    text = rewritten(YAML, changes)
    read = read_yaml(text.encode(), "甲.yaml")
    assert read.value is not None and not read.problems, text
    for path, new in changes.items():
        steps = ".".join(str(step + 1) if isinstance(step, int) else step for step in path)
        assert read.value.at(steps).text == new  # type: ignore[union-attr]
    for comment in ("# 头\n", "# 一\n", "# 二\n", "  # 里\n", "   # 三\n", "  # 四\n", "# 尾\n"):
        assert comment in text


def test_an_example_through_excel_makes_the_same_document(tmp_path: Path) -> None:
    """示例联合体 as rows of a workbook, imported under another name: the same facts and words."""
    slug, name, other = "江苏数促中心-2026", "示例联合体", "示例表格"
    root = kit.workspace(tmp_path)
    notice = load_notice(root, slug).value
    assert notice is not None
    folder = root / "data/申报单位"
    yaml = folder / name / "申报单位.yaml"
    hard = "\"𠮷𪚥=+@ 007 '引' “号” NO\""
    kit.edit(root, str(yaml.relative_to(root)), "法定代表人: 张示例", f"法定代表人: {hard}")
    tree = read_applicant(root, name, [slug]).tree
    book = sheets_of(root / "报名表.xlsx", form_of(notice), {other: tree})
    done = inside(root, "import", str(book), "-n", slug)
    assert done.code == 0, done.out
    for part in ("正文", "证明材料"):
        shutil.copytree(folder / name / part, folder / other / part)
    both = [dossier(read_applicant(root, who, [slug]), notice, {}).facts for who in (name, other)]
    said = [[(path, str(fact)) for path, fact in told(facts)] for facts in both]
    assert said[0] == said[1] and len(said[0]) > 500
    printed = []
    for who in (name, other):
        inside(root, "build", "联合协议", "-a", who, "-n", slug, "--format", "docx")
        (made,) = (root / "out" / slug / who).glob("联合协议*.docx")
        printed.append(kit.text_of(made))
    assert printed[0] == printed[1]
    assert "𠮷𪚥=+@ 007 '引' “号” NO" in printed[0]


@pytest.mark.parametrize("name", ["示例联合体", "示例单体"])
def test_an_example_onto_itself_changes_not_a_byte(tmp_path: Path, name: str) -> None:
    slug = "江苏数促中心-2026"
    root = kit.workspace(tmp_path)
    notice = load_notice(root, slug).value
    assert notice is not None
    yaml = root / "data/申报单位" / name / "申报单位.yaml"
    before = yaml.read_bytes()
    tree = read_applicant(root, name, [slug]).tree
    book = sheets_of(root / "报名表.xlsx", form_of(notice), {name: tree})
    done = inside(root, "import", str(book), "-n", slug)
    assert done.code == 0 and "冲突" not in done.out, done.out
    assert yaml.read_bytes() == before


def told(facts: Record) -> Iterator[tuple[str, object]]:
    """Every fact that was written, chapters by their words."""
    for path, fact in walk(facts):
        if isinstance(fact, Chapter):
            yield path, [text for s in fact.sections for text, _ in texts(s.blocks)]
        elif not isinstance(fact, Missing):
            yield path, fact
