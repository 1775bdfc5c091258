"""What runs away is refused: when compiled where it can be seen, else in the run."""

from __future__ import annotations

from datetime import date

import pytest

from docgen.fill import Unfillable, compile_template
from tests.fill.kit import docx

SEEN = [
    "{{ 9**9**9 }}",
    "{{ 'a' * 99999999 }}",
    "{{ [0] * 99999999 }}",
    "{% for x in range(10**9) %}{% endfor %}",
    "{% for x in range(1000000000) %}{% endfor %}",
    "{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}",
    "{{ 'a' | center(999999999) }}",
    "{{ [1] | batch(999999999, 0) | list }}",
    "{{ 'a\nb' | indent(width=999999999) }}",
    "{{ 'a'.zfill(999999999) }}",
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
]
MET = [
    "{% for x in range(n) %}{% endfor %}",
    "{{ t * n }}",
    "{{ t.zfill(n) }}",
    "{{ t | center(n) }}",
    "{{ [1] | batch(n, 0) | list }}",
    "{{ [1] | slice(n) | list }}",
    "{{ '%999999999d' | format(1) }}",
    "{{ '%*d' | format(n, 1) }}",
    "{{ d.strftime('%999999999d') }}",
    "{{ long | replace('a', long) }}",
    "{{ long.replace('a', long) }}",
    "{{ [long] * 999 | join(long) }}",
    "{{ long.join(long) }}",
    "{% set n = namespace(x='ab') %}{% for i in 百 %}{% set n.x = n.x ~ n.x %}{% endfor %}",
    "{% set n = namespace(x='ab') %}{% for i in 百 %}{% set n.x = n.x + n.x %}{% endfor %}",
    "{% set n = namespace(x=[1]) %}{% for i in 百 %}{% set n.x = n.x + n.x %}{% endfor %}",
    "{% set n = namespace(x=7) %}{% for i in 百 %}{% set n.x = n.x * n.x %}{% endfor %}",
    "{% for i in range(9999) %}{% for j in range(40) %}{{ long }}{% endfor %}{% endfor %}",
    "{% for i in range(9999) %}{% for j in range(40) %}{{ part }}{% endfor %}{% endfor %}",
    "{% macro m(f) %}{{ f(f) }}{% endmacro %}{{ m(m) }}",
    "{{ ('%999d' * 9999) % 1 }}",
    "{{ ('%(a)s' * 9999) | format(a=long) }}",
    "{{ long | wordwrap(1, wrapstring=long) }}",
]  # fmt: skip
VALUES = {
    "d": date(2026, 1, 2),
    "百": range(100),
    "n": 10**9,
    "t": "a",
    "long": "a" * 100_000,
    "part": "a" * 4000,
}


@pytest.mark.parametrize("tag", SEEN)
def test_what_can_be_seen_is_refused_when_compiled(tag: str) -> None:
    problems = compile_template(docx("好", tag), "模板.docx").problems
    assert len(problems) == 1
    assert problems[0].where.spot.startswith("正文第2段：")


@pytest.mark.parametrize("tag", MET)
def test_what_runs_away_in_the_run_is_stopped_by_name(tag: str) -> None:
    template = compile_template(docx("好", tag), "模板.docx")
    assert template.is_usable
    with pytest.raises(Unfillable) as caught:
        template.render(VALUES)
    assert len(caught.value.problems) == 1
    assert caught.value.problems[0].where.spot.startswith("正文第2段：")


def test_what_is_large_but_sane_is_made() -> None:
    template = compile_template(docx("{% for x in 行 %}{{ x }}{% endfor %}", "{{ '甲' * 1000 }}"))
    assert len(template.render({"行": ["甲" * 100] * 10_000})) > 1000
