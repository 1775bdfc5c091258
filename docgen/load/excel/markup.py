"""The XML of a workbook → what a reader of values does not tell: merges, hiding, formulas, errors.

The one door to lxml here: no entities, no DTD, no network, no huge trees; sheets are streamed.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml import etree

MAX_ROWS, MAX_COLUMNS, MAX_CELLS = 100_000, 1_000, 4_000_000
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_BUILT_IN_PERCENT = {9, 10}


class Malformed(Exception):
    """Bytes that are no XML, or XML that carries a DTD."""


class TooLarge(Exception):
    """More rows, columns or cells than is read; `what` says which, `spot` where."""

    def __init__(self, what: str, spot: str) -> None:
        super().__init__(what)
        self.what, self.spot = what, spot


@dataclass(frozen=True, slots=True)
class Listed:
    """A sheet as the workbook lists it."""

    name: str
    part: str
    hidden: bool


@dataclass(slots=True)
class Marks:
    """What is known of one sheet beside its values; rows and columns count from 0."""

    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    uncounted: set[tuple[int, int]] = field(default_factory=set)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    percents: set[tuple[int, int]] = field(default_factory=set)


def listing(parts: Mapping[str, bytes]) -> tuple[list[Listed], bool]:
    """The sheets of the workbook in order, and whether its days count from 1904."""
    folder = "xl"
    targets = {}
    for relation in _all(parts.get("xl/_rels/workbook.xml.rels", b"<none/>"), "Relationship"):
        target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))
        targets[relation.get("Id", "")] = target.lstrip("/")
    sheets, from_1904 = [], False
    for element in _all(parts["xl/workbook.xml"], "sheet", "workbookPr"):
        if _local(element) == "workbookPr":
            from_1904 = element.get("date1904", "0") in ("1", "true")
            continue
        key = next((v for k, v in element.attrib.items() if str(k).endswith("}id")), "")
        hidden = element.get("state", "visible") != "visible"
        sheets.append(Listed(element.get("name", ""), targets.get(str(key), ""), hidden))
    return sheets, from_1904


def percent_styles(parts: Mapping[str, bytes]) -> set[str]:
    """The cell styles (attribute s) that show a number as a percentage."""
    data = parts.get("xl/styles.xml")
    if data is None:
        return set()
    root = _parsed(data)
    formats = set(_BUILT_IN_PERCENT)
    for element in root.iter("{*}numFmt"):
        code = re.sub(r'"[^"]*"|\\.', "", element.get("formatCode", ""))
        if "%" in code:
            formats.add(_number(element.get("numFmtId")))
    styles = root.find("{*}cellXfs")
    kinds = [] if styles is None else [_number(one.get("numFmtId")) for one in styles]
    return {str(index) for index, kind in enumerate(kinds) if kind in formats}


def marks(data: bytes, percents: set[str]) -> Marks:
    """What stands in a sheet's XML; raises TooLarge before anything large is made of it."""
    found = Marks()
    row, column, cells = -1, -1, 0
    for event, element in _streamed(data):
        name = _local(element)
        if event == "start":
            if name == "row":
                row = _number(element.get("r"), row + 2) - 1
                column = -1
                if element.get("hidden") in ("1", "true"):
                    found.hidden_rows.add(row)
            continue
        if name == "c":
            row, column = _place(element.get("r", ""), row, column + 1)
            if _mark(found, element, row, column, percents):
                cells += 1
                _bound(row, column, cells)
            element.clear()
        elif name == "row":
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
        elif name == "col" and element.get("hidden") in ("1", "true"):
            first = _number(element.get("min"), 1) - 1
            last = min(_number(element.get("max"), 1), MAX_COLUMNS)
            found.hidden_columns.update(range(first, last))
        elif name == "mergeCell":
            first, _, last = element.get("ref", "").partition(":")
            top, left = _place(first, 0, 0)
            bottom, right = _place(last or first, top, left)
            found.merged.append((top, left, bottom, right))
    return found


def address(row: int, column: int) -> str:
    """A cell's name, as Excel shows it: C7."""
    letters, rest = "", column + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        letters = chr(65 + digit) + letters
    return f"{letters}{row + 1}"


def _mark(found: Marks, cell: Any, row: int, column: int, percents: set[str]) -> bool:
    """Notes what is odd about a cell; whether it holds anything."""
    kind, value, formula = cell.get("t", "n"), cell.find("{*}v"), cell.find("{*}f")
    text = (value.text or "") if value is not None else ""
    if kind == "e":
        found.errors[row, column] = text or "#VALUE!"
    elif formula is not None and (value is None or (not text and kind != "str")):
        found.uncounted.add((row, column))
    elif kind == "n" and cell.get("s", "0") in percents:
        found.percents.add((row, column))
    return bool(text) or formula is not None or kind == "inlineStr"


def _bound(row: int, column: int, cells: int) -> None:
    if row >= MAX_ROWS:
        raise TooLarge(f"超过 {MAX_ROWS} 行", address(row, column))
    if column >= MAX_COLUMNS:
        raise TooLarge(f"超过 {MAX_COLUMNS} 栏", address(row, column))
    if cells > MAX_CELLS:
        raise TooLarge(f"超过 {MAX_CELLS} 格", address(row, column))


def _place(reference: str, row: int, column: int) -> tuple[int, int]:
    """The place of a name like C7; the one given where there is none."""
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        return row, column
    number = 0
    for letter in found[1]:
        number = number * 26 + ord(letter) - 64
    return int(found[2]) - 1, number - 1


def _streamed(data: bytes) -> Iterator[tuple[str, Any]]:
    from lxml import etree

    try:
        yield from etree.iterparse(
            BytesIO(_without_dtd(data)),
            events=("start", "end"),
            tag=("{*}row", "{*}c", "{*}col", "{*}mergeCell"),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
    except (etree.XMLSyntaxError, ValueError) as fault:
        raise Malformed(str(fault)) from None


def _parsed(data: bytes) -> etree._Element:
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(_without_dtd(data), parser)
    except (etree.XMLSyntaxError, ValueError) as fault:
        raise Malformed(str(fault)) from None


def _all(data: bytes, *names: str) -> Iterator[etree._Element]:
    return _parsed(data).iter(*(f"{{*}}{name}" for name in names))


def _without_dtd(data: bytes) -> bytes:
    """The bytes; Malformed where a DTD stands before the root, which no program writes."""
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in data[:4]
    if wide or b"<!DOCTYPE" in data[:100_000] or b"<!ENTITY" in data[:100_000]:
        raise Malformed("DTD")
    return data


def _local(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _number(text: str | None, default: int = 0) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 9 else default
