"""Two things measured in turn, A B A B …: the ratio of each round, never of two separate runs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter


@dataclass(frozen=True, slots=True)
class Spread:
    """Least, middle and greatest of several values."""

    low: float
    middle: float
    high: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Spread:
        return cls(min(values), median(values), max(values))

    def __str__(self) -> str:
        return "–".join(_short(value) for value in (self.low, self.middle, self.high))


def _short(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


@dataclass(frozen=True, slots=True)
class Pair:
    """Seconds per document of ours and of theirs, and theirs / ours round by round."""

    ours: Spread
    theirs: Spread
    ratio: Spread
    rounds: int


def alternate(
    ours: Callable[[], float],
    theirs: Callable[[], float],
    rounds: int,
    budget: float = float("inf"),
) -> Pair:
    """Measures both in turn; after two rounds it stops early once `budget` seconds have passed."""
    start = perf_counter()
    pairs: list[tuple[float, float]] = []
    while len(pairs) < rounds and (len(pairs) < 2 or perf_counter() - start < budget):
        pairs.append((ours(), theirs()))
    mine, others = zip(*pairs, strict=True)
    ratio = Spread.of([other / own for own, other in pairs])
    return Pair(Spread.of(mine), Spread.of(others), ratio, len(pairs))
