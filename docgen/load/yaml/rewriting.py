"""A YAML text and what is to change → the same text, changed there and nowhere else.

Comments, order, quotes and blanks stay as they were typed: only the stretch of a value that changes
is put anew. Whoever calls reads the result back and compares.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from docgen.load.yaml.events import Kind
from docgen.load.yaml.spans import Span, Spans, Unwritable
from docgen.load.yaml.writing import STEP, Value, flow, inline, items, lines

Path = tuple[str | int, ...]


def rewritten(text: str, changes: Mapping[Path, Value]) -> str:
    """The text with a value put at each path; keys that are absent are added below the others."""
    return _Rewriting(text, changes).done()


def rearranged(text: str, path: Path, plan: Sequence[int | Value]) -> str:
    """The text with the items of a list in another order: a number stands for the item that has it
    now, anything else is a new item; what the plan leaves out is removed."""
    spans = Spans(text)
    span = spans.at(path)
    if span is None or span.kind is not Kind.SEQUENCE:
        raise Unwritable("list")
    start, end, new = _in_flow(spans, span, plan) if span.flow else _in_block(spans, span, plan)
    return text[:start] + new + text[end:]


class _Rewriting:
    """Collects what is to be cut out and put in, by offsets of the one text."""

    def __init__(self, text: str, changes: Mapping[Path, Value]) -> None:
        self.spans = Spans(text)
        self._cuts: list[tuple[int, int, str]] = []
        self._inside: dict[int, tuple[Span, dict[str, Value]]] = {}
        for path, value in changes.items():
            self._set(path, value)
        for span, members in list(self._inside.values()):
            self._add(span, members)

    def done(self) -> str:
        text = self.spans.text
        before = len(text) + 1
        for start, end, new in sorted(self._cuts, key=lambda cut: cut[:2], reverse=True):
            if end > before:
                raise Unwritable("overlap")
            text, before = text[:start] + new + text[end:], start
        return text

    def _set(self, path: Path, value: Value) -> None:
        span = self.spans.root
        for depth, step in enumerate(path):
            inner = self.spans.at(path[: depth + 1])
            if inner is None:
                if isinstance(step, int) or span.kind is Kind.SEQUENCE:
                    raise Unwritable("item")
                _, members = self._inside.setdefault(id(span), (span, {}))
                _plant(members, path[depth:], value)
                return
            span = inner
        self._replace(span, value)

    def _replace(self, span: Span, value: Value) -> None:
        """Puts a value in the place of one that stands there."""
        if span.flow:
            new = flow(value)
            self._cut(span, f" {new}" if span.is_bare else new)
        elif isinstance(value, str) and (span.kind is Kind.SCALAR):
            self._cut(span, self._scalar(span, value))
        elif span.kind is Kind.SCALAR and span.colon >= 0:
            indent = span.key_column + STEP
            if isinstance(value, Mapping):
                below = [line for key, one in value.items() for line in lines(key, one, indent)]
            else:
                below = list(items(value, indent))
            self._below(span, below)
        else:
            raise Unwritable("kind")

    def _scalar(self, span: Span, text: str) -> str:
        """The new scalar; what stands behind the old one on its line stays behind the new one."""
        end = self.spans.line_end(span.end)
        head = self.spans.text[span.start : self.spans.line_end(span.start)]
        comment = (
            " " + head[head.index(" #") + 1 :] if span.style in ("|", ">") and " #" in head else ""
        )
        alone = not self.spans.text[span.end : end].strip() and not comment
        new = inline(text, span.key_column + STEP if span.colon >= 0 else span.column, alone=alone)
        return (f" {new}" if span.is_bare else new) + comment

    def _below(self, span: Span, new: list[str]) -> None:
        """Lines below the key, in the place of a scalar behind it."""
        text = self.spans.text
        start = len(text[: span.start].rstrip(" "))
        if not span.is_bare:
            self._cuts.append((start, span.end, ""))
        place = self.spans.line_end(span.end)
        self._cuts.append((place, place, "".join(f"\n{line}" for line in new)))

    def _add(self, span: Span, members: dict[str, Value]) -> None:
        """New members of a mapping, below the others; in braces, behind them."""
        text = self.spans.text
        if span.kind is not Kind.MAPPING:
            if span.kind is Kind.SCALAR and span is self.spans.root and not span.text:
                self._at_end(members, 0)
            else:
                self._replace(span, members)
        elif span.flow:
            place = span.end - 1
            before = text[span.start + 1 : place].strip()
            new = flow(members)[1:-1]
            place = len(text[:place].rstrip())
            joint = "" if not before else " " if before.endswith(",") else ", "
            self._cuts.append((place, place, joint + new))
        elif span is self.spans.root:
            self._at_end(members, span.column)
        else:
            place = self.spans.line_end(span.end)
            new = "".join(
                f"\n{line}" for key, v in members.items() for line in lines(key, v, span.column)
            )
            self._cuts.append((place, place, new))

    def _at_end(self, members: dict[str, Value], indent: int) -> None:
        text = self.spans.text
        new = "".join(f"{line}\n" for key, v in members.items() for line in lines(key, v, indent))
        joint = "" if not text or text.endswith("\n") else "\n"
        self._cuts.append((len(text), len(text), joint + new))

    def _cut(self, span: Span, new: str) -> None:
        self._cuts.append((span.start, span.end, new))


def _plant(members: dict[str, Value], path: Path, value: Value) -> None:
    for step in path[:-1]:
        inner = members.setdefault(str(step), {})
        if not isinstance(inner, dict):
            raise Unwritable("path")
        members = inner
    members[str(path[-1])] = value


def _in_block(spans: Spans, span: Span, plan: Sequence[int | Value]) -> tuple[int, int, str]:
    """Each item moves with its lines and the comments above it; comments of a lost one stay."""
    text = spans.text
    start = spans.line_start(span.start)
    if text[start : span.start].strip() or not span.items:
        raise Unwritable("list")
    above: list[str] = []
    body: list[str] = []
    place = start
    for item in span.items:
        first = max(spans.line_start(item.start), place)
        dash = text[first : item.start].strip(" ")
        if dash != "-" and not dash.startswith("-"):
            raise Unwritable("item")
        last = min(spans.line_end(item.end) + 1, len(text))
        above.append(text[place:first])
        body.append(text[first:last])
        place = last
    if body and not body[-1].endswith("\n"):
        body[-1] += "\n"
    kept = {number for number in plan if isinstance(number, int)}
    made = ""
    lost = iter(number for number in range(len(body)) if number not in kept)
    gone = next(lost, None)
    for step in plan:
        while gone is not None and isinstance(step, int) and gone < step:
            made, gone = made + above[gone], next(lost, None)
        if isinstance(step, int):
            made += above[step] + body[step]
        else:
            made += "".join(f"{line}\n" for line in items([step], span.column))
    while gone is not None:
        made, gone = made + above[gone], next(lost, None)
    return start, place, made


def _in_flow(spans: Spans, span: Span, plan: Sequence[int | Value]) -> tuple[int, int, str]:
    text = spans.text
    if "#" in text[span.start : span.end] and "\n" in text[span.start : span.end]:
        raise Unwritable("comment")
    pieces = [
        text[span.items[step].start : span.items[step].end] if isinstance(step, int) else flow(step)
        for step in plan
    ]
    return span.start, span.end, "[" + ", ".join(pieces) + "]"
