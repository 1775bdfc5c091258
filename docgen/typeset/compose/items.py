"""Lines → the program's inline items: runs joined again, marks kept apart, tabs placed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from docgen.typeset.compose.atoms import Atom
from docgen.typeset.compose.breaks import Line, TabTarget
from docgen.typeset.compose.scripts import CLOSING, MARKS, OPENING
from docgen.typeset.model import Align, Counter, Drawing, Mark, Note, Picture

Item: TypeAlias = list[Any]


@dataclass(frozen=True, slots=True)
class Fixed:
    """What lines hold besides text: picture files by key, how to compose footnotes and drawings."""

    images: Mapping[str, str]
    note: Callable[[Note], list[dict[str, Any]]]
    drawing: Callable[[Drawing], Item]


WORDS = frozenset(("han", "word"))
FULL, LINE = "\u2028", "\n"  # the program's line breaks, as they stand within a run
ROUNDING = 0.01  # pt by which a box before a line's end may be too wide


def paragraph_items(
    lines: Sequence[Line], align: Align, edges: tuple[float, float], fixed: Fixed
) -> list[Item]:
    """The items of all lines with the breaks between them; `fixed` draws what is no text.

    `edges`: how far a line reaches above and below its baseline, for lines without text.
    """
    if align == "distribute":
        lines = [replace(line, is_last=True) for line in lines]
    items: list[Item] = []
    for n, line in enumerate(lines):
        found = _line_items(line, align == "distribute", fixed)
        if not any(atom.text for atom in line.atoms):
            found.append(["strut", round(sum(edges), 3), round(edges[1], 3)])
        if n:
            before = lines[n - 1]
            stretched = align == "justify" and not before.is_last and not before.tabs
            tracked = bool(before.atoms) and before.atoms[-1].tracking != 0
            _break(items, found, stretched=stretched, within=not tracked)
        items.extend(found)
    return items


def _break(items: list[Item], following: list[Item], *, stretched: bool, within: bool) -> None:
    """End the line of `items`: `within` its last run, which goes on in the next line if it can.

    Tracking would then be added after the line's last character, too: Typst leaves it out at the
    end of a run only.
    """
    last = items[-1] if items else []
    if not within or not last or not isinstance(last[0], int):
        items.append(["full" if stretched else "line"])
        return
    last[1] += FULL if stretched else LINE
    if following and following[0][0] == last[0]:
        last[1] += following.pop(0)[1]


def _line_items(line: Line, distributed: bool, fixed: Fixed) -> list[Item]:
    out: list[Item] = []
    atoms = line.atoms
    if atoms and atoms[0].text[:1] in OPENING:
        out.append(["guard"])
    at = 0
    pen: float | None = None  # after a centred stop: the program goes back to the stop itself
    for n, tab in enumerate(line.tabs):
        out.extend(_run_items(atoms[at : tab.at], fixed, goes_on=True))
        end = line.tabs[n + 1].at if n + 1 < len(line.tabs) else len(atoms)
        room = tab.stop.position - (tab.pen if pen is None else pen)
        out.extend(_tab_items(tab, room, atoms[tab.at], atoms[tab.at + 1 : end], fixed))
        at = tab.at + 1 if tab.stop.kind == "left" else end
        pen = tab.stop.position if tab.stop.kind == "center" else None
    out.extend(_run_items(atoms[at:], fixed, distributed=distributed and line.is_last))
    if line.hung is not None and line.hung.setting is not None:
        out.append(["hang", line.hung.setting.index, line.hung.text])
    if atoms and (atoms[-1].text[-1:] in CLOSING or line.hung):
        out.append(["guard"])
    return out


def _tab_items(
    tab: TabTarget, room: float, atom: Atom, segment: Sequence[Atom], fixed: Fixed
) -> list[Item]:
    """A tab `room` pt wide and, at a right or centred stop, the words up to the next one."""
    setting, stop = atom.setting, tab.stop
    assert setting is not None
    room = round(max(room, 0.0), 3)
    inner = _run_items(segment, fixed)
    if stop.kind == "right":
        needed = round(sum(each.width for each in segment), 3)
        width = None if tab.fills else max(room - ROUNDING, needed)
        return [["right", width, setting.index, stop.leader, inner]]
    if stop.kind == "center":
        return [["center", room, inner]]
    if stop.leader:
        return [["leader", room, setting.index, stop.leader]]
    if setting.entry["underline"] or setting.entry["highlight"]:
        return [["rule", room, setting.index]]
    return [["space", room]]


def _run_items(
    atoms: Sequence[Atom],
    fixed: Fixed,
    *,
    distributed: bool = False,
    goes_on: bool = False,
) -> list[Item]:
    """Neighbouring atoms of one setting as one run; each link wraps its own pieces."""
    out: list[Item] = []
    joined = _Joiner(out, distributed)
    text = joined.text
    for atom in atoms:
        if atom.kind in WORDS:
            text(atom)
            continue
        joined.close(is_end=False)
        item = _single(atom, fixed)
        if item is not None:
            out.append(["link", atom.link, [item]] if atom.link else item)
    joined.close(is_end=not goes_on)
    return out


class _Joiner:
    """Collects text into runs.

    Between two marks a new run begins: Typst squeezes adjacent marks within one, and shapes each
    run by itself. Tracking after a run's last character is left out by Typst, so it is put back.
    """

    def __init__(self, out: list[Item], distributed: bool) -> None:
        self._out = out
        self._distributed = distributed
        self._text = ""
        self._atom: Atom | None = None

    def text(self, atom: Atom) -> None:
        before = self._atom
        if (
            before is not None
            and before.setting is atom.setting
            and before.link == atom.link
            and not (self._text[-1] in MARKS and atom.text[0] in MARKS)
            and not self._distributed
        ):
            self._text += atom.text
            return
        self.close(is_end=False)
        self._atom, self._text = atom, atom.text

    def close(self, *, is_end: bool) -> None:
        atom, text = self._atom, self._text
        self._atom, self._text = None, ""
        if atom is None or atom.setting is None:
            return
        item: Item = [atom.setting.index, text]
        self._out.append(["link", atom.link, [item]] if atom.link else item)
        if not is_end and self._distributed:
            self._out.append(["fill"])
        elif not is_end and atom.tracking:
            self._out.append(["space", round(atom.tracking, 4)])


def _single(atom: Atom, fixed: Fixed) -> Item | None:
    inline = atom.inline
    if atom.kind == "gap":
        setting = atom.setting
        if setting is not None and (setting.entry["underline"] or setting.entry["highlight"]):
            return ["rule", round(atom.width, 3), setting.index]
        return ["space", round(atom.width, 3)]
    if isinstance(inline, Mark):
        return ["mark", inline.name]
    if isinstance(inline, Picture):
        file = fixed.images.get(inline.key)
        if file is None:
            return None
        return ["image", file, round(inline.width, 3), round(inline.height, 3), inline.alt]
    if isinstance(inline, Drawing):
        return fixed.drawing(inline)
    if isinstance(inline, Note) and atom.setting is not None:
        return ["note", atom.setting.index, inline.label, fixed.note(inline)]
    if isinstance(inline, Counter) and atom.setting is not None:
        item: Item = [_COUNTERS[inline.kind], atom.setting.index, inline.format]
        return [*item, inline.bookmark] if inline.kind == "ref" else item
    return None


_COUNTERS = {"page": "page", "pages": "pages", "section": "section", "ref": "ref"}
