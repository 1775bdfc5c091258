"""What every template of ours keeps to, so that pages break where a good office breaks them."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.kit import ROOT, W

TEMPLATES = sorted((ROOT / "templates").glob("*/*.docx"))
DATED = re.compile(r"\{\{ [\w.]*日期 \}\}$")  # the date that ends a paper
CONTROL = re.compile(r"\{%p .*%\}$")
COLUMNS = 3  # a row of so many cells above a loop is a header


def parts(path: Path) -> tuple[ElementTree.Element, ElementTree.Element]:
    with zipfile.ZipFile(path) as package:
        document, styles = (
            ElementTree.fromstring(package.read(f"word/{name}.xml"))
            for name in ("document", "styles")
        )
    return document, styles


def words(element: ElementTree.Element) -> str:
    return "".join(node.text or "" for node in element.iter(W + "t"))


def is_kept(paragraph: ElementTree.Element, styles: ElementTree.Element) -> bool:
    """Whether a paragraph, or the style it follows, stays with the next one."""
    by_id = {style.get(W + "styleId"): style for style in styles.iter(W + "style")}
    here: ElementTree.Element | None = paragraph
    while here is not None:
        own = here.find(f"{W}pPr/{W}keepNext")
        if own is not None:
            return own.get(W + "val", "1") not in ("0", "false")
        parent = here.find(f"{W}pPr/{W}pStyle") if here is paragraph else here.find(W + "basedOn")
        here = by_id.get(parent.get(W + "val")) if parent is not None else None
    return False


def signed(body: ElementTree.Element) -> Iterator[list[ElementTree.Element]]:
    """Each date line with the two printed paragraphs before it, last first; branches skipped."""
    flow = [child for child in body if child.tag != W + "p" or not CONTROL.match(words(child))]
    for n, child in enumerate(flow):
        if child.tag == W + "p" and DATED.search(words(child)) and len(words(child)) < 40:
            yield flow[max(0, n - 2) : n][::-1]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_who_signs_never_stands_alone_on_a_page(path: Path) -> None:
    document, styles = parts(path)
    body = document.find(W + "body")
    assert body is not None
    for before in signed(body):
        for paragraph in before:
            if paragraph.tag == W + "p" and not DATED.search(words(paragraph)):
                assert is_kept(paragraph, styles), words(paragraph)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_rows_stay_whole_and_headers_are_repeated(path: Path) -> None:
    document, _ = parts(path)
    for table in document.iter(W + "tbl"):
        rows = table.findall(W + "tr")
        loops = [n for n, row in enumerate(rows) if "{%tr for" in words(row)]
        if not loops:
            continue
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
        fixed = [row for row in rows[: loops[0]] if "{{" not in words(row)]
        if len(fixed) == loops[0] and len(rows[loops[0] - 1].findall(W + "tc")) >= COLUMNS:
            plain = [words(r) for r in fixed if r.find(f"{W}trPr/{W}tblHeader") is None]
            assert plain == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_no_line_of_a_paragraph_stands_alone(path: Path) -> None:
    _, styles = parts(path)
    off = [node for node in styles.iter(W + "widowControl") if node.get(W + "val") == "0"]
    assert off == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_number_of_another_styles_list_is_the_paragraphs_own(path: Path) -> None:
    """LibreOffice numbers a style only where its level of the list names that very style."""
    document, styles = parts(path)
    with zipfile.ZipFile(path) as package:
        if "word/numbering.xml" not in package.namelist():
            return
        numbering = ElementTree.fromstring(package.read("word/numbering.xml"))
    named = {node.get(W + "val") for node in numbering.iter(W + "pStyle")}
    by_id = {style.get(W + "styleId"): style for style in styles.iter(W + "style")}
    for paragraph in document.iter(W + "p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        at = None if style is None else style.get(W + "val")
        while at is not None and at not in named:
            if by_id[at].find(f"{W}pPr/{W}numPr") is not None:
                assert paragraph.find(f"{W}pPr/{W}numPr") is not None, words(paragraph)
            based = by_id[at].find(W + "basedOn")
            at = None if based is None else based.get(W + "val")
