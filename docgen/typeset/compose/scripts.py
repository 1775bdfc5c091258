"""Characters by how they are set: Latin words, Chinese, the marks that may not begin a line."""

from __future__ import annotations

import re
from functools import lru_cache

# ASCII, Latin letters, Greek, Cyrillic and the signs among them, scripts set in words whose
# letters join or change places (Hebrew, Arabic, Thai ...); not ± § ° · × ÷
COMPLEX_SET = "\u0590-\u10ff\u1780-\u18af\ufb1d-\ufdff\ufe70-\ufefc"
LATIN_SET = (
    "!-~\u00a0-\u00a3\u00a9-\u00af\u00bf-\u00d6\u00d8-\u00f6\u00f8-\u03ff"
    f"\u0400-\u052f\u1e00-\u1fff\u2011{COMPLEX_SET}"
)
COMPLEX = re.compile(f"[{COMPLEX_SET}]")
LATIN = re.compile(f"([{LATIN_SET} ]+)")
WORD = re.compile(r" +|[^ /-]*[/-]+(?![0-9])|[^ /-]+(?:[/-]+[0-9][^ /-]*)*|[/-]+")
HAN = re.compile("[\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")

OPENING = frozenset("“‘《〈（『「【〖〔［｛")
CLOSING = frozenset("”’，．。、：；》〉）』」】〗〕］｝？！")
MARKS = OPENING | CLOSING | frozenset("·・")  # whose halves Typst would trim or squeeze
NO_START = CLOSING | frozenset("!%),.:;>?]}·—…‰℃·～％°′″")
NO_END = OPENING | frozenset("([{$￥¥＄（")


def is_word_character(character: str) -> bool:
    """Latin letter or digit: what Word keeps a small gap from Chinese for."""
    return character.isalnum() and not HAN.match(character) and ord(character) < 0x2000


@lru_cache(maxsize=65_536)
def may_break(before: str, after: str, is_latin: bool, quotes: bool) -> bool:
    """Whether a line may end after `before` and the next begin with `after`.

    `is_latin`: both belong to Latin text. `quotes`: breaks around curly quotes are allowed.
    """
    if not before or after.isspace() or after in NO_START or before in NO_END:
        return False
    if "\u00a0" in (before, after) or "\u2011" in (before, after):
        return False
    if is_latin and before not in "/- ":
        return False
    return quotes or not (after in "“‘" or (before in "”’"))
