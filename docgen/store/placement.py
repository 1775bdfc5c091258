"""What stands in a folder and what is to stand → where each file goes, what leaves, what is told.

Nothing is written here. A file is ours where its hash is the one recorded under its path; any other
file is a hand's, and stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count
from mmap import mmap
from pathlib import Path
from typing import TypeAlias

from docgen.plan.naming import BESIDE
from docgen.problem import Problem, Where, warning
from docgen.store.disk import digest
from docgen.store.manifest import Entry, Manifest, name_of

Content: TypeAlias = bytes | mmap  # a large file need not be in memory
FORMATS = ("docx", "pdf", "xlsx")
BACK = "把要保留的改动写进数据文件，删去“{}”，再生成一次"


@dataclass(frozen=True, slots=True)
class Place:
    """Where one file goes; `status` as in `Output`, `rewrite` false where it already stands so."""

    entry: Entry
    data: Content
    status: str
    rewrite: bool
    kept: str = ""


def place(folder: Path, manifest: Manifest, wanted: Entry, data: Content) -> Place:
    """The first name that is free, ours or already right: 建设方案.docx, 建设方案.新.docx, …新2."""
    kept = ""
    for beside in count():
        path = name_of(wanted.stem, wanted.draft, wanted.extension, beside)
        there = digest(folder / path)
        same = there == wanted.sha256
        if (
            there is None
            or same
            or is_ours(manifest, path, there)
            or _promoted(folder, manifest, wanted.stem, path, there)
        ):
            status = "另存" if beside else "新建" if there is None else "未变" if same else "更新"
            return Place(replace(wanted, path=path), data, status, not same, kept)
        kept = kept or path
    raise AssertionError("count() has no end")


def is_ours(manifest: Manifest, path: str, there: str) -> bool:
    """Whether the file at `path`, whose hash is `there`, is as we wrote it."""
    recorded = manifest.outputs.get(path)
    return recorded is not None and recorded.sha256 == there


def superseded(folder: Path, manifest: Manifest, standing: Mapping[str, Entry]) -> list[Entry]:
    """The files of ours that must leave once `standing` stand.

    These are the other of final and draft in every format, and what was put beside in the same one.
    """
    leaving = []
    for entry in standing.values():
        for other in manifest.of(entry.stem):
            rival = other.draft != entry.draft
            spare = not rival and other.extension == entry.extension
            if (rival or spare) and other.path not in standing and other not in leaving:
                there = digest(folder / other.path)
                if there is not None and is_ours(manifest, other.path, there):
                    leaving.append(other)
    return leaving


def reminders(
    folder: Path, manifest: Manifest, places: list[Place], shown: str
) -> Iterator[Problem]:
    """提醒: what a hand changed and so stays, and what this run did not bring up to date."""
    for made in (made for made in places if made.kept):
        name, known = _name(made.kept), made.kept in manifest.outputs
        why = "生成之后被人改过" if known else "不是本程序写的（清单.json 里没有）"
        message = f"{name} {why}，没有覆盖；新生成的另存为 {made.entry.name}"
        if made.entry.extension == "docx" and any(p.entry.extension == "pdf" for p in places):
            message += "；PDF 是按新生成的出的，没有手改的内容"
        yield warning("手改", message, Where(f"{shown}/{made.kept}"), BACK.format(name))
    entry, extensions = places[0].entry, {made.entry.extension for made in places}
    for path in _rivals(manifest, entry, extensions):
        there = digest(folder / path)
        if there is not None and not is_ours(manifest, path, there):
            message = f"{_name(path)} 被人改过或不是本程序写的，没有删去；这次生成的是 {entry.name}"
            cure = f"不再需要时删去这份{'定稿' if entry.draft else '草稿'}，免得报错版本"
            yield warning("手改", message, Where(f"{shown}/{path}"), cure)
    for other in manifest.of(entry.stem):
        left = other.draft == entry.draft and other.extension not in extensions
        if left and dict(other.inputs) != dict(entry.inputs) and (folder / other.path).exists():
            message = f"{other.name} 是按以前的资料生成的，这次没有重新生成，与新的一份不一致"
            cure = f"连同 {other.extension} 格式再生成一次，或删去它"
            yield warning("过期", message, Where(f"{shown}/{other.path}"), cure)


def _rivals(manifest: Manifest, entry: Entry, made: set[str]) -> list[str]:
    extensions = dict.fromkeys([*FORMATS, *sorted(made)])
    names = [name_of(entry.stem, not entry.draft, extension) for extension in extensions]
    recorded = [other.path for other in manifest.of(entry.stem) if other.draft != entry.draft]
    return list(dict.fromkeys([*names, *recorded]))


def _promoted(folder: Path, manifest: Manifest, stem: str, path: str, there: str) -> bool:
    """Whether a hand put our own 建设方案.新.docx in the place of 建设方案.docx."""
    before, _, extension = path.rpartition(".")
    return any(
        other.sha256 == there
        and other.path.startswith(before + BESIDE)
        and other.extension == extension
        and not (folder / other.path).exists()
        for other in manifest.of(stem)
    )


def _name(path: str) -> str:
    return path.rpartition("/")[2]
