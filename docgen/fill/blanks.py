"""What an absent fact becomes in a template: it prints a hole, or nothing, and is never true.

A hole travels through the rendering as text between noncharacters, so it survives concatenation,
filters and loops; `holes` turns it into a highlighted run afterwards. The template's own Blank:

    {{ x }}            【待补：标签】 where the notice asks for it, nothing otherwise
    {% if x %}         false; so is every comparison
    {% for r in x %}   one row of holes where a required table is absent, none otherwise
"""

from __future__ import annotations

from typing import Any

from docgen.model.values import Missing, Record

START, MIDDLE, END = "\ufdd0", "\ufdd2", "\ufdd1"


def hole(path: str, label: str) -> str:
    """The text of a hole with its path, between noncharacters that no data may hold."""
    return f"{START}{path}{MIDDLE}【待补：{label}】{END}"


class Blank(Missing):
    """A Missing that a template may use; arithmetic with it stays blank, comparisons are false."""

    __slots__ = ()

    @classmethod
    def of(cls, missing: Missing) -> Blank:
        if isinstance(missing, Blank):
            return missing
        return cls(
            missing.path,
            missing.label,
            missing.where,
            required=missing.required,
            block=missing.block,
            rows=missing.rows,
        )

    def __str__(self, *_: object) -> Any:
        return hole(self.path, self.label or self.path) if self.required else ""

    def __bool__(self, *_: object) -> Any:
        return False

    def __len__(self, *_: object) -> Any:
        return 1 if self.rows and self.required else 0

    def __iter__(self, *_: object) -> Any:
        return iter([BlankRow(self)] if self.rows and self.required else [])

    def __hash__(self, *_: object) -> Any:
        return hash(self.path)

    def _never(self, *_: object) -> Any:
        return False

    __contains__ = __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = _never

    def _stays(self, *_: object) -> Any:
        return self

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _stays
    __truediv__ = __rtruediv__ = __floordiv__ = __rfloordiv__ = __mod__ = __rmod__ = _stays
    __neg__ = __pos__ = __abs__ = __getitem__ = __round__ = _stays


class BlankRow(Record):
    """The one row that stands for a required table nobody filled in: each column is a hole."""

    __slots__ = ("_table",)

    def __init__(self, table: Missing) -> None:
        super().__init__({}, f"{table.path}.1", table.where)
        self._table = table

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str)

    def __getitem__(self, key: str) -> object:
        table = self._table
        label = f"{table.label or table.path}·{key}"
        return Blank(f"{self.path}.{key}", label, table.where, required=True)
