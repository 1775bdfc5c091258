"""What typesetting found in a Word file → the same, with the data that is printed there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from docgen.model.notice import Document
from docgen.problem import Problem, Where, error

if TYPE_CHECKING:
    from docgen.typeset import Heading

Places = Callable[[str], Where]


def traced(
    problems: Sequence[Problem], docx: bytes, used: Mapping[str, str], places: Places | None
) -> Iterator[Problem]:
    """The problems, each with the path and place of the longest value that stands at its spot.

    `used` is the text printed for each path, `places` where the value of a path was typed.
    """
    if not any(problem.where.spot for problem in problems):
        yield from problems
        return
    from docgen.typeset.spots import bare, words_by_spot

    spots = words_by_spot(docx)
    values = [(path, bare(text)) for path, text in used.items()]
    for problem in problems:
        words = spots.get(problem.where.spot, "")
        there = [(len(text), path) for path, text in values if text and text in words]
        if not there or problem.where.path:
            yield problem
            continue
        _, path = max(there, key=lambda found: found[0])
        yield replace(problem, where=_at(path, problem.where.spot, places))


@dataclass(frozen=True, slots=True)
class PageLimit:
    """How many pages a document may have; `chapters` are those written in 正文/."""

    title: str
    pages: int
    chapters: tuple[str, ...]

    @classmethod
    def of(cls, document: Document) -> PageLimit | None:
        """The limit that the notice sets, None where it sets none."""
        if document.most_pages is None:
            return None
        chapters = tuple(chapter.title for chapter in document.chapters)
        return cls(document.title or document.kind, document.most_pages, chapters)


def too_long(limit: PageLimit | None, pages: int, headings: Iterable[Heading]) -> Iterator[Problem]:
    """What is wrong with a document of more pages than the notice allows: its longest chapter."""
    if limit is None or pages <= limit.pages:
        return
    told = f"{limit.title}有 {pages} 页，超过上限 {limit.pages} 页"
    starts = [(h.physical or 1, h.text) for h in headings if h.level == 1]
    ends = [start for start, _ in starts[1:]] + [pages + 1] * bool(starts)
    lengths = [(end - start, text) for (start, text), end in zip(starts, ends, strict=True)]
    length, title = max(lengths, key=lambda chapter: chapter[0], default=(0, ""))
    if length > 1:
        told += f"；最长的一章是“{title}”，约 {length} 页"
    where = Where(path=f"正文.{title}") if title in limit.chapters else Where()
    yield error("页数超限", told, where, "压缩文字或图表")


def _at(path: str, spot: str, places: Places | None) -> Where:
    found = places(path) if places is not None else Where()
    return replace(found, path=path, spot=spot)
