"""One rendering of one part: what each printed value becomes, and what was printed where."""

from __future__ import annotations

from dataclasses import dataclass, field

from markupsafe import Markup, escape

from docgen.fill.blanks import Blank, hole
from docgen.fill.blocks import Writer
from docgen.fill.pictures import Album
from docgen.fill.printed import is_markup, plain_lines, prose_of, text_of
from docgen.fill.runs import run
from docgen.fill.slots import Slot, Source
from docgen.fill.styles import Styles
from docgen.language import LanguageError
from docgen.model.blocks import Chapter, Picture, Reference
from docgen.model.values import Image, Missing, Record, lookup
from docgen.problem import Problem, Where, error

MOST_STEPS = 500_000


@dataclass(slots=True)
class Ledger:
    """What one rendering of a template gathers: printed texts by path, and Problems."""

    used: dict[str, str] = field(default_factory=dict)
    filtered: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    broken: bool = False
    steps: int = 0

    def fail(self, problem: Problem) -> None:
        """A Problem after which there is nothing to show, not even a draft."""
        self.problems.append(problem)
        self.broken = True

    def note(self, path: str, text: str, plain: bool) -> None:
        """The text printed for a path; a plain print counts before a filtered one."""
        if path:
            (self.used if plain else self.filtered).setdefault(path, text)

    @property
    def printed(self) -> dict[str, str]:
        return dict(sorted({**self.filtered, **self.used}.items()))


@dataclass(frozen=True, slots=True)
class PartSession:
    """Prints the values of one part; Jinja reaches it through the context."""

    source: Source
    values: Record
    styles: Styles
    album: Album
    ledger: Ledger

    def print_value(self, value: object, slot: Slot, path: str, plain: bool) -> str:
        """The markup that stands for a printed value at its slot."""
        if is_markup(value):
            return Markup(value)
        if slot.level == "attribute":
            text = "" if isinstance(value, Missing) else text_of(value)
        elif isinstance(value, Image):
            return self._image(value, slot, path, plain)
        elif slot.level == "block":
            return self._block(value, slot, path, plain)
        else:
            text = plain_lines(text_of(value))
        if not isinstance(value, Missing):
            self.ledger.note(path, text, plain)
        return Markup(run(text)) if slot.level == "run" else escape(text)

    def count_steps(self, steps: int) -> None:
        self.ledger.steps += steps
        if self.ledger.steps > MOST_STEPS:
            raise LanguageError(f"循环合计超过 {MOST_STEPS} 步")

    def _writer(self, slot: Slot) -> Writer:
        return Writer(self.styles, slot, self.album, self._reference, self._reject)

    def _block(self, value: object, slot: Slot, path: str, plain: bool) -> str:
        writer = self._writer(slot)
        if isinstance(value, Chapter):
            self.ledger.note(path, prose_of(value), plain)
            return Markup(writer.chapter(value, path))
        if isinstance(value, Missing):
            blank = Blank.of(value)
            if not blank.required:
                return Markup("")
            return Markup(writer.hole_paragraph(blank.path, blank.label or blank.path))
        text = plain_lines(text_of(value))
        self.ledger.note(path, text, plain)
        return Markup(writer.lines(text) if text else "")

    def _image(self, image: Image, slot: Slot, path: str, plain: bool) -> str:
        writer = self._writer(slot)
        shown = writer.picture(image.data, image.name)
        if shown is None:
            self._reject(Picture(image.data, image.name, "", Where(path=path)))
            return escape(f"〔图片读不出来：{image.name}〕")
        self.ledger.note(path, image.name, plain)
        if slot.level == "text":
            shown = f'</w:t></w:r>{shown}<w:r><w:t xml:space="preserve">'
        elif slot.level == "block":
            shown = writer.picture_paragraph(shown)
        return Markup(shown)

    def _reference(self, reference: Reference) -> str:
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
        self.ledger.note(reference.path, text, True)
        return text

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
