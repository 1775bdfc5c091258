"""A State → the page that shows it: rendered here, escaped always, with no script of its own."""

from __future__ import annotations

from hashlib import sha256
from importlib.resources import files
from typing import Any

from jinja2 import Environment, StrictUndefined

from docgen.pipeline.reporting import Link
from docgen.pipeline.workspace import Workspace
from docgen.problem import Problem
from docgen.report.lines import visible
from docgen.watch.board import Paper, State
from docgen.watch.prints import WIDTH, Prints

FILES = {"page.css": "text/css", "page.js": "text/javascript"}
MOST_HOLES = 200  # of more only the count is told


def static(name: str) -> bytes:
    """A file that belongs to the page."""
    return (files("docgen.watch") / name).read_bytes()


class View:
    """Renders the page of one subject."""

    def __init__(self, workspace: Workspace, name: str, notice: str, prints: Prints) -> None:
        self._name, self._notice, self._prints = name, notice, prints
        self._link = Link(workspace.root)
        environment = Environment(
            autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
        )
        self._template = environment.from_string(static("page.html.jinja").decode())

    def page(self, state: State, wanted: str = "") -> str:
        """The page with the document whose key is `wanted`, else the first, opened."""
        opened = next((p for p in state.papers if p.key == wanted), None) or next(
            iter(state.papers), None
        )
        return self._template.render(
            name=visible(self._name),
            notice=visible(self._notice),
            state=state,
            may=state.verdict is not None and state.verdict.allows_final,
            verdict=state.verdict.value if state.verdict else "",
            changed=[visible(name) for name in state.changed],
            version=sha256(state.page.encode("utf-8", "replace")).hexdigest()[:16],
            papers=[self._tab(paper, opened) for paper in state.papers],
            opened=self._opened(opened) if opened else None,
            holes=[self._item(problem) for problem in state.holes[:MOST_HOLES]],
            count=len(state.holes),
            trouble=[self._item(problem) for problem in state.trouble[:MOST_HOLES]],
        )

    def _tab(self, paper: Paper, opened: Paper | None) -> dict[str, Any]:
        draft = any(output.draft for output in paper.files.values())
        of = "" if paper.subject == self._name else f" · {paper.subject}"
        return {
            "key": paper.key,
            "name": visible(f"{paper.name}{of}"),
            "kind": "草稿" if draft else "定稿",
            "open": paper is opened,
            "stale": paper.stale,
        }

    def _opened(self, paper: Paper) -> dict[str, Any]:
        sha = paper.pdf.sha256 if paper.pdf else ""
        return {
            "sha": sha,
            "files": [visible(output.path) for output in paper.files.values()],
            "pages": [
                {"number": n, "width": WIDTH, "height": round(WIDTH * high / wide)}
                for n, (wide, high) in enumerate(self._prints.sizes(sha), 1)
            ],
        }

    def _item(self, problem: Problem) -> dict[str, str]:
        place = " ".join(filter(None, (str(problem.where), problem.where.spot)))
        return {
            "message": visible(problem.message),
            "hint": visible(problem.hint),
            "place": visible(place),
            "href": self._link(problem.where),
        }
