"""Reads a mapping with known keys; a Problem for each key that is unknown or of a wrong kind."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time
from typing import TypeVar

from docgen.language.spelling import nearest
from docgen.model.tree import Node
from docgen.model.values import Moment
from docgen.problem import Problem, error

E = TypeVar("E")

YES, NO = ("是", "true", "yes"), ("否", "false", "no")


def unknown_key(node: Node, key: str, known: Iterable[str], what: str) -> Problem:
    """The Problem for a key that nothing reads."""
    near = nearest(key, known)
    hint = f"是不是“{near}”？" if near else "删去，或对照字段清单改名"
    return error("未知键", f"{what}里没有“{key}”这一项", node.where_key(key), hint)


class Keys:
    """One mapping of a pack file; `finish` reports the keys that were never asked for."""

    def __init__(self, node: Node, what: str, problems: list[Problem]) -> None:
        self.node, self.what, self.problems = node, what, problems
        self._asked: set[str] = set()
        if not node.is_mapping:
            self.complain(node, f"{what}应写成“键: 值”的形式")

    def complain(self, node: Node, message: str, hint: str = "") -> None:
        self.problems.append(error("写法", message, node.where(), hint))

    def ask(self, key: str) -> Node | None:
        """The Node at `key`; None where it is absent or empty."""
        self._asked.add(key)
        node = self.node.get(key)
        return None if node is None or (node.is_scalar and not node.text) else node

    def has(self, key: str) -> bool:
        return self.ask(key) is not None

    def text(self, key: str, default: str = "") -> str:
        node = self.ask(key)
        if node is None:
            return default
        if not node.is_scalar:
            self.complain(node, f"“{key}”应是一段文字")
            return default
        return node.text

    def needed(self, key: str) -> str:
        text = self.text(key)
        if not text and not (self.node.get(key) and not self.node.mapping[key].is_scalar):
            self.complain(self.node, f"{self.what}缺“{key}”")
        return text

    def flag(self, key: str, default: bool = False) -> bool:
        text = self.text(key)
        if text in YES:
            return True
        if text in NO:
            return False
        if text:
            self.complain(self.node.mapping[key], f"“{key}”只能写 是 或 否，现在是“{text}”")
        return default

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; a single text counts as a list of one."""
        node = self.ask(key)
        if node is None:
            return ()
        if node.is_scalar:
            return (node.text,)
        if any(not item.is_scalar for item in node.items) or node.is_mapping:
            self.complain(node, f"“{key}”应是一组文字")
            return ()
        return tuple(item.text for item in node.items)

    def integer(self, key: str) -> int | None:
        text = self.text(key)
        if text and not text.isdecimal():
            self.complain(self.node.mapping[key], f"“{key}”应是整数，现在是“{text}”")
            return None
        return int(text) if text else None

    def day(self, key: str) -> date | None:
        text = self.text(key)
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            self.complain(
                self.node.mapping[key], f"“{key}”应是 2026-06-10 这样的日期，现在是“{text}”"
            )
            return None

    def moment(self, key: str) -> tuple[date | None, Moment | None]:
        """A day, and the hour of it where one is written: 2026-06-10 17:00."""
        text = self.text(key)
        written, _, hour = text.partition(" ")
        try:
            end = date.fromisoformat(written) if text else None
            at = time.fromisoformat(hour.strip()) if hour else None
        except ValueError:
            said = f"“{key}”应是 2026-06-10 或 2026-06-10 17:00 这样，现在是“{text}”"
            self.complain(self.node.mapping[key], said)
            return None, None
        return end, Moment(end, at.hour, at.minute) if end and at else None

    def choice(self, key: str, kind: type[E], default: E | None = None) -> E | None:
        """A member of an Enum by its value."""
        text = self.text(key)
        if not text:
            return default
        try:
            return kind(text)  # type: ignore[call-arg]
        except ValueError:
            words = "、".join(str(member.value) for member in kind)  # type: ignore[attr-defined]
            self.complain(self.node.mapping[key], f"“{key}”只能是{words}之一，现在是“{text}”")
            return default

    def children(self, key: str) -> list[Node]:
        """The items of a list of mappings."""
        node = self.ask(key)
        if node is None:
            return []
        if not node.is_sequence:
            self.complain(node, f"“{key}”应是一组，每项前加“- ”")
        return node.items

    def members(self, key: str) -> dict[str, Node]:
        """The members of a mapping."""
        node = self.ask(key)
        if node is None:
            return {}
        if not node.is_mapping:
            self.complain(node, f"“{key}”应写成“键: 值”的形式")
        return node.mapping

    def finish(self) -> None:
        for key, node in self.node.mapping.items():
            if key not in self._asked:
                self.problems.append(unknown_key(node, key, self._asked, self.what))
