"""Typed facts: what a data file says once the notice's fields have spoken.

A fact is str, int, Decimal, Percent, date, Month, Moment, bool, Choices, Chapter (正文), Evidence,
Image, Record (组) or Rows (表); one that nobody wrote is a `Missing`, neither true nor false.
"""

from __future__ import annotations

from collections.abc import Container, ItemsView, Iterator, KeysView, Mapping, ValuesView
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NoReturn

from docgen.problem import Where


class Percent(Decimal):
    """A ratio typed as a percentage: 23.5% is 0.235 and prints as it was typed."""

    @classmethod
    def typed(cls, text: str) -> Percent:
        return cls(Decimal(text.rstrip("%％ ")).scaleb(-2))

    def __str__(self) -> str:
        return f"{Decimal(self).scaleb(2):f}%"


@dataclass(frozen=True, slots=True)
class Month:
    """A month of a year (年月); compares with months, and with dates through its first day."""

    year: int
    month: int

    def __lt__(self, other: Month | date) -> bool:
        return self.first < _day(other)

    def __le__(self, other: Month | date) -> bool:
        return self.first <= _day(other)

    def __gt__(self, other: Month | date) -> bool:
        return self.first > _day(other)

    def __ge__(self, other: Month | date) -> bool:
        return self.first >= _day(other)

    @property
    def first(self) -> date:
        return date(self.year, self.month, 1)

    def __str__(self) -> str:
        return f"{self.year}年{self.month}月"


@dataclass(frozen=True, slots=True)
class Moment:
    """A day with hour and minute (时刻); compares with moments exactly, with dates by the day."""

    day: date
    hour: int
    minute: int = 0

    def _after(self, other: Moment | Month | date) -> int:
        """1, 0 or -1: whether this is later than, as early as, or earlier than `other`."""
        if not isinstance(other, Moment):
            return (self.day > _day(other)) - (self.day < _day(other))
        mine, its = ((one.day.toordinal(), one.hour, one.minute) for one in (self, other))
        return (mine > its) - (mine < its)

    def __lt__(self, other: Moment | Month | date) -> bool:
        return self._after(other) < 0

    def __le__(self, other: Moment | Month | date) -> bool:
        return self._after(other) <= 0

    def __gt__(self, other: Moment | Month | date) -> bool:
        return self._after(other) > 0

    def __ge__(self, other: Moment | Month | date) -> bool:
        return self._after(other) >= 0

    def __str__(self) -> str:
        day = self.day
        return f"{day.year}年{day.month}月{day.day}日{self.hour:02d}:{self.minute:02d}"


def _day(moment: Moment | Month | date) -> date:
    if isinstance(moment, Moment):
        return moment.day
    return moment.first if isinstance(moment, Month) else moment


class Choices(tuple[str, ...]):
    """The answers of a 多选, in the order typed."""

    def __str__(self) -> str:
        return "、".join(self)


@dataclass(frozen=True, slots=True)
class Image:
    """A picture named in the data: its bytes (PNG or JPEG) and the path typed."""

    data: bytes
    name: str

    def __str__(self) -> str:
        return self.name


class MissingValueError(Exception):
    """A judgement met a fact that is not there."""

    def __init__(self, missing: Missing) -> None:
        super().__init__(missing.path)
        self.missing = missing


class Missing:
    """A fact that nobody wrote. Using it in a judgement raises `MissingValueError`.

    `path` and `label` name the field, `where` the nearest place that stands in the data, `required`
    tells whether the notice asks for it here, `block` whether it would print paragraphs (正文),
    `rows` whether it would print rows (表), `reported` whether something stands there that could
    not be read, which has its own Problem.
    """

    __slots__ = ("block", "label", "path", "reported", "required", "rows", "where")

    def __init__(
        self,
        path: str,
        label: str,
        where: Where,
        *,
        required: bool = False,
        block: bool = False,
        rows: bool = False,
        reported: bool = False,
    ) -> None:
        self.path, self.label, self.where = path, label, where
        self.required, self.block, self.rows, self.reported = required, block, rows, reported

    def _use(self, *_: object) -> NoReturn:
        raise MissingValueError(self)

    __bool__ = __len__ = __iter__ = __contains__ = __hash__ = _use
    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = _use
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _use
    __truediv__ = __rtruediv__ = __floordiv__ = __mod__ = __neg__ = __pos__ = __abs__ = _use
    __int__ = __float__ = __str__ = __getitem__ = _use

    def __repr__(self) -> str:
        return f"Missing({self.path!r})"


class Record(Mapping[str, object]):
    """A group of facts by key; `path` is its dotted place in the data ("" at the top)."""

    __slots__ = ("_facts", "path", "where")

    def __init__(self, facts: Mapping[str, object], path: str, where: Where) -> None:
        self._facts, self.path, self.where = dict(facts), path, where

    def __getitem__(self, key: str) -> object:
        return self._facts[key]

    def get(self, key: str, default: object = None) -> object:
        """The fact, or `default`; Mapping's own would raise and catch for each absent one."""
        return self._facts.get(key, default)

    def __iter__(self) -> Iterator[str]:
        return iter(self._facts)

    def __len__(self) -> int:
        return len(self._facts)

    def __contains__(self, key: object) -> bool:
        return key in self._facts

    def keys(self) -> KeysView[str]:
        """As of a dict; Mapping's own views ask for each key again."""
        return self._facts.keys()

    def items(self) -> ItemsView[str, object]:
        return self._facts.items()

    def values(self) -> ValuesView[object]:
        return self._facts.values()

    def __hash__(self) -> int:
        return id(self)

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Record) and self._facts == other._facts)

    def __str__(self) -> str:
        return "、".join(f"{key}：{value}" for key, value in self._facts.items())

    def with_facts(self, facts: Mapping[str, object]) -> Record:
        return Record({**self._facts, **facts}, self.path, self.where)

    def without(self, key: str) -> Record:
        """The same but for one fact."""
        return self.only({other for other in self._facts if other != key})

    def only(self, keys: Container[str]) -> Record:
        """No more than the facts of these keys."""
        kept = {key: fact for key, fact in self._facts.items() if key in keys}
        return Record(kept, self.path, self.where)


def text_at(record: Record, key: str) -> str:
    """The text of a fact, "" where it is absent or no text."""
    value = record.get(key)
    return value if isinstance(value, str) else ""


class Rows(tuple[Record, ...]):
    """The rows of a 表, in the order typed; an empty one is an answer (none)."""


def walk(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    """Every fact that is not a Record or Rows with its dotted path (rows are counted from 1)."""
    if isinstance(value, Record):
        for key, fact in value.items():
            below = f"{path}.{key}" if path else key
            if isinstance(fact, (str, Missing)):  # most are, and need no walk of their own
                yield below, fact
            else:
                yield from walk(fact, below)
    elif isinstance(value, Rows):
        for number, row in enumerate(value, 1):
            yield from walk(row, f"{path}.{number}")
    else:
        yield path, value


def lookup(value: object, path: str) -> object | None:
    """The fact at a dotted path (rows counted from 1), or None where the path leads nowhere."""
    for step in path.split(".") if path else []:
        if isinstance(value, Record) and step in value:
            value = value[step]
        elif isinstance(value, Rows) and step.isdecimal() and 0 < int(step) <= len(value):
            value = value[int(step) - 1]
        elif isinstance(value, Missing):
            return value
        else:
            return None
    return value


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of what was typed, with its place: one paragraph, cell or value."""

    text: str
    where: Where

    def __str__(self) -> str:
        return self.text


class Passages(tuple[Passage, ...]):
    """All that was typed (全文); `词 in 全文` searches the text of every passage."""

    def __contains__(self, words: object) -> bool:
        return any(str(words) in passage.text for passage in self)


def rebase(value: object, path: str) -> object:
    """The same facts, told from a place of their own: each Record and Missing below gets `path`."""
    if isinstance(value, Record):
        members = {key: rebase(fact, f"{path}.{key}") for key, fact in value.items()}
        return Record(members, path, value.where)
    if isinstance(value, Rows):
        return Rows(
            row
            for number, fact in enumerate(value, 1)
            if isinstance(row := rebase(fact, f"{path}.{number}"), Record)
        )
    if isinstance(value, Missing):
        return Missing(
            path,
            value.label,
            value.where,
            required=value.required,
            block=value.block,
            rows=value.rows,
            reported=value.reported,
        )
    return value
