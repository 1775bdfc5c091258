"""Pieces and the labels drawn for them → the volume of evidence, on the disk."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, OutlineItem, Page, Pdf, Stream

from docgen.bind.active import drop_baggage
from docgen.bind.merging import merged
from docgen.bind.paper import SHEET, frame, placed, written
from docgen.bind.pieces import Piece, Title
from docgen.bind.stamps import Stamps
from docgen.bind.told import describe, save

KEPT = ("/Filter", "/DecodeParms")  # of a page's own stream, once it is a form


def write_volume(pieces: Sequence[Piece], labels: bytes, target: Path, title: Title) -> None:
    """Writes the volume: every page an A4 sheet with its stamp, a bookmark for every piece.

    `labels` is a PDF with a page for each of `labels_of(pieces)`, as wide as its text. The number
    on a stamp is that of the sheet: a piece's pages are Piece.first to Piece.last.
    """
    volume = merged([piece.path for piece in pieces], sum(piece.pages for piece in pieces))
    if any(piece.baggage for piece in pieces):
        drop_baggage(volume)
    copies = iter(list(volume.pages))
    sheets: list[Object] = []
    forms = Forms(volume)
    with pikepdf.open(BytesIO(labels)) as drawn:
        stamps = Stamps(volume, drawn)
        for place, piece in enumerate(pieces):
            for number, shape in enumerate(piece.shapes, piece.first):
                names, stamp = stamps.of(place, number)
                content = f"q {written(placed(shape, frame(number)))} cm /P Do Q\n{stamp}"
                names["/P"] = forms.of(next(copies), shape.box)
                sheets.append(sheet(volume, names, content))
        _set_pages(volume, sheets)
        with volume.open_outline() as outline:
            for piece in pieces:
                words = " ".join(f"{piece.scan.code} {piece.scan.name}".split())
                there = Array([sheets[piece.first - 1], Name.Fit])
                outline.root.append(OutlineItem(words, there))
        describe(volume, title)
        save(volume, target, title)


def _set_pages(pdf: Pdf, sheets: list[Object]) -> None:
    """Makes these the pages of a new PDF: at once, where appending looks at the tree each time."""
    tree = pdf.Root.Pages
    for one in sheets:
        one.Parent = tree
    tree.Kids = Array(sheets)
    tree.Count = len(sheets)


def sheet(pdf: Pdf, names: dict[str, Object], content: str) -> Object:
    """A page of A4 that shows forms."""
    page = Dictionary(
        Type=Name.Page,
        MediaBox=Array(SHEET),
        Resources=Dictionary(XObject=Dictionary(names)),
        Contents=Stream(pdf, content.encode()),
    )
    return pdf.make_indirect(page)


class Forms:
    """Pages of a PDF made into forms of it: closed in themselves, whatever they leave open.

    Only what shows is in a form: content and its resources, no annotation, no action.
    """

    def __init__(self, pdf: Pdf) -> None:
        self._pdf = pdf
        self._taken: set[tuple[int, int]] = set()

    def of(self, page: Page, box: tuple[float, float, float, float]) -> Object:
        """A page's form, clipped to the box that shows; the page itself is used up."""
        if isinstance(page.obj.get("/Contents"), Array):
            page.contents_coalesce()
        content = page.obj.get("/Contents")
        entries = Dictionary(
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=Array(box),
            Resources=page.obj.get("/Resources", Dictionary()),
        )
        if not isinstance(content, Stream):
            form: Object = self._pdf.make_indirect(Stream(self._pdf, b""))
        else:
            form = content
            for key in KEPT:
                if (value := content.get(key)) is not None:
                    entries[key] = value
            if content.objgen in self._taken:  # another page shows the same
                again = Stream(self._pdf, content.read_raw_bytes())
                form = self._pdf.make_indirect(again)
            self._taken.add(content.objgen)
        if (group := page.obj.get("/Group")) is not None:
            entries.Group = group
        form.stream_dict = entries
        return form
