"""证07 · 营业执照　第23页 共140页: put together from strips that typesetting drew once each.

A strip is a text alone on a page as wide as itself. A name is drawn once for all its pages, a page
number from its figures: five hundred stamps cost no more drawing than fifty.
"""

from __future__ import annotations

from collections.abc import Sequence

from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, Stream

from docgen.bind.paper import BINDING, MM, OUTER, WIDTH
from docgen.bind.pieces import Piece

FIGURES = "0123456789"
BASE = 6 * MM  # how far the foot of a stamp is above the edge of the sheet
SPILL = 3  # points by which signs may reach beyond their strip


def labels_of(pieces: Sequence[Piece]) -> tuple[str, ...]:
    """The texts to be drawn: the ten figures, what follows a number, then the pieces' own."""
    total = sum(piece.pages for piece in pieces)
    return (*FIGURES, f"页 共{total}页", *map(heading_of, pieces))


def heading_of(piece: Piece) -> str:
    """What a piece's stamps begin with."""
    return f"{piece.scan.code} · {' '.join(piece.scan.name.split())}　第"


class Stamps:
    """The strips in a volume, as forms that its pages share."""

    def __init__(self, volume: Pdf, labels: Pdf) -> None:
        self._forms: list[Object] = []
        self._widths: list[float] = []
        for page in labels.pages:
            self._widths.append(float(page.mediabox[2]) - float(page.mediabox[0]))
            self._forms.append(_form(volume, labels, page))

    def of(self, piece: int, number: int) -> tuple[dict[str, Object], str]:
        """The forms that a page's stamp shows, by name, and the operators that draw it."""
        figures = [int(figure) for figure in str(number)]
        strips = [len(FIGURES) + 1 + piece, *figures, len(FIGURES)]
        room = WIDTH - BINDING - OUTER
        width = sum(self._widths[strip] for strip in strips)
        scale = min(1.0, room / width)
        x = WIDTH - OUTER - width * scale if number % 2 else OUTER
        parts = []
        for strip in strips:
            parts.append(f"q {scale:.4g} 0 0 {scale:.4g} {x:.2f} {BASE:.2f} cm /S{strip} Do Q")
            x += self._widths[strip] * scale
        return {f"/S{strip}": self._forms[strip] for strip in strips}, "\n".join(parts)


def _form(volume: Pdf, labels: Pdf, page: Page) -> Object:
    form = volume.make_indirect(Stream(volume, page.Contents.read_bytes()))
    x0, y0, x1, y1 = (float(side) for side in page.mediabox)
    resources = volume.copy_foreign(labels.make_indirect(page.obj.Resources))
    form.stream_dict = Dictionary(
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([x0 - SPILL, y0 - SPILL, x1 + SPILL, y1 + SPILL]),
        Resources=resources,
    )
    return form
