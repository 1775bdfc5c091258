"""A rendered part made whole: what loops and absent values may leave that Word would refuse."""

from __future__ import annotations

from docgen.fill.xml import WP, Element, W, local

_BLOCKS = frozenset(["p", "tbl", "sdt", "customXml", "altChunk"])


def mend(root: Element) -> None:
    """Rows have cells, tables rows, cells and boxes a last paragraph, drawings an id each."""
    for row in list(root.iter(W + "tr")):
        if next(row.iter(W + "tc"), None) is None:
            _remove(row)
    for table in list(root.iter(W + "tbl")):
        if next(table.iter(W + "tr"), None) is None:
            _remove(table)
    for cell in root.iter(W + "tc"):
        blocks = [node for node in cell if local(node) in _BLOCKS]
        if not blocks or local(blocks[-1]) != "p":
            cell.append(_paragraph(root, cell))
    for holder in root.iter(W + "txbxContent", W + "hdr", W + "ftr", W + "footnote", W + "endnote"):
        if not any(local(node) in _BLOCKS for node in holder):
            holder.append(_paragraph(root, holder))
    if local(root) != "document":
        return
    for number, drawing in enumerate(root.iter(WP + "docPr"), 1001):
        drawing.set("id", str(number))


def _paragraph(root: Element, holder: Element) -> Element:
    return holder.makeelement(W + "p")


def _remove(node: Element) -> None:
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)
