"""A Report → text in one of three styles: for a terminal, for a pipe or a file, for a program."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Literal

from docgen.model.artifact import Report
from docgen.problem import Where

PLAIN_WIDTH = 120  # two calendars fit side by side; plain lines themselves are never folded


def report(
    report: Report,
    style: Literal["terminal", "plain", "json"] = "terminal",
    *,
    today: date | None = None,
    width: int = 80,
    rows: int | None = None,
    link: Callable[[Where], str] | None = None,
) -> str:
    """The Report as text that ends with a line end.

    "terminal" is folded to `width` and coloured, "plain" is neither, "json" is the object of the
    command line's --json. `today` is the day from which the calendars are reckoned. With `rows` the
    text is made to fit so many lines; `link` gives the address of a place, for terminals that jump.
    """
    if style == "json":
        from docgen.report.json import as_json

        return as_json(report)
    from docgen.report.arrange import arrange
    from docgen.report.terminal import painted, plain

    if style == "plain":
        return plain(arrange(report, today, PLAIN_WIDTH, rows))
    return painted(arrange(report, today, width, rows), width, link)
