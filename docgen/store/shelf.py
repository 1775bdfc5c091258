"""Documents' bytes → their files in out/<通知>/<单位>/, as one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from docgen.model.artifact import Output
from docgen.plan.naming import safe_name
from docgen.problem import Outcome, Problem, Where, error
from docgen.store import disk
from docgen.store.lock import PATIENCE, HeldError, locked
from docgen.store.manifest import NAME, Entry, Manifest, decoded, name_of
from docgen.store.placement import Content, Place
from docgen.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Put:
    """A document that is to stand: its bytes by extension, as final or draft.

    `stem` is <通知>/<单位>/<文种>, for a bureau's paper on one candidate with /<候选单位> after it;
    `inputs` are hashes by name (data, template, notice, version).
    """

    stem: str
    draft: bool
    files: Mapping[str, Content]
    inputs: Mapping[str, str]
    document: str = ""
    subject: str = ""
    notice: str = ""
    pages: int | None = None

    @property
    def parts(self) -> list[str]:
        """The steps of the stem; ValueError for what is no document's."""
        parts = self.stem.split("/")
        if len(parts) not in (3, 4) or not self.files:
            raise ValueError(f"not a document's stem, or no files: {self.stem!r}")
        return parts

    @property
    def told_as(self) -> dict[str, str]:
        """Whom and which notice a Problem of this document concerns."""
        return {"subject": self.subject or self.parts[1], "notice": self.notice or self.parts[0]}

    def entries(self) -> list[tuple[Entry, Content]]:
        """The files with what 清单.json will say of each."""
        entry = Entry(
            path="",
            stem="/".join(self.parts[2:]),
            draft=self.draft,
            sha256="",
            document=self.document or self.parts[2],
            subject=self.told_as["subject"],
            pages=self.pages,
            inputs=self.inputs,
        )
        return [(_filed(entry, extension, data), data) for extension, data in self.files.items()]


class Store:
    """The folder out/. Several processes and threads may put at once."""

    def __init__(self, root: Path, patience: float = PATIENCE) -> None:
        self.root, self.patience = root, patience
        self._read: dict[Path, tuple[tuple[int, int, int], Manifest]] = {}

    def put(self, document: Put) -> Outcome[tuple[Output, ...]]:
        """Make one document stand; see `put_all`."""
        return self.put_all([document])

    def put_all(self, documents: Sequence[Put]) -> Outcome[tuple[Output, ...]]:
        """Make documents of one subject under one notice stand, all in one transaction.

        Each file is whole or as before at every instant; what a hand changed stays, and the new
        file goes beside it. The value holds the files that stand.
        """
        problems = []
        wanted = []
        for document in documents:
            wrong = [found for part in document.parts if (found := safe_name(part))]
            problems += [problem.of(**document.told_as) for problem in wrong]
            if not wrong:
                wanted.append(document)
        folders = {tuple(document.parts[:2]) for document in wanted}
        if len(folders) > 1:
            raise ValueError(f"documents of several folders: {sorted(folders)}")
        if not wanted:
            return Outcome((), tuple(problems))
        notice, name = folders.pop()
        folder, shown = self.root / notice / name, f"{self.root.name}/{notice}/{name}"
        put = Transaction(folder, shown)
        try:
            disk.inside(folder, self.root)
            folder.mkdir(parents=True, exist_ok=True)
            with locked(folder, self.patience):
                put.run([document.entries() for document in wanted])
        except HeldError:
            said, cure = "另一个 docgen 一直在写这个文件夹", "等它结束，或结束那个程序，再运行一次"
            put.problems.append(error("占用", said, Where(shown), cure))
        except OSError as failure:
            put.problems.append(disk.refusal(failure, self._shown(failure, shown)))
        told_as = wanted[0].told_as if len(wanted) == 1 else {"subject": name, "notice": notice}
        problems += [problem.of(**told_as) for problem in put.problems]
        made = tuple(_output(place, shown, told_as["notice"]) for place in put.stand)
        return Outcome(made, tuple(problems))

    def withdraw(self, stems: Iterable[str]) -> tuple[Problem, ...]:
        """Removes what stands of documents that are no longer due, where a hand has not changed it.

        A letter on an applicant who is not recommended any more must not lie among the finals.
        """
        problems: list[Problem] = []
        folders: dict[str, list[str]] = {}
        for stem in stems:
            notice, subject, *rest = stem.split("/")
            if self._manifest(self.root / notice / subject).of("/".join(rest)):
                folders.setdefault(f"{notice}/{subject}", []).append("/".join(rest))
        for folder, short in folders.items():
            shown = f"{self.root.name}/{folder}"
            withdrawal = Transaction(self.root / folder, shown)
            try:
                disk.inside(self.root / folder, self.root)
                with locked(self.root / folder, self.patience):
                    withdrawal.withdraw(short)
                problems += withdrawal.problems
            except HeldError:
                problems.append(error("占用", "另一个 docgen 一直在写这个文件夹", Where(shown)))
            except OSError as failure:
                problems.append(disk.refusal(failure, self._shown(failure, shown)))
        return tuple(problems)

    def standing_as(
        self, stem: str, draft: bool, extensions: Sequence[str], inputs: Mapping[str, str]
    ) -> tuple[Output, ...]:
        """The files of a document that stand, untouched, as made from `inputs`; () unless all do.

        What the record calls `data` may differ: it tells when a file was last looked at, not what
        is in it. A rival (the draft of a final, or what was put beside) means that not all is well.
        """
        notice, subject, *rest = stem.split("/")
        folder, short = self.root / notice / subject, "/".join(rest)
        recorded = {entry.path: entry for entry in self._manifest(folder).of(short)}
        wanted = [name_of(short, draft, extension) for extension in extensions]
        if not wanted or not set(wanted) <= set(recorded):
            return ()
        shown = f"{self.root.name}/{notice}/{subject}"
        for entry in recorded.values():
            usual = entry.path == name_of(short, draft, entry.extension)
            if not usual or _but_data(entry.inputs) != _but_data(inputs):
                return ()
        try:
            if any(disk.digest(folder / path) != recorded[path].sha256 for path in wanted):
                return ()
        except OSError:
            return ()
        return tuple(
            _output(Place(recorded[path], b"", "未变", False), shown, notice) for path in wanted
        )

    def renew(self, folder: str, inputs: Mapping[str, Mapping[str, str]]) -> None:
        """Records new inputs for documents that stand as they are, by stem below the folder.

        Only a record: where it cannot be written now, the next build will write it.
        """
        path = self.root / folder
        renewal = Transaction(path, f"{self.root.name}/{folder}")
        try:
            disk.inside(path, self.root)
            with locked(path, self.patience):
                renewal.renew(inputs)
        except (HeldError, OSError):
            return

    def _manifest(self, folder: Path) -> Manifest:
        """What is recorded of a folder; read again only when the file has changed. OSError."""
        try:
            state = (folder / NAME).stat()
            key = (state.st_mtime_ns, state.st_size, state.st_ino)
            if self._read.get(folder, (None,))[0] != key:
                self._read[folder] = key, decoded(disk.read_plain(folder / NAME)) or Manifest()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return Manifest()
        return self._read[folder][1]

    def stems(self, notice: str, subject: str) -> list[str]:
        """The stems of all documents recorded for a subject under a notice."""
        outputs = self._manifest(self.root / notice / subject).outputs.values()
        return list(dict.fromkeys(f"{notice}/{subject}/{entry.stem}" for entry in outputs))

    def recorded(self, notice: str, subject: str) -> Mapping[str, str]:
        """The hashes of the files recorded for a subject, by path below its folder."""
        entries = self._manifest(self.root / notice / subject).outputs.values()
        return {entry.path: entry.sha256 for entry in entries}

    @staticmethod
    def path_of(stem: str, draft: bool, extension: str) -> str:
        """The path of a document's file below its subject's folder."""
        return name_of(stem, draft, extension)

    def standing(self, notice: str, subject: str) -> Mapping[str, Mapping[str, str]]:
        """The files recorded for a subject, by path below the workspace, with their inputs."""
        shown = f"{self.root.name}/{notice}/{subject}"
        return {f"{shown}/{e.path}": e.inputs for e in self.entries(notice, subject)}

    def entries(self, notice: str, subject: str) -> tuple[Entry, ...]:
        """The files recorded for a subject; none where nothing was ever built."""
        try:
            manifest = decoded(disk.read_plain(self.root / notice / subject / NAME))
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return ()
        return tuple(manifest.outputs.values()) if manifest else ()

    def changed_by_hand(self, notice: str, subject: str) -> list[str]:
        """The files recorded for a subject that are not as written, by path below its folder."""
        folder = self.root / notice / subject
        recorded = self._manifest(folder).outputs.values()
        return [
            one.path for one in recorded if disk.digest(folder / one.path) not in (None, one.sha256)
        ]

    def _shown(self, failure: OSError, otherwise: str) -> str:
        """The file that the disk complained of, unless it is one of ours that nobody knows."""
        name = str(failure.filename or "")
        if not name or Path(name).name.startswith("."):
            return otherwise
        try:
            return Path(name).relative_to(self.root.parent).as_posix()
        except ValueError:
            return otherwise


def _but_data(inputs: Mapping[str, str]) -> dict[str, str]:
    return {key: value for key, value in inputs.items() if key != "data"}


def _filed(entry: Entry, extension: str, data: Content) -> Entry:
    path = name_of(entry.stem, entry.draft, extension)
    return replace(entry, path=path, sha256=hashlib.sha256(data).hexdigest())


def _output(made: Place, shown: str, notice: str) -> Output:
    e = made.entry
    path = f"{shown}/{e.path}"
    return Output(path, e.sha256, e.document, e.subject, e.draft, e.pages, made.status, notice)
