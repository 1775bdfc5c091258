"""A part's syntax tree → what can be known of all its renderings before the first one.

The tree is written out as XML: the body of each loop or condition as an element of its own. Where
that parses, every body is balanced by itself, so every rendering is well-formed (values are
escaped), and the element tells what may be repeated or absent.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from jinja2 import nodes

from docgen.fill.slots import Source
from docgen.fill.xml import Element, Malformed, local, parse
from docgen.language.environment import RENUMBER

_MAYBE, _SLOT = "maybe", "slot"
_BLOCKS = frozenset(["p", "tbl", "sdt", "customXml", "altChunk"])
_HOLDERS = frozenset(["txbxContent", "hdr", "ftr", "footnote", "endnote"])
_CONTROL = re.compile(r"<w:t(?: [^>]*)?>[^<]*[\n\t\a\f]")
_FIELD = re.compile(r'w:fldCharType="(\w+)"|w:instr="[^"]*\{[{%]|\{(?=[{%])')
_SPACE = re.compile(r">\s+</w:(?:tc|tr|tbl|hdr|ftr|txbxContent|footnote|endnote)>")


@dataclass(frozen=True, slots=True)
class Traits:
    """What each rendering of a part has to be looked at for.

    `proven`: well-formed whatever the values; `mends`: a row, cell or box may be left empty;
    `spaced`: blanks between tags hide that from a plain search; `repeats`: drawings or bookmarks
    stand in a loop, so their ids would; `breaks`: line breaks stand in the template's own text;
    `renumbers`: {{ 重新编号 }} is read; `composes`: a tag stands in a field's instruction, so that
    the values say what the field does.
    """

    proven: bool = True
    mends: bool = False
    spaced: bool = False
    repeats: bool = False
    breaks: bool = False
    renumbers: bool = False
    composes: bool = False


def traits_of(tree: nodes.Template, source: Source) -> Traits:
    """What can be said of a part by its (changed) syntax tree."""
    sketch = _Sketch(source)
    xml = sketch.outline(tree.body)
    spaced, breaks = bool(_SPACE.search(xml)), bool(_CONTROL.search(xml))
    renumbers = any(name.name == RENUMBER for name in tree.find_all(nodes.Name))
    composes = _composes(source.text)
    ids = "<wp:docPr" in xml or "<w:bookmarkStart" in xml
    try:
        root = parse(xml) if sketch.provable else None
    except Malformed:
        root = None
    if root is None:
        return Traits(False, True, spaced, ids, breaks, renumbers, composes)
    mends = any(_may_break(node) for node in root.iter())
    return Traits(True, mends, spaced, ids and _repeats(root), breaks, renumbers, composes)


def _composes(text: str) -> bool:
    """Whether a tag stands between the beginning of a field and its result."""
    read: list[str] = []
    for found in _FIELD.finditer(text):
        mark = found[1]
        if mark == "begin":
            read.append(mark)
        elif mark and read:
            read.pop()
            read += [mark] * (mark == "separate")
        elif not mark and (found[0] != "{" or "begin" in read):
            return True
    return False


class _Sketch:
    """Writes a syntax tree out as XML."""

    def __init__(self, source: Source) -> None:
        self._source, self.provable = source, True

    def outline(self, body: Iterable[nodes.Node]) -> str:
        return "".join(self._node(node) for node in body)

    def _node(self, node: Any) -> str:
        if isinstance(node, nodes.Output):
            return "".join(self._output(child) for child in node.nodes)
        if isinstance(node, nodes.If):
            branches = [node.body, *(other.body for other in node.elif_), node.else_]
            return "".join(self._branch(branch) for branch in branches)
        if isinstance(node, nodes.For):
            return self._branch(node.body) + self._branch(node.else_)
        if isinstance(node, nodes.With | nodes.Scope | nodes.ScopedEvalContextModifier):
            return self.outline(node.body)
        if isinstance(node, nodes.FilterBlock):
            self.provable = False
        return ""  # set, macro, call: what they print is markup, which is parsed when printed

    def _output(self, child: nodes.Expr) -> str:
        if isinstance(child, nodes.TemplateData):
            return child.data
        slots = self._source.slots
        level = slots[self._source.tag_at(child.lineno)].level if slots else "text"
        return f"<{_SLOT}/>" if level in ("block", "run") else "0"

    def _branch(self, body: list[nodes.Node]) -> str:
        inner = self.outline(body)
        return f"<{_MAYBE}>{inner}</{_MAYBE}>" if "<" in inner or ">" in inner else inner


def _may_break(node: Element) -> bool:
    """Whether a rendering can leave a table, row, cell or box that Word refuses."""
    kind = local(node)
    if kind == "tr":
        return not any(local(child) in ("tc", "sdt") for child in node)
    if kind == "tbl":
        return not any(local(child) == "tr" for child in node)
    if kind == "tc":
        return not _ends_well(node)
    if kind in _HOLDERS:
        return not any(local(child) in _BLOCKS for child in node)
    return False


def _ends_well(cell: Element) -> bool:
    """Whether a cell always has a last paragraph."""
    for child in reversed(cell):
        kind = local(child)
        if kind == "p":
            return True
        if kind == _MAYBE and any(local(below) in _BLOCKS - {"p"} for below in child.iter()):
            return False
        if kind in _BLOCKS:
            return False
    return False


def _repeats(root: Element) -> bool:
    return any(
        local(node) in ("docPr", "bookmarkStart") and _is_within(node) for node in root.iter()
    )


def _is_within(node: Element) -> bool:
    return any(local(above) == _MAYBE for above in node.iterancestors())
