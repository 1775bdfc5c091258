"""One expression of a pack, compiled once and evaluated over facts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from jinja2 import nodes
from jinja2.environment import Template
from jinja2.exceptions import TemplateSyntaxError, UndefinedError
from jinja2.nodes import EvalContext
from jinja2.parser import Parser
from jinja2.runtime import Context, Undefined

from docgen.language.bounds import LONGEST_SOURCE, metered
from docgen.language.environment import Environment, LanguageError
from docgen.language.errors import nothing_there
from docgen.language.names import inner_source, names_in, table_path
from docgen.language.runaway import refuse_runaway
from docgen.language.told import syntax_told


@dataclass(frozen=True, slots=True)
class Expression:
    """A compiled expression; `names` are the paths of facts that it reads, in order.

    `table` is the path that it stands for as a whole, "" where it computes something.
    """

    source: str
    names: tuple[str, ...]
    table: str
    _compiled: Template

    def evaluate(self, facts: Mapping[str, Any]) -> Any:
        """The value over `facts`.

        Raises MissingValueError where a needed fact is absent, LanguageError where the expression
        names what is no fact, and whatever arithmetic raises (ZeroDivisionError, TypeError …).
        """
        try:
            with metered():
                context = _Context(self._compiled, facts)
                for _ in self._compiled.root_render_func(context):
                    pass
                value = context.vars["result"]
            if isinstance(value, Undefined):
                value._fail_with_undefined_error()
        except UndefinedError as fault:
            nothing = nothing_there(fault.message)
            if nothing:
                raise LanguageError(f"“{self.source.strip()}”：{nothing}") from None
            name = (re.findall("'([^']+)'", fault.message or "") or ["…"])[-1]
            raise LanguageError(f"“{self.source.strip()}”：没有“{name}”这一项") from None
        return value


class _Context(Context):
    """Jinja's context over facts as they are: its own copies them all for each expression."""

    def __init__(self, template: Template, facts: Mapping[str, Any]) -> None:
        self.environment, self.name = template.environment, template.name
        self.parent = _Names(facts, template.globals)  # type: ignore[assignment]
        self.vars = {}
        self.eval_ctx = EvalContext(template.environment, template.name)
        self.exported_vars, self.globals_keys, self.blocks = set(), set(), {}


class _Names(Mapping[str, Any]):
    """Facts over the names that every expression knows."""

    __slots__ = ("_facts", "_globals")

    def __init__(self, facts: Mapping[str, Any], known: Mapping[str, Any]) -> None:
        self._facts, self._globals = facts, known

    def __contains__(self, key: object) -> bool:
        return key in self._facts or key in self._globals

    def __getitem__(self, key: str) -> Any:
        return self._facts[key] if key in self._facts else self._globals[key]

    def __iter__(self) -> Iterator[str]:
        return iter({**self._globals, **self._facts})

    def __len__(self) -> int:
        return len({**self._globals, **self._facts})


@cache
def expression_environment() -> Environment:
    """The environment of packs: an absent fact stays a Missing that refuses to be judged."""
    return Environment(cache_size=0)


@lru_cache(4096)
def compile_expression(source: str) -> Expression:
    """Compiles one expression; LanguageError in Chinese where it cannot be read."""
    environment = expression_environment()
    if len(source) > LONGEST_SOURCE:
        raise LanguageError(f"一个式子最多 {LONGEST_SOURCE} 个字")
    try:
        parser = Parser(environment, source, state="variable")
        expression = parser.parse_expression()
        if not parser.stream.eos:
            raise LanguageError(f"“{source}”：写完一个式子后还有多余的内容")
        for node in [expression, *expression.find_all(nodes.Node)]:
            environment.guard_node(node)
            if inner := inner_source(node):
                compile_expression(inner)
        refuse_runaway(nodes.Output([expression], lineno=1))
        assignment = nodes.Assign(nodes.Name("result", "store"), expression, lineno=1)
        template = environment.from_string(nodes.Template([assignment], lineno=1))
    except TemplateSyntaxError as fault:
        raise LanguageError(f"“{source}”读不懂：{syntax_told(fault.message or '')}") from None
    except (RecursionError, SyntaxError, MemoryError):
        raise LanguageError(f"“{source[:40]}…”层次太深，请拆成几个式子") from None
    names = tuple(dict.fromkeys(names_in(expression)))
    return Expression(source, names, table_path(expression), template)
