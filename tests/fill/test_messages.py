"""What goes wrong with any value is told in Chinese: no word of Python's reaches a message."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest

from docgen.fill import Unfillable, compile_template, fill
from docgen.fill.house.text import paragraph
from docgen.fill.usual import reader
from docgen.language.borrowed import LIST_METHODS, TEXT_METHODS
from docgen.language.environment import DATE_MEMBERS
from docgen.model.values import Choices, Record, Rows
from docgen.problem import Problem, Where
from tests.fill.kit import chapter, docx, missing

ROW = Record({"客户": "甲", "额": 3}, "表.1", Where())
FACTS = {
    "文": "甲乙", "数": 3, "日": date(2026, 1, 2),
    "选": Choices(("甲", "乙")), "行": ROW, "表": Rows((ROW,)),
    "章": chapter("章", {}), "缺": missing("缺"),
}  # fmt: skip
PLAIN = {
    **{key: fact for key, fact in FACTS.items() if key != "缺"},
    "典": {"客户": "甲"},
    "列": ["甲", 1],
    "空": None,
    "物": object(),
}
OURS = """loop set for if in namespace call recursive caller key value is cycle Word else elif
range first last index safe raw include end endfor endraw endset endif"""


def english(problem: Problem, typed: str) -> list[str]:
    """Latin words of a message and its hint that nobody typed."""
    said = re.sub(r"；用到 .*", "", problem.message) + problem.hint
    words = re.findall(r"[A-Za-z_]{2,}", re.sub("“[^”]*”", "", said))
    return [word for word in words if word not in OURS.split() and word not in typed]


def told(tags: list[str], facts: Record | dict[str, object]) -> list[Problem]:
    """All that is said of a document with these tags, each in a paragraph."""
    made = compile_template(docx(body="".join(map(paragraph, tags))))
    if not made.is_usable:
        return list(made.problems)
    if isinstance(facts, Record):
        return list(fill(made, facts).problems)
    try:
        made.render(facts)
    except Unfillable as refused:
        return list(refused.problems)
    return []


def uses(names: list[str]) -> Iterator[str]:
    """Every filter, test, function, method and operator over every value."""
    env = reader()
    functions = [name for name, act in env.globals.items() if callable(act)]
    filters = [name for name in env.filters if not name.startswith("·")]
    tests = [name for name in env.tests if name.isidentifier()]
    for name in names:
        given = ("", "(1)", "('甲')") if name in ("文", "表", "列") else ("('甲')",)
        yield from (f"{name} | {act}{one}" for act in filters for one in given)
        yield from (f"{name} is {act}('甲')" for act in tests)
        yield from (f"{act}({name})" for act in functions)
        yield from (f"{act}({name}, '客户', {name})" for act in functions)
        for member in (*TEXT_METHODS, *LIST_METHODS, *DATE_MEMBERS, "items", "strftime"):
            yield f"{name}.{member}(1)"
            if name in ("文", "选", "日"):
                yield from (f"{name}.{member}({given})" for given in ("", "'甲'", "1, 2, 3, 4"))
        for sign in ("+", "-", "*", "/", "//", "%", "<", ">=", "==", "in"):
            yield from (f"{name} {sign} {other}" for other in names)
        yield from (f"-{name}", f"+{name}", f"{name}[0]", f"{name}[9]", f"{name}['甲']")
        yield from (f"{name}[1:2:0]", f"{name}['甲':]", f"[1][{name}]", f"{name}()", f"{name}.无")
        yield from (f"'%d' % {name}", f"'%(a)s' % {name}", f"'%q' % {name}", f"'%s%s' % {name}")
        yield from (f"{name} | map('upper') | list", f"{name} | sort(attribute='无') | list")
        yield from (f"{name} | select('divisibleby', '甲') | list", f"{name} | 只留('行 + 行')")


@pytest.mark.parametrize("plain", [False, True], ids=["资料", "任意值"])
def test_no_word_of_pythons_reaches_a_message(plain: bool) -> None:
    facts = PLAIN if plain else Record(FACTS, "", Where())
    wanted = [name for name in PLAIN if name not in FACTS] if plain else list(FACTS)
    tags = [f"{{{{ {use} }}}}" for use in uses(wanted)]
    found, seen, before = {}, 0, repr(PLAIN)
    for start in range(0, len(tags), 150):
        some = tags[start : start + 150]
        for problem in told(some, facts):
            seen += 1
            words = english(problem, problem.where.spot)
            if words:
                found[problem.where.spot] = (words, problem.message)
    assert not found, (len(found), list(found.items())[:40])
    assert seen > 900
    assert repr(PLAIN) == before  # no filter changes what it was given


BROKEN = (
    "{{ t. }}", "{{ 'a }}", "{{ t..x }}", "{{ 1 2 }}", "{{ (1 }}", "{{ 1 ) }}", "{{ t | }}",
    "{{ t is }}", "{{ [1, }}", "{{ # }}", "{{ not }}", "{{ a if }}", "{{ }}", "{{ 1 is 2 is 3 }}",
    "{{ f(a=1, 2) }}", "{{ f(**a, b) }}", "{{ a[ ] }}", "{{ a[1 }}", "{{ {'a' 1} }}", "{% %}",
    "{% set 1 = 2 %}", "{% set x = %}", "{% call t %}{% endcall %}", "{% filter %}{% endfilter %}",
    "{% macro m(a=1, b) %}{% endmacro %}", "{% for loop in [1] %}{% endfor %}", "{% for %}",
    "{% for a b in c %}{% endfor %}", "{% macro %}{% endmacro %}", "{% if %}{% endif %}",
    "{% with a %}{% endwith %}", "{% raw %}", "{# 注", "{% set x %}", "{% 甲 %}", "{{ a ** 2 }}",
    "{{ '甲” }}", "{{ \"甲' }}", "{% if a = 1 %}{% endif %}", "{{ a && b }}", "{{ a ? b : c }}",
    "{{ 1e999 }}", "{{ 甲乙 丙 }}", "{{ a! }}", "{% else %}", "{% endfor %}", "{% include 'x' %}",
    "{% macro m(caller) %}{{ caller() }}{% endmacro %}", "{{ x | nope }}", "{{ x is nope }}",
    "{{ [] | 只留('行 +') }}", "{{ [1] | 每行('行 | nope') }}", "{{ [1] | select('x') | list }}",
    "{{ [1] | map('nofilter') | list }}", "{{ [1] | selectattr('客户', 'nope') | list }}",
    "{{ 'a' | truncate(2) }}", "{{ 'abc' | truncate(1) }}", "{{ range() }}", "{{ dict(1) }}",
    "{% for x in [1] %}{{ loop([1]) }}{% endfor %}",
    "{% for x in [1] %}{{ loop.cycle() }}{% endfor %}",
    "{% macro m(a) %}{% endmacro %}{{ m(1, 2) }}", "{% macro m(a) %}{% endmacro %}{{ m(b=2) }}",
    "{% set x.y = 1 %}", "{{ namespace(1) }}", "{{ {}.x.y }}",
    "{% for a, b in [1] %}{% endfor %}", "{{ {[1]: 2} }}", "{{ {} | dictsort(by='x') }}",
)  # fmt: skip


@pytest.mark.parametrize("tag", BROKEN)
def test_what_cannot_be_read_or_run_is_told_in_chinese_with_its_place(tag: str) -> None:
    problems = told([tag], {"x": "甲", "a": 1, "t": "乙"})
    assert problems or tag == "{{ 'a' | truncate(2) }}"
    for problem in problems:
        assert not english(problem, tag), problem
        assert problem.where.spot.startswith("正文第1段"), problem
        assert re.search("[一-龥]", problem.message) and problem.hint


@pytest.mark.parametrize(
    ("tag", "said", "hint"),
    [
        ("{{ 列[10] }}", "这一串只有 2 项，没有第 11 项", ""),
        ("{{ 列[-3] }}", "没有倒数第 3 项", ""),
        ("{{ 列[文] }}", "一串值没有“甲乙”这个成员", ""),
        ("{{ 数[0] }}", "数不能用方括号", ""),
        ("{{ 典.update(1) }}", "一组字段没有“update”", "对照"),
        ("{{ 典.客护 }}", "没有“客护”这个字段", "“客户”"),
        ("{{ nope(1) }}", "没有“nope”这个函数或宏", "对照"),
        ("{{ rang(3) }}", "没有“rang”这个函数或宏", "“range”"),
        ("{{ 文.uper() }}", "文字没有“uper”这个成员", "“upper”"),
        ("{{ 列.客户 }}", "一串值没有“客户”这个成员", "对照"),
        ("{{ 列 | random }}", "没有“random”这个过滤器", "对照"),
        ("{{ 文 | attr('x') }}", "没有“attr”这个过滤器", "对照"),
        ("{{ 文 is lowr }}", "没有“lowr”这个判断", "“lower”"),
        ("{{ 文 is 无此 }}", "没有“无此”这个判断", ""),
    ],
)
def test_what_is_said_and_suggested_is_near(tag: str, said: str, hint: str) -> None:
    (problem,) = told([tag], dict(PLAIN, none=None, dt=date(2026, 1, 2)))
    assert said in problem.message or said in problem.where.path, problem
    assert hint in problem.hint
