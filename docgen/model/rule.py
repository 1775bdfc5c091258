"""A clause of a notice as data: what must hold, how strictly, for whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum

from docgen.problem import Where

NOWHERE = Where()


class Party(Enum):
    """Who fills in and issues: an applicant or a bureau; for rules also what was built."""

    APPLICANT = "申报单位"
    BUREAU = "主管部门"
    OUTPUT = "成果"


class Strength(Enum):
    """How strictly a rule binds; see `check.rules` for what follows from each."""

    HARD = "硬"
    SOFT = "软"
    LEANING = "倾向"
    NOTE = "提示"
    HUMAN = "人工"
    CONFIRM = "确认"
    RATED = "评价"


@dataclass(frozen=True, slots=True)
class Score:
    """One line of a scoring table (评分): at most `full` points.

    `points` is an expression; or `value` with `bands` of (lower limit, points), highest first.
    `least` are the points that this line alone must reach.
    """

    name: str
    full: Decimal
    points: str = ""
    value: str = ""
    bands: tuple[tuple[Decimal, Decimal], ...] = ()
    least: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Test:
    """What must hold, in one of several forms; exactly one of the forms is filled.

    `value` with `bounds` (不超过, 不少于, 等于, 不早于, 不晚于) compares, and so does the sum of
    `scores` (评分); `holds` (须) is an expression that must be true; `filled` (须填) lists paths
    that must have a value; `none_of` (不得有) is an expression that lists offenders; `any_of` and
    `all_of` join tests. `unit` (单位) is that of the figures compared.
    """

    value: str = ""
    unit: str = ""
    bounds: Mapping[str, str] = field(default_factory=dict)
    holds: str = ""
    filled: tuple[str, ...] = ()
    none_of: str = ""
    scores: tuple[Score, ...] = ()
    any_of: tuple[Test, ...] = ()
    all_of: tuple[Test, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One judgement of a rule; several (分项) differ in strength or occasion.

    `needs_person` (判定: 半机检): the machine can refuse it, only a person can pass it. `lets`
    (设) are names for expressions, each of which sees those before it.
    """

    strength: Strength
    test: Test
    lets: Mapping[str, str] = field(default_factory=dict)
    applies: str = ""
    each: str = ""
    points_at: str = ""
    actual: str = ""
    hint: str = ""
    name: str = ""
    needs_person: bool = False


@dataclass(frozen=True, slots=True)
class Element:
    """A rule as a row of an evaluation table (要素): its fixed columns and the applicant's words.

    `written` (填报) is the path of what was written, `evidence` (佐证) that of the codes cited.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    written: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A clause of the notice that can be judged; `code` (编号) never changes."""

    code: str
    article: str
    name: str
    party: Party
    parts: tuple[Part, ...]
    notice: str
    track: str = ""
    basis: str = ""
    element: Element | None = None
    where: Where = NOWHERE
