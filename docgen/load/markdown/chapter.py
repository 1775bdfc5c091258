"""The text of one chapter → Chapter."""

from __future__ import annotations

import re

from markdown_it.tree import SyntaxTreeNode

from docgen.load.codes import capped
from docgen.load.disk import MEGABYTE, too_large
from docgen.load.markdown.blocks import Pictures, Writer
from docgen.load.markdown.inline import Cursor
from docgen.load.markdown.parser import MAX_BRACKETS, MAX_LINES, MAX_NESTING, parse
from docgen.model.blocks import Chapter
from docgen.problem import Outcome, Where, error

LIMIT = MEGABYTE
_MISSING = re.compile(r"\s*(?:【\s*待补[^】]*】\s*|待补充?\s*)*")


def is_missing_text(text: str) -> bool:
    """Whether a text says nothing yet: empty, white space, or only 【待补…】."""
    return _MISSING.fullmatch(text) is not None


def read_chapter(
    text: str,
    file: str,
    title: str,
    *,
    pictures: Pictures,
    first_line: int = 1,
    first_column: int = 1,
    path: str = "",
) -> Outcome[Chapter]:
    """The chapter `title` from decoded text of at most 1 MB.

    `pictures` turns the address typed in `![](…)` into PNG or JPEG bytes; where it has none, the
    hole is marked 【待补：图片 …】. Places are in `file`, counted from `first_line` and
    `first_column`, where the text's first character stands; `path` is the data path they carry.
    No value only where the text is too large or nested too deep (过大).
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(text.encode("utf-8", "replace")) > LIMIT:
        return Outcome(None, (too_large(LIMIT, file),))
    for sign, most, what in (("[", MAX_BRACKETS, "方括号“[”"), ("\n", MAX_LINES, "行数")):
        if text.count(sign) > most:
            said = f"{what}超过 {most}"
            return Outcome(None, (error("过大", said, Where(file, first_line), "拆成几个文件"),))
    cursor = Cursor(text.split("\n"), file, path, first_line, first_column)
    tokens = parse(text)
    deep = next((token for token in tokens if token.level > MAX_NESTING), None)
    if deep is not None:
        line = next((token.map[0] for token in tokens[tokens.index(deep) :] if token.map), 0)
        said = f"列表和引用嵌套超过 {MAX_NESTING // 2} 层"
        return Outcome(None, (error("过大", said, cursor.where(line), "减少层次"),))
    writer = Writer(title, cursor, pictures)
    for node in SyntaxTreeNode(tokens).children:
        writer.block(node)
    chapter = Chapter(title, writer.outline.sections(), cursor.where(0))
    return Outcome(chapter, capped(writer.problems))
