"""A rendered part made whole: what loops and absent values may leave that Word would refuse."""

from __future__ import annotations

from itertools import count

from docgen.fill.xml import WP, Element, W, local

_BLOCKS = frozenset(["p", "tbl", "sdt", "customXml", "altChunk"])


def mend(root: Element) -> None:
    """Rows have cells, tables rows, cells and boxes a last paragraph, drawings and bookmarks
    an id each.
    """
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
    _number_bookmarks(root)
    if local(root) != "document":
        return
    for number, drawing in enumerate(root.iter(WP + "docPr"), 1001):
        drawing.set("id", str(number))


def _number_bookmarks(root: Element) -> None:
    """Bookmarks that a loop repeated get ids and names of their own; the first keeps its own."""
    taken = {node.get(W + "id") for node in root.iter(W + "bookmarkStart")}
    numbers = (str(number) for number in count(1) if str(number) not in taken)
    seen: dict[str, int] = {}
    open_ids: dict[str, str] = {}
    for node in root.iter(W + "bookmarkStart", W + "bookmarkEnd"):
        key = node.get(W + "id", "")
        if local(node) == "bookmarkEnd":
            node.set(W + "id", open_ids.get(key, key))
            continue
        seen[key] = seen.get(key, 0) + 1
        if seen[key] > 1:
            open_ids[key] = next(numbers)
            node.set(W + "id", open_ids[key])
            node.set(W + "name", f"{node.get(W + 'name', '')}_{seen[key]}")


def _paragraph(root: Element, holder: Element) -> Element:
    return holder.makeelement(W + "p")


def _remove(node: Element) -> None:
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)
