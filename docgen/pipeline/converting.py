"""convert: a Word file of anybody's → a PDF; what is not shown as the file asks is named."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from docgen.load.disk import MEGABYTE, read_bytes
from docgen.model.artifact import Output
from docgen.pipeline.apart import Lost, Overdue, apart
from docgen.pipeline.workspace import Engine, Workspace
from docgen.problem import Outcome, Problem, error
from docgen.store import write_new
from docgen.typeset import Typeset, Unreadable, find_fonts, typeset

LIMIT = 200 * MEGABYTE
SECONDS = 300  # LibreOffice alone may take 120


def convert(
    workspace: Workspace,
    source: Path,
    target: Path,
    *,
    engine: Engine | Literal["auto"] = "auto",
    archival: bool = False,
) -> Outcome[Output]:
    """Prints `source` to `target`, never over another file; no value where nothing was written.

    `engine` and `archival` as `typeset` has them. Fonts are those of the workspace. The file may be
    anybody's: it is printed in a process of its own, which is given up after SECONDS.
    """
    read = read_bytes(source, source.name, LIMIT)
    if read.value is None:
        return Outcome(None, read.problems)
    arguments = read.value, workspace.font_folders, engine, archival
    try:
        made = apart(_printed, arguments, SECONDS)
    except Unreadable as fault:
        return Outcome(None, (fault.problem,))
    except (Overdue, Lost) as failure:
        return Outcome(None, (_given_up(failure),))
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


def _printed(
    docx: bytes, folders: Sequence[Path], engine: Engine | Literal["auto"], archival: bool
) -> Typeset:
    return typeset(docx, find_fonts(folders), engine=engine, archival=archival)


def _given_up(failure: Exception) -> Problem:
    """Why a file that is too much for this machine was left."""
    if isinstance(failure, Overdue):
        said = f"{SECONDS // 60} 分钟还没有排完"
    else:
        said = "排到一半，进程被系统终止（多半是内存不够）"
    return error("排版中止", said, hint="把文件拆成几份，或减少其中的图片和大表")


def _standing(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None
