"""Numbers as an expression writes them, to the last digit: 0.10 is a Decimal, never a float.

The lexer reads them, the generator writes them into the compiled program (repr would name a class
that it lacks) and has what `~` joins measured.
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


class Literal(Decimal):
    """A number as an expression writes it. A float from elsewhere compares with it as printed.

    Plain Decimals hold 0.1 and the float 0.1 to be unlike; who writes `x == 0.1` does not.
    """

    def __eq__(self, other: object) -> bool:
        return Decimal.__eq__(self, _as_printed(other))

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __lt__(self, other: Any) -> bool:
        return Decimal.__lt__(self, _as_printed(other))

    def __le__(self, other: Any) -> bool:
        return Decimal.__le__(self, _as_printed(other))

    def __gt__(self, other: Any) -> bool:
        return Decimal.__gt__(self, _as_printed(other))

    def __ge__(self, other: Any) -> bool:
        return Decimal.__ge__(self, _as_printed(other))

    __hash__ = Decimal.__hash__


def _as_printed(value: Any) -> Any:
    return Decimal(repr(value)) if isinstance(value, float) else value


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
    """Writes Decimal constants through the environment, and measures what `~` makes."""

    def visit_Const(self, node: nodes.Const, frame: Frame) -> None:
        if isinstance(node.value, Decimal):
            self.write(f"environment.number({str(node.value)!r})")
        else:
            super().visit_Const(node, frame)

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:
        self.write("environment.measured(")
        super().visit_Concat(node, frame)
        self.write(")")
