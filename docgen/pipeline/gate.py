"""The verdicts on a bureau and its candidates → what may be final, and who is left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property

from docgen.check import check
from docgen.model.artifact import SubjectReport
from docgen.model.dossier import Dossier
from docgen.model.notice import Roll
from docgen.model.plan import Job
from docgen.model.rule import Party
from docgen.model.values import Rows
from docgen.pipeline.checking import is_blocked
from docgen.problem import Problem, Severity, error

CANDIDATES, NUMBER = "推荐对象", "序号"


class Gate:
    """Decides for the documents of one dossier; `reports` are the verdicts by subject.

    A paper on one candidate is not held up by what is wrong with the row of another.
    """

    def __init__(self, whole: Dossier, reports: Mapping[str, SubjectReport]) -> None:
        self.whole, self.reports = whole, reports
        self._own = reports[whole.name]
        errors = [p for p in self._own.problems if p.severity is Severity.ERROR]
        self._by_row = Counter(_row_of(problem.where.path) for problem in errors)
        self._general = self._by_row.pop("", 0)
        self._rows = {c.dossier.name: c.row.path for c in whole.candidates}
        unread = any(candidate.dossier.tree.cut for candidate in whole.candidates)
        self._closed = is_blocked(self._own) and not errors and not unread

    def blocks(self, job: Job) -> bool:
        """Whether the verdicts refuse a final of this document."""
        if job.document.roll is not Roll.LISTED:
            return False
        if self.whole.party is not Party.BUREAU:
            return is_blocked(self._own)
        if not job.candidate:
            return self._any
        held_up = self._general > 0 or self._closed
        return held_up or job.candidate in self.failing

    @cached_property
    def _any(self) -> bool:
        return any(is_blocked(report) for report in self.reports.values())

    @cached_property
    def failing(self) -> frozenset[str]:
        """The candidates whose own data, or whose row, cannot pass as they are."""
        return frozenset(
            name
            for name, row in self._rows.items()
            if self._by_row[row] or is_blocked(self.reports[name])
        )

    @property
    def leaves_out(self) -> bool:
        """Whether a final would leave anybody out: one who fails, or a row about nobody."""
        return bool(self.failing) or bool(set(self._by_row) - set(self._rows.values()))

    def without_failing(self) -> Gate:
        """The gate of the same bureau without those who fail, its own rules judged anew."""
        whole = _without(self.whole, self.failing)
        kept = {one.dossier.name: self.reports[one.dossier.name] for one in whole.candidates}
        return Gate(whole, {whole.name: check(whole), **kept})

    def left_out(self) -> list[Problem]:
        """One for each candidate that a final leaves out, with the first reason."""
        told = []
        for name in sorted(self.failing, key=list(self._rows).index):
            found = [p for p in self.reports[name].problems if p.severity is Severity.ERROR]
            why = f"：{found[0].message}" if found else ""
            more = f" 等 {len(found)} 项" if len(found) > 1 else ""
            said = f"“{name}”没有列入定稿{why}{more}"
            problem = error("未列入", said, self.whole.place_of(self._rows[name]), "补正后再生成")
            told.append(problem.of(subject=name, notice=self.whole.notice.slug))
        return told


def _row_of(path: str) -> str:
    """The row that a path leads into: 推荐对象.3 of 推荐对象.3.结论, "" of any other path."""
    table, _, rest = path.partition(".")
    number = rest.partition(".")[0]
    return f"{table}.{number}" if table == CANDIDATES and number.isdecimal() else ""


def _without(whole: Dossier, names: frozenset[str]) -> Dossier:
    """The bureau's dossier with fewer candidates, numbered anew; rows about nobody go as well."""
    kept = [
        replace(candidate, row=candidate.row.with_facts({NUMBER: number}))
        for number, candidate in enumerate(
            (one for one in whole.candidates if one.dossier.name not in names), 1
        )
    ]
    rows = {candidate.row.path for candidate in kept}
    problems = [p for p in whole.problems if _row_of(p.where.path) in ("", *rows)]
    return replace(
        whole,
        facts=whole.facts.with_facts({CANDIDATES: Rows(one.row for one in kept)}),
        candidates=tuple(kept),
        problems=tuple(problems),
    )
