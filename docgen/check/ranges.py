"""Every value of a dossier against the bounds of its field (范围), or what is usual of its type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from docgen.check.comparing import comparable, printed
from docgen.check.judge import BOUNDS, evaluate, names_in_source
from docgen.language import LanguageError
from docgen.model.dossier import APPLICATION, Dossier
from docgen.model.notice import Field
from docgen.model.values import Missing, MissingValueError, Month, Percent, Record, Rows
from docgen.problem import Clause, Problem, Severity, error, warning

CODE = "范围"
YEARS = 1900, 2100  # a year that is none of these was most likely mistyped
WHOLE = Percent(1)
WORDS = {
    "不少于": "不能少于", "不超过": "不能超过", "超过": "要大于", "低于": "要小于",
    "不早于": "不能早于", "不晚于": "不能晚于",
}  # fmt: skip


def check_ranges(dossier: Dossier) -> Iterator[Problem]:
    """An error for each value that breaks its field's 范围, a warning for each unusual one.

    What is usual: no number below zero, no percentage above a hundred, no year out of YEARS.
    """
    yield from _below(dossier, dossier.own_facts, dossier.fields, "", {})


def _below(
    dossier: Dossier,
    facts: Record,
    fields: Mapping[str, Field],
    path: str,
    around: Mapping[str, Any],
) -> Iterator[Problem]:
    around = {**around, **facts}
    for key, value in facts.items():
        field = fields.get(key)
        if field is None or key == APPLICATION:
            continue
        here = f"{path}.{key}" if path else key
        if isinstance(value, Record):
            yield from _below(dossier, value, field.fields, here, around)
        elif isinstance(value, Rows):
            for number, row in enumerate(value, 1):
                yield from _below(dossier, row, field.fields, f"{here}.{number}", around)
        elif field.limits is None:
            yield from _unusual(dossier, value, field, here)
        elif field.limits and not isinstance(value, Missing):
            yield from _broken(dossier, value, field, here, around)


def _unusual(dossier: Dossier, value: object, field: Field, path: str) -> Iterator[Problem]:
    hint = "核对；真是这样的，在 字段.yaml 里给这一项写 范围"
    said = ""
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        if value < 0:
            said = f"是 {printed(value, field.unit)}，小于零"
        elif isinstance(value, Percent) and value > WHOLE:
            said = f"是 {printed(value)}，超过100%"
    elif isinstance(value, date | Month) and not YEARS[0] <= value.year <= YEARS[1]:
        said = f"是 {printed(value)}，年份多半写错了"
    if said:
        place = dossier.tree.nearest(path)
        yield warning(CODE, f"“{dossier.label(path)}”{said}", place, hint)


def _broken(
    dossier: Dossier, value: object, field: Field, path: str, around: Mapping[str, Any]
) -> Iterator[Problem]:
    for word, source in (field.limits or {}).items():
        try:
            bound = evaluate(source, around)
            left, right = comparable(value, bound)
            if BOUNDS[word](left, right):
                continue
        except (LanguageError, MissingValueError):
            continue  # the lint of packs tells of the expression, other checks of what is absent
        shown = printed(Percent(bound) if isinstance(value, Percent) else bound, field.unit)
        names = [dossier.label(_beside(dossier, path, name)) for name in names_in_source(source)]
        named = f"{'、'.join(names)}（{shown}）" if names else shown
        said = f"“{dossier.label(path)}”是 {printed(value, field.unit)}，{WORDS[word]}{named}"
        told = error(CODE, said, dossier.tree.nearest(path), field.note or "核对这一项")
        yield _with_clause(told, dossier, field)
        return


def _beside(dossier: Dossier, path: str, name: str) -> str:
    """The path of a name of the bound: in the row or group of the field, or at the top."""
    beside = f"{path.rpartition('.')[0]}.{name}"
    return beside if dossier.field_at(beside) is not None else name


def _with_clause(told: Problem, dossier: Dossier, field: Field) -> Problem:
    if not field.article:
        return told
    notice = dossier.notice.named(field.notice)
    clause = Clause(notice.slug, notice.number, field.article)
    return Problem(told.code, Severity.ERROR, told.message, told.where, clause, told.hint)
