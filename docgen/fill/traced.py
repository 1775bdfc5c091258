"""A tag that failed → the facts that it read, with their paths, values and places in the data."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import FrameType
from typing import TypeAlias

from jinja2.exceptions import TemplateSyntaxError

from docgen.fill.blanks import Blank
from docgen.fill.places import Spot
from docgen.fill.printed import text_of
from docgen.fill.tags import CELL_WORDS, Word
from docgen.fill.usual import reader
from docgen.language import LanguageError
from docgen.language.names import uses_in
from docgen.language.weighing import weighed
from docgen.model.values import Missing, Record, Rows
from docgen.problem import Where

Places: TypeAlias = Callable[[str], Where]

SHOWN = 4
LONGEST, LARGEST = 20, 100_000  # characters shown; the weight of what is written out for them
_LOCAL = re.compile(r"l_(\d+)_(\w+)$")
_HEAD = re.compile(r"(?:if|elif|set\s+[\w.]+\s*=|for\s+[\w\s,]+?\s+in)\s(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Reading:
    """A fact that a tag read: its path in the data, how it prints, where it was typed."""

    path: str
    text: str
    where: Where
    value: object

    def __str__(self) -> str:
        place = str(self.where) if self.where.file else ""
        told = f"“{self.text}”" if self.text else "（未填）"
        return f"{self.path}={told}" + (f"（{place}）" if place else "")


def readings(
    tag: str, frame: FrameType | None, values: Record, places: Places | None
) -> list[Reading]:
    """The facts that a tag reads; loops' rows are taken from the frame of the rendering."""
    bound = _bound(frame)
    found: dict[str, Reading] = {}
    for path in _paths(tag):
        root, *steps = path.split(".")
        start = bound.get(root, values.get(root))
        if start is None or callable(start):
            continue
        reading = _follow(root, start, steps, places)
        if reading is not None:
            found.setdefault(reading.path, reading)
    return list(found.values())[:SHOWN]


def _paths(tag: str) -> Iterator[str]:
    """The names that a tag's expression reads, as written."""
    word = Word.of(tag, _NOWHERE)
    head = _HEAD.match(word.expression) if word.is_statement else None
    expression = word.rest if word.word in CELL_WORDS else word.expression
    source = f"{{{{ {head.group(1) if head else expression} }}}}"
    if word.is_statement and head is None and word.opens:
        source = f"{{% {word.expression} %}}{{% end{word.word} %}}"
    try:
        tree = reader().parse(source)
    except (TemplateSyntaxError, LanguageError, RecursionError):
        return
    for path, _, _ in uses_in(tree):
        yield path


_NOWHERE = Spot(None, "", "")  # type: ignore[arg-type]


def _bound(frame: FrameType | None) -> Mapping[str, object]:
    """The values of names bound in the template, innermost first, by their names there."""
    found: dict[str, tuple[int, object]] = {}
    for name, value in (frame.f_locals if frame is not None else {}).items():
        match = _LOCAL.match(name)
        if match and int(match.group(1)) >= found.get(match.group(2), (0, None))[0]:
            found[match.group(2)] = (int(match.group(1)), value)
    return {name: value for name, (_, value) in found.items() if _is_fact(value)}


def _is_fact(value: object) -> bool:
    return isinstance(value, Record | Rows | Missing) or not type(value).__module__.startswith(
        "jinja2"
    )


def _follow(root: str, start: object, steps: list[str], places: Places | None) -> Reading | None:
    """Goes down the members of a fact as far as they lead."""
    value: object = start
    path = value.path if isinstance(value, Record | Missing) and value.path else root
    where = getattr(value, "where", Where())
    for step in steps:
        if not isinstance(value, Record) or step not in value:
            break
        value = value[step]
        path = f"{path}.{step}"
        where = getattr(value, "where", None) or where
    place = places(path) if places is not None and not hasattr(value, "where") else where
    if isinstance(value, Record | Rows):
        return Reading(
            path, "一行" if isinstance(value, Record) else f"{len(value)} 行", place, value
        )
    if isinstance(value, Missing):
        return Reading(Blank.of(value).path, "", value.where, value)
    text = _told(value)
    return None if text is None else Reading(path, text, place, value)


def _told(value: object) -> str | None:
    """The beginning of a value's text; None for what has none, or none that can be written."""
    if isinstance(value, str):
        value = value[: 2 * LONGEST]
    elif isinstance(value, list | tuple):
        value = value[:LONGEST]
    try:
        size, _ = weighed(value, LARGEST)
        return text_of(value).replace("\n", " ")[:LONGEST] if size <= LARGEST else None
    except Exception:  # whatever a stranger's value raises, it must not hide the fault itself
        return None
