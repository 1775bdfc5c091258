"""Bytes of a YAML file → Node: every scalar as typed, every key and value with its line and column.

Nothing of YAML's own typing is used. What a person can mend is found in one go (`slips`); a syntax
error ends the reading of its own file, is told in Chinese (`syntax`), and comes with what was found
before it and, where it is certain, after it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from docgen.load.codes import capped
from docgen.load.letters import without_invisibles
from docgen.load.text import LIMIT, characters, scrub
from docgen.load.yaml import slips
from docgen.load.yaml.events import Event, Failure, Kind, StumbleError, events
from docgen.load.yaml.ordinary import MAX_DEPTH, MAX_NODES, NULLS, ordinary_tree
from docgen.load.yaml.source import Role, Scalar, Source
from docgen.load.yaml.syntax import explain
from docgen.model.tree import Node
from docgen.problem import Outcome, Problem, Severity, Where, error

_SPOILING: Final = frozenset({"字符", "别名", "标签", "多文档"})


def read_yaml(data: bytes, file: str, limit: int = LIMIT, most: int = MAX_NODES) -> Outcome[Node]:
    """The tree of one YAML file; `file` is its name in messages.

    `limit` is in bytes, `most` in keys and values.

    Every scalar is text: quotes off, escapes resolved, else as typed; a plain scalar over several
    lines joins without a space between hanzi; "", ~ and null are "". A block scalar's place is that
    of its first line of text. An empty file is a scalar "".

    Problems come all at once, in the order of the file. No value where there is none to have:
    编码, 过大, two documents. After a syntax error the value holds what was read before it, each
    Node that it broke off marked `cut`; a file with tags, references or bad characters is marked
    so as a whole: it can be checked, not used. Slips and duplicate keys come with a value; of two
    equal keys the first stands.
    """
    text, problems = scrub(data, file, limit)
    if text is None:
        return Outcome(None, problems)
    if not problems and (tree := ordinary_tree(text, file, most)) is not None:
        return Outcome(tree)
    reader = _Reader(text, file, most)
    node = reader.document()
    found = _once([*problems, *reader.problems])
    spoiled = any(p.code in _SPOILING and p.severity is Severity.ERROR for p in found)
    return Outcome(replace(node, cut=True) if node and spoiled else node, found)


def _once(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """In the order of the file, each code once at a place, an error before a warning."""
    kept: dict[tuple[int, int, str], Problem] = {}
    for problem in sorted(problems, key=lambda p: p.severity is not Severity.ERROR):
        where = problem.where
        kept.setdefault((where.line or 0, where.column or 0, problem.code), problem)
    return capped([kept[place] for place in sorted(kept)])


class _TooMuchError(Exception):
    """The file is deeper or longer than anything a person writes."""


class _Reader:
    """One pass over the events of one file."""

    def __init__(self, text: str, file: str, most: int) -> None:
        self.most = most
        self.source = Source(file, text.split("\n"))
        self.problems: list[Problem] = []
        self.events = events(text)
        self.path: list[str] = []
        self.count = 0
        self.last: Scalar | None = None
        self.failure: Failure | None = None

    def document(self) -> Node | None:
        """The one document, as far as it could be read; None where it cannot be used."""
        node: Node | None = None
        try:
            while (event := self._next()) is not None:
                if event.kind is Kind.DOCUMENT and node is not None:
                    hint = "删去 ---，或拆成两个文件"
                    self._refuse("多文档", event, "一个文件里有两份数据（---）", hint)
                    return None
                if event.kind is not Kind.DOCUMENT:
                    node = self._node(event, 1)
        except _TooMuchError:
            return None
        if self.failure is not None:
            self.problems += explain(self.failure, self.source, self.last)
        if node is None:
            return Node("", self.source.file, cut=self.failure is not None)
        return self._untangled(node)

    def _next(self) -> Event | None:
        """The next event; None at the end, or where the parser has stumbled."""
        try:
            return next(self.events, None)
        except StumbleError as stumble:
            self.failure = stumble.failure
        return None

    def _node(
        self,
        event: Event,
        depth: int,
        key: Scalar | None = None,
        role: Role = Role.ROOT,
        flow: bool = False,
    ) -> Node:
        self._admit(event, depth)
        place, quoted, cut = (event.line, event.column), False, False
        value: str | list[Node] | dict[str, Node] = ""
        if event.scalar is not None:
            place, quoted = self.source.first(event.scalar), event.scalar.is_quoted
            value = self._text(event.scalar, role, flow)
        elif event.kind is Kind.ALIAS:
            cut = True  # refused: what it stands for is not known
        else:
            read = self._mapping if event.kind is Kind.MAPPING else self._sequence
            value = read(depth, event.flow)
            cut = self.failure is not None
        node = Node(value, self.source.file, place[0] + 1, place[1] + 1, quoted=quoted, cut=cut)
        if key is None:
            return node
        return replace(node, key_line=key.line + 1, key_column=key.column + 1)

    def _text(self, scalar: Scalar, role: Role, flow: bool) -> str:
        self.last = scalar
        where = self._where(self.source.first(scalar))
        self.problems += slips.in_scalar(self.source, scalar, role, flow, where)
        if scalar.style == '"':
            found = characters(scalar.text, where)
            self.problems += [replace(problem, where=where) for problem in found]
        if not scalar.is_plain:
            return scalar.text
        return "" if scalar.text in NULLS else self.source.unfold(scalar)

    def _sequence(self, depth: int, flow: bool) -> list[Node]:
        items: list[Node] = []
        words: list[Scalar] = []
        while (event := self._next()) is not None and event.kind is not Kind.END:
            self.path.append(str(len(items) + 1))
            items.append(self._node(event, depth + 1, None, Role.ITEM, flow))
            self.path.pop()
            if event.scalar is not None:
                words.append(event.scalar)
        if items:
            items[-1] = self._untangled(items[-1])
        if not flow and any(item.is_mapping for item in items):
            for scalar in words:
                self.problems += slips.among_groups(self.source, scalar)
        return items

    def _mapping(self, depth: int, flow: bool) -> dict[str, Node]:
        members: dict[str, Node] = {}
        seen: dict[str, Where] = {}
        name = ""
        while (event := self._next()) is not None and event.kind is not Kind.END:
            key = event.scalar
            if key is None:
                hint = "键写成一个词；若是文字，给它加引号"
                self._refuse("键", event, "键是一个列表、分组或引用，不是一个词", hint)
                self._node(event, depth + 1, None, Role.ITEM, flow)
                if (value := self._next()) is not None:
                    self._node(value, depth + 1, None, Role.VALUE, flow)
                continue
            self._admit(event, depth)
            self.last = key
            where = self._where((key.line, key.column))
            self.problems += slips.in_key(self.source, key, where)
            name = without_invisibles(key.text)
            self._remember(key, name, seen)
            self.path.append(name)
            value = self._next()
            if value is None:
                line, column = key.line + 1, key.column + 1
                lost = Node("", self.source.file, line, column, line, column, cut=True)
                members.setdefault(name, lost)
                break
            if flow and value.scalar is not None:
                self.problems += slips.in_pair(self.source, key, value.scalar, where)
            members.setdefault(name, self._node(value, depth + 1, key, Role.VALUE, flow))
            self.path.pop()
        if name in members:
            members[name] = self._untangled(members[name])
        return members

    def _untangled(self, node: Node) -> Node:
        """Without the text of a scalar that runs into the line where the parser gave up."""
        if self.failure is None or self.last is None or self.last.is_block:
            return node
        ran_on = self.last.end_line == self.failure.at[0] and node.is_scalar
        is_last = (node.line, node.column) == (self.last.line + 1, self.last.column + 1)
        return replace(node, value="", cut=True) if ran_on and is_last else node

    def _remember(self, key: Scalar, name: str, seen: dict[str, Where]) -> None:
        """Refuse a key that the mapping already has, or that merges another mapping."""
        where = self._where((key.line, key.column), name)
        same = unicodedata.normalize("NFKC", name)
        if name == "<<" and key.is_plain:
            said = "合并键 << 不能用"
            self.problems.append(error("别名", said, where, "把要用的内容抄写在这里"))
        elif (first := seen.get(same)) is not None:
            said = f"“{name}”写了两次：第 {first.line} 行和第 {where.line} 行"
            self.problems.append(error("重复键", said, where, "留下正确的一处，删去另一处"))
        seen.setdefault(same, where)

    def _admit(self, event: Event, depth: int) -> None:
        """Count a value or key; refuse references and tags, and stop where there is too much."""
        self.count += 1
        if depth > MAX_DEPTH or self.count > self.most:
            deep = depth > MAX_DEPTH
            said = f"嵌套超过 {MAX_DEPTH} 层" if deep else f"内容超过 {self.most} 项"
            hint = "减少层次；多半是缩进或括号写多了" if deep else "拆成几个文件，表格改用 Excel"
            self._refuse("过大", event, said, hint)
            raise _TooMuchError
        if event.kind is Kind.ALIAS:
            hint = "若是文字，给整个值加引号；若是别名，改为抄写"
            self._refuse("别名", event, "以 * 开头的值被 YAML 当作别名", hint)
        if event.anchored:
            hint = "若是文字，给整个值加引号；若是锚点，删去"
            self._refuse("别名", event, "以 & 开头的值被 YAML 当作锚点", hint)
        if event.tag:
            hint = "若是文字，给整个值加引号；若是标签，删去"
            self._refuse("标签", event, f"以 ! 开头的值被 YAML 当作标签（{event.tag}）", hint)

    def _refuse(self, code: str, event: Event, message: str, hint: str) -> None:
        self.problems.append(error(code, message, self._where((event.line, event.column)), hint))

    def _where(self, place: tuple[int, int], name: str = "") -> Where:
        path = ".".join([*self.path, name] if name else self.path)
        return self.source.where(*place, path)
