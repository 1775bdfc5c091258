"""convert: a Word file of anybody's → a PDF; what is not shown as the file asks is named."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Literal

from docgen.load.disk import MEGABYTE, read_bytes
from docgen.model.artifact import Output
from docgen.pipeline.workspace import Engine, Workspace
from docgen.problem import Outcome
from docgen.store import write_new
from docgen.typeset import Unreadable, find_fonts, typeset

LIMIT = 200 * MEGABYTE


def convert(
    workspace: Workspace,
    source: Path,
    target: Path,
    *,
    engine: Engine | Literal["auto"] = "auto",
    archival: bool = False,
) -> Outcome[Output]:
    """Prints `source` to `target`, never over another file; no value where nothing was written.

    `engine` and `archival` as `typeset` has them. Fonts are those of the workspace.
    """
    read = read_bytes(source, source.name, LIMIT)
    if read.value is None:
        return Outcome(None, read.problems)
    fonts = find_fonts(workspace.font_folders)
    try:
        made = typeset(read.value, fonts, engine=engine, archival=archival)
    except Unreadable as fault:
        return Outcome(None, (fault.problem,))
    problems = made.problems
    stands = _standing(target) == made.pdf
    refused = None if stands else write_new(target, made.pdf)
    if refused is not None:
        return Outcome(None, (*problems, refused))
    return Outcome(
        Output(
            path=target.as_posix(),
            sha256=hashlib.sha256(made.pdf).hexdigest(),
            document="PDF",
            subject=source.stem,
            draft=False,
            pages=made.pages,
            status="未变" if stands else "新建",
        ),
        problems,
    )


def _standing(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None
