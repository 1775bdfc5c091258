"""Fields that print without a stored result: form boxes, symbols, signs in a ring."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docgen.typeset.read.symbols import unicode_of
from docgen.typeset.read.xml import OFF, W, number, value

if TYPE_CHECKING:
    from docgen.typeset.read.fields import Field
    from docgen.typeset.read.notes import Notes
    from docgen.typeset.read.xml import Element

BOXES = {False: "☐", True: "☒"}
PRINTING = frozenset(
    ("EQ", "SYMBOL", "MACROBUTTON", "GOTOBUTTON", "LISTNUM", "AUTONUM", "AUTONUMLGL", "AUTONUMOUT",
     "BARCODE", "DISPLAYBARCODE", "MERGEBARCODE", "INCLUDETEXT")
)  # fmt: skip
OVERSTRUCK = re.compile(r"\\o(?:\s*\\a[clr])?\s*\(([^()]*)\)", re.IGNORECASE)


def form_text(begin: Element) -> str:
    """What a form field shows by itself: a box, or the entry chosen; begin is its w:fldChar."""
    data = begin.find(W + "ffData")
    box = data.find(W + "checkBox") if data is not None else None
    if box is not None:
        said = box.find(W + "checked")
        usual = value(box, "default") or "0"
        text = usual if said is None else said.get(W + "val", "1")
        return BOXES[text not in OFF]
    choices = data.find(W + "ddList") if data is not None else None
    if choices is None:
        return ""
    entries = [entry.get(W + "val", "") for entry in choices.findall(W + "listEntry")]
    chosen = int(number(value(choices, "result") or value(choices, "default")))
    return entries[chosen] if 0 <= chosen < len(entries) else ""


def lone_text(field: Field, notes: Notes) -> str:
    """What a field without a result prints; what cannot be shown as it asks is told."""
    if field.form:
        return field.form
    keyword, words = field.keyword, field.words
    if keyword not in PRINTING:
        return ""
    if keyword == "SYMBOL" and len(words) > 1:
        font = words[words.index("\\f") + 1] if "\\f" in words[:-1] else ""
        code = int(words[1], 0) if re.fullmatch(r"\d+|0[xX][0-9A-Fa-f]+", words[1]) else 0
        found = unicode_of(font, code) or (chr(code) if not font and 31 < code < 0xD800 else None)
        if found is not None:
            return found
    if keyword in ("MACROBUTTON", "GOTOBUTTON"):
        return " ".join(words[2:])
    parts = "".join(
        sign
        for match in OVERSTRUCK.findall(field.instruction)
        for sign in re.split("[,，;]", match)
    )
    told = f"{keyword} 域未能显示" + (f"，排成“{parts}”" if parts else "")
    notes.warn("域", told, "改为普通文字或图片", office=True)
    return parts
