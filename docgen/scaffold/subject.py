"""A notice's fields and what is known of a subject → the text of a commented data file."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from docgen.load.source import APPLIED, TRACK
from docgen.load.yaml.writing import STEP, Value, items, lines
from docgen.model.dossier import CANDIDATES
from docgen.model.notice import Field, FieldType, Notice, in_track
from docgen.model.rule import Party
from docgen.scaffold import evidence
from docgen.scaffold.comments import beside, comment, one_line

Members = Mapping[str, Value]
HOW = (
    "值写在冒号后面，不用引号；还没有的空着。“# ”之后的是说明，不会印出。",
    "表：把“# - ”开头的那一组复制几份，去掉行首的“# ”再填，一组就是一行。",
    "几段的文字：冒号后写一个 |，从下一行起写，每行比键多缩进两格。",
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the lines of a file are made from.

    `codes` are of evidence, by the path that asks for it; `rows` are of a 表, to take the place of
    the one that shows its columns; `begun` are the first cells of the rows that a 表 begins with.
    """

    slug: str
    track: str = ""
    values: Members = field(default_factory=dict)
    codes: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[str, list[Value]] = field(default_factory=dict)
    begun: Mapping[str, Collection[str]] = field(default_factory=dict)

    def members(self, fields: Mapping[str, Field], indent: int = 0) -> Iterator[str]:
        """Every field of the track with its comment above it."""
        for key, one in fields.items():
            if in_track(one.track, self.track) or key in self.values or not self.track:
                yield ""
                yield from (f"{' ' * indent}# {line}" for line in comment(one, self.slug))
                yield from self._member(one, key, self.values.get(key, ""), indent)

    def _member(self, one: Field, path: str, value: Value, indent: int) -> Iterator[str]:
        margin = " " * indent
        if one.type is FieldType.GROUP and (not value or isinstance(value, Mapping)):
            yield f"{margin}{one.key}:"
            known = value if isinstance(value, Mapping) else {}
            yield from self._group(one, path, known, indent + STEP)
        elif value:
            yield from lines(one.key, value, indent)
            yield from self._shown(path, indent + STEP)
        elif one.type is FieldType.TABLE:
            yield f"{margin}{one.key}:"
            if path in self.begun:
                yield from self._begun(one, path, indent + STEP)
                return
            shown = self._shown if path in self.rows else partial(self._row, one)
            yield from shown(path, indent + STEP)
        else:
            yield f"{margin}{one.key}: {self.codes.get(path, '')}".rstrip()

    def _group(self, one: Field, path: str, known: Members, indent: int) -> Iterator[str]:
        for key, member in one.fields.items():
            if in_track(member.track, self.track) or key in known or not self.track:
                yield f"{' ' * indent}# {beside(member, self.slug)}"
                inner = f"{path}.{key}"
                yield from self._member(member, inner, known.get(key, ""), indent)
        for key, value in known.items():
            if key not in one.fields:
                yield from lines(key, value, indent)

    def _shown(self, path: str, indent: int) -> Iterator[str]:
        """Rows that may come to be wanted, as comments."""
        for line in items(self.rows.get(path, ()), 0):
            yield f"{' ' * indent}# {line}"

    def _row(self, table: Field, path: str, indent: int) -> Iterator[str]:
        """One row to copy, as a comment: without its “# ” it is an empty row."""
        margin, mark = " " * indent, "- "
        for line in self._columns(table, path, ""):
            yield f"{margin}# {mark}{line}"
            mark = "  "

    def _begun(self, table: Field, path: str, indent: int) -> Iterator[str]:
        """Rows to fill in, with what is asked of each column beside the first of them."""
        margin = " " * indent
        (first, *rest) = self._columns(table, path, "")
        key, _, asked = first.partition(":")
        for cell in self.begun[path]:
            (begun,) = lines(key, cell, 0)
            yield f"{margin}- {begun}{asked}"
            yield from (f"{margin}  {line}" for line in rest)
            asked, rest = "", [line.partition("  # ")[0] for line in rest]

    def _columns(self, one: Field, path: str, margin: str) -> Iterator[str]:
        for key, column in one.fields.items():
            if not in_track(column.track, self.track) and self.track:
                continue
            inner = f"{path}.{key}"
            code = f" {self.codes[inner]}" if inner in self.codes else ""
            yield f"{margin}{key}:{code}  # {beside(column, self.slug)}"
            if column.type is FieldType.GROUP:
                yield from self._columns(column, inner, margin + " " * STEP)
            elif column.type is FieldType.TABLE:
                (first, *rest) = self._columns(column, inner, "")
                yield f"{margin}{' ' * STEP}- {first}"
                yield from (f"{margin}{' ' * STEP}  {line}" for line in rest)


def data_file(notice: Notice, values: Members, heading: str) -> str:
    """What is known of an applicant, and every field besides, in the notice's order.

    `values` are texts, groups and rows by key; `heading` is the comment of the file.
    """
    fields = notice.fields.get(Party.APPLICANT, {})
    sheet = Sheet(notice.slug, str(values.get(TRACK, "")), values)
    written = [f"# {one_line(heading)}", "", *lines(APPLIED, [notice.slug], 0)]
    written += sheet.members(fields)
    for key, value in values.items():
        if key not in fields and key != APPLIED:
            written += ["", *lines(key, value, 0)]
    return "\n".join(written) + "\n"


def applicant_file(notice: Notice, track: str, name: str, schema: str) -> str:
    """The data file of a new applicant: nothing known but what it applies for."""
    head = [
        f"# yaml-language-server: $schema={schema}",
        f"# {name}：{notice.name}（{notice.slug}）",
    ]
    head += [*(f"# {line}" for line in HOW), "", *lines(APPLIED, [notice.slug], 0)]
    return "\n".join([*head, *more_fields(notice, track, ())]) + "\n"


def more_fields(notice: Notice, track: str, had: Collection[str]) -> Iterator[str]:
    """The lines of all fields of an applicant that it does not have yet."""
    fields = {
        key: one
        for key, one in notice.fields.get(Party.APPLICANT, {}).items()
        if key not in had and in_track(one.track, track)
    }
    known: dict[str, Value] = {TRACK: track} if track and TRACK in fields else {}
    codes = evidence.wanted(fields.values(), track) if evidence.TABLE in fields else {}
    now, later = evidence.rows(fields, codes)
    if now:
        known[evidence.TABLE] = now
    yield from Sheet(
        notice.slug, track, known, codes, {evidence.TABLE: later} if later else {}
    ).members(fields)


def new_bureau_file(
    notice: Notice,
    shared: Collection[str],
    heading: str,
    schema: str = "",
    candidates: Collection[str] = (),
) -> str:
    """The data file of a new bureau; `shared` are the fields that stand above its notices.

    `heading` is its comment; `candidates` are those whom it is known to recommend, in order.
    """
    head = [f"# yaml-language-server: $schema={schema}"] if schema else []
    head += [f"# {one_line(heading)}", *(f"# {line}" for line in HOW)]
    fields = notice.fields.get(Party.BUREAU, {})
    top = {key: one for key, one in fields.items() if key in shared}
    head += Sheet(notice.slug).members(top)
    return "\n".join([*head, "", *bureau_section(notice, shared, candidates)]) + "\n"


def bureau_section(
    notice: Notice, shared: Collection[str], candidates: Collection[str] = ()
) -> Iterator[str]:
    """What a bureau fills in for one notice, under the notice's name."""
    yield f"# —— {notice.name}：一家推荐对象一组，先后就是推荐顺序 ——"
    yield f"{notice.slug}:"
    own = {k: one for k, one in notice.fields.get(Party.BUREAU, {}).items() if k not in shared}
    begun = {CANDIDATES: candidates} if candidates else {}
    yield from Sheet(notice.slug, begun=begun).members(own, STEP)
