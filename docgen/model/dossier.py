"""One applicant or bureau under one notice: its facts, their places, and what people answered."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from docgen.model.artifact import SubjectReport
from docgen.model.notice import Field, Notice, in_track
from docgen.model.rule import Party
from docgen.model.tree import Node
from docgen.model.values import Missing, Passages, Record, Rows
from docgen.problem import Problem, Where

CANDIDATES, APPLICATION = "推荐对象", "申报"


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """A file in 证明材料/: its size in bytes and its kind by content (pdf, jpg, png or "")."""

    name: str
    size: int
    kind: str
    where: Where


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A person's answer to a rule that only a person can settle (确认)."""

    confirmed: bool
    day: date
    by: str
    where: Where


@dataclass(frozen=True, slots=True)
class Explanation:
    """A person's reason for departing from a soft rule (说明)."""

    text: str
    where: Where


@dataclass(frozen=True, slots=True)
class Built:
    """A document that stands in out/: the field values it prints, by path."""

    kind: str
    issuer: str
    about: str
    file: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as text: its cells row by row, and the place of each row."""

    rows: tuple[tuple[str, ...], ...]
    places: tuple[Where, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """What stands beside the data: a scan that has text, or a Word file that a hand changed.

    `code` is a scan's 编号; `missing` are values that a Word file printed when it was made and does
    not say any more, by path. `is_whole`: every page has text.
    """

    name: str
    passages: Passages
    grids: tuple[Grid, ...] = ()
    code: str = ""
    missing: Mapping[str, str] = field(default_factory=dict)
    is_whole: bool = True


@dataclass(frozen=True, slots=True)
class Mark:
    """What should tell one applicant from others: a code, a phone …; `beside`: whose, or where."""

    kind: str
    text: str
    beside: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """One row of 推荐对象: its number from 1, the row, and the applicant's dossier.

    Where the applicant was judged before, `dossier` holds what its bureau looks at, `report` the
    verdict, `judged` the rows of its tables (要素, 评分表), and `marks` what tells it from others.
    """

    number: int
    row: Record
    dossier: Dossier
    report: SubjectReport | None = None
    judged: Mapping[str, Rows] | None = None
    marks: tuple[Mark, ...] | None = None


class Peers(Rows):
    """The rows of all who apply, which can be found by a text of their 申报."""

    _found: dict[str, dict[str, list[int]]]

    def alike(self, wanted: Mapping[str, str]) -> Rows:
        """The rows that have any of these texts, in order."""
        numbers = {n for key, text in wanted.items() for n in self._by(key).get(text, ())}
        return Rows(self[number] for number in sorted(numbers))

    def _by(self, key: str) -> dict[str, list[int]]:
        if "_found" not in self.__dict__:
            self._found = {}
        if key not in self._found:
            texts: dict[str, list[int]] = {}
            for number, row in enumerate(self):
                facts = row.get(APPLICATION)
                text = facts.get(key) if isinstance(facts, Record) else None
                if isinstance(text, str):
                    texts.setdefault(text, []).append(number)
            self._found[key] = texts
        return self._found[key]


@dataclass(frozen=True)
class Dossier:
    """All that is known of a subject under a notice.

    `facts` are typed values by key; `tree` is the data they were read from, as this notice sees it;
    `passages` are what this subject itself typed; `problems` are what reading found. A bureau has
    `candidates` in order of recommendation; `peers` are all who apply for the notice, where one of
    its rules looks at them (全部申报). A `lone` one is a data file without its folder: prose and
    evidence are not known.
    """

    notice: Notice
    party: Party
    name: str
    facts: Record
    tree: Node
    passages: Passages = field(default_factory=Passages)
    evidence: Mapping[str, EvidenceFile] = field(default_factory=dict)
    explanations: Mapping[str, Explanation] = field(default_factory=dict)
    confirmations: Mapping[str, Confirmation] = field(default_factory=dict)
    candidates: tuple[Candidate, ...] = ()
    peers: Rows | None = None
    built: tuple[Built, ...] = ()
    problems: tuple[Problem, ...] = ()
    digest: str = ""
    lone: bool = False

    @cached_property
    def fingerprint(self) -> str:
        """The hash of all data that this subject's documents are made from."""
        digests = [one.digest for one in self.everyone()]
        return hashlib.sha256("".join(digests).encode()).hexdigest()

    @property
    def track(self) -> str:
        """The track (类别) applied for, or ""."""
        value = self.facts.get("类别", "")
        return "" if isinstance(value, Missing) else str(value)

    @property
    def acts_on(self) -> date | None:
        """The day on which this subject applies or recommends, where it was written."""
        value = self.facts.get("申报日期" if self.party is Party.APPLICANT else "推荐日期")
        return value if isinstance(value, date) else None

    @cached_property
    def fields(self) -> Mapping[str, Field]:
        """The fields that this subject fills in, in its track."""
        own = self.notice.fields.get(self.party, {})
        return {key: f for key, f in own.items() if in_track(f.track, self.track)}

    def place_of(self, path: str) -> Where:
        """Where a path's value was typed; below 推荐对象.2.申报 in the applicant's own data."""
        steps = path.split(".")
        if steps[2:3] == [APPLICATION] and steps[1] in self._by_number:
            return self._by_number[steps[1]].place_of(".".join(steps[3:]))
        return self.tree.nearest(path)

    @cached_property
    def _by_number(self) -> Mapping[str, Dossier]:
        return {str(candidate.number): candidate.dossier for candidate in self.candidates}

    @cached_property
    def own_facts(self) -> Record:
        """The facts without those of the candidates, which are facts of theirs."""
        rows = self.facts.get(CANDIDATES)
        if not self.candidates or not isinstance(rows, Rows):
            return self.facts
        return self.facts.with_facts({CANDIDATES: Rows(row.without(APPLICATION) for row in rows)})

    @property
    def all_passages(self) -> Passages:
        """What this subject and its candidates typed."""
        if not self.candidates:
            return self.passages
        return Passages(passage for one in self.everyone() for passage in one.passages)

    def label(self, path: str) -> str:
        """The name of a field as people read it: 成员单位.2.注册省份 → 成员单位第2行·注册省份."""
        fields, bracket = self.fields, ""
        words: list[str] = []
        for step in path.split("."):
            if step.isdecimal():
                bracket = f"第{step}行"
                continue
            found = fields.get(step)
            if bracket and words:
                words[-1] += bracket
            words.append((found.label or found.key) if found else step)
            fields, bracket = (found.fields if found else {}), ""
        return "·".join(words) + bracket

    def field_at(self, path: str) -> Field | None:
        """The field at a dotted path, row numbers skipped."""
        fields, found = self.fields, None
        for step in path.split("."):
            if step.isdecimal():
                continue
            found = fields.get(step)
            if found is None:
                return None
            fields = found.fields
        return found

    def everyone(self) -> Iterator[Dossier]:
        """This dossier and those of its candidates."""
        yield self
        for candidate in self.candidates:
            yield candidate.dossier
