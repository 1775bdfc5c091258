"""A notice's document → the facts that its template may print, by dotted path."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from docgen.fill.findings import finding
from docgen.model.given import IN_TEMPLATES, OF_APPLICANTS
from docgen.model.notice import Document, Field, FieldType, Notice
from docgen.model.rule import Party
from docgen.problem import Problem

PROSE, ROW, ROWS, ASKED = "正文", "对象", "推荐对象", "申报"


@dataclass(frozen=True, slots=True)
class Known:
    """A fact that a template may print.

    `always` tells whether the notice asks for it of everyone: required, without a condition.
    """

    label: str = ""
    type: FieldType | None = None
    always: bool = False


Facts = Mapping[str, Known]


def known_facts(document: Document, notice: Notice) -> dict[str, Known]:
    """The paths of facts that the template of a document may print."""
    known = dict(_below(notice.fields.get(document.issuer, {}), ""))
    known |= {root: Known(root) for root in IN_TEMPLATES}
    if document.issuer is Party.APPLICANT:
        known |= {name: Known(name) for name in notice.lets}
    known[PROSE] = Known(PROSE, FieldType.GROUP)
    for chapter in document.chapters:
        for title in ("", *chapter.sections):
            path = ".".join(filter(None, (PROSE, chapter.title, title)))
            known[path] = Known(title or chapter.title, FieldType.PROSE)
    if document.issuer is Party.BUREAU:
        rows = {p.removeprefix(ROWS): k for p, k in known.items() if p.startswith(ROWS + ".")}
        asked = _below(notice.fields.get(Party.APPLICANT, {}), f".{ASKED}.")
        rows |= {path: Known(k.label, k.type) for path, k in asked}
        rows |= {f".{ASKED}.{name}": Known(name) for name in (*notice.lets, *OF_APPLICANTS)}
        rows |= {
            ".序号": Known("序号"),
            ".问题": Known("问题"),
            ".最迟": Known("最迟"),
            f".{ASKED}": Known("申报单位的资料", FieldType.GROUP),
        }
        for root, kind in ((ROW, FieldType.GROUP), (ROWS, FieldType.TABLE)):
            known[root] = Known(root, kind)
            known |= {root + path: k for path, k in rows.items()}
    return known


def _below(
    fields: Mapping[str, Field], start: str, always: bool = True
) -> Iterator[tuple[str, Known]]:
    for key, field in fields.items():
        mine = always and field.required and not field.applies and not field.track
        yield start + key, Known(field.label or key, field.type, mine)
        yield from _below(field.fields, f"{start}{key}.", mine)


def unused_fields(
    notice: Notice, printed: Iterable[tuple[Party, frozenset[str]]]
) -> Iterator[Problem]:
    """Fields that no template of a notice prints; `printed` are the names of each, by issuer."""
    used: dict[Party, set[str]] = {Party.APPLICANT: set(), Party.BUREAU: set()}
    for issuer, names in printed:
        for name in names:
            steps = name.split(".")
            if steps[0] == ROW:
                steps[0] = ROWS
            if steps[0] == ROWS and steps[1:2] == [ASKED]:
                used[Party.APPLICANT].add(".".join(steps[2:]))
            used[issuer].add(".".join(steps))
    for party, fields in notice.fields.items():
        mine = used.get(party, set())
        for field in fields.values():
            yield from _unused(field, field.key, party, mine)


def _unused(field: Field, path: str, party: Party, used: set[str]) -> Iterator[Problem]:
    if field.unused or field.type is FieldType.EVIDENCE:
        return
    if not any(name == path or name.startswith(path + ".") for name in used):
        said = f"{party.value}的字段“{path}”没有一份模板印出"
        yield finding("模板未用字段", said, field.where)
    elif any(name.startswith(path + ".") for name in used):
        for member in field.fields.values():
            yield from _unused(member, f"{path}.{member.key}", party, used)
