"""The .docx as a zip of XML parts: bounded sizes, no entities, no network."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO

from lxml import etree

from docgen.typeset.failure import Unreadable

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # of encrypted packages and of .doc
MAX_PARTS = 5_000
MAX_XML = 48 * 2**20
MAX_TOTAL = 400 * 2**20
STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


@dataclass(frozen=True, slots=True)
class Relation:
    """One line of a part's .rels: the kind (last word of its type) and where it leads."""

    kind: str
    target: str
    external: bool


def parse(data: bytes, part: str) -> etree._Element:
    """The root element of a part's XML: no entities, no network, no huge trees."""
    if len(data) > MAX_XML:
        raise Unreadable(f"部件 {part} 过大（{len(data) // 2**20} MB）")
    if STRICT in data[:4096]:
        raise Unreadable("文件是“严格 Open XML”格式", "请另存为普通的“Word 文档（.docx）”")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as problem:
        raise Unreadable(f"部件 {part} 不是合法的 XML") from problem


class Package:
    """Reads parts by name; parsed parts and relations are kept."""

    def __init__(self, docx: bytes) -> None:
        if docx.startswith(OLE):
            raise Unreadable("文件加了密码，或是旧版 Word 的 .doc", "去掉密码，另存为 .docx 后再试")
        try:
            self._zip = zipfile.ZipFile(BytesIO(docx))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as problem:
            raise Unreadable("不是完整的 .docx 文件（压缩包打不开）") from problem
        parts = self._zip.infolist()
        if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_TOTAL:
            raise Unreadable("文件解开后过大，疑为压缩炸弹", "请检查文件来源，压缩其中的图片")
        self._sizes = {part.filename: part.file_size for part in parts}
        self._xml: dict[str, etree._Element | None] = {}
        self._relations: dict[str, dict[str, Relation]] = {}
        top = (r.target for r in self.relations("").values() if r.kind == "officeDocument")
        self.main = next(top, "word/document.xml")

    def blob(self, part: str) -> bytes | None:
        """The part's bytes, None where there is no such part."""
        if part not in self._sizes:
            return None
        if part.endswith(".xml") and self._sizes[part] > MAX_XML:
            raise Unreadable(f"部件 {part} 过大（{self._sizes[part] // 2**20} MB）")
        try:
            return self._zip.read(part)
        except (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError) as problem:
            raise Unreadable(f"部件 {part} 读不出来（文件被截断或加密）") from problem

    def xml(self, part: str) -> etree._Element | None:
        """The part's root element, None where there is no such part."""
        if part not in self._xml:
            self._xml[part] = self._parse(part)
        return self._xml[part]

    def _parse(self, part: str) -> etree._Element | None:
        data = self.blob(part)
        return None if data is None else parse(data, part)

    def relations(self, part: str) -> dict[str, Relation]:
        """The part's relations by id; targets are part names, external ones are addresses."""
        if part not in self._relations:
            folder, _, file = part.rpartition("/")
            root = self.xml(f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels")
            found = {}
            for relation in root.iter(RELATION) if root is not None else ():
                target = relation.get("Target", "")
                external = relation.get("TargetMode") == "External"
                if not external:
                    target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
                kind = relation.get("Type", "").rpartition("/")[2]
                found[relation.get("Id", "")] = Relation(kind, target, external)
            self._relations[part] = found
        return self._relations[part]

    def part_of(self, kind: str) -> str:
        """The main part's one relative of a kind ("styles", "numbering", …), or nothing."""
        found = (r for r in self.relations(self.main).values() if r.kind == kind)
        return next((relation.target for relation in found if not relation.external), "")

    def related(self, kind: str) -> etree._Element | None:
        """The root element of such a relative, None where there is none."""
        return self.xml(self.part_of(kind))
