"""A Word template and values → the bytes of a Word document.

compile_template(bytes) → Template        once a template
template.render(values) → bytes           once a record: what docxtpl would make of any context
freeze(template)        → bytes           and thaw: a compiled template kept between runs
fill(template, values)  → Filled          once a record: docx, holes, printed values, Problems
fill_marked(template, values) → Marked    for tracing: all that is printed, with what it is
read_paragraphs(docx) → Passages          a finished document, each paragraph with its place
write_contents(docx, entries)             the contents with the pages that typesetting found
cite(docx, pages, address)                citations with their page in the volume of evidence
lint_template(bytes, facts)               what is wrong with a template, before any data
annotate(bytes, problems)                 a copy with the findings as Word comments
blank_template(document, notice)          a first template in house style, from a notice pack
entry_book(notice)                        an Excel workbook to fill in, a row an applicant
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = [
    "Filled",
    "Headings",
    "Hole",
    "Known",
    "Marked",
    "Passage",
    "Print",
    "Provenance",
    "Stamp",
    "Template",
    "Unfillable",
    "annotate",
    "betrayals",
    "blank_template",
    "cite",
    "compile_template",
    "entry_book",
    "fill",
    "fill_marked",
    "freeze",
    "has_contents",
    "known_facts",
    "lint_template",
    "prints_of",
    "read_paragraphs",
    "read_provenance",
    "template_headings",
    "template_names",
    "thaw",
    "unused_fields",
    "versions",
    "write_contents",
]

if TYPE_CHECKING:
    from docgen.fill.blank import blank_template
    from docgen.fill.blind import betrayals
    from docgen.fill.citing import cite
    from docgen.fill.compiling import compile_template
    from docgen.fill.contents import has_contents, write_contents
    from docgen.fill.entry import entry_book
    from docgen.fill.filling import Filled, Unfillable, fill
    from docgen.fill.frozen import freeze, thaw, versions
    from docgen.fill.holes import Hole
    from docgen.fill.lint import (
        Headings,
        Known,
        known_facts,
        lint_template,
        template_headings,
        template_names,
        unused_fields,
    )
    from docgen.fill.lint.annotate import annotate
    from docgen.fill.marked import Marked, Print, fill_marked, prints_of
    from docgen.fill.paragraphs import Passage, read_paragraphs
    from docgen.fill.provenance import Provenance, Stamp, read_provenance
    from docgen.fill.template import Template
else:
    from docgen.lazy import on_demand

    __getattr__ = on_demand(
        __name__,
        {
            "blank": "blank_template",
            "blind": "betrayals",
            "citing": "cite",
            "compiling": "compile_template",
            "contents": "has_contents write_contents",
            "entry": "entry_book",
            "filling": "Filled Unfillable fill",
            "frozen": "freeze thaw versions",
            "holes": "Hole",
            "lint": "Headings Known known_facts lint_template template_headings template_names"
            " unused_fields",
            "lint.annotate": "annotate",
            "marked": "Marked Print fill_marked prints_of",
            "paragraphs": "Passage read_paragraphs",
            "provenance": "Provenance Stamp read_provenance",
            "template": "Template",
        },
    )
