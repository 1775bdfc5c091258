"""A document's bytes → its files in out/<通知>/<单位>/, as one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from docgen.model.artifact import Output
from docgen.plan.naming import safe_name
from docgen.problem import Outcome, Where, error
from docgen.store import disk
from docgen.store.lock import PATIENCE, HeldError, locked
from docgen.store.manifest import NAME, Entry, decoded, name_of
from docgen.store.placement import Place
from docgen.store.transaction import Transaction


class Store:
    """The folder out/. Several processes and threads may put at once."""

    def __init__(self, root: Path, patience: float = PATIENCE) -> None:
        self.root, self.patience = root, patience

    def put(
        self,
        stem: str,
        draft: bool,
        files: Mapping[str, bytes],
        inputs: Mapping[str, str],
        *,
        document: str = "",
        subject: str = "",
        notice: str = "",
        pages: int | None = None,
    ) -> Outcome[tuple[Output, ...]]:
        """Make `files` (bytes by extension) stand as the document `stem`, final or draft.

        `stem` is <通知>/<单位>/<文种>, for a bureau's paper on one candidate with /<候选单位> after
        it; `inputs` are hashes by name (data, template, notice, version). Each file is whole or as
        before at every instant; what a hand changed stays, and the new file goes beside it. The
        value holds the files that stand.
        """
        parts = stem.split("/")
        if len(parts) not in (3, 4) or not files:
            raise ValueError(f"not a document's stem, or no files: {stem!r}")
        if wrong := [problem for part in parts if (problem := safe_name(part))]:
            return Outcome((), tuple(wrong))
        subject, notice = subject or parts[1], notice or parts[0]
        entry = Entry(
            path="",
            stem="/".join(parts[2:]),
            draft=draft,
            sha256="",
            document=document or parts[2],
            subject=subject,
            pages=pages,
            inputs=inputs,
        )
        wanted = [(_filed(entry, extension, data), data) for extension, data in files.items()]
        folder = self.root.joinpath(*parts[:2])
        shown = "/".join([self.root.name, *parts[:2]])
        put = Transaction(folder, shown)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with locked(folder, self.patience):
                put.run(wanted)
        except HeldError:
            said, cure = "另一个 docgen 一直在写这个文件夹", "等它结束，或结束那个程序，再运行一次"
            put.problems.append(error("占用", said, Where(shown), cure))
        except OSError as failure:
            put.problems.append(disk.refusal(failure, self._shown(failure, shown)))
        told = tuple(problem.of(subject=subject, notice=notice) for problem in put.problems)
        return Outcome(tuple(_output(made, shown, notice) for made in put.stand), told)

    def standing(self, notice: str, subject: str) -> Mapping[str, Mapping[str, str]]:
        """The files recorded for a subject, by path below the workspace, with their inputs."""
        shown = f"{self.root.name}/{notice}/{subject}"
        try:
            manifest = decoded((self.root / notice / subject / NAME).read_bytes())
        except OSError:
            return {}
        entries = manifest.outputs.values() if manifest else ()
        return {f"{shown}/{entry.path}": entry.inputs for entry in entries}

    def _shown(self, failure: OSError, otherwise: str) -> str:
        """The file that the disk complained of, unless it is one of ours that nobody knows."""
        name = str(failure.filename or "")
        if not name or Path(name).name.startswith("."):
            return otherwise
        try:
            return Path(name).relative_to(self.root.parent).as_posix()
        except ValueError:
            return otherwise


def _filed(entry: Entry, extension: str, data: bytes) -> Entry:
    path = name_of(entry.stem, entry.draft, extension)
    return replace(entry, path=path, sha256=hashlib.sha256(data).hexdigest())


def _output(made: Place, shown: str, notice: str) -> Output:
    e = made.entry
    path = f"{shown}/{e.path}"
    return Output(path, e.sha256, e.document, e.subject, e.draft, e.pages, made.status, notice)
