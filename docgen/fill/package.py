"""The zip of parts: read within bounds, written with fixed times, order and permissions."""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO

from docgen.fill.xml import Element, Malformed, parse, serialise
from docgen.problem import Problem, Where, error

MAX_PARTS = 5_000
MAX_PART = 64 * 2**20
MAX_TOTAL = 256 * 2**20
MAX_RATIO = 400
MAX_TAGS = 400_000  # in one part: some 20,000 paragraphs
CONTENT_TYPES = "[Content_Types].xml"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
TAGGED_KINDS = ("header", "footer", "footnotes", "endnotes")
FIRST_PARTS = (CONTENT_TYPES, "_rels/.rels")
_ADDRESS = re.compile(r"[A-Za-z][\w+.-]*:|//|\\\\")  # nothing within a package is named so
EPOCH = (1980, 1, 1, 0, 0, 0)

Parts = dict[str, bytes]


class Unreadable(Exception):
    """The bytes are no package that we open; `problem` says why."""

    def __init__(self, message: str, name: str = "", hint: str = "") -> None:
        super().__init__(message)
        cure = hint or "请用 Word 或 WPS 打开并另存为 .docx 后再试"
        self.problem: Problem = error("文档损坏", message, Where(file=name), cure)


@dataclass(frozen=True, slots=True)
class Relation:
    """One line of a part's .rels; `target` is a part's name, or an address where external."""

    id: str
    kind: str
    target: str
    external: bool


def read_package(data: bytes, name: str = "") -> Parts:
    """Every part by name, in the order of the zip; Unreadable where sizes or names are hostile.

    `name` is that of a file as found; without one the bytes are ours, and may repeat themselves.
    """
    try:
        archive = zipfile.ZipFile(BytesIO(data))
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        _refuse_bomb(entries, name)
        total, taken = 0, set[str]()
        parts: Parts = {}
        for entry in entries:
            part = entry.filename
            twice = part.lower() in taken
            taken.add(part.lower())
            if twice or part.startswith("/") or ".." in part.split("/") or "\\" in part:
                raise Unreadable(f"压缩包里的部件名“{part}”重复或不合规", name)
            if entry.flag_bits & 1:
                raise Unreadable("文件加了密码", name, "请先在 Word 或 WPS 中取消密码")
            with archive.open(entry) as stream:  # no further than a bound: headers may lie
                parts[part] = stream.read(MAX_PART + 1)
            total += len(parts[part])
            if len(parts[part]) > MAX_PART or total > MAX_TOTAL:
                raise _bomb(name)
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, EOFError):
        raise Unreadable("不是完整的 .docx 文件（压缩包打不开）", name) from None
    if name:
        _refuse_markup(parts, name)
    if CONTENT_TYPES not in parts or not main_part(parts):
        raise Unreadable("压缩包里没有 Word 文档", name)
    return parts


def _refuse_bomb(entries: Iterable[zipfile.ZipInfo], name: str) -> None:
    sizes = [(entry.file_size, max(entry.compress_size, 1)) for entry in entries]
    if (
        len(sizes) > MAX_PARTS
        or sum(size for size, _ in sizes) > MAX_TOTAL
        or any(size > MAX_PART for size, _ in sizes)
        or (name and any(size > 2**20 and size / packed > MAX_RATIO for size, packed in sizes))
    ):
        raise _bomb(name)


def _refuse_markup(parts: Parts, name: str) -> None:
    """Unreadable where what holds a package together is no XML, or a part has endless elements."""
    for part, data in parts.items():
        if part.endswith((".xml", ".rels")) and data.count(b"<") > MAX_TAGS:
            raise Unreadable(f"部件 {part} 的内容过多，不像一份模板", name, "删去无关的内容")
        if part == CONTENT_TYPES or part.endswith(".rels"):
            try:
                parse(data)
            except Malformed:
                raise Unreadable(f"部件 {part} 不是合法的 XML", name) from None


def _bomb(name: str) -> Unreadable:
    return Unreadable("文件解开后过大，疑为压缩炸弹", name, "请检查文件来源，压缩其中的图片")


def write_package(parts: Mapping[str, bytes]) -> bytes:
    """The zip: content types and relations first, then the parts in their order; no clock."""
    buffer = BytesIO()
    ordered = [*FIRST_PARTS, *(part for part in parts if part not in FIRST_PARTS)]
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for part in ordered:
            entry = zipfile.ZipInfo(part, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            entry.external_attr = 0
            archive.writestr(entry, parts[part])
    return buffer.getvalue()


def rels_name(part: str) -> str:
    """The name of the part that holds a part's relations ("" for the package itself)."""
    folder, _, file = part.rpartition("/")
    return f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels"


def _is_external(node: Element) -> bool:
    """Whether a line leads out of the package, be it that it does not say so."""
    mode, target = node.get("TargetMode", "Internal"), node.get("Target", "")
    return mode != "Internal" or bool(_ADDRESS.match(target))


def relations(parts: Mapping[str, bytes], part: str) -> tuple[Relation, ...]:
    """The relations of a part, internal targets as part names."""
    data = parts.get(rels_name(part))
    if data is None:
        return ()
    try:
        root = parse(data)
    except Malformed:
        raise Unreadable(f"部件 {rels_name(part)} 不是合法的 XML") from None
    folder = part.rpartition("/")[0]
    found = []
    for node in root.iter("{" + RELATIONSHIPS + "}Relationship"):
        target, external = node.get("Target", ""), _is_external(node)
        if not external:
            target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        found.append(Relation(node.get("Id", ""), node.get("Type", ""), target, external))
    return tuple(found)


def main_part(parts: Mapping[str, bytes]) -> str:
    """The name of the main document part, "" where there is none."""
    for relation in relations(parts, ""):
        if relation.kind.endswith("/officeDocument") and relation.target in parts:
            return relation.target
    return ""


def related(parts: Mapping[str, bytes], kind: str, part: str | None = None) -> tuple[str, ...]:
    """The parts that a part (by default the main one) relates to by a kind: "styles", "header" …"""
    source = main_part(parts) if part is None else part
    return tuple(
        relation.target
        for relation in relations(parts, source)
        if relation.kind.endswith("/" + kind) and not relation.external and relation.target in parts
    )


def tagged_parts(parts: Mapping[str, bytes]) -> tuple[str, ...]:
    """The parts in which tags are looked for: the main one, its headers, footers, notes."""
    found = (target for kind in TAGGED_KINDS for target in related(parts, kind))
    return (main_part(parts), *dict.fromkeys(found))


def relate(parts: Parts, part: str, kind: str, target: str) -> str:
    """Adds a relation from a part to another part and returns its id; an equal one is reused."""
    for relation in relations(parts, part):
        if relation.target == target and relation.kind == kind and not relation.external:
            return relation.id
    folder = part.rpartition("/")[0]
    return _related(parts, part, kind, posixpath.relpath("/" + target, "/" + folder))


def relate_outside(parts: Parts, part: str, kind: str, address: str) -> str:
    """Adds a relation from a part to an address outside the package and returns its id."""
    return _related(parts, part, kind, address, TargetMode="External")


def _related(parts: Parts, part: str, kind: str, target: str, **more: str) -> str:
    name = rels_name(part)
    root = parse(parts.get(name, f'<Relationships xmlns="{RELATIONSHIPS}"/>'))
    taken = {node.get("Id") for node in root}
    number = next(n for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
    node = _sub(root, "{" + RELATIONSHIPS + "}Relationship")
    for key, value in {"Id": f"rId{number}", "Type": kind, "Target": target, **more}.items():
        node.set(key, value)
    parts[name] = serialise(root)
    return f"rId{number}"


def declare(parts: Parts, part: str, content_type: str) -> None:
    """Gives a part its content type: by extension for media, by name otherwise."""
    root = parse(parts[CONTENT_TYPES])
    extension = part.rpartition(".")[2].lower()
    if content_type.startswith("image/"):
        known = {node.get("Extension", "").lower() for node in root.iter(TYPES + "Default")}
        if extension not in known:
            node = _sub(root, TYPES + "Default", 0)
            node.set("Extension", extension)
            node.set("ContentType", content_type)
    elif not any(n.get("PartName") == "/" + part for n in root.iter(TYPES + "Override")):
        node = _sub(root, TYPES + "Override")
        node.set("PartName", "/" + part)
        node.set("ContentType", content_type)
    parts[CONTENT_TYPES] = serialise(root)


def drop(parts: Parts, part: str) -> None:
    """Removes a part with its content type, its relations and every relation that leads to it."""
    parts.pop(part, None)
    parts.pop(rels_name(part), None)
    types = parse(parts[CONTENT_TYPES])
    for node in list(types):
        if node.get("PartName") == "/" + part:
            types.remove(node)
    parts[CONTENT_TYPES] = serialise(types)
    for name in [name for name in parts if name.endswith(".rels")]:
        folder, _, file = name.removesuffix(".rels").rpartition("/")
        source = posixpath.join(folder.removesuffix("_rels"), file)
        dead = {r.id for r in relations(parts, source) if r.target == part and not r.external}
        if dead:
            root = parse(parts[name])
            for node in list(root):
                if node.get("Id") in dead:
                    root.remove(node)
            parts[name] = serialise(root)


def _sub(root: Element, tag: str, position: int | None = None) -> Element:
    node = root.makeelement(tag)
    root.insert(len(root) if position is None else position, node)
    return node
