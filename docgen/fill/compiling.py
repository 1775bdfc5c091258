"""The bytes of a .docx → Template. What is wrong with it stands in the template's problems."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import replace

from jinja2 import nodes
from jinja2.exceptions import TemplateSyntaxError

from docgen.fill import engine, faults, recover
from docgen.fill.clean import clean
from docgen.fill.generator import generate
from docgen.fill.package import Parts, Unreadable, main_part, read_package, related, tagged_parts
from docgen.fill.places import Spot, paragraphs, part_label
from docgen.fill.prebuilt import Member, Prebuilt, member, packed_well
from docgen.fill.program import program_of, unreadable
from docgen.fill.properties import (
    PROPERTIES,
    completed,
    put_back,
    source_of,
    spot_of_fault,
    unfilled,
)
from docgen.fill.provenance import make_room
from docgen.fill.skeleton import Traits, traits_of
from docgen.fill.slots import Source, number_tags
from docgen.fill.structure import check_spots
from docgen.fill.styles import Styles, read_styles
from docgen.fill.tags import words_of
from docgen.fill.template import CORE, DECLARATION, Edition, Part, Template, environment
from docgen.fill.xml import Element, Malformed, W, as_text, parse, text_in
from docgen.language import LanguageError
from docgen.language.names import reads_in
from docgen.problem import Problem, Severity, Where, error

MOST_HALVES = 100  # tags without an end in one part


def compile_template(data: bytes, name: str = "") -> Template:
    """Compiles the bytes of a .docx; nothing is raised: what is wrong stands in `problems`."""
    digest = hashlib.sha256(data).hexdigest()
    try:
        parts = read_package(data, name)
        cleaned, problems = clean(parts, name)
        styles_part = next(iter(related(cleaned, "styles")), "")
        styles = read_styles(cleaned[styles_part]) if styles_part else Styles()
    except Unreadable as fault:
        return Template(name, digest, problems=(fault.problem,))
    except Malformed:
        damaged = error("文档损坏", "样式部件不是合法的 XML", Where(file=name))
        return Template(name, digest, problems=(damaged,))
    if problems:
        return Template(name, digest, styles=styles, problems=problems)
    workshop = _Workshop(name, styles, parts)
    rendered = [workshop.part(part, parts[part]) for part in tagged_parts(parts)]
    made = tuple(part for part in rendered if part is not None)
    core = workshop.properties(parts)
    title = workshop.title(cleaned)
    if workshop.problems:
        return Template(name, digest, styles=styles, problems=tuple(workshop.problems))
    packed = _Packer()
    origin = make_room(cleaned)
    volatile = {part.name for part in made}
    faithful = Edition((*made, *core), packed.package(parts, volatile | {p.name for p in core}))
    clean_package = packed.package(cleaned, volatile | {CORE, origin})
    clean_edition = Edition(tuple(part.cleaned for part in made), clean_package)
    told = tuple(unfilled(parts, name))
    return Template(name, digest, faithful, clean_edition, origin, title, styles, told)


def silenced(part: Part, tags: Collection[int]) -> Part | None:
    """The part without what the tags of these numbers compute, tolerant of what it prints.

    None where that cannot be.
    """
    tree = environment().parse_source(part.source.text)
    try:
        code, sites = generate(
            environment(), recover.harmless(tree, part.source, tags), part.source, tolerant=True
        )
    except (TemplateSyntaxError, LanguageError, SyntaxError, RecursionError):
        return None
    return replace(part, code=code, sites=sites)


def recompiled(part: Part, data: bytes, template: Template) -> Part:
    """A part whose XML has changed since (notes that a sub-document brought along)."""
    if data == part.data or not part.name.endswith("notes.xml"):
        return part
    workshop = _Workshop(template.name, template.styles, {})
    return workshop.part(part.name, data) or part


class _Packer:
    """Deflates each content once, however many packages it goes into."""

    def __init__(self) -> None:
        self._done: dict[tuple[str, bytes], Member] = {}

    def package(self, parts: Parts, volatile: set[str]) -> Prebuilt:
        return Prebuilt({n: self._one(n, data) for n, data in parts.items() if n not in volatile})

    def _one(self, name: str, data: bytes) -> Member:
        key = name, data
        if key not in self._done:
            self._done[key] = member(name, data, packed_well(data))
        return self._done[key]


class _Workshop:
    """Compiles the parts of one template and gathers what is wrong with them."""

    def __init__(self, name: str, styles: Styles, parts: Parts) -> None:
        self._name, self._styles, self._parts = name, styles, parts
        self._main = main_part(parts)
        self.problems: list[Problem] = []

    def part(self, part: str, data: bytes) -> Part | None:
        """A part with tags compiled (the body always); None without tags, or with a Problem."""
        root = parse(data, tidy=True)  # as python-docx reads it for docxtpl
        xml = as_text(root)
        is_main = part == self._main
        if not engine.has_tags(xml) and not is_main:
            return None
        if engine.has_tags(xml) and engine.halves(xml) > MOST_HALVES:
            told = self._faults(list(paragraphs(root, self._label(part), self._styles)))
            self.problems += told or [_too_many_halves(self._label(part), self._name)]
            return None
        patched = DECLARATION + engine.patch(xml)
        source = Source(patched)
        try:
            source = number_tags(environment(), patched)
            _adopt_styles(root, source, self._styles)
            made = _compiled(
                part, data, source, engine.columns_vary(patched, xml), _next_id(root), is_main
            )
        except (TemplateSyntaxError, LanguageError, SyntaxError, RecursionError) as fault:
            told = self._faults(list(paragraphs(root, self._label(part), self._styles)))
            self.problems += told or [self._explained(fault, part, data, source)]
            return None
        return replace(made, label=self._label(part))

    def _label(self, part: str) -> str:
        return part_label(part, self._parts)

    def _faults(self, spots: list[Spot]) -> list[Problem]:
        """All that is wrong with the tags of a part that cannot be compiled, each tag by itself."""
        found = list(check_spots(spots, self._name))
        found += unreadable(program_of(words_of(spots), self._name), found)
        return list(dict.fromkeys(p for p in found if p.severity is Severity.ERROR))

    def properties(self, parts: Parts) -> tuple[Part, ...]:
        """The core properties where they have tags; without, they are completed in place."""
        xml, texts = completed(parts[CORE]) if CORE in parts else ("", ())
        if not xml:
            return ()
        if not any(engine.has_tags(text) for text in texts[: len(PROPERTIES)]):
            parts[CORE] = put_back(xml, texts)
            return ()
        source = Source("")
        try:
            source = source_of(xml, texts, environment())
            return (_compiled(CORE, parts[CORE], source),)
        except (TemplateSyntaxError, LanguageError, SyntaxError, RecursionError) as fault:
            told = self._explained(fault, CORE, parts[CORE], source)
            where = replace(told.where, spot=told.where.spot or spot_of_fault(texts, environment()))
            self.problems.append(replace(told, where=where))
            return ()

    def title(self, parts: Parts) -> Part | None:
        """The title in the template's properties, with its tags; None without one."""
        text = _title(parts)
        if not text:
            return None
        try:
            return _compiled(CORE, b"", number_tags(environment(), text))
        except (TemplateSyntaxError, LanguageError, SyntaxError, RecursionError):
            return None  # already told by `properties`

    def _explained(self, fault: Exception, part: str, data: bytes, source: Source) -> Problem:
        return faults.explain(
            fault, data, part, self._name, source, None, None, self._styles, label=self._label(part)
        )


def _too_many_halves(label: str, name: str) -> Problem:
    where = Where(file=name, spot=label)
    said = f"有 {MOST_HALVES} 处以上的标记没有开头或没有结尾"
    return error("模板括号", said, where, "{{ 配 }}，{% 配 %}，写在同一段里")


def _compiled(
    part: str,
    data: bytes,
    source: Source,
    columns_vary: bool = False,
    next_id: int = 1,
    is_main: bool = False,
) -> Part:
    tree = environment().parse_source(source.text)
    traits = traits_of(tree, source) if data else Traits()
    if is_main and traits.proven and not traits.repeats:
        _number_drawings(tree)
    reads = tuple(sorted(set(reads_in(tree))))
    code, sites = generate(environment(), tree, source)
    return Part(part, data, source, code, sites, traits, columns_vary, next_id, is_main, reads)


def _number_drawings(tree: nodes.Template) -> None:
    """Ids of drawings that every rendering has just once, given now as docxtpl gives them."""
    numbers = engine.drawing_numbers()
    for data in tree.find_all(nodes.TemplateData):
        data.data = engine.number_drawings(data.data, numbers)


def _next_id(root: Element) -> int:
    """The number that python-docx would give to the next drawing of a part."""
    ids = [key for node in root.iter() if (key := node.get("id") or "").isdigit()]
    return max(map(int, ids), default=0) + 1


def _title(parts: Parts) -> str:
    try:
        root = parse(parts[CORE]) if CORE in parts else None
    except Malformed:
        return ""
    title = root.findtext("{http://purl.org/dc/elements/1.1/}title") if root is not None else None
    return title or ""


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
