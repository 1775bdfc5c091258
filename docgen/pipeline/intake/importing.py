"""An entry workbook → data files of applicants and a bureau's order, in one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from docgen.load import Source, read_applicant, read_bureau
from docgen.load.disk import read_bytes, relative
from docgen.load.excel import Entries, Entry, noted_notice, read_entries
from docgen.load.excel.package import LIMIT
from docgen.load.scalars import Unreadable, read_scalar
from docgen.load.source import LIMITS
from docgen.load.yaml import read_yaml
from docgen.load.yaml.writing import Value
from docgen.model.artifact import Output, Report
from docgen.model.form import Column, Form, form_of
from docgen.model.notice import FieldType, Notice
from docgen.model.rule import Party
from docgen.model.tree import Node
from docgen.pipeline.desk import UNREAD, Desk
from docgen.pipeline.intake.alike import digest, sense, senses
from docgen.pipeline.intake.bureau import merged_order, new_bureau
from docgen.pipeline.intake.changes import Merge, grown
from docgen.pipeline.intake.merging import Merger
from docgen.pipeline.intake.record import Known, encoded, place, read_record
from docgen.pipeline.intake.writing import changed_file, placed, told
from docgen.pipeline.workspace import Workspace
from docgen.plan.naming import safe_name
from docgen.problem import Problem, Severity, Stop, Where, error, warning
from docgen.scaffold import data_file
from docgen.store import DataFile, DataStore

_CHECKED = frozenset(FieldType) - {
    FieldType.TEXT,
    FieldType.PROSE,
    FieldType.GROUP,
    FieldType.TABLE,
    FieldType.PICTURE,
}


@dataclass(slots=True)
class _Run:
    """What one import has come to."""

    notice: Notice
    book: str
    take: bool
    problems: list[Problem] = field(default_factory=list)
    files: list[DataFile] = field(default_factory=list)
    outputs: list[Output] = field(default_factory=list)

    def stands(self, path: str, data: bytes, subject: str, status: str) -> None:
        sha = hashlib.sha256(data).hexdigest()
        slug = self.notice.slug
        output = Output(path, sha, "资料", subject, False, status=status, notice=slug)
        self.outputs.append(output)


def import_book(
    workspace: Workspace, path: Path, slug: str = "", bureau: str = "", *, take: bool = False
) -> Report:
    """Reads the workbook and writes what it says; a Report of what changed, conflicts and fails.

    An applicant with a cell that cannot be used is left out as a whole; where sheets or columns
    are in doubt nothing is written at all. `take` lets the sheet win over a hand's changes.
    """
    shown = relative(path.resolve(), workspace.root)
    data = read_bytes(path, shown, LIMIT)
    if data.value is None:
        return Report(problems=data.problems)
    desk = Desk(workspace)
    notice = _notice(desk, slug or noted_notice(data.value, shown))
    form = form_of(notice)
    found = read_entries(data.value, shown, form)
    run = _Run(notice, path.name, take, list(found.problems))
    if found.notice and found.notice != notice.slug:
        said = f"这个工作簿是为“{found.notice}”做的，按“{notice.slug}”导入"
        run.problems.append(warning("工作表", said, Where(shown), "核对通知"))
    if not found.usable:
        return Report(problems=tuple(run.problems), about={"写入": "0 个文件"})
    names = list(_applicants(run, workspace, desk, form, found))
    if not found.entries and not run.problems:
        said, cure = "“申报单位”表里一家也没有", "从第 3 行起，一家一行"
        run.problems.append(error("工作表", said, Where(shown), cure))
    if bureau:
        listed = [entry.name for entry in found.entries.values()]
        _bureau(run, workspace, desk, bureau, names, listed)
        if 0 < len(names) < len(found.entries):
            said = f"有 {len(found.entries) - len(names)} 家没有写入，推荐顺序里没有它们"
            run.problems.append(warning("导入", said, Where(shown), "改好后再导入一次"))
    problems = DataStore(workspace.root).put(run.files)
    run.problems += problems
    if problems:
        return Report(problems=tuple(run.problems), about={"写入": "不完整"})
    written = sum(1 for output in run.outputs if output.status != "未变")
    about = {"读到": f"{len(found.entries)} 家", "写入": f"{written} 个文件"}
    return Report(problems=tuple(run.problems), outputs=tuple(run.outputs), about=about)


def _notice(desk: Desk, slug: str) -> Notice:
    if not slug:
        raise Stop("没有指明通知", "用 -n 通知；名称见 docgen notice list")
    return desk.whole_notice(slug)


def _applicants(
    run: _Run, workspace: Workspace, desk: Desk, form: Form, found: Entries
) -> Iterator[str]:
    """Prepares the file of each applicant; the names of those whose data stand or will stand."""
    for entry in found.entries.values():
        wrong = safe_name(entry.name, "名称")
        if wrong is not None:
            run.problems.append(error("名称", wrong.message, entry.where, wrong.hint))
            continue
        run.problems += _unreadable(form, entry)
        if entry.failed:
            said = f"“{entry.name}”有不能用的格，这一家没有写入"
            run.problems.append(error("导入", said, entry.where, "改好上面的格，再导入一次"))
            continue
        source = read_applicant(workspace.root, entry.name, desk.slugs)
        path = f"data/{Party.APPLICANT.value}/{entry.name}/申报单位.yaml"
        before = _before(workspace, path)
        unread = [p for p in source.problems if p.code == UNREAD and p.where.file == path]
        if before is not None and unread:  # must not be taken for empty
            run.problems += [p.of(subject=entry.name, notice=run.notice.slug) for p in unread]
            yield entry.name  # it stands, and keeps its place in the order
            continue
        known, record = read_record(workspace.root, place(Party.APPLICANT, entry.name))
        if before is None:
            if not _new(run, form, entry, path, record):
                continue
        else:
            merger = Merger(run.notice, form, source, known, take=run.take)
            merger.applies(_answers(desk, source, run.notice))
            _changed(run, merger.run(entry), path, before, Party.APPLICANT, entry.name, record)
        yield entry.name


def _answers(desk: Desk, source: Source, notice: Notice) -> bool:
    """Whether an applicant applies for the notice, or for one that forwards it."""
    applied = [desk.notice(slug).value for slug in source.applied if slug in desk.slugs]
    return any(one and notice.slug in {above.slug for above in one.chain} for one in applied)


def _before(workspace: Workspace, path: str) -> bytes | None:
    try:
        return (workspace.root / path).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError:  # it stands; why it cannot be read, its reader tells
        return b""


def _new(run: _Run, form: Form, entry: Entry, path: str, record: bytes | None) -> bool:
    """Prepares a file of its own; False where what it would hold is more than is read."""
    heading = f"{entry.name}：由 {run.book} 导入。这个文件可以直接改，也可以改表格再导入一次。"
    data = data_file(run.notice, _whole(entry.tree), heading).encode()
    limit, most = LIMITS[Party.APPLICANT]
    many = sum(2 for _ in entry.tree.scalars()) > most
    if many or len(data) > limit or read_yaml(data, path).failed:
        said = f"“{entry.name}”的内容太多，写成 YAML 就读不了，没有写入"
        cure = "行数多的表另存为 data/申报单位/名称/表/字段.xlsx，从报名表里移出"
        run.problems.append(error("过大", said, entry.where, cure))
        return False
    values: dict[str, Known] = {}
    for column in form.applicants.columns:
        node = entry.tree.at(column.path)
        if node is not None:
            one = digest(sense(node, column.field))
            values[column.path] = (one, one)
    for sheet in form.tables:
        rows = entry.tree.at(sheet.path)
        if rows is not None:
            one = digest([senses(row, sheet.columns) for row in rows.items])
            values[sheet.path] = (one, one)
    run.files.append(DataFile(path, data))
    run.files.append(DataFile(place(Party.APPLICANT, entry.name), encoded(values), record))
    run.stands(path, data, entry.name, "新建")
    return True


def _whole(tree: Node) -> dict[str, Value]:
    """An entry as texts, groups and rows."""
    made: dict[str, Value] = {}
    for key, node in tree.mapping.items():
        made[key] = (
            [grown(row) for row in node.items]
            if node.is_sequence
            else (_whole(node) if node.is_mapping else node.text)
        )
    return made


def _changed(
    run: _Run,
    merge: Merge,
    path: str,
    before: bytes,
    party: Party,
    name: str,
    record: bytes | None,
) -> None:
    """Prepares a file that stands already; tells why where it cannot be changed at all."""
    data, problems = before, merge.problems
    if merge.values or merge.plans:
        made = changed_file(before, path, merge)
        if isinstance(made, Problem):
            run.problems += [p.of(subject=name, notice=run.notice.slug) for p in (*problems, made)]
            return
        data = made
        tree = read_yaml(data, path).value or Node({}, path)
        problems = [placed(problem, tree) for problem in problems]
        problems += [told(change, tree, Where(path)) for change in merge.changes]
        run.files.append(DataFile(path, data, before))
    run.problems += [p.of(subject=name, notice=run.notice.slug) for p in problems]
    new = encoded(merge.record)
    if new != record:
        run.files.append(DataFile(place(party, name), new, record))
    run.stands(path, data, name, "更新" if data != before else "未变")


def _bureau(
    run: _Run, workspace: Workspace, desk: Desk, name: str, names: list[str], listed: list[str]
) -> None:
    """Prepares the order of `names`; of those `listed` beside them, who stands keeps its rank."""
    path = f"data/{Party.BUREAU.value}/{name}.yaml"
    before = _before(workspace, path)
    known, record = read_record(workspace.root, place(Party.BUREAU, name))
    if not names:
        return
    if before is None:
        data = new_bureau(desk, run.notice, name, names, run.book).encode()
        one = digest(names)
        values = {f"{run.notice.slug}.推荐对象": (one, one)}
        run.files.append(DataFile(path, data))
        run.files.append(DataFile(place(Party.BUREAU, name), encoded(values), record))
        run.stands(path, data, name, "新建")
        said = f"“{name}”的资料是新建的：推荐对象已按表格排好，其余各项还空着"
        cure = f"填好 {path} 再查：docgen check -b {name}"
        run.problems.append(Problem("导入", Severity.INFO, said, Where(path), hint=cure))
        return
    source = read_bureau(workspace.root, name, desk.slugs)
    if unread := [p for p in source.problems if p.code == UNREAD and p.where.file == path]:
        run.problems += [p.of(subject=name, notice=run.notice.slug) for p in unread]
        return
    merge = merged_order(run.notice, source, names, known, listed=listed, take=run.take)
    _changed(run, merge, path, before, Party.BUREAU, name, record)


def _unreadable(form: Form, entry: Entry) -> Iterator[Problem]:
    """Cells that hold no value of their field's type: imported as typed, and told."""
    for column in form.applicants.columns:
        if (node := entry.tree.at(column.path)) is not None:
            yield from _unread(node, column, column.heading)
    for sheet in form.tables:
        rows = entry.tree.at(sheet.path)
        for number, row in enumerate(rows.items if rows else (), 1):
            for column in sheet.columns:
                if (node := row.at(column.path)) is not None:
                    label = f"{sheet.name}第{number}行·{column.heading}"
                    yield from _unread(node, column, label)


def _unread(node: Node, column: Column, label: str) -> Iterator[Problem]:
    if node.cut or (column.field.type not in _CHECKED and not column.field.format):
        return
    try:
        read_scalar(node.text, column.field)
    except Unreadable as fault:
        yield warning(fault.code, f"{label}：{fault}", node.where(column.path), fault.hint)
