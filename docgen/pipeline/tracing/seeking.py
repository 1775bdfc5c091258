"""Where a text stands in others, to the letter or nearly; which paragraphs of two files pair."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from difflib import SequenceMatcher

_NUMBER = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*(亿元|万元|元|亿|万|%)?")
_UNITS = {"亿元": 8, "亿": 8, "万元": 4, "万": 4, "元": 0, "%": -2}  # powers of ten
_FACTORS = tuple(Decimal(10) ** power for power in (0, 4, 8, -4, -8, 2, -2))
_TELLING = 3  # significant digits: a shorter figure is in other units everywhere
LONG = 3000  # paragraphs that differ: more are paired by landmarks only


def exactly(text: str, wanted: str) -> list[tuple[int, int]]:
    """Where `wanted` stands in `text`; a figure is not found within a longer one."""
    found, at = [], text.find(wanted)
    while wanted and at >= 0:
        end = at + len(wanted)
        if not (_runs_on(text, at - 1, at) or _runs_on(text, end, end - 1)):
            found.append((at, end))
        at = text.find(wanted, at + 1)
    return found


def nearly(text: str, wanted: str) -> list[tuple[int, int]]:
    """Where the same stands in other signs (full-width, blanks, 1,280.5) or in another unit."""
    plain, places = _plain(text)
    sought, _ = _plain(wanted)
    spans = {(places[a], places[b - 1] + 1) for a, b in exactly(plain, sought)} if sought else set()
    figure = _NUMBER.fullmatch(sought)
    value = _value(figure) if figure else None
    if figure is not None and value is not None:
        for match in _NUMBER.finditer(plain):
            other = _value(match)
            if other is not None and _is_same(value, figure[2], other, match[2]):
                end = match.end() if figure[2] else match.end(1)
                spans.add((places[match.start()], places[end - 1] + 1))
    inner = {one for one in spans for other in spans if one != other and _within(one, other)}
    return sorted(spans - inner)


def pairs(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """Which paragraph of `new` takes the place of each of `old`, by number; equal ones first."""
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    found = {number: number for number in range(head)}
    found |= {len(old) - 1 - n: len(new) - 1 - n for n in range(tail)}
    inner_old, inner_new = old[head : len(old) - tail], new[head : len(new) - tail]
    many = max(len(inner_old), len(inner_new)) > LONG
    matcher = SequenceMatcher(None, inner_old, inner_new, autojunk=many)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag in ("equal", "replace"):
            chosen = zip(range(a, b), range(c, d), strict=False)
            found |= {head + one: head + other for one, other in chosen}
    return found


def _runs_on(text: str, outside: int, inside: int) -> bool:
    """Whether a figure goes on beyond the end of what was found."""
    if not 0 <= outside < len(text) or not text[inside].isdecimal():
        return False
    sign = text[outside]
    if sign in ".,":
        beyond = 2 * outside - inside
        return 0 <= beyond < len(text) and text[beyond].isdecimal()
    return sign.isdecimal()


def _plain(text: str) -> tuple[str, list[int]]:
    """The text in usual signs, without blanks and without commas in figures; and each's place."""
    signs: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        for plain in unicodedata.normalize("NFKC", sign).casefold():
            if not plain.isspace():
                signs.append(plain)
                places.append(place)
    kept = [n for n, sign in enumerate(signs) if not (sign == "," and _is_between(signs, n))]
    return "".join(signs[n] for n in kept), [places[n] for n in kept]


def _is_between(signs: Sequence[str], place: int) -> bool:
    """Whether three figures follow, and one stands before."""
    after = signs[place + 1 : place + 4]
    return (
        place > 0
        and signs[place - 1].isdecimal()
        and len(after) == 3
        and "".join(after).isdecimal()
    )


def _value(match: re.Match[str]) -> Decimal | None:
    try:
        return Decimal(match[1].replace(",", ""))
    except InvalidOperation:
        return None


def _is_same(one: Decimal, unit: str | None, other: Decimal, its: str | None) -> bool:
    """Whether two figures say the same; one without a unit may be in any, if it is long enough."""
    if unit and its:
        return one.scaleb(_UNITS[unit]) == other.scaleb(_UNITS[its])
    if one == other:
        return True
    if not one or len(one.normalize().as_tuple().digits) < _TELLING:
        return False
    return any(one * factor == other for factor in _FACTORS)


def _within(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return other[0] <= one[0] and one[1] <= other[1]
