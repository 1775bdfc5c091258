"""A notice's fields as the sheets of an entry workbook: what is written there and read back.

The applicants stand on one sheet, a row each: plain fields are columns, those of a 组 as 组.字段. A
表 is a sheet of its own, whose first column names the applicant. Who writes the workbook and who
reads it know each other by this alone.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from docgen.model.notice import Field, FieldType, Notice
from docgen.model.rule import Party

NAME = "名称"
ABOUT, WORDS = "说明", "词表"
HINT = "填写说明"  # how the first cell of the row of hints begins
MARK = "*"
LONGEST_SHEET = 31
_NOT_IN_SHEETS = str.maketrans("[]:*?/\\'", "（）：＊？／＼’")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its dotted path below the sheet's own, its heading, whether it must be there."""

    path: str
    heading: str
    field: Field
    required: bool = False
    above: Field | None = None

    @property
    def article(self) -> str:
        """The clause that asks for it, or for the 组 it belongs to."""
        return self.field.article or (self.above.article if self.above else "")

    @property
    def applies(self) -> str:
        """When it is asked for at all."""
        return self.field.applies or (self.above.applies if self.above else "")

    @property
    def marked(self) -> str:
        """The heading as it is printed: with a star where the column must be filled in."""
        return f"{self.heading} {MARK}" if self.required else self.heading

    def names(self) -> Iterator[str]:
        """All that a heading may say to mean this column."""
        yield self.heading
        yield self.path
        if self.field.unit:
            yield self.heading.removesuffix(unit_of(self.field))


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: the columns after the first one, which names the applicant."""

    name: str
    first: Column
    columns: tuple[Column, ...]
    field: Field | None = None
    path: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """The sheet of applicants, one for each 表; `left` are the paths that no sheet can hold."""

    applicants: Sheet
    tables: tuple[Sheet, ...]
    left: tuple[str, ...] = ()

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        return (self.applicants, *self.tables)


def form_of(notice: Notice) -> Form:
    """The workbook of a notice's applicants."""
    fields = notice.fields.get(Party.APPLICANT, {})
    left: list[str] = []
    tables: list[Sheet] = []
    name = Field(NAME, FieldType.TEXT, required=True, note="data/申报单位 里的文件夹名，一家一行")
    columns = tuple(_columns(fields, left, tables))
    first = Column(NAME, _free(NAME, {column.heading for column in columns}), name, True)
    sheets, taken = [], {Party.APPLICANT.value, ABOUT, WORDS}
    for sheet in tables:
        title = _title(sheet.name, taken)
        taken.add(title.lower())
        sheets.append(replace(sheet, name=title))
    return Form(Sheet(Party.APPLICANT.value, first, columns), tuple(sheets), tuple(left))


def table_of(field: Field) -> Sheet:
    """The sheet of one 表 alone, as an applicant's own file may hold it."""
    return _table(field, field.key, [])


def plain(heading: str) -> str:
    """A heading for comparison: no blanks, no star, full and half width alike."""
    words = "".join(unicodedata.normalize("NFKC", heading).split())
    return words.strip(MARK).casefold()


def unit_of(field: Field) -> str:
    return f"（{field.unit}）" if field.unit else ""


def _columns(
    fields: Mapping[str, Field],
    left: list[str],
    tables: list[Sheet],
    above: Column | None = None,
) -> Iterator[Column]:
    """The columns of some fields; a 表 among them becomes a sheet."""
    for key, field in fields.items():
        path = f"{above.path}.{key}" if above else key
        label = f"{above.heading}.{field.label or key}" if above else field.label or key
        needed = field.required and not field.applies and not field.track
        needed = needed and (above is None or above.required)
        column = Column(path, label, field, needed, above.field if above else None)
        if field.type is FieldType.GROUP:
            yield from _columns(field.fields, left, tables, column)
        elif field.type is FieldType.TABLE:
            tables.append(_table(field, path, left))
        else:
            yield replace(column, heading=label + unit_of(field))


def _table(field: Field, path: str, left: list[str]) -> Sheet:
    inner: list[Sheet] = []
    columns = tuple(_columns(field.fields, left, inner))
    left.extend(f"{path}.{sheet.path}" for sheet in inner)
    owner = Field(Party.APPLICANT.value, FieldType.TEXT, required=True, note="申报单位表里的名称")
    first = Column("", _free(owner.key, {column.heading for column in columns}), owner, True)
    return Sheet(field.label or field.key, first, columns, field, path)


def _free(heading: str, taken: set[str]) -> str:
    """A heading that none of the fields has."""
    while heading in taken:
        heading += "（文件夹）"
    return heading


def _title(words: str, taken: set[str]) -> str:
    name = words.translate(_NOT_IN_SHEETS).strip()[:LONGEST_SHEET] or "表"
    number = 2
    while name.lower() in taken:
        name = f"{words.translate(_NOT_IN_SHEETS)[: LONGEST_SHEET - 4]}（{number}）"
        number += 1
    return name
