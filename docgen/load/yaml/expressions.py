"""Expressions in a notice pack that YAML has cut or that hold full-width signs → Problems."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from docgen.model.tree import Node
from docgen.problem import Problem, Where, error, warning

KEYS: Final = frozenset(
    ["取值", "须", "适用", "不得有", "逐项", "不超过", "不少于", "等于", "不早于", "不晚于"]
)
LISTS: Final = frozenset(["任一", "全部"])
_LITERAL = re.compile(r"'[^']*'|\"[^\"]*\"")
_WIDE = "“”‘’｜（）＝＞＜！，；：＋－＊／％［］｛｝、。．\u3000"
_FULL_WIDTH = re.compile(f"[{_WIDE}]+")
_HALF: Final = str.maketrans(_WIDE, "''''|()=><!,;:+-*/%[]{},.. ")
_BLOCK = "写成单独一行，或在键后写 |，另起一行缩进书写"


def expression_hazards(node: Node, keys: Collection[str] = KEYS) -> tuple[Problem, ...]:
    """What is wrong with the form of each expression below `node` (表达式).

    An expression is the scalar at one of `keys`, or an item of 任一 and 全部. Named are: one that
    became a list or mapping (it began with [ or {), one whose brackets or quotes do not pair (a
    comma or ` #` cut it), a lone word whose quotes YAML took, full-width signs outside literals.
    """
    return tuple(_below(node, keys))


def cut_by_comment(
    node: Node, lines: Sequence[str], keys: Collection[str] = KEYS
) -> Iterator[Problem]:
    """An error for each expression on whose line a comment follows: it may have been part of it.

    `lines` are the file's own.
    """
    for key, value in node.mapping.items():
        plain = value.is_scalar and not value.quoted and "\n" not in value.text
        if key in keys and plain and value.text and value.line <= len(lines):
            rest = lines[value.line - 1][value.column - 1 + len(value.text) :]
            if rest.lstrip().startswith("#"):
                said = f"“{key}”后面的“{rest.strip()[:30]}”被当作注释，没有进入式子"
                hint = "注释另起一行；若是式子的一部分，在键后写 |，另起一行缩进书写"
                yield error("表达式", said, value.where(key), hint)
        else:
            yield from cut_by_comment(value, lines, keys)
    for item in node.items:
        yield from cut_by_comment(item, lines, keys)


def _below(node: Node, keys: Collection[str]) -> Iterator[Problem]:
    for item in node.items:
        yield from _below(item, keys)
    for key, value in node.mapping.items():
        if key in keys and not value.is_scalar:
            sign = "[" if value.is_sequence else "{"
            said = f"“{key}”以 {sign} 开头，被 YAML 读作{'列表' if sign == '[' else '分组'}"
            yield error("表达式", said, value.where(key), _BLOCK)
        elif key in keys:
            yield from _in_expression(key, value)
        else:
            yield from _below(value, keys)
        if key in LISTS:
            for item in value.items:
                yield from _in_expression(key, item)


def _in_expression(key: str, node: Node) -> Iterator[Problem]:
    text = node.text
    bare = _LITERAL.sub(lambda literal: "_" * len(literal[0]), text)
    if node.quoted and re.fullmatch(r"[^\W\d]\w*", text):
        said = f"“{key}”的引号被 YAML 取走，{text} 成了字段名"
        yield warning("表达式", said, node.where(key), f"若是文字，写成 \"'{text}'\"")
    if _is_cut(bare):
        said = f"“{key}”不完整：{text}（括号或引号没有配对，可能被逗号或 # 切断）"
        yield error("表达式", said, node.where(key), _BLOCK)
    for signs in _FULL_WIDTH.finditer(bare):
        half = signs[0].translate(_HALF)
        said = f"“{key}”里有全角符号 {signs[0]}"
        cure = f"改为半角 {half}；若在引号里的文字中，核对引号是否配对"
        yield error("表达式", said, _place(node, text, signs.start(), key), cure)


def _is_cut(bare: str) -> bool:
    pairs = {")": "(", "]": "[", "}": "{"}
    opened: list[str] = []
    for sign in bare:
        if sign in "([{":
            opened.append(sign)
        elif sign in pairs and (not opened or opened.pop() != pairs[sign]):
            return True
    return bool(opened) or "'" in bare or '"' in bare


def _place(node: Node, text: str, offset: int, path: str) -> Where:
    """The place of a character of a scalar; exact where it stands on one line or in a block."""
    breaks = text.count("\n", 0, offset)
    column = offset - text.rfind("\n", 0, offset) - 1
    return Where(node.file, node.line + breaks, node.column + column + node.quoted, path)
