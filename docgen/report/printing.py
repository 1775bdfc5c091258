"""A page of ours → PDF bytes, by WeasyPrint; nothing is fetched, from the net or from the disk."""

from __future__ import annotations

import ctypes
import ctypes.util
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from docgen.problem import Stop

CURE = "运行 make fonts 补装系统库；网页报告（--html）不受影响，浏览器也能把它印成 PDF"


def print_page(html: str, folders: tuple[Path, ...] = ()) -> bytes:
    """The PDF of an HTML page; Stop where WeasyPrint or its libraries are not there.

    `folders` may hold a .local/ with the libraries and fonts that the set-up fetched.
    """
    for folder in folders:
        preload(folder / ".local")
    try:
        from PIL import ImageFile

        with _without_search():
            from weasyprint import HTML
            from weasyprint.urls import URLFetcher
    except (ImportError, OSError) as absent:
        raise Stop("缺 pango 等系统库，出不了 PDF 报告", CURE) from absent
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # set by WeasyPrint for all: half a scan is no scan

    class Closed(URLFetcher):  # type: ignore[misc]
        """Fetches what an address itself holds (data:), and nothing else."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            if not url.startswith("data:"):
                raise ValueError("我们的网页不取外部资源")
            return super().fetch(url, headers)

    document = HTML(string=html, url_fetcher=Closed())
    return bytes(document.write_pdf(pdf_identifier=b"docgen", pdf_tags=True))


@contextmanager
def _without_search() -> Iterator[None]:
    """Libraries are opened by their full names alone: to search for one, ctypes runs ldconfig, gcc
    and ld, which takes 0.3 s."""
    search = ctypes.util.find_library
    if sys.platform.startswith("linux"):
        ctypes.util.find_library = lambda name: None
    try:
        yield
    finally:
        ctypes.util.find_library = search


def preload(local: Path) -> None:
    """Load each library of `local`/libs by its path: a later dlopen by name is given that one.

    LD_LIBRARY_PATH would have to be set before Python starts. What one library needs of another
    decides the order; it is found by trying, and what cannot be loaded is left for the import
    of WeasyPrint to name.
    """
    settings = local / "fonts" / "fonts.conf"
    if settings.is_file():
        os.environ.setdefault("FONTCONFIG_FILE", str(settings))
    waiting = sorted(file for file in (local / "libs").glob("*.so.*") if not file.is_symlink())
    before = len(waiting) + 1
    while waiting and len(waiting) < before:
        before = len(waiting)
        waiting = [file for file in waiting if not _load(file)]


def _load(file: Path) -> bool:
    try:
        ctypes.CDLL(str(file))
    except OSError:
        return False
    return True
