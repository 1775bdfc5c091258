"""What would run away is refused in Chinese: at compile time where it can be seen there."""

from __future__ import annotations

from itertools import count

import pytest

from docgen.language import Environment, LanguageError, bounds, compile_expression, metered
from docgen.model.values import Record, Rows
from docgen.problem import Where

LONG = "('x' * 900000)"
ROWS = Rows([Record({"a": 1}, "行.1", Where())])


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ("9 ** 9 ** 9", "不允许使用乘方"),
        ("'x' * 1000000000", "重复后超过"),
        ("[0] * 1000000000", "重复后超过"),
        ("range(1000000000)", "最多 10000 步"),
        ("range(0, 1000000, 10)", "最多 10000 步"),
        ("9" * 5000, "数太长"),
        ("0." + "1" * 5000, "数太长"),
        ("1e999999", "数太大或太小"),
        ("1e-999999", "数太大或太小"),
        ("(" * 400 + "1" + ")" * 400, "层次太深"),
        ("+".join(["1"] * 3000), "层次太深"),
        ("not " * 3000 + "1", "层次太深"),
        ("1 + " * 9000 + "1", "最多 20000 个字"),
        ("'x' | center(1000000000)", "没有“center”这个过滤器"),
        ("'%s' | format(1)", "没有“format”这个过滤器"),
    ],
)
def test_it_is_refused_when_it_is_compiled(expression: str, said: str) -> None:
    with pytest.raises(LanguageError, match=said.replace("*", r"\*")):
        compile_expression(expression)


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ("n * 'x'", "重复后超过"),
        ("行 * n", "重复后超过"),
        ("(1, 2) * n", "重复后超过"),
        ("range(n)", "最多 10000 步"),
        ("range(0, -n, -1)", "最多 10000 步"),
        ("range(n * n * n * n)", "最多 10000 步"),
        ("range(1, 5, 0)", "步长"),
        (f"{LONG} + {LONG}", "超过 1000000"),
        (f"{LONG} ~ {LONG}", "超过 1000000"),
        ("'x'.zfill(n)", "宽度最多"),
        ("'x' | indent(n)", "宽度最多"),
        ("('x\\n' * 2000) | indent(900)", "超过 1000000"),
        ("'%0999999d' % 1", "不允许用 % 拼接"),
        ("('x' * 1000) | replace('x', 'y' * 10000)", "超过 1000000"),
        ("('x' * 1000).replace('x', 'y' * 10000)", "超过 1000000"),
        ("('x' * 1000).replace('', 'y' * 10000)", "超过 1000000"),
        (f"[{LONG}, {LONG}] | join", "超过 1000000"),
        (f"','.join([{LONG}, {LONG}])", "超过 1000000"),
        ("range(10000) | join('x' * 1000)", "超过 1000000"),
        ("'a'.join(range(10000) | map('string') | map('replace', '', 'x' * 900))", "超过"),
        ("[1] | batch(n, 'x') | list", "每组或组数"),
        ("[1] | slice(n) | list", "每组或组数"),
        ("[1] | batch(0) | list", "每组或组数"),
        ("1e90 * 1e90", "数太大"),
        (f"[[{LONG}] * 1000] * 1000 == 1", "算得太久"),
        (f"1 in [[{LONG}] * 1000] * 1000", "算得太久"),
        (f"([[{LONG}] * 1000] * 1000) | string | length", "算得太久"),
        (f"([{LONG}] * 1000) | max", "算得太久"),
        (f"([{LONG}] * 1000) | map('upper') | list | length", "算得太久"),
        ("([[0] * 9000] * 9000) | join", "算得太久"),
        ("endless | list", "超过 1000000 项|算得太久"),
        ("'x' in endless", "超过 1000000 项|算得太久"),
        ("endless | 合计", "超过 1000000 项|算得太久"),
        ("[] | first", "这一串是空的"),
        (" * ".join(["n"] * 80) + " * " + " * ".join(["n" * 1] * 70), "层次太深|数太大"),
        ("'x'.format(1)", "没有“format”"),
        ("'x'.center(n)", "宽度最多"),
        ("'x'.ljust(n, 'y')", "宽度最多"),
        ("'x'.expandtabs(9)", "没有“expandtabs”"),
        ("''.__class__", "没有“__class__”"),
        ("n()", "不是函数"),
    ],
)
def test_it_is_stopped_when_it_runs(expression: str, said: str) -> None:
    with pytest.raises(LanguageError, match=said):
        compile_expression(expression).evaluate({"n": 10**9, "行": ROWS, "endless": count()})


def test_a_number_may_not_grow_without_end() -> None:
    facts: dict[str, object] = {"x": 10**1000}
    with pytest.raises(LanguageError, match="数太大"):
        compile_expression("x * x").evaluate(facts)


def render(source: str) -> str:
    environment = Environment(templates=True)
    with metered():
        return environment.from_string(source).render()


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "不能调用自己"),
        (
            "{% macro a() %}{{ b() }}{% endmacro %}{% macro b() %}{{ a() }}{% endmacro %}{{ a() }}",
            "不能调用自己",
        ),
        ("{% macro m(f) %}{{ f(f) }}{% endmacro %}{{ m(m) }}", "一层层调用"),
        (
            "{% for a in range(1000) %}{% for b in range(1000) %}x{% endfor %}{% endfor %}",
            "循环合计超过",
        ),
        (
            "{% set s = namespace(x='x') %}{% for i in range(40) %}"
            "{% set s.x = s.x ~ s.x %}{% endfor %}",
            "超过 1000000",
        ),
        (
            "{% set s = namespace(x='x') %}{% for i in range(40) %}"
            "{% set s.x %}{{ s.x }}{{ s.x }}{% endset %}{% endfor %}",
            "超过 1000000",
        ),
        (
            "{% macro two(x) %}{{ x }}{{ x }}{% endmacro %}{% set s = namespace(x='x') %}"
            "{% for i in range(40) %}{% set s.x = two(s.x) %}{% endfor %}",
            "超过 1000000",
        ),
        (
            "{% set s = namespace(x=[1]) %}{% for i in range(40) %}"
            "{% set s.x = s.x + s.x %}{% endfor %}",
            "超过 1000000",
        ),
        (
            "{% for i in range(999) recursive %}{{ loop(range(999)) if loop.depth < 4 }}"
            "{% endfor %}",
            "循环合计超过",
        ),
        (
            "{% for i in [[1, 2]] recursive %}{{ loop([[1, 2], [3, 4]]) }}{% endfor %}",
            "一层层调用",
        ),
    ],
)
def test_a_template_that_runs_away_is_stopped(source: str, said: str) -> None:
    with pytest.raises(LanguageError, match=said):
        render(source)


def test_macros_that_double_at_each_storey_are_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "MOST_WORK", 1_000_000)
    storeys = "".join(
        f"{{% macro m{n}() %}}{{{{ m{n - 1}() }}}}{{{{ m{n - 1}() }}}}{{% endmacro %}}"
        for n in range(1, 45)
    )
    with pytest.raises(LanguageError, match="算得太久"):
        render("{% macro m0() %}{% endmacro %}" + storeys + "{{ m44() }}")


def test_many_values_are_paid_for_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "MOST_WORK", 2_000_000)
    with pytest.raises(LanguageError, match="算得太久"):
        compile_expression(
            "range(10000) | map('string') | map('indent', 900, true) | list"
        ).evaluate({})


def test_each_evaluation_has_a_purse_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "MOST_WORK", 150_000)
    expression = compile_expression("('x' * 20000) | upper | length")
    for _ in range(10):
        assert expression.evaluate({}) == 20000


def test_what_is_sane_passes() -> None:
    assert (
        compile_expression("('甲' * 100000) | replace('甲', '乙') | length").evaluate({}) == 10**5
    )
    assert compile_expression("range(10000) | sum").evaluate({}) == 49_995_000
    assert render("{% macro m(x) %}{{ x }}{% endmacro %}{{ m(m(m(1))) }}") == "1"
