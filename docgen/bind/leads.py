"""Links and bookmarks of a PDF that we made: where each stands and where it leads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from pikepdf import Array, Dictionary, NameTree, Object, OutlineItem, Pdf

DEEPEST = 12


@dataclass(frozen=True, slots=True)
class Lead:
    """A link: its box on the page; the page it leads to, from 0, and the height there; or where."""

    box: tuple[float, float, float, float]
    page: int | None = None
    top: float | None = None
    address: str = ""


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the outline: its title, its page from 0, the entries below it."""

    title: str
    page: int
    below: tuple[Bookmark, ...] = ()


def leads(pdf: Pdf) -> tuple[tuple[Lead, ...], ...]:
    """The links on each page."""
    places = _Places(pdf)
    return tuple(
        tuple(lead for note in page.obj.get("/Annots", ()) if (lead := places.lead(note)))
        for page in pdf.pages
    )


def bookmarks(pdf: Pdf) -> tuple[Bookmark, ...]:
    """The outline, without entries that lead to no page of this file."""
    places = _Places(pdf)
    with pdf.open_outline(max_depth=DEEPEST) as outline:
        return tuple(_bookmarks(outline.root, places))


def _bookmarks(items: Iterable[OutlineItem], places: _Places) -> Iterable[Bookmark]:
    for item in items:
        page, _ = places.of(item.destination)
        if page is None and item.action is not None:
            page, _ = places.of(item.action.get("/D"))
        if page is not None:
            yield Bookmark(item.title, page, tuple(_bookmarks(item.children, places)))


class _Places:
    """Destinations of one PDF, by name or by page."""

    def __init__(self, pdf: Pdf) -> None:
        self._pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        self._names: Mapping[str, Object] = {}
        names = pdf.Root.get("/Names")
        if names is not None and "/Dests" in names:
            self._names = {str(name): place for name, place in NameTree(names.Dests).items()}

    def of(self, target: object) -> tuple[int | None, float | None]:
        """The page a destination means and the height on it; None where it means none."""
        for _ in range(3):
            if isinstance(target, Dictionary):
                target = target.get("/D")
            elif target is not None and not isinstance(target, Array):
                target = self._names.get(str(target).removeprefix("/"))
        if not isinstance(target, Array) or not len(target):
            return None, None
        page = target[0]
        if isinstance(page, int) or not isinstance(page, Dictionary):
            return None, None
        height = target[3] if len(target) > 3 and target[1] == "/XYZ" else None
        return self._pages.get(page.objgen), None if height is None else float(height)

    def lead(self, note: Object) -> Lead | None:
        """A link annotation as a Lead; None for any other."""
        if note.get("/Subtype") != "/Link":
            return None
        x0, y0, x1, y1 = (float(side) for side in note.Rect)
        action = note.get("/A", Dictionary())
        address = unquote(str(action.get("/URI", "")))
        page, top = self.of(note.get("/Dest", action.get("/D")))
        return Lead((x0, y0, x1, y1), page, top, address)
