"""new: the data folder of an applicant or the file of a bureau, ready to be filled in.

What stands is never overwritten. A file that is there gets what a further notice asks besides: new
fields below the others, the notice in 申报; all that was typed stays to the byte.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from docgen.load import Source
from docgen.load.source import APPLIED, PROSE, TRACK
from docgen.load.yaml import read_yaml
from docgen.load.yaml.writing import Value
from docgen.model.dossier import CANDIDATES
from docgen.model.notice import Field, FieldType, Notice, in_track
from docgen.model.rule import Party
from docgen.model.tree import Node
from docgen.pipeline.desk import Desk, did_you_mean
from docgen.pipeline.intake.bureau import ACT, shared_fields
from docgen.pipeline.intake.changes import Merge
from docgen.pipeline.intake.writing import changed_file, plain
from docgen.pipeline.schemas import lead_editor, subject_schema
from docgen.pipeline.workspace import Request, Workspace, applicants
from docgen.plan.naming import safe_name
from docgen.problem import Problem, Stop
from docgen.scaffold import (
    applicant_file,
    bureau_section,
    chapter_files,
    more_fields,
    new_bureau_file,
)
from docgen.store import DataFile, DataStore

AGAIN = "再运行一次"


@dataclass(slots=True)
class Started:
    """What one start makes: files to write, and what is told of each."""

    files: list[DataFile] = field(default_factory=list)
    told: list[tuple[str, str]] = field(default_factory=list)

    def add(self, path: str, text: str) -> None:
        self.files.append(DataFile(path, text.encode()))
        self.told.append(("新建", path))

    def change(self, path: str, before: bytes, after: bytes, what: str) -> None:
        if after == before:
            self.told.append(("未变", f"{path}：要填的各项都有了"))
            return
        self.files.append(DataFile(path, after, before))
        self.told.append(("补充", f"{path}：{what}"))


def start(workspace: Workspace, request: Request, track: str = "") -> list[tuple[str, str]]:
    """Makes or completes the data of the applicant or bureau named, for the notice named.

    What was done, as (新建 | 补充 | 未变, what). Stop where a file that stands cannot be read,
    where the notice has tracks and none is chosen, or where the disk refuses.
    """
    desk = Desk(workspace)
    notice = desk.whole_notice(request.notice)
    made = Started()
    if request.bureau:
        party, name = Party.BUREAU, request.bureau
        _bureau(made, workspace, desk, notice, name)
    else:
        party, name = Party.APPLICANT, request.applicant
        _applicant(made, workspace, desk, notice, name, track)
    store = DataStore(workspace.root)
    for problem in store.put(made.files, AGAIN):
        raise Stop(f"{problem.where} {problem.message}", problem.hint)
    written = lead_editor(workspace, Desk(workspace), party, name)
    shown = [path for path in written if not path.startswith(".schema/")]
    return [*made.told, *(("新建", path) for path in shown)]


def _applicant(
    made: Started, workspace: Workspace, desk: Desk, notice: Notice, name: str, track: str
) -> None:
    folder = f"data/{Party.APPLICANT.value}/{name}"
    path = f"{folder}/申报单位.yaml"
    before = _read(workspace.root / path)
    source = desk.applicant(name) if name in applicants(workspace) else None
    track = _track(notice, track, source)
    if before is None:
        schema = f"../../../{subject_schema(Party.APPLICANT, name)}"
        made.add(path, applicant_file(notice, track, name, schema))
    elif source is not None:
        made.change(path, before, *_completed(desk, source, notice, track, path, before))
    _chapters(made, workspace, source, notice, track, f"{folder}/{PROSE}")


def _chapters(
    made: Started,
    workspace: Workspace,
    source: Source | None,
    notice: Notice,
    track: str,
    folder: str,
) -> None:
    """The chapters not written yet; those of a further notice go into a folder of its name."""
    slugs = [above.slug for above in notice.chain]
    if source is not None and not {*slugs}.intersection(source.applied) and source.applied:
        folder = f"{folder}/{notice.slug}"
    number = _last_number(workspace.root / folder)
    for title, text in chapter_files(notice, track).items():
        there = source.prose.chapter(title, slugs) if source else None
        if there is None and safe_name(title) is None:
            number += 1
            made.add(f"{folder}/{number} {title}.md", text)


def _track(notice: Notice, track: str, source: Source | None) -> str:
    """The track to fill in: the one chosen, or the one that the data name already."""
    if not notice.tracks:
        if track:
            raise Stop(f"{notice.slug}不分类别", "去掉 TRACK（命令行用 --track）")
        return ""
    if track:
        if track not in notice.tracks:
            raise Stop(f"{notice.slug}没有“{track}”这一类", did_you_mean(track, notice.tracks))
        return track
    for path in (f"{notice.slug}.{TRACK}", TRACK):
        node = source.tree.at(path) if source else None
        if node is not None and node.is_scalar and node.text in notice.tracks:
            return node.text
    known = "、".join(notice.tracks)
    raise Stop(
        f"{notice.slug}分几类，没有指明申报哪一类", f"加 TRACK=…（命令行用 --track）：{known}"
    )


def _completed(
    desk: Desk, source: Source, notice: Notice, track: str, path: str, before: bytes
) -> tuple[bytes, str]:
    """The file with what the notice asks besides, and what that is."""
    tree = _tree(before, path)
    answered = [desk.notice(slug).value for slug in source.applied if slug in desk.slugs]
    others = [one for one in answered if one is not None]
    asked = notice.fields[Party.APPLICANT]
    differing = {key for key in asked if key in tree.mapping and _differs(asked[key], others)}
    merge = Merge()
    if not any(notice.slug in {above.slug for above in one.chain} for one in others):
        _apply(merge, tree, notice.slug)
    sections = [tree.get(above.slug) for above in notice.chain]
    inside = {key for one in sections if one is not None for key in one.mapping}
    for key in sorted(differing - inside, key=[*asked].index):
        if in_track(asked[key].track, track):
            merge.values |= _blank(asked[key], (notice.slug, key), track)
    merge.values |= _members(asked, tree, track, {*differing, *inside})
    tables = {table.name for table in source.tables}
    had = {*tree.mapping, *inside, *differing, *tables}
    lines = list(more_fields(notice, track, had))
    keys = [line.partition(":")[0] for line in lines if line and line[0] not in " #"]
    if lines:
        lines.insert(0, f"# —— {notice.name}（{notice.slug}）另要的 ——")
    changed = [".".join(map(str, one)) for one in (*merge.values, *merge.plans)]
    return _appended(before, path, merge, lines), f"补 {'、'.join([*keys, *changed])}"


def _differs(asked: Field, others: list[Notice]) -> bool:
    """Whether another notice means something else by the key, so that one value cannot do."""
    for other in others:
        had = other.fields[Party.APPLICANT].get(asked.key)
        if had is not None and _meaning(had) != _meaning(asked):
            return True
    return False


def _meaning(one: Field) -> object:
    return one.type, one.choices, {key: _meaning(inner) for key, inner in one.fields.items()}


def _apply(merge: Merge, tree: Node, slug: str) -> None:
    node = tree.get(APPLIED)
    if node is not None and node.is_sequence and node.items:
        merge.plans[APPLIED,] = [*range(len(node.items)), slug]
        return
    words: list[Value] = [node.text] if node is not None and node.is_scalar and node.text else []
    merge.values[APPLIED,] = [*words, slug]


def _members(
    asked: Mapping[str, Field], tree: Node, track: str, aside: Collection[str]
) -> dict[tuple[str | int, ...], Value]:
    """What a 组 that stands has no line for yet."""
    found: dict[tuple[str | int, ...], Value] = {}
    for key, one in asked.items():
        node = tree.get(key)
        if one.type is FieldType.GROUP and node is not None and node.is_mapping:
            for inner, member in one.fields.items():
                if key not in aside and inner not in node.mapping:
                    found |= _blank(member, (key, inner), track)
    return found


def _blank(one: Field, path: tuple[str, ...], track: str) -> dict[tuple[str | int, ...], Value]:
    """A line for a field, or for each member of a 组, with nothing filled in but the track."""
    if not in_track(one.track, track):
        return {}
    if one.type is not FieldType.GROUP:
        return {path: track if path[-1] == TRACK and len(path) == 2 else ""}
    return {
        inner: value
        for key, member in one.fields.items()
        for inner, value in _blank(member, (*path, key), track).items()
    }


def _appended(before: bytes, path: str, merge: Merge, lines: list[str]) -> bytes:
    """The file with the merge in it and the lines below; all that it said before it still says."""
    after = before
    if merge.values or merge.plans:
        made = changed_file(before, path, merge)
        if isinstance(made, Problem):
            raise Stop(f"{path} 的写法补不进去", made.hint)
        after = made
    if not lines:
        return after
    kept = plain(_tree(after, path))
    end = "\r\n" if b"\r\n" in before else "\n"
    joint = "" if after.endswith(b"\n") else end
    after += f"{joint}{end}{end.join(lines)}{end}".encode()
    said = plain(_tree(after, path))
    if {key: said.get(key) for key in kept} != kept:
        raise Stop(f"{path} 补了以后读出来不一样，没有改动", "在文件末尾另起一行，再运行一次")
    return after


def _bureau(made: Started, workspace: Workspace, desk: Desk, notice: Notice, name: str) -> None:
    path = f"data/{Party.BUREAU.value}/{name}.yaml"
    before = _read(workspace.root / path)
    shared = shared_fields(desk)
    if before is None:
        schema = f"../../{subject_schema(Party.BUREAU, name)}"
        heading = f"{name}：{notice.name}（{notice.slug}）"
        made.add(path, new_bureau_file(notice, shared, heading, schema))
        return
    tree = _tree(before, path)
    if notice.slug in tree.mapping:
        made.told.append(("未变", f"{path}：已经有“{notice.slug}”这一段"))
        return
    section = list(bureau_section(notice, {*shared, *tree.mapping} - {CANDIDATES, ACT}))
    made.change(path, before, _appended(before, path, Merge(), section), f"补 {notice.slug}")


def _tree(data: bytes, path: str) -> Node:
    read = read_yaml(data, path)
    if read.value is None or read.failed or not read.value.is_mapping:
        raise Stop(f"{path} 读不通，没有改动", f"先改好它：docgen check {path}")
    return read.value


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as failure:
        raise Stop(f"{path.name} 读不了：{failure.strerror}", "检查文件的权限") from None


def _last_number(folder: Path) -> int:
    names = [path.name for path in folder.glob("*.md")] if folder.is_dir() else []
    found = (re.match(r"\d{1,3}", name) for name in names)
    return max((int(one[0]) for one in found if one), default=0)
