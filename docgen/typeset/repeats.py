"""A table's rows that differ in their words alone: read once, with their words beside them.

A ledger of ten thousand rows has ten thousand times the same borders, fonts and widths. Before the
document is read, each run of such rows becomes one row with a mark in the place of its words.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO

FEWEST = 16  # rows of one shape; fewer are read as they stand
CHUNK = 1 << 20
OPEN, CLOSE = "\ufdd0", "\ufdd1"  # noncharacters: no document prints them
MARK = re.compile(f"{OPEN}(\\d+)\\.(\\d+){CLOSE}")

_END = b"</w:tr>"
_START = re.compile(rb"<w:tr[ >]")
_WORDS = re.compile(rb"(<w:t(?: [^>]*)?>)([^<]*)(?=</w:t>)")
_SPANNING = re.compile(rb"<w:(?:vMerge|tblHeader|tbl|ins|del)\b")
_REFERENCE = re.compile(r"&(?:#(\d+)|#x([0-9a-fA-F]+)|(lt|gt|amp|quot|apos));")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}


@dataclass(slots=True)
class Repeats:
    """The words of the rows that were taken out, by run; each row is a list of its w:t."""

    runs: list[list[list[str]]] = field(default_factory=list)

    def rows(self, words: Sequence[str]) -> Iterator[list[str]]:
        """The cells of all rows that a row of marks stands for; of a plain row, itself."""
        found = next((mark for text in words for mark in MARK.finditer(text)), None)
        if found is None:
            yield list(words)
            return
        for texts in self.runs[int(found[1])]:
            yield [_filled(text, texts) for text in words]


def _filled(text: str, texts: Sequence[str]) -> str:
    return MARK.sub(lambda mark: texts[int(mark[2])], text).strip()


def collapsed(docx: bytes, main: str) -> tuple[bytes, Repeats]:
    """The same package with each run of rows of one shape as a single row of marks.

    `main` is the name of the main part. The bytes are `docx` itself where there is no such run.
    """
    repeats = Repeats()
    with zipfile.ZipFile(BytesIO(docx)) as package:
        with package.open(main) as stream:
            pieces = list(_pieces(iter(lambda: stream.read(CHUNK), b""), repeats))
        if not repeats.runs:
            return docx, repeats
        made = BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as smaller:
            for name in package.namelist():
                data = b"".join(pieces) if name == main else package.read(name)
                smaller.writestr(zipfile.ZipInfo(name), data)
    return made.getvalue(), repeats


def _pieces(chunks: Iterator[bytes], repeats: Repeats) -> Iterator[bytes]:
    """The part with runs replaced; what stands between rows as it is."""
    run: list[bytes] = []
    shape = b""
    for before, row in _rows(chunks):
        mine = b"" if _SPANNING.search(row) or OPEN.encode() in row else _WORDS.sub(rb"\1", row)
        if run and (before or mine != shape):
            yield from _told(run, repeats)
            run = []
        yield before
        if mine:
            run.append(row)
        else:
            yield row
        shape = mine
    yield from _told(run, repeats)


def _told(run: list[bytes], repeats: Repeats) -> Iterator[bytes]:
    """A run as one row of marks, or as it stands where it is short."""
    if len(run) < FEWEST:
        yield from run
        return
    number = len(repeats.runs)
    repeats.runs.append([[_text(found[2]) for found in _WORDS.finditer(row)] for row in run])
    count = iter(range(10**9))
    yield _WORDS.sub(lambda w: w[1] + f"{OPEN}{number}.{next(count)}{CLOSE}".encode(), run[0])


def _rows(chunks: Iterator[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """What stands before each w:tr, and the w:tr; a table within a row belongs to the outer row."""
    waiting = b""
    for chunk in (*chunks, None):
        waiting += chunk or b""
        start = 0
        while (end := _end_of_row(waiting, start)) > 0:
            opening = _START.search(waiting, start, end)
            assert opening is not None
            yield waiting[start : opening.start()], waiting[opening.start() : end]
            start = end
        waiting = waiting[start:]
    yield waiting, b""


def _end_of_row(data: bytes, start: int) -> int:
    """Where the first row after `start` ends, rows within it included; 0 where it does not yet."""
    depth, place = 0, start
    while (end := data.find(_END, place)) >= 0:
        depth += len(_START.findall(data, place, end)) - 1
        place = end + len(_END)
        if depth == 0:
            return place
    return 0


def _text(data: bytes) -> str:
    return _REFERENCE.sub(_character, data.decode())


def _character(found: re.Match[str]) -> str:
    if found[3]:
        return _NAMED[found[3]]
    return chr(int(found[1]) if found[1] else int(found[2], 16))
