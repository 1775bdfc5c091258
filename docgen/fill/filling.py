"""A compiled template and one record's values → the bytes of a Word document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from docgen.fill.album import Host, NeedsHost
from docgen.fill.holes import Hole, place_of
from docgen.fill.ledger import Ledger
from docgen.fill.merge import merge_same
from docgen.fill.provenance import Stamp, stamped
from docgen.fill.rendering import Rendering
from docgen.fill.template import Edition, Template
from docgen.fill.traced import Places
from docgen.model.values import Record
from docgen.problem import Problem, Severity, error

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


class Unfillable(Exception):
    """A template could not be rendered with these values; `problems` say all that is wrong."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("；".join(problem.message for problem in problems))
        self.problems = problems


def render(template: Template, values: Mapping[str, object], host: Host | None = None) -> bytes:
    """The docx that docxtpl would make of these values; Unfillable where there is none.

    Nothing is added and nothing cleaned: no provenance, no holes, the file's own properties.
    """
    if not template.is_usable:
        raise Unfillable(template.problems)
    try:
        return _rendered(template, template.faithful, values, host=host)
    except NeedsHost as need:
        from docgen.fill.lent import edition_of

        return _rendered(template, edition_of(template, need.host), values, base=need.host)


def _rendered(
    template: Template,
    edition: Edition,
    values: Mapping[str, object],
    *,
    host: Host | None = None,
    base: Host | None = None,
) -> bytes:
    ledger = Ledger()
    rendering = Rendering(template, edition, values, ledger, host, base)
    changed = rendering.parts()
    ledger.problems += [_lacking(hole) for hole in _holes(rendering, values)]
    if ledger.problems:
        raise Unfillable(tuple(dict.fromkeys(ledger.problems)))
    rendering.renumber(changed)
    return edition.package.write(changed)


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
    rendering = Rendering(template, template.clean, values, ledger, places=places)
    changed = rendering.parts()
    title = rendering.title()
    ledger.problems += merge_same(changed, template.main, tables, values)
    found = _holes(rendering, values)
    if not draft:
        ledger.problems += [_lacking(hole) for hole in found]
    used, problems = ledger.printed, tuple(dict.fromkeys(ledger.problems))
    wrong = any(problem.severity is Severity.ERROR for problem in problems)
    if ledger.broken or (wrong and not draft):
        return Filled(holes=found, used=used, problems=problems)
    rendering.renumber(changed)
    stamp = replace(stamp, title=title or stamp.title)
    changed |= stamped(template.origin, stamp, used)
    return Filled(template.clean.package.write(changed), found, used, problems)


def _holes(rendering: Rendering, values: Mapping[str, object]) -> tuple[Hole, ...]:
    if not isinstance(values, Record):
        return ()
    holes = rendering.holes.items()
    return tuple(Hole(path, label, place_of(values, path)) for path, label in holes)


def _lacking(hole: Hole) -> Problem:
    return error("待补", f"缺“{hole.label}”", hole.where, f"请填写 {hole.path} 后再出正式稿")
