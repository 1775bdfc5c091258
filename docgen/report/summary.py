"""A Report on very many subjects → what fits a screen: who cannot pass and why, what is common."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from docgen.model.artifact import Output, Report, SubjectReport
from docgen.model.rule import Party
from docgen.problem import Severity, Verdict
from docgen.report.calendar import calendars
from docgen.report.findings import GROUPS, STYLES, Item, by_group
from docgen.report.lines import Line, Span, line

MANY = 12  # subjects, beyond which each is not told of in full
SHOWN = 6  # of those who cannot pass
ALIKE = 3  # kinds of Problems of a group
LEFT_OUT = "未列入"
DATA = "资料"  # what stands as the document of a data file


def summarised(report: Report, today: date | None, columns: int) -> list[Line]:
    """The lines, unfolded."""
    groups = by_group(report)
    notices = [subject.notice for subject in report.subjects]
    blocks = [
        list(_heads(report)),
        list(calendars(notices, today, columns)),
        list(_refused(report, columns)),
        *(list(_alike(name, groups[name], columns)) for name in GROUPS),
        list(documents(report.outputs)),
        [
            line(Span("逐家逐项见 审核台账.xlsx；全部结果加 --json", "dim")),
            closing(report, groups),
        ],
    ]
    lines: list[Line] = []
    for block in filter(None, blocks):
        lines += [*([line()] if lines else []), *block]
    return lines


def counts(names: Iterable[str]) -> str:
    """How many of each group, in the order of the groups."""
    found = Counter(names)
    return "，".join(f"{name} {found[name]}" for name in GROUPS if found[name])


def what_stands(outputs: tuple[Output, ...]) -> str:
    """What was written: documents, or data files."""
    return DATA if all(output.document == DATA for output in outputs) else "成品"


def style_of(verdict: Verdict) -> str:
    return {Verdict.PASS: "good", Verdict.HUMAN: "human"}.get(verdict, "bad")


def _heads(report: Report) -> Iterator[Line]:
    """The verdict on each bureau, and how many applicants have which."""
    for subject in (s for s in report.subjects if s.party is Party.BUREAU):
        yield line(
            Span(f"{subject.subject} · {subject.notice.slug}  ", "bold"),
            Span(subject.verdict.value, style_of(subject.verdict)),
        )
    applicants = [s for s in report.subjects if s.party is not Party.BUREAU]
    found = Counter(subject.verdict for subject in applicants)
    told = "，".join(f"{verdict.value} {number}" for verdict, number in found.most_common())
    yield line(Span(f"申报单位 {len(applicants)} 家：", "head"), told)


def _refused(report: Report, columns: int) -> Iterator[Line]:
    """Who cannot pass, each with the first reason."""
    told = [(s.subject, _why(s)) for s in report.subjects if _why(s)]
    known = {name for name, _ in told}
    told += [
        (p.subject, p.message)
        for p in report.problems
        if p.code == LEFT_OUT and p.subject not in known
    ]
    if told:
        yield line(Span(f"不能交 {len(told)} 家", "bad head"))
    for name, why in told[:SHOWN]:
        yield line(Span(f"{name}  ", "bold"), _short(why, columns - 20), indent=2, whole=True)
    if len(told) > SHOWN:
        yield line(Span(f"另有 {len(told) - SHOWN} 家", "dim"), indent=2)


def _why(subject: SubjectReport) -> str:
    errors = [p.message for p in subject.problems if p.severity is Severity.ERROR]
    more = f" 等 {len(errors)} 项" if len(errors) > 1 else ""
    return f"{errors[0]}{more}" if errors else ""


def _alike(name: str, items: list[Item], columns: int) -> Iterator[Line]:
    """The commonest Problems of a group: the rule or code, how many subjects, what it says."""
    if not items:
        return
    found: dict[str, list[Item]] = {}
    for item in items:
        if item.problem.code != LEFT_OUT:  # told of above
            found.setdefault(item.problem.code, []).append(item)
    kinds = sorted(found.items(), key=lambda kind: -len(kind[1]))
    most = f"，{len(kinds)} 种，先列最多的 {ALIKE} 种" if len(kinds) > ALIKE else ""
    yield line(Span(f"{name} {len(items)} 项", f"{STYLES.get(name, 'dim')} head"), most)
    for code, alike in kinds[:ALIKE]:
        first = alike[0]
        said = first.finding.name if first.finding else first.problem.message
        who = len({item.problem.subject for item in alike})
        yield line(
            Span(f"{code}  ", "code"),
            f"{who} 家  {_short(said, columns - 20)}",
            indent=2,
            whole=True,
        )


def _short(text: str, columns: int) -> str:
    most = max(columns // 2, 20)
    return text if len(text) <= most else text[: most - 1] + "…"


def documents(outputs: tuple[Output, ...]) -> Iterator[Line]:
    """How many files of each document stand, and in which state."""
    if not outputs:
        return
    folder = os.path.commonpath([os.path.dirname(output.path) for output in outputs])
    place = f"，在 {folder}/" if folder else ""
    yield line(Span(f"{what_stands(outputs)} {len(outputs)} 个文件{place}", "head"))
    kinds: dict[str, Counter[tuple[str, str]]] = {}
    for output in outputs:
        extension = output.path.rpartition(".")[2]
        kinds.setdefault(output.document, Counter())[extension, output.status] += 1
    for kind, states in kinds.items():
        told = (f"{extension} {state} {number}" for (extension, state), number in states.items())
        yield line(f"{kind}  {'，'.join(told)}", indent=2)


def closing(report: Report, groups: Mapping[str, list[Item]]) -> Line:
    """All of it in one line: the verdict where someone was judged, the counts, what stands."""
    found = counts(name for name, items in groups.items() for _ in items) or "没有发现问题"
    wrong = bool(groups["错误"] or groups["不通过"] or groups["资料不足"])
    style = style_of(report.verdict) if report.subjects else "bad" if wrong else "good"
    word = report.verdict.value if report.subjects else "有错误" if wrong else "没有错误"
    about = "，".join(f"{key} {value}" for key, value in report.about.items())
    made = [output.draft for output in report.outputs]
    drafts = f"，其中草稿 {sum(made)} 个" if any(made) else ""
    stand = f"；{what_stands(report.outputs)} {len(made)} 个文件{drafts}" if made else ""
    refused = "；有文书没有生成，原因见上" if report.refused else ""
    about = f"（{about}）" if about else ""
    return line(
        Span("合计 ", "dim"), Span(word, f"{style} head"), f"{about}：{found}{stand}{refused}"
    )
