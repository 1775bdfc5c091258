"""材料.yaml → Documents: what is handed in, by whom, in how many copies, with what in it."""

from __future__ import annotations

from collections.abc import Mapping

from docgen.load.keys import Keys
from docgen.model.notice import (
    ChapterSpec,
    ColumnSpec,
    Document,
    Field,
    FieldType,
    Notice,
    Roll,
    TableSpec,
)
from docgen.model.rule import Party
from docgen.model.tree import Node
from docgen.problem import Problem, error

FORWARDED, COMMON = "转发", "通用"
Key = tuple[str, str, Party]  # 文种, 类别, 出具
Documents = Mapping[Key, Document]


def read_document(
    node: Node,
    notice: Notice,
    inherited: Documents,
    common: Documents,
    problems: list[Problem],
) -> Document | None:
    """One entry of 材料.yaml, which may be taken from elsewhere; None where it has no 文种."""
    keys = Keys(node, "材料", problems)
    kind = keys.needed("文种")
    if not kind:
        return None
    keys.what = f"材料“{kind}”"
    track = keys.text("类别")
    was = Document(kind, Party.APPLICANT)
    if source := keys.text("取自"):
        issuer = keys.choice("出具", Party)
        found = _taken(kind, track, issuer, inherited if source == FORWARDED else common)
        if source not in (FORWARDED, COMMON):
            keys.complain(node, f"“取自”只能是{FORWARDED}或{COMMON}，现在是“{source}”")
        elif found is None:
            whose = "所转发的通知" if source == FORWARDED else "通用材料"
            problems.append(error("未知文种", f"{whose}没有“{kind}”", node.where()))
        was = found or was
    deadline = keys.text("期限", was.deadline)
    if deadline and not _is_known(deadline, notice) and not keys.has("取自"):
        said = f"通知.yaml 里没有期限“{deadline}”，也没有这个字段"
        problems.append(error("未知期限", said, node.where()))
    chapters = tuple(_chapter(child, problems) for child in keys.children("章节"))
    tables = tuple(_table(child, notice, problems) for child in keys.children("表"))
    document = Document(
        kind=kind,
        issuer=keys.choice("出具", Party, was.issuer) or was.issuer,
        template=keys.text("模板", was.template),
        formats=keys.texts("格式") or was.formats,
        copies=keys.integer("份数") if keys.has("份数") else was.copies,
        most_pages=keys.integer("页数上限") if keys.has("页数上限") else was.most_pages,
        deadline=deadline,
        recipient=keys.text("接收", was.recipient),
        form=keys.text("形式", was.form),
        seals=keys.texts("签章") or was.seals,
        per_candidate=keys.flag("每个推荐对象", was.per_candidate),
        own_use=keys.flag("自用", was.own_use),
        roll=keys.choice("名单", Roll, was.roll) or was.roll,
        applies=keys.text("适用", was.applies),
        article=keys.text("条款", was.article),
        title=keys.text("标题", was.title),
        cover=keys.texts("封面") or was.cover,
        chapters=chapters or was.chapters,
        tables=tables or was.tables,
        notice=was.notice if was.notice and not keys.has("条款") else notice.slug,
        track=track,
        basis=keys.text("依据性质", was.basis),
        note=keys.text("说明", was.note),
        blind=keys.texts("暗标") or was.blind,
        where=node.where(),
    )
    keys.finish()
    return document


def _is_known(deadline: str, notice: Notice) -> bool:
    """Whether 期限 names a window of the calendar, or a field in which the date is registered."""
    root = deadline.partition(".")[0]
    return deadline in notice.calendar or any(root in own for own in notice.fields.values())


def key_of(document: Document) -> Key:
    """What tells documents of a notice apart."""
    return document.kind, document.track, document.issuer


def _taken(kind: str, track: str, issuer: Party | None, among: Documents) -> Document | None:
    """The document that another notice or 通用 has under that 文种, for that 类别 if it has one."""
    alike = [d for d in among.values() if d.kind == kind and issuer in (None, d.issuer)]
    return next((d for d in alike if d.track == track), alike[0] if alike else None)


def _chapter(node: Node, problems: list[Problem]) -> ChapterSpec:
    if node.is_scalar:
        return ChapterSpec(node.text)
    keys = Keys(node, "章节", problems)
    sections, notes, applies = [], {}, {}
    for child in keys.children("节"):
        if child.is_scalar:
            sections.append(child.text)
            continue
        inner = Keys(child, "节", problems)
        title = inner.needed("名")
        sections.append(title)
        if note := inner.text("说明"):
            notes[title] = note
        if condition := inner.text("适用"):
            applies[title] = condition
        inner.finish()
    chapter = ChapterSpec(keys.needed("名"), tuple(sections), keys.text("说明"), notes, applies)
    keys.finish()
    return chapter


def _table(node: Node, notice: Notice, problems: list[Problem]) -> TableSpec:
    keys = Keys(node, "表", problems)
    source = keys.needed("取")
    columns = []
    for child in keys.children("栏"):
        inner = Keys(child, "栏", problems)
        path = inner.needed("取")
        columns.append(ColumnSpec(inner.text("名", path), path, inner.integer("宽") or 0))
        inner.finish()
    if not columns:
        columns = [
            ColumnSpec(_heading(field), name)
            for name, field in _columns(source, notice, node, problems).items()
        ]
    merged = tuple(_merged(name, columns, node, problems) for name in keys.texts("合并相同"))
    table = TableSpec(keys.needed("名"), source, tuple(columns), keys.text("在节后"), merged)
    keys.finish()
    return table


def _merged(name: str, columns: list[ColumnSpec], node: Node, problems: list[Problem]) -> str:
    """The heading of a column that 合并相同 names, by its heading or by its field."""
    for column in columns:
        if name in (column.heading, column.path):
            return column.heading
    known = "、".join(column.heading for column in columns)
    problems.append(
        error("未知栏", f"合并相同：这张表没有“{name}”这一栏", node.where(), f"这张表的栏：{known}")
    )
    return name


def _heading(field: Field) -> str:
    name = field.label or field.key
    return f"{name}（{field.unit}）" if field.unit else name


def _columns(
    source: str, notice: Notice, node: Node, problems: list[Problem]
) -> Mapping[str, Field]:
    for fields in notice.fields.values():
        field = fields.get(source)
        if field is not None and field.type is FieldType.TABLE:
            return field.fields
    problems.append(error("未知字段", f"没有“{source}”这个表", node.where()))
    return {}
