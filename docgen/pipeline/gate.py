"""The verdicts on a bureau and its candidates → what may be final, and who is left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from docgen.check import check
from docgen.model.artifact import SubjectReport
from docgen.model.dossier import Dossier
from docgen.model.notice import Roll
from docgen.model.plan import Job
from docgen.model.rule import Party
from docgen.model.values import Rows
from docgen.pipeline.checking import is_blocked
from docgen.pipeline.ledger import has_to_mend
from docgen.problem import Problem, Severity, error
from docgen.store import Store

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
        self._rows: dict[str, list[str]] = {}
        for one in whole.candidates:
            self._rows.setdefault(one.dossier.name, []).append(one.row.path)
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
            for name, rows in self._rows.items()
            if any(self._by_row[row] for row in rows) or is_blocked(self.reports[name])
        )

    def must_mend(self, candidate: str) -> bool:
        """Whether a candidate fails, and not only by what its bureau wrote of it."""
        return candidate in self.failing and has_to_mend(self.reports[candidate])

    @property
    def leaves_out(self) -> bool:
        """Whether a final would leave anybody out: one who fails, or a row about nobody."""
        return bool(self.failing) or bool(self._about_nobody)

    @cached_property
    def _about_nobody(self) -> list[str]:
        """The rows that name no applicant there is, in order."""
        known = {row for rows in self._rows.values() for row in rows}
        return [row for row in self._by_row if row not in known]

    def without_failing(self) -> Gate:
        """The gate of the same bureau without those who fail, its own rules judged anew."""
        whole = _without(self.whole, self.failing)
        kept = {one.dossier.name: self.reports[one.dossier.name] for one in whole.candidates}
        return Gate(whole, {whole.name: check(whole), **kept})

    def left_out(self) -> list[Problem]:
        """One for each candidate and row that a final leaves out, with the first reason."""
        errors: dict[str, list[Problem]] = {}
        for problem in self._own.problems:
            if problem.severity is Severity.ERROR:
                errors.setdefault(_row_of(problem.where.path), []).append(problem)
        told = []
        for name, rows in self._rows.items():
            if name in self.failing:
                found = [p for p in self.reports[name].problems if p.severity is Severity.ERROR]
                found += [problem for row in rows for problem in errors.get(row, ())]
                told.append(self._left_out(f"“{name}”", found, rows[0]).of(subject=name))
        for row in self._about_nobody:
            number = row.partition(".")[2]
            problem = self._left_out(f"推荐对象第 {number} 行", errors[row], row)
            told.append(problem.of(subject=self.whole.name))
        return [problem.of(notice=self.whole.notice.slug) for problem in told]

    def _left_out(self, who: str, found: list[Problem], row: str) -> Problem:
        why = f"：{found[0].message.removeprefix(f'{who}：')}" if found else ""
        more = f" 等 {len(found)} 项" if len(found) > 1 else ""
        said = f"{who}没有列入定稿{why}{more}"
        return error("未列入", said, self.whole.place_of(row), "补正后再生成")


def refused(job: Job, out: Path) -> Problem:
    """A final that the verdicts refuse; one from before may stand and be sent by mistake."""
    paths = [out / Store.path_of(job.stem, draft=False, extension=f) for f in job.formats]
    stands = any(path.exists() for path in paths)
    more = "；out/ 里的那份是以前生成的，和现在的资料不符" if stands else ""
    return error(
        "不出定稿",
        f"{job.document.kind}没有生成定稿：还有不通过或资料不足的项{more}",
        hint="按上面各项补正，或去掉 FINAL=1 先出草稿",
    ).of(subject=job.candidate or job.subject, notice=job.notice.slug)


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
