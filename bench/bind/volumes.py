"""The scans, the volume that docgen makes of them, and what a bare merge makes."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from docgen.bind import Scan, Title, labels_of, open_scans, write_volume
from docgen.problem import Where
from docgen.typeset import Fonts, draw_labels, find_fonts

ROOT = Path(__file__).resolve().parents[2]
A_FILE = 10  # pages
GREY, COLOUR = 264_000, 1_000_000  # an A4 page as a scanner's JPEG: 200 dots an inch; colour, 300


def make_scans(folder: Path, pages: int, size: int = GREY) -> None:
    """Files of ten pages; noise stands for the pictures, which neither side decodes."""
    noise = Random(7)
    for number in range(pages // A_FILE):
        pdf = pikepdf.new()
        for _ in range(A_FILE):
            image = Stream(pdf, noise.randbytes(size))
            image.stream_dict = Dictionary(
                Type=Name.XObject, Subtype=Name.Image, Width=1654, Height=2339,
                ColorSpace=Name.DeviceGray, BitsPerComponent=8, Filter=Name.DCTDecode,
            )  # fmt: skip
            page = Dictionary(
                Type=Name.Page,
                MediaBox=Array([0, 0, 595, 842]),
                Resources=Dictionary(XObject=Dictionary(I=image)),
                Contents=Stream(pdf, b"q 595 0 0 842 0 0 cm /I Do Q"),
            )
            pdf.pages.append(pikepdf.Page(page))
        pdf.save(folder / f"{number:03d}.pdf", static_id=True)


@cache
def fonts() -> Fonts:
    return find_fonts((ROOT / "fonts", ROOT / ".local" / "fonts"))


def bound(folder: Path, target: Path) -> float:
    """Seconds for docgen: examined, put on A4, stamped, bookmarked, written."""
    files = sorted(folder.glob("*.pdf"))
    target.unlink(missing_ok=True)
    known = fonts()
    start = perf_counter()
    scans = [
        Scan(f"证{number:02d}", f"第{number}份合同", path, "pdf", Where(path.name))
        for number, path in enumerate(files, 1)
    ]
    with TemporaryDirectory() as spare:
        opened = open_scans(scans, Path(spare))
        assert len(opened.pieces) == len(files) and not opened.problems
        labels = draw_labels(labels_of(opened.pieces), known).value
        assert labels is not None
        write_volume(opened.pieces, labels, target, Title("证明材料"))
        seconds = perf_counter() - start
        _tell()
    return seconds


def merged(folder: Path, target: Path, *, deterministic: bool = False) -> float:
    """Seconds for a bare merge: opened, appended, written."""
    files = sorted(folder.glob("*.pdf"))
    target.unlink(missing_ok=True)
    start = perf_counter()
    whole = pikepdf.new()
    sources = [pikepdf.open(path) for path in files]
    for source in sources:
        whole.pages.extend(source.pages)
    whole.save(target, deterministic_id=deterministic)
    seconds = perf_counter() - start
    _tell()
    return seconds


def _tell() -> None:
    """In a process of its own: the memory that holds no file's pages, while all is still open."""
    if __name__ == "__main__":
        status = Path("/proc/self/status").read_text("ascii")
        print(next(line.split()[1] for line in status.splitlines() if line.startswith("RssAnon")))


if __name__ == "__main__":
    what, given, wanted = sys.argv[1:]
    (bound if what == "bound" else merged)(Path(given), Path(wanted))
