"""A template's package without what betrays its author or may act: cleaned parts and Problems."""

from __future__ import annotations

from contextlib import suppress

from docgen.fill.active import SILENT, active_content, active_drawing, active_parts, unsafe
from docgen.fill.package import Parts, drop, tagged_parts
from docgen.fill.xml import Element, Malformed, W, parse, serialise
from docgen.model.picture import JPEG, PNG, Broken, bare
from docgen.problem import Problem

_APP = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="http://schemas.'
    b'openxmlformats.org/officeDocument/2006/extended-properties"><Application>docgen'
    b"</Application></Properties>"
)


def clean(parts: Parts, name: str) -> tuple[Parts, tuple[Problem, ...]]:
    """A cleaned copy of the parts, and an error for each thing in it that may act or reach out."""
    cleaned = dict(parts)
    problems = list(active_parts(cleaned, name))
    filled = tagged_parts(cleaned)
    for part in list(cleaned):
        if part.startswith("docProps/thumbnail"):
            drop(cleaned, part)
    for part, data in list(cleaned.items()):
        if data.startswith((PNG, JPEG)):
            with suppress(Broken):  # a broken one is told of where it is typeset
                cleaned[part] = bare(data).data
        elif part.lower().endswith(".svg"):
            problems += active_drawing(data, part, name)
        elif part.endswith(".rels"):
            cleaned[part] = _without_silent(data)
        elif part == "docProps/app.xml":
            cleaned[part] = _APP
        elif part in filled or part.endswith(".xml"):
            known = part in filled or part.startswith("word/")
            try:
                root = parse(data)
            except Malformed as fault:
                if known:
                    words = "带有 DTD" if str(fault) == "DTD" else "不是合法的 XML"
                    problems.append(unsafe(name, f"部件 {part} {words}"))
                continue
            if known or str(root.tag).startswith(W):  # Word follows relations, not folders
                problems += active_content(cleaned, part, root, name)
                _strip(root)
                cleaned[part] = serialise(root)
    return cleaned, tuple(problems)


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
        if node.get("Type", "").rpartition("/")[2] in SILENT:
            root.remove(node)
    return serialise(root)
