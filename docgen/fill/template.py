"""A Word template, compiled once: a program for each part with tags, the rest deflated already."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from types import CodeType
from typing import TYPE_CHECKING

from jinja2 import Template as Program

from docgen.fill.environment import FillEnvironment
from docgen.fill.generator import Site, without_traces
from docgen.fill.prebuilt import Prebuilt
from docgen.fill.skeleton import Traits
from docgen.fill.slots import Source
from docgen.fill.styles import Styles
from docgen.problem import Problem, Severity

if TYPE_CHECKING:
    from docgen.fill.album import Host

CORE = "docProps/core.xml"
DECLARATION = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
_OPENING = re.compile(r"<\w[^>]*>")
NO_STYLES = Styles()
PLAIN = Traits()


@cache
def environment() -> FillEnvironment:
    """The one environment of templates; it keeps no state."""
    return FillEnvironment()


@dataclass(frozen=True)
class Part:
    """A part that is rendered for each record; `data` is its XML in the template.

    `reads` are the dotted paths of facts that it depends on, loops followed into their rows; 案例.#
    means no more than how many there are. `label` is what a person calls it: 首页页眉.
    """

    name: str
    data: bytes
    source: Source
    code: CodeType
    sites: tuple[Site, ...]
    traits: Traits = PLAIN
    columns_vary: bool = False
    next_id: int = 1
    is_main: bool = False
    reads: tuple[str, ...] = ()
    label: str = ""

    @cached_property
    def opening(self) -> str:
        """The start of the part's root element, with the namespaces that hold within."""
        found = _OPENING.search(self.source.text)
        return found.group() if found else "<part>"

    @cached_property
    def program(self) -> Program:
        env = environment()
        return Program.from_code(env, self.code, env.make_globals(None))

    @cached_property
    def cleaned(self) -> Part:
        """The same part without revision ids and spelling marks."""
        return replace(self, code=without_traces(self.code))


@dataclass(frozen=True, slots=True)
class Edition:
    """A template as one of its two uses needs it: the parts to render, the package around them."""

    parts: tuple[Part, ...]
    package: Prebuilt


@dataclass(frozen=True, slots=True)
class Template:
    """A compiled template. With an error among `problems` it can only be reported, not filled.

    `faithful` keeps all that stands in the file, as docxtpl does, and renders its properties;
    `clean` carries nobody's name, and a provenance part under the name `origin`.
    """

    name: str
    digest: str
    faithful: Edition = Edition((), Prebuilt({}))
    clean: Edition = Edition((), Prebuilt({}))
    origin: str = ""
    title: Part | None = None
    styles: Styles = NO_STYLES
    problems: tuple[Problem, ...] = ()

    @property
    def main(self) -> str:
        """The name of the main part, which mostly is word/document.xml."""
        return next((part.name for part in self.faithful.parts if part.is_main), "")

    @property
    def reads(self) -> frozenset[str]:
        """The dotted paths of facts that any of its parts depends on."""
        parts = (*self.faithful.parts, *([self.title] if self.title else ()))
        return frozenset(path for part in parts for path in part.reads)

    @property
    def is_usable(self) -> bool:
        return not any(problem.severity is Severity.ERROR for problem in self.problems)

    def render(self, values: Mapping[str, object], host: Host | None = None) -> bytes:
        """The docx that docxtpl would make of these values, or Unfillable with every Problem.

        `values` is a Record or any context for docxtpl. `host` is the DocxTemplate that links in
        RichText (build_url_id) were made with, where no picture or sub-document brings it along.
        """
        from docgen.fill.filling import render

        return render(self, values, host)
