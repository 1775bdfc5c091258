"""What stands against a final → what to mend first: the fact that most rules wait for."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping
from dataclasses import replace

from docgen.check.reading import absent_for, evidence_for
from docgen.check.rules import names_of_rule
from docgen.model.artifact import Repair, SubjectReport
from docgen.model.dossier import Dossier
from docgen.problem import Problem, Severity, Verdict, Where

Blocked = Mapping[str, frozenset[str]]  # what is blocked (编号, or a code and its place) → paths


def paths_to_show(report: SubjectReport, dossier: Dossier) -> set[str]:
    """The paths of the facts that something is wrong with, or that a rule waits for."""
    told = {p.where.path for p in report.problems if p.severity is not Severity.INFO}
    return {path for path in told | {key for _, key, _, _ in _blocked(report, dossier)} if path}


def with_guidance(report: SubjectReport, dossier: Dossier) -> SubjectReport:
    """The report with the order of repair, and the scans behind what a person has to judge.

    Of places that free as much as each other those come first that show in more documents.
    """
    rules = {rule.code: rule for rule in dossier.notice.rules}
    waiting = [f.rule for f in report.findings if f.verdict is Verdict.HUMAN and f.rule in rules]
    evidence = {code: evidence_for(rules[code], dossier) for code in waiting}
    return replace(report, repairs=repairs(report, dossier), evidence=evidence)


def repairs(report: SubjectReport, dossier: Dossier) -> tuple[Repair, ...]:
    """Each place to mend once: first what completes most of what is blocked, then what most read.

    A rule that lacks facts waits for every absent one of those that it reads; one that fails, and
    an error without a rule, waits for the place that its Problem names.
    """
    places: dict[str, Where] = {}
    labels: dict[str, str] = {}
    blocked: dict[str, set[str]] = {}
    for what, key, label, where in _blocked(report, dossier):
        places.setdefault(key, where)
        labels.setdefault(key, label)
        blocked.setdefault(what, set()).add(key)
    readers: dict[str, list[str]] = {}
    for what, keys in blocked.items():
        for key in keys:
            readers.setdefault(key, []).append(what)
    shows = {key: tuple(dict.fromkeys(one.document for one in report.shown.get(key, ())))
             for key in places}  # fmt: skip
    place_of = {key: number for number, key in enumerate(places)}
    freeing = dict.fromkeys(places, 0)
    queue: list[tuple[int, int, int, int, str]] = []

    def offer(key: str, more: int) -> None:
        """Queues a place as it stands now; what frees more only comes earlier."""
        freeing[key] += more
        rank = (-freeing[key], -len(readers[key]), -len(shows[key]), place_of[key], key)
        heapq.heappush(queue, rank)

    for key in places:
        offer(key, sum(len(blocked[what]) == 1 for what in readers[key]))
    ordered: list[Repair] = []
    while queue:
        best = heapq.heappop(queue)[-1]
        if best not in places:
            continue
        freed = [what for what in readers[best] if len(blocked[what]) == 1]
        told = tuple(dict.fromkeys(map(_code, readers[best])))
        last = tuple(dict.fromkeys(map(_code, freed)))
        ordered.append(Repair(labels[best], places.pop(best), best, told, last, shows[best]))
        for what in readers[best]:
            blocked[what].discard(best)
            if len(blocked[what]) == 1:
                offer(next(iter(blocked[what])), 1)
    return tuple(ordered)


def _blocked(report: SubjectReport, dossier: Dossier) -> Iterator[tuple[str, str, str, Where]]:
    """(what is blocked, key of the place, its label, the place) for each thing that blocks."""
    rules = {rule.code: rule for rule in dossier.notice.rules}
    sums = {code for code, rule in rules.items() if any(map(_of_others, names_of_rule(rule)))}
    for finding in report.findings:
        lacks = finding.verdict is Verdict.LACKING and finding.rule in rules
        if lacks and not dossier.tree.cut:  # what stands below a broken line may well be there
            for missing in absent_for(rules[finding.rule], dossier):
                if missing.path and missing.where.file:
                    label = _label(dossier, missing.path, missing.label)
                    yield finding.rule, missing.path, label, missing.where
    for number, problem in enumerate(report.problems):
        if problem.severity is Severity.ERROR and problem.code not in sums:
            where = problem.where
            key = where.path or str(where) or problem.message
            what = problem.code if problem.code in rules else f"{problem.code} {number}"
            yield what, key, _label(dossier, where.path, _short(problem)), where


def _of_others(name: str) -> bool:
    """Whether a rule reads how other rules stand: it holds when they do."""
    return name.partition(".")[0] == "所转发"


def _label(dossier: Dossier, path: str, otherwise: str) -> str:
    if path.startswith("正文."):
        return path.removeprefix("正文.").replace(".", "·")
    known = path and dossier.field_at(path) is not None
    return dossier.label(path) if known else otherwise or path


def _short(problem: Problem) -> str:
    return problem.where.spot or problem.where.told.rpartition("/")[2] or problem.message


def _code(what: str) -> str:
    return what.partition(" ")[0]
