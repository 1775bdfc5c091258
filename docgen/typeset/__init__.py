"""Stage `typeset`: filled .docx bytes → neutral layout model → PDF bytes.

    docx ── read/ ──► model.Document ── compose/ ──► model.json ── typst.py + document.typ ──► PDF

`read/` resolves every inheritance, `compose/` chooses fonts and breaks lines, the fixed program
draws. `workbook` makes Excel sheets of the same file's tables, `agreeing` holds a PDF against the
file it was made of. Nothing is dropped in silence: what
cannot be shown as the file asks is a Problem.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = [
    "Face",
    "Fonts",
    "Heading",
    "Plain",
    "Rules",
    "StandIn",
    "Typeset",
    "Unreadable",
    "agreement",
    "convert_with_libreoffice",
    "draw_labels",
    "find_fonts",
    "outline",
    "read_plain",
    "tabulate",
    "typeset",
    "words_by_spot",
]

if TYPE_CHECKING:
    from docgen.typeset.agreeing import agreement
    from docgen.typeset.failure import Unreadable
    from docgen.typeset.fonts import Face, Fonts, StandIn, find_fonts
    from docgen.typeset.headings import Heading, outline
    from docgen.typeset.labels import draw_labels
    from docgen.typeset.plaintext import Plain, read_plain
    from docgen.typeset.printing import Typeset, typeset
    from docgen.typeset.rules import Rules
    from docgen.typeset.soffice import convert_with_libreoffice
    from docgen.typeset.spots import words_by_spot
    from docgen.typeset.workbook import tabulate
else:
    from docgen.lazy import on_demand

    __getattr__ = on_demand(
        __name__,
        {
            "agreeing": "agreement",
            "failure": "Unreadable",
            "fonts": "Face Fonts StandIn find_fonts",
            "headings": "Heading outline",
            "labels": "draw_labels",
            "plaintext": "Plain read_plain",
            "printing": "Typeset typeset",
            "rules": "Rules",
            "soffice": "convert_with_libreoffice",
            "spots": "words_by_spot",
            "workbook": "tabulate",
        },
    )
