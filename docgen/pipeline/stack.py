"""合订: all papers of one kind on a bureau's candidates as one PDF, to be printed in one go."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from mmap import ACCESS_READ, mmap
from pathlib import Path

from docgen.model.artifact import Output
from docgen.model.dossier import Dossier
from docgen.model.notice import Document
from docgen.pipeline.press import dated
from docgen.plan import plan
from docgen.problem import Outcome, Stop
from docgen.scratch import scratch
from docgen.store import Put, Store

NAME = "合订"
FEWEST = 2


def stack(
    store: Store,
    whole: Dossier,
    document: Document,
    *,
    withdrawn: Collection[str] = (),
    final: bool = False,
) -> Outcome[tuple[Output, ...]]:
    """Makes the stack of a document stand as its papers stand in out/; withdraws one of too few.

    In the order of recommendation, each paper from the front of a sheet, a bookmark for each. No
    `final` stack holds a draft; `withdrawn` are the stems of papers that are not due any more.
    """
    stem = f"{whole.notice.slug}/{whole.name}/{document.kind}{NAME}"
    found = list(_papers(store, whole, document))
    if len(found) < FEWEST:
        jobs = plan(whole, kind=document.kind)
        due = sum(bool(job.candidate) and job.stem not in withdrawn for job in jobs)
        return Outcome((), store.withdraw([stem]) if due < FEWEST else ())  # else one failed
    draft = any(is_draft for _, _, is_draft in found)
    if draft and final:
        return Outcome(())
    identity = hashlib.sha256("".join(f"{name}{sha}" for name, sha, _ in found).encode())
    inputs = {"data": whole.fingerprint, "papers": identity.hexdigest()}
    if stands := store.standing_as(stem, draft, ("pdf",), inputs):
        store.renew(f"{whole.notice.slug}/{whole.name}", {f"{document.kind}{NAME}": inputs})
        return Outcome(stands)
    from docgen.bind import Part, Title, bind

    folder = store.root / whole.notice.slug / whole.name
    parts = [
        Part(name, folder / store.path_of(_stem(document, name), is_draft, "pdf"))
        for name, _, is_draft in found
    ]
    title = Title(f"{document.title or document.kind}{NAME}", dated(whole), identity.digest())
    with scratch() as temporary:
        target = temporary / "stack.pdf"
        try:
            bound = bind(parts, target, title)
        except Stop as stop:
            return Outcome((), (stop.problem,))
        with _mapped(target) as data:
            put = Put(
                stem,
                draft,
                {"pdf": data},
                inputs,
                f"{document.kind}{NAME}",
                whole.name,
                whole.notice.slug,
                bound.pages,
            )
            return store.put_all([put])


def _papers(store: Store, whole: Dossier, document: Document) -> Iterator[tuple[str, str, bool]]:
    """The papers that stand, in order: the candidate, its PDF's hash, whether it is a draft."""
    stands = store.recorded(whole.notice.slug, whole.name)
    folder = store.root / whole.notice.slug / whole.name
    for job in plan(whole, kind=document.kind):
        if job.document is document and job.candidate:
            for draft in (False, True):
                path = store.path_of(_stem(document, job.candidate), draft, "pdf")
                if path in stands and (folder / path).is_file():
                    yield job.candidate, stands[path], draft
                    break


def _stem(document: Document, candidate: str) -> str:
    return f"{document.kind}/{candidate}"


@contextmanager
def _mapped(path: Path) -> Iterator[mmap]:
    """A file's bytes, not in memory."""
    with path.open("rb") as stream, mmap(stream.fileno(), 0, access=ACCESS_READ) as data:
        yield data
