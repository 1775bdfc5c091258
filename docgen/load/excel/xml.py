"""The parts of a workbook as XML at arm's length: the one door to lxml here.

No entities, no DTD, no network, no huge trees; sheets are streamed.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml import etree

_SAFE: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}


class Malformed(Exception):
    """Bytes that are no XML, or XML that carries a DTD."""


def parsed(data: bytes) -> etree._Element:
    """The root element."""
    from lxml import etree

    try:
        return etree.fromstring(_without_dtd(data), etree.XMLParser(**_SAFE))
    except (etree.XMLSyntaxError, ValueError) as fault:
        raise Malformed(str(fault)) from None


def streamed(
    data: bytes, *tags: str, events: tuple[str, ...] = ("start", "end")
) -> Iterator[tuple[str, Any]]:
    """The events of the elements of those names, as the bytes are read; of all where none is."""
    from lxml import etree

    names = [f"{{*}}{tag}" for tag in tags] or None
    try:
        stream = BytesIO(_without_dtd(data))
        yield from etree.iterparse(stream, events=events, tag=names, **_SAFE)
    except (etree.XMLSyntaxError, ValueError) as fault:
        raise Malformed(str(fault)) from None


def _without_dtd(data: bytes) -> bytes:
    """The bytes; Malformed where a DTD stands before the root, which no program writes."""
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in data[:4]
    if wide or b"<!DOCTYPE" in data[:100_000] or b"<!ENTITY" in data[:100_000]:
        raise Malformed("DTD")
    return data


def local(element: Any) -> str:
    """The local name; "" for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def number(text: str | None, default: int = 0) -> int:
    """A count as files write it; anything else is the default."""
    return int(text) if text and text.isdecimal() and len(text) < 9 else default
