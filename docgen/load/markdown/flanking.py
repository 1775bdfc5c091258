"""Where `*` and `_` open and close emphasis in Chinese text; asterisks within words stay as typed.

CommonMark prints the asterisks of `**重点：**内容`, since `：` is punctuation and 内 is none: for
`**` we take Chinese punctuation for a letter. A single `*` between letters or digits (长*宽*高) and
any run between ASCII letters or digits (138****1234) are text, never emphasis.
"""

from __future__ import annotations

import unicodedata

from markdown_it import MarkdownIt
from markdown_it.rules_inline.state_inline import Delimiter, StateInline

from docgen.load.letters import is_wide


def install(parser: MarkdownIt) -> None:
    """Put our rule in the place of CommonMark's."""
    parser.inline.ruler.at("emphasis", _emphasis)


def _emphasis(state: StateInline, silent: bool) -> bool:
    marker = state.src[state.pos]
    if silent or marker not in "*_":
        return False
    end = state.pos
    while end < state.posMax and state.src[end] == marker:
        end += 1
    length = end - state.pos
    before = state.src[state.pos - 1] if state.pos > 0 else " "
    after = state.src[end] if end < state.posMax else " "
    opens, closes = _flanking(marker, length, before, after)
    for _ in range(length):
        state.push("text", "", 0).content = marker
        state.delimiters.append(
            Delimiter(ord(marker), length, len(state.tokens) - 1, -1, opens, closes)
        )
    state.pos = end
    return True


def _flanking(marker: str, length: int, before: str, after: str) -> tuple[bool, bool]:
    """Whether a run of markers between two characters can open and can close emphasis."""
    if _is_ascii_word(before) and _is_ascii_word(after):
        return False, False
    if marker == "*" and length == 1 and before.isalnum() and after.isalnum():
        return False, False
    chinese = marker == "*" and length > 1
    left = not after.isspace() and (
        not _is_mark(after, chinese)
        or before.isspace()
        or _is_mark(before, chinese)
        or (chinese and is_wide(before))
    )
    right = not before.isspace() and (
        not _is_mark(before, chinese)
        or after.isspace()
        or _is_mark(after, chinese)
        or (chinese and is_wide(after))
    )
    if marker == "*":
        return left, right
    return left and (not right or _is_mark(before, False)), right and (
        not left or _is_mark(after, False)
    )


def _is_ascii_word(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _is_mark(char: str, chinese: bool) -> bool:
    """Whether a character is punctuation; Chinese punctuation is not where `chinese` is set."""
    return unicodedata.category(char)[0] in "PS" and not (chinese and is_wide(char))
