"""Atoms → lines: first fit, as Word does it, with full-width marks and hanging ，。、"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from docgen.typeset.compose.atoms import SILENT, Atom
from docgen.typeset.model import Break, TabStop

EPSILON = 0.01  # pt; positions closer than this are the same
SLACK = 0.06  # pt by which a line may be too wide: the program's paragraphs are wider by it


@dataclass(slots=True)
class Line:
    """The atoms of one line, in order; `hung` is the mark after them in the margin."""

    atoms: list[Atom]
    hung: Atom | None = None
    is_last: bool = False  # of the paragraph, or before a break that does not stretch it
    tabs: list[TabTarget] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class TabTarget:
    """Where a tab leads: the stop, and the pen before it, from the left edge of the text."""

    at: int  # index in the line's atoms
    stop: TabStop
    pen: float
    fills: bool = False  # up to the right edge of the paragraph


@dataclass(frozen=True, slots=True)
class Measure:
    """The room a paragraph has. Indents are from the left edge of the text, in pt."""

    width: float  # from the left edge of the text to the right indent
    first: float  # where the first line starts
    rest: float  # where the others start
    tabs: tuple[TabStop, ...] = ()
    default_tab: float = 21.0
    hanging: str = ""  # marks of which one may stand in the right margin


def break_lines(atoms: list[Atom], measure: Measure) -> list[Line]:
    """Every atom in exactly one line; no line is wider than its room unless one atom is."""
    lines: list[Line] = []
    i = 0
    while not lines or i < len(atoms):
        line, i = _line(atoms, i, measure, measure.rest if lines else measure.first)
        lines.append(line)
    if atoms and atoms[-1].kind == "break":
        lines.append(Line([]))
    lines[-1].is_last = True
    return lines


def _line(atoms: list[Atom], start: int, measure: Measure, indent: float) -> tuple[Line, int]:
    """One line from atom `start` on, and where the next begins."""
    limit = measure.width - indent + SLACK
    used, cut = 0.0, -1
    tabs: list[TabTarget] = []
    i = start
    while i < len(atoms):
        atom = atoms[i]
        width = atom.width
        if isinstance(atom.inline, Break):
            return _closed(atoms, start, i, tabs, last=not atom.inline.stretches), i + 1
        if atom.kind == "tab":
            target = _target(atoms, i, indent + used, measure)
            if target is None and i > start:
                return _closed(atoms, start, i, tabs), i
            stop, width = target or (TabStop(indent + used, "left"), 0.0)
            fills = stop.position > measure.width - EPSILON
            tabs.append(TabTarget(i - start, stop, indent + used, fills))
        if atom.opens:
            cut = i
        overflows = used + width - atom.tracking > limit
        if overflows and not atom.is_blank and i > start and atom.kind not in SILENT:
            if atom.text and atom.text in measure.hanging and used <= limit:
                after = _after(atoms, i + 1)
                if after is None or after.opens or isinstance(after.inline, Break):
                    return _hung(atoms, start, i, tabs, after)
            end = cut if cut > start else i
            return _closed(atoms, start, end, tabs), end
        used += width
        i += 1
    return _closed(atoms, start, i, tabs, last=True), i


def _after(atoms: list[Atom], i: int) -> Atom | None:
    """What comes next that can be seen or breaks the line."""
    return next((atom for atom in atoms[i:] if atom.kind not in SILENT), None)


def _hung(
    atoms: list[Atom], start: int, end: int, tabs: list[TabTarget], after: Atom | None
) -> tuple[Line, int]:
    """The line that ends with the mark at `end` in the margin; a break after it is used up."""
    line = _closed(atoms, start, end, tabs)
    line.hung = atoms[end]
    if after is None or not isinstance(after.inline, Break):
        return line, end + 1
    line.is_last = not after.inline.stretches
    return line, atoms.index(after, end) + 1


def _closed(
    atoms: list[Atom], start: int, end: int, tabs: list[TabTarget], *, last: bool = False
) -> Line:
    """The line of atoms start … end, without the blanks and gaps at its two ends."""
    first, stop = start, end
    while not last and stop > first and (atoms[stop - 1].is_blank or atoms[stop - 1].kind == "gap"):
        stop -= 1
    while first < stop and atoms[first].kind == "gap":
        first += 1
    shifted = [replace(tab, at=tab.at - (first - start)) for tab in tabs if tab.at < stop - start]
    return Line(atoms[first:stop], None, last, shifted)


def _target(
    atoms: list[Atom], i: int, pen: float, measure: Measure
) -> tuple[TabStop, float] | None:
    """The stop a tab at `pen` leads to and its width; None where the next stop is a line away."""
    stops = [stop for stop in measure.tabs if stop.position > pen + EPSILON]
    if pen + EPSILON < measure.rest:  # a hanging indent is a stop, too
        stops.append(TabStop(measure.rest, "left"))
    if stops:
        stop = min(stops, key=lambda stop: stop.position)
    else:
        step = measure.default_tab
        stop = TabStop((int((pen + EPSILON) / step) + 1) * step if step > 0 else pen, "left")
        if stop.position > measure.width + EPSILON:
            return None
    if stop.position > measure.width:
        stop = TabStop(measure.width, stop.kind, stop.leader)
    room = max(stop.position - pen, 0.0)
    if stop.kind == "left":
        return stop, room
    segment = trailing = 0.0
    for atom in atoms[i + 1 :]:
        if atom.kind in ("tab", "break"):
            break
        segment += atom.width
        trailing = atom.tracking
    segment -= trailing
    return stop, max(room - segment / (1 if stop.kind == "right" else 2), 0.0)
