"""What a run leaves behind: the verdict on each subject, and the files written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from docgen.model.notice import Notice
from docgen.model.rule import Party
from docgen.problem import Problem, Severity, Verdict, Where, masked

CONTENTS = "contents"  # of a document's inputs: its contents tell the pages of an earlier making


@dataclass(frozen=True, slots=True)
class Finding:
    """How one rule was judged; a rule that does not apply has no Finding.

    `actual`, `wanted` and `gap` are texts for a person ("4", "不超过3", "多1"); `answered` names
    what a person answered in the data (说明 or 确认).
    """

    rule: str
    name: str
    verdict: Verdict
    problems: tuple[Problem, ...] = ()
    actual: str = ""
    wanted: str = ""
    gap: str = ""
    answered: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "actual", masked(self.actual))


@dataclass(frozen=True, slots=True)
class Shown:
    """A document in out/ in which a fact shows, and on which pages of its PDF, where known."""

    document: str
    pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Repair:
    """One thing to mend: what it is called, where it is typed, and what waits for it.

    `waiting` are the rules (or fixed codes) that it holds up, `last` those for which, after the
    repairs before it, nothing else is wanted; `documents` are those in which it shows.
    """

    label: str
    where: Where
    path: str
    waiting: tuple[str, ...]
    last: tuple[str, ...]
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SubjectReport:
    """The verdict on one applicant or bureau under one notice.

    `repairs` in the order that frees most first, `shown` by path of the fact, and `evidence` (the
    编号 of scans) by 编号 of the rule are known where a check was asked for.
    """

    subject: str
    party: Party
    notice: Notice
    verdict: Verdict
    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...]
    dated: date | None = None
    repairs: tuple[Repair, ...] = ()
    shown: Mapping[str, tuple[Shown, ...]] = field(default_factory=dict)
    evidence: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Match:
    """Where one applicant stands with one notice, in one of its tracks ("" where it has none)."""

    report: SubjectReport
    track: str = ""
    applied: bool = False

    @property
    def failed(self) -> tuple[Problem, ...]:
        """What is against a rule."""
        return self._of(Verdict.FAIL)

    @property
    def lacking(self) -> tuple[Problem, ...]:
        """The facts that are needed to know."""
        return self._of(Verdict.LACKING)

    def _of(self, verdict: Verdict) -> tuple[Problem, ...]:
        return tuple(p for p in self.report.problems if p.verdict is verdict)


@dataclass(frozen=True, slots=True)
class Output:
    """A file that stands in out/: path relative to the workspace, and what it is.

    `status` is "新建", "更新", "未变" or "另存" (a hand had changed the old one); pages is None
    where they were not counted.
    """

    path: str
    sha256: str
    document: str
    subject: str
    draft: bool
    pages: int | None = None
    status: str = ""
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What one command found and made."""

    subjects: tuple[SubjectReport, ...] = ()
    problems: tuple[Problem, ...] = ()
    outputs: tuple[Output, ...] = ()
    refused: bool = False
    about: Mapping[str, str] = field(default_factory=dict)

    @property
    def all_problems(self) -> tuple[Problem, ...]:
        """The problems of every subject and those of none, each once, in order."""
        found = [*self.problems, *(p for subject in self.subjects for p in subject.problems)]
        return tuple(dict.fromkeys(found))

    @property
    def verdict(self) -> Verdict:
        worst = Verdict.worst(subject.verdict for subject in self.subjects)
        if any(p.severity is Severity.ERROR for p in self.problems) and worst.allows_final:
            return Verdict.LACKING
        return worst
