"""Where a document came from: hashes and printed values in a custom XML part."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from docgen.fill.package import (
    KIND,
    Parts,
    Unreadable,
    declare,
    main_part,
    read_package,
    relate,
    related,
)
from docgen.fill.printed import escaped
from docgen.fill.xml import Malformed, escape, parse

NAMESPACE = "urn:docgen:provenance:1"
CORE = "docProps/core.xml"
CORE_KIND = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
PROPERTIES_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the pipeline knows of a document: its title, its date, the hashes of what it came from.

    `hashes` has the keys notice, template, data (others may be added); `dated` becomes the created
    and modified dates of the file, which without it has none.
    """

    title: str = ""
    dated: date | None = None
    hashes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a document made by us says of itself."""

    hashes: Mapping[str, str]
    used: Mapping[str, str]


def make_room(parts: Parts) -> str:
    """Gives a template's parts what every document made of it needs; the provenance part's name.

    Core properties without a person's name, and the provenance part, still empty: `stamped` writes
    both for each document.
    """
    number = next(n for n in range(1, 10_000) if f"customXml/item{n}.xml" not in parts)
    item, properties = f"customXml/item{number}.xml", f"customXml/itemProps{number}.xml"
    key = str(uuid.uuid5(uuid.NAMESPACE_URL, NAMESPACE)).upper()
    parts |= dict.fromkeys((CORE, item), b"")
    parts[properties] = (
        f'{HEAD}<ds:datastoreItem ds:itemID="{{{key}}}" xmlns:ds="http://schemas.openxmlformats.org/'
        f'officeDocument/2006/customXml"><ds:schemaRefs><ds:schemaRef ds:uri="{NAMESPACE}"/>'
        f"</ds:schemaRefs></ds:datastoreItem>"
    ).encode()
    declare(parts, CORE, CORE_TYPE)
    relate(parts, "", CORE_KIND, CORE)
    declare(parts, properties, PROPERTIES_TYPE)
    declare(parts, item, "application/xml")
    relate(parts, main_part(parts), KIND + "customXml", item)
    relate(parts, item, KIND + "customXmlProps", properties)
    return item


def stamped(item: str, stamp: Stamp, used: Mapping[str, str]) -> Parts:
    """The parts by which a document says what it is and where it comes from."""
    return {CORE: _core(stamp).encode(), item: _content(stamp, used).encode()}


def read_provenance(docx: bytes) -> Provenance | None:
    """What a document says of its making, None where it was not made by us or cannot be read."""
    try:
        parts = read_package(docx)
        for part in related(parts, "customXml"):
            root = parse(parts[part])
            if root.tag == f"{{{NAMESPACE}}}provenance":
                entries = root.iter(f"{{{NAMESPACE}}}input")
                values = root.iter(f"{{{NAMESPACE}}}value")
                return Provenance(
                    {node.get("kind", ""): node.get("sha256", "") for node in entries},
                    {node.get("path", ""): node.text or "" for node in values},
                )
    except (Unreadable, Malformed):
        return None
    return None


def _content(stamp: Stamp, used: Mapping[str, str]) -> str:
    inputs = "".join(
        f'<input kind="{escape(kind)}" sha256="{escape(digest)}"/>'
        for kind, digest in sorted(stamp.hashes.items())
    )
    # escaped in one go: what is printed holds neither of these two signs, it would be refused
    pairs = escaped("\x01".join([f"{path}\x02{text}" for path, text in used.items()]))
    inside = pairs.replace("\x01", '</value><value path="').replace("\x02", '">')
    values = f'<value path="{inside}</value>' if used else ""
    return (
        f'{HEAD}<provenance xmlns="{NAMESPACE}"><inputs>{inputs}</inputs>'
        f"<values>{values}</values></provenance>"
    )


def _core(stamp: Stamp) -> str:
    moment = f"{stamp.dated.isoformat()}T00:00:00Z" if stamp.dated else ""
    dates = "".join(
        f'<dcterms:{word} xsi:type="dcterms:W3CDTF">{moment}</dcterms:{word}>'
        for word in ("created", "modified")
        if moment
    )
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
        'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(stamp.title)}</dc:title><dc:language>zh-CN</dc:language>{dates}"
        "</cp:coreProperties>"
    )
