"""WordprocessingML at arm's length: names, attributes and numbers of one element."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from lxml import etree

    Element: TypeAlias = etree._Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
VML = "{urn:schemas-microsoft-com:vml}"

OFF = frozenset(("0", "false", "off", "none"))
EMU = 12700.0  # English Metric Units in a point


def name(element: Element) -> str:
    """The local name, empty for what is no element (a comment, an entity)."""
    return _local(element.tag)


@lru_cache(maxsize=4096)
def _local(tag: object) -> str:
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(element: Iterable[Element] | None) -> Iterator[Element]:
    """Child elements, with w:sdt, w:customXml and w:smartTag wrappers looked through."""
    if element is None:
        return
    for child in element:
        kind = name(child)
        if kind == "sdt":
            yield from children(child.find(W + "sdtContent"))
        elif kind in ("customXml", "smartTag") and child.tag.startswith(W):
            yield from children(child)
        elif kind:
            yield child


def value(element: Element | None, child: str, attribute: str = "val") -> str | None:
    """The attribute of a named child (w:child/@w:attribute), None where either is missing."""
    found = element.find(W + child) if element is not None else None
    return None if found is None else found.get(W + attribute)


def switch(element: Element | None, child: str) -> bool | None:
    """An on/off child such as w:tblHeader: None where it is missing."""
    found = element.find(W + child) if element is not None else None
    return None if found is None else found.get(W + "val", "1") not in OFF


def number(text: str | None, default: float = 0.0) -> float:
    """A number as files write it ("240", "12.0"); anything else is the default."""
    if not text:
        return default
    try:
        result = float(text)
    except ValueError:
        return default
    return result if -1e9 < result < 1e9 else default


def twips(text: str | None, default: float = 0.0) -> float:
    """Twentieths of a point, in pt (the default is in pt, too)."""
    return number(text, default * 20) / 20
