"""The statements of a part in reading order → findings on how they open and close."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from docgen.fill.findings import finding
from docgen.fill.signs import statement_meant
from docgen.fill.tags import MIDDLES, OPENERS, Word
from docgen.fill.xml import Element, local
from docgen.problem import Problem, Where

_STORIES = frozenset(["txbxContent", "footnote", "endnote", "hdr", "ftr", "body", "comment"])


@dataclass(frozen=True, slots=True)
class _Open:
    word: Word
    kind: str
    at: int


def kind_of(word: Word) -> str:
    """The statement of a tag as it was meant: for, endfor … ("assign" for a set without an end)."""
    kind = statement_meant(word).rpartition(" ")[2]
    return "assign" if kind == "set" and not word.opens else kind


def check_pairs(words: Sequence[Word], name: str) -> Iterator[Problem]:
    """Openers and closers: matched, of one prefix, in one table, with something between them."""
    kinds = [kind_of(word) for word in words]
    stack: list[_Open] = []
    crossed: dict[int, Problem] = {}
    for at, (word, kind) in enumerate(zip(words, kinds, strict=True)):
        where = Where(file=name, spot=word.where)
        if stack and stack[-1].kind == "raw" and kind != "endraw":
            continue
        if kind in OPENERS:
            stack.append(_Open(word, kind, at))
        elif kind in MIDDLES:
            yield from _check_middle(word, kind, stack, where)
        elif kind.startswith("end"):
            wanted = kind[3:]
            depth = next((i for i in reversed(range(len(stack))) if stack[i].kind == wanted), -1)
            if depth < 0:
                yield from _unmatched(word, wanted, stack, kinds[at:], where)
                continue
            opener = stack.pop(depth)
            if depth < len(stack):
                inner = stack[depth]
                said = f"“{opener.word.text}”和“{inner.word.text}”交叉：后开始的要先结束"
                cure = f"先结束{inner.word.spot.place}的 {inner.kind}，再写“{word.text}”"
                crossed[inner.at] = finding("模板配对", said, where, cure)
            elif opener.at in crossed:
                yield crossed.pop(opener.at)
            else:
                yield from _check_levels(opener.word, word, where)
    for opener in stack:
        where = Where(file=name, spot=opener.word.where)
        prefix = f"{opener.word.prefix} " if opener.word.prefix else " "
        cure = f"补上 {{%{prefix}end{opener.kind} %}}"
        yield finding("模板配对", f"“{opener.word.text}”没有结束", where, cure)


def _check_middle(word: Word, kind: str, stack: list[_Open], where: Where) -> Iterator[Problem]:
    opener = next((o for o in reversed(stack) if o.kind in MIDDLES[kind]), None)
    if opener is None:
        yield finding(
            "模板配对", f"“{word.text}”前面没有对应的 if", where, "检查 if 与 endif 是否配对"
        )
    elif opener is stack[-1]:
        yield from _check_levels(opener.word, word, where)


def _unmatched(
    word: Word, wanted: str, stack: list[_Open], rest: Sequence[str], where: Where
) -> Iterator[Problem]:
    """A closer without its opener: alone, or in the place of another closer."""
    if stack:
        top = stack[-1]
        if rest.count(f"end{top.kind}") <= rest.count(top.kind):
            said = f"“{top.word.text}”用“{word.text}”结束"
            cure = f"开始的标记在{top.word.spot.place}；if 配 endif，for 配 endfor，逐层配对"
            stack.pop()
            yield finding("模板配对", said, where, cure)
            return
    said = f"“{word.text}”前面没有对应的 {wanted}"
    yield finding("模板配对", said, where, "删去它，或补上开始的标记")


def _check_levels(opener: Word, closer: Word, where: Where) -> Iterator[Problem]:
    """Whether two tags that belong together stand on one level."""
    first, last = opener.spot, closer.spot
    both = f"“{opener.text}”和“{closer.text}”"
    if opener.prefix != closer.prefix:
        cure = "开始和结束用同样的写法，例如都用 {%tr %} 或都用 {%p %}"
        yield finding("模板层次", f"{both}不在同一层", where, cure)
    elif story_of(first.paragraph) is not story_of(last.paragraph):
        cure = "开始和结束放在同一个文本框、同一条脚注里"
        yield finding("模板层次", f"{both}不在同一处文字里", where, cure)
    elif opener.prefix == "tr":
        yield from _check_rows(opener, closer, both, where)
    elif opener.prefix == "tc":
        if first.row is not last.row:
            cure = "{%tc %} 的开始和结束放在同一行里"
            yield finding("模板层次", f"{both}不在同一行里", where, cure)
    elif first.cell is not last.cell:
        cure = "跨行的循环用 {%tr %}，跨格的用 {%tc %}"
        yield finding("模板层次", f"{both}不在同一个单元格里", where, cure)
    elif opener.prefix == "" and first.paragraph is not last.paragraph:
        said = f"“{opener.text}”跨了几段，前后两段的文字会并到一段里"
        yield finding("模板跨段", said, where)
    elif opener.prefix == "p" and first.paragraph.getnext() is last.paragraph:
        yield finding("模板空循环", f"{both}之间什么也没有", where)


def _check_rows(opener: Word, closer: Word, both: str, where: Where) -> Iterator[Problem]:
    first, last = opener.spot.row, closer.spot.row
    if first is None or last is None or first is last:
        return  # told elsewhere: not in a table, or both in one row
    if first.getparent() is not last.getparent():
        cure = "循环的开始行和结束行放在同一张表里"
        yield finding("模板层次", f"{both}不在同一张表里", where, cure)
    elif first.getnext() is last:
        yield finding("模板空循环", f"{both}之间没有表格行", where)


def story_of(paragraph: Element) -> Element | None:
    """The body, header, note or text box that a paragraph stands in."""
    return next((a for a in paragraph.iterancestors() if local(a) in _STORIES), None)
