"""Hole texts in a rendered part → runs of their own, highlighted; and the list of what they ask."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass

from docgen.fill.blanks import END, MIDDLE, START
from docgen.fill.xml import SPACE, Element, W, local
from docgen.model.values import Missing, Record, Rows
from docgen.problem import Where

HOLE = re.compile(f"{START}([^{MIDDLE}{END}]*){MIDDLE}([^{END}]*){END}")
_STRAY = re.compile(f"{START}[^{MIDDLE}{END}<]*{MIDDLE}|[{START}{END}]")
_LABEL = re.compile("【待补：(.*)】")
_AFTER_HIGHLIGHT = frozenset(
    [
        "u",
        "effect",
        "bdr",
        "shd",
        "fitText",
        "vertAlign",
        "rtl",
        "cs",
        "em",
        "lang",
        "eastAsianLayout",
        "specVanish",
        "oMath",
    ]
)


@dataclass(frozen=True, slots=True)
class Hole:
    """A required fact that is absent: its path, its label, and the nearest place in the data."""

    path: str
    label: str
    where: Where


def find_holes(xml: str) -> Iterator[tuple[str, str]]:
    """Path and label of every hole of a rendered part, in order."""
    for match in HOLE.finditer(xml):
        label = _LABEL.fullmatch(match.group(2))
        yield match.group(1), label.group(1) if label else match.group(2)


def place_of(values: Record, path: str) -> Where:
    """The place of an absent fact, or of the nearest thing above it that stands in the data."""
    value: object = values
    where = values.where
    for step in path.split("."):
        if isinstance(value, Record):
            value = value.get(step)
        elif isinstance(value, Rows):
            value = value[int(step) - 1] if step.isdecimal() and int(step) <= len(value) else None
        else:
            value = None
        if isinstance(value, Missing):
            return value.where
        where = getattr(value, "where", where)
    return where


def highlight_holes(root: Element) -> None:
    """Splits every run that holds a hole, so that only the hole is highlighted."""
    for text in [node for node in root.iter(W + "t") if START in (node.text or "")]:
        run = text.getparent()
        if run is not None and local(run) == "r" and run.getparent() is not None:
            _split(run)


def strip_marks(xml: str) -> str:
    """The XML without marks of holes that stand where no run can be split (attributes, fields)."""
    return _STRAY.sub("", xml) if START in xml or END in xml else xml


def _split(run: Element) -> None:
    if not any(START in (node.text or "") for node in run.iter(W + "t")):
        return
    parent = run.getparent()
    assert parent is not None
    at = parent.index(run)
    properties = run.find(W + "rPr")
    made: list[Element] = []

    def fresh(marked: bool) -> Element:
        new = run.makeelement(W + "r")
        if properties is not None:
            new.append(copy.deepcopy(properties))
        if marked:
            _mark(new)
        made.append(new)
        return new

    open_run: Element | None = None
    for child in [node for node in run if node is not properties]:
        if local(child) != "t" or START not in (child.text or ""):
            open_run = fresh(False) if open_run is None else open_run
            open_run.append(child)
            continue
        for text, marked in _pieces(child.text or ""):
            if marked or open_run is None:
                open_run = fresh(marked)
            node = open_run.makeelement(W + "t")
            node.text = text
            node.set(SPACE, "preserve")
            open_run.append(node)
            open_run = None if marked else open_run
    for offset, new in enumerate(made):
        parent.insert(at + 1 + offset, new)
    if made:
        made[-1].tail = run.tail
    parent.remove(run)


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    end = 0
    for match in HOLE.finditer(text):
        if match.start() > end:
            yield text[end : match.start()], False
        yield match.group(2), True
        end = match.end()
    if end < len(text):
        yield text[end:], False


def _mark(run: Element) -> None:
    """Adds w:highlight to a run's properties where the schema wants it."""
    properties = run.find(W + "rPr")
    if properties is None:
        properties = run.makeelement(W + "rPr")
        run.insert(0, properties)
    for old in properties.findall(W + "highlight"):
        properties.remove(old)
    position = next(
        (i for i, node in enumerate(properties) if local(node) in _AFTER_HIGHLIGHT), len(properties)
    )
    mark = properties.makeelement(W + "highlight")
    mark.set(W + "val", "yellow")
    properties.insert(position, mark)
