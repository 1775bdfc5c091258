"""What the page shows: one frozen State after another, put up by one thread, read by another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from docgen.model.artifact import Output, Report
from docgen.problem import Problem, Severity, Verdict

HOLE = "待补"
Crashed = Callable[[Exception], str]  # writes the log of a bug of ours; its path, or ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A document as shown: its files by extension; `stale` where the last round left it alone."""

    name: str
    subject: str
    notice: str
    files: Mapping[str, Output]
    stale: bool = False

    @property
    def key(self) -> str:
        """What tells it from the others, fit for an address."""
        told = "\0".join((self.notice, self.name, self.subject))
        return sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:12]

    @property
    def pdf(self) -> Output | None:
        return self.files.get("pdf")


@dataclass(frozen=True, slots=True)
class State:
    """`doing`: what is under way. `trouble`: why the last round made nothing, or not everything.

    `changed`: what was saved. `word` and `whole`: seconds from noticing it to the Word files and to
    the last page. `page`: the verdict as an HTML page, "" before there is one.
    """

    number: int = 0
    doing: str = ""
    verdict: Verdict | None = None
    changed: tuple[str, ...] = ()
    at: str = ""
    word: float | None = None
    whole: float | None = None
    holes: tuple[Problem, ...] = ()
    trouble: tuple[Problem, ...] = ()
    papers: tuple[Paper, ...] = ()
    page: str = ""


class Board:
    """The State of now. Put up by one thread only."""

    def __init__(self) -> None:
        self.state = State()
        self.closed = False

    def put(self, **changes: Any) -> State:
        """The next State: the last one with `changes`."""
        self.state = replace(self.state, number=self.state.number + 1, **changes)
        return self.state


def papers_of(outputs: Iterable[Output]) -> tuple[Paper, ...]:
    """Documents by their files, in order."""
    found: dict[tuple[str, str, str], dict[str, Output]] = {}
    for output in outputs:
        key = output.notice, output.document, output.subject
        found.setdefault(key, {})[output.path.rpartition(".")[2]] = output
    return tuple(
        Paper(document, subject, notice, files)
        for (notice, document, subject), files in found.items()
    )


def renewed(before: Sequence[Paper], after: Sequence[Paper], *, whole: bool) -> tuple[Paper, ...]:
    """The documents after a round: what it made, each with the files that it has not yet made.

    A document that the round did not make stays, as stale, unless the round was `whole`: then it is
    no longer asked for.
    """
    if whole:
        return tuple(after)
    old, new = {p.key: p for p in before}, {p.key for p in after}
    kept = [replace(p, stale=True) for p in before if p.key not in new]
    made = [replace(p, files={**old[p.key].files, **p.files}) if p.key in old else p for p in after]
    return (*made, *kept)


def trouble_of(report: Report) -> tuple[Problem, ...]:
    """What kept documents from being made: errors that are no rule's verdict and no hole's."""
    return tuple(
        p
        for p in report.all_problems
        if p.severity is Severity.ERROR and p.verdict is None and p.code != HOLE
    )
