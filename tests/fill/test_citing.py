"""Citations get their page and lead there; nothing that was typed is lost or moved."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

import pytest
from lxml import etree

from docgen.fill import cite
from docgen.fill.house.text import paragraph
from tests.fill.kit import W, docx, grid

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
PAGES = {"证03": (5, 7), "证04": (8, 8), "证05": (9, 11), "证07": (23, 24), "证10": (30, 30)}


def body(data: bytes) -> etree._Element:
    with zipfile.ZipFile(BytesIO(data)) as package:
        return etree.fromstring(package.read("word/document.xml"))


def text(data: bytes) -> list[str]:
    return ["".join(t.text or "" for t in p.iter(W + "t")) for p in body(data).iter(W + "p")]


def links(data: bytes) -> list[tuple[str, int]]:
    """The words of each link and the page that it leads to."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        relations = etree.fromstring(package.read("word/_rels/document.xml.rels"))
    targets = {r.get("Id"): r.get("Target") for r in relations if r.get("TargetMode") == "External"}
    found = []
    for link in body(data).iter(W + "hyperlink"):
        address, _, page = (targets[link.get(R)] or "").partition("#page=")
        assert address == "v.pdf"
        found.append(("".join(t.text or "" for t in link.iter(W + "t")), int(page)))
    return found


@pytest.mark.parametrize(
    "typed, told, leads",
    [
        ("执照（见证07）。", "执照（见证07，第23页）。", [("证07", 23), ("23", 23)]),
        (
            "（见证07、证10）",
            "（见证07、证10，第23、30页）",
            [("证07", 23), ("证10", 30), ("23", 23), ("30", 30)],
        ),
        (
            "见证07、10",
            "见证07、10，第23、30页",
            [("证07", 23), ("10", 30), ("23", 23), ("30", 30)],
        ),
        (
            "见证03至证05止",
            "见证03至证05，第5至11页止",
            [("证03", 5), ("证05", 9), ("第5至11页", 5)],
        ),
        (
            "先见证07，再见证10。",
            "先见证07，第23页，再见证10，第30页。",
            [("证07", 23), ("23", 23), ("证10", 30), ("30", 30)],
        ),
        ("见证99", "见证99", []),
        ("见证07、证99", "见证07、证99，第23页", [("证07", 23), ("23", 23)]),
        ("证07", "证07", [("证07", 23)]),
        ("证07、证10", "证07、证10", [("证07", 23), ("证10", 30)]),
        ("凭证07号", "凭证07号", []),
        ("没有引用", "没有引用", []),
    ],
)
def test_pages_and_links(typed: str, told: str, leads: list[tuple[str, int]]) -> None:
    made = cite(docx(typed), PAGES, "v.pdf")
    assert text(made)[0] == told
    assert links(made) == leads


def test_a_document_without_citations_stays_as_it_is() -> None:
    plain = docx("没有引用", "见证99")
    assert cite(plain, PAGES, "v.pdf") is plain


SPLIT = (
    "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>甲（见</w:t></w:r><w:r><w:t>证</w:t><w:t>0</w:t></w:r>"
    '<w:r><w:rPr><w:i/></w:rPr><w:t>7</w:t><w:br/><w:t xml:space="preserve">） 乙</w:t></w:r></w:p>'
)


def test_a_citation_in_pieces_keeps_every_look_and_break() -> None:
    made = cite(docx(body=SPLIT), PAGES, "v.pdf")
    assert text(made)[0] == "甲（见证07，第23页） 乙"
    assert "".join(words for words, _ in links(made)) == "证0723"
    root = body(made)
    italic = [r for r in root.iter(W + "r") if r.find(f"{W}rPr/{W}i") is not None]
    assert "".join(t.text or "" for r in italic for t in r.iter(W + "t")) == "7，第23页） 乙"
    order = [n.tag.removeprefix(W) for n in root.iter(W + "br", W + "t") if n.text != "甲（见"]
    after = "".join(
        "|" if n.tag == W + "br" else n.text or "" for n in root.iter(W + "br", W + "t")
    )
    assert after.startswith("甲（见证07，第23页|） 乙") and order.count("br") == 1


def test_what_is_a_link_already_stays_one() -> None:
    anchored = (
        paragraph("见证07")
        .replace("<w:r>", '<w:hyperlink w:anchor="a"><w:r>', 1)
        .replace("</w:r>", "</w:r></w:hyperlink>", 1)
    )
    plain = docx(body=anchored)
    assert cite(plain, PAGES, "v.pdf") is plain


def test_codes_in_cells_are_links_and_sentences_in_cells_tell_pages() -> None:
    made = cite(docx(body=grid(("证07", "合同（见证10）"))), PAGES, "v.pdf")
    assert text(made)[:2] == ["证07", "合同（见证10，第30页）"]
    assert [page for _, page in links(made)] == [23, 30, 30]


def test_the_same_document_gives_the_same_bytes_and_only_pages_are_new() -> None:
    typed = "甲见证07乙（见证03至证05）丙见证10、证04。"
    plain = docx(typed)
    one, two = cite(plain, PAGES, "v.pdf"), cite(plain, PAGES, "v.pdf")
    assert one == two
    assert re.sub("，第[0-9、至]+页", "", text(one)[0]) == typed
