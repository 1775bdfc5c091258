"""The one door to docxtpl, the reference implementation of the template language.

Taken from it: the patching of a part's XML into Jinja source, line breaks and tabs in values
(`resolve_listing`) and the column count of tables whose cells are looped over (`fix_tables`).
Opening, rendering, escaping and writing are ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from itertools import count
from typing import TYPE_CHECKING, AnyStr

from docgen.fill.xml import as_text

if TYPE_CHECKING:
    from docxtpl import DocxTemplate

_DELIMITER = re.compile(r"\{(?:<[^>]*>)*[{%#]|\{_[{%]|[}%]_\}")
_OPENER = re.compile(r"\{(?:<[^>]*>)*([{%#])")
_CLOSER = re.compile(r"([}%#])(?:<[^>]*>)*\}")
_MATES = {"{": "}", "%": "%", "#": "#"}
_COLUMNS_VARY = re.compile(r"\{[{%]\s*tc\s|\{%\s*(?:hm|colspan)\b")
_DRAWING = re.compile(r'(<wp:docPr\b[^>]*?\bid=")[^"]*(")')
_DRAWING_BYTES = re.compile(_DRAWING.pattern.encode())
CELL_ORDER = (
    "cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders", "shd", "noWrap", "tcMar",
    "textDirection", "tcFitText", "vAlign", "hideMark", "headers", "cellIns", "cellDel",
    "cellMerge", "tcPrChange",
)  # fmt: skip
_CELL_PROPERTIES = re.compile("<w:tcPr>(.*?)</w:tcPr>", re.DOTALL)
_VALUE = r'"(?:\{\{.*?\}\}|\{%.*?%\}|[^"{]|\{(?![{%]))*"'
_MEMBER = re.compile(
    rf"\s*<w:(\w+)(?:\s+[\w:]+={_VALUE})*\s*(?:/>|>.*?</w:\1>)\s*", re.DOTALL
)  # one of a cell's properties
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
    """A part's XML as Jinja source: runs joined within tags, {%tr %} and its kin unwrapped.

    docxtpl puts what {% colspan %}, {% cellbg %} and {% vm %} say first or last among a cell's
    properties; Word wants them in the order of the schema.
    """
    source: str = _docxtpl().patch_xml(xml)
    return _CELL_PROPERTIES.sub(_in_order, source)


def _in_order(properties: re.Match[str]) -> str:
    """The properties of a cell in order; as they are where none is ours, or nobody can say."""
    inside = properties[1]
    if "{{" not in inside and "{%" not in inside:
        return properties[0]
    members = list(_MEMBER.finditer(inside))
    if "".join(member[0] for member in members) != inside:
        return properties[0]
    if any(member[1] not in CELL_ORDER for member in members):
        return properties[0]
    members.sort(key=lambda member: CELL_ORDER.index(member[1]))
    return f"<w:tcPr>{''.join(member[0] for member in members)}</w:tcPr>"


def columns_vary(source: str, xml: str) -> bool:
    """Whether a rendering can change how many columns a table has."""
    return bool(_COLUMNS_VARY.search(xml) or 'gridSpan w:val="{{' in source)


def drawing_numbers() -> Iterator[int]:
    """The ids of drawings as docxtpl gives them."""
    return count(1001)


def number_drawings(xml: AnyStr, numbers: Iterator[int]) -> AnyStr:
    """A part, or a piece of one, with the next numbers as the ids of its drawings."""
    if isinstance(xml, bytes):
        return _DRAWING_BYTES.sub(
            lambda found: b"%b%d%b" % (found[1], next(numbers), found[2]), xml
        )
    return _DRAWING.sub(lambda found: f"{found[1]}{next(numbers)}{found[2]}", xml)


def resolve_listing(xml: str) -> str:
    """Line breaks, tabs, paragraph and page breaks in values, as WordprocessingML."""
    if not _CONTROLS.search(xml):
        return xml
    resolved: str = _docxtpl().resolve_listing(xml)
    return resolved


def fix_tables(xml: str) -> str:
    """w:tblGrid made to agree with the cells of the rows."""
    return as_text(_docxtpl().fix_tables(xml))
