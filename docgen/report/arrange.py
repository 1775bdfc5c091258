"""A Report → lines for a person: may it be handed in, until when, what blocks, what to mend first.

With `most` lines wanted (a screen), what matters less is told more briefly until it fits.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from docgen.model.artifact import Output, Report, SubjectReport
from docgen.report.calendar import calendars
from docgen.report.findings import BLOCKERS, Told, by_group, group_head, group_lines, group_of
from docgen.report.lines import Line, Span, fold, line, padded, width
from docgen.report.mending import mending_lines
from docgen.report.summary import (
    MANY,
    closing,
    counts,
    documents,
    style_of,
    summarised,
    what_stands,
)

MORE = "没有全列出：docgen check 加 --all（make 检查 加 ALL=1）看全部"
LEAST = 3  # lines that each group is left where all are too many


def arrange(
    report: Report, today: date | None, columns: int, most: int | None = None
) -> list[Line]:
    """All lines, unfolded; of very many subjects what fits a screen."""
    if len(report.subjects) > MANY:
        return summarised(report, today, columns)
    groups = {name: items for name, items in by_group(report).items() if items}
    told = Told(report)
    full = {name: group_lines(name, items, told) for name, items in groups.items()}
    stand = list(_outputs(report.outputs))
    lines = _together(report, today, columns, full, stand)
    if most is None or _height(lines, columns) <= most:
        return lines
    if len(stand) > most // 4:
        stand = list(documents(report.outputs))
    heads = {name: [group_head(name, len(items))] for name, items in groups.items()}
    brief = {n: group_lines(n, items, told, brief=True) for n, items in groups.items()}
    room = most - 1 - _height(_together(report, today, columns, heads, stand), columns)
    fitted = _fitted(full, brief, room, columns)
    return [*_together(report, today, columns, fitted, stand), line(Span(MORE, "dim"))]


def _fitted(
    full: Mapping[str, list[Line]], brief: Mapping[str, list[Line]], room: int, columns: int
) -> dict[str, list[Line]]:
    """The groups in `room` rows beside their headings: what blocks first, each at least begun.

    Where not even that fits, what does not block is only counted; what blocks never is.
    """
    least = {name: min(_height(lines[1:], columns), LEAST) for name, lines in brief.items()}
    if sum(least.values()) > room:
        least |= {name: 1 for name in least if name not in BLOCKERS}
    later, fitted = sum(least.values()), {}
    for name, (head, *body) in brief.items():
        later -= least[name]
        kept = _cut(body, max(room - later, least[name]), columns)
        room -= _height(kept, columns)
        fitted[name] = [head, *kept]
    for name, lines in full.items():
        more = _height(lines, columns) - _height(fitted[name], columns)
        if more <= room:
            fitted[name], room = lines, room - more
    return fitted


def _cut(body: list[Line], room: int, columns: int) -> list[Line]:
    """As many lines as there is room for, and how many more there are."""
    if _height(body, columns) <= room:
        return body
    kept: list[Line] = []
    for one in body:
        if _height([*kept, one], columns) > room - 1:
            break
        kept.append(one)
    return [*kept, line(Span(f"……还有 {len(body) - len(kept)} 处", "dim"), indent=2)]


def _height(lines: Iterable[Line], columns: int) -> int:
    """How many rows of a terminal the lines take; a line that is not folded runs over by itself."""
    return sum(
        max(1, -(-width(one.text) // columns)) if one.whole else len(list(fold(one, columns)))
        for one in lines
    )


def _together(
    report: Report,
    today: date | None,
    columns: int,
    groups: Mapping[str, list[Line]],
    stand: list[Line],
) -> list[Line]:
    notices = [subject.notice for subject in report.subjects]
    several = len({(s.subject, s.notice.slug) for s in report.subjects}) > 1
    blocks = [
        [_headline(subject) for subject in report.subjects],
        list(calendars(notices, today, columns)),
        *(groups[name] for name in BLOCKERS if name in groups),
        list(mending_lines(report.subjects, several=several)),
        *(lines for name, lines in groups.items() if name not in BLOCKERS),
        stand,
        [closing(report, by_group(report))],
    ]
    lines: list[Line] = []
    for block in filter(None, blocks):
        lines += [*([line()] if lines else []), *block]
    return lines


def _headline(subject: SubjectReport) -> Line:
    """Can it be handed in: yes or no, who, under which notice, and why not."""
    may = subject.verdict.allows_final
    found = counts(group_of(problem) for problem in subject.problems)
    return line(
        Span("能交  " if may else "不能交（可出草稿）", "good head" if may else "bad head"),
        Span(f"  {subject.subject} · {subject.notice.slug}  ", "bold"),
        Span(subject.verdict.value, style_of(subject.verdict)),
        Span(f"  {found}" if found else "", "dim"),
        hang=8,
    )


def _outputs(outputs: tuple[Output, ...]) -> Iterator[Line]:
    if not outputs:
        return
    yield line(Span(f"{what_stands(outputs)} {len(outputs)} 个文件", "head"))
    widest = max(width(output.path) for output in outputs)
    for output in outputs:
        pages = f"{output.pages} 页" if output.pages else ""
        style = "warn" if output.status == "另存" else "dim" if output.status == "未变" else "good"
        yield line(
            Span(padded(output.status, 4) + "  ", style),
            padded(output.path, widest) if pages else output.path,
            Span(f"  {pages}" if pages else "", "dim"),
            indent=2,
            whole=True,
        )
