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
    "webextensiontaskpanes": "Office 加载项",
    "webextension": "Office 加载项",
    "extensibility": "自定义功能区",
    "recipientData": "邮件合并的收件人",
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
        "AUTOTEXTLIST",
        "GLOSSARY",
        "ASK",
        "FILLIN",
        "PRINT",
        "ADDIN",
        "HTMLACTIVEX",
    ]
)
_SPOKEN = ("instrText", "delInstrText", "t")  # what Word may read as an instruction
_COMPOSED = "（由另一个域得出）"
_HARMLESS_LINK = re.compile(
    r"(https?|mailto):[^\s\x00-\x1f]*\s*$|{{", re.I
)  # a tag: the data fill it in
_ADDRESS = re.compile(r"\s*HYPERLINK\s+\"?([^\\\"\s][^\"\s]*|\\\\[^\"\s]+)", re.I)
_VML = "urn:schemas-microsoft-com:vml"
_ELEMENTS = {
    "altChunk": "外来文档块（altChunk）",
    "subDoc": "子文档",
    "object": "嵌入对象",
    "control": "嵌入对象",
    "mailMerge": "邮件合并的数据源",
    "saveThroughXslt": "另存时的转换",
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
        words = instruction.replace('"', " ").split()
        word = words[0].upper() if words else ""
        address = _ADDRESS.match(instruction)
        if word in _FIELDS or word.startswith(_COMPOSED):
            said = f"里面有会取用外部内容的域（{word}）"
            yield unsafe(name, said, _spot(parts, part, root, node))
        elif address and not _HARMLESS_LINK.match(address[1]):
            said = f"文件链接到外部内容（{address[1]}）"
            yield unsafe(name, said, _spot(parts, part, root, node))
    for node in root.iter(f"{{{_VML}}}*"):
        sources = [str(value) for key, value in node.items() if str(key).endswith(("src", "href"))]
        for source in filter(None, sources):
            if local(node) == "imagedata" or not _HARMLESS_LINK.match(source):
                said = f"文件链接到外部内容（{source}）"
                yield unsafe(name, said, _spot(parts, part, root, node))


def active_drawing(svg: bytes, part: str, name: str) -> Iterator[Problem]:
    """What an SVG runs or fetches."""
    try:
        nodes = [node for node in parse(svg).iter() if isinstance(node.tag, str)]
    except Malformed:
        yield unsafe(name, f"图 {part} 不是合法的 SVG")
        return
    for node in nodes:
        links = [str(v) for k, v in node.items() if str(k).rpartition("}")[2] in ("href", "src")]
        away = [link for link in links if not link.startswith(("#", "data:image/"))]
        acts = [key for key in node.keys() if str(key).lower().startswith("on")]  # noqa: SIM118
        if away or acts or local(node) in ("script", "foreignObject", "handler"):
            yield unsafe(name, f"图 {part} 里有脚本或外部内容（{local(node)}）")
            return


def _instructions(root: Element) -> Iterator[tuple[Element, str]]:
    """Every field with its first element and its instruction, which runs may split.

    A field within another's instruction is worked out first: where it stands before any word, the
    name of the outer one is not known.
    """
    for node in root.iter(W + "fldSimple"):
        yield node, node.get(W + "instr", "")
    begun: list[tuple[Element, list[str]]] = []
    for node in root.iter(W + "fldChar", *(W + name for name in _SPOKEN)):
        kind = node.get(W + "fldCharType", "")
        if local(node) in _SPOKEN:
            if not begun and local(node) == "t":
                continue
            if not begun:
                begun.append((node, []))
            begun[-1][1].append("".join(map(str, node.itertext())))
        elif kind == "begin":
            if begun and not "".join(begun[-1][1]).strip():
                begun[-1][1].append(_COMPOSED)
            begun.append((node, []))
        elif begun:
            first, words = begun.pop()
            yield first, "".join(words)
            if kind == "separate":  # what follows is the result, and may hold fields of its own
                begun.append((first, ["="]))
    yield from ((first, "".join(words)) for first, words in begun)


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
