"""Field instructions: which are counted live, which lead somewhere, which show their result."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from docgen.typeset.model import Counter, Inline, RunStyle, Text
from docgen.typeset.read.numerals import PAGE_FORMATS

Kind = Literal["page", "pages", "section", "ref"]
LIVE: dict[str, Kind] = {
    "PAGE": "page",
    "NUMPAGES": "pages",
    "SECTIONPAGES": "section",
    "PAGEREF": "ref",
}
SWITCHES = {
    "ARABIC": "1", "ROMAN": "I", "roman": "i", "ALPHABETIC": "A", "alphabetic": "a",
    "ArabicDash": PAGE_FORMATS["numberInDash"], "CHINESENUM3": "一", "CHINESENUM1": "一",
}  # fmt: skip
SCHEME = re.compile(r"(?:https?://|mailto:)\S+", re.IGNORECASE)
BESIDE = re.compile(r"[^\s:/\\]+\.pdf#page=\d+", re.IGNORECASE)


@dataclass(slots=True)
class Field:
    """An open complex field: its instruction so far, and the result where it is held back."""

    instruction: str = ""
    separated: bool = False
    result: list[Inline] = field(default_factory=list)
    style: RunStyle | None = None
    form: str = ""  # what a form field shows by itself
    printed: bool = False  # whether its result has anything to print

    @property
    def words(self) -> tuple[str, ...]:
        return _words(self.instruction)

    @property
    def keyword(self) -> str:
        return self.words[0].upper()

    @property
    def holds(self) -> bool:
        """Whether the cached result is put aside, since the number is counted anew."""
        return self.keyword in LIVE

    @property
    def link(self) -> str:
        """Where a HYPERLINK field leads: "#bookmark", an address or nothing."""
        words = self.words
        if words[0].upper() != "HYPERLINK":
            return ""
        if "\\l" in words[:-1]:
            return "#" + words[words.index("\\l") + 1]
        return address(words[1]) if len(words) > 1 else ""

    def counter(self, style: RunStyle, link: str) -> Counter:
        """The live number this field stands for, styled as its cached result was."""
        words = self.words
        cached = [part for part in self.result if isinstance(part, Text)]
        switch = words[words.index("\\*") + 1] if "\\*" in words[:-1] else ""
        return Counter(
            kind=LIVE[self.keyword],
            style=cached[0].style if cached else self.style or style,
            format=SWITCHES.get(switch, SWITCHES.get(switch.upper(), "") if switch else ""),
            bookmark=words[1] if self.keyword == "PAGEREF" and len(words) > 1 else "",
            cached="".join(part.text for part in cached),
            link=link,
        )


@lru_cache(maxsize=1024)
def _words(instruction: str) -> tuple[str, ...]:
    """The words of an instruction, quoted ones whole; at least one, if empty."""
    try:
        return tuple(shlex.split(instruction.replace("\\", "\\\\"))) or ("",)
    except ValueError:
        return tuple(instruction.split()) or ("",)


def address(text: str) -> str:
    """A web or mail address that may be linked to, or a page of a PDF beside; else nothing."""
    return text if SCHEME.fullmatch(text) or BESIDE.fullmatch(text) else ""
