"""One rendering of one part: what each printed value becomes, and what was printed where."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from docgen.fill.album import Album
from docgen.fill.blanks import START, Blank, hole
from docgen.fill.blocks import Writer
from docgen.fill.breaks import broken, is_whole, markup_broken
from docgen.fill.generator import Site
from docgen.fill.holes import HOLE
from docgen.fill.ledger import Ledger, printed_path
from docgen.fill.misplaced import (
    cut,
    is_suspect,
    no_markup,
    refuse_run_in_text,
    refuse_split,
    unbalanced,
)
from docgen.fill.printed import (
    check_prose,
    escaped,
    is_markup,
    plain_lines,
    text_of,
    uncarriable,
)
from docgen.fill.renumber import MARK
from docgen.fill.runs import run
from docgen.fill.slots import Slot
from docgen.language.bounds import A_PRINT, spend
from docgen.language.reading import shown
from docgen.model.blocks import Chapter, Picture, Reference
from docgen.model.charts import Bars, Gantt, Tree
from docgen.model.values import Image, Missing, MissingValueError, Record, lookup
from docgen.problem import Where, error

if TYPE_CHECKING:
    from docgen.fill.styles import Styles
    from docgen.fill.template import Part

_ACTING = re.compile(r"instr|fld|altChunk|subDoc|object|control|imagedata|xmlns", re.I)
LONG = 4096  # characters: a longer text is counted, so that none is printed without end


class PartSession:
    """Prints the values of one part as Python writes them; the program reaches it by the context.

    `text` is the way that nearly every value goes: typed text or a number in a w:t.
    """

    __slots__ = (
        "acts",
        "album",
        "ledger",
        "marked",
        "markup",
        "part",
        "sites",
        "styles",
        "suspect",
        "unsure",
        "values",
    )
    carries = "\a\f"  # paragraph and page breaks, as docxtpl reads them

    def __init__(
        self, part: Part, values: object, styles: Styles, album: Album, ledger: Ledger
    ) -> None:
        self.part, self.sites, self.values, self.styles = part, part.sites, values, styles
        self.album, self.ledger = album, ledger
        self.marked = self.markup = self.unsure = self.acts = False
        self.suspect = 0

    def text(self, value: object, number: int, root: object) -> bytes:
        """The bytes of a value printed within text."""
        if type(value) is str:
            if len(value) < LONG and value.isprintable():
                return escaped(value).encode()
        elif type(value) is int:
            return b"%d" % value
        return self.told(value, number, root).encode()

    def whole(self, markup: str, line: int) -> bytes:
        """The result of {% call %} and the like: nobody has looked whether it is balanced."""
        self.unsure = self.markup = True
        self.acts = self.acts or bool(_ACTING.search(markup))
        if not self.suspect and is_suspect(markup):
            self.suspect = line
        return markup.encode()

    def words(self, value: object) -> str:
        """A value as text where it is joined with others."""
        if isinstance(value, Missing):
            raise MissingValueError(value)
        return value if isinstance(value, str) else str(shown(value))

    def told(self, value: object, number: int, root: object) -> str:
        """The markup that stands for any value at any slot; what it is made of is paid for."""
        xml = self._told(value, number, root)
        spend(A_PRINT + len(xml))
        return xml

    def _told(self, value: object, number: int, root: object) -> str:
        site = self.sites[number]
        slot = site.slot
        if is_markup(value):
            return self._markup(value, slot, site, root)
        if isinstance(value, Gantt | Bars | Tree):
            from docgen.fill.charts.showing import show  # few documents have one

            return show(value, self, site, root)
        if slot.level == "block" and not isinstance(value, Image):
            return self._block(value, site, root)
        if isinstance(value, Image):
            return self._image(value, slot, site, root)
        text = self._written(value, site, root)
        if not isinstance(value, Missing):
            self.note(site, root, text)
        if slot.level == "run":
            return run(text)
        xml = escaped(text)
        return broken(xml, slot) if slot.level == "text" else _on_one_line(xml)

    def note(self, site: Site, root: object, text: str) -> None:
        """A plain context has no paths."""

    def _written(self, value: object, site: Site, root: object) -> str:
        """The text of a value; what no Word file can carry is told and left out."""
        text = self.words(value)
        if len(text) >= LONG:
            self.ledger.count_output(len(text))
        if text.isprintable():
            return text
        self._doubt(text)
        if self.carries:
            refuse_split(text, site.slot)
        text = plain_lines(text)
        where = Where(path=printed_path(site, root))
        typed = site.plain and bool(where.path) and not isinstance(value, Missing)
        rest = text if typed else self.without_holes(text)
        carries = self.carries if site.slot.run is not None else ""
        problems = tuple(uncarriable(rest, where, carries))
        for problem in problems:
            self.ledger.fail(problem)
        return "" if problems else text

    def _doubt(self, text: str) -> None:
        """A paragraph or page break in a value may stand where none can be: the part is parsed."""
        if "\a" in text or "\f" in text:
            self.unsure = True

    def without_holes(self, text: str) -> str:
        return text

    def _markup(self, value: object, slot: Slot, site: Site, root: object) -> str:
        """A value that brings its own markup; what would break the part is told and left out."""
        if slot.level == "attribute":
            return self._plain_markup(value, Where(path=printed_path(site, root)))
        made = self.album.lent(value)
        text = made if made is not None else str(escape(value))
        self.ledger.count_output(len(text))
        where = Where(path=printed_path(site, root))
        rest = self.without_holes(text)
        problems = tuple(uncarriable(rest, where, "\a\f" + MARK * self.part.traits.renumbers))
        if not problems and not is_whole(text, slot, self.part.opening):
            if not where.path:
                raise cut()
            problems = (unbalanced(where),)
        if not problems:
            refuse_run_in_text(text, slot)
            refuse_split(text, slot)
        for problem in problems:
            self.ledger.fail(problem)
        self._doubt(text)
        self.markup = self.markup or "<" in text
        self.acts = self.acts or bool(_ACTING.search(text))
        return "" if problems else Markup(markup_broken(text, slot))

    def _plain_markup(self, value: object, where: Where) -> str:
        """The same in an attribute or a property, which hold text alone."""
        text = str(escape(value)).replace(MARK, "")
        problems = [*uncarriable(self.without_holes(text), where)]
        if "<" in text:
            problems.append(no_markup(where))
        for problem in problems:
            self.ledger.fail(problem)
        self.unsure = self.unsure or '"' in text
        return "" if problems else _on_one_line(text)

    def _block(self, value: object, site: Site, root: object) -> str:
        text = self._written(value, site, root)
        self.note(site, root, text)
        return self._writer(site.slot).lines(text) if text else ""

    def _image(self, image: Image, slot: Slot, site: Site, root: object) -> str:
        writer = self._writer(slot)
        shown = writer.picture(image.data, image.name)
        if shown is None:
            self._reject(Picture(image.data, image.name, "", Where(path=printed_path(site, root))))
            return str(escape(f"〔图片读不出来：{image.name}〕"))
        self.note(site, root, image.name)
        if slot.level == "text":
            return f'</w:t></w:r>{shown}<w:r><w:t xml:space="preserve">'
        return writer.picture_paragraph(shown) if slot.level == "block" else shown

    def _writer(self, slot: Slot) -> Writer:
        return Writer(self.styles, slot, self.album, self._reference, self._reject)

    def _reference(self, reference: Reference) -> str:
        return reference.path

    def _reject(self, picture: Picture) -> None:
        name = picture.alt or picture.caption
        self.ledger.problems.append(
            error(
                "图片读不出来",
                f"图片“{name}”不是完整的 PNG 或 JPEG",
                picture.where,
                "请用看图软件打开并另存为 PNG 或 JPEG",
            )
        )


def _on_one_line(xml: str) -> str:
    """Escaped text as an attribute holds it: line ends and tabs there would be read as spaces."""
    return xml.replace("\n", "&#10;").replace("\t", "&#9;")


class FactSession(PartSession):
    """Prints the facts of a dossier as documents write them, and notes what it printed."""

    __slots__ = ()
    carries = ""

    def text(self, value: object, number: int, root: object) -> bytes:
        if type(value) is str:
            if len(value) < LONG and value.isprintable():
                self.ledger.notes.append((self.sites[number], root, value))
                return escaped(value).encode()
        elif type(value) is int:
            self.ledger.notes.append((self.sites[number], root, str(value)))
            return b"%d" % value
        return self.told(value, number, root).encode()

    def words(self, value: object) -> str:
        return text_of(shown(value))

    def note(self, site: Site, root: object, text: str) -> None:
        self.ledger.notes.append((site, root, text))

    def without_holes(self, text: str) -> str:
        """The text without the holes that missing facts have left in it."""
        self.marked = self.marked or START in text
        return HOLE.sub("", text) if START in text else text

    def _block(self, value: object, site: Site, root: object) -> str:
        writer = self._writer(site.slot)
        if isinstance(value, Chapter):
            for problem in check_prose(value):
                self.ledger.fail(problem)
            self.note(site, root, str(value))
            shown = writer.chapter(value, printed_path(site, root))
            self.marked = self.marked or START in shown
            return shown
        if isinstance(value, Missing):
            blank = Blank.of(value)
            self.marked = self.marked or blank.required
            label = blank.label or blank.path
            return writer.hole_paragraph(blank.path, label) if blank.required else ""
        return super()._block(value, site, root)

    def _reference(self, reference: Reference) -> str:
        assert isinstance(self.values, Record)
        fact = lookup(self.values, reference.path)
        if fact is None:
            self.ledger.problems.append(
                error(
                    "引用落空",
                    f"正文里的【={reference.path}】没有这个字段",
                    reference.where,
                    "请对照字段清单改正名称",
                )
            )
            return hole(reference.path, reference.path)
        if isinstance(fact, Missing):
            return hole(fact.path, fact.label or fact.path)
        text = plain_lines(text_of(fact))
        for problem in uncarriable(text, Where(path=reference.path)):
            self.ledger.fail(problem)
        self.ledger.extra.setdefault(reference.path, text)
        return text
