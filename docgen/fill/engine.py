"""The one door to docxtpl, the reference implementation of the template language.

Taken from it: the patching of a part's XML into Jinja source, line breaks and tabs in values
(`resolve_listing`) and the column count of tables whose cells are looped over (`fix_tables`).
Opening, rendering, escaping and writing are ours.
"""

from __future__ import annotations

import re
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING

from docgen.fill.xml import as_text

if TYPE_CHECKING:
    from docxtpl import DocxTemplate

_DELIMITER = re.compile(r"\{(?:<[^>]*>)*[{%#]|\{_[{%]|[}%]_\}")
_OPENER = re.compile(r"\{(?:<[^>]*>)*([{%#])")
_CLOSER = re.compile(r"([}%#])(?:<[^>]*>)*\}")
_MATES = {"{": "}", "%": "%", "#": "#"}
_COLUMNS_VARY = re.compile(r"\{[{%]\s*tc\s|\{%\s*(?:hm|colspan)\b")
DRAWING = re.compile(r'(<wp:docPr\b[^>]*?\bid=")[^"]*(")')
_CONTROLS = re.compile("[\n\t\a\f]")


@cache
def _docxtpl() -> DocxTemplate:
    from docxtpl import DocxTemplate

    return DocxTemplate(BytesIO())


def has_tags(xml: str) -> bool:
    """Whether a part's XML may hold a tag, split over runs or not."""
    return bool(_DELIMITER.search(xml))


def halves(xml: str) -> int:
    """How many tags of a part cannot have an end, or a beginning: `patch` is slow with many."""
    openers = [(match.start(), _MATES[match[1]]) for match in _OPENER.finditer(xml)]
    last: dict[str, int] = {}
    closers = 0
    for match in _CLOSER.finditer(xml):
        last[match[1]] = match.start()
        closers += 1
    unclosed = sum(start > last.get(mate, -1) for start, mate in openers)
    return max(unclosed, closers - len(openers))


def patch(xml: str) -> str:
    """A part's XML as Jinja source: runs joined within tags, {%tr %} and its kin unwrapped."""
    source: str = _docxtpl().patch_xml(xml)
    return source


def columns_vary(source: str, xml: str) -> bool:
    """Whether a rendering can change how many columns a table has."""
    return bool(_COLUMNS_VARY.search(xml) or 'gridSpan w:val="{{' in source)


def resolve_listing(xml: str) -> str:
    """Line breaks, tabs, paragraph and page breaks in values, as WordprocessingML."""
    if not _CONTROLS.search(xml):
        return xml
    resolved: str = _docxtpl().resolve_listing(xml)
    return resolved


def fix_tables(xml: str) -> str:
    """w:tblGrid made to agree with the cells of the rows."""
    return as_text(_docxtpl().fix_tables(xml))
