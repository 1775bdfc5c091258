"""A PDF → the text of each page, where it has any: a scan without a text layer has none."""

from __future__ import annotations

from pathlib import Path

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
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return ()
    try:
        return tuple(_page(document, number) for number in range(min(len(document), MOST_PAGES)))
    except pypdfium2.PdfiumError:
        return ()
    finally:
        document.close()


def _page(document: object, number: int) -> str:
    page = document[number]  # type: ignore[index]
    text = page.get_textpage()
    try:
        return str(text.get_text_range(0, min(text.count_chars(), LONGEST_PAGE)))
    finally:
        text.close()
        page.close()
