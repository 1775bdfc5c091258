"""An Order and a compiled template → the bytes of its files, on this machine or another."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, TypeAlias

from docgen.fill import Stamp, Template, betrayals, fill, has_contents, write_contents
from docgen.model.artifact import CONTENTS
from docgen.model.notice import TableSpec
from docgen.model.values import Record
from docgen.pipeline.fitting import PageLimit, too_long, traced
from docgen.pipeline.workspace import Engine
from docgen.problem import Outcome, Problem, Severity, Where, error
from docgen.typeset import Unreadable

if TYPE_CHECKING:
    from docgen.typeset import Fonts

Bookmarks: TypeAlias = Sequence[tuple[str, str]]  # title and label of its page, in order
COMMON = "的"  # a character that every Chinese font has
NO_FONT = "运行 docgen ready（仓库里是 make fonts）取字体，或把字体放进 fonts/ 文件夹"


@dataclass(frozen=True, slots=True)
class Made:
    """A document's bytes by extension, the hashes of what it came from, and its pages."""

    files: Mapping[str, bytes]
    inputs: Mapping[str, str]
    pages: int | None


@dataclass(frozen=True, slots=True)
class Order:
    """One document to make: values, never a path. It can be sent to another machine."""

    facts: Record
    draft: bool
    stamp: Stamp
    tables: tuple[TableSpec, ...]
    formats: tuple[str, ...]
    timestamp: datetime
    engine: Engine
    archival: bool
    limit: PageLimit | None
    inputs: Mapping[str, str]
    hidden: tuple[str, ...] = ()  # what a blind document must not say


def make(
    order: Order,
    template: Template,
    fonts: Callable[[], Fonts],
    places: Callable[[str], Where] | None = None,
    revise: Callable[[bytes], bytes] | None = None,
    pages: Bookmarks = (),
) -> Outcome[Made]:
    """The files of an order; value None where it cannot be made, and the Problems say why.

    `fonts` are asked for when something is typeset; `places` tells where in the data the value of
    a path was typed; `revise` is the last hand on the filled Word file. With `pages`, the bookmarks
    of the PDF made last, a Word file made alone is not typeset for the numbers of its contents:
    they are those of the headings then, and `inputs` say so (CONTENTS).
    """
    filled = fill(
        template,
        order.facts,
        draft=order.draft,
        stamp=order.stamp,
        tables=order.tables,
        places=places,
    )
    problems: list[Problem] = [*filled.problems]
    if filled.failed:
        return Outcome(None, tuple(problems))
    try:
        docx = revise(filled.docx) if revise else filled.docx
        if order.hidden:
            problems += betrayals(docx, order.hidden)
        early = _early(docx, pages) if "pdf" not in order.formats else b""
        made = (early, b"", None, ()) if early else _typeset(docx, order, fonts)
        docx, pdf, count, found = made
        problems += traced(found, docx, filled.used, places)
    except Unreadable as fault:
        problems.append(fault.problem)
        return Outcome(None, tuple(problems))
    if not order.draft and any(problem.severity is Severity.ERROR for problem in problems):
        return Outcome(None, tuple(problems))
    files = {"docx": docx, "pdf": pdf, "xlsx": _tabulated(docx, order)}
    wanted = {kind: data for kind, data in files.items() if kind in order.formats and data}
    if not wanted:
        return Outcome(None, tuple(problems))
    inputs = {**order.inputs, CONTENTS: "沿用"} if early else order.inputs
    return Outcome(Made(wanted, inputs, count), tuple(problems))


def _early(docx: bytes, pages: Bookmarks) -> bytes:
    """The docx with contents by the bookmarks of the last PDF; b"" where that cannot be done."""
    if not pages or not has_contents(docx):
        return b""
    from docgen.typeset import outline

    known: dict[str, list[str]] = {}
    for title, page in reversed(pages):
        known.setdefault(_bare(title), []).append(page)
    entries, last = [], pages[0][1]
    for heading in outline(docx):
        same = known.get(_bare(heading.label + heading.text))
        last = same.pop() if same else last
        entries.append(replace(heading, page=last))
    return write_contents(docx, entries) if entries else b""


def _bare(text: str) -> str:
    return "".join(text.split())


def _typeset(
    docx: bytes, order: Order, fonts: Callable[[], Fonts]
) -> tuple[bytes, bytes, int | None, tuple[Problem, ...]]:
    """The docx with its contents filled in, the PDF where one is wanted, and what was found.

    The contents need page numbers, so a document that has some is always typeset: the Word
    file is then the same whether or not a PDF is asked for.
    """
    contents = has_contents(docx)
    if not contents and "pdf" not in order.formats:
        return docx, b"", None, ()
    from docgen.typeset import outline, typeset

    headings = outline(docx) if contents else ()
    if headings:
        docx = write_contents(docx, headings)
    elif "pdf" not in order.formats:
        return docx, b"", None, ()
    known = fonts()
    result = typeset(
        docx,
        known,
        timestamp=order.timestamp,
        engine=order.engine,
        archival=order.archival,
    )
    if known.covering(COMMON) is None:  # one cause, not a Problem for each character
        lacking = error("缺字", "没有一种中文字体，排不出 PDF", hint=NO_FONT)
        return docx, b"", None, (lacking,)
    long = too_long(order.limit, result.pages, result.headings)
    if headings:
        docx = write_contents(docx, result.headings)
    return docx, result.pdf, result.pages, (*result.problems, *long)


def _tabulated(docx: bytes, order: Order) -> bytes:
    """The document's tables as a workbook, where one is wanted."""
    if "xlsx" not in order.formats:
        return b""
    from docgen.typeset import tabulate

    return tabulate(docx, timestamp=order.timestamp)
