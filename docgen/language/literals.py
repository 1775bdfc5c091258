"""Numbers as an expression writes them, to the last digit: 0.10 is a Decimal, never a float.

The lexer reads them, the generator writes them into the compiled program (repr would name a class
that it lacks). It also writes into the program what costs without being called: what `~` joins is
measured, what is compared is weighed, loops and macros pay for their bodies.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, cast

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.lexer import TOKEN_FLOAT, TOKEN_INTEGER, Lexer, Token

from docgen.language.bounds import LARGEST_POWER
from docgen.language.errors import LanguageError
from docgen.language.runaway import cost_of


class ExactLexer(Lexer):
    """Jinja's lexer, except that a number with a point is a Decimal and none is endless."""

    def wrap(
        self,
        stream: Iterable[tuple[int, str, str]],
        name: str | None = None,
        filename: str | None = None,
    ) -> Iterator[Token]:
        written: deque[Decimal] = deque()

        def noted() -> Iterator[tuple[int, str, str]]:
            for line, kind, text in stream:
                if kind == TOKEN_FLOAT:
                    written.append(_decimal(text, line))
                    text = "0.0"
                elif kind == TOKEN_INTEGER and len(text) > LARGEST_POWER:
                    raise LanguageError("数太长", line)
                yield line, kind, text

        for token in super().wrap(noted(), name, filename):
            if token.type == TOKEN_FLOAT:
                yield Token(token.lineno, token.type, cast(str, written.popleft()))
            else:
                yield token


def _decimal(text: str, line: int) -> Decimal:
    if len(text) > 2 * LARGEST_POWER:
        raise LanguageError("数太长", line)
    number = Decimal(text.replace("_", ""))
    if not number.is_finite() or (number and abs(number.adjusted()) > LARGEST_POWER):
        raise LanguageError("数太大或太小", line)
    return number


class ExactGenerator(CodeGenerator):
    """Writes Decimal constants through the environment, and the payments of bounds.py.

    Nothing is computed while a program is written (by an optimizer): no purse is open then.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.optimizer = None
        self._weighed: set[int] = set()
        self._loops: dict[int, int] = {}
        self._bodies: dict[int, int] = {}

    def visit(self, node: nodes.Node, *arguments: Any, **options: Any) -> Any:
        """Writes a node, within a payment where one is due for it."""
        key = id(node)
        if key in self._weighed:
            self.write("environment.taken(")
            super().visit(node, *arguments, **options)
            self.write(")")
        elif key in self._loops:
            self.write("environment.counted(")
            super().visit(node, *arguments, **options)
            self.write(f", {self._loops[key]})")
        else:
            super().visit(node, *arguments, **options)

    def blockvisit(self, body: Iterable[nodes.Node], frame: Frame) -> None:
        cost = self._bodies.get(id(body))
        if cost is not None:
            self.writeline(f"environment.spend({cost})")
        super().blockvisit(body, frame)

    def visit_Const(self, node: nodes.Const, frame: Frame) -> None:
        if isinstance(node.value, Decimal):
            self.write(f"environment.number({Decimal.__str__(node.value)!r})")
        else:
            super().visit_Const(node, frame)

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:
        self.write("environment.measured(")
        super().visit_Concat(node, frame)
        self.write(")")

    def visit_Compare(self, node: nodes.Compare, frame: Frame) -> None:
        sides = (node.expr, *(operand.expr for operand in node.ops))
        self._weighed |= {id(side) for side in sides if not isinstance(side, nodes.Const)}
        super().visit_Compare(node, frame)

    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:
        """A slice is a copy; Jinja takes it without asking the environment."""
        if isinstance(node.arg, nodes.Slice):
            self.write("environment.measured(")
            super().visit_Getitem(node, frame)
            self.write(")")
        else:
            super().visit_Getitem(node, frame)

    def visit_Dict(self, node: nodes.Dict, frame: Frame) -> None:
        keys = (pair.key for pair in node.items)
        self._weighed |= {id(key) for key in keys if not isinstance(key, nodes.Const)}
        super().visit_Dict(node, frame)

    def visit_For(self, node: nodes.For, frame: Frame) -> None:
        tested = [node.test] if node.test is not None else []
        is_buffered = node.recursive or frame.buffer is not None
        self._loops[id(node.iter)] = cost_of([*node.body, *tested], is_buffered)
        super().visit_For(node, frame)

    def macro_body(self, node: Any, frame: Frame) -> Any:
        self._bodies[id(node.body)] = cost_of(node.body, True)
        return super().macro_body(node, frame)
