"""What a command says and how it ends; and how a Report becomes that."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from docgen.problem import Severity

if TYPE_CHECKING:
    from docgen.model.artifact import Report
    from docgen.report.lines import Line

SCREEN = 40  # lines that fit a screen


@dataclass(frozen=True, slots=True)
class Answer:
    """Text for standard output, and the exit code."""

    text: str = ""
    code: int = 0


def answer(
    report: Report,
    code: int,
    *,
    json: bool = False,
    today: date | None = None,
    rows: int | None = None,
    root: Path | None = None,
) -> Answer:
    """A Report as text: an object with `json`, in colour on a terminal, plain in a pipe.

    With `rows` it is told in about so many lines; places below `root` can be clicked.
    """
    from docgen.report import report as told

    if json:
        return Answer(told(report, "json"), code)
    today = today or date.today()
    if not is_terminal():
        return Answer(told(report, "plain", today=today, rows=rows), code)
    from docgen.cli.links import link_to

    link = link_to(root) if root else None
    text = told(report, "terminal", today=today, width=columns(), rows=rows, link=link)
    return Answer(text, code)


def is_terminal() -> bool:
    """Whether a person is looking: standard output is a terminal that can do more than print."""
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def columns() -> int:
    """The width to write for, neither too narrow to read nor wider than the eye follows."""
    import shutil

    return min(max(shutil.get_terminal_size().columns, 40), 160)


def has_errors(report: Report) -> bool:
    """Whether anything in the Report refuses a final."""
    return any(problem.severity is Severity.ERROR for problem in report.all_problems)


def laid_out(lines: list[Line], code: int = 0) -> Answer:
    """Lines as text: folded and in colour on a terminal, plain in a pipe."""
    from docgen.report.terminal import painted, plain

    return Answer(painted(lines, columns()) if is_terminal() else plain(lines), code)
