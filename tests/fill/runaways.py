"""Templates that would run away, and a process of its own to try them in: it has 1 GiB to grow.

Run as a module it prints, for each template of `TEMPLATES`, what it was refused with.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Iterator

from docgen.fill import Unfillable, compile_template
from docgen.language import bounds
from tests.fill.kit import docx

PURSE = 3_000_000  # a small part of what a rendering may spend, for all templates but `FULL`
SECONDS = 60  # of all templates together


def doubled(value: str, how: str = "[ns.x, ns.x]") -> str:
    """A value within itself twice, sixty times over: small to keep, endless to walk."""
    return (
        f"{{% set ns = namespace(x={value}) %}}{{% for i in range(60) %}}"
        f"{{% set ns.x = {how} %}}{{% endfor %}}"
    )


def often(tag: str) -> str:
    return (
        f"{{% for i in range(1000) %}}{{% for j in range(400) %}}{tag}{{% endfor %}}{{% endfor %}}"
    )


def kept(value: str) -> str:
    return "{% set ns = namespace(x=0) %}" + often(f"{{% set ns.x = [ns.x, {value}] %}}")


CALLS = "{% macro m() %}{% for i in range(10) %}{{ caller() }}{% endfor %}{% endmacro %}"
FULL = [
    CALLS + "{% call m() %}" * 7 + "文" + "{% endcall %}" * 7,
]
TEMPLATES = [
    *FULL,
    doubled("[1]") + "{{ ns.x }}",
    # loops that are called, and what is doubled
    "{% for a in range(999) recursive %}{{ loop(range(999)) if loop.depth < 4 }}{% endfor %}",
    "{% for a in [1] recursive %}{{ loop(endless) }}{% endfor %}",
    *(
        doubled("[1]") + tag
        for tag in (
            "{{ ns.x | string | length }}", "{{ ns.x ~ '' }}", "{{ ns.x | tojson }}",
            "{{ ns.x | pprint }}", "{{ ns.x in [[ns.x]] }}", "{{ [ns.x] | sort }}",
            "{{ '%s' % ns.x }}", "{{ '%s' | format(ns.x) }}", "{{ [ns.x] | join }}",
            "{{ [ns.x] | unique | list }}", "{{ ns.x is in([1]) }}",
            "{% if ns.x == [[1]] %}{% endif %}",
            "{{ ns.x | upper }}", "{{ [[ns.x]] | map('first') | map('string') | list }}",
        )
    ),
    *(
        doubled("(1,)", "(ns.x, ns.x)") + tag
        for tag in ("{{ {ns.x: 1} }}", "{{ {}[ns.x] }}", "{{ {}.get(ns.x) }}", "{{ ns.x in {} }}")
    ),
    doubled("1", "{'a': ns.x, 'b': ns.x}") + "{{ ns.x }}",
    doubled("1", "namespace(a=ns.x, b=ns.x)") + "{{ ns.x }}",
    # large at once
    "{{ (['x' * 1000000] * 1500) | string | length }}",
    "{{ [ml] * 100000 }}",
    "{{ [items] * 100000 }}",
    "{{ ('%(a)s' * 9000) | format(a=items) }}",
    "{{ ml | wordwrap(1) }}",
    "{{ ml | list | tojson(indent=1000) }}",
    "{{ ml[:100000] | list | tojson(indent=1000) }}",
    "{{ [('\\a' * 400000), ('\\a' * 400000)] | join }}" * 20,
    # work that is done again and again
    *(
        often(f"{{% set z = {work} %}}")
        for work in (
            "items | max", "items | sum", "items | sort", "items | select('odd') | list",
            "items | reject('none') | list", "items | map('string') | list", "ml | wordcount",
            "ml | title", "ml == ml2", "ml < ml2", "items == items2", "-1 in items", "ml in ml2",
            "ml is eq(ml2)", "ml.count('字')", "ml.split('字')", "'，'.join(texts)", "rows | 重复",
            "items[1:]", "ml[1:]", "ml | float", "[1] | 除去(items)",
            "ml ~ 1", "items + items", "[" + "[]," * 5000 + "]",
        )
    ),
    *(often(tag) for tag in ("{{ ml | safe }}", "{{ items }}", "{{ '<w:br/>' | safe }}")),
    "{% set z %}" + often("文" * 20_000) + "{% endset %}",
    "{% macro f() %}" + "文" * 20_000 + "{% endmacro %}" + often("{{ f() }}"),
    # what is kept
    *(map(kept, ("ml[1:]", "items[1:]", "ml | list", "{'a': {'b': {}}}", "namespace(a=1)",
                 "[[], [], [], []]", "'😀' * 90000", "items | map('upper')"))),
    # what never ends
    *(
        "{{ " + tag + " }}"
        for tag in (
            "endless | list", "texts_without_end | list", "'a' in endless", "endless | max",
            "endless | join", "endless | sort", "endless | select('none') | list", "endless | sum",
            "endless | map('string') | list", "texts_without_end | map('upper') | join",
            "endless | 合计", "endless | 顿号", "'、'.join(endless)", "1.5 is in(endless)",
            "[1] | 除去(endless)", "endless | batch(2) | list", "all_numbers | list",
            "'a' in all_numbers",
        )
    ),
    "{% for x in endless %}{% endfor %}",
    "{% for x in texts_without_end %}{% endfor %}",
    "{% for x in all_numbers %}{% endfor %}",
]  # fmt: skip


def _numbers() -> Iterator[int]:
    number = 10**6
    while True:
        number += 1
        yield number


def _texts() -> Iterator[str]:
    while True:
        yield "甲" * 100_000


class AllNumbers:
    """No iterator: it gives one whenever it is asked."""

    def __iter__(self) -> Iterator[int]:
        return _numbers()


def values() -> dict[str, object]:
    return {
        "ml": "汉" * 999_999 + "字",
        "ml2": "汉" * 999_999 + "文",
        "items": list(range(100_000)),
        "items2": list(range(100_000)),
        "texts": ["甲乙"] * 100_000,
        "rows": [{"a": number, "b": "文"} for number in range(3000)],
        "endless": _numbers(),
        "texts_without_end": _texts(),
        "all_numbers": AllNumbers(),
    }


def refusal(template: str, given: dict[str, object]) -> list[str]:
    """The messages with which a template is refused."""
    compiled = compile_template(docx("好", template), "模板.docx")
    try:
        compiled.render(given)
    except Unfillable as refused:
        return [problem.message for problem in refused.problems]
    return []


def main() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    with open("/proc/self/statm", encoding="ascii") as pages:
        grown = int(pages.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (grown + 2**30, grown + 2**30))
    given = values()
    for template in TEMPLATES:
        if template not in FULL:
            bounds.MOST_WORK = PURSE  # type: ignore[misc]
        sys.stdout.write(json.dumps(refusal(template, given)) + "\n")


if __name__ == "__main__":
    main()
