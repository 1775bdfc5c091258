"""What is typed into the workbook arrives to the letter: in the data, twice, and in print."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from docgen.load import dossier, load_notice, read_applicant
from docgen.load.markdown import is_missing_text
from docgen.load.text import characters
from docgen.load.yaml import read_yaml
from docgen.load.yaml.rewriting import rewritten
from docgen.model.form import form_of
from docgen.model.values import Missing, Rows
from docgen.problem import Where
from tests import kit
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
TEXTS = st.one_of(st.sampled_from(HARD), st.text(ALPHABET, min_size=1, max_size=30))


def is_told(text: str) -> bool:
    """Whether the text says something and holds nothing that is refused by name."""
    return not is_missing_text(text) and not characters(_arrived(text), Where())


def _arrived(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


TOLD = TEXTS.filter(is_told)


def facts(root: Path, name: str) -> dict[str, Any]:
    notice = load_notice(root, SLUG).value
    assert notice is not None
    return dict(dossier(read_applicant(root, name, [SLUG]), notice, {}).facts)


@settings(
    max_examples=25,
    phases=[Phase.explicit, Phase.generate],  # a failure is shown as found: shrinking takes minutes
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
@given(
    st.lists(st.tuples(TOLD, TOLD, TOLD), min_size=3, max_size=6),
    st.lists(st.tuples(TOLD, TOLD), max_size=4),
    st.data(),
)
def test_every_text_arrives_and_arrives_again(
    rows: list[tuple[str, str, str]], cases: list[tuple[str, str]], more: st.DataObject
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = workspace(Path(folder))
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
                assert read.tree.at("简介").text == _arrived(two)  # type: ignore[union-attr]
                values = facts(root, f"甲{n}")
                assert values["单位名称"] == _arrived(one)
                assert values["联系人"]["姓名"] == _arrived(three)
            typed = facts(root, "甲0")["案例"]
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


@settings(max_examples=150, deadline=None, derandomize=True)
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
    """示例单体 as rows of a workbook, imported under another name, prints the same proposal."""
    slug, name, other = "江苏数促中心-2026", "示例单体", "示例表格"
    root = kit.workspace(tmp_path)
    notice = load_notice(root, slug).value
    assert notice is not None
    folder = root / "data/申报单位"
    yaml = folder / name / "申报单位.yaml"
    text = yaml.read_text("utf-8")
    old = next(line for line in text.split("\n") if line.startswith("法定代表人:"))
    yaml.write_text(text.replace(old, "法定代表人: " + "\"𠮷𪚥=+@ 007 '引'\""), "utf-8")
    tree = read_applicant(root, name, [slug]).tree
    book = sheets_of(root / "报名表.xlsx", form_of(notice), {other: tree})
    done = kit.docgen(root, "import", str(book), "-n", slug)
    assert done.code == 0, done.out
    for part in ("正文", "证明材料"):
        shutil.copytree(folder / name / part, folder / other / part)
    texts = []
    for who in (name, other):
        kit.docgen(root, "build", "建设方案", "-a", who, "-n", slug, "--format", "docx")
        (made,) = (root / "out" / slug / who).glob("建设方案*.docx")
        texts.append(kit.text_of(made))
    assert texts[0] == texts[1]
    assert "𠮷𪚥=+@ 007 '引'" in texts[0]
