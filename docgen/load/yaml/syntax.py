"""A YAML syntax error → Problems in Chinese on the line that must be mended."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docgen.load.yaml import slips
from docgen.load.yaml.events import Failure
from docgen.load.yaml.sayings import ANY, SAYINGS
from docgen.load.yaml.source import Scalar, Source
from docgen.problem import Problem, Where, error


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
        found = list(_slips(source, first, line))
    told = found or list(_told(failure, source, last))
    return told + list(slips.after(source, line))


def _slips(source: Source, first: int, last: int) -> Iterator[Problem]:
    for number in range(first, last + 1):
        found = list(slips.in_line(source, number))
        yield from found
        if any(slip.code == "块" for slip in found):
            return  # what follows is the block's text


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
    elif source.line(line)[column : column + 1] == ":" and not before:
        cure = "在冒号前写上键；若这是文字，给整个值加引号"
        yield error("键", "冒号前没有键", here, cure)
    elif "mapping values are not allowed" in failure.problem:
        yield from _second_colon(failure, source, last)
    elif failure.context.endswith("block mapping") and slips.is_pair(source.line(line)):
        yield _misaligned(source, line)
    else:
        said = f"{failure.context}: {failure.problem}"
        saying = next((s for s in SAYINGS if re.search(s.pattern, said)), ANY)
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
                where = source.where(number, source.depth(number))
                yield error("语法", "这一行没有冒号，读不成“键: 值”", where, cure)
    else:
        yield _misaligned(source, line)


def _misaligned(source: Source, line: int) -> Problem:
    """A key that is not aligned with the ones above; the line above where that one stands alone."""
    above = next((n for n in range(line - 1, -1, -1) if source.is_content(n)), line)
    here, there = source.depth(line), source.depth(above)
    if there < here and not source.line(above).rstrip().endswith(":"):
        said = "比上一行缩进更多，而上一行已经有值"
        cure = "与上一行的键左对齐；若属于上一行的键，那一行的冒号后不要写值"
    else:
        said = "的缩进与上面任何一级都对不齐"
        cure = "与同级的键左对齐，每级缩进两个空格"
    if _run(source, above, -1) == 1 < _run(source, line, 1) and abs(there - here) == 1:
        said = f"缩进与下面各行（第 {line + 1} 行起）对不齐"
        return error("缩进", said, source.where(above, there), cure)
    return error("缩进", f"这一行{said}", source.where(line, here), cure)


def _run(source: Source, line: int, step: int) -> int:
    """How many lines from `line` up or down are indented alike, deeper ones passed over."""
    depth, count = source.depth(line), 0
    while 0 <= line < len(source.lines):
        if source.is_content(line):
            if source.depth(line) < depth or (count and step < 0 and source.is_item(line + 1)):
                break
            count += source.depth(line) == depth
        line += step
    return count


def _bracket(failure: Failure, source: Source, last: Scalar | None) -> Problem:
    """A list or mapping in brackets that breaks off: at a wrong sign, a gap, or its opening."""
    line, column = failure.opened
    opening = source.line(line)[column : column + 1]
    closing = "]" if opening == "[" else "}"
    text = source.line(line)
    cut = re.compile(r".*? (#\S)").match(text, column)
    if cut and closing not in text[column : cut.start(1)]:
        said = f"“{opening}”之后的“ #”被当作注释，{closing} 没有读到"
        return error("井号", said, source.where(line, cut.start(1)), "给含 # 的值加引号")
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
