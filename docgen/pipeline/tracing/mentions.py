"""Where facts stand in the documents: a fact → its mentions, by document, heading and table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from docgen.fill import Passage
from docgen.model.trace import Mention
from docgen.model.values import Record, Rows
from docgen.pipeline.tracing.origins import Fact, fact_of
from docgen.pipeline.tracing.papers import Paper, Papers
from docgen.problem import Stop, Where

SHOWN = 60  # characters of a paragraph
Key = tuple[str, str]


class Mentions:
    """Reads each document once for what it prints."""

    def __init__(self, papers: Papers) -> None:
        self.papers = papers
        self._of_paper: dict[int, dict[Key, list[int]]] = {}
        self._among: dict[str, list[Paper]] = {}

    def of(
        self, subject: str, path: str, where: Where, *, below: bool = False
    ) -> tuple[Mention, ...]:
        """Every place where a fact of a subject stands; with `below` those of its members too.

        Under another notice the same path may mean another fact: `where` it was typed tells.

        In the file that stands, where it has the place; else where the data would put it now.
        """
        found: dict[Mention, None] = {}
        for paper in (p for p in self._papers_on(subject) if p.shown or p.is_due):
            if not _is_there(paper, subject, path, where):
                continue
            index = self._index(paper)
            keys = [(subject, path)]
            if below:
                keys += [k for k in index if k[0] == subject and k[1].startswith(f"{path}.")]
            for number in sorted({n for key in keys for n in index.get(key, ())}):
                standing = paper.standing_of.get(number)
                passage = paper.fresh[number] if standing is None else paper.standing[standing]
                place = mention(paper, passage)
                found[_whole(place, passage) if len(keys) > 1 else place] = None
        return tuple(found)

    def named(self, paper: Paper, word: str) -> list[Fact]:
        """The facts of a document's subject that a word means: by path, by key, or by label."""
        whole = paper.whole
        paths = [path for path in _paths(whole.own_facts, "") if whole.field_at(path)]
        exact = [path for path in paths if word in (path, whole.label(path))]
        alike = [path for path in paths if word in (path.rpartition(".")[2], _label(paper, path))]
        top = [path for path in alike if "." not in path]
        return [Fact(whole, path) for path in exact or top or alike]

    def paths(self, among: Iterable[Paper]) -> Iterator[str]:
        """The paths of all facts of some documents' subjects."""
        for paper in among:
            yield from _paths(paper.whole.own_facts, "")

    def _papers_on(self, subject: str) -> list[Paper]:
        if subject not in self._among:
            desk = self.papers.desk
            try:
                own = self.papers.of_subject(desk.applicant(subject))
                self._among[subject] = [*own, *self.papers.about(subject)]
            except Stop:
                self._among[subject] = self.papers.of_subject(desk.bureau(subject))
        return self._among[subject]

    def _index(self, paper: Paper) -> dict[Key, list[int]]:
        if id(paper) not in self._of_paper:
            index: dict[Key, list[int]] = {}
            keys = [
                [
                    fact_of(paper, path).key
                    for path in (one.path, *one.reads)
                    if path and not one.prose
                ]
                for one in paper.prints
            ]
            for number, passage in enumerate(paper.fresh):
                for key in {key for span in passage.spans for key in keys[span.number]}:
                    index.setdefault(key, []).append(number)
            self._of_paper[id(paper)] = index
        return self._of_paper[id(paper)]


def mention(paper: Paper, passage: Passage) -> Mention:
    """The place of a paragraph, as a person finds it."""
    page = passage.page
    if not page and paper.entry is not None and paper.entry.pages == 1:
        page = "1"
    text = passage.text.strip()
    shown = text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
    return Mention(paper.title, paper.shown, passage.place, page, shown)


def _is_there(paper: Paper, subject: str, path: str, where: Where) -> bool:
    """Whether a path means, in this document, the fact that was typed at `where`."""
    everyone = (one for one in paper.whole.everyone() if one.name == subject)
    place = next((one.place_of(path) for one in everyone), Where())
    return (place.file, place.line, place.spot) == (where.file, where.line, where.spot)


def _whole(place: Mention, passage: Passage) -> Mention:
    """The table or heading alone, for what stands in many of its cells."""
    return replace(place, place=passage.outer, text="")


def _label(paper: Paper, path: str) -> str:
    field = paper.whole.field_at(path)
    return (field.label or field.key) if field else ""


def _paths(value: object, path: str) -> Iterator[str]:
    """The path of every fact, of groups, tables and rows as well."""
    if path:
        yield path
    if isinstance(value, Record):
        for key, fact in value.items():
            yield from _paths(fact, f"{path}.{key}" if path else key)
    elif isinstance(value, Rows):
        for number, row in enumerate(value, 1):
            yield from _paths(row, f"{path}.{number}")
