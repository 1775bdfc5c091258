"""The chapters that a notice's documents must have, filled from what was typed in 正文/."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from docgen.language.spelling import is_slip_of, nearest
from docgen.load.facts import applies
from docgen.model.blocks import Chapter, Section
from docgen.model.notice import ChapterSpec, Notice, in_track
from docgen.model.values import Missing, Record
from docgen.problem import Problem, Where, error, warning

if TYPE_CHECKING:
    from docgen.load.source import Source


def chapters_for(
    notice: Notice, source: Source, facts: Record, others: Iterable[Notice] = ()
) -> tuple[dict[str, Chapter], list[Problem]]:
    """Every chapter asked for, by title: required sections in order, empty where nothing stands.

    A section that was typed and is not asked for keeps its place after the one before it. A file
    whose title no document asks for, of this notice or of the `others` that the source answers, is
    a Problem: it would not be printed.
    """
    slugs = [above.slug for above in notice.chain]
    track = facts.get("类别", "")
    track = "" if isinstance(track, Missing) else str(track)
    chapters: dict[str, Chapter] = {}
    asked: dict[str, set[str]] = {}
    for document in notice.documents:
        if document.issuer is not source.party or not in_track(document.track, track):
            continue
        for spec in document.chapters:
            typed = source.prose.chapter(spec.title, slugs)
            file = typed.where.file if typed else source.tree.file
            where = typed.where if typed else Where(file, 1, 1, f"正文.{spec.title}")
            asked.setdefault(spec.title, set()).update(spec.sections)
            chapters[spec.title] = _complete(spec, typed, facts, where, chapters.get(spec.title))
    elsewhere = {
        spec.title
        for other in others
        if other.slug != notice.slug
        for document in other.documents
        if document.issuer is source.party
        for spec in document.chapters
    }
    problems = []
    for title in source.prose.titles(slugs):
        if title not in chapters and title not in elsewhere:
            chapter = source.prose.chapter(title, slugs)
            near = nearest(title, chapters)
            hint = f"是不是“{near}”？" if near else "改成要求的章名，或移出正文文件夹"
            where = chapter.where if chapter else Where()
            problems.append(error("未知章", f"没有“{title}”这一章，写了也不会印出", where, hint))
    for title, chapter in chapters.items():
        problems += _renamed(chapter, asked[title])
    return chapters, problems


def _renamed(chapter: Chapter, asked: set[str]) -> Iterator[Problem]:
    """A warning for a section that nobody asks for where one of nearly its name is not written."""
    empty = [one.title for one in chapter.sections if one.title in asked and one.is_empty]
    for section in chapter.sections:
        if section.title in asked or section.is_empty:
            continue
        near = next((title for title in empty if is_slip_of(section.title, title)), "")
        if near:
            said = f"要求的小节“{near}”没有写；这里的“{section.title}”不是它的名字"
            cure = f"就是这一节的，标题改成“## {near}”"
            yield warning("小节", said, section.where, cure)


def _complete(
    spec: ChapterSpec, typed: Chapter | None, facts: Record, where: Where, had: Chapter | None
) -> Chapter:
    wanted = [
        title for title in spec.sections if applies(spec.applies.get(title, ""), facts) is True
    ]
    sections = list((had or typed or Chapter(spec.title, (), where)).sections)
    titles = [section.title for section in sections]
    for index, title in enumerate(wanted):
        if title in titles:
            continue
        before = [titles.index(earlier) for earlier in wanted[:index] if earlier in titles]
        place = max(before) + 1 if before else _start(titles)
        sections.insert(place, Section(title, (), where))
        titles.insert(place, title)
    return Chapter(spec.title, tuple(sections), where)


def _start(titles: list[str]) -> int:
    """Where a first required section goes: after what stands before any heading."""
    return 1 if titles and titles[0] == "" else 0
