"""Tags in a document's properties (title, subject, author …) → a source as of any other part."""

from __future__ import annotations

import re

from docgen.fill.environment import FillEnvironment
from docgen.fill.slots import Source, number_tags
from docgen.fill.xml import Malformed, as_text, escape, parse

DC = "{http://purl.org/dc/elements/1.1/}"
# in the order in which docxtpl visits them: it gives an empty element to each that is not there
PROPERTIES = ("creator", "description", "identifier", "language", "subject", "title")
CP = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
# where they are there; docxtpl leaves their tags as typed
OTHERS = ("category", "contentStatus", "keywords", "lastModifiedBy", "version")
_PLACE = re.compile("\ue000(\\d+)\ue001")


def completed(core: bytes) -> tuple[str, tuple[str, ...]]:
    """The part with a place for each property, and their texts; "" where it is no XML."""
    try:
        root = parse(core)
    except Malformed:
        return "", ()
    texts: list[str] = []
    for name in (*(DC + name for name in PROPERTIES), *(CP + name for name in OTHERS)):
        node = root.find(name)
        if node is None and name.startswith(CP):
            continue
        if node is None:
            node = root.makeelement(name)
            root.append(node)
        node.text, text = f"\ue000{len(texts)}\ue001", node.text or ""
        texts.append(text)
    return as_text(root), tuple(texts)


def put_back(xml: str, texts: tuple[str, ...]) -> bytes:
    """The part as it is where no property has a tag."""
    return _PLACE.sub(lambda match: escape(texts[int(match.group(1))]), xml).encode()


def source_of(xml: str, texts: tuple[str, ...], environment: FillEnvironment) -> Source:
    """The part's source: a property's text is escaped, the inside of its tags is not."""

    def text(match: re.Match[str]) -> str:
        tokens = environment.lexer.tokeniter(texts[int(match.group(1))], None)
        return "".join(escape(word) if kind == "data" else word for _, kind, word in tokens)

    source = number_tags(environment, _PLACE.sub(text, xml))
    for slot in source.slots:
        slot.level = "attribute"  # plain text, no breaks
    return source
