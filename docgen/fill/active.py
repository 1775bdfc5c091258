"""What a package holds that may act, or fetch from outside, when Word opens it; with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docgen.fill.findings import finding
from docgen.fill.package import CONTENT_TYPES, Parts, related, relations
from docgen.fill.places import paragraphs, part_label
from docgen.fill.styles import Styles, read_styles
from docgen.fill.xml import Element, Malformed, R, W, local, parse
from docgen.problem import Problem, Where

_ACTIVE = {
    "vbaProject": "宏",
    "wordVbaData": "宏",
    "oleObject": "嵌入的 OLE 对象",
    "package": "嵌入的文件",
    "control": "ActiveX 控件",
    "activeXControlBinary": "ActiveX 控件",
    "aFChunk": "外来文档块（altChunk）",
    "subDocument": "子文档",
    "frame": "框架网页",
    "mailMergeSource": "邮件合并数据源",
    "attachedToolbars": "自定义工具栏",
    "keyMapCustomizations": "自定义快捷键",
}
SILENT = ("attachedTemplate", "thumbnail")
_FIELDS = frozenset(
    [
        "DDE",
        "DDEAUTO",
        "INCLUDETEXT",
        "INCLUDEPICTURE",
        "INCLUDE",
        "LINK",
        "IMPORT",
        "EMBED",
        "DATABASE",
        "MACROBUTTON",
        "RD",
        "AUTOTEXT",
        "ASK",
        "FILLIN",
    ]
)
_HARMLESS_LINK = re.compile("(https?|mailto):", re.I)
_ELEMENTS = {
    "altChunk": "外来文档块（altChunk）",
    "subDoc": "子文档",
    "object": "嵌入对象",
    "control": "嵌入对象",
}


def unsafe(name: str, message: str, spot: str = "") -> Problem:
    """The Problem of a thing that no template may hold."""
    return finding("模板不安全", message, Where(file=name, spot=spot))


def active_parts(parts: Parts, name: str) -> Iterator[Problem]:
    """Macros, embedded things and links to outside, by the relations of every part."""
    if b"macroEnabled" in parts[CONTENT_TYPES]:
        yield unsafe(name, "文件是带宏的 Word 文档")
    for rels in [part for part in parts if part.endswith(".rels")]:
        folder, _, file = rels.removesuffix(".rels").rpartition("/")
        source = folder.removesuffix("_rels") + file
        for relation in relations(parts, source):
            kind = relation.kind.rpartition("/")[2]
            if kind in _ACTIVE:
                spot = _spot_of_id(parts, source, relation.id)
                yield unsafe(name, f"文件里有{_ACTIVE[kind]}（{relation.target}）", spot)
            elif relation.external and kind not in SILENT:
                if kind == "hyperlink" and _HARMLESS_LINK.match(relation.target):
                    continue
                spot = _spot_of_id(parts, source, relation.id)
                yield unsafe(name, f"文件链接到外部内容（{relation.target}）", spot)


def active_content(parts: Parts, part: str, root: Element, name: str) -> Iterator[Problem]:
    """Fields and elements that fetch or run something when Word opens the file."""
    for node in root.iter(*(W + kind for kind in _ELEMENTS)):
        yield unsafe(name, f"里面有{_ELEMENTS[local(node)]}", _spot(parts, part, root, node))
    for node, instruction in _instructions(root):
        word = instruction.strip().split(" ")[0].upper() if instruction.strip() else ""
        if word in _FIELDS:
            said = f"里面有会取用外部内容的域（{word}）"
            yield unsafe(name, said, _spot(parts, part, root, node))


def _instructions(root: Element) -> Iterator[tuple[Element, str]]:
    """Every field with its first element and its instruction, which runs may split."""
    for node in root.iter(W + "fldSimple"):
        yield node, node.get(W + "instr", "")
    words: list[str] = []
    for node in root.iter(W + "fldChar", W + "instrText"):
        if local(node) == "instrText":
            words.append(node.text or "")
        else:
            yield node, "".join(words)
            words = []


def _spot_of_id(parts: Parts, part: str, key: str) -> str:
    """The place of the element that uses a relation, "" where none does."""
    try:
        root = parse(parts[part]) if part in parts else None
    except Malformed:
        return ""
    if root is None:
        return ""
    for node in root.iter():
        if any(str(a).startswith(R) and v == key for a, v in node.attrib.items()):
            return _spot(parts, part, root, node)
    return ""


def _spot(parts: Parts, part: str, root: Element, node: Element) -> str:
    """The place of an element, under its heading."""
    found = next(iter(related(parts, "styles")), "")
    try:
        styles = read_styles(parts[found]) if found else Styles()
    except Malformed:
        styles = Styles()
    around = [node, *node.iterancestors()]
    label = part_label(part, parts)
    spots = (s.place for s in paragraphs(root, label, styles) if s.paragraph in around)
    return next(spots, label)
