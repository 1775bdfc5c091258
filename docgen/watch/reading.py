"""What a watched subject is made of: the files to look at, and the places it leaves open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from docgen.model.artifact import Report
from docgen.model.rule import Party
from docgen.model.tree import Node
from docgen.model.values import Missing, walk
from docgen.pipeline.checking import source_of
from docgen.pipeline.desk import Desk
from docgen.pipeline.workspace import Request, Workspace
from docgen.problem import Problem, Stop, error
from docgen.watch.board import HOLE


def roots_of(workspace: Workspace, request: Request) -> Sequence[Path]:
    """Its own data, its candidates', and what all documents are made of."""
    common = [workspace.root / name for name in ("notices", "templates", "fonts")]
    folder = workspace.data / Party.APPLICANT.value
    if not request.bureau:
        return [folder / request.applicant, *common]
    desk = Desk(workspace)
    try:
        named = set(_texts(desk.bureau(request.bureau).tree))
    except Stop:
        named = set()
    candidates = sorted(named & desk.known(Party.APPLICANT))
    own = workspace.data / Party.BUREAU.value / f"{request.bureau}.yaml"
    return [own, *(folder / name for name in candidates), *common]


def _texts(node: Node) -> Iterator[str]:
    """Every text below a node."""
    if isinstance(node.value, str):
        yield node.value
        return
    below = node.value.values() if isinstance(node.value, dict) else node.value
    for one in below:
        yield from _texts(one)


def holes_of(desk: Desk, request: Request, built: Report) -> tuple[Problem, ...]:
    """What the notice asks for and nobody wrote, and what prose leaves open, each once."""
    found = [problem for problem in built.all_problems if problem.code == HOLE]
    source = source_of(desk, request)
    for notice in desk.answered(source, request.notice)[0]:
        whole = desk.dossier(source, notice)
        for _, value in walk(whole.own_facts):
            if isinstance(value, Missing) and value.required and not value.reported:
                found.append(error(HOLE, f"缺“{value.label}”", value.where))
    once = {(problem.message, str(problem.where)): problem for problem in found}
    return tuple(once.values())
