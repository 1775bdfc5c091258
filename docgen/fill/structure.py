"""Tags that cannot work where they stand, found before any data and all at once.

docxtpl turns the row, cell or paragraph around a {%tr %}, {%tc %} or {%p %} tag into the tag, so
whatever shares it vanishes without a word; here that is an error. Every block tag must be closed
by its own kind, at the same level, in the same table.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from docgen.fill.findings import finding
from docgen.fill.pairs import check_pairs
from docgen.fill.places import Spot
from docgen.fill.signs import check_signs
from docgen.fill.tags import Word, scan, words_of
from docgen.fill.xml import Element, W, local, text_in
from docgen.problem import Problem, Where

_ALONE = {"tr": "行", "tc": "格", "p": "段"}
_SHOWN = 9  # tags of a row, cell or paragraph; a message tells fewer
_CURE = {
    "tr": "把这个标记单独放一行表格行，循环的内容放在下一行，结束标记再单独一行",
    "tc": "把这个标记单独放一个单元格",
    "p": "把这个标记单独放一段",
}
_SEEN = {
    "drawing": "图片", "pict": "图片", "object": "嵌入对象", "footnoteReference": "脚注",
    "endnoteReference": "尾注", "fldChar": "域", "fldSimple": "域", "tbl": "表格",
    "sectPr": "分节符",
}  # fmt: skip


def check_spots(spots: list[Spot], name: str) -> Iterator[Problem]:
    """Every finding of a part's paragraphs, in reading order; pairing last."""
    words = words_of(spots)
    for spot in spots:
        yield from check_signs(spot, name)
    holders: dict[Element, _Held] = {}
    for word in words:
        yield from _check_company(word, name, holders)
    statements = [word for word in words if word.is_statement]
    yield from check_pairs(statements, name)
    yield from _check_emptied(statements, name)


@dataclass(frozen=True, slots=True)
class _Held:
    """What a row, cell or paragraph holds: its tags, its text without them, and what is no text."""

    tags: tuple[str, ...]
    rest: str
    seen: str

    @classmethod
    def of(cls, holder: Element) -> _Held:
        text, tags, kept, at = text_in(holder), [], [], 0
        for piece in scan(text):
            if not piece.fault:
                tags.append(piece.text)
                kept.append(text[at : piece.start])
                at = piece.end
        seen = (words for node in holder.iter() if (words := _SEEN.get(local(node))))
        return cls(tuple(tags), "".join((*kept, text[at:])).strip(), next(seen, ""))


def _check_company(word: Word, name: str, holders: dict[Element, _Held]) -> Iterator[Problem]:
    """A row, cell or paragraph tag must have its row, cell or paragraph to itself."""
    where = Where(file=name, spot=word.where)
    if word.prefix == "r":
        yield from _check_run(word, where)
    if word.prefix not in _ALONE:
        return
    kind = _ALONE[word.prefix]
    holder = holder_of(word)
    if holder is None:
        cure = "这个标记只能放在表格里；段落用 {%p %}"
        yield finding("模板层次", f"“{word.text}”不在表格里", where, cure)
        return
    held = holders.get(holder) or holders.setdefault(holder, _Held.of(holder))
    others = list(held.tags)
    if word.text in others:
        others.remove(word.text)
    lost = held.rest or "、".join(others[:_SHOWN])
    if lost:
        said = f"“{word.text}”所在的{kind}还有“{lost[:30]}”，填写时会一起消失"
        cure = _CURE[word.prefix]
        if not held.rest and any("end" in text for text in (*others, word.text)):
            cure = f"开始和结束各占一{kind}，中间是要重复的内容"
        yield finding("模板吞内容", said, where, cure)
    elif held.seen:
        said = f"“{word.text}”所在的{kind}还有{held.seen}，会一起消失"
        yield finding("模板吞内容", said, where, _CURE[word.prefix])


def holder_of(word: Word) -> Element | None:
    """The row, cell or paragraph that a prefixed tag takes the place of."""
    spot = word.spot
    return {"tr": spot.row, "tc": spot.cell, "p": spot.paragraph}.get(word.prefix)


def _check_run(word: Word, where: Where) -> Iterator[Problem]:
    """Text that shares a formatted run with {{r }} loses its formatting."""
    at = 0
    for node in word.spot.paragraph.iter(W + "t"):
        text = node.text or ""
        run = node.getparent()
        inside = at < word.start + len(word.text) and word.start < at + len(text)
        after = text[max(word.start + len(word.text) - at, 0) :]
        if inside and after.strip() and run is not None:
            properties = run.find(W + "rPr")
            if properties is not None and any(local(p) != "rFonts" for p in properties):
                said = f"“{word.text}”后面的“{after.strip()[:20]}”会失去格式"
                yield finding("模板格式", said, where)
        at += len(text)


def _check_emptied(words: list[Word], name: str) -> Iterator[Problem]:
    """A cell that holds nothing but what stands between {%p if %} and {%p endif %}."""
    told: set[int] = set()
    for word in words:
        cell = word.spot.cell
        if word.prefix != "p" or cell is None or id(cell) in told:
            continue
        told.add(id(cell))
        depth = 0
        kept = False
        for paragraph in cell.findall(W + "p"):
            tags = [Word.of(p.text, word.spot) for p in scan(text_in(paragraph)) if not p.fault]
            block = [tag for tag in tags if tag.prefix == "p" and tag.is_statement]
            depth += sum(1 for tag in block if tag.opens)
            kept |= not block and depth == 0
            depth -= sum(1 for tag in block if tag.word.startswith("end"))
        if not kept:
            where = Where(file=name, spot=word.where)
            said = f"这一格里只有“{word.text}”之间的内容，不成立时格子里没有段落"
            yield finding("模板空格子", said, where)
