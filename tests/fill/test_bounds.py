"""What runs away is refused: when compiled where it can be seen, else in the run."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from docgen.fill import Unfillable, compile_template
from tests.fill.features import Feature, template
from tests.fill.kit import docx
from tests.fill.runaways import TEMPLATES

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
NAMED = "算得太久|超过 (100|500000|1000000|64) |不是数|层次太深"
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


@pytest.fixture(scope="module")
def refusals() -> list[list[str]]:
    """What each runaway is refused with, in a process that may neither hang nor grow."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.fill.runaways"],
        capture_output=True, text=True, timeout=180, check=False,
        cwd=Path(__file__).parents[2], env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(told) == len(TEMPLATES), f"{TEMPLATES[len(told)][:200]}：{done.stderr[-500:]}"
    return told


@pytest.mark.parametrize("number", range(len(TEMPLATES)))
def test_what_would_run_away_is_refused_by_name(number: int, refusals: list[list[str]]) -> None:
    told = " ".join(refusals[number])
    assert re.search(NAMED, told), (TEMPLATES[number][:200], told[-200:])


def test_all_parts_and_all_tries_spend_from_one_purse() -> None:
    inner = "{% for j in range(130) %}{% set z = i * j + i * j + j %}{% endfor %}"
    work = f"{{% for i in range(1000) %}}{inner}{{% endfor %}}"
    assert compile_template(template(Feature((work,)))).render({})
    with pytest.raises(Unfillable) as caught:
        compile_template(template(Feature((work,), header=work))).render({})
    assert re.search(NAMED, caught.value.problems[0].message)


def test_a_large_table_is_no_runaway() -> None:
    """What letters and lists do with ten thousand rows stays far from every bound."""
    rows = [{"单位": f"单位{n}", "额": Decimal(n) / 8, "年": n % 7} for n in range(10_000)]
    letter = compile_template(
        docx(
            "{{ 行 | sum(attribute='额') }}{{ 行 | 合计('额') }}",
            "{{ 行 | sort(attribute='额') | length }}",
            "{% for g in 行 | groupby('年') %}{{ g.list | length }}{% endfor %}",
            "{% set ns = namespace(a=[], n=0) %}{% for r in 行 %}{% set ns.a = ns.a + [r.单位] %}"
            "{% set ns.n = ns.n + r.额 %}{% endfor %}{{ ns.a | join('、') }}{{ ns.n }}",
            "{% for r in 行 %}{{ loop.index }}{{ r.单位 | upper }}{{ r.额 | 保留(2) }}"
            "{% if r.年 == 3 and r.单位 != '甲' %}{{ r.额 * 2 }}{% endif %}{% endfor %}",
            "{% macro 写(x) %}{{ x }}{% endmacro %}{% for r in 行 %}{{ 写(r.单位) }}{% endfor %}",
        )
    )
    assert len(letter.render({"行": rows})) > 10_000
