"""What stands beside a subject's data: its scans that have text, its Word files a hand changed."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path

from docgen.load.disk import is_inside
from docgen.model.blocks import Chapter
from docgen.model.dossier import Dossier, Grid, Paper
from docgen.model.values import Missing, Passage, Passages, Record, Rows, lookup, text_at
from docgen.pipeline.workspace import Workspace
from docgen.problem import Where
from docgen.store import Store

FOLDER, TABLE = "证明材料", "证明材料"
LARGEST = 50 * 2**20
LONGEST = 60  # characters of a value that is looked for in a document


def papers_of(workspace: Workspace, whole: Dossier) -> tuple[Paper, ...]:
    """The papers of one dossier, scans first; nothing of its candidates'."""
    return (*_scans(workspace, whole), *_edited(workspace, whole))


def _scans(workspace: Workspace, whole: Dossier) -> Iterator[Paper]:
    rows = whole.facts.get(TABLE)
    wanted = [row for row in rows if isinstance(row, Record)] if isinstance(rows, Rows) else []
    for row in wanted:
        file = whole.evidence.get(text_at(row, "文件"))
        if file is None or file.kind != "pdf":
            continue
        path = workspace.root / file.where.file
        if not is_inside(path, workspace.data):
            continue
        from docgen.bind import read_texts

        pages = read_texts(path)
        if any(page.strip() for page in pages):
            passages = Passages(
                Passage(text, Where(file.where.file, spot=f"第{number}页"))
                for number, text in enumerate(pages, 1)
                if text.strip()
            )
            code, title = text_at(row, "编号"), text_at(row, "名称")
            yield Paper(
                f"{code}“{title}”", passages, code=code, is_whole=len(passages) == len(pages)
            )


def _edited(workspace: Workspace, whole: Dossier) -> Iterator[Paper]:
    folder = f"{workspace.out.name}/{whole.notice.slug}/{whole.name}"
    try:
        changed = Store(workspace.out).changed_by_hand(whole.notice.slug, whole.name)
    except OSError:
        return
    for name in changed:
        path = workspace.root / folder / name
        if name.endswith(".docx") and path.stat().st_size <= LARGEST:
            paper = _document(path, f"{folder}/{name}", whole)
            if paper is not None:
                yield paper


def _document(path: Path, file: str, whole: Dossier) -> Paper | None:
    """A document as it stands now, and what it was made with and says no more."""
    from docgen.fill import read_provenance
    from docgen.typeset import Unreadable, read_plain

    try:
        data = path.read_bytes()
        plain = read_plain(data)
    except (OSError, Unreadable):
        return None
    used = told.used if (told := read_provenance(data)) else {}
    words = _bare("".join(text for text, _ in plain.paragraphs))
    return Paper(
        file.rpartition("/")[2],
        Passages(Passage(text, Where(file, spot=where.spot)) for text, where in plain.paragraphs),
        tuple(
            Grid(
                tuple(cells for cells, _ in table),
                tuple(Where(file, spot=where.spot) for _, where in table),
            )
            for table in plain.tables
        ),
        missing=dict(_gone(used, words, whole)),
    )


def _gone(used: Mapping[str, str], words: str, whole: Dossier) -> Iterator[tuple[str, str]]:
    for path, text in used.items():
        value = lookup(whole.facts, path)
        if value is None or isinstance(value, Missing | Chapter) or not 1 < len(text) <= LONGEST:
            continue
        if _bare(text) not in words:
            yield path, text


def _bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
