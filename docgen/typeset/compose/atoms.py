"""Inlines → atoms: the smallest pieces a line is made of, each with its width."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from docgen.problem import Problem, Where, error, warning
from docgen.typeset.compose.scripts import (
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


@dataclass(slots=True)
class Atom:
    """`width` is in pt; `opens` says that a line may begin here."""

    kind: Kind
    text: str = ""
    width: float = 0.0
    setting: Setting | None = None
    link: str = ""
    opens: bool = False
    inline: Inline | None = None

    @property
    def tracking(self) -> float:
        return self.setting.tracking if self.setting and self.text else 0.0

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
            setting = self._settings.get(style, latin=n % 2 == 1)
            if style.italic and n % 2 == 0:
                self._found.setdefault("斜体", warning("字符格式", "中文斜体按正体排", spot))
            words = WORD.findall(piece) if n % 2 else piece
            for word in words:
                width = setting.width(word)
                if setting.metrics.missing and setting.metrics.missing.keys() & set(word):
                    yield from self._numbered(word, setting, style, link, spot)
                else:
                    yield Atom("word" if n % 2 else "han", word, width, setting, link)

    def _numbered(
        self, word: str, setting: Setting, style: RunStyle, link: str, spot: Where
    ) -> Iterator[Atom]:
        plain = self._settings.get(style, latin=True)
        for character in word:
            if character not in setting.metrics.missing:
                yield Atom("word", character, setting.width(character), setting, link)
                continue
            number = f"U+{ord(character):04X}"
            told = f"没有字体能显示“{character}”（{number}），PDF 里排成 [{number}]"
            hint = "把含有这个字的字体文件放入 fonts/ 后重新生成"
            self._found.setdefault(character, error("缺字", told, spot, hint))
            yield Atom("word", f"[{number}]", plain.width(f"[{number}]"), plain, link)

    def _gap(self, style: RunStyle) -> Atom:
        setting = self._settings.get(style, latin=False)
        return Atom("gap", "", self._gap_width * style.size, setting)

    def _other(self, inline: Inline, spot: Where) -> Atom:
        if isinstance(inline, Break):
            return Atom("break", inline=inline)
        if isinstance(inline, Picture):
            return Atom("picture", "", inline.width, inline=inline)
        if isinstance(inline, Note):
            setting = self._settings.get(inline.style, latin=inline.label.isascii())
            width = setting.width(inline.label)
            return Atom("live", inline.label, width, setting, inline=inline)
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
            return Atom("word", text, setting.width(text), setting, link)
        return Atom("live", text, setting.width(text), setting, link, inline=inline)

    def _link(self, target: str) -> str:
        """Where a link leads; nowhere if its bookmark is missing."""
        known = not target.startswith("#") or target[1:] in self._marks
        return target if known else ""

    def _open(self, atoms: list[Atom]) -> None:
        """Mark where lines may begin."""
        before: Atom | None = None
        for atom in atoms:
            if atom.kind in SILENT:
                continue
            if before is None or atom.kind in ("tab", "break") or before.kind in ("tab", "break"):
                before = atom
                continue
            if "picture" in (atom.kind, before.kind):
                atom.opens = atom.text[:1] not in NO_START
            elif not atom.opens:
                atom.opens = may_break(
                    before.text[-1],
                    atom.text[0],
                    is_latin=before.kind != "han" and atom.kind != "han",
                    quotes=self._quotes,
                )
            before = atom


def _needs_gap(before: str, after: str) -> bool:
    if HAN.match(before):
        return is_word_character(after)
    return bool(HAN.match(after)) and (is_word_character(before) or before == "%")


def _characters(word: Atom) -> Iterator[Atom]:
    """A word longer than the line, as characters that may each begin one."""
    setting = word.setting
    assert setting is not None
    for character in word.text:
        yield Atom("word", character, setting.width(character), setting, word.link, True)
