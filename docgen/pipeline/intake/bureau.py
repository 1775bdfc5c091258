"""The order of the rows → 推荐对象 of a bureau: rows move with all that stands in them."""

from __future__ import annotations

from docgen.load.source import Source
from docgen.load.yaml.rewriting import Path
from docgen.load.yaml.writing import Value
from docgen.model.notice import FieldType, Notice
from docgen.model.rule import Party
from docgen.pipeline.desk import Desk
from docgen.pipeline.intake.alike import digest
from docgen.pipeline.intake.changes import CURE, Change, Merge
from docgen.pipeline.intake.record import Known
from docgen.problem import error, warning
from docgen.scaffold import new_bureau_file

CANDIDATES, ACT = "推荐对象", "推荐日期"


def new_bureau(desk: Desk, notice: Notice, name: str, names: list[str], book: str) -> str:
    """The text of a bureau's first file."""
    heading = f"{name}：推荐顺序由 {book} 导入；其余各项还空着，填好再生成"
    return new_bureau_file(notice, shared_fields(desk), heading, candidates=names)


def shared_fields(desk: Desk) -> frozenset[str]:
    """The fields that every notice asks of a bureau: who it is, whatever the notice."""
    packs = [desk.notice(slug).value for slug in desk.slugs]
    each = [set(pack.fields[Party.BUREAU]) for pack in packs if pack is not None]
    return frozenset(set.intersection(*each) - {CANDIDATES, ACT}) if each else frozenset()


def merged_order(
    notice: Notice,
    source: Source,
    names: list[str],
    known: dict[str, Known],
    *,
    listed: list[str],
    take: bool,
) -> Merge:
    """What changes in a bureau's file for its candidates to stand in the order of `names`.

    A candidate whom the sheet does not name stays, below the others, and is told; one whose row of
    the sheet cannot be used stays where the sheet (`listed`) has it.
    """
    merge = Merge(record=dict(known))
    path: Path = (notice.slug, CANDIDATES)
    for above in notice.chain:
        section = source.tree.get(above.slug)
        if section is not None and section.get(CANDIDATES) is not None:
            path = (above.slug, CANDIDATES)
            break
    else:
        if source.tree.get(CANDIDATES) is not None:
            path = (CANDIDATES,)
    key = ".".join(map(str, path))
    old = source.tree.at(key)
    theirs = digest(names)
    if old is None or (old.is_scalar and not old.text) or old.value == []:
        merge.values[path] = [_row(notice, name) for name in names]
        merge.changes.append(Change(path, CANDIDATES, "", "、".join(names), ""))
        merge.record[key] = (theirs, theirs)
        return merge
    if not old.is_sequence or any(not row.is_mapping for row in old.items):
        said = f"{CANDIDATES}不是一张表，顺序没有写入"
        merge.problems.append(error("冲突", said, old.where(key), "先改好 YAML 再导入"))
        return merge
    had = [
        row.mapping[Party.APPLICANT.value].text if Party.APPLICANT.value in row.mapping else ""
        for row in old.items
    ]
    names = [name for name in listed if name in names or name in had]
    theirs = digest(names)
    plan: list[int | Value] = []
    for name in names:
        plan.append(had.index(name) if name in had else _row(notice, name))
    others = [number for number, name in enumerate(had) if number not in plan]
    for number in others:
        said = f"{CANDIDATES}：“{had[number]}”不在表格里，保留在最后"
        cure = "不再推荐的，由人在 YAML 里删去"
        merge.problems.append(warning("导入", said, old.items[number].where(key), cure))
    plan += others
    after = [*names, *(had[number] for number in others)]
    if after == had:
        merge.record[key] = (theirs, digest(had))
    elif take or (key in known and known[key][1] == digest(had)):
        merge.plans[path] = plan
        merge.changes.append(Change(path, CANDIDATES, "、".join(had), "、".join(after), ""))
        merge.record[key] = (theirs, digest(after))
    else:
        by_hand = key in known and known[key][0] == theirs
        orders = f"YAML 里是 {'、'.join(had)}，表格里是 {'、'.join(names)}"
        said = f"{CANDIDATES}的顺序：{orders}，保留 YAML 的"
        say = warning if by_hand else error
        merge.problems.append(say("冲突", said, old.where_key(key), CURE))
    return merge


def _row(notice: Notice, name: str) -> Value:
    """A candidate's row with a line for all that its bureau writes of it, nothing filled in."""
    row: dict[str, Value] = {Party.APPLICANT.value: name}
    for key, column in notice.fields[Party.BUREAU][CANDIDATES].fields.items():
        if key != Party.APPLICANT.value and column.type is not FieldType.TABLE:
            row[key] = dict.fromkeys(column.fields, "") if column.fields else ""
    return row
