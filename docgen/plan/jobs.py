"""The documents that a subject issues under a notice, one Job each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docgen.language import compile_expression
from docgen.model.dossier import CANDIDATES, Candidate, Dossier
from docgen.model.notice import Document, in_track
from docgen.model.plan import Job
from docgen.model.rule import Party
from docgen.model.values import MissingValueError, Record, Rows


def plan(
    dossier: Dossier, *, kind: str = "", formats: Sequence[str] = (), candidate: str = ""
) -> tuple[Job, ...]:
    """The Jobs of a subject, in the order of 材料.yaml.

    `kind` limits them to one 文种, `formats` to some formats, `candidate` a bureau's papers on
    single applicants to one. A document whose 适用 is not known to hold is left out.
    """
    return tuple(_jobs(dossier, kind, tuple(formats), candidate))


def _jobs(dossier: Dossier, kind: str, formats: tuple[str, ...], candidate: str) -> Iterator[Job]:
    for document in dossier.notice.documents:
        if document.issuer is not dossier.party or not document.template:
            continue
        if (kind and document.kind != kind) or not is_issued(document, dossier):
            continue
        wanted = tuple(f for f in document.formats if not formats or f in formats)
        if not wanted:
            continue
        folder = f"{dossier.notice.slug}/{dossier.name}"
        if not document.per_candidate:
            if not candidate:
                yield _job(document, dossier, "", wanted, f"{folder}/{document.kind}")
            continue
        for one in concerned(document, dossier):
            name = one.dossier.name
            if candidate in ("", name):
                yield _job(document, dossier, name, wanted, f"{folder}/{document.kind}/{name}")


def _job(
    document: Document, dossier: Dossier, candidate: str, formats: tuple[str, ...], stem: str
) -> Job:
    return Job(document, dossier.notice, dossier.party, dossier.name, candidate, formats, stem)


def concerned(document: Document, dossier: Dossier) -> tuple[Candidate, ...]:
    """The candidates on whom a bureau issues a paper of their own: those in its 类别, each once."""
    named = {c.dossier.name: c for c in reversed(dossier.candidates)}
    return tuple(
        c
        for c in dossier.candidates
        if named[c.dossier.name] is c and in_track(document.track, c.dossier.track)
    )


def is_issued(document: Document, dossier: Dossier) -> bool:
    """Whether the document concerns this subject, by its 类别 and 适用.

    What is not known of all candidates together, as one cannot be read, holds if it does of one
    alone: nobody takes the letter from the others.
    """
    if document.issuer is Party.APPLICANT and not in_track(document.track, dossier.track):
        return False
    if not document.applies:
        return True
    alone = ({CANDIDATES: Rows([one.row])} for one in dossier.candidates)
    known = _holds(document.applies, dossier.facts)
    if known is None:
        known = any(_holds(document.applies, dossier.facts.with_facts(one)) for one in alone)
    return known


def _holds(condition: str, facts: Record) -> bool | None:
    """Whether a condition holds; None where a fact that it needs is missing."""
    try:
        return bool(compile_expression(condition).evaluate(facts))
    except MissingValueError:
        return None
