"""How much room text takes, reckoned without fonts: for boxes that have to hold it."""

from __future__ import annotations

import re

_TOKENS = re.compile("[!-~]+|.", re.DOTALL)
_WIDE_LATIN = re.compile("[A-Z@%&mwMW]")


def text_width(text: str, size: float) -> int:
    """Twips that the longest line of a text takes, in characters of `size` pt."""
    return int(max(map(_ems, text.split("\n"))) * size * 20) + 1


def lines_of(text: str, width: int, size: float) -> int:
    """How many lines of `width` twips a text needs, rather one more than one too few.

    A line of Chinese may lack a character at its end, so that no mark begins the next one.
    """
    room = width / (size * 20)
    if _ems(text) <= room and "\n" not in text:
        return 1
    room = max(room - 1, 1.0)
    lines = 0
    for part in text.split("\n"):
        used, lines = 0.0, lines + 1
        for token in _TOKENS.findall(part):
            ems = _ems(token)
            if used and used + ems > room:
                used, lines = 0.0, lines + 1
            while ems > room:
                ems, lines = ems - room, lines + 1
            used += ems
    return lines


def _ems(text: str) -> float:
    """The width of a line in ems; quotation marks and dashes are as wide as Chinese."""
    wide = sum(sign >= "\u2000" for sign in text)
    capital = len(_WIDE_LATIN.findall(text))
    return wide + 0.55 * (len(text) - wide) + 0.3 * capital
