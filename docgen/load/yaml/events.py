"""YAML text → events: where each value begins and ends, as PyYAML's parser sees it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, Final

import yaml
from yaml import (
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    YAMLError,
)

from docgen.load.yaml.source import Scalar

__all__ = [
    "DocumentStartEvent",
    "Event",
    "Failure",
    "Kind",
    "MappingEndEvent",
    "MappingStartEvent",
    "ScalarEvent",
    "SequenceEndEvent",
    "SequenceStartEvent",
    "StreamEndEvent",
    "StumbleError",
    "YAMLError",
    "bare_events",
    "events",
]


class Kind(Enum):
    """What an event tells; END closes a mapping or sequence."""

    DOCUMENT = auto()
    MAPPING = auto()
    SEQUENCE = auto()
    END = auto()
    ALIAS = auto()
    SCALAR = auto()


@dataclass(frozen=True, slots=True)
class Event:
    """One event at a 0-based place; `flow` is set for a collection in brackets."""

    kind: Kind
    line: int
    column: int
    scalar: Scalar | None = None
    flow: bool = False
    anchored: bool = False
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Failure:
    """What the parser said: what it was reading and where that began, what it met and where.

    Places are 0-based; where it names no beginning, `context` is "" and `opened` the place itself.
    """

    context: str
    opened: tuple[int, int]
    problem: str
    at: tuple[int, int]


class StumbleError(Exception):
    """The parser gave up."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.problem)
        self.failure = failure


_KINDS: Final[dict[type[Any], Kind]] = {
    DocumentStartEvent: Kind.DOCUMENT,
    MappingStartEvent: Kind.MAPPING,
    SequenceStartEvent: Kind.SEQUENCE,
    MappingEndEvent: Kind.END,
    SequenceEndEvent: Kind.END,
    yaml.AliasEvent: Kind.ALIAS,
    ScalarEvent: Kind.SCALAR,
}


def bare_events(text: str) -> Callable[[], Any] | None:
    """What gives the C parser's own events one by one; None where only the other parser is there.

    Where it stumbles it raises `YAMLError`.
    """
    loader = getattr(yaml, "CSafeLoader", None)
    return loader(text).get_event if loader is not None else None


def events(text: str) -> Iterator[Event]:
    """The events of a text in order; `StumbleError` where the parser stumbles.

    The C parser counts columns in characters. Without it the one in Python serves: slower, and
    stricter in that it refuses a tab after a colon.
    """
    try:
        for event in yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
            if kind := _KINDS.get(type(event)):
                yield _event(kind, event)
    except yaml.MarkedYAMLError as said:
        at = _place(said.problem_mark or said.context_mark)
        opened = _place(said.context_mark) if said.context_mark else at
        failure = Failure(said.context or "", opened, said.problem or "", at)
        raise StumbleError(failure) from None


def _event(kind: Kind, event: Any) -> Event:
    place = _place(event.start_mark)
    scalar = None
    if kind is Kind.SCALAR:
        scalar = Scalar(event.value, event.style or "", *place, *_place(event.end_mark))
    flow = bool(getattr(event, "flow_style", False))
    anchored = kind is not Kind.ALIAS and getattr(event, "anchor", None) is not None
    return Event(kind, *place, scalar, flow, anchored, getattr(event, "tag", None) or "")


def _place(mark: Any) -> tuple[int, int]:
    return (mark.line, mark.column) if mark is not None else (0, 0)
