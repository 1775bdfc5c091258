"""Text and inlines of prose as w:r elements."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TypeAlias

from docgen.fill.xml import escape
from docgen.model.blocks import Inline, LineBreak, Reference, Text

_BREAKS = re.compile("([\n\t])")
_WIDE_HINT = re.compile("[“”‘’—…·×÷±°℃‰≤≥≈①-⑩Ⅰ-Ⅻ①-⑳→←↑↓■□●○★☆▲△◆◇√∞]")
Printed: TypeAlias = Callable[[Reference], str]
HINT = '<w:rFonts w:hint="eastAsia"/>'


def run(text: str, properties: str = "") -> str:
    """A w:r with the text: newlines as w:br, tabs as w:tab; "" for no text.

    Quotation marks, dashes and the like are told to Word as Chinese (w:hint), or it would set
    them in the Latin font.
    """
    if not text:
        return ""
    hint = HINT if _WIDE_HINT.search(text) and "<w:rFonts" not in properties else ""
    inner = "".join(_piece(piece) for piece in _BREAKS.split(text) if piece)
    formatting = f"<w:rPr>{hint}{properties}</w:rPr>" if hint or properties else ""
    return f"<w:r>{formatting}{inner}</w:r>"


def _piece(piece: str) -> str:
    if piece == "\n":
        return "<w:br/>"
    if piece == "\t":
        return "<w:tab/>"
    return f'<w:t xml:space="preserve">{escape(piece)}</w:t>'


def emphasis(text: Text) -> str:
    """The inside of w:rPr for a Text, in schema order."""
    return (
        ("<w:b/>" if text.bold else "")
        + ("<w:i/>" if text.italic else "")
        + ("<w:strike/>" if text.strike else "")
        + ('<w:vertAlign w:val="superscript"/>' if text.superscript else "")
        + ('<w:vertAlign w:val="subscript"/>' if text.subscript else "")
    )


def runs(inlines: Iterable[Inline], printed: Printed) -> str:
    """Inlines as runs; a Reference prints what `printed` says of it."""
    parts = []
    for inline in inlines:
        if isinstance(inline, Text):
            parts.append(run(inline.text, emphasis(inline)))
        elif isinstance(inline, LineBreak):
            parts.append("<w:r><w:br/></w:r>")
        else:
            text = Text(printed(inline), inline.bold, inline.italic)
            parts.append(run(text.text, emphasis(text)))
    return "".join(parts)
