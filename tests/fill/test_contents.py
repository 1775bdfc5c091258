"""The TOC field: entries, links, bookmarks, pages; a second call changes the numbers only."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from docgen.fill import has_contents, write_contents
from docgen.fill.house.text import contents_field, paragraph
from tests.fill.kit import W, docx, grid, part, styles_used, text_of, texts


@dataclass(frozen=True)
class Entry:
    paragraph: int
    level: int
    label: str
    text: str
    page: str | None = None


BODY = (
    contents_field()
    + paragraph("总则", "标题1")
    + grid(("表", "格"))
    + paragraph("目的 & <依据>", "标题2")
    + paragraph("段")
)


def entries(data: bytes) -> list[Entry]:
    """The headings as typesetting counts them: among all paragraphs of the body."""
    found = []
    for index, p in enumerate(part(data).find(W + "body").iter(W + "p")):
        style = p.find(f"{W}pPr/{W}pStyle")
        name = style.get(W + "val", "") if style is not None else ""
        if name.startswith("Heading"):
            level = int(name[-1])
            found.append(Entry(index, level, "一、" if level == 1 else "（一）", text_of(p)))
    return found


def test_entries_stand_in_the_styles_of_contents() -> None:
    first = docx(body=BODY)
    data = write_contents(first, entries(first))
    assert styles_used(data)[:3] == [
        ("TOCHeading", "目录"),
        ("TOC1", "一、总则\t"),
        ("TOC2", "（一）目的 & <依据>\t"),
    ]


def test_pages_change_nothing_but_the_numbers() -> None:
    first = docx(body=BODY)
    blank = write_contents(first, entries(first))
    pages = [replace(entry, page=str(n)) for n, entry in enumerate(entries(blank), 3)]
    paged = write_contents(blank, pages)
    assert [text for style, text in styles_used(paged) if style.startswith("TOC")][1:] == [
        "一、总则\t3",
        "（一）目的 & <依据>\t4",
    ]
    assert write_contents(paged, entries(paged)) == blank
    assert write_contents(paged, pages) == paged


def test_each_entry_links_to_a_bookmark_around_its_heading() -> None:
    first = docx(body=BODY)
    body = part(write_contents(first, entries(first)))
    anchors = [link.get(W + "anchor") for link in body.iter(W + "hyperlink")]
    marks = {m.get(W + "name"): m for m in body.iter(W + "bookmarkStart")}
    assert len(set(anchors)) == 2 and set(anchors) == set(marks)
    headings = [text_of(marks[name].getparent()) for name in anchors]
    assert headings == ["总则", "目的 & <依据>"]
    ids = [m.get(W + "id") for m in marks.values()]
    assert sorted(ids) == sorted(m.get(W + "id", "") for m in body.iter(W + "bookmarkEnd"))
    codes = "".join(node.text or "" for node in body.iter(W + "instrText"))
    assert re.findall(r"PAGEREF (\S+)", codes) == anchors
    assert 'TOC \\o "1-3" \\h \\z \\u' in codes


def test_field_marks_stay_balanced() -> None:
    first = docx(body=BODY)
    data = write_contents(first, entries(first))
    kinds = [m.get(W + "fldCharType") for m in part(data).iter(W + "fldChar")]
    assert kinds.count("begin") == kinds.count("separate") == kinds.count("end") == 3


def test_levels_beyond_the_field_are_left_out() -> None:
    first = docx(body=contents_field() + paragraph("四级", "标题1"))
    deep = [replace(entry, level=4) for entry in entries(first)]
    assert texts(write_contents(first, deep)) == ["目录", "", "四级"]


def test_a_document_without_contents_is_left_as_it_is() -> None:
    data = docx("段")
    assert write_contents(data, []) == data
    assert not has_contents(data) and has_contents(docx(body=BODY))
