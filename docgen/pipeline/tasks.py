"""The documents that a build has to make, one Task each, and what makes them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from docgen.model.dossier import CANDIDATES
from docgen.model.plan import Job
from docgen.pipeline.making import Made, Order
from docgen.pipeline.press import Press
from docgen.pipeline.values import Values
from docgen.problem import Outcome, Problem

Runner = Callable[["Maker", Sequence["Task"]], Iterator["Finished"]]


@dataclass(frozen=True, slots=True)
class Task:
    """One document to make: as a draft where its verdict is `blocked`.

    `inputs` are the hashes of what it is made from, once they are known.
    """

    job: Job
    values: Values
    blocked: bool
    final: bool
    inputs: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Finished:
    """What came of a task: a document, Problems, or both; a draft where a final would not do."""

    made: Made | None
    draft: bool
    problems: tuple[Problem, ...]


class Maker:
    """What a Runner calls for each task; `order` and `finished` are for one that sends it away."""

    def __init__(self, press: Press) -> None:
        self._press = press

    def __call__(self, task: Task) -> Finished:
        """Makes one document; as a draft where a final of it turns out not to be possible."""
        press, job, blocked = self._press, task.job, task.blocked
        made = press.make(job, task.values, draft=blocked, inputs=task.inputs)
        if made.value is None and not blocked and not task.final:
            again = press.make(job, task.values, draft=True, inputs=task.inputs)
            found = dict.fromkeys((*made.problems, *again.problems))
            made, blocked = Outcome(again.value, tuple(found)), True
        told = tuple(p.of(subject=job.subject, notice=job.notice.slug) for p in made.problems)
        return Finished(made.value, blocked, told)

    def order(self, task: Task) -> tuple[bytes, Order]:
        """A task as the bytes of its template and what to fill in; no bytes: only for here."""
        name = task.job.document.template
        template = self._press.template(name)
        data = self._press.bytes_of(name).value if not template.problems else None
        order = self._press.order(task.job, task.values, draft=task.blocked, inputs=task.inputs)
        if template.value and not any(r.startswith(CANDIDATES) for r in template.value.reads):
            order = replace(order, facts=order.facts.without(CANDIDATES))
        return data or b"", order

    def finished(self, task: Task, made: Outcome[Made]) -> Finished:
        """What another machine answered; what it could not make, or not without a word, is
        made here: a message names places in data that only this machine has."""
        if made.value is None or made.problems:
            return self(task)
        return Finished(made.value, task.blocked, ())


def one_by_one(make: Maker, tasks: Sequence[Task]) -> Iterator[Finished]:
    """The simplest Runner: here, one after the other."""
    return map(make, tasks)
