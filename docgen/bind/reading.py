"""A PDF → the text of each page, its bookmarks, its pages as pictures.

A scan without a text layer has no text. PDFium serves one caller at a time (`_alone`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

T = TypeVar("T")
_ALONE = Lock()
LARGEST = 50 * 2**20  # bytes of a file that is read
MOST_PAGES = 100
LONGEST_PAGE = 20_000  # characters
_MAY_HAVE_TEXT = (b"/Font", b"/ObjStm")  # a file without either shows pictures only


def read_texts(path: Path) -> tuple[str, ...]:
    """The text of each page in order, "" where a page has none; () where nothing can be read."""
    try:
        if path.stat().st_size > LARGEST:
            return ()
        data = path.read_bytes()
    except OSError:
        return ()
    if not data.startswith(b"%PDF") or not any(word in data for word in _MAY_HAVE_TEXT):
        return ()
    return _alone(data, lambda pdf: tuple(_page(pdf, n) for n in range(min(len(pdf), MOST_PAGES))))


def read_bookmarks(path: Path) -> tuple[tuple[str, str], ...]:
    """Title and page label of each bookmark, in order; () where nothing can be read."""
    try:
        data = path.read_bytes()
    except OSError:
        return ()
    return _alone(data, lambda document: tuple(_bookmarks(document)))


def page_sizes(pdf: bytes) -> tuple[tuple[float, float], ...]:
    """Width and height of each page in points; () where nothing can be read."""
    return _alone(pdf, lambda document: tuple(map(document.get_page_size, range(len(document)))))


def draw_page(pdf: bytes, number: int, width: int) -> bytes:
    """A page, counted from 1, as a PNG `width` pixels wide; b"" where it cannot be drawn."""

    def drawn(document: Any) -> tuple[bytes, ...]:
        if not 1 <= number <= len(document):
            return ()
        page = document[number - 1]
        picture = page.render(scale=width / page.get_width()).to_pil()
        page.close()
        written = BytesIO()
        picture.save(written, "PNG", compress_level=1)
        return (written.getvalue(),)

    return b"".join(_alone(pdf, drawn))


def _alone(pdf: bytes, work: Callable[[Any], tuple[T, ...]]) -> tuple[T, ...]:
    """What `work` finds in the document, while no other thread is in PDFium; () for no PDF."""
    import pypdfium2

    with _ALONE:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError:
            return ()
        try:
            return work(document)
        except pypdfium2.PdfiumError:
            return ()
        finally:
            document.close()


def _bookmarks(document: Any) -> Iterator[tuple[str, str]]:
    for mark in document.get_toc(max_depth=9):
        place = mark.get_dest()
        sheet = place.get_index() if place else None
        if sheet is not None:
            yield str(mark.get_title()), str(document.get_page_label(sheet))


def _page(document: Any, number: int) -> str:
    page = document[number]
    text = page.get_textpage()
    try:
        return str(text.get_text_range(0, min(text.count_chars(), LONGEST_PAGE)))
    finally:
        text.close()
        page.close()
