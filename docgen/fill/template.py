"""A Word template, compiled once: cleaned parts, and a Jinja program for each part with tags."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from jinja2 import Template as Program
from jinja2.exceptions import TemplateSyntaxError

from docgen.fill import engine, faults
from docgen.fill.clean import clean
from docgen.fill.environment import FillEnvironment
from docgen.fill.package import Parts, Unreadable, read_package, related
from docgen.fill.slots import Source, number_tags
from docgen.fill.structure import check_structure
from docgen.fill.styles import Styles, read_styles
from docgen.fill.xml import Element, Malformed, W, as_text, parse, text_in
from docgen.language import LanguageError
from docgen.problem import Problem, Severity, Where, error

TAGGED_KINDS = ("header", "footer", "footnotes", "endnotes")
CORE = "docProps/core.xml"


NO_STYLES = Styles()


@dataclass(frozen=True, slots=True)
class Part:
    """A part that is rendered for each record."""

    name: str
    source: Source
    program: Program
    columns_vary: bool = False


@dataclass(frozen=True, slots=True)
class Template:
    """A compiled template. With an error among `problems` it can only be reported, not filled."""

    name: str
    digest: str
    parts: Mapping[str, bytes] = field(default_factory=dict)
    rendered: tuple[Part, ...] = ()
    styles: Styles = NO_STYLES
    problems: tuple[Problem, ...] = ()
    title: str = ""

    @property
    def is_usable(self) -> bool:
        return not any(problem.severity is Severity.ERROR for problem in self.problems)


@cache
def environment() -> FillEnvironment:
    """The one environment of templates; it keeps no state."""
    return FillEnvironment()


def compile_template(data: bytes, name: str = "") -> Template:
    """Compiles the bytes of a .docx; nothing is raised: what is wrong stands in `problems`."""
    digest = hashlib.sha256(data).hexdigest()
    try:
        parts, problems = clean(read_package(data, name), name)
        styles_part = next(iter(related(parts, "styles")), "")
        styles = read_styles(parts[styles_part]) if styles_part else Styles()
    except Unreadable as fault:
        return Template(name, digest, problems=(fault.problem,))
    except Malformed:
        damaged = error("文档损坏", "样式部件不是合法的 XML", Where(file=name))
        return Template(name, digest, problems=(damaged,))
    found = list(problems)
    rendered = []
    if not found:
        for part in tagged_parts(parts):
            made = _compile(parts[part], part, name, styles, found)
            if made is not None:
                rendered.append(made)
    title = _title(parts)
    return Template(name, digest, parts, tuple(rendered), styles, tuple(found), title)


def _title(parts: Parts) -> str:
    try:
        root = parse(parts[CORE]) if CORE in parts else None
    except Malformed:
        return ""
    title = root.findtext("{http://purl.org/dc/elements/1.1/}title") if root is not None else None
    return title or ""


def tagged_parts(parts: Parts) -> tuple[str, ...]:
    """The parts in which tags are looked for: the body, headers, footers, notes."""
    kinds = (target for kind in TAGGED_KINDS for target in related(parts, kind))
    return ("word/document.xml", *dict.fromkeys(kinds))


def _compile(
    data: bytes, part: str, name: str, styles: Styles, problems: list[Problem]
) -> Part | None:
    root = parse(data)
    xml = as_text(root)
    if not engine.has_tags(xml):
        return None
    patched = engine.patch(xml)
    source = Source(patched)
    try:
        source = number_tags(environment(), patched)
        _adopt_styles(root, source, styles)
        program = environment().from_string(source.text)
    except (TemplateSyntaxError, LanguageError, SyntaxError, RecursionError) as fault:
        told = [
            p for p in check_structure(root, part, name, styles) if p.severity is Severity.ERROR
        ]
        if not told:
            told = [faults.explain(fault, data, part, name, source, None, None, styles)]
        problems += told
        return None
    return Part(part, source, program, engine.columns_vary(patched, xml))


def _adopt_styles(root: Element, source: Source, styles: Styles) -> None:
    """Gives the nth slot between paragraphs the style of the nth {{p }}'s paragraph."""
    wanted = []
    for paragraph in root.iter(W + "p"):
        if paragraph.find(f".//{W}txbxContent") is not None:
            continue
        if "{{p " in text_in(paragraph):
            mark = paragraph.find(f"{W}pPr/{W}pStyle")
            style = mark.get(W + "val", "") if mark is not None else ""
            wanted.append("" if style == styles.default or style in styles.levels else style)
    blocks = [slot for slot in source.slots if slot.level == "block" and slot.prints]
    if len(wanted) == len(blocks):
        for slot, style in zip(blocks, wanted, strict=True):
            slot.style = style
