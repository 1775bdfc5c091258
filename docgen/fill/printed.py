"""How a fact prints in a document: 2026年6月2日, 是/否, 机械、汽车, 128.50, 23.5%; never None."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

from jinja2.runtime import Undefined
from markupsafe import Markup

from docgen.fill.blanks import Blank
from docgen.language import LanguageError
from docgen.language.dates import written
from docgen.language.weighing import sound
from docgen.model.blocks import Chapter, texts
from docgen.model.charts import Bars, Gantt, Tree
from docgen.model.values import Image, Missing, Moment, Month, Passage, Percent, Record
from docgen.problem import Problem, Where, error

try:  # text in, text out: `escape` would make a Markup of every value
    from markupsafe._speedups import _escape_inner
except ImportError:  # pragma: no cover
    from markupsafe._native import _escape_inner

escaped: Callable[[str], str] = _escape_inner
_UNCARRIED = re.compile("[\x00-\x08\x0b-\x0c\x0e-\x1f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_NEWLINES = re.compile("\r\n?|[\u0085\u2028\u2029]")


def text_of(value: object) -> str:
    """The text of a value; a hole where it is a required absent fact.

    Raises LanguageError for what is no fact (a function, a loop) and for a number beyond all
    measure, UnknownName for an unknown name.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | Decimal):
        sound(value)
    if isinstance(
        value,
        Percent
        | int
        | Month
        | Moment
        | Chapter
        | Undefined
        | Image
        | Passage
        | Gantt
        | Bars
        | Tree,
    ):
        return str(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return written(value)
    if value is None:
        return ""
    if isinstance(value, Missing):
        return str(Blank.of(value))
    if isinstance(value, Record):
        return "，".join(f"{key}：{text_of(fact)}" for key, fact in value.items())
    if isinstance(value, list | tuple):
        between = "；" if any(isinstance(item, Record) for item in value) else "、"
        return between.join(text_of(item) for item in value)
    if isinstance(value, float):
        return f"{Decimal(repr(value)):f}"
    raise LanguageError("这里打印的不是资料里的内容（例如打印了函数、循环本身）")


def plain_lines(text: str) -> str:
    """The text with every kind of line end as \\n."""
    return _NEWLINES.sub("\n", text)


def is_markup(value: object) -> bool:
    """Whether a value brings its own XML (a macro's result, docxtpl's RichText)."""
    return isinstance(value, Markup) or hasattr(value, "__html__")


def uncarried(text: str) -> tuple[str, ...]:
    """The names of characters that no Word file can carry (controls, surrogates, noncharacters)."""
    return tuple(dict.fromkeys(_named(sign) for sign in _UNCARRIED.findall(text)))


def carriable(text: str) -> str:
    """The text without what no Word file can carry: for descriptions, whose words are told where
    they are printed."""
    return _UNCARRIED.sub("", text)


def _named(sign: str) -> str:
    name = unicodedata.name(sign, "")
    return f"U+{ord(sign):04X}" + (f" {name}" if name else "")


def uncarriable(text: str, where: Where, allowed: str = "") -> Iterator[Problem]:
    """An error for each character that no Word file can carry; breaks of docxtpl may be allowed."""
    if text.isprintable():
        return
    for sign in allowed:
        text = text.replace(sign, "")
    for name in uncarried(text):
        yield error(
            "字符不能写入",
            f"“{where.path or '正文'}”里有 Word 文件存不了的字符 {name}",
            where,
            "请删去这个看不见的字符（多半是从别处粘贴带来的）",
        )


def check_prose(chapter: Chapter) -> Iterator[Problem]:
    """The same for every text of a chapter, each at its own place."""
    for section in chapter.sections:
        for text, where in ((section.title, section.where), *texts(section.blocks)):
            yield from uncarriable(text, where)
