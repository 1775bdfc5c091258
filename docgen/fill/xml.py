"""WordprocessingML at arm's length: names, safe parsing, serialising.

lxml is loaded when the first part is parsed: filling a compiled template mostly needs none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from lxml import etree

    Element: TypeAlias = etree._Element
else:
    Element = object

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
}
W = "{" + NAMESPACES["w"] + "}"
R = "{" + NAMESPACES["r"] + "}"
WP = "{" + NAMESPACES["wp"] + "}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
DECLARATIONS = " ".join(f'xmlns:{key}="{uri}"' for key, uri in NAMESPACES.items())
OFF = frozenset(("0", "false", "off", "none"))


class Malformed(Exception):
    """Bytes that are no XML, or XML that carries a DTD."""


def parse(data: bytes | str, *, tidy: bool = False) -> Element:
    """The root element; no entities, no DTD, no network; `tidy` drops blanks between elements."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_blank_text=tidy,
    )
    try:
        root = etree.fromstring(data.encode() if isinstance(data, str) else data, parser)
    except (etree.XMLSyntaxError, ValueError) as fault:
        raise Malformed(str(fault)) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise Malformed("DTD")
    return root


def serialise(root: Element) -> bytes:
    """The part's bytes, with the declaration that Word writes."""
    from lxml import etree

    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def as_text(root: Element) -> str:
    """The XML as text without declaration, as docxtpl's patching expects it."""
    from lxml import etree

    return etree.tostring(root, encoding="unicode")


def fragment(xml: str) -> Element:
    """An element from text that uses the prefixes of NAMESPACES, without their declarations."""
    start = next(i for i, sign in enumerate(xml) if sign in " />")
    return parse(f"{xml[:start]} {DECLARATIONS}{xml[start:]}")


def local(element: Element) -> str:
    """The local name; "" for a comment or processing instruction."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def value(element: Element | None, child: str, attribute: str = "val") -> str | None:
    """The attribute of a named child (w:child/@w:attribute), None where either is missing."""
    found = element.find(W + child) if element is not None else None
    return None if found is None else found.get(W + attribute)


def text_in(element: Element) -> str:
    """The text of every w:t below, in order; text boxes of a paragraph included once."""
    return "".join(node.text or "" for node in element.iter(W + "t"))


def escape(text: str) -> str:
    """Text for an element or an attribute in double quotes."""
    plain = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return plain.replace('"', "&quot;")
