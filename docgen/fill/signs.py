"""The text of a paragraph → findings on braces, punctuation and misspelt statements."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docgen.fill.findings import WARNING, finding
from docgen.fill.places import Spot
from docgen.fill.tags import REFUSED, STATEMENTS, Piece, Word, scan
from docgen.problem import Problem, Where

_WIDE = re.compile(r"｛[{｛%％#]|\{[｛％]|[}｝%％#]｝|[｝％]\}")
_LONELY = re.compile(r"(?<![{｛_])\{(?![{%#_｛％])([^{}]{1,40})(?<!_)\}(?!\})")
_HAN = re.compile("[一-龥]")
_STRINGS = re.compile(r"'[^']*'|\"[^\"]*\"|“[^”]*”|‘[^’]*’")
_FULL_WIDTH = re.compile("[，｜（）＝！：；、。．＋＊／％［］＜＞～｝｛＇＂＿　]")
_CURLY = re.compile("[“”‘’]")
_SHOWN = 60
_SAID = {
    "unclosed": ("“{}”没有在同一段里结束", "补上 }}、%} 或 #}，一个标记不要分成两段"),
    "unopened": ("多了一个标记的结尾“{}”", "补上 {{ 或 {%，或删去多余的括号"),
    "mixed": ("“{}”的开头和结尾不是一对", "{{ 用 }} 结束，{% 用 %} 结束"),
}
_MEANT = {
    "elseif": "elif", "elsif": "elif", "foreach": "for", "endforeach": "endfor", "loop": "for",
    "endloop": "endfor", "fi": "endif", "end_if": "endif", "end_for": "endfor", "如果": "if",
    "循环": "for", "否则": "else", "结束": "endif", "结束如果": "endif", "结束循环": "endfor",
}  # fmt: skip
_PREFIXES = {"tr": "行", "tc": "格", "p": "段", "r": "文字"}
_GLUED = re.compile(r"(tr|tc|p|r)(for|if|elif|else|endfor|endif)$")


def check_signs(spot: Spot, name: str) -> Iterator[Problem]:
    """Full-width braces, halves of tags, single braces, punctuation and statements."""
    here = Where(file=name, spot=spot.with_tag(spot.text.strip()[:_SHOWN]))
    pieces = list(scan(spot.text))
    rest = _without(spot.text, pieces)
    wide = _WIDE.findall(rest) or [w for p in pieces if p.fault for w in _WIDE.findall(p.text)]
    if wide:
        yield finding("模板全角", f"标记里有全角括号“{wide[0]}”", here)
    for piece in pieces:
        where = Where(file=name, spot=spot.with_tag(piece.text.strip()[:_SHOWN]))
        if piece.text.startswith("{{{") and ":" not in piece.text:
            said = f"“{piece.text.strip()[:_SHOWN]}”多写了一个“{{”"
            yield finding("模板括号", said, where, "写两个花括号：{{ 字段 }}")
        elif piece.fault and not wide:
            said, cure = _SAID[piece.fault]
            yield finding("模板括号", said.format(piece.text.strip()[:_SHOWN]), where, cure)
        elif not piece.fault:
            yield from _check_tag(Word.of(piece.text, spot, piece.start), where)
            yield from _check_after(piece, spot.text, rest, where)
    for inner in _LONELY.findall(rest):
        if _HAN.search(inner):
            said = f"“{{{inner}}}”只有一层花括号，会原样印出"
            cure = f"要打印字段请写 {{{{ {inner.strip()} }}}}"
            yield finding("模板单括号", said, here, cure)


def _check_after(piece: Piece, text: str, rest: str, where: Where) -> Iterator[Problem]:
    """A brace too many behind a tag, unless it closes one that is printed before the tag."""
    before, after = rest[: piece.start], text[piece.end : piece.end + 1]
    if after == "}" and before.count("{") <= before.count("}"):
        said = f"“{piece.text.strip()[:_SHOWN]}”后面多了一个“}}”，会原样印出"
        yield finding("模板单括号", said, where, "删去多余的花括号")


def _without(text: str, pieces: list[Piece]) -> str:
    kept = list(text)
    for piece in pieces:
        kept[piece.start : piece.end] = " " * len(piece.text)
    return "".join(kept)


def _check_tag(word: Word, where: Where) -> Iterator[Problem]:
    if word.delimiter == "#":
        return
    bare = _STRINGS.sub("", word.text)
    signs = "".join(dict.fromkeys(_FULL_WIDTH.findall(bare)))
    if signs:
        shown = signs.replace("\u3000", "全角空格")
        yield finding("模板标点", f"“{word.text}”里有全角标点“{shown}”", where)
    elif _CURLY.search(word.text):
        said = f"“{word.text}”里有弯引号，会当作直引号"
        yield finding("模板标点", said, where, "标记里用直引号 ' '", WARNING)
    if word.prefix and re.search(r"[}%]", word.text[2:-2]):
        said = f"“{word.text}”里有 % 或 }}，这种标记不会起作用"
        cure = "先在单独一段里用 {% set 名 = … %} 算好，再在这里用这个名"
        yield finding("模板写法", said, where, cure)
    if word.is_statement:
        yield from _check_statement(word, where)
    elif word.word in _PREFIXES and re.match(r"\s+[\w'\"(]", word.rest):
        said = f"“{word.text}”里的 {word.word} 没有紧挨着花括号"
        yield finding("模板语句", said, where, f"写 {{{{{word.word} 字段 }}}}，中间不留空格")


def _check_statement(word: Word, where: Where) -> Iterator[Problem]:
    if word.word in STATEMENTS:
        return
    if word.word in REFUSED:
        yield finding("模板语句", f"“{word.text}”：模板里不允许使用{word.word}", where)
        return
    if word.word in _PREFIXES:
        said = f"“{word.text}”里的 {word.word} 没有紧挨着 {{%"
        yield finding("模板语句", said, where, f"写 {{%{word.word} … %}}，中间不留空格")
        return
    meant = statement_meant(word)
    cure = f"是否想写 {{% {meant} … %}}？" if meant else ""
    said = f"“{word.word}”不是模板的语句" if word.word else f"“{word.text}”里没有语句"
    yield finding("模板语句", said, where, cure)


def statement_meant(word: Word) -> str:
    """The statement of a tag, or for a misspelt one what was meant; "" where nothing is near."""
    from docgen.language.spelling import nearest

    if word.word in STATEMENTS or word.word in REFUSED:
        return word.word
    following = re.match(r"\s*(\w+)", word.rest)
    if word.word in _PREFIXES and following:
        return following.group(1) if following.group(1) in STATEMENTS else ""
    if word.word in ("end", "else") and following:
        joined = "elif" if word.word == "else" else f"end{following.group(1)}"
        return joined if joined in STATEMENTS else ""
    if glued := _GLUED.match(word.word):
        return f"{glued.group(1)} {glued.group(2)}"
    if word.word.lower() in STATEMENTS:
        return word.word.lower()
    return _MEANT.get(word.word) or (nearest(word.word, STATEMENTS) if word.word else "")
