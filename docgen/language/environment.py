"""A Jinja environment that can only compute: nodes, attributes, filters and sizes are allow-listed.

Numbers are exact, literals too: 0.10 is a Decimal, 1/3 is computed in 28 digits. Attributes reach
facts, a few harmless methods of text and dicts, and the loop; nothing else of Python.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NoReturn

from jinja2 import StrictUndefined, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import SecurityError, TemplateSyntaxError, UndefinedError
from jinja2.runtime import LoopContext, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace

from docgen.language import filters
from docgen.model.blocks import Chapter, Section
from docgen.model.values import Missing, Month, Record, Rows

__all__ = ["Environment", "LanguageError", "SecurityError", "TemplateSyntaxError", "UndefinedError"]

LARGEST_TEXT = 1_000_000
LONGEST_RANGE = 10_000

EXPRESSION_NODES = (
    nodes.Name, nodes.Const, nodes.TemplateData, nodes.Tuple, nodes.List, nodes.Dict, nodes.Pair,
    nodes.Keyword, nodes.CondExpr, nodes.Filter, nodes.Test, nodes.Call, nodes.Getitem,
    nodes.Getattr, nodes.Slice, nodes.Concat, nodes.Compare, nodes.Operand, nodes.Mul, nodes.Div,
    nodes.FloorDiv, nodes.Add, nodes.Sub, nodes.Mod, nodes.Not, nodes.And, nodes.Or, nodes.Neg,
    nodes.Pos,
)  # fmt: skip
TEMPLATE_NODES = (
    nodes.Template, nodes.Output, nodes.For, nodes.If, nodes.Assign, nodes.AssignBlock, nodes.With,
    nodes.Macro, nodes.CallBlock, nodes.FilterBlock, nodes.NSRef, nodes.ScopedEvalContextModifier,
    nodes.EvalContextModifier, nodes.Scope,
)  # fmt: skip
NODE_NAMES = {
    "Pow": "乘方（**）",
    "Include": "include",
    "Import": "import",
    "FromImport": "from … import",
    "Extends": "extends",
    "Block": "block",
}

TEXT_METHODS = frozenset(
    [
        "upper",
        "lower",
        "title",
        "capitalize",
        "strip",
        "lstrip",
        "rstrip",
        "split",
        "rsplit",
        "splitlines",
        "replace",
        "startswith",
        "endswith",
        "find",
        "count",
        "index",
        "join",
        "zfill",
        "isdigit",
        "isalpha",
        "partition",
        "rpartition",
    ]
)
MAPPING_METHODS = frozenset(["items", "keys", "values", "get"])
LOOP_MEMBERS = frozenset(
    [
        "index",
        "index0",
        "revindex",
        "revindex0",
        "first",
        "last",
        "length",
        "cycle",
        "depth",
        "depth0",
        "previtem",
        "nextitem",
        "changed",
    ]
)
DATE_MEMBERS = {"年": "year", "月": "month", "日": "day", "year": "year", "month": "month"} | {
    "day": "day"
}


class LanguageError(Exception):
    """An expression or template that the language refuses; the message is Chinese."""

    def __init__(self, message: str, line: int = 1) -> None:
        super().__init__(message)
        self.line = line


class ExactGenerator(CodeGenerator):
    """Writes Decimal constants as such (repr would name a class the generated code lacks)."""

    def visit_Const(self, node: nodes.Const, frame: Frame) -> None:
        if isinstance(node.value, Decimal):
            self.write(f"environment.number({str(node.value)!r})")
        else:
            super().visit_Const(node, frame)


class Environment(ImmutableSandboxedEnvironment):
    """The sandbox of packs and templates; `missing` decides what an absent fact becomes."""

    code_generator_class = ExactGenerator
    intercepted_binops = frozenset(["+", "-", "*", "/", "//", "%"])
    number = staticmethod(Decimal)

    def __init__(
        self,
        *,
        missing: Callable[[Missing], object] = lambda value: value,
        templates: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(undefined=StrictUndefined, **options)
        self._missing = missing
        self._allowed = EXPRESSION_NODES + (TEMPLATE_NODES if templates else ())
        self.filters = dict(filters.FILTERS)
        self.tests = dict(filters.TESTS)
        self.globals = dict(filters.FUNCTIONS)
        self.globals["range"] = _bounded_range
        if templates:
            self.globals["namespace"] = _namespace

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        return self.guard(super()._parse(source, name, filename))

    def guard(self, tree: nodes.Template) -> nodes.Template:
        """Refuses nodes, filters and tests that are not allowed; makes float literals exact."""
        for node in tree.find_all(nodes.Node):
            self.guard_node(node)
        return tree

    def guard_node(self, node: nodes.Node) -> None:
        """The same for one node."""
        if isinstance(node, nodes.Const) and isinstance(node.value, float):
            node.value = Decimal(repr(node.value))
        elif isinstance(node, nodes.Filter) and node.name and node.name not in self.filters:
            raise LanguageError(f"没有“{node.name}”这个过滤器", node.lineno)
        elif isinstance(node, nodes.Test) and node.name not in self.tests:
            raise LanguageError(f"没有“{node.name}”这个判断", node.lineno)
        elif isinstance(node, nodes.Expr | nodes.Stmt) and not isinstance(node, self._allowed):
            kind = type(node).__name__
            raise LanguageError(f"不允许使用{NODE_NAMES.get(kind, kind)}", node.lineno)

    def call_binop(self, context: Any, operator_: str, left: Any, right: Any) -> Any:
        if operator_ == "*":
            _refuse_repetition(left, right)
        if operator_ == "%" and isinstance(left, str):
            raise SecurityError("不允许用 % 拼接文字")
        if operator_ == "/" and isinstance(left, int) and isinstance(right, int):
            left = Decimal(left)
        if isinstance(left, float) or isinstance(right, float):
            left, right = _exact(left), _exact(right)
        return _OPERATORS[operator_](left, right)

    def getattr(self, obj: Any, attribute: str) -> Any:
        return self._member(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        if isinstance(argument, str):
            return self._member(obj, argument)
        if isinstance(obj, Missing):
            return self._missing(obj)
        if isinstance(argument, int | slice) and isinstance(obj, str | list | tuple):
            try:
                return obj[argument]
            except IndexError:
                return self.undefined(obj=obj, name=str(argument))
        if isinstance(obj, Mapping) and not isinstance(obj, Record) and argument in obj:
            return obj[argument]
        return self.undefined(obj=obj, name=str(argument))

    def _member(self, obj: Any, name: str) -> Any:
        if isinstance(obj, Missing):
            return self._missing(obj)
        if isinstance(obj, Record):
            if name in obj:
                fact = obj[name]
                return self._missing(fact) if isinstance(fact, Missing) else fact
        elif isinstance(obj, Chapter):
            return self._section(obj, name)
        elif isinstance(obj, LoopContext):
            if name in LOOP_MEMBERS:
                return getattr(obj, name)
        elif isinstance(obj, Mapping):
            if name in obj:
                return obj[name]
            if name in MAPPING_METHODS:
                return getattr(obj, name)
        elif isinstance(obj, Namespace):
            return getattr(obj, name, self.undefined(obj=obj, name=name))
        elif isinstance(obj, str):
            if name in TEXT_METHODS:
                return getattr(obj, name)
        elif isinstance(obj, date | Month) and name in DATE_MEMBERS:
            return getattr(obj, DATE_MEMBERS[name], self.undefined(obj=obj, name=name))
        elif name in getattr(type(obj), "language_members", ()):
            return getattr(obj, name)
        if isinstance(obj, Undefined):
            obj._fail_with_undefined_error()
        return self.undefined(obj=obj, name=name)

    def _section(self, chapter: Chapter, title: str) -> Any:
        section = chapter.section(title)
        if section is None or section.is_empty:
            place = section.where if section else chapter.where
            path = f"正文.{chapter.title}.{title}"
            return self._missing(Missing(path, title, place, required=True, block=True))
        body = Section("", section.blocks, section.where)
        return Chapter(title, (body,), section.where)

    def is_safe_callable(self, obj: Any) -> bool:
        return not isinstance(obj, type) and super().is_safe_callable(obj)


def _bounded_range(*arguments: int) -> range:
    """range() of at most LONGEST_RANGE steps."""
    steps = range(*arguments)
    if len(steps) > LONGEST_RANGE:
        raise SecurityError(f"range 最多 {LONGEST_RANGE} 步")
    return steps


def _namespace(**values: Any) -> Namespace:
    """Jinja's namespace(): a holder that {% set holder.x = … %} may change inside a loop."""
    return Namespace(**values)


def _refuse_repetition(left: Any, right: Any) -> None:
    for sequence, times in ((left, right), (right, left)):
        if isinstance(sequence, str | list | tuple) and isinstance(times, int):
            if not isinstance(sequence, Rows) and len(sequence) * times > LARGEST_TEXT:
                raise SecurityError(f"重复后超过 {LARGEST_TEXT} 个字")
        elif isinstance(sequence, int) and isinstance(times, int) and sequence.bit_length() > 4096:
            raise SecurityError("数太大")


def _exact(value: Any) -> Any:
    return Decimal(repr(value)) if isinstance(value, float) else value


_OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
}


def fail(message: str) -> NoReturn:
    """Ends an evaluation with a message for the person who wrote the expression."""
    raise LanguageError(message)
