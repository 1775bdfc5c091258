"""The Problems of a Report → groups in the order a person needs them, and each as lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from docgen.model.artifact import Finding, Report, SubjectReport
from docgen.problem import Problem, Severity, Verdict
from docgen.report.lines import Line, Span, line

FULL = 10  # a group with more than so many is told briefly: a line a rule and place, a hint once

STYLES = {"错误": "bad", "不通过": "bad", "资料不足": "bad", "待人工": "human", "提醒": "warn"}
BLOCKERS = ("错误", "不通过", "资料不足")
GROUPS = (*BLOCKERS, "待人工", "提醒", "提示")


@dataclass(slots=True)
class Item:
    """A Problem once, with every notice under which it was found, and how its rule was judged."""

    problem: Problem
    notices: list[str] = field(default_factory=list)
    finding: Finding | None = None


def group_of(problem: Problem) -> str:
    """Which of GROUPS a Problem belongs to."""
    if problem.severity is Severity.ERROR:
        known = problem.verdict in (Verdict.FAIL, Verdict.LACKING)
        return problem.verdict.value if problem.verdict and known else "错误"
    if problem.verdict is Verdict.HUMAN:
        return "待人工"
    return problem.severity.label


def by_group(report: Report) -> dict[str, list[Item]]:
    """The items of each group, in the report's order; what two notices both say stands once."""
    findings = {
        (problem.subject, replace(problem, notice="", subject="")): finding
        for subject in report.subjects
        for finding in subject.findings
        for problem in finding.problems
    }
    items: dict[Problem, Item] = {}
    for problem in report.all_problems:
        item = items.setdefault(replace(problem, notice=""), Item(problem))
        item.finding = findings.get((problem.subject, replace(problem, notice="", subject="")))
        if problem.notice and problem.notice not in item.notices:
            item.notices.append(problem.notice)
    groups: dict[str, list[Item]] = {name: [] for name in GROUPS}
    for item in items.values():
        groups[group_of(item.problem)].append(item)
    return groups


class Told:
    """What the lines of a Report need to know beside its Problems."""

    def __init__(self, report: Report) -> None:
        self.several = len({(s.subject, s.notice.slug) for s in report.subjects}) > 1
        self._subjects = {(s.subject, s.notice.slug): s for s in report.subjects}

    def shown(self, item: Item) -> str:
        """The documents in which what a Problem is about shows: 建设方案第12页、联合协议."""
        return shown_in(self._subject(item), item.problem)

    def evidence(self, item: Item) -> str:
        """The scans by which a person judges a rule."""
        subject = self._subject(item)
        return "、".join(subject.evidence.get(item.problem.code, ())) if subject else ""

    def _subject(self, item: Item) -> SubjectReport | None:
        return self._subjects.get((item.problem.subject, item.problem.notice))


def shown_in(subject: SubjectReport | None, problem: Problem) -> str:
    shown = subject.shown.get(problem.where.path, ()) if subject else ()
    return "、".join(
        one.document + (f"第{'、'.join(map(str, one.pages))}页" if one.pages else "")
        for one in shown
    )


def group_head(name: str, count: int) -> Line:
    """The heading of a group."""
    return line(Span(f"{name} {count} 项", f"{STYLES.get(name, 'dim')} head"))


def group_lines(name: str, items: list[Item], told: Told, *, brief: bool = False) -> list[Line]:
    """A group under its heading; `brief` with a line for what stands at one place."""
    lines = [group_head(name, len(items))]
    if name == "待人工":
        lines += _compact(items, told, basis=not brief)
        if not brief:
            said = "核对后在数据的“确认”里按编号写 结论、日期、经手"
            lines.append(line(Span(said, "dim"), indent=2))
    elif brief or len(items) > FULL:
        lines += _briefly(items, told, hints=not brief)
    else:
        lines += [one for item in items for one in _in_full(item, told)]
    return lines


def _compact(items: list[Item], told: Told, *, basis: bool) -> Iterator[Line]:
    for item in items:
        title, said = _told(item)
        scans = told.evidence(item)
        yield line(
            Span(f"{item.problem.code} ", "code", item.problem.where),
            title,
            Span(f" 看 {scans}" if scans else "", "human"),
            *(_basis(item) if basis else ()),
            *_whom(item, told.several),
            indent=2,
        )
        if said and item.problem.severity is Severity.WARNING:
            yield line(Span(said, "warn"), indent=4)


def _in_full(item: Item, about: Told) -> Iterator[Line]:
    problem = item.problem
    title, said = _told(item)
    yield line(*_head(item), title, *_whom(item, about.several), indent=0, hang=2, whole=True)
    if said:
        yield line(said, indent=2)
    if problem.clause:
        yield line(Span("依据 ", "dim"), str(problem.clause), indent=2, hang=7)
    if shown := about.shown(item):
        yield line(Span("见于 ", "dim"), shown, indent=2, hang=7)
    if problem.hint:
        yield line(Span("提示 ", "dim"), problem.hint, indent=2, hang=7)


def _briefly(items: list[Item], about: Told, *, hints: bool) -> Iterator[Line]:
    """One line for all that one rule, or one fixed code, says of one place; with its hint, or not.

    What stands in a Word file has no line number: each has its own place and line, and a hint that
    several of one file share is told once, beneath them.
    """
    alike: dict[tuple[object, ...], list[Item]] = {}
    for item in items:
        problem, (title, said) = item.problem, _told(item)
        rule: tuple[object, ...] = (title, problem.clause) if said else ()
        rule = (problem.hint,) if problem.where.spot else rule
        key = (problem.where.file, problem.where.line, problem.code, rule, *item.notices)
        alike.setdefault(key, []).append(item)
    for first, *more in alike.values():
        if first.problem.where.spot:
            yield from _each(first, more, about)
        else:
            yield _joined(first, more, about, with_hint=hints)


def _each(first: Item, more: list[Item], about: Told) -> Iterator[Line]:
    """Several of one hint, each at its own place."""
    for item in (first, *more):
        hint = item.problem.hint if not more else ""
        shown = [Span(f" 提示 {hint}", "dim")] if hint else []
        told = (*_basis(item), *shown, *_whom(item, about.several))
        yield line(*_head(item), item.problem.message, *told, hang=2)
    if more and first.problem.hint:
        yield line(Span(f"以上 {len(more) + 1} 处提示 {first.problem.hint}", "dim"), indent=2)


def _joined(first: Item, more: list[Item], about: Told, *, with_hint: bool) -> Line:
    every = [first, *more]
    title, said = _told(first)
    told = "；".join(dict.fromkeys(_told(item)[1] or _told(item)[0] for item in every))
    hints = dict.fromkeys(item.problem.hint for item in every if with_hint)
    shown = [Span(f" 提示 {hint}", "dim") for hint in hints if hint and len(hints) == 1]
    return line(
        *_head(first),
        f"{title}：{told}" if said else told,
        *(_basis(first) if said or not more else ()),
        *(
            Span(f" 见于 {place}", "dim")
            for place in dict.fromkeys(map(about.shown, every))
            if place
        ),
        *shown,
        *_whom(first, about.several),
        hang=2,
    )


def _head(item: Item) -> list[Span]:
    """path:line:column 错误 编号, so that editors can jump."""
    problem = item.problem
    group = group_of(problem)
    place = " ".join(filter(None, [str(problem.where), problem.where.spot]))
    return [
        Span(f"{place} " if place else "", "bold", problem.where),
        Span(f"{problem.severity.label} ", STYLES.get(group, "dim")),
        Span(f"{problem.code} ", "code"),
    ]


def _told(item: Item) -> tuple[str, str]:
    """A rule's name and what was found; a Problem without a rule has its message as its name."""
    message, name = item.problem.message, item.finding.name if item.finding else ""
    if not name or not message.startswith(name):
        return message, ""
    mark = message.find("：", len(name))
    return (message, "") if mark < 0 else (message[:mark], message[mark + 1 :])


def _basis(item: Item) -> list[Span]:
    return [Span(f" 依据 {item.problem.clause}", "dim")] if item.problem.clause else []


def _whom(item: Item, about: bool) -> list[Span]:
    whom = " · ".join(filter(None, [item.problem.subject, "、".join(item.notices)]))
    return [Span(f"（{whom}）", "dim")] if about and whom else []
