"""A Word template and values → the bytes of a Word document.

compile_template(bytes) → Template        once a template
template.render(values) → bytes           once a record: what docxtpl would make of any context
freeze(template)        → bytes           and thaw: a compiled template kept between runs
fill(template, values)  → Filled          once a record: docx, holes, printed values, Problems
write_contents(docx, entries)             the contents with the pages that typesetting found
lint_template(bytes, names)               what is wrong with a template, before any data
blank_template(document, notice)          a first template in house style, from a notice pack
"""

from docgen.fill.blank import blank_template
from docgen.fill.compiling import compile_template
from docgen.fill.contents import has_contents, write_contents
from docgen.fill.filling import Filled, Unfillable, fill
from docgen.fill.frozen import freeze, thaw, versions
from docgen.fill.holes import Hole
from docgen.fill.lint import Headings, lint_template, template_headings, template_names
from docgen.fill.provenance import Provenance, Stamp, read_provenance
from docgen.fill.template import Template

__all__ = [
    "Filled",
    "Headings",
    "Hole",
    "Provenance",
    "Stamp",
    "Template",
    "Unfillable",
    "blank_template",
    "compile_template",
    "fill",
    "freeze",
    "has_contents",
    "lint_template",
    "read_provenance",
    "template_headings",
    "template_names",
    "thaw",
    "versions",
    "write_contents",
]
