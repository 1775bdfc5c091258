"""The door to Typst: scan fonts, compile our one fixed program over a model handed over as JSON."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import typst

from docgen.scratch import scratch

SOURCE = "document.typ"
PROGRAM = (files("docgen.typeset") / SOURCE).read_bytes()
ARCHIVAL: Final = "a-2a"  # ISO 19005-2, level A: tagged, with a language, text as Unicode
LABELS = (files("docgen.typeset") / "labels.typ").read_bytes()
REMEMBERED = 500_000  # bytes of models; Typst holds some 170 times as much in memory
AGES = 11  # compilations after which Typst forgets what none of them used


class EngineFailed(Exception):
    """Typst refused the model; the text is its own diagnosis."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """The PDF and what the program reports: labels of the pages of bookmarks and headings."""

    pdf: bytes
    pages: int
    marks: Sequence[str]
    headings: Sequence[tuple[str, int]]  # label and sheet


class Compilers:
    """Compilers with the same fonts, kept: a new one parses the program and hashes Typst's library.

    As many as compile at once; which of them a document gets makes no difference.
    """

    def __init__(self, fonts: typst.Fonts) -> None:
        self._fonts = fonts
        self._idle: deque[typst.Compiler] = deque()
        self._remembered = 0

    @contextmanager
    def one(self, root: Path, size: int) -> Iterator[typst.Compiler]:
        """A compiler for the program in a folder, with a model of `size` bytes.

        Its calls must name the root: that makes it forget the files of the last one. One that
        something went wrong with is not used again.
        """
        self._forget(root, size)
        try:
            compiler = self._idle.pop()
        except IndexError:
            compiler = typst.Compiler(root / SOURCE, root=root, font_paths=self._fonts)
        yield compiler
        self._idle.append(compiler)

    def _forget(self, root: Path, size: int) -> None:
        """Bounds what Typst remembers of the last documents: for ten long ones, a gigabyte."""
        self._remembered += size
        if self._remembered > REMEMBERED and self._remembered > size:
            self._remembered = size
            empty = typst.Compiler(root / SOURCE, root=root, font_paths=self._fonts)
            for _ in range(AGES):
                empty.compile(input=b"", format="svg")


def scan(
    folders: Sequence[Path], *, system: bool
) -> tuple[Compilers, list[tuple[str, int, bool, str, int]]]:
    """Compilers for the fonts found, and their faces: family, weight, italic, path, index."""
    fonts = typst.Fonts(
        include_system_fonts=system,
        include_embedded_fonts=False,
        font_paths=[str(folder) for folder in folders],
    )
    faces = [
        (face.family, face.weight, face.style != "normal", face.path, face.index)
        for face in fonts.fonts()
        if face.path is not None
    ]
    return Compilers(fonts), sorted(faces, key=lambda face: (face[0], face[1], face[3], face[4]))


def draw(
    model: Mapping[str, Any],
    pictures: Iterable[tuple[str, bytes]],
    compilers: Compilers,
    timestamp: datetime,
    program: bytes = PROGRAM,
    archival: bool = False,
) -> Drawn:
    """Compile the model in a private folder that holds nothing else. Raises EngineFailed.

    `archival`: as PDF/A, which Typst refuses to write where something stands against it.
    """
    text = json.dumps(model, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
    standards: list[typst.PDFStandard] = [ARCHIVAL] if archival else []
    try:
        with scratch() as root:
            for name, data in ((SOURCE, program), ("model.json", text), *pictures):
                (root / name).write_bytes(data)
            with compilers.one(root, len(text)) as compiler:
                pdf = compiler.compile(
                    format="pdf", timestamp=timestamp, pdf_standards=standards, root=root
                )
                told = compiler.query("<report>", field="value", one=True, root=root)
    except typst.TypstError as problem:
        raise EngineFailed(problem.message) from problem
    except BaseException as problem:  # a panic of the engine is no Exception
        if type(problem).__name__ != "PanicException":
            raise
        raise EngineFailed(str(problem)) from problem
    assert isinstance(pdf, bytes)
    report = json.loads(told)
    return Drawn(pdf, report["pages"], report["marks"], report["headings"])
