"""Pieces and the labels drawn for them → the volume of evidence, on the disk."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, OutlineItem, Page, Pdf, Stream

from docgen.bind.paper import SHEET, frame, placed, written
from docgen.bind.pieces import Piece, Title
from docgen.bind.stamps import Stamps
from docgen.bind.told import describe, save

KEPT = ("/Filter", "/DecodeParms", "/Length")  # of a page's own stream, once it is a form


def write_volume(pieces: Sequence[Piece], labels: bytes, target: Path, title: Title) -> None:
    """Writes the volume: every page an A4 sheet with its stamp, a bookmark for every piece.

    `labels` is a PDF with a page for each of `labels_of(pieces)`, as wide as its text. The number
    on a stamp is that of the sheet: a piece's pages are Piece.first to Piece.last.
    """
    volume = pikepdf.new()
    sheets: list[Object] = []
    with pikepdf.open(BytesIO(labels)) as drawn:
        stamps = Stamps(volume, drawn)
        for place, piece in enumerate(pieces):
            forms = Forms(volume, piece.pdf)
            pages = zip(piece.pdf.pages, piece.shapes, strict=True)
            for number, (page, shape) in enumerate(pages, piece.first):
                matrix = placed(shape, frame(number))
                names, stamp = stamps.of(place, number)
                content = f"q {written(matrix)} cm /P Do Q\n{stamp}"
                shown = forms.of(page, shape.box)
                sheets.append(sheet(volume, {"/P": shown, **names}, content))
        _set_pages(volume, sheets)
        with volume.open_outline() as outline:
            for piece in pieces:
                words = " ".join(f"{piece.scan.code} {piece.scan.name}".split())
                outline.root.append(OutlineItem(words, piece.first - 1, "Fit"))
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
    """The pages of a PDF as forms in another: closed in themselves, whatever they leave open.

    Only what shows is taken along: content and its resources, no annotation, no action.
    """

    def __init__(self, target: Pdf, source: Pdf) -> None:
        self._target, self._source = target, source
        self._taken: set[tuple[int, int]] = set()
        self._resources: dict[tuple[int, int], Object] = {}

    def of(self, page: Page, box: tuple[float, float, float, float]) -> Object:
        """A page's form, clipped to the box that shows."""
        content = page.obj.get("/Contents")
        entries = Dictionary(
            Type=Name.XObject, Subtype=Name.Form, BBox=Array(box), Resources=self._shared(page)
        )
        if isinstance(content, Stream) and content.objgen not in self._taken:
            self._taken.add(content.objgen)
            form = self._target.copy_foreign(content)
            for key in KEPT:
                if key in form:
                    entries[key] = form[key]
        elif content is None:
            form = self._target.make_indirect(Stream(self._target, b""))
        else:
            form = self._target.copy_foreign(page.as_form_xobject(handle_transformations=False))
        if "/Group" in page.obj and isinstance(page.obj.Group, Dictionary):
            group = self._source.make_indirect(page.obj.Group)
            entries.Group = self._target.copy_foreign(group)
        form.stream_dict = entries
        return form

    def _shared(self, page: Page) -> Object:
        resources = page.resources
        if resources.is_indirect and resources.objgen in self._resources:
            return self._resources[resources.objgen]
        source = resources if resources.is_indirect else self._source.make_indirect(resources)
        copied = self._target.copy_foreign(source)
        self._resources[source.objgen] = copied
        return copied
