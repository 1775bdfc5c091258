"""The one Markdown parser: CommonMark with tables and strikethrough, less what would drop text.

What an author marks as a comment of its own is left out (`comments`).
"""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_block.table import escapedSplit
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from docgen.load.markdown import comments, flanking

MAX_NESTING = 18  # levels of tokens; a list in a list takes two
MAX_LINES = 20_000
MAX_BRACKETS = 20_000  # each “[” may begin a link, and is tried to the paragraph's end
_PRINTED_AS_TYPED = [
    "reference",
    "lheading",
    "html_block",
    "html_inline",
    "entity",
    "autolink",
]


class _Parser(MarkdownIt):
    """Link addresses stay as typed; nesting is bounded well above what we accept."""

    def __init__(self) -> None:
        super().__init__("commonmark", {"html": False, "maxNesting": MAX_NESTING + 6})
        self.enable(["table", "strikethrough"])
        self.disable(_PRINTED_AS_TYPED)
        flanking.install(self)
        comments.install(self)

    def normalizeLink(self, url: str) -> str:
        return url

    def validateLink(self, url: str) -> bool:
        """Any address: a link prints as text, and a picture's is looked at where it is read."""
        return True


_PARSER = _Parser()


def parse(text: str) -> list[Token]:
    """The block tokens of a chapter, with 0-based lines in `map`."""
    return _PARSER.parse(text)


def parse_inline(text: str) -> list[Token]:
    """The inline tokens of one line."""
    return _PARSER.parseInline(text)[0].children or []


def inline_tokens(node: SyntaxTreeNode) -> list[Token]:
    """The inline tokens of a paragraph, heading or cell."""
    tokens = [child.token for child in node.children if child.token is not None]
    return [token for parent in tokens for token in parent.children or []]


def cells_of(line: str) -> list[str]:
    """The cells of a table row as typed; leading list and quote marks are not part of it."""
    cells = escapedSplit(line.lstrip(" \t>").rstrip())
    if cells and not cells[0]:
        cells.pop(0)
    if cells and not cells[-1]:
        cells.pop()
    return cells
