"""清单.json ↔ Manifest: what we wrote into a subject's folder, and what we are about to write.

The file is the commit record. `outputs` stand in the folder as their hash says; `pending` is
written before a file is renamed into place, so that after a crash our own new file is known.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from docgen.plan.naming import BESIDE, DRAFT

NAME = "清单.json"
_NOTE = "由 docgen 写入，请勿改动：凭它分辨哪些文件是生成的、哪些被人改过。"


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of ours: its path below the subject's folder, and what it was made as and from."""

    path: str
    stem: str
    draft: bool
    sha256: str
    document: str = ""
    subject: str = ""
    pages: int | None = None
    inputs: Mapping[str, str] = field(default_factory=dict)

    @property
    def extension(self) -> str:
        return self.path.rpartition(".")[2]

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]


class Manifest:
    """The entries of a folder: those that stand, by path and by document, and those to come."""

    def __init__(self, outputs: Iterable[Entry] = (), pending: Iterable[Entry] = ()) -> None:
        self._outputs: dict[str, Entry] = {}
        self._by_stem: dict[str, dict[str, Entry]] = {}
        self.pending = {entry.path: entry for entry in pending}
        for entry in outputs:
            self.record(entry)

    @property
    def outputs(self) -> Mapping[str, Entry]:
        """The files that stand, by path."""
        return self._outputs

    def record(self, entry: Entry) -> None:
        """Notes that a file stands; what was noted under its path before is forgotten."""
        self.forget(entry.path)
        self._outputs[entry.path] = entry
        self._by_stem.setdefault(entry.stem, {})[entry.path] = entry

    def forget(self, path: str) -> None:
        """Takes a file off the record."""
        entry = self._outputs.pop(path, None)
        if entry is not None:
            del self._by_stem[entry.stem][path]

    def of(self, stem: str) -> list[Entry]:
        """What is recorded of one document, in every format, as final or draft."""
        return list(self._by_stem.get(stem, {}).values())

    def encoded(self) -> bytes:
        """The file's bytes; the same entries always make the same bytes."""
        parts = [f'"note": {_text(_NOTE)}', f'"outputs": {_listed(self.outputs)}']
        if self.pending:
            parts.append(f'"pending": {_listed(self.pending)}')
        return ("{" + ",\n ".join(parts) + "}\n").encode()


def name_of(stem: str, draft: bool, extension: str, beside: int = 0) -> str:
    """The file name: 建设方案.草稿.docx; `beside` 1 is 建设方案.草稿.新.docx, 2 …新2.docx."""
    mark = "" if not beside else BESIDE if beside == 1 else f"{BESIDE}{beside}"
    return f"{stem}{DRAFT if draft else ''}{mark}.{extension}"


def decoded(data: bytes) -> Manifest | None:
    """The Manifest that a file's bytes hold; None where they hold none."""
    try:
        content = json.loads(data)
        return Manifest(_entries(content["outputs"]), _entries(content.get("pending", [])))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _listed(entries: Mapping[str, Entry]) -> str:
    """A line an entry: with `indent`, json would take ten times as long over a large folder."""
    lines = (
        _text(
            {
                "path": e.path,
                "sha256": e.sha256,
                "document": e.document,
                "subject": e.subject,
                "draft": e.draft,
                "pages": e.pages,
                "stem": e.stem,
                "inputs": dict(sorted(e.inputs.items())),
            }
        )
        for _, e in sorted(entries.items())
    )
    return "[\n  " + ",\n  ".join(lines) + "\n ]"


_text = json.JSONEncoder(ensure_ascii=False).encode


def _entries(items: list[dict[str, Any]]) -> list[Entry]:
    return [_entry(item) for item in items]


def _entry(item: dict[str, Any]) -> Entry:
    """One entry; ValueError where its path is not one that we would write."""
    entry = Entry(**{**item, "inputs": dict(item["inputs"])})
    texts = (entry.path, entry.stem, entry.sha256, entry.document, entry.subject)
    if not all(isinstance(text, str) for text in texts) or not isinstance(entry.draft, bool):
        raise ValueError
    parts = entry.path.split("/")
    if not entry.path.startswith(entry.stem) or not entry.stem or len(parts) > 2:
        raise ValueError
    if any(part in ("", ".", "..") or "\\" in part or "\0" in part for part in parts):
        raise ValueError
    return entry
