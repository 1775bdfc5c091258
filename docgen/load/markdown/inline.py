"""The inline tokens of one paragraph → Text, LineBreak and Reference, with their places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from markdown_it.token import Token

from docgen.load.letters import is_wide, short
from docgen.model.blocks import Inline, LineBreak, Reference, Text
from docgen.problem import Problem, Where, error, warning

_REFERENCE = re.compile(r"【\s*(?P<sign>[=＝])(?P<path>[^【】\n]*)(?P<end>】?)")
_STEP = re.compile(r"[^\W\d]\w*|[1-9]\d*")
_HTML = re.compile(
    r"<!--|</?(?:br|p|b|i|u|s|em|strong|sub|sup|font|span|div|img|table|tr|td|th|center|a|hr|ul|ol"
    r"|li|h[1-6])(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_STYLES = {"strong": "bold", "em": "italic", "s": "strike"}
_NO_SPACE_BESIDE = "，。、；：！？（）《》【】"
_NEW_PARAGRAPH = "\u3000\u3000"
_VALUE = "值"  # what a reference prints, as its neighbours see it


@dataclass(slots=True)
class Cursor:
    """Finds where in a chapter's `lines` something typed stands, moving forward only.

    `first_line` and `first_column` are the 1-based place of the chapter's first character.
    """

    lines: Sequence[str]
    file: str
    path: str
    first_line: int
    first_column: int
    line: int = 0
    column: int = 0

    def seek(self, line: int) -> None:
        """Go to the start of that 0-based line, unless already beyond it."""
        if line > self.line:
            self.line, self.column = line, 0

    def where(self, line: int, column: int = 0) -> Where:
        """The place in the file of a 0-based line and column of the chapter."""
        return Where(self.file, self.first_line + line, self.first_column + column, self.path)

    def find(self, typed: str) -> Where:
        """The place of the next `typed`; where it is not found, the place reached so far."""
        for number in range(self.line, len(self.lines)):
            column = self.lines[number].find(typed, self.column if number == self.line else 0)
            if column >= 0:
                self.line, self.column = number, column + len(typed)
                return self.where(number, column)
        return self.where(self.line, self.column)


@dataclass(slots=True)
class _Run:
    """The inlines of one run as they grow; several `paragraphs`, each with its 0-based line."""

    cursor: Cursor
    problems: list[Problem]
    paragraphs: list[tuple[int, list[Inline]]] = field(default_factory=lambda: [(0, [])])
    depth: dict[str, int] = field(default_factory=lambda: {"bold": 0, "italic": 0, "strike": 0})
    line: int = 0
    broken: bool = False

    @property
    def inlines(self) -> list[Inline]:
        return self.paragraphs[-1][1]

    def words(self) -> str:
        """All words so far, without styles."""
        return "".join(flat(inlines) for _, inlines in self.paragraphs)

    def break_line(self, *, hard: bool) -> None:
        """A line ends: in the source only, or because the author asked for it."""
        self.line += 1
        self.broken = not hard
        if hard:
            self.inlines.append(LineBreak())

    def text(self, words: str) -> None:
        """Add words in the current style, with the references in them."""
        if self.broken and words.startswith(_NEW_PARAGRAPH):
            self.paragraphs.append((self.line, []))
            self.broken = False
        for tag in _HTML.finditer(words):
            said = f"HTML 标记 {short(tag[0])} 不起作用，照样打印"
            place = self.cursor.find(tag[0])
            self.problems.append(warning("标记", said, place, "删去它，改用 Markdown 的写法"))
        done = 0
        for hit in _REFERENCE.finditer(words):
            self.plain(words[done : hit.start()])
            self._reference(hit)
            done = hit.end()
        self.plain(words[done:])

    def plain(self, words: str) -> None:
        """Add words in the current style just as they are."""
        if not words:
            return
        self._join(words[0])
        style = tuple(depth > 0 for depth in self.depth.values())
        last = self.inlines[-1] if self.inlines else None
        if isinstance(last, Text) and (last.bold, last.italic, last.strike) == style:
            words = last.text + words
            self.inlines.pop()
        self.inlines.append(Text(words, *style))

    def _join(self, following: str) -> None:
        """Close a line break of the source: nothing between hanzi, else one space."""
        last = self.inlines[-1] if self.inlines else None
        if self.broken and last is not None and not isinstance(last, LineBreak):
            before = last.text[-1] if isinstance(last, Text) else _VALUE
            if not (before.isspace() or following.isspace() or _joins(before, following)):
                self._space(last)
        self.broken = False

    def _space(self, last: Text | Reference) -> None:
        if isinstance(last, Text):
            self.inlines[-1] = replace(last, text=last.text + " ")
        else:
            self.inlines.append(Text(" "))

    def _reference(self, hit: re.Match[str]) -> None:
        place = self.cursor.find(hit[0])
        path = "".join(hit["path"].split())
        said = cure = ""
        if not hit["end"]:
            said, cure = "没有写完", "补上“】”，写成【=字段】"
        elif hit["sign"] == "＝":
            said, cure = "里是全角等号", f"改为半角：【={path}】"
        elif not all(_STEP.fullmatch(step) for step in path.split(".")):
            said = "不是字段的路径"
            cure = "只写字段名，下级用半角点隔开，如【=成员单位.1.单位名称】；不能写算式"
        if said:
            self.problems.append(error("引用", f"“{short(hit[0])}”{said}", place, cure))
            self.plain(hit[0])
            return
        self._join(_VALUE)
        bold, italic = self.depth["bold"] > 0, self.depth["italic"] > 0
        self.inlines.append(Reference(path, place, bold, italic))


def read_inlines(
    tokens: Sequence[Token], cursor: Cursor, problems: list[Problem]
) -> Iterator[tuple[int, tuple[Inline, ...]]]:
    """The paragraphs of one inline run, each with its 0-based line within the run; never none."""
    run = _Run(cursor, problems)
    links: list[tuple[Token, int]] = []
    for token in tokens:
        name, _, side = token.type.rpartition("_")
        if name in _STYLES:
            run.depth[_STYLES[name]] += 1 if side == "open" else -1
        elif token.type in ("softbreak", "hardbreak"):
            run.break_line(hard=token.type == "hardbreak")
        elif token.type == "code_inline":
            run.plain(token.content)
        elif token.type == "link_open":
            links.append((token, len(run.words())))
        elif token.type == "link_close":
            _close_link(run, *links.pop())
        elif token.type == "image":
            _picture_in_text(run, token)
        else:
            run.text(token.content)
    for line, inlines in run.paragraphs:
        yield line, tuple(_trimmed(inlines))


def flat(inlines: Sequence[Inline]) -> str:
    """The words of inlines without their styles: a reference as typed, a break as a space."""
    words = ""
    for part in inlines:
        if isinstance(part, Text):
            words += part.text
        else:
            words += f"【={part.path}】" if isinstance(part, Reference) else " "
    return words


def _close_link(run: _Run, opened: Token, start: int) -> None:
    """Print a link as its words and, in brackets, what else was typed of it."""
    url, title = str(opened.attrs["href"]), str(opened.attrs.get("title", ""))
    words = run.words()[start:]
    rest = "，".join(part for part in (url if url != words else "", title) if part)
    if rest:
        run.plain(f"（{rest}）" if words else rest)


def _picture_in_text(run: _Run, token: Token) -> None:
    address = str(token.attrs["src"])
    title = f' "{token.attrs["title"]}"' if token.attrs.get("title") else ""
    place = run.cursor.find(f"![{token.content}](")
    cure = "让图片独占一段：前后各空一行"
    run.problems.append(error("图片", f"图片 {address} 夹在文字中间，印不出来", place, cure))
    run.plain(f"![{token.content}]({address}{title})")


def _joins(before: str, following: str) -> bool:
    """Whether two characters on either side of a line break belong together without a space."""
    wide = is_wide(before) and is_wide(following)
    return wide or before in _NO_SPACE_BESIDE or following in _NO_SPACE_BESIDE


def _trimmed(inlines: list[Inline]) -> Iterator[Inline]:
    """Without white space at the paragraph's ends: there it is layout, which Word's style makes."""
    for index, part in enumerate(inlines):
        if isinstance(part, Text):
            words = part.text
            words = words.lstrip() if index == 0 else words
            words = words.rstrip() if index == len(inlines) - 1 else words
            if words:
                yield Text(words, part.bold, part.italic, part.strike)
        else:
            yield part
