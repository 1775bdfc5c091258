"""One scalar's text → its typed value, by the field's type; what cannot be read is a Problem."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from docgen.language.registry import ALPHABET, check_digit, identity_digit
from docgen.language.spelling import nearest
from docgen.load.keys import NO, YES
from docgen.load.letters import short
from docgen.model.notice import Field, FieldType
from docgen.model.values import Choices, Moment, Month, Percent

_DATE = re.compile(r"(\d{4})(?:-|/|\.|年)(\d{1,2})(?:-|/|\.|月)(\d{1,2})日?")
_MONTH = re.compile(r"(\d{4})(?:-|/|\.|年)(\d{1,2})月?")
_HOUR = re.compile(r"(.+?)(?:T|\s+|(?<=日))(\d{1,2})(?::|时|点)(?:(\d{1,2})分?)?(?::00)?")
_NUMBER = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?")
_PHONE = re.compile(
    r"(\+?86[- ]?)?1[3-9]\d{9}|(0\d{2,3}-?\d{7,8}|[2-8]\d{6,7})(-\d{1,5})?|[48]00-?\d{3}-?\d{4}"
)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", re.ASCII)
_CODE = re.compile(f"[{ALPHABET}]{{18}}")
_SEPARATORS = re.compile(r"\s*[、，,；;\n]\s*")
LONGEST_NUMBER = 30
LONGEST_SHOWN = 40


class Unreadable(Exception):
    """A text that is no value of its type; the message says what was found and what is wanted."""

    def __init__(self, message: str, hint: str = "", code: str = "类型") -> None:
        super().__init__(message)
        self.hint, self.code = hint, code


def read_scalar(text: str, field: Field) -> object:
    """The typed value; raises Unreadable."""
    return _READERS[field.type](text, field)


def _text(text: str, field: Field) -> str:
    check = FORMATS.get(field.format)
    if check is not None:
        check(text)
    return text


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def _integer(text: str, field: Field) -> int:
    number = _number(text, field)
    if number != number.to_integral_value():
        raise Unreadable(f"“{short(text, LONGEST_SHOWN)}”不是整数", "填整数，不带小数")
    return int(number)


def _number(text: str, field: Field) -> Decimal:
    plain = _plain(text)
    unit = unicodedata.normalize("NFKC", field.unit)
    if unit and plain.endswith(unit):
        plain = plain[: -len(unit)].rstrip()
    if not _NUMBER.fullmatch(plain) or len(plain) > LONGEST_NUMBER:
        wanted = f"，单位是{field.unit}" if field.unit else ""
        raise Unreadable(
            f"“{short(text, LONGEST_SHOWN)}”不是数{wanted}", "只填数字，如 128.5；单位不用写"
        )
    return Decimal(plain.replace(",", ""))


def _percent(text: str, field: Field) -> Percent:
    plain = _plain(text)
    if not plain.endswith("%") or not _NUMBER.fullmatch(plain[:-1].rstrip()):
        raise Unreadable(f"“{short(text, LONGEST_SHOWN)}”不是百分比", "写成 41.2% 这样，带上 %")
    return Percent.typed(plain.replace(",", ""))


def _date(text: str, field: Field) -> date:
    match = _DATE.fullmatch(_plain(text))
    if match is None:
        raise Unreadable(f"“{short(text, LONGEST_SHOWN)}”不是日期", "写成 2026-06-01 这样的年月日")
    year, month, day = (int(part) for part in match.groups())
    try:
        return date(year, month, day)
    except ValueError:
        raise Unreadable(f"“{short(text, LONGEST_SHOWN)}”：没有这一天", "核对年、月、日") from None


def _month(text: str, field: Field) -> Month:
    match = _MONTH.fullmatch(_plain(text))
    if match is None:
        whole = _DATE.fullmatch(_plain(text))
        if whole is None:
            raise Unreadable(f"“{short(text, LONGEST_SHOWN)}”不是年月", "写成 2023-04 这样的年月")
        day = _date(text, field)
        return Month(day.year, day.month)
    year, month = (int(part) for part in match.groups())
    if not (1 <= month <= 12 and year >= 1):
        raise Unreadable(f"“{short(text, LONGEST_SHOWN)}”：没有这个月", "月份是 1 到 12")
    return Month(year, month)


def _moment(text: str, field: Field) -> Moment:
    match = _HOUR.fullmatch(_plain(text))
    if match is None:
        raise Unreadable(
            f"“{short(text, LONGEST_SHOWN)}”不是时刻",
            "写成 2026-06-10 17:00 这样，日期后面带几点几分",
        )
    hour, minute = int(match[2]), int(match[3] or 0)
    if hour > 23 or minute > 59:
        raise Unreadable(
            f"“{short(text, LONGEST_SHOWN)}”：没有这个钟点", "时是 0 到 23，分是 0 到 59"
        )
    return Moment(_date(match[1].strip(), field), hour, minute)


def _boolean(text: str, field: Field) -> bool:
    plain = _plain(text).lower()
    if plain in (*YES, "有"):
        return True
    if plain in (*NO, "无"):
        return False
    raise Unreadable(f"“{short(text, LONGEST_SHOWN)}”不是是或否", "填 是 或 否")


def _choice(text: str, field: Field) -> str:
    plain = field.synonyms.get(text.strip(), text.strip())
    if field.choices and plain not in field.choices and not field.open_choices:
        near = nearest(plain, field.choices)
        hint = f"是不是“{near}”？" if near else ""
        words = "、".join(field.choices)
        raise Unreadable(f"“{short(text, LONGEST_SHOWN)}”不在可选的{words}之中", hint, code="选项")
    return plain


def _choices(text: str, field: Field) -> Choices:
    words = [word for word in _SEPARATORS.split(text.strip()) if word]
    return Choices(_choice(word, field) for word in words)


def _credit_code(text: str) -> None:
    strange = sorted({c for c in text if c not in ALPHABET})
    if strange:
        raise Unreadable(
            f"“{short(text, LONGEST_SHOWN)}”里有不该有的字：{'、'.join(strange[:9])}",
            "只有数字和大写字母，没有 I、O、S、V、Z",
            "格式",
        )
    if len(text) != 18:
        raise Unreadable(
            f"“{short(text, LONGEST_SHOWN)}”是 {len(text)} 位，应为 18 位", "对照执照", "格式"
        )
    wanted = check_digit(text[:17])
    if wanted != text[17]:
        raise Unreadable(
            f"“{text}”的校验位不对：末位是 {text[17]}，按前 17 位应为 {wanted}",
            "对照执照，多半有一位抄错",
            "格式",
        )


def _phone(text: str) -> None:
    if not _PHONE.fullmatch(_plain(text)):
        many = sum(char.isdigit() for char in text) >= 7  # somebody's, with a slip in it
        typed = "" if many else f"“{short(text, LONGEST_SHOWN)}”"
        cure = "手机 11 位，或 区号-号码；几个号码分开填"
        raise Unreadable(f"{typed}不像电话号码", cure, "格式")


def _identity(text: str) -> None:
    """居民身份证号 by GB 11643-1999; what is wrong is told without the number."""
    cure, plain = "对照证件，多半有一位抄错", _plain(text).upper()
    if not re.fullmatch(r"\d{17}[\dX]", plain):
        raise Unreadable(
            f"身份证号应为 18 位数字，末位可以是 X，现在是 {len(plain)} 位", cure, "格式"
        )
    try:
        date(int(plain[6:10]), int(plain[10:12]), int(plain[12:14]))
    except ValueError:
        said = "身份证号的第 7 至 14 位不是出生日期"
        raise Unreadable(said, cure, "格式") from None
    if identity_digit(plain[:17]) != plain[17]:
        raise Unreadable("身份证号的校验位（末位）不对", cure, "格式")


def _mail(text: str) -> None:
    if not _MAIL.fullmatch(text):
        raise Unreadable(
            f"“{short(text, LONGEST_SHOWN)}”不像邮箱地址", "写成 name@example.com 这样", "格式"
        )


def _account(text: str) -> None:
    digits = re.sub(r"[\s\-]", "", _plain(text))
    if not re.fullmatch(r"\d{8,30}", digits):
        raise Unreadable("不像银行账号", "只写数字，8 到 30 位，可用空格分段", "格式")


def _file(text: str) -> None:
    """A file's name; whether it is there is asked of the folder."""


FORMATS: dict[str, Callable[[str], None]] = {
    "统一社会信用代码": _credit_code,
    "身份证号": _identity,
    "电话": _phone,
    "邮箱": _mail,
    "银行账号": _account,
    "证明文件": _file,
}
# What half-width writing looks like, for editors; the checks above are the judge.
PATTERNS: dict[str, str] = {
    "统一社会信用代码": _CODE.pattern,
    "电话": _PHONE.pattern,
    "邮箱": _MAIL.pattern,
    "数": _NUMBER.pattern,
    "百分比": rf"{_NUMBER.pattern}\s*%",
    "日期": _DATE.pattern,
    "年月": rf"{_MONTH.pattern}|{_DATE.pattern}",
    "时刻": rf"{_DATE.pattern}(?:T|\s+|)\d{{1,2}}(?::|时|点)(?:\d{{1,2}}分?)?(?::00)?",
}
_READERS: dict[FieldType, Callable[[str, Field], object]] = {
    FieldType.TEXT: _text,
    FieldType.INTEGER: _integer,
    FieldType.NUMBER: _number,
    FieldType.PERCENT: _percent,
    FieldType.DATE: _date,
    FieldType.MONTH: _month,
    FieldType.MOMENT: _moment,
    FieldType.BOOLEAN: _boolean,
    FieldType.CHOICE: _choice,
    FieldType.CHOICES: _choices,
    FieldType.EVIDENCE: _choices,
}
