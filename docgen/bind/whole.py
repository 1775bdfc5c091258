"""Documents, index and volume → one PDF: each begins on an odd page, every link leads on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, Page, Pdf, String

from docgen.bind.leads import Bookmark, Lead, bookmarks, leads
from docgen.bind.merging import merged
from docgen.bind.paper import SHEET, Matrix, Shapes, moved, placed, written
from docgen.bind.pieces import Title
from docgen.bind.told import describe, save
from docgen.bind.volume import Forms, sheet
from docgen.problem import Stop

STRAIGHT: Matrix = (1, 0, 0, 1, 0, 0)


@dataclass(frozen=True, slots=True)
class Part:
    """One document of a hand-in, made by us; `address` is what others link to it by, #page=3."""

    name: str
    path: Path
    address: str = ""


@dataclass(frozen=True, slots=True)
class Bound:
    """The sheets of the whole, the first sheet of each part from 1, and the blank ones put in."""

    pages: int
    starts: tuple[int, ...]
    blank: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Laid:
    """A part as laid into the whole: where its pages went, how each was moved, what it says."""

    part: Part
    start: int  # index of its first sheet
    moves: tuple[Matrix, ...]
    leads: tuple[tuple[Lead, ...], ...]
    bookmarks: tuple[Bookmark, ...]


def bind(parts: Sequence[Part], target: Path, title: Title) -> Bound:
    """Writes the whole: A4 sheets of one size, blank ones where a part would begin overleaf.

    Bookmarks are those of the parts below the name of each. A link within a part stays one; a link
    to another part's address and page (证明材料.pdf#page=23) becomes one to that page.
    """
    whole = merged([part.path for part in parts], sum(_pages(part) for part in parts))
    laid: list[_Laid] = []
    blank: list[int] = []
    start = 0
    for part in parts:  # one at a time: of a thousand letters, not all can be open at once
        if start % 2:
            whole.pages.insert(start, Page(sheet(whole, {}, "")))
            start += 1
            blank.append(start)
        with pikepdf.open(part.path) as source:
            laid.append(_lay(whole, source, part, start))
            start += len(source.pages)
    starts = {one.part.address: one.start for one in laid if one.part.address}
    for one in laid:
        _link(whole, one, starts)
    with whole.open_outline() as outline:
        outline.root.extend(_bookmark(one) for one in laid)
    _number(whole, laid, blank)
    describe(whole, title)
    save(whole, target, title)
    return Bound(len(whole.pages), tuple(one.start + 1 for one in laid), tuple(blank))


def _pages(part: Part) -> int:
    try:
        with pikepdf.open(part.path) as source:
            return len(source.pages)
    except (OSError, pikepdf.PdfError):
        raise Stop(f"“{part.name}”的 PDF 打不开", "删去这一份，重新生成") from None


def _lay(whole: Pdf, source: Pdf, part: Part, start: int) -> _Laid:
    """Settles a part's pages: they stay where they are A4 sheets, else each is shown on one."""
    shapes, forms, moves = Shapes(), Forms(whole), []
    for number, original in enumerate(source.pages, start):
        page = whole.pages[number]
        for key in ("/Annots", "/StructParents", "/Tabs", "/AA", "/Metadata", "/B", "/Thumb"):
            if key in page.obj:
                del page.obj[key]
        shape = shapes.of(original.obj)
        if shape.is_sheet:
            page.obj.MediaBox = Array(SHEET)
            moves.append(STRAIGHT)
        else:
            move = placed(shape, SHEET)
            names = {"/P": forms.of(page, shape.box)}
            turned = sheet(whole, names, f"q {written(move)} cm /P Do Q")
            whole.pages[number] = Page(turned)
            moves.append(move)
    return _Laid(part, start, tuple(moves), leads(source), bookmarks(source))


def _link(whole: Pdf, laid: _Laid, starts: Mapping[str, int]) -> None:
    """Gives the pages of a part their links back."""
    for number, (move, links) in enumerate(zip(laid.moves, laid.leads, strict=True)):
        notes = []
        for lead in links:
            note = Dictionary(
                Type=Name.Annot,
                Subtype=Name.Link,
                Rect=Array(_turned(move, lead.box)),
                Border=Array([0, 0, 0]),
                F=4,
            )
            other, _, page = lead.address.partition("#page=")
            if lead.page is not None:
                note.Dest = _destination(whole, laid, lead.page, lead.top)
            elif other in starts and page.isdecimal():
                at = min(starts[other] + int(page), len(whole.pages)) - 1
                note.Dest = Array([whole.pages[at].obj, Name.Fit])
            elif lead.address and not page:
                note.A = Dictionary(S=Name.URI, URI=String(lead.address))
            else:
                continue
            notes.append(whole.make_indirect(note))
        if notes:
            whole.pages[laid.start + number].obj.Annots = Array(notes)


def _destination(whole: Pdf, laid: _Laid, page: int, top: float | None) -> Array:
    there = whole.pages[laid.start + page].obj
    move = laid.moves[page]
    if top is None or move != STRAIGHT:
        return Array([there, Name.Fit])
    return Array([there, Name.XYZ, None, round(top, 2), None])


def _turned(move: Matrix, box: tuple[float, float, float, float]) -> list[float]:
    corners = [moved(move, x, y) for x in box[::2] for y in box[1::2]]
    across, up = zip(*corners, strict=True)
    return [round(side, 2) for side in (min(across), min(up), max(across), max(up))]


def _bookmark(laid: _Laid) -> OutlineItem:
    top = OutlineItem(laid.part.name, laid.start, "Fit")
    top.children.extend(_below(laid, laid.bookmarks))
    top.is_closed = laid.part.address == "" and bool(top.children)
    return top


def _below(laid: _Laid, marks: Sequence[Bookmark]) -> list[OutlineItem]:
    made = []
    for mark in marks:
        item = OutlineItem(mark.title, laid.start + mark.page, "Fit")
        item.children.extend(_below(laid, mark.below))
        item.is_closed = bool(item.children)
        made.append(item)
    return made


def _number(whole: Pdf, laid: Sequence[_Laid], blank: Sequence[int]) -> None:
    """Page labels: each part counts from 1 under its own name, as its pages are referred to."""
    numbers: list[object] = []
    for one in laid:
        rule = Dictionary(S=Name.D, P=String(f"{one.part.name} "))
        numbers += [one.start, rule]
        after = one.start + len(one.moves) + 1
        if after in blank:
            numbers += [after - 1, Dictionary(P=String("空白"))]
    whole.Root.PageLabels = Dictionary(Nums=Array(numbers))
