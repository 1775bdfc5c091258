"""numbering.xml → the label that stands before a paragraph, counted in document order."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from docgen.typeset.read.numerals import FORMATS
from docgen.typeset.read.package import parse
from docgen.typeset.read.properties import Properties, flatten
from docgen.typeset.read.symbols import translate
from docgen.typeset.read.xml import W, number, value

if TYPE_CHECKING:
    from docgen.typeset.read.xml import Element

PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    """One w:lvl: how it counts, how it is written, what it adds to the paragraph."""

    format: str
    text: str
    start: int
    suffix: str  # tab, space, nothing
    restart: int | None  # the level (1-based) after which it starts anew; 0: never
    legal: bool  # all places in plain digits
    style: str | None  # the paragraph style linked to it
    paragraph: Properties
    run: Properties


@dataclass(frozen=True, slots=True)
class Label:
    """A number as printed, and its level."""

    text: str
    level: Level


Levels: TypeAlias = dict[int, Level]


class Lists:
    """What a numbering.xml says: the levels of its abstract lists, and the lists made of them."""

    def __init__(self, root: Element | None) -> None:
        self.abstract: dict[str, Levels] = {}
        self.lists: dict[str, tuple[str, Levels, dict[int, int]]] = {}
        links: dict[str, str] = {}
        followers: dict[str, str] = {}
        for element in root.findall(W + "abstractNum") if root is not None else ():
            key = element.get(W + "abstractNumId", "")
            self.abstract[key] = _levels(element)
            if (link := value(element, "styleLink")) is not None:
                links[link] = key
            if (follow := value(element, "numStyleLink")) is not None:
                followers[key] = follow
        for key, style in followers.items():
            if style in links:
                self.abstract[key] = self.abstract[links[style]]
        for element in root.findall(W + "num") if root is not None else ():
            starts = {
                int(number(over.get(W + "ilvl"))): int(number(start))
                for over in element.findall(W + "lvlOverride")
                if (start := value(over, "startOverride")) is not None
            }
            own: dict[int, Level] = {}
            for over in element.findall(W + "lvlOverride"):
                own.update(_levels(over))
            key = value(element, "abstractNumId") or ""
            self.lists[element.get(W + "numId", "")] = key, own, starts


@lru_cache(maxsize=8)
def parse_lists(numbering: bytes) -> Lists:
    """The Lists of a numbering.xml, possibly empty; kept for the next document of a template."""
    return Lists(parse(numbering, "numbering.xml") if numbering else None)


class Numbering:
    """The running counters of one document; ask for labels strictly in document order."""

    def __init__(self, lists: Lists) -> None:
        self._lists = lists.lists
        self._abstract = lists.abstract
        self._counters: dict[int, dict[int, int]] = {}  # of each abstract list, by its identity
        self._restarted: set[tuple[str, int]] = set()

    def label(self, num_id: str, ilvl: int | None, style: str | None) -> Label | None:
        """Count one paragraph and give its label; None where the list does not exist."""
        if num_id not in self._lists:
            return None
        abstract, own, starts = self._lists[num_id]
        if abstract not in self._abstract:
            return None
        shared = self._abstract[abstract]
        levels = {**shared, **own} if own else shared
        if ilvl is None:
            ilvl = next((n for n, level in levels.items() if level.style == style), 0)
        if ilvl not in levels:
            return None
        counters = self._counters.setdefault(id(shared), {})
        if ilvl in starts and (num_id, ilvl) not in self._restarted:
            self._restarted.add((num_id, ilvl))
            counters[ilvl] = starts[ilvl] - 1
        counters[ilvl] = counters.get(ilvl, levels[ilvl].start - 1) + 1
        for deeper in [n for n in counters if n > ilvl]:
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or ilvl < restart:
                del counters[deeper]
        for above in range(ilvl):
            if above in levels:
                counters.setdefault(above, levels[above].start)
        return Label(self._write(levels, ilvl, counters), levels[ilvl])

    @staticmethod
    def _write(levels: dict[int, Level], ilvl: int, counters: dict[int, int]) -> str:
        level = levels[ilvl]
        if level.format == "bullet":
            return translate(level.run.get("rFonts.ascii"), level.text)

        def place(match: re.Match[str]) -> str:
            n = int(match[1]) - 1
            if n not in levels:
                return ""
            shown = "decimal" if level.legal and n != ilvl else levels[n].format
            return FORMATS.get(shown, str)(counters.get(n, levels[n].start))

        return PLACE.sub(place, level.text)


def _levels(parent: Element) -> dict[int, Level]:
    found = {}
    for element in parent.findall(W + "lvl"):
        restart = value(element, "lvlRestart")
        found[int(number(element.get(W + "ilvl")))] = Level(
            format=value(element, "numFmt") or "decimal",
            text=value(element, "lvlText") or "",
            start=int(number(value(element, "start"), 1)),
            suffix=value(element, "suff") or "tab",
            restart=None if restart is None else int(number(restart)),
            legal=element.find(W + "isLgl") is not None,
            style=value(element, "pStyle"),
            paragraph=flatten(element.find(W + "pPr")),
            run=flatten(element.find(W + "rPr")),
        )
    return found
