"""Tags that cannot work where they stand, each kind planted once; what docxtpl does in silence."""

from __future__ import annotations

import pytest

from docgen.fill.house.text import paragraph
from docgen.problem import Severity
from tests.fill.kit import grid
from tests.fill.planted import lint_body, split, told


def codes(*paragraphs: str, body: str = "") -> list[str]:
    text = "".join(paragraph(text) for text in paragraphs) + body
    return [code for code, _ in told(text)]


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("｛％ if 电话 ％｝", "模板全角", "全角括号"),
        ("{{电话｝｝", "模板全角", "全角括号"),
        ("{% if 电话 }}甲", "模板括号", "开头和结尾不是一对"),
        ("{{ 电话 %}", "模板括号", "开头和结尾不是一对"),
        ("{{ 电话 {{ 日期 }}", "模板括号", "没有在同一段里结束"),
        ("甲 %} 乙", "模板括号", "多了一个标记的结尾“%}”"),
        ("{# 注", "模板括号", "没有在同一段里结束"),
        ("{ 电话 }", "模板单括号", "只有一层花括号"),
        ("{{ 行业 | join(“，”) }}", "模板标点", "弯引号"),
        ("{{ 电话 ｜ default('无') }}", "模板标点", "“｜”"),
        ("{% if 电话 ＝＝ '1' %}甲{% endif %}", "模板标点", "“＝”"),
        ("{{ 行业，电话 }}", "模板标点", "“，”"),
        ("{% elseif 电话 %}", "模板语句", "“elseif”不是模板的语句"),
        ("{% 如果 电话 %}甲{% endif %}", "模板语句", "“如果”不是"),
        ("{% include '甲' %}", "模板语句", "不允许使用include"),
        ("{% %}", "模板语句", "没有语句"),
        ("{%p fro 行 in 案例 %}", "模板语句", "“fro”不是"),
        ("{{ p 正文.重点 }}", "模板语句", "没有紧挨着花括号"),
        ("{% p if 电话 %}", "模板语句", "没有紧挨着 {%"),
        ("{% else %}", "模板配对", "前面没有对应的 if"),
        ("{% endfor %}", "模板配对", "前面没有对应的 for"),
        ("{{ 电话 日期 }}", "模板写法", "应为“标记的结尾 }}”"),
        ("{{ }}", "模板写法", "缺少名称"),
        ("{% if ( %}{% endif %}", "模板写法", "多余或写错的“%”"),
        ("{% macro 甲(乙, 乙) %}{% endmacro %}", "模板写法", "同一个参数写了两次"),
        ("{{ 1 / 0 }}", "模板写法", "除数是零"),
        ("{% if 合同额 % -0.0 %}甲{% endif %}", "模板写法", "除数是零"),
        ("{% for 行 in 案例 %}{{ loop.indx }}{% endfor %}", "模板成员", "loop 没有“indx”"),
        ("{{ 电话 }}}", "模板单括号", "“{{ 电话 }}”后面多了一个“}”"),
        ("甲{% if 电话 %}}乙{% endif %}", "模板单括号", "后面多了一个“}”"),
        ("{{{ 电话 }}", "模板括号", "“{{{ 电话 }}”多写了一个“{”"),
        ("{{{ 电话 }}}", "模板括号", "“{{{ 电话 }}}”多写了一个“{”"),
        ("{{ 电话 ** 2 }}", "模板写法", "乘方"),
        ("{{ 电话 | 大写 }}", "模板过滤器", "没有“大写”这个过滤器"),
        ("{% if 电话 is 已写 %}甲{% endif %}", "模板过滤器", "没有“已写”这个判断"),
        ("{%tr if 电话 %}", "模板层次", "不在表格里"),
    ],
)
def test_each_fault_of_a_tag_has_its_code(text: str, code: str, said: str) -> None:
    found = [p for p in lint_body(paragraph(text)) if p.code == code]
    assert found, told(paragraph(text))
    assert any(said in p.message for p in found), [p.message for p in found]
    assert all(p.where.spot.startswith("正文第2段：") and p.hint for p in found)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("{% fi 电话 %}", "endif"),
        ("{% end if %}", "endif"),
        ("{% else if 电话 %}", ""),
        ("{% foreach 行 in 案例 %}", "for"),
        ("{% IF 电话 %}", "if"),
        ("{%pif 电话 %}", "p if"),
        ("{% edif %}", "endif"),
    ],
)
def test_a_misspelt_statement_brings_what_was_meant(text: str, meant: str) -> None:
    found = [p for p in lint_body(paragraph(text)) if p.code == "模板语句"]
    assert bool(found) == bool(meant)
    assert all(f"{{% {meant} … %}}" in p.hint for p in found)


def test_a_misspelt_statement_still_pairs_and_hides_nothing() -> None:
    assert codes("{% fro 行 in 案例 %}{{ 行.客户 }}{{ 电活 }}{% endfor %}") == [
        "模板语句",
        "模板未知名称",
    ]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("{% if 电话 %}{% for 行 in 案例 %}{% endif %}{% endfor %}",), ["模板配对"]),
        (("{% for 行 in 案例 %}{% if 电话 %}{% endfor %}",), ["模板配对"]),
        (("{% if 电话 %}{% endfor %}{% endif %}",), ["模板配对"]),
        (("{% if 电话 %}{% endfor %}",), ["模板配对"]),
        (("{% if 电话 %}", "{% for 行 in 案例 %}"), ["模板配对", "模板配对"]),
        (("{% if 电话 %}甲", "乙{% endif %}"), ["模板跨段"]),
        (("{%p if 电话 %}", "甲", "{% endif %}"), ["模板层次"]),
        (("{%p if 电话 %}", "{%p endif %}"), ["模板空循环"]),
        (("{% raw %}{{ 甲 {% endraw %}",), ["模板括号"]),
        (("{% set 段 %}甲{% endset %}{{ 段 }}",), []),
        (("{% set 数 = 3 %}{{ 数 }}",), []),
        (("{{ {'a': {'b': 1}}.a.b }}{{ '}} %}' }}",), []),
        (("{{{'a': 1}.a}}{A: {{ 电话 }}}{{ '%d' % 0 }}",), []),
        (("{{{ 电话 }}}{{ 日期 }}",), ["模板括号"]),
        (("{% for 行 in 案例 %}{{ loop.index }}{{ loop['last'] }}{% endfor %}",), []),
    ],
)
def test_openers_and_closers_are_held_together(texts: tuple[str, ...], expected: list[str]) -> None:
    assert codes(*texts) == expected


LOOP, END = "{%tr for 行 in 案例 %}", "{%tr endfor %}"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (((LOOP,), ("{{ 行.客户 }}",), (END,)), []),
        ((("{%tr for 行 in 案例 %}{{ 行.客户 }}",), (END,)), ["模板吞内容", "模板空循环"]),
        (((LOOP, END),), ["模板吞内容", "模板吞内容"]),
        (((LOOP,), (END,)), ["模板空循环"]),
        (((LOOP,), ("{{ 行.客户 }}", END)), ["模板吞内容", "模板空循环"]),
        (((LOOP,), ("{{ 行.客户 }}",), ("{% endfor %}",)), ["模板层次"]),
        (((LOOP,), ("{{ 行.客户 }}",)), ["模板配对"]),
        (((END,), ("甲",), (LOOP,)), ["模板配对", "模板配对"]),
        ((("{%tc for 行 in 案例 %}", "{{ 行.客户 }}", "{%tc endfor %}"),), []),
        ((("{%tc for 行 in 案例 %}甲", "{%tc endfor %}"),), ["模板吞内容"]),
        ((("{% for 行 in 案例 %}", "{% endfor %}"),), ["模板层次"]),
        ((("{%p if 电话 %}",), ("{%p endif %}",)), ["模板层次", "模板空格子", "模板空格子"]),
        ((("{%p if 电话 %}\n甲\n{%p endif %}",),), ["模板空格子"]),
        ((("{%p if 电话 %}\n甲\n{%p endif %}\n乙",),), []),
        ((("{% if 电话 %}甲{% endif %}",),), []),
        ((("{%tr if 合同额 % 2 %}",), ("甲",), ("{%tr endif %}",)), ["模板写法"]),
    ],
)
def test_tags_of_tables_are_held_to_their_rows(
    rows: tuple[tuple[str, ...], ...], expected: list[str]
) -> None:
    found = told(grid(*rows))
    assert [code for code, _ in found] == expected, found
    assert all("表1第" in spot for _, spot in found)


def test_a_loop_may_not_span_two_tables() -> None:
    body = grid((LOOP,), ("{{ 行.客户 }}",)) + paragraph() + grid((END,))
    assert [code for code, _ in told(body)] == ["模板层次"]


@pytest.mark.parametrize(
    "inside",
    [
        "<w:r><w:drawing/></w:r>",
        '<w:r><w:footnoteReference w:id="2"/></w:r>',
        '<w:fldSimple w:instr="PAGE"/>',
    ],
)
def test_what_is_no_text_would_be_eaten_too(inside: str) -> None:
    opener = paragraph("{%p if 电话 %}").replace("</w:p>", inside + "</w:p>")
    body = opener + paragraph("甲") + paragraph("{%p endif %}")
    assert [code for code, _ in told(body)] == ["模板吞内容"]


@pytest.mark.parametrize(
    ("between", "code"),
    [
        ("<w:r><w:tab/></w:r>", "模板拆分"),
        ("<w:r><w:br/></w:r>", "模板拆分"),
        ('<w:bookmarkStart w:id="1" w:name="甲"/>', "模板拆分"),
        ('<w:bookmarkStart w:id="1" w:name="_GoBack"/>', ""),
        ('<w:proofErr w:type="spellStart"/>', ""),
    ],
)
def test_things_between_the_pieces_of_a_tag(between: str, code: str) -> None:
    body = paragraph("{{ 电¦话 }}").replace(
        "¦", f'</w:t></w:r>{between}<w:r><w:t xml:space="preserve">'
    )
    assert [code for code, _ in told(body)] == ([code] if code else [])


@pytest.mark.parametrize(
    ("holder", "said"),
    [
        ('<w:hyperlink w:anchor="a">', "超链接"),
        ('<w:ins w:id="5" w:author="甲">', "修订"),
        ("<w:sdt><w:sdtContent>", "内容控件"),
    ],
)
def test_a_tag_half_inside_something_is_told(holder: str, said: str) -> None:
    ends = "".join(f"</{tag.split()[0].rstrip('>')}>" for tag in reversed(holder.split("<")[1:]))
    half = '<w:r><w:t xml:space="preserve">话 }}</w:t></w:r>'
    body = paragraph("{{ 电").replace("</w:p>", f"{holder}{half}{ends}</w:p>")
    found = [p for p in lint_body(body) if p.code == "模板拆分"]
    assert len(found) == 1 and said in found[0].message
    assert found[0].severity is Severity.ERROR


def test_text_after_a_run_tag_loses_its_formatting() -> None:
    bold = paragraph("甲{{r 照片 }}乙").replace("<w:rPr>", "<w:rPr><w:b/>")
    assert [code for code, _ in told(bold)] == ["模板格式"]
    assert told(paragraph("甲{{r 照片 }}乙")) == []


def test_splitting_changes_no_finding() -> None:
    body = grid((LOOP + "{{ 行.客户 }}",), (END,)) + paragraph("{%p if 电话 %}甲")
    assert told(split(body)) == told(body)


def test_a_misspelt_member_of_loop_brings_the_one_meant() -> None:
    body = paragraph("{% for 行 in 案例 %}{% if loop.frist %}甲{% endif %}{% endfor %}")
    (found,) = lint_body(body)
    assert found.hint == "是否想写“loop.first”？"
    assert found.where.spot == "正文第2段：{% if loop.frist %}"


def test_what_docxtpls_users_know_is_no_fault() -> None:
    assert codes("{{ '%s' | format(电话) }}{{ 电话 | center(9) }}{{ 日期.strftime('%Y') }}") == []
