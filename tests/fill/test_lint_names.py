"""Names, loops, members, filters and the way of printing, held to what the notice provides."""

from __future__ import annotations

import re

import pytest

from docgen.fill import Known, known_facts, lint_template, unused_fields
from docgen.fill.house.text import paragraph
from docgen.model.notice import ChapterSpec, Document, Field, FieldType, Notice
from docgen.model.rule import Party
from docgen.problem import Severity
from tests.fill.kit import docx, grid
from tests.fill.planted import lint_body, told


@pytest.mark.parametrize(
    ("text", "code", "said", "cure"),
    [
        ("{{ 单位名 }}", "模板未知名称", "没有“单位名”", "单位名称"),
        ("{{ 联系人.姓 }}", "模板未知名称", "没有“姓”", "姓名"),
        ("{% for 行 in 案例 %}{{ 行.客 }}{% endfor %}", "模板未知名称", "没有“客”", "客户"),
        ("{% if 电活 == 1 %}{% endif %}", "模板未知名称", "没有“电活”", "电话"),
        ("{{ 案例 | 列('客') | join }}", "模板未知名称", "没有“客”", "客户"),
        ("{{ 正文.重心 }}", "模板未知名称", "没有“重心”", "重点"),
        ("{{ 加岁(日期, 1) }}", "模板未知名称", "没有“加岁”这个函数", "“加"),
        ("{{ 电活(1) }}", "模板未知名称", "没有“电活”这个函数", "使用说明"),
        ("{{ 查行(案例, '客护', 'x').金额 }}", "模板未知名称", "没有“客护”这一栏", "“客户”"),
        ("{{ 各有(案例, '客护', 行业) }}", "模板未知名称", "没有“客护”这一栏", "“客户”"),
        ("{{ 案例 | 只留('行.客护 > 1') | length }}", "模板未知名称", "没有“客护”", "“客户”"),
        ("{{ 案例 | 只留('行.金额 >') | length }}", "模板写法", "“行.金额 >”读不懂", "简化|取值"),
        ("{{ 案例 | 每行('行.客户 | nope') | join }}", "模板过滤器", "没有“nope”", "过滤器表"),
        ("{{ 行业 | select('x') | list }}", "模板过滤器", "没有“x”这个判断", ""),
        ("{{ 行业 | reject('ood') | list }}", "模板过滤器", "没有“ood”这个判断", "“odd”"),
        ("{{ 行业 | map('uper') | list }}", "模板过滤器", "没有“uper”这个过滤器", "“upper”"),
        ("{{ 案例 | selectattr('客户', 'nope') | list }}", "模板过滤器", "没有“nope”这个判断", ""),
        ("{{ 电话 | truncate(2) }}", "模板写法", "截短后的长度太小", ""),
        ("{{ '单位' + 1 }}", "模板写法", "文字和数不能相加", ""),
        ("{% if 电话 == '单位' * '甲' %}{% endif %}", "模板写法", "不能乘以文字", ""),
        ("{{ 日期(2026, 2, 30) }}", "模板写法", "没有2026年2月30日", ""),
        ("{{ 合同额 | 保留(20) }}", "模板写法", "小数位数须在 0 到 12 之间", ""),
        ("{{ 合同额 | round(1, 'half') }}", "模板写法", "没有“half”这种取法", ""),
        ("{{ 日期 | 日期('年日') }}", "模板写法", "没有“年日”这种日期样式", ""),
        ("{{ 行业 | batch(0) | list }}", "模板写法", "每组或组数须在", ""),
        ("{{ 电话.区号 }}", "模板成员", "是文字，没有“区号”", "组"),
        ("{{ 合同额.年 }}", "模板成员", "是数，没有“年”", "组"),
        ("{{ 案例.客户 }}", "模板成员", "不知道是哪一行", "for 行 in 案例"),
        ("{% for 行 in 联系人 %}{% endfor %}", "模板循环", "“联系人”是组，不能循环", "表"),
        ("{% for 字 in 电话 %}{% endfor %}", "模板循环", "“电话”是文字，不能循环", "表"),
        ("{% for 段 in 正文.重点 %}{% endfor %}", "模板循环", "是正文，不能循环", "表"),
        ("{{ 案例 }}", "模板循环", "整张表", "循环"),
        ("{{ 联系人 }}", "模板成员", "一组字段", "成员"),
        ("{{ 正文.重点 }}", "模板段标记", "只印出文字", "p 正文.重点"),
        ("{{ 简介 }}", "模板段标记", "只印出文字", "p 简介"),
        ("{{p 电话 }}", "模板段标记", "不是正文", "{{ 电话 }}"),
        ("{{r 电话 }}", "模板段标记", "不是正文", "{{ 电话 }}"),
        ("{{ 电话 | 大写金额 }}", "模板过滤器", "只用于数", "换"),
        ("{{ 合同额 | 中文日期 }}", "模板过滤器", "只用于日期", "换"),
        ("{{ 电话 | join('、') }}", "模板过滤器", "只用于表、多选", "换"),
        ("{{ 电话 | 列('客户') }}", "模板过滤器", "只用于表", "换"),
        ("{{p 简介 | 截至('评估咨询') }}", "", "", ""),
        ("{{p 正文.重点 | 截至('评估') }}", "模板过滤器", "没有“评估”一节", "评估咨询"),
        ("{{p 正文.重点 | 之后('评估咨询') | 截至('无') }}", "模板过滤器", "没有“无”一节", ""),
        ("{{ 合同额 | 保留(1, 2, 3, 4) }}", "模板过滤器", "参数不对", ""),
        ("{{ 合同额 | 大写金额(2) }}", "模板过滤器", "参数不对", ""),
    ],
)
def test_each_misuse_has_its_code_and_cure(text: str, code: str, said: str, cure: str) -> None:
    found = lint_body(paragraph(text))
    assert [p.code for p in found] == ([code] if code else []), found
    for problem in found:
        assert said in problem.message and re.search(cure, problem.hint), problem
        assert problem.where.spot.startswith("正文第2段：")


@pytest.mark.parametrize(
    "text",
    [
        "{{ 日期.年 }}{{ 日期 | 日期('年月') }}{{ 日期 | 中文日期 }}",
        "{{ 电话.replace('-', '') }}{{ 电话 | length }}",
        "{{ 案例[0].客户 }}{{ (案例 | first).客户 }}",
        "{{ 案例 | map(attribute='客户') | join('、') }}",
        "{% for 行 in 案例 | selectattr('金额', '>', 3) %}{{ loop.index }}{% endfor %}",
        "{% for 甲 in 行业 %}{{ 甲 }}{% endfor %}{{ 行业 | join('、') }}{{ 行业 }}",
        "{% set 首 = 案例[0] %}{{ 首.客户 }}",
        "{{ 合同额 | 万元 | 千分位 }}{{ 合同额 | 保留(2) }}",
        "{{ 照片 }}",
        "{{ 期限.线上申报 }}",
        "{{ 简介 | length }}",
        "{{ 加年(日期, 1) | 日期 }}",
        "{{ '甲' * 3 }}{{ 1 + 2 }}{{ range(3) | list }}{{ 电话 | truncate(9) }}{{ [] | length }}",
        "{{ 案例 | 只留('行.金额 > 3 and 电话') | 每行('行.客户 | upper') | join('、') }}",
        "{{ 行业 | map('upper') | select('!=', '甲') | list }}{{ 查行(案例, '客户', 'x').金额 }}",
        "{% macro 写(x) %}{{ x }}{% endmacro %}{{ 写(1) }}{% set a = 2 %}{{ a + 1 }}",
        "{{ '%s元' % 合同额 }}{{ '甲' ~ 1 }}{{ [1, 2] | sum }}{{ 日期 | 日期('年月') }}",
        "{% macro 名(甲) %}{{ 甲 }}{% endmacro %}{{ 名(电话) }}",
    ],
)
def test_sound_uses_give_no_finding(text: str) -> None:
    assert told(paragraph(text)) == []


@pytest.mark.parametrize(
    "loop", ["{% for 行 案例 %}", "{% for 行 in 案例 | %}", "{% fro 行 案例 %}"]
)
def test_a_loop_that_cannot_be_read_still_binds_its_name(loop: str) -> None:
    found = lint_body(paragraph(loop + "{{ 行.客户 }}{% endfor %}"))
    assert {p.where.spot for p in found} == {f"正文第2段：{loop}"}


def test_a_second_use_of_an_unknown_name_is_told_at_its_own_place() -> None:
    body = paragraph("{{ 电活 }}") + paragraph("{{ 电活 }}{{ 电活 }}")
    assert [spot for _, spot in told(body)] == [
        "正文第2段：{{ 电活 }}",
        "正文第3段：{{ 电活 }}",
    ]


def test_a_chapter_printed_inline_is_an_error_and_a_short_text_a_warning() -> None:
    (chapter,) = lint_body(paragraph("{{ 正文.重点 }}"))
    (short,) = lint_body(paragraph("{{ 简介 }}"))
    assert (chapter.severity, short.severity) == (Severity.ERROR, Severity.WARNING)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("{{ 必填 }}",), 0),
        (("{% if 电话 %}{{ 必填 }}{% endif %}",), 1),
        (("{%p if 电话 %}", "{{ 必填 }}", "{%p endif %}"), 1),
        (("{% if 电话 %}{{ 必填 }}{% endif %}{{ 必填 }}",), 0),
        (("{% if 电话 %}{{ 必填 }}{% else %}无{% endif %}",), 1),
        (("{% if 电话 %}{{ 必填 }}{% else %}（{{ 必填 }}）{% endif %}",), 0),
        (("{% if 电话 %}{{ 必填 }}{% elif 日期 %}无{% else %}{{ 必填 }}{% endif %}",), 1),
        (("{% if 必填 is 已填 %}{{ 必填 }}{% endif %}",), 0),
        (("{% for 行 in 案例 %}{{ 必填 }}{% endfor %}",), 0),
        (("{% if 电话 %}{{ 选填 }}{% endif %}",), 0),
    ],
)
def test_a_required_fact_must_not_hang_on_a_condition(
    texts: tuple[str, ...], expected: int
) -> None:
    facts = {
        "必填": Known("必填", FieldType.TEXT, always=True),
        "选填": Known("选填", FieldType.TEXT),
        "电话": Known("电话", FieldType.TEXT),
        "日期": Known("日期", FieldType.DATE),
        "案例": Known("案例", FieldType.TABLE),
    }
    found = [p for p in lint_template(docx(*texts), facts) if p.code == "必填受限"]
    assert len(found) == expected
    assert all("“{%" in p.message and p.severity is Severity.WARNING for p in found)


APPLICANT = {
    "单位名称": Field("单位名称", FieldType.TEXT, required=True),
    "案例": Field(
        "案例",
        FieldType.TABLE,
        required=True,
        fields={"客户": Field("客户", FieldType.TEXT), "金额": Field("金额", FieldType.NUMBER)},
    ),
    "内部": Field("内部", FieldType.TEXT, unused=True),
    "备注": Field("备注", FieldType.TEXT),
}
BUREAU = {
    "推荐对象": Field(
        "推荐对象",
        FieldType.TABLE,
        fields={"结论": Field("结论", FieldType.CHOICE, required=True)},
    )
}
NOTICE = Notice(
    "甲", "甲", "1号", "有效", fields={Party.APPLICANT: APPLICANT, Party.BUREAU: BUREAU}
)


def test_a_notice_says_what_its_documents_may_print() -> None:
    plan = Document("方案", Party.APPLICANT, chapters=(ChapterSpec("概况", ("牵头单位",)),))
    known = known_facts(plan, NOTICE)
    assert known["单位名称"].always and not known["备注"].always
    assert known["正文.概况.牵头单位"].type is FieldType.PROSE
    opinion = known_facts(Document("意见", Party.BUREAU), NOTICE)
    assert {"对象.结论", "推荐对象.结论", "对象.申报.案例.金额"} <= set(opinion)
    assert "单位名称" not in opinion and not opinion["对象.申报.单位名称"].always


def test_fields_that_no_template_prints_are_told_once_a_notice() -> None:
    printed = [
        (Party.APPLICANT, frozenset(["案例", "案例.客户"])),
        (Party.BUREAU, frozenset(["对象.结论", "对象.申报.单位名称"])),
    ]
    found = list(unused_fields(NOTICE, printed))
    assert [p.message for p in found] == [
        "申报单位的字段“案例.金额”没有一份模板印出",
        "申报单位的字段“备注”没有一份模板印出",
    ]
    assert {(p.code, p.severity) for p in found} == {("模板未用字段", Severity.INFO)}


def test_names_are_judged_in_tables_too() -> None:
    body = grid(("客户",), ("{%tr for 行 in 案列 %}",), ("{{ 行.客户 }}",), ("{%tr endfor %}",))
    assert told(body)[0] == ("模板未知名称", "正文表1第2行第1格：{%tr for 行 in 案列 %}")
