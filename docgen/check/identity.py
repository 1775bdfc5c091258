"""Who is who in a dossier: one 统一社会信用代码 for each name, one name for each of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from docgen.check.once import once_each
from docgen.model.dossier import APPLICATION, CANDIDATES, Dossier
from docgen.model.notice import Field, FieldType
from docgen.model.values import Record, Rows
from docgen.problem import Problem, Where, error

CODE = "身份"
FORMAT = "统一社会信用代码"
HINT = "对照两家的执照，改正抄错的一处"


@dataclass(frozen=True, slots=True)
class Unit:
    """A name and a code that stand together, and the paths at which they were typed."""

    name: str
    code: str
    name_path: str
    code_path: str


@once_each
def units(dossier: Dossier) -> tuple[Unit, ...]:
    """Every unit of which the data give name and code: the applicant itself, then those of rows."""
    return tuple(_units(dossier.own_facts, dossier.fields, ""))


def check_identity(dossier: Dossier) -> Iterator[Problem]:
    """An error where a code stands with two names, or a name with two codes."""
    by_code: dict[str, Unit] = {}
    by_name: dict[str, Unit] = {}
    for unit in units(dossier):
        first = by_code.setdefault(unit.code, unit)
        if first.name != unit.name:
            said = f"“{unit.name}”的代码 {unit.code} 与“{first.name}”（{{}}）的相同"
            yield _told(dossier, said, unit.code_path, first.code_path)
        first = by_name.setdefault(unit.name, unit)
        if first.code != unit.code:
            said = f"“{unit.name}”的代码这里是 {unit.code}，{{}}是 {first.code}"
            yield _told(dossier, said, unit.code_path, first.code_path)


def _told(dossier: Dossier, said: str, path: str, other: str) -> Problem:
    there = dossier.tree.nearest(other)
    place = f"{dossier.label(other)}，{line_of(there)}"
    named = f"“{dossier.label(path)}”：{said.format(place)}"
    return error(CODE, named, dossier.tree.nearest(path), HINT)


def line_of(where: Where) -> str:
    """A second place as a message names it: the line of the data, or the file and page."""
    if where.line and not where.spot:
        return f"{where.file.rpartition('/')[2]} 第 {where.line} 行"
    return " ".join(filter(None, [where.file.rpartition("/")[2], where.spot]))


def _units(facts: Record, fields: Mapping[str, Field], path: str) -> Iterator[Unit]:
    coded = next((key for key, field in fields.items() if field.format == FORMAT), "")
    named = next((key for key, field in fields.items() if _is_name(field)), "")
    name, code = facts.get(named), facts.get(coded)
    if isinstance(name, str) and isinstance(code, str):
        above = f"{path}." if path else ""
        yield Unit(name, code, above + named, above + coded)
    for key, value in facts.items():
        field = fields.get(key)
        if field is None or not field.fields or key in (APPLICATION, CANDIDATES):
            continue
        here = f"{path}.{key}" if path else key
        if isinstance(value, Record):
            yield from _units(value, field.fields, here)
        elif isinstance(value, Rows):
            for number, row in enumerate(value, 1):
                yield from _units(row, field.fields, f"{here}.{number}")


def _is_name(field: Field) -> bool:
    return field.type is FieldType.TEXT and field.key.endswith("名称")
