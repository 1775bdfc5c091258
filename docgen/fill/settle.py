"""A part's rendered bytes → its final bytes: only what its traits or its values ask for is done."""

from __future__ import annotations

import re
from xml.parsers import expat

from docgen.fill import engine
from docgen.fill.holes import highlight_holes, strip_marks
from docgen.fill.mend import mend
from docgen.fill.session import PartSession
from docgen.fill.template import DECLARATION, Part
from docgen.fill.xml import Malformed, parse, serialise
from docgen.language import Runaway

MOST_NODES = 4_000_000  # elements and attributes of a part in memory, some 120 bytes each
_HOLDER_EMPTY = re.compile(rb"<w:(?:hdr|ftr|footnote|endnote)(?: [^>]*)?(?:/>|></w:)")
_LEFT_EMPTY = (
    b"</w:tcPr></w:tc>", b"<w:tcPr/></w:tc>", b"<w:tc></w:tc>", b"<w:tc/>",
    b"</w:tbl></w:tc>", b"</w:sdt></w:tc>",
    b"</w:trPr></w:tr>", b"</w:tblPrEx></w:tr>", b"<w:tr></w:tr>", b"<w:tr/>",
    b"</w:tblGrid></w:tbl>", b"</w:tblPr></w:tbl>", b"<w:tblGrid/></w:tbl>",
    b"<w:txbxContent></w:txbxContent>",
)  # fmt: skip


def settle(part: Part, xml: bytes, session: PartSession) -> bytes:
    """The part as it is written. Raises Malformed where it came out as no whole XML."""
    traits = part.traits
    if traits.breaks:
        xml = engine.resolve_listing(xml.decode()).encode()
    if session.unsure or not traits.proven:
        _check(xml)
    if part.columns_vary or session.marked or _lacks(part, xml, session):
        return _through_tree(part, xml)
    drawn = session.markup or session.album.additions.drawings
    if part.is_main and (traits.repeats or drawn):
        return engine.number_drawings(xml, engine.drawing_numbers())
    return xml


def _lacks(part: Part, xml: bytes, session: PartSession) -> bool:
    """Whether a row, cell or box came out empty, or may have where blanks hide it."""
    traits = part.traits
    if traits.repeats and b"<w:bookmarkStart" in xml:
        return True
    if not (traits.mends or session.markup):
        return False
    if not part.is_main and _HOLDER_EMPTY.search(xml):
        return True
    return traits.spaced or any(sign in xml for sign in _LEFT_EMPTY)


def _check(xml: bytes) -> None:
    try:
        expat.ParserCreate(namespace_separator=" ").Parse(xml, True)
    except expat.ExpatError as fault:
        raise Malformed(str(fault)) from None


def _through_tree(part: Part, xml: bytes) -> bytes:
    if xml.count(b"<") + 2 * xml.count(b'="') > MOST_NODES:
        raise Runaway(f"内容超过 {MOST_NODES} 个元素")
    if part.columns_vary:
        xml = engine.fix_tables(xml.decode().removeprefix(DECLARATION)).encode()
    root = parse(xml)
    highlight_holes(root)
    mend(root)
    return strip_marks(serialise(root).decode()).encode()
