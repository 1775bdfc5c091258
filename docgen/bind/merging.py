"""PDFs on the disk → one PDF of all their pages, whose data are read only when it is written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pikepdf import Job, Pdf
from pikepdf.exceptions import PdfError

from docgen.problem import Stop

KEPT = ("/Type", "/Pages")


def merged(paths: Sequence[Path], pages: int) -> Pdf:
    """The pages of files in order, nothing else of them; Stop where they are not so many.

    Appending pages to a Pdf would read all their data at once; this way five hundred scans take
    no more memory than five.
    """
    if not paths:
        from pikepdf import new

        return new()
    wanted = [{"file": str(path), "range": "1-z"} for path in paths]
    try:
        job = Job({"empty": "", "pages": wanted, "noWarn": "", "outputFile": "-"})
        pdf: Pdf = job.create_pdf()  # type: ignore[no-untyped-call]
    except (PdfError, RuntimeError):
        raise _changed() from None
    for key in pdf.Root.keys():  # noqa: SIM118  a pikepdf Dictionary iterates over its keys only so
        if key not in KEPT:
            del pdf.Root[key]
    if len(pdf.pages) != pages:
        raise _changed()
    return pdf


def _changed() -> Stop:
    return Stop("扫描件在装订的时候变了", "等别的程序写完，再装订一次")
