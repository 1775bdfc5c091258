"""The periods of a Gantt chart: months, quarters or years, as many as a page is wide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from docgen.model.values import Month

MOST_MONTHS, MOST_QUARTERS, MOST_YEARS = 36, 40, 40
LABEL = 640  # twips: room for “2026年”


@dataclass(frozen=True, slots=True)
class Axis:
    """`count` periods of `months` each; `first` is the first month, counted from year 0."""

    first: int
    count: int
    months: int

    @property
    def unit(self) -> str:
        return {1: "月", 3: "季"}.get(self.months, "年")

    def place(self, month: Month) -> int:
        """The number of the period in which a month lies."""
        return (_number(month) - self.first) // self.months

    def labels(self) -> list[str]:
        """What stands above each period: the month 1 to 12, the quarter 1 to 4, the year."""
        if self.months == 12:
            return [str((self.first + 12 * n) // 12) for n in range(self.count)]
        starts = (self.first + self.months * n for n in range(self.count))
        return [str(start % 12 // self.months + 1) for start in starts]

    def years(self) -> Iterator[tuple[int, int]]:
        """Each year with how many periods it has."""
        at = 0
        while at < self.count:
            year = (self.first + at * self.months) // 12
            end = min(self.count, ((year + 1) * 12 - self.first) // self.months)
            yield year, end - at
            at = end

    def begins_year(self, period: int) -> bool:
        """Whether a new year begins with a period, among others that are no whole years."""
        return self.months < 12 and (self.first + period * self.months) % 12 == 0


def axis_of(months: Sequence[Month], room: int) -> Axis | None:
    """The axis that holds all months in `room` twips; None for none, or more than it can hold."""
    if not months:
        return None
    first, last = _number(min(months)), _number(max(months))
    if last - first < MOST_MONTHS:
        first, last = _widened(first, last, room)
        if last - first < MOST_MONTHS:
            return Axis(first, last - first + 1, 1)
    first = first // 12 * 12
    years = last // 12 - first // 12 + 1
    if years * 4 <= MOST_QUARTERS:
        return Axis(first, years * 4, 3)
    return Axis(first, years, 12) if years <= MOST_YEARS else None


def _widened(first: int, last: int, room: int) -> tuple[int, int]:
    """The same with months before and after, until the years' names fit above theirs."""
    while last - first < MOST_MONTHS:
        needed = -(-LABEL * (last - first + 1) // room)
        if min(last, first // 12 * 12 + 11) - first + 1 < needed and first % 12:
            first -= 1
        elif last - max(first, last // 12 * 12) + 1 < needed and last % 12 != 11:
            last += 1
        else:
            break
    return first, last


def _number(month: Month) -> int:
    return month.year * 12 + month.month - 1
