"""A Report → lines for a person: verdict, calendars, what blocks, what to decide, what stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from docgen.model.artifact import Output, Report, SubjectReport
from docgen.report.calendar import calendars
from docgen.report.findings import GROUPS, by_group, group_lines, group_of
from docgen.report.lines import Line, Span, line, padded, width
from docgen.report.summary import MANY, closing, counts, style_of, summarised, what_stands


def arrange(report: Report, today: date | None, columns: int) -> list[Line]:
    """All lines, unfolded; of very many subjects what fits a screen."""
    if len(report.subjects) > MANY:
        return summarised(report, today, columns)
    groups = by_group(report)
    notices = [subject.notice for subject in report.subjects]
    blocks = [
        [_headline(subject) for subject in report.subjects],
        list(calendars(notices, today, columns)),
    ]
    several = len({(s.subject, s.notice.slug) for s in report.subjects}) > 1
    for name in GROUPS:
        if groups[name]:
            blocks.append(list(group_lines(name, groups[name], several)))
    blocks += [list(_outputs(report.outputs)), [closing(report, groups)]]
    lines: list[Line] = []
    for block in filter(None, blocks):
        lines += [*([line()] if lines else []), *block]
    return lines


def _headline(subject: SubjectReport) -> Line:
    """Can it be handed in: yes or no, who, under which notice, and why not."""
    may = subject.verdict.allows_final
    found = counts(group_of(problem) for problem in subject.problems)
    return line(
        Span("能交  " if may else "不能交", "good head" if may else "bad head"),
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
