"""Did you mean: the known word that a mistyped one is most like."""

from __future__ import annotations

from collections.abc import Iterable

ALIKE = 45  # percent of rapidfuzz's ratio: short Chinese names differ much by one character


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word most like `word`, or "" where none is near."""
    from rapidfuzz import fuzz, process

    found = process.extractOne(word, list(known), scorer=fuzz.ratio, score_cutoff=ALIKE)
    return str(found[0]) if found else ""
