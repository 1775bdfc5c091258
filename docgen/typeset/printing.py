"""The whole way of one document: .docx bytes → Typeset, by Typst or by LibreOffice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from docgen.problem import Problem, Severity
from docgen.typeset.failure import Unreadable
from docgen.typeset.fonts import Fonts
from docgen.typeset.headings import Heading
from docgen.typeset.packing import packed
from docgen.typeset.rules import Rules
from docgen.typeset.soffice import convert_with_libreoffice

if TYPE_CHECKING:
    from docgen.typeset.model import Document, Picture

EPOCH = datetime(1980, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Typeset:
    """A document as printed.

    `pages`: how many sheets. `headings`: as outline(), with page labels and sheets. `marks`:
    bookmark name → label of its page. `problems`: what is not shown as the file asks (warnings),
    and characters or pictures that could not be shown at all (errors).
    """

    pdf: bytes
    pages: int
    headings: tuple[Heading, ...]
    marks: Mapping[str, str]
    problems: tuple[Problem, ...]

    @property
    def failed(self) -> bool:
        """Whether something could not be printed at all: reason enough to refuse a final."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)


def typeset(
    docx: bytes,
    fonts: Fonts,
    *,
    rules: Rules = Rules.WORD,
    timestamp: datetime | None = None,
    engine: Literal["typst", "soffice"] = "typst",
) -> Typeset:
    """Print a filled .docx.

    `timestamp` becomes the PDF's date; without it the file's own dcterms:modified, or 1980-01-01:
    the same input gives the same bytes. Raises Unreadable for bytes that are no Word document.
    With `engine="soffice"` LibreOffice draws, for what our own program only warns of: `rules` and
    `timestamp` have no effect, contents show the numbers the file holds, and Stop is raised where
    it is not installed.
    """
    from docgen.typeset.read import read

    document = read(docx)
    own = _drawn(document, fonts, rules, timestamp)
    if engine == "typst":
        return own
    from docgen.typeset.soffice import sheets

    pdf = convert_with_libreoffice(docx, fonts=fonts)
    pages, places = sheets(pdf)
    same = len(places) == len(own.headings)
    moved = zip(own.headings, places, strict=True) if same else ()
    headings = tuple(_moved(heading, sheet) for heading, sheet in moved) or own.headings
    errors = tuple(problem for problem in own.problems if problem.severity is Severity.ERROR)
    return Typeset(pdf, pages, headings, own.marks, errors)


def _moved(heading: Heading, sheet: int) -> Heading:
    """The heading on another sheet; its label counts on from the label our program gave it."""
    if heading.physical is None or not (heading.page or "").isdecimal():
        return replace(heading, physical=sheet)
    label = int(heading.page or 0) + sheet - heading.physical
    return replace(heading, physical=sheet, page=str(label))


def _drawn(document: Document, fonts: Fonts, rules: Rules, timestamp: datetime | None) -> Typeset:
    """The document as Typst draws it."""
    from docgen.typeset.compose import compose
    from docgen.typeset.typst import EngineFailed, draw

    images, files, bad = _prepare(document)
    composition = compose(document, fonts, rules, images)
    when = timestamp or document.modified or EPOCH
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    try:
        drawn = draw(composition.data, files, fonts.engine, when)
    except EngineFailed as failure:
        raise Unreadable(
            f"排版引擎未能处理这份文件：{failure}", "改用 LibreOffice 转换"
        ) from failure
    found = zip(document.headings, drawn.headings, strict=True)
    return Typeset(
        pdf=packed(drawn.pdf),
        pages=drawn.pages,
        headings=tuple(
            Heading(n, h.paragraph, h.level, h.label, h.text, label, sheet)
            for n, (h, (label, sheet)) in enumerate(found)
        ),
        marks=dict(zip(composition.marks, drawn.marks, strict=True)),
        problems=(*document.problems, *bad, *composition.problems),
    )


def _prepare(
    document: Document,
) -> tuple[dict[str, str], list[tuple[str, bytes]], list[Problem]]:
    """File names by picture key, the files, and what could not be read; each picture once."""
    from docgen.typeset.pictures import prepare

    names: dict[str, str] = {}
    files: list[tuple[str, bytes]] = []
    problems: list[Problem] = []
    seen: set[str] = set()
    for picture in _pictures(document):
        if picture.key in seen:
            continue
        seen.add(picture.key)
        made = prepare(document.pictures[picture.key], picture.spot)
        if isinstance(made, Problem):
            problems.append(made)
            continue
        names[picture.key] = f"{picture.key}.{made.extension}"
        files.append((names[picture.key], made.data))
    return names, files, problems


def _pictures(document: Document) -> Iterator[Picture]:
    from docgen.typeset.model import Floating, Picture

    for paragraph in document.paragraphs():
        for inline in paragraph.inlines:
            if isinstance(inline, Picture):
                yield inline
            elif isinstance(inline, Floating):
                yield inline.picture
