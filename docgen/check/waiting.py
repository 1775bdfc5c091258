"""When a rule that fails today would hold by the passing of time alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from docgen.check.judge import judge, names_in_source, names_of, with_lets
from docgen.language import LanguageError
from docgen.model.rule import Part
from docgen.model.values import MissingValueError

ACTS = ("申报日期", "推荐日期")  # the day at which an applicant's or bureau's rules are judged
HORIZON = 3653  # days: ten years


def first_day(part: Part, facts: Mapping[str, Any]) -> date | None:
    """The first later day of acting on which the part holds and from which it goes on holding.

    None where it does not read that day, or no day within ten years would do.
    """
    act = next((name for name in ACTS if name in _names(part)), "")
    today = facts.get(act)
    if not act or not isinstance(today, date):
        return None

    def holds(days: int) -> bool:
        later = {**facts, act: today + timedelta(days=days)}
        try:
            return bool(judge(part.test, with_lets(part.lets, later)).holds)
        except (LanguageError, MissingValueError, OverflowError):
            return False

    if not holds(HORIZON):
        return None
    low, high = 0, HORIZON  # fails at low, holds at high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return today + timedelta(days=high)


def _names(part: Part) -> set[str]:
    names = set(names_of(part.test))
    for source in part.lets.values():
        names |= set(names_in_source(source))
    return names
