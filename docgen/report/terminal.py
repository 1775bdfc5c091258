"""Lines → text: folded and coloured for a terminal, or plain for a pipe or a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from io import StringIO
from itertools import groupby

from docgen.problem import Where
from docgen.report.lines import Line, Span, fold

STYLES = {
    "bad": "red",
    "warn": "yellow",
    "good": "green",
    "human": "cyan",
    "code": "bold",
    "bold": "bold",
    "head": "bold",
    "dim": "dim",
}


def plain(lines: Iterable[Line]) -> str:
    """One line each, however long: for a pipe, a file, a log."""
    return "".join(one.text.rstrip() + "\n" for one in lines)


def _joined(spans: Iterable[Span]) -> Iterator[Span]:
    """Spans alike in style and place as one: they were cut where a line may be broken."""
    for _, alike in groupby(spans, key=lambda span: (span.style, span.place)):
        first, *more = alike
        yield replace(first, text="".join([first.text, *(span.text for span in more)]))


def painted(lines: Iterable[Line], columns: int, link: Callable[[Where], str] | None = None) -> str:
    """Folded to the terminal's width, in colour unless NO_COLOR says otherwise.

    Where `link` gives an address for a place, its words lead there (OSC 8).
    """
    from rich.console import Console
    from rich.style import Style
    from rich.text import Text

    written = StringIO()
    console = Console(file=written, force_terminal=True, width=columns, highlight=False)
    for one in lines:
        for piece in fold(one, columns):
            text = Text(" " * piece.indent)
            for span in _joined(piece.spans):
                style = Style.parse(" ".join(STYLES[word] for word in span.style.split()))
                address = link(span.place) if link and span.place else ""
                text.append(span.text, style + Style(link=address) if address else style)
            console.print(text, soft_wrap=True)
    return written.getvalue()
