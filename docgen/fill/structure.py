"""Tags that cannot work where they stand, found before any data and all at once.

docxtpl turns the row, cell or paragraph around a {%tr %}, {%tc %} or {%p %} tag into the tag, so
whatever shares it vanishes without a word; here that is an error. Every block tag must be closed
by its own kind, at the same level, in the same table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from docgen.fill.places import TAG, Spot, Tag, paragraphs
from docgen.fill.styles import Styles
from docgen.fill.xml import Element, W, text_in
from docgen.problem import Problem, Where, error, warning

CODE = "模板写法"
_OPENERS = frozenset(["for", "if", "macro", "call", "filter", "with", "raw", "autoescape", "block"])
_MIDDLES = {"else": ("if", "for"), "elif": ("if",)}
_WORD = re.compile(r"\{([{%#])[-+]?\s*((?:tr|tc|p|r)(?=\s))?\s*(\w+)?")
_SET_BLOCK = re.compile(r"\{%[-+]?\s*(?:(?:tr|tc|p|r)\s+)?set\s+[\w.]+\s*(?:\|.*)?[-+]?%\}$")
_WIDE = re.compile(r"｛[{｛%％#]|\{[｛％]|[}｝%％#]｝|[｝％]\}")
_LONELY = re.compile(r"(?<![{｛])\{(?![{%#_｛％])([^{}]{1,40})\}(?!\})")
_ALONE = {"tr": "行", "tc": "格", "p": "段"}
_CURE = {
    "tr": "把这个标记单独放一行表格行，循环的内容放在下一行，结束标记再单独一行",
    "tc": "把这个标记单独放一个单元格",
    "p": "把这个标记单独放一段",
}


@dataclass(frozen=True, slots=True)
class Word:
    """A tag taken apart: its delimiter, docxtpl's prefix ("" where none) and its first word."""

    tag: Tag
    delimiter: str
    prefix: str
    word: str

    @classmethod
    def of(cls, tag: Tag) -> Word:
        match = _WORD.match(tag.text)
        delimiter, prefix, word = match.groups() if match else ("", "", "")
        if word == "set":
            word = "set" if _SET_BLOCK.match(tag.text) else "assign"
        return cls(tag, delimiter, prefix or "", word or "")


def check_structure(root: Element, part: str, name: str, styles: Styles) -> Iterator[Problem]:
    """Every finding of one part, in reading order; pairing last."""
    spots = list(paragraphs(root, part, styles))
    words = []
    for spot in spots:
        tags = [Word.of(Tag(text, spot)) for text in TAG.findall(spot.text)]
        yield from _check_text(spot, name)
        for word in tags:
            yield from _check_company(word, len(tags), name)
        words += [word for word in tags if word.delimiter == "%"]
    yield from _check_pairs(words, name)


def _check_text(spot: Spot, name: str) -> Iterator[Problem]:
    """Full-width braces, tags that do not end in their paragraph, single braces."""
    rest = TAG.sub("", spot.text)
    where = Where(file=name, spot=spot.with_tag(spot.text.strip()[:60]))
    if _WIDE.search(spot.text):
        cure = "标记要用半角的 {{ }} 和 {% %}"
        yield error(CODE, f"标记里有全角括号“{_WIDE.findall(spot.text)[0]}”", where, cure)
    elif re.search(r"\{[{%#]", rest):
        yield error(
            CODE, "标记没有在同一段里结束", where, "补上 }}、%} 或 #}，一个标记不要分成两段"
        )
    elif re.search(r"(?<!\})[%}]\}(?!\})", rest):
        yield error(CODE, "多了一个标记的结尾", where, "补上 {{ 或 {%，或删去多余的括号")
    for inner in _LONELY.findall(rest):
        if re.search("[一-龥]", inner):
            cure = f"要打印字段请写 {{{{ {inner.strip()} }}}}"
            yield warning(CODE, f"“{{{inner}}}”只有一层花括号，会原样印出", where, cure)


def _check_company(word: Word, count: int, name: str) -> Iterator[Problem]:
    """A row, cell or paragraph tag must have its row, cell or paragraph to itself."""
    if word.prefix not in _ALONE:
        return
    spot = word.tag.spot
    where = Where(file=name, spot=spot.with_tag(word.tag.text))
    kind = _ALONE[word.prefix]
    holder = {"tr": spot.row, "tc": spot.cell, "p": spot.paragraph}[word.prefix]
    if holder is None:
        cure = "这个标记只能放在表格里；段落用 {%p %}"
        yield error(CODE, f"“{word.tag.text}”不在表格里", where, cure)
        return
    whole = spot.text if word.prefix == "p" else text_in(holder)
    others = TAG.findall(whole)
    kept = TAG.sub("", whole).strip()
    if kept or len(others) > 1:
        lost = kept or "、".join(text for text in others if text != word.tag.text)
        said = f"“{word.tag.text}”所在的{kind}还有“{lost[:30]}”，填写时会一起消失"
        yield error(CODE, said, where, _CURE[word.prefix])
    if word.prefix == "p" and spot.paragraph.find(f".//{W}drawing") is not None:
        yield error(CODE, f"“{word.tag.text}”所在的段还有图片，会一起消失", where, _CURE["p"])


def _check_pairs(words: list[Word], name: str) -> Iterator[Problem]:
    """Openers and closers: matched, of one prefix, in one table."""
    stack: list[Word] = []
    for word in words:
        where = Where(file=name, spot=word.tag.spot.with_tag(word.tag.text))
        if word.word in _OPENERS or word.word == "set":
            stack.append(word)
        elif word.word in _MIDDLES:
            if not stack or stack[-1].word not in _MIDDLES[word.word]:
                said = f"“{word.tag.text}”前面没有对应的 if"
                yield error(CODE, said, where, "检查 if 与 endif 是否配对")
        elif word.word.startswith("end"):
            wanted = word.word[3:]
            if not stack:
                said = f"“{word.tag.text}”前面没有对应的 {wanted}"
                yield error(CODE, said, where, "删去它，或补上开始的标记")
                continue
            opener = stack.pop()
            if opener.word != wanted:
                said = f"“{opener.tag.text}”用“{word.tag.text}”结束"
                cure = f"开始的标记在{opener.tag.spot.place}；if 配 endif，for 配 endfor，逐层配对"
                yield error(CODE, said, where, cure)
            else:
                yield from _check_levels(opener, word, where)
    for opener in stack:
        where = Where(file=name, spot=opener.tag.spot.with_tag(opener.tag.text))
        prefix = f"{opener.prefix} " if opener.prefix else " "
        cure = f"补上 {{%{prefix}end{opener.word} %}}"
        yield error(CODE, f"“{opener.tag.text}”没有结束", where, cure)


def _check_levels(opener: Word, closer: Word, where: Where) -> Iterator[Problem]:
    if opener.prefix != closer.prefix:
        said = f"“{opener.tag.text}”和“{closer.tag.text}”不在同一层"
        yield error(CODE, said, where, "开始和结束用同样的写法，例如都用 {%tr %} 或都用 {%p %}")
    elif opener.prefix == "tr" and _table(opener) is not _table(closer):
        said = f"“{opener.tag.text}”和“{closer.tag.text}”不在同一张表里"
        yield error(CODE, said, where, "循环的开始行和结束行放在同一张表里")
    elif opener.tag.spot.cell is not closer.tag.spot.cell and opener.prefix == "":
        said = f"“{opener.tag.text}”和“{closer.tag.text}”不在同一个单元格里"
        yield error(CODE, said, where, "跨行的循环用 {%tr %}，跨格的用 {%tc %}")
    elif opener.prefix == "" and opener.tag.spot.paragraph is not closer.tag.spot.paragraph:
        said = f"“{opener.tag.text}”跨了几段，前后两段的文字会并到一段里"
        yield warning(CODE, said, where, "整段的判断、循环用 {%p %}，单独成段")


def _table(word: Word) -> Element | None:
    row = word.tag.spot.row
    return row.getparent() if row is not None else None
