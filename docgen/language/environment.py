"""A Jinja environment that can only compute: nodes, attributes, filters and sizes are allow-listed.

Numbers are exact, literals too: 0.10 is a Decimal, 1/3 is computed in 28 digits. Attributes reach
facts, a few harmless methods of text and dicts, and the loop; nothing else of Python.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from jinja2 import StrictUndefined, nodes
from jinja2.exceptions import SecurityError, TemplateSyntaxError, UndefinedError
from jinja2.runtime import LoopContext, Macro, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace

from docgen.language import filters
from docgen.language.arithmetic import compute, signed
from docgen.language.borrowed import LIST_METHODS, TEXT_METHODS, list_method, text_method
from docgen.language.bounds import A_MACRO, deeper, measured, spend
from docgen.language.errors import LanguageError, no_such_item
from docgen.language.exact import Exact
from docgen.language.literals import ExactGenerator, ExactLexer
from docgen.language.names import has_written_out
from docgen.language.numbers import brief
from docgen.language.reading import PASSING_TESTS, counted, made, paying, taken
from docgen.language.runaway import refuse_runaway
from docgen.language.told import kind_told
from docgen.model.blocks import Chapter, Section
from docgen.model.values import Missing, Moment, Month, Record

__all__ = ["Environment", "LanguageError", "SecurityError", "TemplateSyntaxError", "UndefinedError"]

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

MACRO_MEMBERS = frozenset(["name", "arguments"])
MAPPING_METHODS = frozenset(["items", "keys", "values", "get"])
LOOP_MEMBERS = frozenset([
    "index", "index0", "revindex", "revindex0", "first", "last", "length", "cycle", "depth",
    "depth0", "previtem", "nextitem", "changed",
])  # fmt: skip
DATE_MEMBERS = {"年": "year", "月": "month", "日": "day", "year": "year", "month": "month"} | {
    "day": "day"
}
MOMENT_MEMBERS = {"时": "hour", "分": "minute"}


BOUND = "·bound"
RENUMBER = "重新编号"  # {{ 重新编号 }} in a template; filling decides what it prints


class Environment(ImmutableSandboxedEnvironment):
    """The sandbox of packs and templates; `missing` decides what an absent fact becomes."""

    code_generator_class = ExactGenerator
    intercepted_binops = frozenset(["+", "-", "*", "/", "//", "%"])
    intercepted_unops = frozenset(["+", "-"])
    number = staticmethod(Exact)
    measured, spend = staticmethod(measured), staticmethod(spend)
    taken, counted = staticmethod(taken), staticmethod(counted)

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
        self._exact_lexer = ExactLexer(self)
        functions = dict(filters.FUNCTIONS)
        if templates:
            functions["namespace"] = _namespace
        self.filters = {name: paying(name, act) for name, act in self.known_filters().items()}
        tests = self.known_tests()
        self.tests = {name: paying(name, act, PASSING_TESTS) for name, act in tests.items()}
        self.globals = {name: paying(name, act) for name, act in functions.items()}
        self.filters[BOUND] = measured
        if templates:
            self.globals[RENUMBER] = ""

    def known_filters(self) -> Mapping[str, Callable[..., Any]]:
        """The filters by name, before they are made to pay."""
        return filters.FILTERS

    def known_tests(self) -> Mapping[str, Callable[..., Any]]:
        """The tests by name, likewise."""
        return filters.TESTS

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        try:
            tree = self.guard(super()._parse(source, name, filename))
        except RecursionError:
            raise LanguageError("式子层次太深") from None
        for block in tree.find_all(nodes.AssignBlock):
            block.filter = nodes.Filter(
                block.filter, BOUND, [], [], None, None, lineno=block.lineno, environment=self
            )
        return tree

    @property
    def lexer(self) -> ExactLexer:
        return self._exact_lexer

    def guard(self, tree: nodes.Template) -> nodes.Template:
        """Refuses nodes, filters and tests that are not allowed, and what must run away."""
        for node in tree.find_all(nodes.Node):
            self.guard_node(node)
        refuse_runaway(tree)
        return tree

    def guard_node(self, node: nodes.Node) -> None:
        """The same for one node."""
        if isinstance(node, nodes.Filter) and node.name and not self._has_filter(node.name):
            raise LanguageError(f"没有“{node.name}”这个过滤器", node.lineno)
        elif isinstance(node, nodes.Test) and node.name not in self.tests:
            raise LanguageError(f"没有“{node.name}”这个判断", node.lineno)
        elif isinstance(node, nodes.Filter) and not has_written_out(node):
            raise LanguageError(f"“{node.name}”的式子须是引号里写明的文字，不能算出来", node.lineno)
        elif isinstance(node, nodes.Expr | nodes.Stmt) and not isinstance(node, self._allowed):
            kind = type(node).__name__
            raise LanguageError(f"不允许使用{NODE_NAMES.get(kind, kind)}", node.lineno)

    def call_binop(self, context: Any, operator_: str, left: Any, right: Any) -> Any:
        return compute(operator_, left, right)

    def call_unop(self, context: Any, operator_: str, arg: Any) -> Any:
        return signed(operator_, arg)

    def call(self, context: Any, obj: Any, /, *arguments: Any, **options: Any) -> Any:
        """What a call in a template or expression gives; calls in calls are bounded.

        A macro reads nothing of its arguments by being called, and a loop called again takes steps.
        """
        if not self.is_safe_callable(obj) or (not callable(obj) and not _is_unknown(obj)):
            raise LanguageError("这里的名称不是函数，后面不能加括号")
        kind = type(obj)
        if kind is LoopContext:
            arguments = tuple(map(counted, arguments))
        elif kind is Macro:
            spend(A_MACRO)
        elif not getattr(obj, "pays", False):
            arguments = tuple(map(taken, arguments))
            options = {key: taken(value) for key, value in options.items()}
        with deeper():
            return made(super().call(context, obj, *arguments, **options))

    def _has_filter(self, name: str) -> bool:
        return name in self.filters and name != BOUND

    def getattr(self, obj: Any, attribute: str) -> Any:
        return self._member(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        if isinstance(argument, str):
            return self._member(obj, argument)
        if isinstance(obj, Missing):
            return self._missing(obj)
        if isinstance(argument, Missing):
            return self._missing(argument)
        if isinstance(argument, int | slice) and isinstance(obj, str | list | tuple):
            try:
                return obj[argument]
            except IndexError:
                return self.undefined(hint=no_such_item(obj, argument), obj=obj)
        if isinstance(obj, Mapping) and not isinstance(obj, Record) and taken(argument) in obj:
            return obj[argument]
        if isinstance(obj, Undefined):
            obj._fail_with_undefined_error()
        if isinstance(obj, Mapping):
            return self.undefined(obj=obj, name=brief(argument))
        return self.undefined(hint=f"{kind_told(obj)}不能用方括号这样取值", obj=obj)

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
                return text_method(obj, name)
        elif isinstance(obj, list | tuple):
            if name in LIST_METHODS:
                return list_method(obj, name)
        elif isinstance(obj, Macro):
            if name in MACRO_MEMBERS:
                return getattr(obj, name)
        elif isinstance(obj, Moment) and name in MOMENT_MEMBERS:
            return getattr(obj, MOMENT_MEMBERS[name])
        elif isinstance(obj, date | Month | Moment) and name in DATE_MEMBERS:
            of = obj.day if isinstance(obj, Moment) else obj
            return getattr(of, DATE_MEMBERS[name], self.undefined(obj=obj, name=name))
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


def _namespace(**values: Any) -> Namespace:
    """Jinja's namespace(): a holder that {% set holder.x = … %} may change inside a loop."""
    return Namespace(**values)


def _is_unknown(obj: Any) -> bool:
    return isinstance(obj, Undefined | Missing)
