"""A Report → lines for a person: verdict, calendars, what blocks, what to decide, what stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from docgen.model.artifact import Output, Report, SubjectReport
from docgen.problem import Verdict
from docgen.report.calendar import calendars
from docgen.report.findings import GROUPS, Item, by_group, group_lines, group_of
from docgen.report.lines import Line, Span, line, padded, width

DATA = "资料"  # what stands as the document of a data file


def arrange(report: Report, today: date | None, columns: int) -> list[Line]:
    """All lines, unfolded."""
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
    blocks += [list(_outputs(report.outputs)), [_closing(report, groups)]]
    lines: list[Line] = []
    for block in filter(None, blocks):
        lines += [*([line()] if lines else []), *block]
    return lines


def _headline(subject: SubjectReport) -> Line:
    """Can it be handed in: yes or no, who, under which notice, and why not."""
    may = subject.verdict.allows_final
    counts = _counts([group_of(problem) for problem in subject.problems])
    return line(
        Span("能交  " if may else "不能交", "good head" if may else "bad head"),
        Span(f"  {subject.subject} · {subject.notice.slug}  ", "bold"),
        Span(subject.verdict.value, _style(subject.verdict)),
        Span(f"  {counts}" if counts else "", "dim"),
        hang=8,
    )


def _outputs(outputs: tuple[Output, ...]) -> Iterator[Line]:
    if not outputs:
        return
    yield line(Span(f"{_what(outputs)} {len(outputs)} 个文件", "head"))
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


def _closing(report: Report, groups: dict[str, list[Item]]) -> Line:
    """All of it in one line: the verdict where someone was judged, the counts, what stands."""
    counts = _counts([name for name, items in groups.items() for _ in items]) or "没有发现问题"
    wrong = bool(groups["错误"] or groups["不通过"] or groups["资料不足"])
    style = _style(report.verdict) if report.subjects else "bad" if wrong else "good"
    word = report.verdict.value if report.subjects else "有错误" if wrong else "没有错误"
    about = "，".join(f"{key} {value}" for key, value in report.about.items())
    made = [output.draft for output in report.outputs]
    drafts = f"，其中草稿 {sum(made)} 个" if any(made) else ""
    stand = f"；{_what(report.outputs)} {len(made)} 个文件{drafts}" if made else ""
    refused = "；有文书没有生成，原因见上" if report.refused else ""
    about = f"（{about}）" if about else ""
    return line(
        Span("合计 ", "dim"), Span(word, f"{style} head"), f"{about}：{counts}{stand}{refused}"
    )


def _what(outputs: tuple[Output, ...]) -> str:
    """What was written: documents, or data files."""
    return DATA if all(output.document == DATA for output in outputs) else "成品"


def _counts(names: list[str]) -> str:
    return "，".join(f"{name} {names.count(name)}" for name in GROUPS if name in names)


def _style(verdict: Verdict) -> str:
    return {Verdict.PASS: "good", Verdict.HUMAN: "human"}.get(verdict, "bad")
