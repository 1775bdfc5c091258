"""Comments on lines of their own, `<!-- … -->`: notes of an author that are not part of the text.

Only there: within a line, a list or a quotation, or without an end, `<!--` is printed as typed and
told (标记), so that nothing is lost by a slip of the pen.
"""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

OPEN, CLOSE = "<!--", "-->"


def install(parser: MarkdownIt) -> None:
    """Put our rule before all others; it may end a paragraph, too."""
    parser.block.ruler.before("table", "comment", _comment, {"alt": ["paragraph"]})


def _comment(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if state.level or state.blkIndent or state.is_code_block(start):
        return False
    first = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith(OPEN, first):
        return False
    close = state.src.find(CLOSE, first + len(OPEN))
    last = next((n for n in range(start, end) if close < state.eMarks[n]), None)
    if close < 0 or last is None:
        return False
    if state.src[close + len(CLOSE) : state.eMarks[last]].strip():
        return False
    state.line = last + 1
    return True
