"""The XML of a workbook → what a reader of values does not tell: merges, hiding, formulas, errors.

What is too large, or strange enough to mislead a reader of values, is refused here.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from docgen.load.excel.xml import Malformed, local, number, parsed, streamed

MAX_ROWS, MAX_COLUMNS = 100_000, 1_000
MAX_AREA = 5_000_000  # cells of the rectangle that holds all of a sheet
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384  # of Excel itself
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_BUILT_IN_PERCENT = {9, 10}


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
    relations = parsed(parts.get("xl/_rels/workbook.xml.rels", b"<none/>"))
    for relation in relations.iter("{*}Relationship"):
        target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))
        targets[relation.get("Id", "")] = target.lstrip("/")
    sheets, from_1904 = [], False
    for element in parsed(parts["xl/workbook.xml"]).iter("{*}sheet", "{*}workbookPr"):
        if local(element) == "workbookPr":
            from_1904 = element.get("date1904", "0") in ("1", "true")
            continue
        key = next((v for k, v in element.attrib.items() if str(k).endswith("}id")), "")
        hidden = element.get("state", "visible") != "visible"
        sheets.append(Listed(element.get("name", ""), targets.get(str(key), ""), hidden))
    return sheets, from_1904


def weigh(parts: Mapping[str, bytes]) -> None:
    """Malformed where a part says that it holds more things than can be.

    calamine asks for the memory of as many before it reads one, and ends the process where there
    is none.
    """
    for name in ("xl/sharedStrings.xml", "xl/styles.xml"):
        data = parts.get(name, b"")
        for _, element in streamed(data, events=("start",)) if data else ():
            counts = [v for key, v in element.attrib.items() if str(key).lower().endswith("count")]
            most = max(len(data), MAX_AREA)
            if any(number(str(one).strip().lstrip("+"), most + 1) > most for one in counts):
                raise Malformed("count")
            if name.endswith("Strings.xml"):
                break


def percent_styles(parts: Mapping[str, bytes]) -> set[str]:
    """The cell styles (attribute s) that show a number as a percentage."""
    data = parts.get("xl/styles.xml")
    if data is None:
        return set()
    root = parsed(data)
    formats = set(_BUILT_IN_PERCENT)
    for element in root.iter("{*}numFmt"):
        code = re.sub(r'"[^"]*"|\\.', "", element.get("formatCode", ""))
        if "%" in code:
            formats.add(number(element.get("numFmtId")))
    styles = root.find("{*}cellXfs")
    kinds = [] if styles is None else [number(one.get("numFmtId")) for one in styles]
    return {str(index) for index, kind in enumerate(kinds) if kind in formats}


def marks(data: bytes, percents: set[str]) -> Marks:
    """What stands in a sheet's XML; raises TooLarge before anything large is made of it."""
    found = Marks()
    row, column, bottom, right = -1, -1, -1, -1
    for event, element in streamed(data, "row", "c", "col", "mergeCell"):
        name = local(element)
        if event == "start":
            if name == "row":
                row, column = _row(element.get("r"), row + 1), -1
                if element.get("hidden") in ("1", "true"):
                    found.hidden_rows.add(row)
            continue
        if name == "c":
            row, column = _place(element.get("r", ""), row, column + 1)
            _mark(found, element, row, column, percents)
            if len(element):
                bottom, right = max(bottom, row), max(right, column)
                _bound(row, column, (bottom + 1) * (right + 1))
            element.clear()
        elif name == "row":
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
        elif name == "col" and element.get("hidden") in ("1", "true"):
            first = number(element.get("min"), 1) - 1
            last = min(number(element.get("max"), 1), MAX_COLUMNS)
            found.hidden_columns.update(range(first, last))
        elif name == "mergeCell":
            first, _, last = element.get("ref", "").partition(":")
            found.merged.append((*_place(first, 0, 0), *_place(last or first, 0, 0)))
    return found


def address(row: int, column: int) -> str:
    """A cell's name, as Excel shows it: C7."""
    letters, rest = "", column + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        letters = chr(65 + digit) + letters
    return f"{letters}{row + 1}"


def _mark(found: Marks, cell: Any, row: int, column: int, percents: set[str]) -> None:
    """Notes what is odd about a cell."""
    kind, value, formula = cell.get("t", "n"), cell.find("{*}v"), cell.find("{*}f")
    text = (value.text or "") if value is not None else ""
    if kind == "e":
        found.errors[row, column] = text or "#VALUE!"
    elif formula is not None and (value is None or (not text and kind != "str")):
        found.uncounted.add((row, column))
    elif kind == "n" and cell.get("s", "0") in percents:
        found.percents.add((row, column))


def _bound(row: int, column: int, area: int) -> None:
    if row >= MAX_ROWS:
        raise TooLarge(f"超过 {MAX_ROWS} 行", address(row, column))
    if column >= MAX_COLUMNS:
        raise TooLarge(f"超过 {MAX_COLUMNS} 栏", address(row, column))
    if area > MAX_AREA:
        raise TooLarge(f"散得太开（连空格超过 {MAX_AREA} 格）", address(row, column))


def _row(text: str | None, following: int) -> int:
    """The row that a row says it is; the one that follows where it does not say."""
    if text is None:
        return following
    given = number(text)
    if not 1 <= given <= LAST_ROW:
        raise Malformed(f"row {text}")
    return given - 1


def _place(reference: str, row: int, column: int) -> tuple[int, int]:
    """The place of a name like C7; the one given where there is none.

    Strict: a reader of values that takes a strange name for a far place asks for all the memory
    there is.
    """
    if not reference:
        return row, column
    found = _REFERENCE.fullmatch(reference)
    if found is None or int(found[2]) > LAST_ROW:
        raise Malformed(reference)
    letters = 0
    for letter in found[1]:
        letters = letters * 26 + ord(letter) - 64
    if letters > LAST_COLUMN:
        raise Malformed(reference)
    return int(found[2]) - 1, letters - 1
