"""A compiled template and one record's values → the bytes of a Word document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from jinja2.exceptions import TemplateError
from markupsafe import Markup

from docgen.fill import engine, faults
from docgen.fill.blanks import Blank
from docgen.fill.environment import SESSION
from docgen.fill.holes import Hole, find_holes, highlight_holes, place_of, strip_marks
from docgen.fill.mend import mend
from docgen.fill.merge import merge_same
from docgen.fill.package import Parts, write_package
from docgen.fill.pictures import Album
from docgen.fill.printed import uncarried
from docgen.fill.provenance import Stamp, sign
from docgen.fill.recover import MOST_FAULTS, is_final, without_tag
from docgen.fill.renumber import restart_lists
from docgen.fill.session import Ledger, PartSession
from docgen.fill.slots import Source
from docgen.fill.template import Part, Template, environment
from docgen.fill.traced import Places
from docgen.fill.xml import Malformed, parse, serialise
from docgen.language import LanguageError, metered
from docgen.model.blocks import Chapter, texts
from docgen.model.values import Missing, Record, walk
from docgen.problem import Problem, Severity, Where, error

if TYPE_CHECKING:
    from docgen.model.notice import TableSpec

NO_STAMP = Stamp()


@dataclass(frozen=True, slots=True)
class Filled:
    """What came out: `docx` is empty where it was refused, and `problems` say why.

    `holes` are the required facts that are absent, `used` the text printed for each path.
    """

    docx: bytes = b""
    holes: tuple[Hole, ...] = ()
    used: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @property
    def failed(self) -> bool:
        return not self.docx


def fill(
    template: Template,
    values: Record,
    *,
    draft: bool = True,
    stamp: Stamp = NO_STAMP,
    tables: Sequence[TableSpec] = (),
    places: Places | None = None,
) -> Filled:
    """Fills a template. A draft marks what is missing; a final is refused while anything is.

    `tables` are the document's, for the equal cells that they merge; `places` tells where in the
    data the value of a path was typed.

    Nothing is raised for what the template or the values hold: the Problems say it, all at once.
    """
    if not template.is_usable:
        return Filled(problems=template.problems)
    ledger = Ledger(problems=list(template.problems))
    for problem in _unprintable(values):
        ledger.fail(problem)
    parts: Parts = dict(template.parts)
    facts = {key: _fact(value) for key, value in values.items()}
    holes: dict[str, str] = {}
    for part in template.rendered:
        xml, whole = _render(template, part, values, facts, parts, ledger, places)
        holes |= {path: label for path, label in find_holes(xml) if path not in holes}
        if whole:
            _settle(template, part, xml, parts, ledger)
    ledger.problems += merge_same(parts, tables, values)
    restart_lists(parts)
    found = tuple(Hole(path, label, place_of(values, path)) for path, label in holes.items())
    if not draft:
        ledger.problems += [_lacking(hole) for hole in found]
    used, problems = ledger.printed, tuple(dict.fromkeys(ledger.problems))
    wrong = any(problem.severity is Severity.ERROR for problem in problems)
    if ledger.broken or (wrong and not draft):
        return Filled(holes=found, used=used, problems=problems)
    sign(parts, replace(stamp, title=_title(template, facts, values) or stamp.title), used)
    return Filled(write_package(parts), found, used, problems)


def _fact(value: object) -> object:
    return Blank.of(value) if isinstance(value, Missing) else value


def _render(
    template: Template,
    part: Part,
    values: Record,
    facts: Mapping[str, object],
    parts: Parts,
    ledger: Ledger,
    places: Places | None,
) -> tuple[str, bool]:
    """The part's XML with the values in it, and whether it is whole.

    Where a tag fails, that is told and the part is rendered again without it, so that the other
    faults and everything missing come out in the same run.
    """
    program, source, steps = part.program, part.source, ledger.steps
    for attempt in range(MOST_FAULTS):
        album = Album(parts, part.name)
        session = PartSession(source, values, template.styles, album, ledger)
        context = program.new_context({**facts, SESSION: session})
        try:
            with metered():
                return "".join(program.root_render_func(context)), not attempt
        except Exception as fault:  # explain() raises again what is our own
            ledger.fail(
                faults.explain(
                    fault, template.parts[part.name], part.name, template.name, source, program,
                    values, template.styles, places,
                )
            )  # fmt: skip
            rest = without_tag(source, faults.tag_index(fault, source, program))
            if rest is None or is_final(fault):
                break
            source, program, ledger.steps = rest, environment().from_string(rest.text), steps
    return "", False


def _settle(template: Template, part: Part, xml: str, parts: Parts, ledger: Ledger) -> None:
    """The rendered XML as the part's bytes: breaks, tables, holes and loose ends seen to."""
    try:
        xml = engine.resolve_listing(xml)
        parse(xml)
        root = parse(engine.fix_tables(xml) if part.columns_vary else xml)
    except Malformed:
        ledger.fail(
            error(
                faults.CODE,
                f"{part.name} 填好后不是完整的 Word 内容：判断或循环的开始和结束不在同一层",
                Where(file=template.name),
                "跨段落的判断、循环用 {%p %}，表格行用 {%tr %}，开始与结束放在同一层",
            )
        )
        return
    highlight_holes(root)
    mend(root)
    parts[part.name] = strip_marks(serialise(root).decode()).encode()


def _title(template: Template, facts: Mapping[str, object], values: Record) -> str:
    """The title of the template's own properties, with its tags filled in; "" where that fails."""
    if not template.title:
        return ""
    album = Album({}, "")
    session = PartSession(Source(""), values, template.styles, album, Ledger())
    try:
        program = environment().from_string(template.title)
        printed = "".join(
            program.root_render_func(program.new_context({**facts, SESSION: session}))
        )
    except (TemplateError, LanguageError, ArithmeticError, TypeError, ValueError):
        return ""
    return str(Markup(strip_marks(printed)).unescape())


def _lacking(hole: Hole) -> Problem:
    return error("待补", f"缺“{hole.label}”", hole.where, f"请填写 {hole.path} 后再出正式稿")


def _unprintable(values: Record) -> Iterator[Problem]:
    """An error for each value with a character that no Word file can carry."""
    for path, fact in walk(values):
        if isinstance(fact, str) and not fact.isprintable():
            yield from _refused(fact, Where(path=path))
        elif isinstance(fact, Chapter):
            for section in fact.sections:
                for text, where in ((section.title, section.where), *texts(section.blocks)):
                    if not text.isprintable():
                        yield from _refused(text, where)
        elif isinstance(fact, tuple):
            for text in fact:
                yield from _refused(str(text), Where(path=path))


def _refused(text: str, where: Where) -> Iterator[Problem]:
    for name in uncarried(text):
        yield error(
            "字符不能写入",
            f"“{where.path or '正文'}”里有 Word 文件存不了的字符 {name}",
            where,
            "请删去这个看不见的字符（多半是从别处粘贴带来的）",
        )
