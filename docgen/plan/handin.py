"""What has to be handed in (材料清单): a row for every document that the notice asks for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from docgen.model.dossier import Dossier
from docgen.model.notice import Document
from docgen.model.rule import Party
from docgen.model.values import Missing, Moment, Record, Rows, lookup
from docgen.plan.jobs import concerned, is_issued
from docgen.problem import Where


def hand_in(dossier: Dossier, *, ready: bool) -> Rows:
    """The rows for one applicant or bureau; `ready` tells whether its own papers may be final.

    A bureau's list holds what its candidates hand in as well, with the number of sets.
    """
    rows: list[Record] = []
    for document in dossier.notice.documents:
        if document.own_use:
            continue
        for sets in _sets(document, dossier):
            number = len(rows) + 1
            rows.append(Record(_row(document, dossier, number, sets, ready), "", Where()))
    return Rows(rows)


def _sets(document: Document, dossier: Dossier) -> Iterator[int]:
    """How many units of this document the subject hands in; nothing where it concerns none."""
    if document.issuer is dossier.party:
        if is_issued(document, dossier):
            sets = len(concerned(document, dossier)) if document.per_candidate else 1
            if sets:
                yield sets
    elif dossier.party is Party.BUREAU:
        sets = sum(is_issued(document, one.dossier) for one in dossier.candidates)
        if sets:
            yield sets


def _registered(path: str, dossier: Dossier) -> object:
    """The date that stands in the data for a deadline that the notice leaves to a later one."""
    for one in dossier.everyone():
        value = lookup(one.facts, path)
        if value is not None and not isinstance(value, Missing):
            return value
    return None


def due(dossier: Dossier) -> object:
    """The first day on which a paper of the subject's own is due; None where no day is known."""
    days: dict[date, object] = {}
    for document in dossier.notice.documents:
        if document.issuer is dossier.party and is_issued(document, dossier):
            until = _until(document, dossier)
            if isinstance(until, date | Moment):
                days[until.day if isinstance(until, Moment) else until] = until
    return days[min(days)] if days else None


def _until(document: Document, dossier: Dossier) -> object:
    window = dossier.notice.calendar.get(document.deadline)
    if window or not document.deadline:
        return window and (window.hour or window.end)
    return _registered(document.deadline, dossier)


def _row(
    document: Document, dossier: Dossier, number: int, sets: int, ready: bool
) -> dict[str, object]:
    until = _until(document, dossier)
    own = document.issuer is dossier.party
    state = "自备" if not document.template else ("可出定稿" if ready else "草稿，尚有缺项")
    return {
        "序号": number,
        "材料": document.title or document.kind,
        "文种": document.kind,
        "出具": dossier.name if own and dossier.party is Party.BUREAU else document.issuer.value,
        "数量": f"{sets} 套" + (f"，各 {document.copies} 份" if document.copies else ""),
        "形式": document.form,
        "签章": "、".join(document.seals),
        "接收": document.recipient,
        "期限": until or "",
        "条款": document.article,
        "状态": state if own else "申报单位提供",
        "说明": document.note,
    }
