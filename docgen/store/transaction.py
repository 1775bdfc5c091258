"""One put under the lock: temporaries, intent, renames, removals, commit.

A crash after any step leaves every file whole; the next put in the folder finishes what was begun.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from docgen.problem import Problem, Severity, Where, warning
from docgen.store import disk
from docgen.store.manifest import NAME, Entry, Manifest, decoded
from docgen.store.placement import Content, Place, is_ours, place, reminders, superseded

MOST_NAMED = 6


class Transaction:
    """One put in `folder`: `stand` and `problems` say how far it came."""

    def __init__(self, folder: Path, shown: str) -> None:
        self.folder, self.shown = folder, shown
        self.stand: list[Place] = []
        self.problems: list[Problem] = []
        self._manifest = Manifest()
        self._recorded = b""

    def run(self, documents: list[list[tuple[Entry, Content]]]) -> None:
        """Puts the files of each document; what does not stand whole removes nothing."""
        disk.sweep(self.folder)
        self._open()
        self._settle()
        groups = [
            [place(self.folder, self._manifest, entry, data) for entry, data in wanted]
            for wanted in documents
        ]
        places = [made for group in groups for made in group]
        self._write([made for made in places if made.rewrite])
        for made in places:
            if not made.rewrite:
                self._stands(made)
        order = {id(made): number for number, made in enumerate(places)}
        self.stand.sort(key=lambda made: order[id(made)])
        standing = {id(made) for made in self.stand}
        for group in groups:
            stand = [made for made in group if id(made) in standing]
            if stand:
                self.problems += reminders(self.folder, self._manifest, stand, self.shown)
            if len(stand) == len(group):
                self._remove({made.entry.path: made.entry for made in stand})
        self._close()

    def withdraw(self, stems: Iterable[str]) -> None:
        """Removes the files of documents that are no longer due; what a hand changed stays."""
        self._open()
        self._settle()
        gone: list[str] = []
        for entry in [entry for stem in stems for entry in self._manifest.of(stem)]:
            there = disk.digest(self.folder / entry.path)
            if there is not None and not is_ours(self._manifest, entry.path, there):
                message = f"{entry.name} 已不需要，但被人改过，没有删去"
                where = Where(f"{self.shown}/{entry.path}")
                self.problems.append(warning("手改", message, where, "确认不再需要后删去"))
                continue
            if there is not None:
                os.unlink(self.folder / entry.path)
                disk.discard_empty((self.folder / entry.path).parent, self.folder)
                gone.append(entry.path)
            self._manifest.forget(entry.path)
        self._commit()
        if gone:
            named = "、".join(gone[:MOST_NAMED]) + (" 等" if len(gone) > MOST_NAMED else "")
            message = f"撤去不再需要的 {len(gone)} 个文件：{named}"
            self.problems.append(Problem("撤去", Severity.INFO, message, Where(self.shown)))

    def renew(self, inputs: Mapping[str, Mapping[str, str]]) -> None:
        """Writes new inputs into the record of documents that stand, by stem."""
        self._open()
        if self._manifest.pending:
            return  # a killed run is not finished yet: the next put does that
        for stem, renewed in inputs.items():
            for entry in self._manifest.of(stem):
                self._manifest.record(replace(entry, inputs=renewed))
        self._commit()

    def _open(self) -> None:
        """Read 清单.json; a damaged one is told, and every file that stands is then a hand's."""
        try:
            self._recorded = disk.read_plain(self.folder / NAME)
        except FileNotFoundError:
            return
        manifest = decoded(self._recorded)
        if manifest is None:
            message = "清单.json 读不出来：已有的文件一律当作手工文件，原样保留"
            cure = "确认没有手工改动后，删去这个文件夹里的旧文件再生成一次"
            self.problems.append(warning("清单", message, Where(f"{self.shown}/{NAME}"), cure))
        self._manifest = manifest or Manifest()

    def _settle(self) -> None:
        """Finish what a killed run had begun: its files that landed are ours."""
        manifest = self._manifest
        landed = {
            path: entry
            for path, entry in manifest.pending.items()
            if disk.digest(self.folder / path) == entry.sha256
        }
        for entry in landed.values():
            manifest.record(entry)
        if len(landed) == len(manifest.pending):
            self._remove(landed)
        manifest.pending = {}

    def _write(self, places: list[Place]) -> None:
        """Temporaries first, then the intent into 清单.json, then each file renamed into place."""
        temporaries = [
            disk.temporary(self.folder, f"{number}-{made.entry.extension}")
            for number, made in enumerate(places)
        ]
        try:
            for made, temporary in zip(places, temporaries, strict=True):
                disk.inside((self.folder / made.entry.path).parent, self.folder)
                (self.folder / made.entry.path).parent.mkdir(exist_ok=True)
                disk.write(temporary, made.data)
            if places:
                self._manifest.pending = {made.entry.path: made.entry for made in places}
                self._commit()
            for made, temporary in zip(places, temporaries, strict=True):
                self._rename(temporary, made)
        finally:
            for temporary in temporaries:
                disk.discard(temporary)
        for parent in {(self.folder / made.entry.path).parent for made in places}:
            disk.sync(parent)

    def _rename(self, temporary: Path, made: Place) -> None:
        try:
            os.replace(temporary, self.folder / made.entry.path)
        except OSError as failure:
            self.problems.append(disk.refusal(failure, f"{self.shown}/{made.entry.path}"))
        else:
            self._stands(made)

    def _stands(self, made: Place) -> None:
        self._manifest.record(made.entry)
        self.stand.append(made)

    def _remove(self, standing: dict[str, Entry]) -> None:
        """Remove what `standing` supersede; a file that is held open stays and is told."""
        for entry in superseded(self.folder, self._manifest, standing):
            try:
                os.unlink(self.folder / entry.path)
                self._manifest.forget(entry.path)
            except OSError as failure:
                cause = disk.refusal(failure, "")
                message = f"旧的一份没有删去（{cause.message}）"
                where = Where(f"{self.shown}/{entry.path}")
                self.problems.append(warning("写入", message, where, cause.hint))

    def _close(self) -> None:
        """Write 清单.json for the last time, without what is no longer there."""
        manifest = self._manifest
        stems = {made.entry.stem for made in self.stand}
        for entry in [entry for stem in stems for entry in manifest.of(stem)]:
            if not (self.folder / entry.path).exists():
                manifest.forget(entry.path)
        manifest.pending = {}
        self._commit()

    def _commit(self) -> None:
        data = self._manifest.encoded()
        if data == self._recorded:
            return
        temporary = disk.temporary(self.folder, "manifest")
        disk.write(temporary, data)
        try:
            os.replace(temporary, self.folder / NAME)
        except OSError:
            disk.discard(temporary)
            raise
        disk.sync(self.folder)
        self._recorded = data
