"""A source with one tag made harmless, so that a rendering that failed there can go on.

Only for telling all that is wrong with a document at once; what such a rendering gives is not kept.
"""

from __future__ import annotations

import re

from docgen.fill.places import TAG
from docgen.fill.slots import Source
from docgen.language import Runaway

MOST_FAULTS = 20
_STATEMENT = re.compile(r"\{%[-+]?(\s*)(if|elif|for|set)\b([^=]*)(=?)", re.DOTALL)


def without_tag(source: Source, index: int) -> Source | None:
    """The source without what its `index`th tag computes; None where nothing harmless is known."""
    tags = [m for m in TAG.finditer(source.text) if not m.group().startswith("{#")]
    if not 0 <= index < len(tags):
        return None
    match = tags[index]
    harmless = _harmless(match.group())
    if harmless is None or harmless == match.group():
        return None
    text = source.text[: match.start()] + harmless + source.text[match.end() :]
    return Source(text, source.slots, source.lines)


def _harmless(tag: str) -> str | None:
    """The same tag with an empty value, on as many lines."""
    lines = "\n" * tag.count("\n")
    if tag.startswith("{{"):
        return f"{{{{{lines} '' }}}}"
    match = _STATEMENT.match(tag)
    if match is None:
        return None
    word, target, assigns = match.group(2), match.group(3), match.group(4)
    if word == "set":
        return f"{{%{lines} set {target.strip()} = '' %}}" if assigns else None
    return f"{{%{lines} {word} {'_ in []' if word == 'for' else '0'} %}}"


def is_final(fault: Exception) -> bool:
    """Whether a rendering ran away, so that it must not be tried again."""
    return isinstance(fault, Runaway | RecursionError | MemoryError)
