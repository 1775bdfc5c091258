"""What should tell candidates apart and does not: a phone, a mailbox, an account or a code of two.

Nothing of it is against an article by itself; a person has to ask.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from docgen.check.identity import FORMAT, units
from docgen.model.dossier import APPLICATION, CANDIDATES, Candidate, Dossier, Mark
from docgen.model.notice import Field
from docgen.model.values import Record, Rows
from docgen.problem import Problem, Severity, Verdict

CODE, NAME = "共用", "名称"
MOST_NAMED = 4
HINT = "向几家核实；确属同一家的只推荐一家，抄错的改正"
_FORMATS = frozenset({"电话", "邮箱", "银行账号", "身份证号"})
_BETWEEN = re.compile(r"[\s\-—－()（）]|^\+?86(?=1\d{10}$)")


def marks(dossier: Dossier) -> tuple[Mark, ...]:
    """What an applicant's data say that another's should not: its numbers, its units."""
    found = list(_numbers(dossier.own_facts, dossier.fields, ""))
    for unit in units(dossier):
        found.append(Mark(FORMAT, unit.code, unit.name))
        found.append(Mark(NAME, unit.name, unit.code))
    return tuple(dict.fromkeys(found))


def check_shared(dossier: Dossier) -> Iterator[Problem]:
    """For a person: each thing that two or more of a bureau's candidates share, once."""
    holders: dict[tuple[str, str], list[tuple[Candidate, Mark]]] = {}
    for candidate in dossier.candidates:
        known = candidate.marks
        for mark in marks(candidate.dossier) if known is None else known:
            holders.setdefault((mark.kind, mark.text), []).append((candidate, mark))
    told: dict[tuple[int, ...], tuple[list[Candidate], list[str]]] = {}
    for (kind, text), held in holders.items():
        who = list({candidate.number: candidate for candidate, _ in held}.values())
        if len(who) > 1 and (shared := _shared(kind, text, [mark for _, mark in held])):
            key = tuple(one.number for one in who)
            told.setdefault(key, (who, []))[1].append(shared)
    for who, all_shared in told.values():
        names = "".join(f"“{one.dossier.name}”" for one in who[:MOST_NAMED])
        more = f"等 {len(who)} 家" if len(who) > MOST_NAMED else ""
        said = f"{names}{more}：{'；'.join(dict.fromkeys(all_shared))}"
        place = dossier.tree.nearest(who[1].row.path)
        yield Problem(CODE, Severity.WARNING, said, place, None, HINT, Verdict.HUMAN)


def _shared(kind: str, text: str, held: list[Mark]) -> str:
    """What is said of a thing that several have; "" where it is no wonder. No number is told."""
    beside = list(dict.fromkeys(mark.beside for mark in held))
    if kind == FORMAT:
        return f"都有代码 {text}（{'、'.join(beside[:MOST_NAMED])}）"
    if kind == NAME:
        codes = "、".join(beside[:MOST_NAMED])
        return f"“{text}”的代码不一样（{codes}）" if len(beside) > 1 else ""
    return f"{'、'.join(beside[:MOST_NAMED])}相同"


def _numbers(facts: Record, fields: Mapping[str, Field], above: str) -> Iterator[Mark]:
    for key, value in facts.items():
        field = fields.get(key)
        if field is None or key in (APPLICATION, CANDIDATES):
            continue
        label = f"{above}{key}"
        if field.format in _FORMATS and isinstance(value, str):
            yield Mark(field.format, _BETWEEN.sub("", value).lower(), label)
        elif isinstance(value, Record):
            yield from _numbers(value, field.fields, f"{label}·")
        elif isinstance(value, Rows):
            for row in value:
                yield from _numbers(row, field.fields, f"{label}·")
