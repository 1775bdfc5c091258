"""The language as templates speak it: an absent fact blanks what it touches, every print is ours.

The syntax tree is changed before it is compiled: what `~` joins is first written as documents write
it. Printing is the generator's (generator.py).
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from jinja2 import nodes, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from docgen.fill.blanks import Blank
from docgen.fill.renumber import MARK
from docgen.fill.unknown import Unknown
from docgen.fill.usual import UsualEnvironment, percent, shown_member
from docgen.language import LanguageError, borrowed
from docgen.language.bounds import measured
from docgen.language.environment import RENUMBER
from docgen.language.reading import glanced, taken
from docgen.model.values import Missing, MissingValueError, Record

WRITE = "·write"
SESSION = "·session"
_SEES_BLANKS = frozenset(["default", "d", "缺省", "string"])


class Session(Protocol):
    """What a rendering knows that filters ask: how a value is written."""

    def words(self, value: object) -> str: ...


class FillEnvironment(UsualEnvironment):
    """The sandbox for Word templates; it keeps no state between renderings."""

    def __init__(self) -> None:
        super().__init__(
            missing=Blank.of,
            templates=True,
            autoescape=True,
            cache_size=0,
            keep_trailing_newline=True,
        )
        self.undefined = Unknown
        self.filters = {
            name: function if name in _SEES_BLANKS else _passing_blanks(function)
            for name, function in self.filters.items()
        }
        self.globals = {
            name: function if name in ("namespace", "dict") else _passing_blanks(function)
            for name, function in self.globals.items()
            if callable(function)
        }
        self.globals[RENUMBER] = Markup(MARK)
        self.filters["之后"] = _rest_of(self.filters["之后"])
        self.filters["string"] = _write
        self.filters["join"] = _joined
        self.filters[WRITE] = _write

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        for joined in list(tree.find_all(nodes.Concat)):
            joined.nodes = [self._filter(part, WRITE) for part in joined.nodes]
        for data in tree.find_all(nodes.TemplateData):
            data.data = _escaped_braces(data.data)
        return tree

    def parse_source(self, source: str) -> nodes.Template:
        """The changed syntax tree; TemplateSyntaxError or LanguageError where it is refused."""
        return self._parse(source, None, None)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A member; the two kinds of rows that most loops run over come first."""
        kind = type(obj)
        if kind is dict:
            if attribute in obj:
                return obj[attribute]
        elif kind is Record:
            fact = obj.get(attribute, self)
            if fact is not self and not isinstance(fact, Missing):
                return fact
        shown = shown_member(obj, attribute, self)
        return self._member(obj, attribute) if shown is self else shown

    def getitem(self, obj: Any, argument: Any) -> Any:
        if isinstance(obj, range) and isinstance(argument, int | slice):
            obj = list(taken(obj))
        return super().getitem(obj, argument)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        if operator == "%" and isinstance(left, str) and not isinstance(right, Missing):
            return measured(percent(left, taken(right)))
        return super().call_binop(context, operator, left, right)

    def _filter(self, node: Any, name: str) -> nodes.Filter:
        return nodes.Filter(node, name, [], [], None, None, lineno=node.lineno, environment=self)

    def guard_node(self, node: nodes.Node) -> None:
        if isinstance(node, nodes.Filter) and node.name == WRITE:
            raise LanguageError(f"没有“{node.name}”这个过滤器", node.lineno)
        super().guard_node(node)


@dataclass(frozen=True, slots=True)
class Trail:
    """The fact that an expression prints: its first name, the members after it, and how."""

    root: str
    steps: tuple[str, ...] = field(default=())
    plain: bool = True


def trail_of(expression: nodes.Expr) -> Trail | None:
    """The trail of {{ a.b | filter }}; None for anything computed."""
    plain, node = True, expression
    while isinstance(node, nodes.Filter) and node.node is not None:
        plain, node = False, node.node
    steps: list[str] = []
    while isinstance(node, nodes.Getattr | nodes.Getitem):
        if isinstance(node, nodes.Getattr):
            steps.append(node.attr)
        elif isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str | int):
            key = node.arg.value
            steps.append(key if isinstance(key, str) else str(key + 1))
        else:
            return None
        node = node.node
    return Trail(node.name, tuple(reversed(steps)), plain) if isinstance(node, nodes.Name) else None


@pass_context
def _write(context: Context, value: object) -> str:
    """A value as the rendering writes it."""
    session: Session = context.parent[SESSION]
    return session.words(value)


def _passing_blanks(function: Callable[..., Any]) -> Callable[..., Any]:
    """The same function, except that an absent fact among its arguments is its result."""

    @functools.wraps(function)
    def wrapped(*arguments: Any, **options: Any) -> Any:
        for argument in arguments[:2]:
            if isinstance(argument, Missing) and function.__name__ != "either":
                return Blank.of(argument)
        try:
            return function(*arguments, **options)
        except MissingValueError as fault:
            return Blank.of(fault.missing)

    return wrapped


def _rest_of(after: Callable[..., Any]) -> Callable[..., Any]:
    """之后 prints nothing where nothing is left, or the chapter is absent (截至 told that)."""

    @functools.wraps(after)
    def wrapped(chapter: Any, title: str) -> Any:
        if isinstance(chapter, Missing):
            return ""
        rest = after(chapter, title)
        return rest if rest.sections else ""

    return wrapped


@pass_context
def _joined(context: Context, value: Any, d: Any = "", attribute: Any = None) -> Any:
    """Jinja's join by the names of its arguments, over the texts that documents print."""
    values, between = value, _write(context, d)
    if isinstance(values, Missing):
        return Blank.of(values)
    values = glanced(values)
    if attribute is not None:
        values = (context.environment.getitem(value, attribute) for value in values)
    texts = (_write(context, value) for value in values)
    return measured(borrowed.join(context.eval_ctx, texts, between))


def _escaped_braces(text: str) -> str:
    """docxtpl's {_{ }_} {_% %_}, ways to print a delimiter."""
    for written, printed in (("{_{", "{{"), ("}_}", "}}"), ("{_%", "{%"), ("%_}", "%}")):
        text = text.replace(written, printed)
    return text
