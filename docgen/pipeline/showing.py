"""Where in out/ the facts show that something was found about: documents, pages of their PDFs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from pathlib import Path

from docgen.model.artifact import Shown
from docgen.model.dossier import Dossier
from docgen.pipeline.workspace import Workspace
from docgen.store import Store

DISTINCT = 4  # characters from which a text on a page is taken for the fact itself
MOST_PAGES = 3  # a text that stands on more is said of the document alone


def shown_of(
    workspace: Workspace, whole: Dossier, paths: Collection[str]
) -> dict[str, tuple[Shown, ...]]:
    """By path of each fact: the documents made that print it.

    What a document printed it tells itself; its PDF is searched where both stand as they were made.
    A page is told only where a text that no other fact has stands on it, or the mark of a hole.
    """
    found: dict[str, list[Shown]] = {}
    if not paths:
        return {}
    store, slug = Store(workspace.out), whole.notice.slug
    standing = store.standing(slug, whole.name)
    changed = {f"{workspace.out.name}/{slug}/{whole.name}/{name}"
               for name in store.changed_by_hand(slug, whole.name)}  # fmt: skip
    for file in standing:
        if file.endswith(".docx") and file not in changed:
            pdf = file.removesuffix(".docx") + ".pdf"
            pages = workspace.root / pdf if pdf in standing and pdf not in changed else None
            for path, shown in _of_document(workspace.root / file, pages, paths, whole):
                found.setdefault(path, []).append(shown)
    return {path: tuple(shown) for path, shown in found.items()}


def _of_document(
    docx: Path, pdf: Path | None, paths: Iterable[str], whole: Dossier
) -> list[tuple[str, Shown]]:
    from docgen.fill import read_provenance

    try:
        told = read_provenance(docx.read_bytes())
    except OSError:
        return []
    if told is None:
        return []
    name = docx.name.split(".")[0]
    counts: dict[str, int] = {}
    for text in told.used.values():
        counts[text] = counts.get(text, 0) + 1
    pages: tuple[str, ...] | None = None
    shown = []
    for path in sorted(paths):
        inside = [key for key in told.used if key == path or key.startswith(f"{path}.")]
        hole = f"【待补：{whole.label(path)}】" if whole.field_at(path) else ""
        if not inside and not hole:
            continue
        texts = [told.used[key] for key in inside if key == path]
        wanted = [t for t in texts if len(_bare(t)) >= DISTINCT and counts[t] == 1]
        if pages is None:
            pages = _pages(pdf)
        on = _found(pages, wanted)
        if not inside:
            on = _found(pages, [hole])
            if not on:
                continue
        shown.append((path, Shown(name, on if len(on) <= MOST_PAGES else ())))
    return shown


def _pages(pdf: Path | None) -> tuple[str, ...]:
    if pdf is None:
        return ()
    from docgen.bind import read_texts

    return tuple(_bare(text) for text in read_texts(pdf))


def _found(pages: tuple[str, ...], texts: Iterable[str]) -> tuple[int, ...]:
    """The pages on which any of the texts stands, not as a piece of a longer number or word."""
    on: set[int] = set()
    for text in map(_bare, texts):
        before = r"(?<![0-9A-Za-z.])" if text[:1].isalnum() and text[:1].isascii() else ""
        after = r"(?![0-9A-Za-z])" if text[-1:].isalnum() and text[-1:].isascii() else ""
        pattern = re.compile(before + re.escape(text) + after)
        on |= {number for number, page in enumerate(pages, 1) if pattern.search(page)}
    return tuple(sorted(on))


def _bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
