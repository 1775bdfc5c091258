"""What a text of a document comes from, and what has changed since: values for reports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from docgen.problem import Clause, Verdict, Where

NOWHERE = Where()


class Kind(Enum):
    """What stands behind a text."""

    FIELD = "字段"
    PROSE = "正文"
    COMPUTED = "算出"
    NOTICE = "通知包"
    JUDGED = "核验结果"
    TEMPLATE = "模板"
    HAND = "手改"
    GONE = "来历不明"


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a fact stands in a document: `file` below the workspace, "" where it is not made yet.

    `page` is that of the heading above, "" where it is not known; `text` the paragraph.
    """

    document: str
    file: str
    place: str
    page: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Reader:
    """A rule that reads a fact, and how it was judged (None where it does not apply)."""

    code: str
    name: str
    clause: Clause
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """A piece of evidence for a fact: its code, its name, the file below the evidence folder."""

    code: str
    name: str
    file: str
    where: Where


@dataclass(frozen=True, slots=True)
class Origin:
    """One source of a text.

    `then` is what the document says, `now` what the data say (None where they say nothing any
    more); `old` tells that the document would say something else now. `tag` is the template's
    expression for what is computed, `reads` the facts in it.
    """

    kind: Kind
    label: str
    path: str = ""
    subject: str = ""
    where: Where = NOWHERE
    then: str = ""
    now: str | None = None
    tag: str = ""
    readers: tuple[Reader, ...] = ()
    proofs: tuple[Proof, ...] = ()
    mentions: tuple[Mention, ...] = ()
    reads: tuple[Origin, ...] = ()
    note: str = ""
    old: bool = False


@dataclass(frozen=True, slots=True)
class Traced:
    """The answer to one question: what was asked, of which file, and every source found.

    `near` are the texts found in its stead where the very words stand nowhere; `notes` tell of
    changes since the file was made.
    """

    asked: str
    file: str = ""
    origins: tuple[Origin, ...] = ()
    near: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A fact that differs: `old` or `new` is None where there was or is none."""

    subject: str
    path: str
    label: str
    old: str | None
    new: str | None
    where: Where


@dataclass(frozen=True, slots=True)
class PaperChange:
    """A document that comes out otherwise: the places touched, each with how many paragraphs.

    `status` is "改动", "新增", "草稿变定稿" and the like; `edited` tells that a hand had changed
    the file that stands.
    """

    file: str
    document: str
    status: str
    places: Mapping[str, int] = field(default_factory=dict)
    edited: bool = False


@dataclass(frozen=True, slots=True)
class VerdictChange:
    """A rule that is judged otherwise; None where it did or does not apply."""

    subject: str
    notice: str
    code: str
    name: str
    old: str | None
    new: str | None
    clause: Clause | None = None
    where: Where = NOWHERE


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed from `base` (a revision, or the last build) to the data as they are."""

    base: str
    fields: tuple[FieldChange, ...] = ()
    papers: tuple[PaperChange, ...] = ()
    verdicts: tuple[VerdictChange, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.fields or self.papers or self.verdicts)
