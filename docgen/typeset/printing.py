"""The whole way of one document: .docx bytes → Typeset, by Typst or by LibreOffice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal, TypeAlias

from docgen.problem import Problem, Severity, Stop
from docgen.typeset.failure import Unreadable
from docgen.typeset.fonts import Fonts
from docgen.typeset.headings import Heading
from docgen.typeset.packing import packed
from docgen.typeset.rules import Rules
from docgen.typeset.soffice import convert_with_libreoffice, has_libreoffice

if TYPE_CHECKING:
    from docgen.typeset.model import Document, Picture

Engine: TypeAlias = Literal["typst", "soffice", "auto"]
EPOCH = datetime(1980, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Typeset:
    """A document as printed.

    `pages`: how many sheets. `headings`: as outline(), with page labels and sheets. `marks`:
    bookmark name → label of its page. `problems`: what is not shown as the file asks (warnings),
    and characters or pictures that could not be shown at all (errors). `engine`: who drew it.
    """

    pdf: bytes
    pages: int
    headings: tuple[Heading, ...]
    marks: Mapping[str, str]
    problems: tuple[Problem, ...]
    engine: Literal["typst", "soffice"] = "typst"

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
    engine: Engine = "typst",
    archival: bool = False,
) -> Typeset:
    """Print a filled .docx.

    `timestamp` becomes the PDF's date; without it the file's own dcterms:modified, or 1980-01-01:
    the same input gives the same bytes. `archival`: as PDF/A-2a. Raises Unreadable for bytes that
    are no Word document.

    With `engine="soffice"` LibreOffice draws: `rules` and `timestamp` have no effect, contents show
    the numbers the file holds, and Stop is raised where it is not installed. "auto" asks it only
    for what a warning of ours says it shows better, and only where it is installed and `archival`
    is not wanted; what our own program would not have shown is told as INFO.
    """
    from docgen.typeset.read import read

    document = read(docx)
    own = _drawn(document, fonts, rules, timestamp, archival)
    is_asked = engine == "soffice"
    if engine == "auto" and has_libreoffice() and not archival:
        is_asked = any(_is_shown_elsewhere(problem) for problem in own.problems)
    if not is_asked:
        return own
    if archival:
        raise Stop("PDF/A 只由默认的排版引擎生成", "去掉 --pdf-a，或不用 soffice")
    from docgen.typeset.soffice import sheets, signs

    pdf = convert_with_libreoffice(docx, fonts=fonts)
    if engine == "auto" and not signs(own.pdf) <= signs(pdf):
        return own  # it lacks a font of signs, and would print others in their place
    pages, places = sheets(pdf)
    same = len(places) == len(own.headings)
    moved = zip(own.headings, places, strict=True) if same else ()
    headings = tuple(_moved(heading, sheet) for heading, sheet in moved) or own.headings
    problems = tuple(_left(own.problems, keeps=engine == "auto"))
    return Typeset(pdf, pages, headings, own.marks, problems, "soffice")


def _left(problems: Iterable[Problem], *, keeps: bool) -> Iterator[Problem]:
    """What of our own problems still holds where LibreOffice draws.

    Those that it solves are told as INFO with `keeps`, else left out; so are our own warnings.
    """
    for problem in problems:
        if not _is_shown_elsewhere(problem):
            if keeps or problem.severity is Severity.ERROR:
                yield problem
        elif keeps:
            told = f"默认引擎：{problem.message}；已改由 LibreOffice 排"
            yield replace(problem, severity=Severity.INFO, message=told, hint="")


def _is_shown_elsewhere(problem: Problem) -> bool:
    """Whether the hint says that LibreOffice shows it better."""
    from docgen.typeset.read.notes import OFFICE

    return OFFICE in problem.hint


def _moved(heading: Heading, sheet: int) -> Heading:
    """The heading on another sheet; its label counts on from the label our program gave it."""
    if heading.physical is None or not (heading.page or "").isdecimal():
        return replace(heading, physical=sheet)
    label = int(heading.page or 0) + sheet - heading.physical
    return replace(heading, physical=sheet, page=str(label))


def _drawn(
    document: Document, fonts: Fonts, rules: Rules, timestamp: datetime | None, archival: bool
) -> Typeset:
    """The document as Typst draws it."""
    from docgen.typeset.compose import compose
    from docgen.typeset.typst import EngineFailed, draw

    images, files, bad = _prepare(document)
    composition = compose(document, fonts, rules, images)
    when = timestamp or document.modified or EPOCH
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    try:
        drawn = draw(composition.data, files, fonts.engine, when, archival=archival)
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
