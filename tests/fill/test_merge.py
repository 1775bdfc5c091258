"""合并相同: the pack names columns, and equal cells below each other become one."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from docgen.fill import compile_template, fill
from docgen.fill.house.text import cell, paragraph, row, table
from docgen.load import load_notice
from docgen.model.notice import ColumnSpec, TableSpec
from tests.fill.kit import W, docx, grid, missing, part, record, text_of

CITIES = [
    {"市": "苏州", "县": "昆山", "企业": "甲厂"},
    {"市": "苏州", "县": "昆山", "企业": "乙厂"},
    {"市": "苏州", "县": "吴江", "企业": "乙厂"},
    {"市": "无锡", "县": "吴江", "企业": "丙厂"},
]
HEAD = ("序号", "市", "县", "企业")
TAGS = ("{{ loop.index }}", "{{ 行.市 }}", "{{ 行.县 }}", "{{ 行.企业 }}")
LOOP = (("{%tr for 行 in 名单 %}",), TAGS, ("{%tr endfor %}",))


def spec(*names: str, title: str = "企业名单", headings: tuple[str, ...] = HEAD[1:]) -> TableSpec:
    return TableSpec(title, "名单", tuple(ColumnSpec(h, h) for h in headings), merge_same=names)


def shown(body: str, tables: list[TableSpec], rows: object = CITIES, **facts: object) -> list[str]:
    """Each row as text: | starts a cell, ^ stands for a cell merged into the one above."""
    return told(body, tables, rows, **facts)[0]


def told(
    body: str, tables: list[TableSpec], rows: object = CITIES, **facts: object
) -> tuple[list[str], list[str]]:
    template = compile_template(docx(body=body), "模板.docx")
    result = fill(template, record({"名单": rows, **facts}), tables=tables)
    assert result.docx, result.problems
    lines = [
        "|".join(_cell(c) for c in line.iter(W + "tc")) for line in part(result.docx).iter(W + "tr")
    ]
    return lines, [problem.message for problem in result.problems]


def _cell(node: etree._Element) -> str:
    mark = node.find(f"{W}tcPr/{W}vMerge")
    if mark is None:
        return text_of(node)
    if mark.get(W + "val") == "continue":
        assert text_of(node) == ""
        assert node.find(W + "p") is not None
        return "^"
    return text_of(node) + "↓"


def test_equal_cells_are_merged_only_within_what_stands_before_them() -> None:
    body = paragraph("企业名单", "题注") + grid(HEAD, *LOOP)
    assert shown(body, [spec("市", "县")]) == [
        "序号|市|县|企业",
        "1|苏州↓|昆山↓|甲厂",
        "2|^|^|乙厂",
        "3|^|吴江|乙厂",
        "4|无锡|吴江|丙厂",
    ]
    assert shown(body, [spec("企业")])[2:4] == ["2|苏州|昆山|乙厂↓", "3|苏州|吴江|^"]
    assert shown(body, [spec("县")])[3:] == ["3|苏州|吴江↓|乙厂", "4|无锡|^|丙厂"]


def test_nothing_is_merged_where_nobody_asks() -> None:
    assert shown(grid(HEAD, *LOOP), [spec()])[2] == "2|苏州|昆山|乙厂"


def test_totals_headings_and_notes_stay_as_they_are() -> None:
    body = grid(
        ("企业名单",), HEAD, *LOOP, ("合计", "苏州", "", ""), ("", "苏州", "", ""), ("注：略",)
    )
    rows = [{"市": "苏州", "县": "", "企业": "甲"}, {"市": "苏州", "县": "", "企业": "乙"}]
    assert shown(body, [spec("市", "县")], rows) == [
        "企业名单",
        "序号|市|县|企业",
        "1|苏州↓||甲",
        "2|^||乙",
        "合计|苏州||",
        "|苏州||",
        "注：略",
    ]


def test_a_heading_of_the_same_text_is_not_part_of_the_body() -> None:
    rows = [{"市": "市", "县": "a", "企业": "甲"}, {"市": "市", "县": "b", "企业": "乙"}]
    assert shown(grid(HEAD, *LOOP), [spec("市")], rows)[:2] == ["序号|市|县|企业", "1|市↓|a|甲"]


def test_holes_and_empty_cells_are_never_merged() -> None:
    rows = [
        {"市": missing("名单.1.市", "市"), "县": "", "企业": "甲"},
        {"市": missing("名单.2.市", "市"), "县": "", "企业": "甲"},
    ]
    lines = shown(grid(HEAD, *LOOP), [spec("市", "县", "企业")], rows)
    assert lines[1:] == ["1|【待补：市】||甲", "2|【待补：市】||甲"]


def test_two_rows_of_headings_are_known_by_what_word_repeats() -> None:
    head = [
        row([cell(text, 2000, "表头") for text in line], head=True)
        for line in (("基本情况", "", "", ""), ("序 号", "市", "县", "企业"))
    ]
    body = [row([cell(text, 2000) for text in TAGS])]
    loop = [row([cell(tag, 2000)]) for tag in ("{%tr for 行 in 名单 %}", "{%tr endfor %}")]
    made = table([2000] * 4, [*head, loop[0], *body, loop[1]])
    assert shown(made, [spec("市")])[2:4] == ["1|苏州↓|昆山|甲厂", "2|^|昆山|乙厂"]


def test_the_caption_says_which_table_is_meant() -> None:
    other = grid(HEAD, ("1", "苏州", "昆山", "甲"), ("2", "苏州", "昆山", "乙"))
    captioned = paragraph("表2 企业名单", "题注") + grid(HEAD, *LOOP)
    lines = shown(paragraph("别的表", "题注") + other + paragraph() + captioned, [spec("市")])
    assert lines[1:3] == ["1|苏州|昆山|甲", "2|苏州|昆山|乙"]
    assert lines[4:6] == ["1|苏州↓|昆山|甲厂", "2|^|昆山|乙厂"]


def test_without_a_caption_the_headings_say_it() -> None:
    other = grid(("市", "人口"), ("苏州", "1"), ("苏州", "2"))
    assert shown(other + paragraph() + grid(HEAD, *LOOP), [spec("市")])[2] == "苏州|2"


def test_a_table_that_is_not_there_is_told() -> None:
    body = grid(("市（州）", "县"), ("苏州", "昆山"), ("苏州", "昆山"))
    lines, problems = told(body, [spec("市")])
    assert lines[1] == "苏州|昆山"
    assert problems == ["“企业名单”要合并相同的“市”，文档里没有这样的表"]
    assert told(paragraph("略"), [spec("市")], rows=[])[1] == []


def test_cells_of_other_width_and_cells_merged_by_the_template_are_left_alone() -> None:
    wide = row([cell("1", 2000), cell("苏州", 4000, span=2), cell("甲", 2000)])
    plain = row([cell(text, 2000) for text in ("2", "苏州", "昆山", "乙")])
    merged = plain.replace(
        '<w:vAlign w:val="center"/>', '<w:vMerge w:val="restart"/><w:vAlign w:val="center"/>'
    )
    head = row([cell(text, 2000, "表头") for text in HEAD], head=True)
    lines = shown(table([2000] * 4, [head, wide, plain, merged, plain, plain]), [spec("市")])
    assert lines[1:] == [
        "1|苏州|甲",
        "2|苏州|昆山|乙",
        "2↓|苏州↓|昆山↓|乙↓",
        "2|苏州↓|昆山|乙",
        "2|^|昆山|乙",
    ]


def test_a_merge_stands_where_the_schema_wants_it() -> None:
    template = compile_template(docx(body=grid(HEAD, *LOOP)), "模板.docx")
    made = fill(template, record({"名单": CITIES}), tables=[spec("市")])
    for mark in part(made.docx).iter(W + "vMerge"):
        before = [node.tag.rpartition("}")[2] for node in mark.itersiblings(preceding=True)]
        after = [node.tag.rpartition("}")[2] for node in mark.itersiblings()]
        assert (before, after) == (["tcW"], ["vAlign"])
    assert made.docx == fill(template, record({"名单": CITIES}), tables=[spec("市")]).docx


def test_many_rows_are_merged_group_by_group() -> None:
    rows = [{"市": f"市{n // 100}", "县": f"县{n // 10}", "企业": str(n)} for n in range(2000)]
    lines = shown(grid(HEAD, *LOOP), [spec("市", "县")], rows)
    assert sum("↓" in line.split("|")[1] for line in lines) == 20
    assert sum("↓" in line.split("|")[2] for line in lines) == 200


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = tmp_path / "notices" / "甲-2026"
    folder.mkdir(parents=True)
    (folder / "通知.yaml").write_text(
        "名称: 甲\n文号: 甲〔2026〕1号\n成文日期: 2026-05-25\n状态: 有效\n复核: 2026-06-01\n",
        "utf-8",
    )
    (folder / "字段.yaml").write_text(
        "申报单位:\n  名单:\n    类型: 表\n    字段:\n      市: {类型: 文字}\n"
        "      金额: {类型: 数, 单位: 万元}\n",
        "utf-8",
    )
    return folder


@pytest.mark.parametrize(
    ("named", "headings", "said"),
    [
        ("[市, 金额]", ("市", "金额（万元）"), []),
        ("市", ("市",), []),
        ("[县]", ("县",), ["合并相同：这张表没有“县”这一栏"]),
    ],
)
def test_the_pack_names_columns_by_heading_or_field(
    pack: Path, named: str, headings: tuple[str, ...], said: list[str]
) -> None:
    (pack / "材料.yaml").write_text(
        f"- 文种: 方案\n  出具: 申报单位\n  表:\n    - {{名: 名单, 取: 名单, 合并相同: {named}}}\n",
        "utf-8",
    )
    loaded = load_notice(pack.parents[1], "甲-2026")
    assert loaded.value is not None
    assert loaded.value.documents[0].tables[0].merge_same == headings
    assert [p.message for p in loaded.problems if "合并" in p.message] == said
