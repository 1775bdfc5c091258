"""Slips of the pen that YAML takes without a word: full-width signs, missing spaces, cut text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from docgen.load.letters import (
    HAN,
    is_invisible,
    is_odd_space,
    short,
    space_name,
    without_invisibles,
)
from docgen.load.yaml.source import Role, Scalar, Source
from docgen.problem import Problem, Severity, Where, error, warning

_NO_KEY = r":：,，、。；;！!？?“”‘’\"'（）()\[\]{}【】《》#"
_WORD = rf"[^\s\-{_NO_KEY}][^{_NO_KEY}]{{0,15}}?"
_PAIR = re.compile(rf"^ *(?:- +)?(?P<key>{_WORD}) *(?P<colon>：|:(?![ \t/\\]|$))")
_ITEM = re.compile(r"^ *(?P<dash>-)(?![\s\-\d.]|$)|^ *(?P<odd>-)(?=[\u3000\u00a0])|^ *(?P<wide>－)")
_ODD_INDENT = re.compile("^ *(?P<odd>[\t\u3000\u00a0\u2000-\u200f\u202f\u205f\u2060])(?=.*[^\\s#])")
_COMMENT = re.compile(r"^ *(?P<sign>＃)")
_CUT = re.compile(r" (?P<rest>#[^\s#!].*)")
_TYPED_PAIR = re.compile(rf"^ *(?:- +)?{_WORD}:(?: |$)")
_TIGHT_KEY = re.compile(rf"(?P<key>[^:]*[{HAN}][^:]*?)(?::| +[{{\[])")
_NO_COLON = re.compile(rf"^ *(?:- +)?(?P<key>{_WORD}) +[|>][+-]?$")
_BLOCK_HEADER = re.compile(r"(?:^|[:\-] )\s*[|>][+\-\d]*\s*(?: #.*)?$")
# Text behind plain indentation and dashes, without a sign that any pattern of a line asks for.
_QUIET = re.compile(r"^ *(?:- +)*[\w（《“〔【][^:：|>]*$")


def is_quiet(line: str) -> bool:
    """Whether it is plain at a glance that `in_line` has nothing to say of a line."""
    return _QUIET.match(line) is not None


@lru_cache(maxsize=1024)  # the same few hundred keys stand in every file
def quiet_key(text: str) -> str:
    """A key in the form in which equal keys are equal; "" where it must be looked at."""
    if not text.isprintable() or text != text.strip() or text == "<<" or "：" in text:
        return ""
    if _ITEM.match(text) or _TIGHT_KEY.match(text):
        return ""
    return unicodedata.normalize("NFKC", text)


def may_be_cut(text: str) -> bool:
    """Whether anywhere in a file a comment begins that may have been text."""
    return _CUT.search(text) is not None


def in_key(source: Source, key: Scalar, where: Where) -> Iterator[Problem]:
    """What is wrong with a key by itself; `where` is its place."""
    if not key.is_plain:
        return
    odd = any(is_invisible(char) or is_odd_space(char) for char in key.text)
    if odd and _ODD_INDENT.match(key.text) and source.starts_line(key.line, key.column):
        yield _odd_indent(where, key.text[0])
    elif odd:
        said = f"键“{without_invisibles(key.text)}”里有看不见的字符或全角空格"
        yield error("键", said, where, "删去这个键，重新输入")
    elif not key.text:
        yield error("键", "冒号前没有键", where, "在冒号前写上键；若这是文字，给整个值加引号")
    elif _ITEM.match(key.text) and source.starts_line(key.line, key.column):
        yield from in_line(source, key.line, where.path)
    elif tight := _TIGHT_KEY.match(key.text):
        yield _tight_colon(_further(where, tight.end("key")), tight["key"])
    elif "：" in key.text:
        place = _further(where, key.text.index("："))
        said = f"键“{short(key.text)}”里有全角冒号"
        yield warning("全角冒号", said, place, "键和值之间用半角冒号加空格“: ”")


def in_pair(source: Source, key: Scalar, value: Scalar, where: Where) -> Iterator[Problem]:
    """A key in braces that got no value, since a comma or a wrong colon cut it off."""
    rest = source.line(key.end_line)[key.end_column :]
    if not (value.is_bare and key.is_plain) or rest.lstrip(" ").startswith(":"):
        return
    name, colon, _ = re.split("([:：])", key.text + ":", maxsplit=1)
    place = _further(where, len(name))
    if "：" in key.text and colon == "：":
        yield _full_width_colon(place, name)
    elif ":" in key.text:
        yield _tight_colon(place, name)
    else:
        said = f"“{short(key.text)}”没有值：花括号里的逗号把内容切断了"
        yield error("逗号", said, where, "给含逗号的整个值加引号，或把它写成单独一行")


def in_scalar(
    source: Source, scalar: Scalar, role: Role, flow: bool, where: Where
) -> Iterator[Problem]:
    """What a value, an item or the whole file shows of a slip; `where` is its first character."""
    if scalar.is_block:
        yield from _in_block_header(source, scalar, where)
    elif scalar.is_quoted:
        yield from _in_quotes(source, scalar, where)
    else:
        if flow and role is Role.ITEM and "，" in scalar.text:
            said = f"“{short(scalar.text)}”里是全角逗号，读作一项"
            cure = "各项之间用半角逗号“, ”；若确是一项，给它加引号"
            yield error("全角逗号", said, _further(where, scalar.text.index("，")), cure)
        if not flow:
            yield from _in_plain_lines(source, scalar, role, where)
        if cut := _CUT.match(source.line(scalar.end_line), scalar.end_column):
            said = f"“{short(cut['rest'])}”被当作注释，没有进入内容"
            cure = "若是内容，给整个值加引号；若是注释，在 # 后加一个空格"
            place = source.where(scalar.end_line, cut.start("rest"), where.path)
            yield warning("井号", said, place, cure)


def _in_plain_lines(source: Source, scalar: Scalar, role: Role, where: Where) -> Iterator[Problem]:
    """Lines of a plain scalar that were meant as pairs or items.

    They are kept as text, so a pair is only warned of; the whole file as one text is an error.
    """
    if scalar.text.startswith(("｜", "＞")) and scalar.end_line > scalar.line:
        said = f"“{scalar.text[0]}”是全角的，下面几行没有读作多行文字"
        yield error("块", said, where, "改为半角 | ，再换行")
    for number in range(scalar.line, scalar.end_line + 1):
        if number == scalar.line and not source.starts_line(number, scalar.column):
            continue
        for slip in in_line(source, number, where.path):
            if slip.code == "列表" or role is Role.ROOT:
                yield slip
            elif role is Role.VALUE or number > scalar.line:
                yield replace(slip, severity=Severity.WARNING)


def _in_quotes(source: Source, scalar: Scalar, where: Where) -> Iterator[Problem]:
    for number in range(scalar.line + 1, scalar.end_line + 1):
        if is_pair(source.line(number)):
            said = f"从这里开始的引号到第 {scalar.end_line + 1} 行才配上，中间的键成了文字"
            cure = "在本行末尾补上引号；若确是多行文字，改用 | 块"
            yield warning("引号", said, where, cure)
            return


def _in_block_header(source: Source, scalar: Scalar, where: Where) -> Iterator[Problem]:
    header = source.line(scalar.line)[scalar.column :].split(" #")[0].strip()
    if any(char.isdigit() for char in header):
        said = f"“{header}”被读作多行文字的开头，不是内容"
        place = source.where(scalar.line, scalar.column, where.path)
        cure = "给整个值加引号，或在键后写 |，另起一行缩进书写"
        yield warning("块", said, place, cure)


def in_line(source: Source, number: int, path: str = "") -> Iterator[Problem]:
    """The slip of one line (from 0) that YAML did not take for a pair or an item."""
    text = source.line(number)
    if odd := _ODD_INDENT.match(text):
        yield _odd_indent(source.where(number, odd.start("odd"), path), odd["odd"])
    elif item := _ITEM.match(text):
        place = source.where(number, item.start(item.lastgroup or 0), path)
        fault = "是全角的" if item["wide"] else "后没有半角空格"
        said = f"“{short(text.strip())}”的“{item[0].strip()}”{fault}，没有读作列表的一项"
        yield error("列表", said, place, "写成半角“-”加一个半角空格；若确是文字，加引号")
    elif sign := _COMMENT.match(text):
        place = source.where(number, sign.start("sign"), path)
        yield error("井号", "“＃”是全角的，没有读作注释", place, "改为半角 #，后加一个空格")
    elif bare := _NO_COLON.match(text):
        place = source.where(number, bare.end("key"), path)
        cure = "写成“键: |”，再换行"
        yield error("块", f"“{short(bare['key'])}”后少了冒号，没有读作多行文字", place, cure)
    elif pair := _PAIR.match(text):
        place = source.where(number, pair.start("colon"), path)
        if pair["colon"] == "：":
            yield _full_width_colon(place, pair["key"])
        elif re.search(f"[{HAN}]", pair["key"]):  # http://…, C:\\… and 12:30 are text
            yield _tight_colon(place, pair["key"])


def among_groups(source: Source, item: Scalar) -> Iterator[Problem]:
    """An item that is one text while others of its list are groups of pairs."""
    if item.is_plain and source.starts_line(item.line, item.column):
        for number in range(item.line, item.end_line + 1):
            yield from in_line(source, number)


def is_pair(line: str) -> bool:
    """Whether a line reads “键: …”, by itself or as an item of a list."""
    return _TYPED_PAIR.match(line) is not None


def after(source: Source, line: int) -> Iterator[Problem]:
    """Certain slips on the lines below one (from 0) where YAML gave up, block scalars left out.

    A pair counts where real pairs of the file are indented alike.
    """
    indents = {source.indent(n) for n, text in enumerate(source.lines) if is_pair(text)}
    block: int | None = None
    for number in range(line + 1, len(source.lines)):
        text = source.line(number)
        if not text.strip() or (block is not None and source.indent(number) > block):
            continue
        block = source.indent(number) if _BLOCK_HEADER.search(text) else None
        for slip in in_line(source, number):
            if slip.code not in ("冒号", "全角冒号") or source.indent(number) in indents:
                yield slip


def _further(where: Where, columns: int) -> Where:
    return replace(where, column=(where.column or 1) + columns)


def _full_width_colon(where: Where, key: str) -> Problem:
    said = f"“{short(key)}”后是全角冒号，没有读作“键: 值”"
    return error("全角冒号", said, where, "改为半角冒号加一个空格“: ”；若确是文字，加引号")


def _tight_colon(where: Where, key: str) -> Problem:
    said = f"“{short(key)}”的冒号后没有半角空格，没有读作“键: 值”"
    return error("冒号", said, where, "在冒号后加一个半角空格；若确是文字，加引号")


def _odd_indent(where: Where, char: str) -> Problem:
    return error("缩进", f"行首有{space_name(char)}", where, "删去，换成半角空格（每级两个）")
