"""YAML text → the stretch of it that each value takes, so that one can be changed in its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate

from docgen.load.yaml.events import Event, Kind, StumbleError, events


class Unwritable(Exception):
    """A text, or a place in it, that cannot be changed with certainty."""


@dataclass(slots=True)
class Span:
    """One value: `start` and `end` are offsets; `column` is where it begins on its line.

    `colon` is the offset behind the colon of its key. A block ends with its last line of text.
    """

    kind: Kind
    start: int
    end: int
    column: int = 0
    flow: bool = False
    style: str = ""
    text: str = ""
    colon: int = -1
    key_column: int = 0
    members: dict[str, Span] = field(default_factory=dict)
    items: list[Span] = field(default_factory=list)

    @property
    def is_bare(self) -> bool:
        """Whether nothing at all was typed."""
        return self.kind is Kind.SCALAR and not self.style and self.start == self.end


class Spans:
    """The spans of one text; raises Unwritable for one that does not read."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
        self._events = events(text)
        try:
            self.root = self._document()
        except (StumbleError, IndexError) as fault:
            raise Unwritable(str(fault)) from None

    def line_start(self, offset: int) -> int:
        return self.text.rfind("\n", 0, offset) + 1

    def line_end(self, offset: int) -> int:
        """The offset of the line end behind an offset."""
        found = self.text.find("\n", offset)
        return len(self.text) if found < 0 else found

    def at(self, path: tuple[str | int, ...]) -> Span | None:
        """The value at a path; items count from 0."""
        span: Span | None = self.root
        for step in path:
            if span is None:
                return None
            if isinstance(step, int):
                span = span.items[step] if step < len(span.items) else None
            else:
                span = span.members.get(step)
        return span

    def _document(self) -> Span:
        event = self._next()
        if event is not None and event.kind is Kind.DOCUMENT:
            event = self._next()
        if event is None:
            return Span(Kind.SCALAR, 0, 0)
        return self._value(event)

    def _next(self) -> Event | None:
        return next(self._events, None)

    def _offset(self, line: int, column: int) -> int:
        return min(self._starts[line] + column, len(self.text))

    def _value(self, event: Event) -> Span:
        start = self._offset(event.line, event.column)
        if event.kind is Kind.SCALAR and event.scalar is not None:
            scalar = event.scalar
            end = self._offset(scalar.end_line, scalar.end_column)
            if scalar.is_block:
                end = max(start, len(self.text[:end].rstrip()))
            return Span(event.kind, start, end, event.column, style=scalar.style, text=scalar.text)
        if event.kind is Kind.MAPPING:
            return self._mapping(event, start)
        if event.kind is Kind.SEQUENCE:
            return self._sequence(event, start)
        raise Unwritable(event.kind.name)

    def _mapping(self, event: Event, start: int) -> Span:
        span = Span(Kind.MAPPING, start, start, event.column, event.flow)
        for key in self._until_end(span):
            value = self._next()
            if key.scalar is None or value is None:
                raise Unwritable("key")
            place = self._offset(key.scalar.end_line, key.scalar.end_column)
            member = self._value(value)
            rest = self.text[place : place + 80]
            blanks = len(rest) - len(rest.lstrip(" "))
            member.colon = place + blanks + 1 if rest[blanks : blanks + 1] == ":" else -1
            member.key_column = key.column
            member.flow = member.flow or (event.flow and member.kind is Kind.SCALAR)
            if member.is_bare and member.colon >= 0:
                member.start = member.end = member.colon
            span.members.setdefault(key.scalar.text, member)
            if not event.flow:
                span.end = max(span.end, member.end)
        return span

    def _sequence(self, event: Event, start: int) -> Span:
        span = Span(Kind.SEQUENCE, start, start, event.column, event.flow)
        for item in self._until_end(span):
            value = self._value(item)
            value.flow = value.flow or (event.flow and value.kind is Kind.SCALAR)
            span.items.append(value)
            if not event.flow:
                span.end = max(span.end, value.end)
        return span

    def _until_end(self, span: Span) -> Iterator[Event]:
        while True:
            event = self._next()
            if event is None:
                raise Unwritable("end")
            if event.kind is Kind.END:
                if span.flow:
                    span.end = self._offset(event.line, event.column) + 1
                return
            yield event
