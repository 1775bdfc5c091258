"""One cell and the field it is for → the text that a person would have typed into YAML.

What Excel made of it on the way (a number of a code, a date of a number) is named, never guessed.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from docgen.load.excel.workbook import Grid
from docgen.load.letters import short
from docgen.load.text import characters
from docgen.model.notice import Field, FieldType
from docgen.problem import Problem, Severity, Where, error, warning

FULL_CELL = 32_767  # characters that a cell of Excel holds
LONGEST_TEXT = 4_000
LONGEST_WORD = 100
EXACT = 15  # digits of a number that Excel keeps
TEXT_CURE = "先把这一栏设为“文本”格式，再重新输入（或在前面加半角 ' ）"
_YEARS = (1900, 2200)
_SCIENTIFIC = re.compile(r"\d(\.\d+)?E\+\d+", re.I)
_MOBILE = re.compile(r"1\d{10}")
_DATES = (FieldType.DATE, FieldType.MONTH, FieldType.MOMENT)
_NUMBERS = (FieldType.INTEGER, FieldType.NUMBER, FieldType.PERCENT)
_LONG = (FieldType.TEXT, FieldType.CHOICES, FieldType.EVIDENCE, FieldType.PICTURE)
_BREAKS = (FieldType.PROSE, FieldType.CHOICES, FieldType.EVIDENCE)


class CellReader:
    """Reads the cells of one sheet, collecting Problems."""

    def __init__(self, grid: Grid, problems: list[Problem]) -> None:
        self.grid, self.problems = grid, problems
        self._epoch_told = False

    def text(self, row: int, column: int, field: Field, label: str, path: str = "") -> str | None:
        """What was typed, line ends as \\n; "" for an empty cell, None where it cannot be used."""
        grid, place = self.grid, (row, column)
        where = grid.where(row, column, path)
        if place in grid.marks.errors:
            said = f"{label}：格里是错误值 {grid.marks.errors[place]}"
            return self._refuse("单元格", said, where, "改好公式，或直接输入内容")
        if place in grid.marks.uncounted:
            cure = "用 Excel 或 WPS 打开并保存一次；或复制这一格，选择性粘贴为“值”"
            return self._refuse("公式", f"{label}：公式没有算好的值", where, cure)
        value = grid.at(row, column)
        if isinstance(value, str):
            return self._typed(value.replace("\r\n", "\n").replace("\r", "\n"), field, label, where)
        if isinstance(value, bool):
            is_flag = field.type is FieldType.BOOLEAN
            return ("是" if value else "否") if is_flag else ("TRUE" if value else "FALSE")
        if isinstance(value, date | time | timedelta):
            return self._day(value, field, label, where)
        return self._number(value, place, field, label, where)

    def _refuse(self, code: str, said: str, where: Where, cure: str) -> str | None:
        """Tells why a cell cannot be used; what it gives then is nothing."""
        self.problems.append(error(code, said, where, cure))
        return None

    def _typed(self, text: str, field: Field, label: str, where: Where) -> str | None:
        """A text: kept to the letter; what is likely a slip is named."""
        if not text.strip():
            return ""
        limit = _limit(field)
        units = len(text) if text.isascii() else len(text.encode("utf-16-le", "replace")) // 2
        if units > limit:
            said = f"{label}：{units} 个字，这一项最多 {limit} 个字"
            cure = "长的内容写进 正文 文件夹；核对是不是填错了栏"
            return self._refuse("单元格", said, where, cure)
        if units == FULL_CELL:
            said = f"{label}：正好 {FULL_CELL} 个字，是 Excel 一格的上限，后面的可能已被截去"
            self._warn("单元格", said, where, "对照原文；长的内容写进 正文 文件夹")
        bad = characters(text, where)
        self.problems += [_placed(problem, where) for problem in bad]
        if any(problem.severity is Severity.ERROR for problem in bad):
            return None
        if field.format and _SCIENTIFIC.fullmatch(text.strip()):
            said = f"{label}：“{text}”是科学记数，原来的号码已经丢了几位"
            return self._refuse("单元格", said, where, f"{TEXT_CURE}，对照证照")
        if text != text.strip() and field.type is not FieldType.PROSE:
            self._warn("单元格", f"{label}：“{short(text.strip())}”前后有空格", where, "删去空格")
        elif "\n" in text and field.type not in _BREAKS:
            cure = "不要换行的删去（查找 Ctrl+J 替换为空）"
            self._warn("单元格", f"{label}：格里有换行", where, cure)
        if _has_wide_digits(text) and (field.format or field.type in (*_NUMBERS, *_DATES)):
            self._warn("单元格", f"{label}：“{short(text)}”里有全角的数字或字母", where, "改为半角")
        return text

    def _warn(self, code: str, said: str, where: Where, cure: str) -> None:
        self.problems.append(warning(code, said, where, cure))

    def _day(
        self, value: date | time | timedelta, field: Field, label: str, where: Where
    ) -> str | None:
        """A cell that Excel holds for a day or an hour."""
        if field.type not in _DATES or isinstance(value, time | timedelta):
            said = f"{label}：Excel 把这一格变成了日期或时间（{value}），原来输入的已不可知"
            return self._refuse("单元格", said, where, TEXT_CURE)
        if self.grid.from_1904 and not self._epoch_told:
            self._epoch_told = True
            said = f"{label}：这个工作簿用 1904 日期系统，读作 {value:%Y-%m-%d}；别的日期也一样"
            cure = "核对；从别的工作簿粘贴来的日期可能差 4 年零 1 天"
            self._warn("单元格", said, where, cure)
        if value < type(value)(1900, 3, 1):
            said = f"{label}：{value:%Y-%m-%d} 太早，多半是数被当作了日期"
            return self._refuse("单元格", said, where, TEXT_CURE)
        if not isinstance(value, datetime):
            return f"{value:%Y-%m}" if _is_first(value, field) else f"{value:%Y-%m-%d}"
        if field.type is FieldType.MOMENT:
            return f"{value:%Y-%m-%d %H:%M}"
        said = f"{label}：带了钟点（{value:%Y-%m-%d %H:%M}），这里只要日期"
        return self._refuse("单元格", said, where, "删去钟点，写成 2026-06-01 这样")

    def _number(
        self, value: float, place: tuple[int, int], field: Field, label: str, where: Where
    ) -> str | None:
        """A cell that Excel holds for a number."""
        text = _digits(value)
        if _is_serial(field):
            return self._serial(value, text, label, where)
        if field.type is FieldType.PERCENT:
            if place in self.grid.marks.percents:
                return f"{Decimal(text).scaleb(2):f}%"
            said = f"{label}：“{text}”没有百分号，分不清是 {text}% 还是它的一百倍"
            return self._refuse("单元格", said, where, "写成 41.2% 这样，带上 %")
        if place in self.grid.marks.percents and field.type in _NUMBERS:
            said = f"{label}：这一格是百分比格式，这里要数"
            return self._refuse("单元格", said, where, "把格式改为“常规”，重新输入")
        if field.format or (field.type not in _NUMBERS and abs(value) >= 10**EXACT):
            return self._code(value, text, field, label, where)
        if field.type is FieldType.TEXT:
            said = f"{label}：“{text}”在 Excel 里是数，开头和末尾的零可能已经丢了"
            self._warn("单元格", said, where, f"核对；要保住零，{TEXT_CURE}")
        elif field.type in _NUMBERS and abs(value) >= 10**EXACT:
            said = f"{label}：“{text}”超过 {EXACT} 位，后面的位数 Excel 已改成零"
            return self._refuse("单元格", said, where, TEXT_CURE)
        return text

    def _serial(self, value: float, text: str, label: str, where: Where) -> str | None:
        said = f"{label}：“{text}”是数，不是日期"
        if _YEARS[0] <= value < _YEARS[1]:
            said += "；年月写成小数，分不清 2023.1 是 1 月还是 10 月"
        elif 367 <= value < 100_000:
            epoch = date(1904, 1, 1) if self.grid.from_1904 else date(1899, 12, 30)
            meant = epoch + timedelta(days=int(value))
            said += f"；多半是日期的序列号，即 {meant:%Y-%m-%d}"
        cure = "核对后写成 2026-06-01 这样的年月日（先把这一栏设为“文本”）"
        return self._refuse("单元格", said, where, cure)

    def _code(self, value: float, text: str, field: Field, label: str, where: Where) -> str | None:
        """A number where a code is wanted: right only where no zero can have been lost."""
        if field.format == "电话" and _MOBILE.fullmatch(text):
            return text
        shown = f"{value:.2E}" if abs(value) >= 1e11 else text
        if abs(value) >= 10**EXACT:
            said = f"{label}：长号码被 Excel 变成了 {shown}，第 {EXACT} 位以后已改成零"
        else:
            said = f"{label}：“{shown}”在 Excel 里是数，开头的零可能已经丢了"
        return self._refuse("单元格", said, where, f"{TEXT_CURE}，对照证照")


def _placed(problem: Problem, where: Where) -> Problem:
    """A Problem about a character, told of its cell."""
    return Problem(problem.code, problem.severity, problem.message, where, hint=problem.hint)


def _limit(field: Field) -> int:
    if field.type is FieldType.PROSE:
        return FULL_CELL
    return LONGEST_TEXT if field.type in _LONG and not field.format else LONGEST_WORD


def _is_first(value: date, field: Field) -> bool:
    """Whether a day stands for its month: Excel makes a day of 2023-04."""
    return field.type is FieldType.MONTH and value.day == 1


def _is_serial(field: Field) -> bool:
    """Whether a number is no answer but may be a day as Excel counts them."""
    return field.type in _DATES


def _has_wide_digits(text: str) -> bool:
    return any(
        "０" <= char <= "ｚ" and unicodedata.normalize("NFKC", char).isalnum() for char in text
    )


def _digits(value: float) -> str:
    """A number as Excel shows it: 15 digits, no exponent, no idle zeros."""
    exact = Decimal(f"{value:.15g}")
    text = f"{exact:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
