"""Inlines → atoms: the smallest pieces a line is made of, each with its width."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from docgen.problem import Problem, Where, error, warning
from docgen.typeset.compose.scripts import (
    COMPLEX,
    HAN,
    LATIN,
    NO_START,
    WORD,
    is_word_character,
    may_break,
)
from docgen.typeset.compose.settings import Setting, Settings
from docgen.typeset.model import (
    Break,
    Counter,
    Drawing,
    Floating,
    Inline,
    Mark,
    Note,
    PageBreak,
    Picture,
    RunStyle,
    Tab,
    Text,
)
from docgen.typeset.rules import Rules

Kind = Literal["han", "word", "gap", "tab", "break", "live", "picture", "mark"]
SILENT = frozenset(("mark", "gap"))  # nothing a line could begin or end with
BETWEEN = frozenset(("tab", "break"))  # what parts the words of a line


@dataclass(slots=True)
class Atom:
    """`width` is in pt, with the `tracking` after it; `opens`: a line may begin here."""

    kind: Kind
    text: str = ""
    width: float = 0.0
    setting: Setting | None = None
    link: str = ""
    opens: bool = False
    inline: Inline | None = None
    tracking: float = 0.0

    @property
    def is_blank(self) -> bool:
        return self.kind == "word" and self.text.isspace() and "\u00a0" not in self.text


class Atomizer:
    """Cuts one paragraph after the other; `marks` are the bookmarks the document really has.

    A character that no font has becomes its number in brackets, [U+2A6D6], and a Problem.
    """

    def __init__(self, settings: Settings, rules: Rules, marks: frozenset[str]) -> None:
        self._settings = settings
        self._quotes, self._gap_width = rules.quotes, rules.gap
        self._marks = marks
        self._found: dict[str, Problem] = {}

    @property
    def problems(self) -> list[Problem]:
        """Characters without a font and page references without a bookmark, each once."""
        return list(self._found.values())

    def atoms(self, inlines: Iterable[Inline], limit: float, spot: Where) -> list[Atom]:
        """The atoms of a paragraph; words wider than `limit` pt are cut into characters."""
        found: list[Atom] = []
        last = ""  # the character before, for gaps
        for inline in inlines:
            if isinstance(inline, Text):
                for atom in self._text(inline, last, spot):
                    if atom.kind == "word" and atom.width > limit and len(atom.text) > 1:
                        found.extend(_characters(atom))
                    else:
                        found.append(atom)
                last = inline.text[-1:] or last
            elif isinstance(inline, Mark):
                if inline.name in self._marks:
                    found.append(Atom("mark", inline=inline))
            elif not isinstance(inline, Floating | PageBreak):
                found.append(self._other(inline, spot))
                last = "0" if found[-1].kind == "live" else ""
        self._open(found)
        return found

    def _text(self, inline: Text, last: str, spot: Where) -> Iterator[Atom]:
        style, link = inline.style, self._link(inline.link)
        for n, piece in enumerate(LATIN.split(inline.text)):
            if not piece:
                continue
            if last and style.gaps and _needs_gap(last, piece[0]):
                yield self._gap(style)
            last = piece[-1]
            is_complex = n % 2 == 1 and not piece.isascii() and COMPLEX.search(piece)
            shaped = replace(style, kerning=True) if is_complex else style
            setting = self._settings.get(shaped, latin=n % 2 == 1)
            if style.italic and n % 2 == 0:
                self._found.setdefault("斜体", warning("字符格式", "中文斜体按正体排", spot))
            words: Iterable[str] = WORD.findall(piece) if n % 2 else piece
            kind: Kind = "word" if n % 2 else "han"
            width_of, missing, tracking = setting.width, setting.metrics.missing, setting.tracking
            for word in words:
                width = width_of(word)
                if missing and missing.keys() & set(word):
                    yield from self._numbered(word, setting, style, link, spot)
                else:
                    yield Atom(kind, word, width, setting, link, False, None, tracking)

    def _numbered(
        self, word: str, setting: Setting, style: RunStyle, link: str, spot: Where
    ) -> Iterator[Atom]:
        plain = self._settings.get(style, latin=True)
        for character in word:
            if character not in setting.metrics.missing:
                yield _word(character, setting, link)
                continue
            number = f"U+{ord(character):04X}"
            told = f"没有字体能显示“{character}”（{number}），PDF 里排成 [{number}]"
            hint = "把含有这个字的字体文件放入 fonts/ 后重新生成"
            self._found.setdefault(character, error("缺字", told, spot, hint))
            yield _word(f"[{number}]", plain, link)

    def _gap(self, style: RunStyle) -> Atom:
        setting = self._settings.get(style, latin=False)
        return Atom("gap", "", self._gap_width * style.size, setting)

    def _other(self, inline: Inline, spot: Where) -> Atom:
        if isinstance(inline, Break):
            return Atom("break", inline=inline)
        if isinstance(inline, Picture | Drawing):
            return Atom("picture", "", inline.width, inline=inline)
        if isinstance(inline, Note):
            setting = self._settings.get(inline.style, latin=inline.label.isascii())
            return replace(_word(inline.label, setting, ""), kind="live", inline=inline)
        assert isinstance(inline, Tab | Counter)
        setting = self._settings.get(inline.style, latin=True)
        if isinstance(inline, Tab):
            return Atom("tab", "", 0.0, setting, inline=inline)
        link = self._link(inline.link)
        text = inline.cached if inline.cached.isascii() and inline.cached else "1"
        if inline.kind == "ref" and inline.bookmark not in self._marks:
            told = f"页码引用的书签“{inline.bookmark}”不存在，照文件里的“{text}”排"
            hint = "在 Word 中更新目录（右键，“更新域”）"
            self._found.setdefault(inline.bookmark, warning("书签", told, spot, hint))
            return _word(text, setting, link)
        return replace(_word(text, setting, link), kind="live", inline=inline)

    def _link(self, target: str) -> str:
        """Where a link leads; nowhere if its bookmark is missing."""
        known = not target.startswith("#") or target[1:] in self._marks
        return target if known else ""

    def _open(self, atoms: list[Atom]) -> None:
        """Mark where lines may begin."""
        quotes, before = self._quotes, None
        for atom in atoms:
            kind = atom.kind
            if kind in SILENT:
                continue
            if before is None or kind in BETWEEN or before.kind in BETWEEN:
                before = atom
                continue
            if kind == "picture" or before.kind == "picture":
                atom.opens = atom.text[:1] not in NO_START
            elif not atom.opens:
                is_latin = before.kind != "han" and kind != "han"
                atom.opens = may_break(before.text[-1], atom.text[0], is_latin, quotes)
            before = atom


def _word(text: str, setting: Setting, link: str) -> Atom:
    return Atom("word", text, setting.width(text), setting, link, tracking=setting.tracking)


def _needs_gap(before: str, after: str) -> bool:
    if HAN.match(before):
        return is_word_character(after)
    return bool(HAN.match(after)) and (is_word_character(before) or before == "%")


def _characters(word: Atom) -> Iterator[Atom]:
    """A word longer than the line, as characters that may each begin one."""
    setting = word.setting
    assert setting is not None
    for character in word.text:
        yield replace(_word(character, setting, word.link), opens=True)
