"""What a reader sees in a document: its text, paragraph by paragraph, header and footer too."""

from __future__ import annotations

import io
import re
import zipfile

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SHOWN = re.compile(r"word/(document|header\d*|footer\d*)\.xml")
BREAKS = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n"}


def visible_text(docx: bytes) -> list[str]:
    """The paragraphs that hold anything, in order, part by part; a cell ends its paragraphs.

    Empty paragraphs are left out: some engines leave one where a tag stood.
    """
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        names = sorted(name for name in package.namelist() if SHOWN.fullmatch(name))
        return [text for name in names for text in _paragraphs(package.read(name))]


def _paragraphs(xml: bytes) -> list[str]:
    found = []
    for paragraph in etree.fromstring(xml).iter(W + "p"):
        text = ""
        for node in paragraph.iter():
            if node.tag == W + "t":
                text += node.text or ""
            elif node.tag in BREAKS:
                text += BREAKS[str(node.tag)]
        if text.strip(" \n"):
            found.append(text)
    return found


def first_difference(ours: list[str], theirs: list[str]) -> str:
    """Where two documents part, in words; "" where they are equal."""
    for number, (own, other) in enumerate(zip(ours, theirs, strict=False), 1):
        if own != other:
            return f"第{number}段不同：“{own[:20]}”与“{other[:20]}”"
    if len(ours) != len(theirs):
        return f"段数不同：{len(ours)} 与 {len(theirs)}"
    return ""
