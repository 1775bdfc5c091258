"""What nobody would write by intent is told as well: no exception leaves `fill` or `render`."""

from __future__ import annotations

import time
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest
from docxtpl import Listing, RichText

from docgen.fill import Unfillable, compile_template, fill
from docgen.fill import settle as settling
from docgen.model.values import Record
from docgen.problem import Problem, Severity, Where
from tests.fill.kit import docx, filled, missing, part, texts
from tests.fill.test_properties import CORE, titled

LINK = '<w:p><w:hyperlink w:tooltip="{{ 名 }}"><w:r><w:t>见{{ 文 }}</w:t></w:r></w:hyperlink></w:p>'


def told(template: bytes, values: Mapping[str, Any]) -> tuple[Problem, ...]:
    """The Problems of `render`; those of `fill` lie in the same place."""
    made = compile_template(template, "模板.docx")
    with pytest.raises(Unfillable) as caught:
        made.render(values)
    result = fill(made, Record(values, "", Where()))
    assert not result.docx
    assert [p.where.spot for p in result.problems] == [p.where.spot for p in caught.value.problems]
    return caught.value.problems


def within_itself() -> list[Any]:
    value: list[Any] = []
    value.append(value)
    return value


def deep() -> list[Any]:
    value: list[Any] = []
    for _ in range(100_000):
        value = [value]
    return value


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("{{ [1] | select('x') | list }}", "没有“x”这个判断"),
        ("{{ [1] | map('nofilter') | list }}", "没有“nofilter”这个过滤器"),
        ("{{ [1] | selectattr('a', 'nope') | list }}", "没有“nope”"),
        ("{{ [1] | map | list }}", "过滤器的参数不对"),
        ("{{ [1] | selectattr | list }}", "过滤器的参数不对"),
        ("{{ {'a': 1} | dictsort(by='foo') }}", "过滤器的参数不对"),
        ("{{ '甲乙丙丁' | truncate(2) }}", "截短后的长度太小"),
        ("{{ (['a'] * 1000) | map(attribute='0' ~ '.0' * 60000) | list }}", "最多 20 级"),
        ("{{ (['a'] * 1000) | sort(attribute='0' ~ '.0' * 60000) }}", "最多 20 级"),
        ("{{ [1] | 合计([1]) }}", "栏名须是文字"),
        ("{{ [1] | groupby([1]) }}", "栏名须是文字"),
        ("{{ '%999999999d' is odd }}", "不是数"),
        ("{{ range([[1]] * 9) }}", "“一串值”不是数"),
    ],
)
def test_whatever_a_filter_raises_is_told_with_its_tag(tag: str, said: str) -> None:
    (found,) = told(docx("好", tag), {})
    assert said in found.message and found.where.spot.startswith("正文第2段：{{ ")


@pytest.mark.parametrize(
    ("tag", "value"),
    [
        ("{{ x }}", 10**5000),
        ("{{ x }}", within_itself()),
        ("{{ x }}", deep()),
        ("{{ x | sort }}", [Decimal("sNaN"), Decimal(1)]),
        ("{{ x + 1 / 0 }}", Decimal("sNaN")),
        ("{{ '%d' % x }}", Decimal("1E+999999999")),
        ("{{ x | tojson }}", Decimal("1E+999999999")),
        ("{{ x | int }}", Decimal("1E+999999999")),
        ("{{ x | 保留(2) }}", Decimal("1E+999999999")),
        ("{{ 'a' | indent(x) }}", Decimal("1E+999999999")),
        ("{{ x + 1 }}", Decimal("0." + "1" * 100_000)),
        ("{{ x * x }}", 7**1_000_000),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_a_value_beyond_all_measure_is_told_with_its_tag(tag: str, value: object) -> None:
    (found,) = told(docx("好", tag), {"x": value})
    assert found.where.spot == f"正文第2段：{tag}"


def test_a_number_that_would_fill_the_memory_is_not_printed() -> None:
    made = compile_template(docx("好", "{{ x }}"))
    (found,) = fill(made, Record({"x": Decimal("1E+999999999")}, "", Where())).problems
    assert "数太大" in found.message


def test_an_expression_that_is_computed_is_refused() -> None:
    for tag in ("{{ [1] | 每行('行' ~ x) }}", "{{ [1] | map('只留', x) | list }}"):
        (found,) = compile_template(docx(tag)).problems
        assert "须是引号里写明的文字" in found.message


def test_what_is_printed_in_loops_is_paid_for_with_its_place() -> None:
    tag = "{% for i in range(9999) %}{% for j in range(40) %}" + "{{ 数 }}" * 15
    made = compile_template(docx("好", tag + "{% endfor %}{% endfor %}"))
    (found,) = fill(made, Record({"数": 7}, "", Where())).problems
    assert "算得太久" in found.message and found.where.spot.startswith("正文第2段：{% for j")


def test_a_document_too_large_to_be_held_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settling, "MOST_NODES", 50)
    result = filled(docx("{{ 缺 }}", *["段"] * 50), {"缺": missing("缺")})
    assert "填出的内容太多" in result.problems[0].message
    assert result.problems[0].where.spot == "正文"


def test_further_faults_of_a_long_template_are_sought_for_a_bounded_time() -> None:
    made = compile_template(docx(*["{{ 1/0 }}{{ 甲" + str(n) + " }}" for n in range(1000)]))
    start = time.process_time()
    with pytest.raises(Unfillable) as caught:
        made.render({})
    assert 2 <= len(caught.value.problems) <= 205
    assert time.process_time() - start < 8


def test_all_faults_of_a_usual_template_are_told() -> None:
    made = compile_template(docx(*["{{ 1/0 }}"] * 19, *["段"] * 300))
    with pytest.raises(Unfillable) as caught:
        made.render({})
    assert len(caught.value.problems) == 19


@pytest.mark.parametrize("value", [RichText("粗体", bold=True), RichText("一般")])
def test_rich_text_in_a_plain_tag_is_refused_with_the_cure(value: object) -> None:
    (found,) = told(docx("好", "甲{{ x }}乙"), {"x": value})
    assert "会丢字" in found.message and "{{r 名称 }}" in found.hint
    assert found.where.spot == "正文第2段：{{ x }}"
    assert texts(compile_template(docx("甲{{r x }}乙")).render({"x": value}))[0][0] == "甲"


@pytest.mark.parametrize(
    "tags",
    [
        "{% filter upper %}{{ 名 }}{% endfilter %}",
        "{% set q %}{{ 名 }}{% endset %}{{ q | upper }}",
        "{% set q %}{{ 名 }}{% endset %}{{ q[:3] }}",
        "{% macro m() %}{{ 名 }}{% endmacro %}{{ m() | truncate(4, true, '', 0) }}",
    ],
)
def test_a_filter_that_breaks_finished_text_is_named(tags: str) -> None:
    (found,) = told(docx("好", tags), {"名": "A&B"})
    assert "截断、改动了其中的标记" in found.message and "先用过滤器" in found.hint
    assert found.where.spot.startswith("正文第2段：{")


@pytest.mark.parametrize("value", ["甲\a乙", "甲\f乙", Listing("甲\a乙")])
def test_a_break_in_a_link_is_refused_with_its_place(value: object) -> None:
    made = compile_template(docx(body=LINK), "模板.docx")
    with pytest.raises(Unfillable) as caught:
        made.render({"名": "", "文": value})
    (found,) = caught.value.problems
    assert "不能分段" in found.message and found.where.spot == "正文第1段：{{ 文 }}"


def test_lines_and_tabs_in_an_attribute_are_kept() -> None:
    values = {"名": "甲\n乙\t丙", "文": ""}
    made = part(compile_template(docx(body=LINK)).render(values))
    (link,) = made.iter("{*}hyperlink")
    assert list(link.attrib.values()) == ["甲\n乙\t丙"]


def test_tags_in_properties_that_are_not_filled_are_told() -> None:
    kinds = "<dc:subject>{{ 名 }}</dc:subject><cp:keywords>{{ 名名 }}</cp:keywords>"
    data = titled("题</dc:title>" + kinds + "<dc:title>", "{{ 名 }}")
    made = compile_template(data, "模板.docx")
    assert made.is_usable
    assert [p.where.spot for p in made.problems] == [
        "文档属性“主题”：{{ 名 }}", "文档属性“关键词”：{{ 名名 }}",
    ]  # fmt: skip
    result = fill(made, Record({"名": "甲"}, "", Where()))
    assert result.docx
    assert {p.severity for p in result.problems} == {Severity.WARNING}
    core = part(made.render({"名": "甲"}), CORE)
    assert core.findtext("{*}subject") == "甲" and core.findtext("{*}keywords") == "{{ 名名 }}"


def test_half_a_tag_in_a_property_is_told_with_its_place() -> None:
    data = titled("题</dc:title><dc:creator>{{ 名</dc:creator><dc:title>")
    spots = [problem.where.spot for problem in compile_template(data, "模板.docx").problems]
    assert spots == ["文档属性“作者”"]
