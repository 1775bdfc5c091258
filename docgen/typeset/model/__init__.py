"""The neutral layout model: what a document looks like, before any engine draws it.

All lengths are points, all inheritance is resolved, all strings are plain. Font names are the
document's own (仿宋_GB2312 …); which file stands for them is the renderer's business.
"""

from __future__ import annotations

from docgen.typeset.model.blocks import Block, Cell, NewPage, Paragraph, Row, Table, paragraphs
from docgen.typeset.model.document import Document, HeadingText, Margins, Page, Section
from docgen.typeset.model.inlines import (
    Break,
    Counter,
    Drawing,
    Floating,
    Inline,
    Mark,
    Note,
    PageBreak,
    Picture,
    Shape,
    Tab,
    Text,
)
from docgen.typeset.model.looks import (
    Align,
    Borders,
    LineSpacing,
    ParagraphStyle,
    Rule,
    RunStyle,
    Script,
    TabStop,
    VerticalAlign,
)

__all__ = [
    "Align",
    "Block",
    "Borders",
    "Break",
    "Cell",
    "Counter",
    "Document",
    "Drawing",
    "Floating",
    "HeadingText",
    "Inline",
    "LineSpacing",
    "Margins",
    "Mark",
    "NewPage",
    "Note",
    "Page",
    "PageBreak",
    "Paragraph",
    "ParagraphStyle",
    "Picture",
    "Row",
    "Rule",
    "RunStyle",
    "Script",
    "Section",
    "Shape",
    "Tab",
    "TabStop",
    "Table",
    "Text",
    "VerticalAlign",
    "paragraphs",
]
