"""Bytes of a YAML file → Node: every scalar as typed, every key and value with its line and column.

PyYAML's C parser gives the events; nothing of YAML's own typing is used. What a person can mend is
found in one go (`slips`); a syntax error ends the reading of its own file, is told in Chinese
(`syntax`), and comes with what was found before it and, where it is certain, after it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, Final

import yaml

from docgen.load.codes import capped
from docgen.load.letters import without_invisibles
from docgen.load.text import LIMIT, characters, scrub
from docgen.load.yaml import slips
from docgen.load.yaml.source import Role, Scalar, Source
from docgen.load.yaml.syntax import Failure, explain
from docgen.model.tree import Node
from docgen.problem import Outcome, Problem, Severity, Where, error

MAX_DEPTH: Final = 40
MAX_NODES: Final = 50_000
_NULLS: Final = frozenset({"", "~", "null", "Null", "NULL"})
_SPOILING: Final = frozenset({"字符", "别名", "标签", "多文档"})


def read_yaml(data: bytes, file: str, limit: int = LIMIT) -> Outcome[Node]:
    """The tree of one YAML file; `file` is its name in messages.

    Every scalar is text: quotes off, escapes resolved, else as typed; a plain scalar over several
    lines joins without a space between hanzi; "", ~ and null are "". A block scalar's place is that
    of its first line of text. An empty file is a scalar "".

    Problems come all at once, in the order of the file. No value where the file is not what it
    seems: 编码, 字符, 过大, tags, references, two documents. After a syntax error the value holds
    what was read before it, each Node that it broke off marked `cut`. Slips and duplicate keys come
    with a value; of two equal keys the first stands.
    """
    text, problems = scrub(data, file, limit)
    if text is None:
        return Outcome(None, problems)
    reader = _Reader(text, file)
    node = reader.document()
    found = _once([*problems, *reader.problems])
    spoiled = any(p.code in _SPOILING and p.severity is Severity.ERROR for p in found)
    return Outcome(None if spoiled else node, found)


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

    def __init__(self, text: str, file: str) -> None:
        self.source = Source(file, text.split("\n"))
        self.file = file
        self.problems: list[Problem] = []
        self.events = _events(text)
        self.path: list[str] = []
        self.count = 0
        self.last: Scalar | None = None
        self.failure: yaml.MarkedYAMLError | None = None

    def document(self) -> Node | None:
        """The one document, or None where reading broke off."""
        node: Node | None = None
        try:
            for event in self.events:
                if isinstance(event, yaml.DocumentStartEvent):
                    if node is not None:
                        hint = "删去 ---，或拆成两个文件"
                        self._refuse("多文档", event, "一个文件里有两份数据（---）", hint)
                        return None
                    node = self._node(next(self.events), 1)
        except yaml.MarkedYAMLError as failure:
            self.failure = self.failure or failure
        except _TooMuchError:
            return None
        if self.failure is not None:
            self.problems += explain(_failure(self.failure), self.source, self.last)
            return node if node is not None else Node("", self.file, cut=True)
        return Node("", self.file) if node is None else node

    def _node(
        self,
        event: yaml.Event,
        depth: int,
        key: Scalar | None = None,
        role: Role = Role.ROOT,
        flow: bool = False,
    ) -> Node:
        self._admit(event, depth)
        place, quoted, cut = _start(event), False, False
        value: str | list[Node] | dict[str, Node] = ""
        if isinstance(event, yaml.ScalarEvent):
            scalar = _scalar(event)
            place, quoted = self.source.first(scalar), scalar.is_quoted
            value = self._text(scalar, role, flow)
        elif isinstance(event, yaml.SequenceStartEvent):
            value = self._sequence(depth, bool(event.flow_style))
            cut = self.failure is not None
        elif isinstance(event, yaml.MappingStartEvent):
            value = self._mapping(depth, bool(event.flow_style))
            cut = self.failure is not None
        line, column = place[0] + 1, place[1] + 1
        if key is None:
            return Node(value, self.file, line, column, quoted=quoted, cut=cut)
        return Node(value, self.file, line, column, key.line + 1, key.column + 1, quoted, cut)

    def _text(self, scalar: Scalar, role: Role, flow: bool) -> str:
        self.last = scalar
        where = self._where(self.source.first(scalar))
        self.problems += slips.in_scalar(self.source, scalar, role, flow, where)
        if scalar.style == '"':
            self.problems += characters(scalar.text, where)
        if not scalar.is_plain:
            return scalar.text
        return "" if scalar.text in _NULLS else self.source.unfold(scalar)

    def _sequence(self, depth: int, flow: bool) -> list[Node]:
        items: list[Node] = []
        words: list[Scalar] = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent | None):
            self.path.append(str(len(items) + 1))
            if isinstance(event, yaml.ScalarEvent):
                words.append(_scalar(event))
            items.append(self._node(event, depth + 1, None, Role.ITEM, flow))
            self.path.pop()
        if items:
            items[-1] = self._untangled(items[-1])
        if not flow and any(item.is_mapping for item in items):
            for scalar in words:
                self.problems += slips.among_groups(self.source, scalar)
        return items

    def _mapping(self, depth: int, flow: bool) -> dict[str, Node]:
        members: dict[str, Node] = {}
        seen: dict[str, Where] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent | None):
            if not isinstance(event, yaml.ScalarEvent):
                hint = "键写成一个词；若是文字，给它加引号"
                self._refuse("键", event, "键是一个列表、分组或引用，不是一个词", hint)
                self._node(event, depth + 1, None, Role.ITEM, flow)
                if (value := self._next()) is not None:
                    self._node(value, depth + 1, None, Role.VALUE, flow)
                continue
            self._admit(event, depth)
            key = self.last = _scalar(event)
            where = self._where((key.line, key.column))
            self.problems += slips.in_key(self.source, key, where)
            name = without_invisibles(key.text)
            self._remember(key, name, seen)
            self.path.append(name)
            if (value := self._next()) is None:
                lost = Node("", self.file, key.line + 1, key.column + 1, key.line + 1, cut=True)
                members.setdefault(name, lost)
                break
            if flow and isinstance(value, yaml.ScalarEvent):
                self.problems += slips.in_pair(self.source, key, _scalar(value), where)
            node = self._node(value, depth + 1, key, Role.VALUE, flow)
            members.setdefault(name, node)
            self.path.pop()
        if members:
            name = next(reversed(members))
            members[name] = self._untangled(members[name])
        return members

    def _untangled(self, node: Node) -> Node:
        """Without the text of a plain scalar that ran on into the line where YAML gave up."""
        if self.failure is None or self.last is None or not self.last.is_plain:
            return node
        ran_on = self.last.end_line == _failure(self.failure).at[0]
        is_last = (node.line, node.column) == (self.last.line + 1, self.last.column + 1)
        return replace(node, value="", cut=True) if ran_on and is_last and node.is_scalar else node

    def _next(self) -> yaml.Event | None:
        """The next event; None where the parser has stumbled, here or deeper."""
        if self.failure is None:
            try:
                return next(self.events)
            except yaml.MarkedYAMLError as failure:
                self.failure = failure
        return None

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

    def _admit(self, event: yaml.Event, depth: int) -> None:
        """Count a value or key; refuse references and tags, and stop where there is too much."""
        self.count += 1
        if depth > MAX_DEPTH or self.count > MAX_NODES:
            deep = depth > MAX_DEPTH
            said = f"嵌套超过 {MAX_DEPTH} 层" if deep else f"内容超过 {MAX_NODES} 项"
            hint = "减少层次；多半是缩进或括号写多了" if deep else "拆成几个文件，表格改用 Excel"
            self._refuse("过大", event, said, hint)
            raise _TooMuchError
        if isinstance(event, yaml.AliasEvent):
            hint = "若是文字，给整个值加引号；若是引用，改为抄写"
            self._refuse("别名", event, "以 * 开头的值被 YAML 当作别名", hint)
        elif getattr(event, "anchor", None) is not None:
            hint = "若是文字，给整个值加引号；若是锚点，删去"
            self._refuse("别名", event, "以 & 开头的值被 YAML 当作锚点", hint)
        if (tag := getattr(event, "tag", None)) is not None:
            hint = "若是文字，给整个值加引号；若是标签，删去"
            self._refuse("标签", event, f"以 ! 开头的值被 YAML 当作标签（{tag}）", hint)

    def _refuse(self, code: str, event: yaml.Event, message: str, hint: str) -> None:
        self.problems.append(error(code, message, self._where(_start(event)), hint))

    def _where(self, place: tuple[int, int], name: str = "") -> Where:
        path = ".".join([*self.path, name] if name else self.path)
        return self.source.where(*place, path)


def _events(text: str) -> Iterator[yaml.Event]:
    """The parser's events; `yaml.MarkedYAMLError` where it stumbles."""
    try:
        from yaml import CSafeLoader
    except ImportError:  # PyYAML built without libyaml: the same events, slower
        return iter(yaml.parse(text, Loader=yaml.SafeLoader))
    return iter(yaml.parse(text, Loader=CSafeLoader))


def _place(mark: Any) -> tuple[int, int]:
    return (mark.line, mark.column) if mark is not None else (0, 0)


def _start(event: yaml.Event) -> tuple[int, int]:
    return _place(event.start_mark)


def _scalar(event: yaml.ScalarEvent) -> Scalar:
    return Scalar(event.value, event.style or "", *_start(event), *_place(event.end_mark))


def _failure(said: yaml.MarkedYAMLError) -> Failure:
    at = _place(said.problem_mark or said.context_mark)
    opened = _place(said.context_mark) if said.context_mark else at
    return Failure(said.context or "", opened, said.problem or "", at)
