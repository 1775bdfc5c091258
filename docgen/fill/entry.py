"""A notice → an Excel workbook to be filled in: a row an applicant, a sheet for each 表.

Row 1 says what a column is, row 2 how to fill it in; both stay in sight. Codes and days are text
cells, so that Excel leaves them as they are typed. Same notice, same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import Any

import xlsxwriter

from docgen.model.form import ABOUT, HINT, MARK, WORDS, Column, Form, Sheet, form_of
from docgen.model.notice import FieldType, Notice

LAST = 99_999  # the last row that is read
FILTERED = 1_999  # the last row of filters and of the list of applicants
INLINE = 255  # characters of a list that Excel keeps in the rule itself
LONGEST_HINT = 255
FONT = "宋体"
TEXT = 49  # Excel's own number of the format @
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_AS_NUMBER = (FieldType.INTEGER, FieldType.NUMBER)
_HOW = {
    FieldType.PROSE: "一段或几段文字，换行按 Alt+Enter",
    FieldType.INTEGER: "整数",
    FieldType.NUMBER: "数",
    FieldType.PERCENT: "百分比，带 %，如 41.2%",
    FieldType.DATE: "日期，如 2026-06-01",
    FieldType.MONTH: "年月，如 2023-04",
    FieldType.MOMENT: "日期和钟点，如 2026-06-10 17:00",
    FieldType.BOOLEAN: "是 或 否",
    FieldType.CHOICE: "选一个",
    FieldType.CHOICES: "可选几个，用、隔开",
    FieldType.EVIDENCE: "证明材料的编号，几个用、隔开",
    FieldType.PICTURE: "图片的文件名",
}
_WIDTHS = {
    FieldType.PROSE: 40,
    FieldType.INTEGER: 11,
    FieldType.NUMBER: 13,
    FieldType.PERCENT: 12,
    FieldType.DATE: 13,
    FieldType.MONTH: 11,
    FieldType.MOMENT: 18,
    FieldType.BOOLEAN: 9,
}
_CODE_WIDTH, _WIDTH, _LONG_WIDTH, _NAME_WIDTH = 22, 16, 24, 18
_LINES = (
    "一家申报单位在“申报单位”表里写一行；“名称”是 data/申报单位 里的文件夹名，以后不要改。",
    "其余各表一条一行，第一栏写是哪一家（申报单位表里的名称），几家可以写在同一张表里。",
    "第 1 行是栏名，第 2 行是填法，都不要改、不要删，也不要合并单元格；栏的先后可以调。",
    f"栏名后有“{MARK}”、底色较深的必填。没有的空着，不要写“无”“/”；确实没有的按填法说明写。",
    "号码、日期、百分比都是文本格式，照原样输入即可，开头的零不会丢。粘贴时用“选择性粘贴→值”。",
    "填好后保存为 .xlsx，运行 docgen import；有问题的格会逐一指出，改好再导入一次即可。",
    "再次导入时，人在 YAML 里改过的内容不会被表格覆盖，会列出来由您决定。",
)


def entry_book(notice: Notice) -> bytes:
    """The bytes of the .xlsx."""
    written = BytesIO()
    book = xlsxwriter.Workbook(written, OPTIONS)
    day = notice.dated
    made = datetime(day.year, day.month, day.day) if day else datetime(2000, 1, 1)
    book.set_properties({"title": f"{notice.name}报名表", "created": made})
    _Book(book, notice).write()
    book.close()
    return written.getvalue()


class _Book:
    """Writes the sheets of one workbook."""

    def __init__(self, book: Any, notice: Notice) -> None:
        self._book, self._notice, self._form = book, notice, form_of(notice)
        plain = {"font_name": FONT, "font_size": 10, "valign": "vcenter", "text_wrap": True}
        head = {**plain, "bold": True, "align": "center", "border": 1, "num_format": TEXT}
        self._title = book.add_format({**plain, "bold": True, "font_size": 14})
        self._line = book.add_format({**plain, "font_size": 11, "num_format": TEXT})
        self._optional = book.add_format({**head, "bg_color": "#EEF3F8"})
        self._required = book.add_format({**head, "bg_color": "#FCE4C8", "font_color": "#9C2A00"})
        small = {**plain, "font_size": 8, "font_color": "#7F7F7F", "valign": "top", "border": 1}
        self._hint = book.add_format({**small, "num_format": TEXT})
        self._text = book.add_format({**plain, "num_format": TEXT})
        self._number = book.add_format(plain)
        self._words: dict[tuple[str, ...], str] = {}
        self._lists: list[tuple[str, ...]] = []

    def write(self) -> None:
        self._about(self._book.add_worksheet(ABOUT))
        for sheet in self._form.sheets:
            there = self._book.add_worksheet(sheet.name)
            self._sheet(there, sheet)
            if sheet is self._form.applicants:
                there.activate()
        if self._lists:
            words = self._book.add_worksheet(WORDS)
            for column, choices in enumerate(self._lists):
                for row, word in enumerate(choices):
                    words.write_string(row, column, word, self._text)
            words.hide()

    def _about(self, there: Any) -> None:
        notice = self._notice
        there.set_column(0, 0, 12)
        there.set_column(1, 1, 90)
        there.write_string(0, 0, "报名表", self._title)
        facts = (("通知", notice.slug), ("名称", notice.full_name or notice.name))
        for row, (key, value) in enumerate((*facts, ("文号", notice.number)), 1):
            there.write_string(row, 0, key, self._line)
            there.write_string(row, 1, value, self._line)
        for number, words in enumerate(_about_lines(self._form), 1):
            there.write_string(number + 4, 0, str(number), self._line)
            there.write_string(number + 4, 1, words, self._line)

    def _sheet(self, there: Any, sheet: Sheet) -> None:
        columns = (sheet.first, *sheet.columns)
        for index, column in enumerate(columns):
            cells = self._number if column.field.type in _AS_NUMBER else self._text
            there.set_column(index, index, _width(column, first=index == 0), cells)
            head = self._required if column.required else self._optional
            there.write_string(0, index, column.marked, head)
            told = "；".join(_hints(column))
            if index == 0:
                told = f"{HINT}：{column.field.note}"
            there.write_string(1, index, told, self._hint)
            self._rule(there, index, column, first=index == 0 and sheet.path != "")
        there.set_row(0, 32)
        there.set_row(1, 76)
        there.freeze_panes(2, 1)
        there.autofilter(1, 0, FILTERED, len(columns) - 1)
        there.set_landscape()
        there.set_paper(9)
        there.fit_to_pages(1, 0)
        there.repeat_rows(0)

    def _rule(self, there: Any, index: int, column: Column, *, first: bool) -> None:
        """What Excel offers and says when a cell of the column is chosen; it forbids nothing."""
        field = column.field
        rule: dict[str, Any] = {"validate": "any"}
        if first:
            name = self._form.applicants.name.replace("'", "''")
            rule = {"validate": "list", "source": f"='{name}'!$A$3:$A${FILTERED + 1}"}
        elif field.choices:
            rule = {"validate": "list", "source": self._source(field.choices)}
        elif field.type is FieldType.BOOLEAN:
            rule = {"validate": "list", "source": ["是", "否"]}
        if rule["validate"] == "list":
            single = not field.open_choices and field.type is not FieldType.CHOICES
            rule |= {
                "error_type": "warning",
                "error_title": "不在可选的内容里",
                "error_message": "可以保留，但导入后核验多半不通过",
                "show_error": single,
            }
        told = "\n".join(_hints(column)) or field.note
        if told:
            rule |= {"input_title": _cut(column.heading, 32), "input_message": _cut(told)}
        if told or rule["validate"] == "list":
            there.data_validation(2, index, LAST, index, rule)

    def _source(self, choices: tuple[str, ...]) -> list[str] | str:
        """A list for a rule: itself where it is short, else a place on the hidden sheet."""
        if len(",".join(choices)) <= INLINE and not any("," in word for word in choices):
            return list(choices)
        if choices not in self._words:
            letters = _letters(len(self._lists))
            self._lists.append(choices)
            place = f"={WORDS}!${letters}$1:${letters}${len(choices)}"
            self._words[choices] = place
        return self._words[choices]


def _about_lines(form: Form) -> Iterator[str]:
    yield from _LINES
    if form.left:
        yield f"下列内容在表格里填不了，导入后在 YAML 里填：{'、'.join(form.left)}。"


def _hints(column: Column) -> Iterator[str]:
    """How a column is to be filled in, from its field."""
    field = column.field
    if field.required:
        yield "必填" if not column.applies else f"必填（{column.applies}）"
    elif column.applies:
        yield f"适用：{column.applies}"
    if field.track:
        yield f"类别：{field.track}"
    if how := _HOW.get(field.type, ""):
        yield how + (f"，单位{field.unit}，只写数" if field.unit else "")
    if field.choices and len(field.choices) <= 6:
        yield "、".join(field.choices)
    if field.format:
        yield field.format
    if field.note:
        yield field.note
    if column.article:
        yield f"条款 {column.article}"
    if field.example:
        yield f"如 {field.example}"


def _width(column: Column, *, first: bool) -> int:
    field = column.field
    if first:
        return _NAME_WIDTH
    wide = _CODE_WIDTH if field.format else _WIDTHS.get(field.type, _WIDTH)
    if field.type is FieldType.TEXT and not field.format:
        wide = _LONG_WIDTH
    return max(wide, min(2 * len(column.heading) // 2 + 4, 30))


def _cut(text: str, length: int = LONGEST_HINT) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"


def _letters(index: int) -> str:
    letters, rest = "", index + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        letters = chr(65 + digit) + letters
    return letters
