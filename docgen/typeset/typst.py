"""The door to Typst: scan fonts, compile our one fixed program over a model handed over as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import typst

from docgen.scratch import scratch

PROGRAM = (files("docgen.typeset") / "document.typ").read_bytes()
ARCHIVAL: Final = "a-2a"  # ISO 19005-2, level A: tagged, with a language, text as Unicode
LABELS = (files("docgen.typeset") / "labels.typ").read_bytes()


class EngineFailed(Exception):
    """Typst refused the model; the text is its own diagnosis."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """The PDF and what the program reports: labels of the pages of bookmarks and headings."""

    pdf: bytes
    pages: int
    marks: Sequence[str]
    headings: Sequence[tuple[str, int]]  # label and sheet


def scan(
    folders: Sequence[Path], *, system: bool
) -> tuple[object, list[tuple[str, int, bool, str, int]]]:
    """Typst's font collection and its faces: family, weight, italic, path, index in the file."""
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
    return fonts, sorted(faces, key=lambda face: (face[0], face[1], face[3], face[4]))


def draw(
    model: Mapping[str, Any],
    pictures: Iterable[tuple[str, bytes]],
    fonts: object,
    timestamp: datetime,
    program: bytes = PROGRAM,
    archival: bool = False,
) -> Drawn:
    """Compile the model in a private folder that holds nothing else. Raises EngineFailed.

    `archival`: as PDF/A, which Typst refuses to write where something stands against it.
    """
    with scratch() as root:
        source = root / "document.typ"
        source.write_bytes(program)
        text = json.dumps(model, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        (root / "model.json").write_text(text, encoding="utf-8")
        for name, data in pictures:
            (root / name).write_bytes(data)
        compiler = typst.Compiler(str(source), root=str(root), font_paths=fonts)  # type: ignore[arg-type]
        try:
            standards: list[typst.PDFStandard] = [ARCHIVAL] if archival else []
            pdf = compiler.compile(format="pdf", timestamp=timestamp, pdf_standards=standards)
            report = json.loads(compiler.query("<report>", field="value", one=True))
        except typst.TypstError as problem:
            raise EngineFailed(problem.message) from problem
        except BaseException as problem:  # a panic of the engine is no Exception
            if type(problem).__name__ != "PanicException":
                raise
            raise EngineFailed(str(problem)) from problem
    assert isinstance(pdf, bytes)
    return Drawn(pdf, report["pages"], report["marks"], report["headings"])
