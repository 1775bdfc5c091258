"""Names and codes of the known units as texts spell them: one sign off is most likely a slip."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from docgen.language.registry import ALPHABET, is_credit_code

SHORTEST = 7  # characters of a name of which one may be wrong without its being another's name
_ORDINAL = re.compile(r"[0-9０-９一二三四五六七八九十百零〇甲乙丙丁戊东西南北中上下A-Za-zＡ-Ｚ]")
_CODE = re.compile(rf"(?<![0-9A-Za-z])[{ALPHABET}IOSVZ]{{17,19}}(?![0-9A-Za-z])")


def misspelled(text: str, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """(as spelled, as known) for each name that stands in `text` with one sign wrong.

    A name with one slip has one of its halves right: only where that stands is looked closely at.
    Figures and the like tell units apart (第一分公司, 第二分公司) and are no slips.
    """
    known = [name for name in names if len(name) >= SHORTEST]
    for name in known:
        middle = len(name) // 2
        seen = set()
        for half, at in ((name[:middle], 0), (name[middle:], middle)):
            start = text.find(half)
            while start >= 0:
                for found in _around(text, start - at, name):
                    if found not in seen and not any(found in other for other in known):
                        seen.add(found)
                        yield found, name
                start = text.find(half, start + 1)


def _around(text: str, start: int, name: str) -> Iterator[str]:
    """What stands at `start` if it is the name with one sign changed, one too many or too few."""
    size = len(name)
    if text[start : start + size] == name and start >= 0:
        return
    for length, shift in ((size, 0), (size + 1, 0), (size + 1, -1), (size - 1, 0), (size - 1, 1)):
        found = text[max(start + shift, 0) : max(start + shift, 0) + length]
        if len(found) == length and name not in text[max(start - 1, 0) : start + size + 1]:
            sign = _slip(found, name)
            if sign and not _ORDINAL.fullmatch(sign):
                yield found
                return


def _slip(found: str, name: str) -> str:
    """The sign in which two strings differ, "" where they differ in none or in more."""
    same = next((n for n, (a, b) in enumerate(zip(found, name, strict=False)) if a != b), -1)
    if same in (-1, 0):
        return ""  # a slip in the first sign cannot be told from what stands before the name
    short, long = sorted((found, name), key=len)
    if len(short) == len(long):
        alike = found[same + 1 :] == name[same + 1 :]
        return name[same] if alike and not _ORDINAL.fullmatch(found[same]) else ""
    return long[same] if long[same + 1 :] == short[same:] else ""


def miscopied(text: str, codes: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """(as typed, as known, whose) for each code in `text` that is nearly one of the known ones."""
    for found in _CODE.finditer(text):
        code = found[0]
        if code in codes or (len(code) == 18 and is_credit_code(code) and not _near(code, codes)):
            continue
        near = _near(code, codes)
        if near:
            yield code, near, codes[near]


def _near(code: str, codes: Mapping[str, str]) -> str:
    for known in codes:
        if len(known) == len(code):
            wrong = [(a, b) for a, b in zip(code, known, strict=True) if a != b]
            if len(wrong) == 1 or (len(wrong) == 2 and wrong[0] == wrong[1][::-1]):
                return known
        elif abs(len(known) - len(code)) == 1:
            short, long = sorted((code, known), key=len)
            if any(long[:n] + long[n + 1 :] == short for n in range(len(long))):
                return known
    return ""
