"""用例: an example with a change made to it, and whether the rule then says what it must."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from docgen.check import check_rule
from docgen.load import Source
from docgen.load.folder import Prose
from docgen.load.markdown import read_chapter
from docgen.model.artifact import Finding
from docgen.model.blocks import Block, Chapter, Section
from docgen.model.dossier import Built, Dossier
from docgen.model.notice import Case, Notice
from docgen.model.rule import Party
from docgen.model.tree import Node
from docgen.pipeline.desk import Desk
from docgen.problem import Outcome, Severity, Stop, Verdict, Where

PROSE, BUILT = "正文.", "成果."


@dataclass(frozen=True, slots=True)
class CaseResult:
    """What a case expected and what came; `ok` where they agree."""

    case: Case
    got: str

    @property
    def ok(self) -> bool:
        return self.got == self.case.expected


def run_case(desk: Desk, notice: Notice, case: Case) -> CaseResult:
    """Judges the example of a case with its changes made."""

    def change(source: Source) -> Source:
        mine = source.name == case.example
        changes = case.changes if mine else case.applicant_changes.get(source.name, {})
        return changed(source, changes, notice) if changes else source

    try:
        dossier = dossier_of(desk.changed(change, case.rule), notice, case.example)
    except Stop as stop:
        return CaseResult(case, f"没有示例：{stop.problem.message}")
    built = {path: node for path, node in case.changes.items() if path.startswith(BUILT)}
    if built:
        dossier = replace(dossier, built=_built(built, dossier))
    found = check_rule(dossier, case.rule)
    got = outcome(found)
    measured = found.actual if found is not None else ""
    if case.actual and got == case.expected and measured != case.actual:
        got = f"{got}，实际 {measured or '没有'}"
    return CaseResult(case, got)


def dossier_of(desk: Desk, notice: Notice, name: str) -> Dossier:
    """The dossier of an example by name, be it an applicant or a bureau."""
    try:
        source = desk.applicant(name)
    except Stop:
        source = desk.bureau(name)
    return desk.dossier(source, notice)


def outcome(found: Finding | None) -> str:
    """A Finding as the word that a case expects."""
    if found is None:
        return "不适用"
    if found.verdict is not Verdict.PASS:
        return str(found.verdict.value)
    severities = {problem.severity for problem in found.problems}
    if Severity.WARNING in severities:
        return "提醒"
    return "提示" if Severity.INFO in severities else "通过"


def changed(source: Source, changes: Mapping[str, object], notice: Notice) -> Source:
    """A source with values put (a Node) or removed (None) at dotted paths, where `notice` looks."""
    tree, prose = source.tree, source.prose
    for path, value in changes.items():
        node = value if isinstance(value, Node) else None
        if path.startswith(PROSE):
            prose = _put_prose(prose, path.removeprefix(PROSE).split(".", 1), node)
        elif not path.startswith(BUILT):
            steps = path.split(".")
            tree = put(tree, [*_section_with(tree, steps[0], notice), *steps], node)
    return replace(source, tree=tree, prose=prose)


def _section_with(tree: Node, key: str, notice: Notice) -> list[str]:
    """The path of the section of the data from which `notice` reads a key, [] for the top."""
    for above in notice.chain:
        section = tree.get(above.slug)
        if section is not None and key in section.mapping:
            return [above.slug]
    return []


def put(tree: Node, steps: list[str], value: Node | None) -> Node:
    """A tree with `value` at a path; None removes; the row after the last is appended."""
    step, rest = steps[0], steps[1:]
    if tree.is_sequence:
        items = list(tree.items)
        index = int(step) - 1
        if index >= len(items):
            if value is not None:
                items.append(put(Node({}, tree.file, tree.line), rest, value) if rest else value)
        elif rest:
            items[index] = put(items[index], rest, value)
        elif value is None:
            del items[index]
        else:
            items[index] = value
        return replace(tree, value=items)
    members = dict(tree.mapping)
    if rest:
        below = members.get(step, Node({}, tree.file, tree.line))
        members[step] = put(below, rest, value)
    elif value is None:
        members.pop(step, None)
    else:
        members[step] = value
    return replace(tree, value=members)


def _put_prose(prose: Prose, steps: list[str], value: Node | None) -> Prose:
    title, wanted = steps[0], steps[1] if len(steps) > 1 else None
    levels = {level: dict(chapters) for level, chapters in prose.levels.items()}
    where = value.where() if value else Where()
    for chapters in [c for c in levels.values() if title in c] or [levels.setdefault("", {})]:
        if wanted is None and value is None:
            chapters.pop(title, None)
        else:
            chapter = chapters.get(title) or Chapter(title, (), where)
            chapters[title] = _put_section(chapter, wanted, value)
    return Prose(levels)


def _put_section(chapter: Chapter, title: str | None, value: Node | None) -> Chapter:
    """A chapter with the Markdown of a section put, of the last where `title` is None."""
    if title is None:
        title = chapter.sections[-1].title if chapter.sections else ""
    where = chapter.where
    blocks: tuple[Block, ...] = ()
    if value is not None:
        where = value.where()
        read = read_chapter(value.text, value.file, title, pictures=_picture, first_line=value.line)
        blocks = read.value.blocks if read.value else ()
    sections = [s if s.title != title else replace(s, blocks=blocks) for s in chapter.sections]
    if title not in [section.title for section in sections]:
        sections.append(Section(title, blocks, where))
    return replace(chapter, sections=tuple(sections))


def _picture(address: str) -> Outcome[bytes]:
    return Outcome(None)


def _built(changes: Mapping[str, object], dossier: Dossier) -> tuple[Built, ...]:
    """成果.推荐意见.单位名称: 另一名称 → a standing document that prints that value."""
    found: dict[str, dict[str, str]] = {}
    for path, node in changes.items():
        kind, _, name = path.removeprefix(BUILT).partition(".")
        found.setdefault(kind, {})[name] = node.text if isinstance(node, Node) else ""
    return tuple(
        Built(kind, Party.BUREAU.value, dossier.name, f"out/{kind}.docx", values)
        for kind, values in found.items()
    )
