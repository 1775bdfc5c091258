"""The chapters that a notice's documents must have → the files of 正文/ to write them in.

What the notice asks of a chapter or section stands there as a comment, which never prints.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from docgen.check.rules import names_of_rule
from docgen.load.facts import applies
from docgen.load.source import PROSE
from docgen.model.notice import ChapterSpec, Document, Notice, in_track
from docgen.model.rule import Party
from docgen.scaffold.comments import one_line

HOW = (
    "这样的说明不会印出。节名（##）不要改；节里可用 ### 小标题、列表、表格，写（见证01）引用证明。"
)


def chapter_files(notice: Notice, track: str) -> dict[str, str]:
    """The text of each chapter by its title, in the order of the documents."""
    found: dict[str, list[tuple[Document, ChapterSpec]]] = {}
    for document in notice.documents:
        if document.issuer is Party.APPLICANT and in_track(document.track, track):
            for spec in document.chapters:
                found.setdefault(spec.title, []).append((document, spec))
    asked = _asked(notice, track)
    return {title: _text(title, specs, asked, track) for title, specs in found.items()}


def _asked(notice: Notice, track: str) -> Mapping[str, list[str]]:
    """What rules look at, by the path of the chapter or section: 条款 二（三）：…"""
    told: dict[str, list[str]] = {}
    for rule in notice.rules:
        if rule.party is Party.APPLICANT and in_track(rule.track, track):
            line = f"{rule.code} 条款 {rule.article}：{one_line(rule.name)}"
            for name in names_of_rule(rule):
                if name.startswith(f"{PROSE}.") and line not in told.setdefault(name, []):
                    told[name].append(line)
    return told


def _text(
    title: str,
    specs: list[tuple[Document, ChapterSpec]],
    asked: Mapping[str, list[str]],
    track: str,
) -> str:
    head = [f"{title}：{document.kind}的一章{_noted(spec.note)}" for document, spec in specs]
    written = [*_comment([*head, *asked.get(f"{PROSE}.{title}", []), HOW])]
    sections = dict.fromkeys(name for _, spec in specs for name in spec.sections)
    for name in sections:
        written += ["", *_section(title, name, specs, asked, track)]
    return "\n".join(written) + "\n"


def _section(
    title: str,
    name: str,
    specs: list[tuple[Document, ChapterSpec]],
    asked: Mapping[str, list[str]],
    track: str,
) -> Iterator[str]:
    conditions = {spec.applies.get(name, "") for _, spec in specs if name in spec.sections}
    known = {"类别": track} if track else {}
    holds = [applies(condition, known) for condition in conditions]
    if not any(one is None or one for one in holds):
        return
    told = [spec.section_notes[name] for _, spec in specs if name in spec.section_notes]
    for document, spec in specs:
        told += [
            f"节后印出“{t.title}”，取自 {t.source}"
            for t in document.tables
            if t.after == f"{spec.title}.{name}"
        ]
    told += asked.get(f"{PROSE}.{title}.{name}", [])
    if True in holds:
        yield f"## {name}"
        yield from _comment(list(dict.fromkeys(told))) if told else ()
    else:
        (condition, *_) = conditions
        yield from _comment(
            [f"只在 {one_line(condition)} 时要有这一节，另起一行写：## {name}", *told]
        )


def _comment(lines: list[str]) -> list[str]:
    safe = [one_line(line).replace("-->", "—>") for line in lines]
    return [f"<!-- {safe[0]} -->"] if len(safe) == 1 else ["<!--", *safe, "-->"]


def _noted(note: str) -> str:
    return f"；{one_line(note)}" if note else ""
