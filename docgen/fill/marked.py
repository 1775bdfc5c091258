"""A template filled so that everything printed says what it is: for tracing, never for the disk.

Each printed text stands between noncharacters that no data may hold, with the number of its Print.
Without them the document is what `fill` makes, but for equal cells, which are not merged here.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from docgen.fill.blanks import START
from docgen.fill.generator import Site
from docgen.fill.ledger import Ledger, printed_path
from docgen.fill.rendering import Rendering
from docgen.fill.session import FactSession
from docgen.fill.template import Template
from docgen.fill.traced import readings
from docgen.model.blocks import (
    Block,
    Chapter,
    Code,
    Heading,
    Inline,
    Item,
    Paragraph,
    Picture,
    Quote,
    Reference,
    Section,
    Table,
    Text,
)
from docgen.model.values import Missing, Record
from docgen.problem import Where

OPEN, MIDDLE, CLOSE = "\ufdd6", "\ufdd7", "\ufdd8"
_MARKED = re.compile(f"{OPEN}(\\d+){MIDDLE}|{CLOSE}")
_LINES = re.compile("[^\n\t\a\f]+")
NOWHERE = Where()
PROGRAM = "<template>"  # the file name of compiled programs


@dataclass(frozen=True, slots=True)
class Print:
    """One thing that a template printed.

    `path` is the fact's ("" for what an expression computed), `plain` tells that no filter stood
    between, `tag` is the expression as the template has it. Prose has `where` it was typed, and
    the path of its chapter. `reads` are the paths of the facts in a computed expression.
    """

    path: str
    plain: bool = True
    tag: str = ""
    where: Where = NOWHERE
    prose: bool = False
    reads: tuple[str, ...] = ()


class Span(NamedTuple):
    """Characters `start` to `end` of a paragraph's text, and the number of the Print they are."""

    start: int
    end: int
    number: int


@dataclass(frozen=True, slots=True)
class Marked:
    """The marked document, what its marks mean, by number, and the text printed for each path."""

    docx: bytes
    prints: tuple[Print, ...]
    used: Mapping[str, str]


def fill_marked(template: Template, values: Record) -> Marked | None:
    """The document with everything printed marked; None where the template cannot be filled."""
    if not template.is_usable:
        return None
    ledger = _Prints()
    rendering = Rendering(template, template.clean, values, ledger, kind=_MarkedSession)
    changed = rendering.parts()
    if ledger.broken:
        return None
    docx = template.clean.package.write(changed | {template.origin: b"<none/>"})
    used = {path: without_marks(text)[0] for path, text in ledger.printed.items()}
    return Marked(docx, (*ledger.prints,), used)


def without_marks(text: str) -> tuple[str, tuple[Span, ...]]:
    """The text as a reader sees it, and where in it each marked stretch stands, inner ones last."""
    plain: list[str] = []
    spans: list[Span] = []
    waiting: list[tuple[int, int]] = []
    at = length = 0
    for match in _MARKED.finditer(text):
        plain.append(text[at : match.start()])
        length += match.start() - at
        at = match.end()
        if match.group(1):
            waiting.append((length, int(match.group(1))))
        elif waiting:
            start, number = waiting.pop()
            spans.append(Span(start, length, number))
    plain.append(text[at:])
    return "".join(plain), tuple(sorted(spans, key=lambda s: (s.start - s.end, s.start)))


@dataclass(slots=True)
class _Prints(Ledger):
    """A ledger that also knows what the marks mean."""

    prints: list[Print] = field(default_factory=list)


class _MarkedSession(FactSession):
    """Prints as documents do, everything between marks."""

    __slots__ = ()

    def text(self, value: object, number: int, root: object) -> bytes:
        return self.told(value, number, root).encode()

    def mark(self, text: str, meant: Print) -> str:
        """The text, each line between marks with the number of what it is."""
        assert isinstance(self.ledger, _Prints)
        number = len(self.ledger.prints)
        self.ledger.prints.append(meant)
        return _LINES.sub(lambda line: f"{OPEN}{number}{MIDDLE}{line[0]}{CLOSE}", text)

    def _written(self, value: object, site: Site, root: object) -> str:
        text = super()._written(value, site, root)
        if site.slot.level == "attribute":
            return text
        path = printed_path(site, root)
        path = value.path if isinstance(value, Missing) else path
        tag = self._tag(site)
        reads = () if path else self._reads(tag)
        return self.mark(text, Print(path, site.plain, tag, reads=reads))

    def _reads(self, tag: str) -> tuple[str, ...]:
        """The facts that a computed expression reads, the rows of loops among them."""
        assert isinstance(self.values, Record)
        frame = sys._getframe(1)
        while frame.f_back is not None and frame.f_code.co_filename != PROGRAM:
            frame = frame.f_back
        found = readings(f"{{{{ {tag} }}}}", frame, self.values, None)
        return tuple(one.path for one in found)

    def _tag(self, site: Site) -> str:
        """The expression as it stands in the template."""
        source = self.part.source
        for slot, line in zip(source.slots, source.lines, strict=True):
            if slot is site.slot:
                return source.text.split("\n", line)[line - 1].partition("}}")[0].strip(" -")
        return ""

    def _reference(self, reference: Reference) -> str:
        return self.mark(super()._reference(reference), Print(reference.path, tag="正文"))

    def _block(self, value: object, site: Site, root: object) -> str:
        if not isinstance(value, Chapter):
            return super()._block(value, site, root)
        path = printed_path(site, root)
        self.note(site, root, str(value))
        xml = self._writer(site.slot).chapter(_Prose(self, path).chapter(value), path)
        self.marked = self.marked or START in xml
        return xml


@dataclass(frozen=True, slots=True)
class _Prose:
    """Marks the texts of a chapter, each with its own place."""

    session: _MarkedSession
    path: str

    def chapter(self, chapter: Chapter) -> Chapter:
        sections = tuple(self._section(section) for section in chapter.sections)
        return replace(chapter, sections=sections)

    def _section(self, section: Section) -> Section:
        title = self._text(section.title, section.where) if section.title else ""
        if section.is_empty:  # its hole tells the title
            title = section.title
        return replace(section, title=title, blocks=tuple(map(self._of, section.blocks)))

    def _text(self, text: str, where: Where) -> str:
        return self.session.mark(text, Print(self.path, where=where, prose=True))

    def _inlines(self, inlines: tuple[Inline, ...], where: Where) -> tuple[Inline, ...]:
        return tuple(
            replace(one, text=self._text(one.text, where)) if isinstance(one, Text) else one
            for one in inlines
        )

    def _of(self, block: Block) -> Block:
        where = block.where
        if isinstance(block, Paragraph | Item | Quote):
            return replace(block, inlines=self._inlines(block.inlines, where))
        if isinstance(block, Heading | Code):
            return replace(block, text=self._text(block.text, where))
        if isinstance(block, Table):
            rows = (block.header, *block.rows)
            head, *body = (tuple(self._inlines(cell, where) for cell in row) for row in rows)
            caption = self._text(block.caption, where) if block.caption else ""
            return replace(block, header=head, rows=tuple(body), caption=caption)
        assert isinstance(block, Picture)
        caption = self._text(block.caption, where) if block.caption else ""
        return replace(block, caption=caption, alt=block.alt or block.caption)


def prints_of(spans: Sequence[Span], start: int, end: int) -> list[int]:
    """The numbers of what is printed at characters `start` to `end`, the innermost first."""
    met = [span for span in spans if span.start < end and start < span.end]
    return [span.number for span in sorted(met, key=lambda span: span.end - span.start)]
