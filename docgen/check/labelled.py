"""What a text says beside the name of a field, against what the data say: 注册资本6000万元."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from docgen.check.comparing import printed
from docgen.language.capitals import CAPITAL, read_capitals
from docgen.language.money import UNITS
from docgen.model.dossier import Dossier
from docgen.model.notice import Field, FieldType
from docgen.model.values import Record

_LINK = re.compile(
    r"[\s:：|｜]*(?:（[^（）]{0,8}）)?[\s:：|｜]*(?:为|是|达到?|共|约|人民币)?[\s:：]*"
)
_ANOTHER = re.compile("(?:原|实缴|实收|认缴|集团|子公司|下属|对方|甲方|乙方)$")
_NUMBER = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*")
_DAY = re.compile(r"(\d{4})\s*[年.\-/]\s*(\d{1,2})\s*[月.\-/]\s*(\d{1,2})\s*日?")
_WORDS = re.compile(r"[^\s，,。；;、|｜:：]{2,40}")
_CODE = re.compile(r"[0-9A-Z]{15,20}(?![0-9A-Z])")
MONEY = UNITS["金额"]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A fact that a text may state: the words it stands beside, its value, where it was typed."""

    label: str
    value: object
    field: Field
    path: str


def facts_of(
    dossier: Dossier, facts: Record, fields: Mapping[str, Field], path: str
) -> Iterator[Labelled]:
    """The facts of one record (not below it) whose label tells what they are."""
    for key, field in fields.items():
        value = facts.get(key)
        label = field.label or key
        if len(label) >= 4 and isinstance(value, str | int | Decimal | date):
            yield Labelled(label, value, field, f"{path}.{key}" if path else key)


def stated(text: str, fact: Labelled) -> Iterator[tuple[str, bool]]:
    """(as written, whether that is the fact) for each value that `text` gives beside its label."""
    at = text.find(fact.label)
    while at >= 0:
        end = at + len(fact.label)
        link = _LINK.match(text, end)
        after = link.end() if link else end
        if not _ANOTHER.search(text[max(0, at - 4) : at]):
            told = _read(text, after, fact, joined=after == end)
            if told:
                yield told
        at = text.find(fact.label, end)


def _read(text: str, at: int, fact: Labelled, *, joined: bool) -> tuple[str, bool] | None:
    value = fact.value
    if isinstance(value, date):
        found = _DAY.match(text, at)
        if found is None:
            return None
        return found[0], tuple(map(int, found.groups())) == (value.year, value.month, value.day)
    if isinstance(value, str):
        if joined or fact.field.type is not FieldType.TEXT:
            return None
        pattern = _CODE if fact.field.format == "统一社会信用代码" else _WORDS
        found = pattern.match(text, at)
        return (found[0], _same_words(found[0], value)) if found else None
    return _amount(text, at, value, fact.field.unit)


def _same_words(written: str, value: str) -> bool:
    plain = re.sub(r"\s", "", value)
    return written.startswith(plain) or plain.startswith(written)


def _amount(text: str, at: int, value: object, unit: str) -> tuple[str, bool] | None:
    """A number with its unit; one in capitals; nothing where the unit is another kind's."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal) or not unit:
        return None
    if unit in MONEY and (spelled := CAPITAL.match(text, at)):
        told = read_capitals(spelled[0])
        return None if told is None else (spelled[0], told == value * Decimal(MONEY[unit]))
    found = _NUMBER.match(text, at)
    if found is None:
        return None
    number = Decimal(found[1].replace(",", ""))
    if unit in MONEY:
        other = next(
            (u for u in ("亿元", "万元", "千元", "元") if text.startswith(u, found.end())), ""
        )
        if not other:
            return None
        mine = Decimal(value) * Decimal(MONEY[unit]) / Decimal(MONEY[other])
        places = -int(number.as_tuple().exponent)
        return f"{found[1]}{other}", round(mine, places) == number
    if not text.startswith(unit, found.end()):
        return None
    return f"{found[1]}{unit}", number == value


def shown(fact: Labelled) -> str:
    """The fact as a message shows it."""
    return printed(fact.value, fact.field.unit)
