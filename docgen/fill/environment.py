"""The language as templates speak it: an absent fact blanks what it touches, every print is ours.

The syntax tree is changed before it is compiled: each printed expression goes to the rendering's
session (which knows the tag's slot and escapes), with the path of the fact that it prints; what `~`
joins is first written as documents write it; the steps of loops are counted.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

from jinja2 import nodes, pass_context
from jinja2.runtime import Context, StrictUndefined
from markupsafe import Markup

from docgen.fill.blanks import Blank
from docgen.fill.printed import text_of
from docgen.fill.renumber import MARK
from docgen.fill.slots import Slot, Source
from docgen.language import Environment, LanguageError
from docgen.language.environment import RENUMBER
from docgen.model.values import Missing, MissingValueError, Record

PRINT, WRITE, STEPS = "·print", "·write", "·steps"
SESSION = "·session"
TEXT = Slot("text")
_SEES_BLANKS = frozenset(["default", "d", "缺省", "string"])


class UnknownName(LanguageError):
    """A template names what is no fact; `owner` is the Record or Chapter asked, None at the top."""

    def __init__(self, name: str, owner: object = None) -> None:
        super().__init__(f"没有“{name}”这个名称")
        self.name, self.owner = name, owner


class Unknown(StrictUndefined):
    """Raises UnknownName wherever it is used."""

    __slots__ = ()

    def _fail_with_undefined_error(self, *_: Any, **__: Any) -> Any:
        owner = self._undefined_obj
        raise UnknownName(str(self._undefined_name), owner if _is_owner(owner) else None)

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _fail_with_undefined_error
    __truediv__ = __rtruediv__ = __floordiv__ = __rfloordiv__ = _fail_with_undefined_error
    __mod__ = __rmod__ = __pos__ = __neg__ = __call__ = __getitem__ = _fail_with_undefined_error
    __lt__ = __le__ = __gt__ = __ge__ = __int__ = __float__ = _fail_with_undefined_error
    __iter__ = __str__ = __len__ = __bool__ = __contains__ = _fail_with_undefined_error
    __eq__ = __ne__ = __hash__ = _fail_with_undefined_error


def _is_owner(value: object) -> bool:
    return isinstance(value, Record) or hasattr(value, "sections")


class Session(Protocol):
    """What one rendering of a part does with a printed value."""

    @property
    def source(self) -> Source: ...

    def print_value(self, value: object, slot: Slot, path: str, plain: bool) -> str: ...

    def count_steps(self, steps: int) -> None: ...


class FillEnvironment(Environment):
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
        self.filters["string"] = text_of
        self.filters["join"] = _passing_blanks(_joined(self.filters["join"]))
        self.filters |= {PRINT: _print, WRITE: text_of, STEPS: _steps}

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        bound = {n.name for n in tree.find_all(nodes.Name) if n.ctx in ("store", "param")}
        for joined in list(tree.find_all(nodes.Concat)):
            joined.nodes = [self._filter(part, WRITE) for part in joined.nodes]
        for output in list(tree.find_all(nodes.Output)):
            output.nodes = [
                part if isinstance(part, nodes.TemplateData) else self._printing(part, bound)
                for part in output.nodes
            ]
        for loop in tree.find_all(nodes.For):
            loop.iter = self._filter(loop.iter, STEPS)
        for data in tree.find_all(nodes.TemplateData):
            data.data = _escaped_braces(data.data)
        return tree

    def _printing(self, expression: nodes.Expr, bound: set[str]) -> nodes.Expr:
        trail = trail_of(expression)
        line = expression.lineno
        root: nodes.Expr = nodes.Const(None, lineno=line, environment=self)
        steps: tuple[str, ...] = ()
        static = ""
        if trail is not None:
            steps = trail.steps
            static = trail.root if trail.root not in bound else ""
            if steps:
                root = nodes.Name(trail.root, "load", lineno=line, environment=self)
        plain = trail is not None and trail.plain
        arguments = [
            nodes.Const(fact, lineno=line, environment=self)
            for fact in (line, static, steps, plain)
        ]
        return self._filter(expression, PRINT, [*arguments, root])

    def _filter(
        self, node: Any, name: str, arguments: list[nodes.Expr] | None = None
    ) -> nodes.Filter:
        return nodes.Filter(
            node, name, arguments or [], [], None, None, lineno=node.lineno, environment=self
        )

    def guard_node(self, node: nodes.Node) -> None:
        if isinstance(node, nodes.Filter) and node.name in (PRINT, WRITE, STEPS):
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
def _print(
    context: Context,
    value: object,
    line: int,
    static: str,
    steps: tuple[str, ...],
    plain: bool,
    root: object,
) -> str:
    """Hands a printed value to the rendering's session, with its slot and its path."""
    base = root.path if isinstance(root, Record) and root.path else static
    path = ".".join([base, *steps]) if base else ""
    session: Session = context.parent[SESSION]
    slot = session.source.slots[session.source.tag_at(line)] if session.source.slots else TEXT
    return session.print_value(value, slot, path, plain)


@pass_context
def _steps(context: Context, values: Any) -> Any:
    """What a loop runs over, counted: nothing small can run for ever."""
    items = list(values)
    context.parent[SESSION].count_steps(len(items))
    return items


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


def _joined(join: Callable[..., Any]) -> Callable[..., Any]:
    """Jinja's join, over the texts that documents print."""

    @functools.wraps(join)
    def wrapped(state: Any, values: Any, between: str = "", attribute: Any = None) -> Any:
        if attribute is not None:
            values = (state.environment.getitem(value, attribute) for value in values)
        return join(state, [text_of(value) for value in values], between)

    return wrapped


def _escaped_braces(text: str) -> str:
    """docxtpl's {_{ }_} {_% %_}, ways to print a delimiter."""
    for written, printed in (("{_{", "{{"), ("}_}", "}}"), ("{_%", "{%"), ("%_}", "%}")):
        text = text.replace(written, printed)
    return text


def names_printed(tree: nodes.Template) -> Iterator[Trail]:
    """The trails of all printed expressions (before `FillEnvironment` has changed the tree)."""
    for output in tree.find_all(nodes.Output):
        for part in output.nodes:
            trail = None if isinstance(part, nodes.TemplateData) else trail_of(part)
            if trail is not None:
                yield trail
