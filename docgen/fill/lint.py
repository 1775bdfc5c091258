"""What is wrong with a template before any data, and what it holds: headings, names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from docgen.fill.compiling import compile_template, tagged_parts
from docgen.fill.engine import has_tags, patch
from docgen.fill.faults import unknown_name
from docgen.fill.package import Unreadable, read_package, related
from docgen.fill.places import TAG, Tag, paragraphs, tags_of
from docgen.fill.slots import number_tags
from docgen.fill.structure import check_structure
from docgen.fill.styles import Styles, read_styles
from docgen.fill.xml import Element, Malformed, W, as_text, parse, value
from docgen.language import Environment, LanguageError
from docgen.language.environment import TemplateSyntaxError
from docgen.language.names import names_in
from docgen.problem import Problem, Severity, Where

PROSE = "正文"


@dataclass(frozen=True, slots=True)
class Headings:
    """`typed`: headings that stand in the template; `printed`: the 正文 paths printed."""

    typed: tuple[str, ...]
    printed: tuple[str, ...]

    def holds(self, chapter: str, section: str = "") -> bool:
        """Whether a chapter's heading, or a section of it, will stand in the document."""
        if not section:
            return chapter in self.typed
        whole = f"{PROSE}.{chapter}"
        return section in self.typed or whole in self.printed


@dataclass(frozen=True, slots=True)
class _Part:
    name: str
    root: Element
    tags: list[Tag]


def lint_template(
    data: bytes, known: Mapping[str, str] | None = None, name: str = ""
) -> tuple[Problem, ...]:
    """Every finding on a template. `known` are dotted paths of facts (案例.客户) with their labels.

    Without `known` the names are not looked at.
    """
    template = compile_template(data, name)
    try:
        found = list(_parts(data))
    except (Unreadable, Malformed):
        return template.problems
    styles = template.styles
    problems = [p for part in found for p in check_structure(part.root, part.name, name, styles)]
    if not any(problem.severity is Severity.ERROR for problem in problems):
        problems += template.problems
    else:
        problems += [p for p in template.problems if p.code not in {q.code for q in problems}]
    if known:
        for part in found:
            problems += _unknown_names(part, known, name)
    return tuple(problems)


def template_headings(data: bytes) -> Headings:
    """The headings a template holds; empty for what cannot be read."""
    typed, printed = [], []
    try:
        for part in _parts(data):
            styles = _styles(data)
            for spot in paragraphs(part.root, part.name, styles):
                style = value(spot.paragraph.find(W + "pPr"), "pStyle") or ""
                if style in styles.levels:
                    typed.append(TAG.sub("", spot.text).strip())
            printed += [path for path in _names(part) if path.startswith(PROSE + ".")]
    except (Unreadable, Malformed):
        return Headings((), ())
    return Headings(tuple(text for text in typed if text), tuple(dict.fromkeys(printed)))


def template_names(data: bytes) -> frozenset[str]:
    """The dotted paths of facts that a template reads, loops followed into their rows."""
    try:
        return frozenset(path for part in _parts(data) for path in _names(part))
    except (Unreadable, Malformed):
        return frozenset()


def _styles(data: bytes) -> Styles:
    parts = read_package(data)
    found = next(iter(related(parts, "styles")), "")
    return read_styles(parts[found]) if found else Styles()


def _parts(data: bytes) -> Iterator[_Part]:
    parts = read_package(data)
    styles = _styles(data)
    for part in tagged_parts(parts):
        if part in parts:
            root = parse(parts[part])
            yield _Part(part, root, tags_of(root, part, styles))


def _names(part: _Part) -> Iterator[str]:
    """The paths that a part reads; none where its tags cannot be parsed."""
    xml = as_text(part.root)
    if not has_tags(xml):
        return
    environment = Environment(templates=True, autoescape=True)
    try:
        tree = environment.parse(number_tags(environment, patch(xml)).text)
    except (TemplateSyntaxError, LanguageError):
        return
    for path in dict.fromkeys(names_in(tree)):
        if path.split(".")[0] not in environment.globals:
            yield path


def _unknown_names(part: _Part, known: Mapping[str, str], name: str) -> Iterator[Problem]:
    told = set()
    for path in _names(part):
        wrong = _first_unknown(path, known)
        if wrong is None or wrong in told:
            continue
        told.add(wrong)
        owner, _, step = wrong.rpartition(".")
        siblings = [p.removeprefix(owner + ".") for p in known if p.startswith(owner + ".")]
        tops = [p for p in known if "." not in p]
        tag = next((tag for tag in part.tags if step in tag.text), None)
        spot = tag.spot.with_tag(tag.text) if tag else ""
        yield unknown_name(step, siblings if owner else tops, Where(file=name, spot=spot))


def _first_unknown(path: str, known: Mapping[str, str]) -> str | None:
    """The shortest beginning of a path that no field has; below a plain field nothing is judged."""
    here = ""
    for step in path.split("."):
        longer = f"{here}.{step}" if here else step
        if longer not in known and not any(p.startswith(longer + ".") for p in known):
            has_members = not here or any(p.startswith(here + ".") for p in known)
            return longer if has_members else None
        here = longer
    return None
