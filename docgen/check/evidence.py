"""证明材料: each listed file is there and readable, each cited code is listed, each code is one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from docgen.check.once import once_each
from docgen.check.rules import names_of_rule
from docgen.language.tables import codes_in
from docgen.model.dossier import Dossier
from docgen.model.notice import FieldType
from docgen.model.values import Choices, Missing, Record, Rows, text_at, walk
from docgen.problem import Problem, Where, error, warning

TABLE, CITED = "证明材料", "已引证明"
Cited = tuple[str, Where]
MEGABYTE = Decimal(1024 * 1024)


def check_evidence(dossier: Dossier, cited: Iterable[Cited]) -> Iterator[Problem]:
    """Problems of the evidence of an applicant whose notice has a 证明材料 table.

    `cited` are its `citations`. None where reading the data broke off before that table.
    """
    rows = dossier.facts.get(TABLE)
    broken_off = dossier.tree.cut and isinstance(rows, Missing)
    if not isinstance(rows, Rows | Missing) or broken_off:
        return
    listed: dict[str, Record] = {}
    for row in rows if isinstance(rows, Rows) else ():
        code = row.get("编号")
        if isinstance(code, str):
            if code in listed:
                first = listed[code].where.line
                message = f"证明材料编号 {code} 用了两次（第 {first} 行已有）"
                yield error("重复编号", message, _at(dossier, row, "编号"), "换一个编号")
            listed.setdefault(code, row)
        if dossier.evidence and not dossier.lone:
            yield from _file(dossier, row)
    named = sum(bool(text_at(row, "文件")) for row in listed.values())
    if named and not dossier.evidence and not dossier.lone:
        hint = "把扫描件放进去，文件名（含扩展名）和清单一致"
        said = f"证明材料文件夹不在或是空的，清单里的 {named} 件都没有"
        yield error("缺证明文件", said, dossier.tree.nearest(TABLE), hint)
    names = {text_at(row, "文件") for row in listed.values()}
    for name, file in dossier.evidence.items():
        if name not in names:
            hint = "列进“证明材料”，或从文件夹移走"
            yield warning("未列证明", f"证明材料文件夹里的“{name}”没有列进清单", file.where, hint)
    referred = set()
    for code, where in cited:
        referred.add(code)
        if code not in listed:
            yield _unlisted(code, where)
    if not dossier.lone and not _asked_by_a_rule(dossier):
        yield from _uncited(dossier, [row for code, row in listed.items() if code not in referred])


def _asked_by_a_rule(dossier: Dossier) -> bool:
    """Whether a rule of the notice itself looks at what is cited: it then says what is not."""
    return any(CITED in names_of_rule(rule) for rule in dossier.notice.rules)


def _uncited(dossier: Dossier, rows: list[Record]) -> Iterator[Problem]:
    """提醒 for what is attached and never referred to."""
    hint = "在用到它的地方写“（见证××）”，或填在表的“证明”栏；用不着的从清单删去"
    for row in rows:
        said = f"{text_at(row, '编号')}“{text_at(row, '名称')}”列了，没有一处引用"
        yield warning("未引证明", said, _at(dossier, row, "编号"), hint)


def _at(dossier: Dossier, row: Record, key: str) -> Where:
    return dossier.tree.nearest(f"{row.path}.{key}")


def _file(dossier: Dossier, row: Record) -> Iterator[Problem]:
    name = text_at(row, "文件")
    if not name:
        return
    place = _at(dossier, row, "文件")
    file = dossier.evidence.get(name)
    if file is None:
        hint = "把扫描件放进证明材料文件夹，文件名（含扩展名）要一致"
        yield error("缺证明文件", f"证明材料文件夹里没有“{name}”", place, hint)


def attachments(dossier: Dossier) -> object:
    """附件: the rows of 证明材料 with the 格式 (pdf, jpg, png or "") and 大小 (MB) of each file.

    What is not there has neither: a Missing each. All is missing where files are not known.
    """
    listed = dossier.facts.get(TABLE)
    if dossier.lone or not isinstance(listed, Rows):
        place = dossier.tree.nearest(TABLE)
        return Missing("附件", TABLE, place, reported=dossier.lone)
    rows = []
    for row in listed:
        file = dossier.evidence.get(text_at(row, "文件"))
        absent = Missing(f"{row.path}.文件", "文件", _at(dossier, row, "文件"))
        size = (Decimal(file.size) / MEGABYTE).quantize(Decimal("0.01")) if file else absent
        rows.append(row.with_facts({"格式": file.kind if file else absent, "大小": size}))
    return Rows(rows)


@once_each
def citations(dossier: Dossier) -> tuple[Cited, ...]:
    """Every evidence code that the prose or a 佐证 field names, with its place."""
    return tuple(_citations(dossier))


def _citations(dossier: Dossier) -> Iterator[Cited]:
    for passage in dossier.passages:
        for code in codes_in(passage.text):
            yield code, passage.where
    for path, value in walk(dossier.own_facts):
        field = dossier.field_at(path) if isinstance(value, Choices) else None
        if isinstance(value, Choices) and field and field.type is FieldType.EVIDENCE:
            for code in value:
                yield code, dossier.tree.nearest(path)


def _unlisted(code: str, where: Where) -> Problem:
    hint = "在“证明材料”里加上这一件，或改成已有的编号"
    return error("证明未列", f"引用了 {code}，证明材料清单里没有", where, hint)
