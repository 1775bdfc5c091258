"""A template's package without what betrays its author or may act: cleaned parts and Problems."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docgen.fill.package import CONTENT_TYPES, Parts, drop, main_part, relations
from docgen.fill.xml import Element, Malformed, W, local, parse, serialise
from docgen.problem import Problem, Where, error

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
_SILENT = ("attachedTemplate", "thumbnail")
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
_APP = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="http://schemas.'
    b'openxmlformats.org/officeDocument/2006/extended-properties"><Application>docgen'
    b"</Application></Properties>"
)


def clean(parts: Parts, name: str) -> tuple[Parts, tuple[Problem, ...]]:
    """A cleaned copy of the parts, and an error for each thing in it that may act or reach out."""
    cleaned = dict(parts)
    problems = list(_active_parts(cleaned, name))
    for part in list(cleaned):
        if part.startswith("docProps/thumbnail"):
            drop(cleaned, part)
    for part, data in list(cleaned.items()):
        if part.endswith(".rels"):
            cleaned[part] = _without_silent(data)
        elif part == "docProps/app.xml":
            cleaned[part] = _APP
        elif part.startswith("word/") and part.endswith(".xml"):
            try:
                root = parse(data)
            except Malformed as fault:
                words = "带有 DTD" if str(fault) == "DTD" else "不是合法的 XML"
                problems.append(_refused(name, f"部件 {part} {words}"))
                continue
            problems += [_refused(name, f"{part} 里有{what}") for what in _active_content(root)]
            _strip(root)
            cleaned[part] = serialise(root)
    return cleaned, tuple(problems)


def _refused(name: str, message: str) -> Problem:
    cure = "请在 Word 或 WPS 中打开模板，删去这些内容，另存为普通的“Word 文档（.docx）”"
    return error("模板不安全", message, Where(file=name), cure)


def _active_parts(parts: Parts, name: str) -> Iterator[Problem]:
    if b"macroEnabled" in parts[CONTENT_TYPES]:
        yield _refused(name, "文件是带宏的 Word 文档")
    for rels in [part for part in parts if part.endswith(".rels")]:
        folder, _, file = rels.removesuffix(".rels").rpartition("/")
        source = folder.removesuffix("_rels") + file
        for relation in relations(parts, source):
            kind = relation.kind.rpartition("/")[2]
            if kind in _ACTIVE:
                yield _refused(name, f"文件里有{_ACTIVE[kind]}（{relation.target}）")
            elif relation.external and kind not in _SILENT:
                if kind == "hyperlink" and _HARMLESS_LINK.match(relation.target):
                    continue
                yield _refused(name, f"文件链接到外部内容（{relation.target}）")
    if main_part(parts) != "word/document.xml":
        yield _refused(name, f"主文档部件不在 word/document.xml（{main_part(parts)}）")


def _active_content(root: Element) -> Iterator[str]:
    """Names of fields and elements that fetch or run something when Word opens the file."""
    for node in root.iter(W + "altChunk", W + "object", W + "control", W + "subDoc"):
        names = {"altChunk": "外来文档块（altChunk）", "subDoc": "子文档"}
        yield names.get(local(node), "嵌入对象")
    for node in root.iter(W + "fldSimple"):
        yield from _field(node.get(W + "instr", ""))
    instructions: list[str] = []
    for node in root.iter(W + "fldChar", W + "instrText"):
        if local(node) == "instrText":
            instructions.append(node.text or "")
        else:
            yield from _field("".join(instructions))
            instructions = []


def _field(instruction: str) -> Iterator[str]:
    word = instruction.strip().split(" ")[0].upper() if instruction.strip() else ""
    if word in _FIELDS:
        yield f"会取用外部内容的域（{word}）"


def _strip(root: Element) -> None:
    """Removes revision ids, spelling marks, and the path of the template."""
    dead = [W + name for name in ("rsids", "proofErr", "attachedTemplate", "lastRenderedPageBreak")]
    for node in list(root.iter(*dead)):
        parent = node.getparent()
        if parent is not None:
            parent.remove(node)
    for node in root.iter():
        if isinstance(node.tag, str):
            for key in [k for k in node.attrib if str(k).startswith(W + "rsid")]:
                del node.attrib[key]


def _without_silent(data: bytes) -> bytes:
    try:
        root = parse(data)
    except Malformed:
        return data
    for node in list(root):
        if node.get("Type", "").rpartition("/")[2] in _SILENT:
            root.remove(node)
    return serialise(root)
