"""The order of repair → lines: the few places from which most is freed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from docgen.model.artifact import Repair, SubjectReport
from docgen.report.lines import Line, Span, line

FIRST = 5  # places that are told; the rest follows from the groups above
MOST_CODES = 4


def mending_lines(subjects: Iterable[SubjectReport], *, several: bool) -> Iterator[Line]:
    """先改这几处, for each subject of which more than one thing is to be mended."""
    for subject in subjects:
        if all(len(repair.waiting) == len(repair.last) == 1 for repair in subject.repairs):
            continue  # each place holds up one thing only: any order is as good
        whose = f"（{subject.subject} · {subject.notice.slug}）" if several else ""
        yield line(Span("先改这几处", "head"), Span(f"，改一处解开几条{whose}", "dim"))
        for number, repair in enumerate(subject.repairs[:FIRST], 1):
            place = Span(f"  {place_of(repair)}", "dim", repair.where)
            seen = Span(f"  印在{'、'.join(repair.documents)}" if repair.documents else "", "dim")
            told = f"  {freed(repair)}"
            yield line(f"{number} {repair.label}", place, told, seen, indent=2, hang=4)


def place_of(repair: Repair) -> str:
    """The file's own name and the line: the folder stands in every group above."""
    where = repair.where
    name = where.told.rpartition("/")[2]
    return " ".join(filter(None, (f"{name}:{where.line}" if where.line else name, where.spot)))


def freed(repair: Repair) -> str:
    """What is free once it is mended, and what waits for more."""
    more = [code for code in repair.waiting if code not in repair.last]
    said = [f"解开 {_listed(repair.last)}"] if repair.last else []
    said += [f"{_listed(more)} 还要改别处"] if more else []
    return "；".join(said)


def _listed(codes: Iterable[str]) -> str:
    every = list(codes)
    rest = f" 等 {len(every)} 项" if len(every) > MOST_CODES else ""
    return "、".join(every[:MOST_CODES]) + rest
