"""Tags whose pieces lie apart: across a link or a revision, or with other things between them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from docgen.fill.findings import WARNING, finding
from docgen.fill.lint.reading import Part
from docgen.fill.tags import Word
from docgen.fill.xml import Element, W, local
from docgen.problem import Problem, Where

_HOLDERS = {
    "hyperlink": "超链接", "ins": "修订", "del": "修订", "moveTo": "修订", "moveFrom": "修订",
    "sdtContent": "内容控件", "fldSimple": "域", "smartTag": "智能标记",
}  # fmt: skip
_BETWEEN = {
    "tab": "制表符", "br": "换行", "cr": "换行", "drawing": "图片", "pict": "图片", "sym": "符号",
    "footnoteReference": "脚注", "endnoteReference": "尾注", "fldChar": "域", "object": "对象",
    "noBreakHyphen": "连字符", "bookmarkStart": "书签", "bookmarkEnd": "书签",
    "commentRangeStart": "批注", "commentRangeEnd": "批注", "delText": "已删的文字",
}  # fmt: skip
_LIGHT = frozenset(["书签", "批注"])


def check_splits(part: Part, name: str) -> Iterator[Problem]:
    """What docxtpl's joining of a tag's pieces would throw away or tear apart."""
    texts: dict[Element, _Texts] = {}
    for word in part.words:
        paragraph = word.spot.paragraph
        held = texts.get(paragraph) or texts.setdefault(paragraph, _Texts.of(paragraph))
        pieces = held.pieces_of(word)
        if len(pieces) < 2:
            continue
        where = Where(file=name, spot=word.where)
        holders = [_holder(node) for node in pieces]
        if any(holder is not holders[0] for holder in holders):
            kinds = {_HOLDERS.get(local(h), "别的内容") for h in holders if h is not None}
            kinds -= {"别的内容"} if len(kinds) > 1 else set()
            said = f"“{word.text}”一半在{'、'.join(sorted(kinds))}里，填写时会损坏文件"
            yield finding("模板拆分", said, where)
            continue
        between = list(dict.fromkeys(_between(pieces[0], pieces[-1])))
        if between:
            said = f"“{word.text}”中间夹着{'、'.join(between)}，填写时会丢失"
            severity = WARNING if set(between) <= _LIGHT else None
            yield finding("模板拆分", said, where, severity=severity)


@dataclass(frozen=True, slots=True)
class _Texts:
    """The w:t elements of a paragraph that hold text, where each ends, and their whole text."""

    nodes: list[Element]
    ends: list[int]
    whole: str

    @classmethod
    def of(cls, paragraph: Element) -> _Texts:
        nodes = [node for node in own_texts(paragraph) if node.text]
        texts = [node.text or "" for node in nodes]
        return cls(nodes, list(accumulate(map(len, texts))), "".join(texts))

    def pieces_of(self, word: Word) -> list[Element]:
        """The elements that a tag is spread over; none of a tag of a field or an attribute."""
        if not self.whole.startswith(word.text, word.start):
            return []
        first = bisect_right(self.ends, word.start)
        last = bisect_left(self.ends, word.start + len(word.text))
        return self.nodes[first : last + 1]


def own_texts(paragraph: Element) -> list[Element]:
    """The w:t of a paragraph, without those of its text boxes."""
    return [
        node
        for node in paragraph.iter(W + "t")
        if next((a for a in node.iterancestors(W + "p")), None) is paragraph
    ]


def _holder(text: Element) -> Element | None:
    run = text.getparent()
    return run.getparent() if run is not None else None


def _between(first: Element, last: Element) -> Iterator[str]:
    paragraph = next(first.iterancestors(W + "p"))
    inside = False
    for node in paragraph.iter():
        if node is first:
            inside = True
        elif node is last:
            return
        elif inside and local(node) in _BETWEEN and node.get(W + "name") != "_GoBack":
            yield _BETWEEN[local(node)]
