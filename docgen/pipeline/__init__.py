"""load → check → plan → fill → typeset → bind → report, for one subject at a time.

`workspace` finds the folders, `desk` reads and remembers what a run needs, `checking` and
`building` are the two things a user asks for, `press` makes one document, `packs` and `cases` hold
notice packs to their standard. What only a build needs is imported when something is built.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from docgen.pipeline.checking import check, check_file
from docgen.pipeline.workspace import (
    Request,
    Workspace,
    applicants,
    bureaus,
    find_workspace,
    kinds,
    notices,
)

if TYPE_CHECKING:
    from docgen.model.artifact import Report
    from docgen.model.notice import Notice
    from docgen.problem import Outcome

__all__ = [
    "Request",
    "Workspace",
    "applicants",
    "build",
    "bureaus",
    "check",
    "check_file",
    "check_notice",
    "find_workspace",
    "kinds",
    "load_notice",
    "notices",
]


def build(
    workspace: Workspace, request: Request, progress: Callable[[str], None] = lambda message: None
) -> Report:
    """Makes documents; see `building.build`."""
    from docgen.pipeline import building

    return building.build(workspace, request, progress)


def load_notice(workspace: Workspace, slug: str) -> Outcome[Notice]:
    """A notice with its 用例 and its pack's Problems; Stop where there is none of that name."""
    from docgen.pipeline.desk import Desk

    return Desk(workspace, with_cases=True).notice(slug)


def check_notice(workspace: Workspace, slug: str) -> Report:
    """Holds a pack to its standard; see `packs.check_notice`."""
    from docgen.pipeline import packs

    return packs.check_notice(workspace, slug)
