"""What is noticed on the way: Problem, Where, Clause, Severity, Verdict, Outcome and Stop.

Three kinds of trouble, never mixed:

* the material is wrong (data, template, notice): `Problem` values, collected; exit code 1
* work is impossible here (no such applicant, a missing tool, a bad option): `Stop`; exit code 2
* anything else is our bug; exit code 3
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum
from typing import Generic, TypeVar

T = TypeVar("T")
_PERSONAL = (
    re.compile(  # identity numbers, telephones, accounts; 18 digits else are a company's code
        r"(?<!\d)(?:"
        r"\d{6}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]"
        r"|\d{6}\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}"
        r"|(?:86[- ]?)?1[3-9]\d(?:[- ]?\d{4}){2}|0\d{2,3}[- ]\d{7,8}"
        r"|\d{16,17}|\d{19,}|(?:\d{4}[- ]){3,4}\d{1,4}"
        r"|(?<!\d\.)\d{12,15}(?!\.\d|\s*[十百千万亿]*[元份家人个台套项次页%％‰])"  # no amount
        r")(?!\d)"
    )
)


def masked(text: str) -> str:
    """`text` with the numbers that are somebody's own cut to their ends: 138…00.

    What is told ends in logs, tickets and photos of screens; the place says where to look.
    """
    return _PERSONAL.sub(lambda found: f"{found[0][:3]}…{found[0][-2:]}", text)


class Severity(Enum):
    """How much a Problem weighs: ERROR refuses a final, WARNING and INFO do not."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def label(self) -> str:
        return {"error": "错误", "warning": "提醒", "info": "提示"}[self.value]


class Verdict(Enum):
    """The four verdicts on a rule or a dossier, best first."""

    PASS = "通过"
    HUMAN = "待人工"
    LACKING = "资料不足"
    FAIL = "不通过"

    @property
    def rank(self) -> int:
        return list(Verdict).index(self)

    @property
    def allows_final(self) -> bool:
        return self in (Verdict.PASS, Verdict.HUMAN)

    @classmethod
    def worst(cls, verdicts: Iterable[Verdict]) -> Verdict:
        return max(verdicts, key=lambda verdict: verdict.rank, default=cls.PASS)


@dataclass(frozen=True, slots=True)
class Where:
    """A place: file below the workspace, 1-based line and column, data path, spot in Word."""

    file: str = ""
    line: int | None = None
    column: int | None = None
    path: str = ""
    spot: str = ""

    @property
    def told(self) -> str:
        """The file as it may be told: a scan may be named after somebody's number."""
        return masked(self.file)

    def __str__(self) -> str:
        numbers = [str(n) for n in (self.line, self.column) if n is not None]
        return ":".join([self.told, *numbers]) if self.file else self.path


@dataclass(frozen=True, slots=True)
class Clause:
    """An article of a notice: its slug, its 文号, the article's number as the notice prints it."""

    notice: str
    number: str
    article: str

    def __str__(self) -> str:
        return f"{self.number} {self.article}".strip()


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding. `code` is a rule's 编号 or a fixed word; `verdict` is a judged rule's."""

    code: str
    severity: Severity
    message: str
    where: Where = Where()
    clause: Clause | None = None
    hint: str = ""
    verdict: Verdict | None = None
    subject: str = ""
    notice: str = ""

    def __post_init__(self) -> None:
        for name in ("message", "hint"):
            text = getattr(self, name)
            if (told := masked(text)) != text:
                object.__setattr__(self, name, told)

    def of(self, *, subject: str = "", notice: str = "") -> Problem:
        """The same Problem, told of a subject and a notice where it does not yet say."""
        return replace(self, subject=self.subject or subject, notice=self.notice or notice)


def error(code: str, message: str, where: Where = Where(), hint: str = "") -> Problem:
    """A Problem that refuses a final."""
    return Problem(code, Severity.ERROR, message, where, hint=hint)


def warning(code: str, message: str, where: Where = Where(), hint: str = "") -> Problem:
    """A Problem that a person should look at; it stops nothing."""
    return Problem(code, Severity.WARNING, message, where, hint=hint)


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """A value and what was noticed on the way to it; None where nothing usable came out."""

    value: T | None
    problems: tuple[Problem, ...] = ()

    @property
    def failed(self) -> bool:
        return any(problem.severity is Severity.ERROR for problem in self.problems)


class Stop(Exception):
    """Work is impossible here: misuse or a missing tool. The command line exits with 2."""

    def __init__(self, message: str, hint: str = "", where: Where = Where()) -> None:
        super().__init__(message)
        self.problem = Problem("无法进行", Severity.ERROR, message, where, hint=hint)
