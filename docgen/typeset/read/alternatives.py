"""mc:AlternateContent → the branch to read: the first that asks for nothing unknown here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.typeset.read.xml import MC

if TYPE_CHECKING:
    from docgen.typeset.read.xml import Element

OFFICE = "http://schemas.microsoft.com/office/"
UNDERSTOOD = frozenset(
    OFFICE + path
    for path in (
        "word/2010/wordml", "word/2010/wordprocessingShape", "word/2010/wordprocessingGroup",
        "word/2010/wordprocessingCanvas", "word/2010/wordprocessingDrawing", "word/2012/wordml",
        "drawing/2010/main", "word/2015/wordml/symex", "word/2018/wordml",
    )
)  # fmt: skip


def chosen(element: Element) -> Element | None:
    """The mc:Choice whose namespaces are all understood, else the mc:Fallback, else nothing."""
    for choice in element.findall(MC + "Choice"):
        asked = (choice.get("Requires") or "").split()
        if all(choice.nsmap.get(prefix) in UNDERSTOOD for prefix in asked):
            return choice
    return element.find(MC + "Fallback")
