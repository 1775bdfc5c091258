"""Did you mean: the known word that a mistyped one is most like."""

from __future__ import annotations

import re
from collections.abc import Iterable

ALIKE = 45  # percent of rapidfuzz's ratio: short Chinese names differ much by one character


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word most like `word`, or "" where none is near.

    Latin words have few signs to tell them apart by: two are near where a slip or two of the
    fingers leads from one to the other.
    """
    from rapidfuzz import fuzz, process

    words = [other for other in known if other != word]
    if word.isascii():
        return _slipped(word, [other for other in words if other.isascii()])
    found = process.extractOne(word, words, scorer=fuzz.ratio, score_cutoff=ALIKE)
    return str(found[0]) if found else ""


def is_slip_of(word: str, other: str) -> bool:
    """Whether a heading is another one typed amiss: spaces and signs apart, a sign off, or more
    words around it."""
    from rapidfuzz.distance import OSA

    ours, theirs = (re.sub(r"[\W_]", "", text) for text in (word, other))
    if not ours or not theirs:
        return False
    close = len(theirs) > 3 and OSA.distance(ours, theirs, score_cutoff=1) <= 1
    return close or ours in theirs or theirs in ours


def _slipped(word: str, words: list[str]) -> str:
    from rapidfuzz import fuzz
    from rapidfuzz.distance import OSA

    most = 1 if len(word) < 5 else 2 if len(word) < 9 else 3
    typed, found = word.lower(), []
    for other in words:
        slips = OSA.distance(typed, other.lower(), score_cutoff=most)
        if slips <= most and slips < len(word) and (len(word) > 2 or len(other) == len(word)):
            found.append((slips, -fuzz.ratio(typed, other), other))
    return min(found)[2] if found else ""
