"""Tags in a document's properties (title, subject, author …) → a source as of any other part."""

from __future__ import annotations

import re

from docgen.fill.environment import FillEnvironment
from docgen.fill.slots import Source, number_tags
from docgen.fill.xml import Malformed, as_text, escape, parse

DC = "{http://purl.org/dc/elements/1.1/}"
# in the order in which docxtpl visits them: it gives an empty element to each that is not there
PROPERTIES = ("creator", "description", "identifier", "language", "subject", "title")
_PLACE = re.compile("\ue000(\\d)\ue001")


def completed(core: bytes) -> tuple[str, tuple[str, ...]]:
    """The part with a place for each property, and their texts; "" where it is no XML."""
    try:
        root = parse(core)
    except Malformed:
        return "", ()
    texts = []
    for number, name in enumerate(PROPERTIES):
        node = root.find(DC + name)
        if node is None:
            node = root.makeelement(DC + name)
            root.append(node)
        texts.append(node.text or "")
        node.text = f"\ue000{number}\ue001"
    return as_text(root), tuple(texts)


def without_tags(xml: str, texts: tuple[str, ...]) -> bytes:
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
