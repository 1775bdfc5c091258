"""A notice as data: its calendar, fields, rules and documents, each with its place in the pack."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from docgen.model.rule import NOWHERE, Party, Rule
from docgen.model.values import Moment
from docgen.problem import Where


class FieldType(Enum):
    """The types a field may have; the values are the words of 字段.yaml."""

    TEXT = "文字"
    PROSE = "正文"
    INTEGER = "整数"
    NUMBER = "数"
    PERCENT = "百分比"
    DATE = "日期"
    MONTH = "年月"
    MOMENT = "时刻"
    BOOLEAN = "是否"
    CHOICE = "单选"
    CHOICES = "多选"
    GROUP = "组"
    TABLE = "表"
    PICTURE = "图片"
    EVIDENCE = "佐证"


@dataclass(frozen=True, slots=True)
class Field:
    """One fact that the notice asks for; `fields` are the members of a 组, the columns of a 表.

    `limits` (范围) are expressions by bound (不少于, 不晚于 …) that every value must keep;
    None where a pack says nothing (what is usual of the type holds), empty where it says 不限.
    """

    key: str
    type: FieldType
    label: str = ""
    required: bool = False
    applies: str = ""
    choices: tuple[str, ...] = ()
    open_choices: bool = False
    synonyms: Mapping[str, str] = field(default_factory=dict)
    unit: str = ""
    format: str = ""
    article: str = ""
    notice: str = ""
    note: str = ""
    example: str = ""
    track: str = ""
    unused: bool = False
    limits: Mapping[str, str] | None = None
    fields: Mapping[str, Field] = field(default_factory=dict)
    where: Where = NOWHERE

    def walk(self, path: str = "") -> Iterator[tuple[str, Field]]:
        """This field and all below it with their dotted paths, without row numbers."""
        here = f"{path}.{self.key}" if path else self.key
        yield here, self
        for member in self.fields.values():
            yield from member.walk(here)


@dataclass(frozen=True, slots=True)
class ChapterSpec:
    """A chapter that a document must have, and the sections it must have."""

    title: str
    sections: tuple[str, ...] = ()
    note: str = ""
    section_notes: Mapping[str, str] = field(default_factory=dict)
    applies: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """A column of a table in a document: its heading and the field it prints."""

    heading: str
    path: str
    width: int = 0


@dataclass(frozen=True, slots=True)
class TableSpec:
    """A table of a document: the 表 field it prints row by row, after which section it stands.

    `merge_same` are headings of columns in which equal cells below each other become one.
    """

    title: str
    source: str
    columns: tuple[ColumnSpec, ...]
    after: str = ""
    merge_same: tuple[str, ...] = ()


class Roll(Enum):
    """Which candidates a bureau's document is about (名单).

    Those who are listed, those whom a final leaves out (to tell them what to mend), or all.
    """

    LISTED = "列入"
    LEFT_OUT = "未列入"
    ALL = "全部"


@dataclass(frozen=True, slots=True)
class Document:
    """What is handed in (an entry of 材料.yaml); without a `template` it is not made by docgen.

    `own_use` (自用) is for what stays in the office and is not handed in, such as the list itself.
    `blind` (暗标) are the fields whose values must stand nowhere in it.
    """

    kind: str
    issuer: Party
    template: str = ""
    formats: tuple[str, ...] = ()
    copies: int | None = None
    most_pages: int | None = None
    deadline: str = ""
    recipient: str = ""
    form: str = ""
    seals: tuple[str, ...] = ()
    per_candidate: bool = False
    own_use: bool = False
    roll: Roll = Roll.LISTED
    applies: str = ""
    article: str = ""
    title: str = ""
    cover: tuple[str, ...] = ("单位名称", "申报日期")
    chapters: tuple[ChapterSpec, ...] = ()
    tables: tuple[TableSpec, ...] = ()
    notice: str = ""
    track: str = ""
    basis: str = ""
    note: str = ""
    blind: tuple[str, ...] = ()
    where: Where = NOWHERE


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of the calendar, both ends included; `start` is None for a plain deadline.

    `hour` is the moment of the last day at which it closes; None where the whole day counts.
    """

    name: str
    start: date | None
    end: date
    notice: str = ""
    article: str = ""
    note: str = ""
    hour: Moment | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """An ambiguity of the notice and the reading taken (存疑)."""

    matter: str
    reading: str
    basis: str
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """A change to an example and the finding that it must raise (用例)."""

    rule: str
    name: str
    example: str
    expected: str
    changes: Mapping[str, object]
    applicant_changes: Mapping[str, Mapping[str, object]]
    date: date | None
    where: Where
    actual: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice, merged with what it forwards.

    `lets` (设) are names for expressions over an applicant's facts, for rules and templates alike.
    """

    slug: str
    name: str
    number: str
    status: str
    dated: date | None = None
    reviewed: date | None = None
    parent: Notice | None = None
    tracks: tuple[str, ...] = ()
    calendar: Mapping[str, Window] = field(default_factory=dict)
    doubts: tuple[Doubt, ...] = ()
    fields: Mapping[Party, Mapping[str, Field]] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()
    documents: tuple[Document, ...] = ()
    vocabularies: Mapping[str, object] = field(default_factory=dict)
    lets: Mapping[str, str] = field(default_factory=dict)
    cases: tuple[Case, ...] = ()
    digest: str = ""
    contact: str = ""
    full_name: str = ""
    issuer: str = ""
    where: Where = NOWHERE

    @property
    def chain(self) -> tuple[Notice, ...]:
        """This notice, the one it forwards, and so on upward."""
        return (self, *(self.parent.chain if self.parent else ()))

    def named(self, slug: str) -> Notice:
        """The notice of the chain with that slug (this one where none has it)."""
        return next((notice for notice in self.chain if notice.slug == slug), self)

    def document(self, kind: str, track: str = "") -> Document | None:
        return next(
            (d for d in self.documents if d.kind == kind and in_track(d.track, track)), None
        )


def in_track(limit: str, track: str) -> bool:
    """Whether something limited to `limit` (类别) concerns an applicant of `track`."""
    return not limit or track == limit or track.startswith(limit + "/")
