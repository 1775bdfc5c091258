"""Lines of styled text, and how they fold to a terminal's width with Chinese in them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

from docgen.problem import Where

_NOT_FIRST = "，。、；：？！）〕】》”’…—％%,.;:?!)]}"
_NOT_LAST = "（〔【《“‘([{"
_WORDS = re.compile(r"\s+|[!-~]+|.", re.S)
_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text; `style` is a word of terminal.STYLES, or ""; `place` is what it names."""

    text: str
    style: str = ""
    place: Where | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line, folded at `hang` where it is too long; `whole` ones are left to the terminal."""

    spans: tuple[Span, ...] = ()
    indent: int = 0
    hang: int = 0
    whole: bool = False

    @property
    def text(self) -> str:
        return " " * self.indent + "".join(span.text for span in self.spans)


def line(*parts: str | Span, indent: int = 0, hang: int | None = None, whole: bool = False) -> Line:
    """A Line of texts and Spans; what cannot be seen in them is made visible."""
    spans = (part if isinstance(part, Span) else Span(part) for part in parts)
    cleaned = tuple(replace(span, text=visible(span.text)) for span in spans if span.text)
    return Line(cleaned, indent, indent if hang is None else hang, whole)


def visible(text: str) -> str:
    """`text` on one line, with control characters as their code points: they would steer it."""
    if text.isprintable():
        return text
    return "".join(
        f"<U+{ord(c):04X}>" if unicodedata.category(c) in _UNSEEN else c
        for c in re.sub(r"\s*\n\s*", " ", text)
    )


def width(text: str) -> int:
    """How many columns a terminal gives to `text`."""
    return len(text) if text.isascii() else sum(_columns(c) for c in text)


def padded(text: str, columns: int) -> str:
    """`text` with blanks after it up to that many columns."""
    return text + " " * max(0, columns - width(text))


def fold(one: Line, columns: int) -> Iterator[Line]:
    """The line, or its pieces where it is wider than the terminal."""
    if one.whole or width(one.text) <= columns:
        yield one
        return
    room, spans, indent = columns - one.indent, list[Span](), one.indent
    for word in _words(one.spans):
        wide = width(word.text)
        if wide > room and spans:
            yield Line(_trimmed(spans), indent)
            room, spans, indent = columns - one.hang, [], one.hang
            if word.text.isspace():
                continue
        spans.append(word)
        room -= wide
    if spans:
        yield Line(_trimmed(spans), indent)


def _words(spans: tuple[Span, ...]) -> Iterator[Span]:
    """The pieces between which a line may be broken."""
    held = Span("")
    for span in spans:
        for match in _WORDS.finditer(span.text):
            text = match[0]
            joined = held.text and (text[0] in _NOT_FIRST or held.text[-1] in _NOT_LAST)
            if joined and held.style == span.style:
                held = replace(held, text=held.text + text)
                continue
            if held.text:
                yield held
            held = replace(span, text=text)
    if held.text:
        yield held


def _trimmed(spans: list[Span]) -> tuple[Span, ...]:
    while len(spans) > 1 and spans[-1].text.isspace():
        spans.pop()
    return tuple(spans)


def _columns(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
