"""A YAML syntax error → Problems in Chinese on the line that must be mended."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from docgen.load.yaml import slips
from docgen.load.yaml.source import Scalar, Source
from docgen.problem import Problem, Where, error


@dataclass(frozen=True, slots=True)
class Failure:
    """What the parser said: what it was reading and where that began, what it met and where.

    Places are 0-based; where it names no beginning, `context` is "" and `opened` the place itself.
    """

    context: str
    opened: tuple[int, int]
    problem: str
    at: tuple[int, int]


class _Saying(NamedTuple):
    """A message of the parser's, ours for it, and whether the opening is the place to mend."""

    pattern: str
    code: str
    message: str
    hint: str
    opening: bool = False


# Matched in order against "context: problem"; {char} is the character where the parser stopped.
_SAYINGS: Final = (
    _Saying(
        "quoted scalar: found unexpected (end of stream|document)",
        "引号",
        "引号从这里开始，到后面没有配上",
        "在这个值的末尾补上同样的引号",
        True,
    ),
    _Saying(
        "escape|hexdecimal",
        "引号",
        "双引号里的反斜杠 \\ 后不是 YAML 认得的写法",
        "把外层双引号换成单引号；或把 \\ 写成 \\\\",
    ),
    _Saying(
        "(sequence|block|) ?entries are not allowed",
        "列表",
        "“- ”不能与键写在同一行",
        "另起一行，缩进两格再写“- ”；若是文字，给整个值加引号",
    ),
    _Saying(
        "could not find expected ':'",
        "语法",
        "这一行没有冒号，读不成“键: 值”",
        "写成“键: 值”；若接着上一行，比上一行多缩进两格",
        True,
    ),
    _Saying(
        "directive",
        "语法",
        "行首的 % 被当作 YAML 的指令",
        "若是文字，给整个值加引号",
        True,
    ),
    _Saying(
        "block scalar: .*tab",
        "缩进",
        "多行文字的缩进里有制表符（Tab）",
        "换成空格，每级两个",
    ),
    _Saying("tab character that violates", "缩进", "缩进里有制表符（Tab）", "换成空格，每级两个"),
    _Saying(
        "block scalar",
        "块",
        "以 > 或 | 开头，被读作多行文字的开头",
        "给整个值加引号；若要写多行文字，| 之后换行，内容缩进两格",
        True,
    ),
    _Saying(
        "an anchor|an alias",
        "引用",
        "值以 & 或 * 开头，被 YAML 当作引用",
        "若是文字，给整个值加引号",
        True,
    ),
    _Saying("tag", "标签", "值以 ! 开头，被 YAML 当作标签", "若是文字，给整个值加引号", True),
    _Saying(
        "cannot start any token",
        "语法",
        "值不能以 {char} 开头",
        "给整个值加引号",
    ),
    _Saying(
        "block collection|'-' indicator",
        "缩进",
        "列表到这里断了：这一行不是“- ”开头，也没有退回上一级",
        "补上“- ”，或与上一级的键左对齐",
    ),
    _Saying(
        "mapping keys are not allowed",
        "语法",
        "“? ”在 YAML 里另有意思，不能这样开头",
        "若是文字，给整个值加引号",
    ),
    _Saying(
        "block mapping",
        "缩进",
        "这一行的缩进与上面任何一级都对不齐",
        "与同级的键左对齐，每级缩进两个空格",
    ),
    _Saying(
        "node content",
        "语法",
        "这里应当是一个值，却是“{char}”",
        "补上值；若“{char}”是文字，给整个值加引号",
    ),
    _Saying(
        "document start",
        "语法",
        "内容到前面已经结束，这里还有文字",
        "检查括号和引号是否过早结束，缩进是否多退了一级",
    ),
)
_ANY: Final = _Saying("", "语法", "YAML 到这里读不下去", "检查这一行的缩进、冒号和引号")


def explain(failure: Failure, source: Source, last: Scalar | None) -> list[Problem]:
    """The Problems behind one failure of the parser; `last` is the last scalar it read before.

    Slips on the lines that led to it come instead of the parser's own words, which name a line
    too far down; certain slips further down are told with it.
    """
    line = failure.at[0]
    first = failure.opened[0] if "simple key" in failure.context else line
    if last is not None and last.is_plain:
        first = min(first, last.line)
    found: list[Problem] = []
    if "quoted" not in failure.context and "flow" not in failure.context:
        found = [
            slip for number in range(first, line + 1) for slip in slips.in_line(source, number)
        ]
    told = found or list(_told(failure, source, last))
    return told + list(slips.after(source, line))


def _told(failure: Failure, source: Source, last: Scalar | None) -> Iterator[Problem]:
    line, column = failure.at
    here = source.where(line, column)
    before = source.line(line)[:column].rstrip()
    quoted = last is not None and last.is_quoted and last.end_line == line
    if failure.context.endswith(("flow sequence", "flow mapping")):
        yield _bracket(failure, source, last)
    elif quoted and last is not None and last.line < line:
        said = f"引号从这里开始，到第 {line + 1} 行才配上"
        where = source.where(last.line, last.column)
        yield error("引号", said, where, "在本行末尾补上引号")
    elif before.endswith(('"', "'")) and "quoted" not in failure.context:
        cure = "把整个值写进一对引号（里面的引号换成另一种），或改用 | 块另起一行书写"
        yield error("引号", "引号配上之后还有文字", here, cure)
    elif last is not None and last.is_plain and (comment := _comment(source, last, line)):
        cure = "把注释移到这个值的上面或下面；若 # 是内容，给整个值加引号"
        yield error("井号", "值写到一半被注释打断，下面的接不上", comment, cure)
    elif "mapping values are not allowed" in failure.problem:
        yield from _second_colon(failure, source, last)
    else:
        said = f"{failure.context}: {failure.problem}"
        saying = next((s for s in _SAYINGS if re.search(s.pattern, said)), _ANY)
        where = source.where(*failure.opened) if saying.opening else here
        char = source.line(line)[column : column + 1]
        message, hint = saying.message.format(char=char), saying.hint.format(char=char)
        yield error(saying.code, message, where, hint)


def _comment(source: Source, last: Scalar, line: int) -> Where | None:
    """The comment, if any, that alone stands between a plain scalar and the text that goes on."""
    place = None
    for number in range(last.end_line, line):
        start = last.end_column if number == last.end_line else 0
        rest = source.line(number)[start:]
        if rest.strip() and not rest.lstrip(" ").startswith("#"):
            return None
        if rest.strip() and place is None:
            place = source.where(number, start + rest.index("#"))
    goes_on = source.indent(line) > source.indent(last.line)
    return place if goes_on and not slips.is_pair(source.line(line)) else None


def _second_colon(failure: Failure, source: Source, last: Scalar | None) -> Iterator[Problem]:
    """“mapping values are not allowed”: two colons in a line, a line without, or a wrong indent."""
    line, column = failure.at
    if last is None or last.line == line:
        cure = "给整个值加引号，或把第二个冒号改为全角“：”"
        said = "一行里有两个“: ”，第二个让 YAML 读不下去"
        yield error("冒号", said, source.where(line, column), cure)
    elif source.starts_line(last.line, last.column):
        for number in range(last.line, line):
            if source.line(number).strip():
                cure = "写成“键: 值”；若接着上一行，比上一行多缩进两格"
                where = source.where(number, source.indent(number))
                yield error("语法", "这一行没有冒号，读不成“键: 值”", where, cure)
    else:
        cure = "与上一行的键左对齐；若属于上一行的键，那一行的冒号后不要写值"
        said = "这一行比上一行缩进更多，而上一行已经有值"
        yield error("缩进", said, source.where(line, source.indent(line)), cure)


def _bracket(failure: Failure, source: Source, last: Scalar | None) -> Problem:
    """A list or mapping in brackets that breaks off: at a wrong sign, a gap, or its opening."""
    line, column = failure.opened
    opening = source.line(line)[column : column + 1]
    closing = "]" if opening == "[" else "}"
    if cut := re.compile(r".*? (#\S)").match(source.line(line), column):
        said = f"“{opening}”之后的“ #”被当作注释，{closing} 没有读到"
        return error("井号", said, source.where(line, cut.start(1)), "给含 # 的值加引号")
    text = source.line(line)
    for wide in "" if closing in text[column:] else "】］｝":
        if (found := text.find(wide, column)) >= 0:
            said = f"“{opening}”要用半角 {closing} 来配，这里是“{wide}”"
            return error("括号", said, source.where(line, found), f"改为半角 {closing}")
    if last is not None and last.is_plain and last.line == failure.at[0]:
        typed = source.line(last.line)
        for sign, code in (("，", "全角逗号"), ("：", "全角冒号")):
            if (found := typed.find(sign, last.column, failure.at[1])) >= 0:
                half = ", " if sign == "，" else ": "
                cure = f"改为半角“{half}”；若确是文字，给整个值加引号"
                where = source.where(last.line, found)
                return error(code, f"括号里用了全角“{sign}”", where, cure)
    if failure.at[0] == line:
        cure = f"各项之间用“, ”隔开；值里有冒号、逗号、括号时加引号；末尾补上 {closing}"
        said = f"“{opening}”里读到这里不通：缺逗号或 {closing}"
        return error("括号", said, source.where(*failure.at), cure)
    said = f"“{opening}”从这里开始，没有配上 {closing}"
    return error("括号", said, source.where(line, column), f"在末尾补上半角 {closing}")
