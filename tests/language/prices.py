"""Every filter, test, function, method and operator over large arguments: what a unit paid takes.

Run as a module it tries larger arguments too: .venv/bin/python -m tests.language.prices
"""

from __future__ import annotations

import itertools
import random
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from jinja2.runtime import Context

from docgen.fill.environment import SESSION, FillEnvironment
from docgen.language import bounds
from docgen.language.borrowed import TEXT_METHODS
from docgen.language.exact import Exact
from docgen.model.blocks import Chapter, Paragraph, Section, Text
from docgen.model.values import Passage, Passages, Record, Rows
from docgen.problem import Where

NANOSECONDS = 300  # a unit may take: bounds.py promises 50, a busy machine is slower
FREE = 0.03  # seconds that a call may take whatever it pays
PURSE = 1_500_000  # units, so that what is paid for ends soon
HERE = Where("文件", 1, 1)


class _Session:
    def words(self, value: object) -> str:
        return value if isinstance(value, str) else str(value)


def nasty(size: int) -> dict[str, Any]:
    """Values at which a search, a sort, a pattern or a copy takes longest."""
    few = min(size // 40, 600)
    row = [Record({"a": n % 7, "b": "乙" * 9}, f"行.{n}", HERE) for n in range(few)]
    deep: Any = list(range(few))
    for _ in range(60):
        deep = [deep]
    text = "甲" * size
    numbers = list(range(few))
    random.Random(1).shuffle(numbers)
    prose = (Section("节", (Paragraph((Text("见证01、" * (size // 5)),), HERE),), HERE),)
    return {
        "same": "a" * size,
        "late": "ab" + "a" * (size // 2),
        "early": "a" * (size // 2) + "b",
        "signs": "文" * (size - 1) + "甲",
        "chinese": text,
        "spaced": "a " * (size // 2),
        "lines": "\n" * size,
        "tags": "<!-- -->" * (size // 8) + "<a>" * (size // 8),
        "opened": "<" * size,
        "fields": "%(" * (size // 2),
        "digits": "1" * size,
        "commas": "1," * (size // 2),
        "path": "0" + ".0" * 600,
        "slashes": "丙/" * (size // 2),
        "numbers": numbers,
        "exact": [Exact(n) for n in numbers],
        "texts": [text[:40] + str(n) for n in numbers],
        "lists": [[0] * 30 + [n] for n in range(few // 10)],
        "rows": Rows(row),
        "dicts": [{"a": n, "b": [n]} for n in range(few)],
        "deep": deep,
        "dict": {str(n): n for n in numbers},
        "tuple": tuple(numbers),
        "mixed": ["a", 1, None, Decimal("1.5")] * (few // 4),
        "chapter": Chapter("章", prose, HERE),
        "passages": Passages(Passage(text[:99] + "绝密★", HERE) for _ in range(few // 10)),
        "huge": Decimal("1E+999999999"),
        "nan": Decimal("sNaN"),
        "long": Decimal("0." + "1" * size),
        "whole": 7**size,
        "day": date(2000, 1, 1),
        "last": date(2029, 12, 31),
        "small": 3,
        "a": "a",
        "empty": "",
        "bands": [[n, n] for n in numbers],
        "format": "%d",
    }


def act(call: Callable[[], Any]) -> tuple[float, int]:
    """Seconds and units of a call, read to its end; whatever it refuses, it may."""
    bounds.MOST_WORK = PURSE
    with bounds.metered():
        start = time.process_time()
        try:
            made = call()
            if hasattr(made, "__next__"):
                for _ in made:
                    pass
        except Exception:  # what a function refuses is another test's
            pass
        seconds = time.process_time() - start
        meter = bounds._METER.get()
        return seconds, meter.spent if meter is not None else 0


def calls(values: Mapping[str, Any], thorough: bool) -> Iterator[tuple[str, Callable[[], Any]]]:
    """Each act of the language by name, with one or two of the values."""
    env = FillEnvironment()
    context = Context(env, {**env.globals, SESSION: _Session(), **values}, None, {})
    ones = list(values.items())
    pairs = list(itertools.product(ones, ones))
    chance = random.Random(7)

    def some(share: int) -> list[Any]:
        return pairs if thorough else chance.sample(pairs, share)

    def filtered(name: str, value: Any, *given: Any, **named: Any) -> Callable[[], Any]:
        return lambda: env.call_filter(name, value, given, named, context)

    for name in (each for each in env.filters if not each.startswith("·")):
        for key, value in ones:
            yield f"{key}|{name}", filtered(name, value)
        for (key, value), (other, argument) in [*some(60), *known(values)]:
            yield f"{key}|{name}({other})", filtered(name, value, argument)
        for key, value in [ones[n] for n in range(0, len(ones), 3)]:
            path = values["path"]
            yield f"{key}|{name}(attribute=path)", filtered(name, value, attribute=path)
    for name in env.tests:
        for (key, value), (other, argument) in [*some(40), *known(values)]:
            yield (
                f"{key} is {name}({other})",
                partial(env.call_test, name, value, (argument,), None, context),
            )
            yield (
                f"{key} is {name}",
                partial(env.call_test, name, value, (), None, context),
            )
    for name, function in env.globals.items():
        if not callable(function):
            continue
        for (key, value), (other, argument) in some(60):
            for third in ((), ("small",), ("numbers",), ("lists",), ("numbers", "tuple")):
                more = [values[each] for each in third]
                yield (
                    f"{name}({key}, {other}, {', '.join(third)})",
                    partial(env.call, context, function, value, argument, *more),
                )
    texts = [(key, value) for key, value in ones if isinstance(value, str)]
    for name in sorted(TEXT_METHODS):
        for key, value in texts:
            for other, argument in texts if thorough else [*texts[:4], *chance.sample(ones, 4)]:
                yield (
                    f"{key}.{name}({other})",
                    partial(_method, env, context, value, name, argument),
                )
    for sign in ("+", "-", "*", "/", "//", "%"):
        for (key, value), (other, argument) in [*some(120), *known(values)]:
            yield (
                f"{key} {sign} {other}",
                partial(env.call_binop, context, sign, value, argument),
            )
    for (key, value), (other, argument) in some(300):
        yield f"{key}[{other}]", partial(env.getitem, value, argument)


def _method(env: FillEnvironment, context: Context, text: str, name: str, given: Any) -> Any:
    return env.call(context, env.getattr(text, name), given)


def known(values: Mapping[str, Any]) -> list[tuple[tuple[str, Any], tuple[str, Any]]]:
    """Pairs that once ran away."""
    named = [
        ("same", "late"), ("same", "early"), ("chinese", "signs"), ("chinese", "slashes"),
        ("numbers", "numbers"), ("dicts", "numbers"), ("rows", "path"), ("texts", "path"),
        ("fields", "small"), ("format", "huge"), ("lists", "lists"), ("chapter", "texts"),
        ("chinese", "texts"), ("fields", "dict"), ("lines", "huge"), ("lists", "small"),
    ]  # fmt: skip
    return [((one, values[one]), (other, values[other])) for one, other in named]


def too_cheap(size: int, seconds: float, thorough: bool = False) -> list[str]:
    """What takes longer than it pays for; twice, so that a machine's hiccup is none of ours."""
    purse, found = bounds.MOST_WORK, []
    end = time.process_time() + seconds
    try:
        for name, call in calls(nasty(size), thorough):
            for _ in range(3):
                took, spent = act(call)
                if took <= FREE + spent * NANOSECONDS / 1e9:
                    break
            else:
                found.append(f"{name}: {took:.2f} s, {spent} units")
            if time.process_time() > end:
                found.append(f"{name}: not done in {seconds} s")
                break
    finally:
        bounds.MOST_WORK = purse
    return found


if __name__ == "__main__":
    sys.stdout.write("\n".join(too_cheap(200_000, 3600, thorough=True)) + "\n")
