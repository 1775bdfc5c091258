"""A part's syntax tree → a Python program that yields the part as encoded pieces.

Static text becomes a bytes constant; a printed expression becomes a call of the rendering's
session, with the number of its Site. Inside macros and set blocks, whose text Jinja joins, pieces
stay text. The program is Jinja's own otherwise.
"""

from __future__ import annotations

import re
from io import StringIO
from types import CodeType
from typing import NamedTuple

from jinja2 import nodes
from jinja2.compiler import Frame

from docgen.fill.blanks import Blank
from docgen.fill.environment import SESSION, FillEnvironment, trail_of
from docgen.fill.slots import Slot, Source
from docgen.language import LanguageError
from docgen.language.literals import ExactGenerator

NOTHING = "·nothing"  # the name of recover.NOTHING in a rendering; no template can write it
CAUGHT = "·caught"  # of what takes the faults of a tolerant program
TEXT = Slot("text")
_TRACES = re.compile(
    rb' w:rsid\w*="[^"]*"|<w:(?:proofErr|lastRenderedPageBreak)(?:\s[^>]*)?(?:/>|></w:\w+>)'
)


class Site(NamedTuple):
    """Where an expression is printed, and the fact that it prints.

    `path` is the fact's ("" where a loop binds its first name: then the row knows its own path,
    and `below` is what follows), `plain` tells that no filter stands between.
    """

    slot: Slot
    path: str
    below: str
    plain: bool


class FillGenerator(ExactGenerator):
    """Writes the program of one part; `sites` are its printed expressions, in order."""

    def __init__(
        self, environment: FillEnvironment, source: Source, *, tolerant: bool = False
    ) -> None:
        self._out, self._tolerant = StringIO(), tolerant
        super().__init__(environment, None, None, self._out)
        self.sites: list[Site] = []
        self._source = source
        self._bound: set[str] = set()
        self._line = 0

    @property
    def program(self) -> str:
        return self._out.getvalue()

    def line_of(self, number: int | None) -> int:
        """The line of the source that a line of the program comes from; None is the last one."""
        lines = [mine for mine, written in self.debug_info if number is None or written <= number]
        return lines[-1] if lines else 0

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        names = node.find_all(nodes.Name)
        self._bound = {name.name for name in names if name.ctx in ("store", "param")} | {"loop"}
        super().visit_Template(node, frame)

    def write_commons(self) -> None:
        super().write_commons()
        self.writeline(f"session = context.parent[{SESSION!r}]")
        self.writeline("text, told, whole = session.text, session.told, session.whole")
        self.writeline("member = environment.getattr")
        if self._tolerant:
            self.writeline(f"caught = context.parent[{CAUGHT!r}]")

    def start_write(self, frame: Frame, node: nodes.Node | None = None) -> None:
        """A macro's result printed by {% call %} and the like: finished markup."""
        super().start_write(frame, node)
        self._line = node.lineno if node is not None else 0
        self.write("whole(" if frame.buffer is None else "")

    def end_write(self, frame: Frame) -> None:
        super().end_write(frame)
        self.write(f", {self._line})" if frame.buffer is None else "")

    def visit_Const(self, node: nodes.Const, frame: Frame) -> None:
        if isinstance(node.value, Blank):
            self.write(f"context.parent[{NOTHING!r}]")
        else:
            super().visit_Const(node, frame)

    def visit_With(self, node: nodes.With, frame: Frame) -> None:
        """Jinja writes no line for what is assigned, so a fault would lie in the tag before."""
        self.newline(node)
        super().visit_With(node, frame)

    def visit_Assign(self, node: nodes.Assign, frame: Frame) -> None:
        """The same of its check that {% set x.y %} has a namespace()."""
        self.newline(node)
        super().visit_Assign(node, frame)

    def visit_ScopedEvalContextModifier(
        self, node: nodes.ScopedEvalContextModifier, frame: Frame
    ) -> None:
        """The same of {% autoescape %}."""
        self.newline(node)
        super().visit_ScopedEvalContextModifier(node, frame)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        self.write("member(")
        self.visit(node.node, frame)
        self.write(f", {node.attr!r})")

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:
        static = ""
        for child in node.nodes:
            if isinstance(child, nodes.TemplateData):
                static += child.data
                continue
            self._write_static(static, frame)
            static = ""
            if self._tolerant:
                self._write_tried(child, frame)
            else:
                self._write_printed(child, frame)
        self._write_static(static, frame)

    def _write_tried(self, expression: nodes.Expr, frame: Frame) -> None:
        """The same, handing on what goes wrong, so that the rest is printed all the same."""
        self.writeline("try:")
        self.indent()
        self._write_printed(expression, frame)
        self.outdent()
        self.writeline("except Exception as fault:")
        self.indent()
        self.writeline("caught(fault)")
        self.outdent()

    def _write_static(self, text: str, frame: Frame) -> None:
        if not text:
            return
        if frame.buffer is None:
            self.writeline(f"yield {text.encode()!r}")
        else:
            self.writeline(f"{frame.buffer}.append({text!r})")

    def _write_printed(self, expression: nodes.Expr, frame: Frame) -> None:
        number = len(self.sites)
        site = self._site(expression)
        self.sites.append(site)
        if frame.buffer is not None:
            self.writeline(f"{frame.buffer}.append(told(", expression)
        elif site.slot.level == "text":
            self.writeline("yield text(", expression)
        else:
            self.writeline("yield told(", expression)
        self.visit(expression, frame)
        self.write(f", {number}, ")
        trail = trail_of(expression)
        if trail is not None and trail.steps:
            name = nodes.Name(trail.root, "load", lineno=expression.lineno)
            self.visit(name.set_environment(self.environment), frame)
        else:
            self.write("None")
        if frame.buffer is not None:
            self.write("))")
        else:
            self.write(")" if site.slot.level == "text" else ").encode()")

    def _site(self, expression: nodes.Expr) -> Site:
        slots = self._source.slots
        slot = slots[self._source.tag_at(expression.lineno)] if slots else TEXT
        trail = trail_of(expression)
        if trail is None:
            return Site(slot, "", "", False)
        root = "" if trail.root in self._bound else trail.root
        path = ".".join((root, *trail.steps)) if root else ""
        return Site(slot, path, "".join(f".{step}" for step in trail.steps), trail.plain)


def generate(
    environment: FillEnvironment, tree: nodes.Template, source: Source, *, tolerant: bool = False
) -> tuple[CodeType, tuple[Site, ...]]:
    """The program of a syntax tree, and the places where it prints.

    A tolerant one hands each fault of a printed expression to the rendering's `CAUGHT` and goes on.
    """
    generator = FillGenerator(environment, source, tolerant=tolerant)
    try:
        generator.visit(tree)
        code = compile(generator.program, "<template>", "exec", dont_inherit=True)
    except SyntaxError as fault:
        fault.lineno = generator.line_of(fault.lineno or 0)
        raise
    except (RecursionError, MemoryError):
        raise LanguageError("式子层次太深", generator.line_of(None)) from None
    return code, tuple(generator.sites)


def without_traces(code: CodeType) -> CodeType:
    """The same program, its static text without revision ids and spelling marks."""
    constants = tuple(
        without_traces(constant)
        if isinstance(constant, CodeType)
        else _TRACES.sub(b"", constant)
        if isinstance(constant, bytes)
        else constant
        for constant in code.co_consts
    )
    return code.replace(co_consts=constants)
