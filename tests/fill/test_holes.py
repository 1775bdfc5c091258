"""What is missing: marked where it is asked for, nothing where it is not, never in a final."""

from __future__ import annotations

import pytest

from tests.fill.kit import W, docx, filled, grid, highlighted, missing, part, printed, texts


def test_a_required_hole_is_marked_in_its_run_alone() -> None:
    run = "<w:r><w:rPr><w:b/><w:u w:val='single'/></w:rPr><w:t>电话：{{ 电话 }}。</w:t></w:r>"
    result = filled(docx(body=f"<w:p>{run}</w:p>"), {"电话": missing("电话", "联系电话")})
    assert texts(result.docx) == ["电话：【待补：联系电话】。"]
    assert highlighted(result.docx) == ["【待补：联系电话】"]
    names = [[str(c.tag).rpartition("}")[2] for c in p] for p in part(result.docx).iter(W + "rPr")]
    assert names == [["b", "u"], ["b", "highlight", "u"], ["b", "u"]]
    assert [(hole.path, hole.label, hole.where.line) for hole in result.holes] == [
        ("电话", "联系电话", 3)
    ]


def test_an_optional_one_prints_nothing() -> None:
    assert printed("传真{{ 传真 }}。", 传真=missing("传真", required=False)) == ["传真。"]


@pytest.mark.parametrize(
    ("tag", "shown"),
    [
        ("{% if x %}有{% else %}无{% endif %}", "无"),
        ("{% if x > 3 or x == 'a' or x != 'a' %}有{% else %}无{% endif %}", "无"),
        ("{% if x is 已填 %}有{% else %}无{% endif %}", "无"),
        ("{{ x | default('—') }}", "—"),
        ("{{ 取已填(x, '乙') }}", "乙"),
        ("{{ 取已填(x, x) }}", "【待补：x】"),
        ("{{ x | 日期('年月') }}", "【待补：x】"),
        ("{{ x * 2 + 1 }}", "【待补：x】"),
        ("{{ 3 - x }}{{ -x }}{{ x[0] }}{{ x.y }}", "【待补：x】" * 4),
        ("{{ '甲' ~ x }}", "甲【待补：x】"),
        ("{{ 加年(x, 1) }}", "【待补：x】"),
    ],
)
def test_a_missing_fact_blanks_what_it_touches(tag: str, shown: str) -> None:
    assert printed(tag, x=missing("x")) == [shown]


LOOP = grid(
    ("客户", "行业"),
    ("{%tr for 行 in 案例 %}",),
    ("{{ 行.客户 }}", "{{ 行.行业 }}"),
    ("{%tr endfor %}",),
)


def test_a_required_table_prints_one_row_of_holes() -> None:
    result = filled(docx(body=LOOP), {"案例": missing("案例", "服务案例", rows=True)})
    assert texts(result.docx)[2:] == ["【待补：服务案例·客户】", "【待补：服务案例·行业】"]
    assert highlighted(result.docx) == texts(result.docx)[2:]
    assert [hole.path for hole in result.holes] == ["案例.1.客户", "案例.1.行业"]


def test_an_optional_table_prints_no_row() -> None:
    result = filled(docx(body=LOOP), {"案例": missing("案例", required=False, rows=True)})
    assert texts(result.docx) == ["客户", "行业"]


def test_a_missing_cell_of_a_row_is_a_hole_with_its_row() -> None:
    rows = [{"客户": "甲", "行业": missing("案例.1.行业", "行业")}]
    result = filled(docx(body=LOOP), {"案例": rows})
    assert texts(result.docx)[2:] == ["甲", "【待补：行业】"]
    assert [hole.path for hole in result.holes] == ["案例.1.行业"]


def test_missing_prose_prints_a_paragraph_of_its_own() -> None:
    result = filled(docx("前", "{{p 章 }}", "后"), {"章": missing("正文.章", "章", block=True)})
    assert texts(result.docx) == ["前", "【待补：章】", "后"]
    assert highlighted(result.docx) == ["【待补：章】"]
    optional = missing("章", required=False, block=True)
    assert texts(filled(docx("前", "{{p 章 }}", "后"), {"章": optional}).docx) == ["前", "后"]


def test_a_cell_that_lost_its_paragraph_gets_one() -> None:
    result = filled(docx(body=grid(("{{p 章 }}", "乙"))), {"章": missing("章", required=False)})
    assert texts(result.docx) == ["", "乙"]


def test_holes_are_marked_in_headers_and_text_boxes() -> None:
    box = (
        "<w:p><w:r><w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml'><v:textbox>"
        "<w:txbxContent><w:p><w:r><w:t>{{ x }}</w:t></w:r></w:p></w:txbxContent></v:textbox>"
        "</v:shape></w:pict></w:r></w:p>"
    )
    header = docx(body=box)
    footer = part(header, "word/footer1.xml")
    next(footer.iter(W + "t")).text = "{{ x }}第"
    from lxml import etree

    from tests.fill.kit import with_part

    result = filled(
        with_part(header, "word/footer1.xml", etree.tostring(footer)), {"x": missing("x")}
    )
    assert highlighted(result.docx, "word/footer1.xml") == ["【待补：x】"]
    assert "【待补：x】" in highlighted(result.docx)
    assert [hole.path for hole in result.holes] == ["x"]


def test_holes_in_attributes_and_titles_leave_no_mark() -> None:
    result = filled(docx("{{ x }}"), {"x": missing("x")})
    assert not any(sign in text for text in texts(result.docx) for sign in "\ufdd0\ufdd1\ufdd2")


def test_a_final_is_refused_while_anything_required_is_missing() -> None:
    result = filled(
        docx("{{ x }}{{ y }}"), {"x": missing("x", "甲"), "y": missing("y", "乙")}, draft=False
    )
    assert not result.docx
    assert [p.message for p in result.problems] == ["缺“甲”", "缺“乙”"]
    assert result.problems[0].where.line == 3


def test_a_hole_that_is_not_printed_is_none() -> None:
    template = "{% if a %}{{ x }}{% endif %}好"
    result = filled(docx(template), {"a": False, "x": missing("x")}, draft=False)
    assert texts(result.docx) == ["好"]
    assert not result.holes
