"""An ordinary YAML file, one that has nothing to tell, → its tree in a single quick pass.

Nearly every file is ordinary, and what costs time in reading is to be ready to tell of a fault:
events with their spans, paths, the checks of each line. Here that is left out. Whatever could be a
fault ends the pass, and the file is read again by `reader`, which alone knows what to say. So this
pass may give up too often, but never too seldom.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from docgen.load.text import characters
from docgen.load.yaml import slips
from docgen.load.yaml.events import (
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    YAMLError,
    bare_events,
)
from docgen.load.yaml.source import Role, Scalar, Source
from docgen.model.tree import Node
from docgen.problem import Problem, Where

MAX_DEPTH: Final = 40
MAX_NODES: Final = 50_000
NULLS: Final = frozenset({"", "~", "null", "Null", "NULL"})
_NOWHERE: Final = Where()


def ordinary_tree(text: str, file: str, most: int = MAX_NODES) -> Node | None:
    """The tree of a text of which `reader` would have nothing to tell; None where it might.

    `most` is in keys and values.
    """
    take = bare_events(text)
    if take is None:
        return None
    try:
        return _Pass(text, file, take, most).document()
    except (_UnusualError, YAMLError):
        return None


class _UnusualError(Exception):
    """Something that `reader` must look at."""


class _Pass:
    """One pass over the C parser's own events; `take` gives the next."""

    def __init__(self, text: str, file: str, take: Callable[[], Any], most: int) -> None:
        self.file, self.most = file, most
        self.take = take
        self.source = Source(file, text.split("\n"))
        self.count = 1
        # Signs are looked for in the whole text at once: one that is nowhere need not be asked for
        # at each event. An alias is an event of its own.
        self.may_be_marked = "&" in text or "!" in text
        self.may_be_cut = slips.may_be_cut(text)

    def document(self) -> Node:
        """The one document of the text."""
        take = self.take
        take()  # the stream's start
        if type(take()) is not DocumentStartEvent:
            return Node("", self.file)
        node = self.node(take(), 1, None, None, Role.ROOT, False)
        take()  # the document's end
        if type(take()) is not StreamEndEvent:
            raise _UnusualError
        return node

    def node(
        self,
        event: Any,
        depth: int,
        key_line: int | None,
        key_column: int | None,
        role: Role,
        flow: bool,
    ) -> Node:
        """The value that begins with an event; `key_line` and `key_column` count from 1."""
        mark = event.start_mark
        line, column = mark.line, mark.column
        quoted = False
        value: str | list[Node] | dict[str, Node]
        if self.may_be_marked and (event.anchor is not None or event.tag):
            raise _UnusualError
        kind = type(event)
        if kind is ScalarEvent:
            style = event.style
            if not style:
                value = self.plain(event, line, key_line, role, flow)
            elif style == "'" or style == '"':
                value, quoted = self.quoted(event, line, role, flow), True
            else:
                value = event.value
                line, column = self.source.first(self.weighed(event, role, flow))
        elif kind is MappingStartEvent:
            value = self.mapping(depth, event.flow_style)
        elif kind is SequenceStartEvent:
            value = self.sequence(depth, event.flow_style)
        else:
            raise _UnusualError
        return Node(value, self.file, line + 1, column + 1, key_line, key_column, quoted)

    def plain(self, event: Any, line: int, key_line: int | None, role: Role, flow: bool) -> str:
        """The text of a scalar without quotes.

        In one line, behind its key, nothing but a comment can be wrong with it.
        """
        text: str = event.value
        if event.end_mark.line != line:
            scalar = self.weighed(event, role, flow)
            return "" if text in NULLS else self.source.unfold(scalar)
        if flow:
            if not text or (role is Role.ITEM and "，" in text):
                raise _UnusualError
        elif line + 1 != key_line and not slips.is_quiet(self.source.line(line)):
            self.weighed(event, role, flow)
        if self.may_be_cut:
            self.weighed(event, role, flow)
        return "" if text in NULLS else text

    def quoted(self, event: Any, line: int, role: Role, flow: bool) -> str:
        """The text of a scalar in quotes; escapes make what the file itself does not hold."""
        text: str = event.value
        if event.end_mark.line != line:
            self.weighed(event, role, flow)
        if event.style == '"' and characters(text, _NOWHERE):
            raise _UnusualError
        return text

    def weighed(self, event: Any, role: Role, flow: bool) -> Scalar:
        """A scalar with its span, where `slips` finds nothing in it."""
        scalar = _scalar(event)
        _none(slips.in_scalar(self.source, scalar, role, flow, _NOWHERE))
        return scalar

    def sequence(self, depth: int, flow: bool) -> list[Node]:
        """The items up to the end of a list."""
        if depth >= MAX_DEPTH:
            raise _UnusualError
        take, items = self.take, list[Node]()
        words, has_groups = list[Any](), False
        while (kind := type(event := take())) is not SequenceEndEvent:
            if kind is ScalarEvent:
                words.append(event)
            has_groups = has_groups or kind is MappingStartEvent
            items.append(self.node(event, depth + 1, None, None, Role.ITEM, flow))
        if has_groups and not flow:
            for event in words:
                _none(slips.among_groups(self.source, _scalar(event)))
        self.counted(len(items))
        return items

    def mapping(self, depth: int, flow: bool) -> dict[str, Node]:
        """The members up to the end of a group; their keys differ, full width or half."""
        if depth >= MAX_DEPTH:
            raise _UnusualError
        take, members, seen = self.take, dict[str, Node](), set[str]()
        while (kind := type(event := take())) is not MappingEndEvent:
            if kind is not ScalarEvent:
                raise _UnusualError
            if self.may_be_marked and (event.anchor is not None or event.tag):
                raise _UnusualError
            key = event.value
            same = slips.quiet_key(key)
            if not same or same in seen:
                raise _UnusualError
            seen.add(same)
            mark = event.start_mark
            members[key] = self.node(
                take(), depth + 1, mark.line + 1, mark.column + 1, Role.VALUE, flow
            )
        self.counted(2 * len(members))
        return members

    def counted(self, more: int) -> None:
        """Stops where the file holds more than a person writes."""
        self.count += more
        if self.count > self.most:
            raise _UnusualError


def _scalar(event: Any) -> Scalar:
    start, end = event.start_mark, event.end_mark
    return Scalar(event.value, event.style or "", start.line, start.column, end.line, end.column)


def _none(found: Iterable[Problem]) -> None:
    for _ in found:
        raise _UnusualError
