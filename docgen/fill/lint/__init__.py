"""A template before any data → every finding at once, each with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from docgen.fill.clean import clean
from docgen.fill.compiling import compile_template
from docgen.fill.findings import CODES, finding
from docgen.fill.lint.annotate import AUTHOR, annotate
from docgen.fill.lint.certain import check_certain
from docgen.fill.lint.coverage import check_coverage
from docgen.fill.lint.fonts import check_fonts
from docgen.fill.lint.headings import Headings, template_headings, template_names
from docgen.fill.lint.inner import check_inner
from docgen.fill.lint.known import Facts, Known, known_facts, unused_fields
from docgen.fill.lint.reading import Reading, read_template
from docgen.fill.lint.splits import check_splits
from docgen.fill.lint.traces import check_traces
from docgen.fill.lint.uses import check_uses
from docgen.fill.package import Unreadable
from docgen.fill.program import program_of, unreadable
from docgen.fill.structure import check_spots
from docgen.fill.xml import Malformed, W
from docgen.problem import Problem, Severity, Where

__all__ = [
    "CODES",
    "Facts",
    "Headings",
    "Known",
    "annotate",
    "known_facts",
    "lint_template",
    "template_headings",
    "template_names",
    "unused_fields",
]


def lint_template(
    data: bytes, known: Mapping[str, str] | Facts | None = None, name: str = ""
) -> tuple[Problem, ...]:
    """Every finding on a template, the heaviest kinds first, within them in reading order.

    `known` are dotted paths of facts (案例.客户) with their labels, or with what is known of them;
    without it names are not looked at.
    """
    try:
        reading = read_template(data, name)
    except (Unreadable, Malformed):
        return compile_template(data, name).problems
    facts = {
        path: told if isinstance(told, Known) else Known(told)
        for path, told in (known or {}).items()
    }
    problems = [*_tags(reading, facts), *_unfilled(reading)]
    if any(problem.severity is Severity.ERROR for problem in problems):
        problems += clean(reading.parts, name)[1]
    else:
        problems += compile_template(data, name).problems
    problems += check_traces(reading)
    problems += check_fonts(reading)
    return tuple(dict.fromkeys(problems))


def _tags(reading: Reading, facts: Facts) -> Iterator[Problem]:
    """What is wrong with the tags of the parts that are filled in."""
    programs = []
    sound = True
    for part in reading.tagged:
        found = [*check_spots(part.spots, reading.name), *check_splits(part, reading.name)]
        yield from found
        sound &= not any(problem.severity is Severity.ERROR for problem in found)
        program = program_of(part.words, reading.name)
        yield from unreadable(program, found)
        yield from check_certain(program, reading.name)
        yield from check_inner(program, reading.name)
        if facts:
            yield from check_uses(program, facts, reading.name)
        programs.append(program)
    if facts and sound:
        yield from check_coverage(programs, facts, reading.name)


def _unfilled(reading: Reading) -> Iterator[Problem]:
    """Tags where nothing is ever filled in."""
    for part in reading.others:
        for word in part.words:
            if any(a.get(W + "author") == AUTHOR for a in word.spot.paragraph.iterancestors()):
                continue
            where = Where(file=reading.name, spot=word.where)
            said = f"“{word.text}”写在{word.spot.place.partition('第')[0]}里，不会填写"
            yield finding("模板位置", said, where)
