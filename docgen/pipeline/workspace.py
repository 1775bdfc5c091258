"""Where a run works: the folders of a workspace, and what a user may name in them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from docgen.problem import Stop

NO_WORKSPACE = "到工作文件夹里运行；还没有就建一个：docgen init 申报材料"
Engine = Literal["typst", "soffice"]


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder that holds notices/, templates/ and data/; out/ is made when needed."""

    root: Path

    @property
    def templates(self) -> Path:
        return self.root / "templates"

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def out(self) -> Path:
        return self.root / "out"

    @property
    def font_folders(self) -> tuple[Path, ...]:
        """An office's own fonts first, then those that the set-up fetched."""
        return (self.root / "fonts", self.root / ".local" / "fonts")


@dataclass(frozen=True, slots=True)
class Request:
    """What a user asked for; names, never paths. `today` yields reminders only."""

    applicant: str = ""
    bureau: str = ""
    notice: str = ""
    kind: str = ""
    every: bool = False
    final: bool = False
    formats: tuple[str, ...] = ()
    today: date | None = None
    pdf_engine: Engine = "typst"
    archival: bool = False  # PDFs as PDF/A


def find_workspace(start: Path) -> Workspace:
    """The nearest folder at or above `start` that is a workspace; DOCGEN_ROOT overrides."""
    named = os.environ.get("DOCGEN_ROOT")
    if named:
        start = Path(named)
    for folder in (start, *start.resolve().parents):
        if (folder / "notices").is_dir():
            return Workspace(folder.resolve())
    raise Stop(f"{start} 及其上级文件夹里没有 notices/", NO_WORKSPACE)


def applicants(workspace: Workspace) -> list[str]:
    """The applicants that have a data folder."""
    return sorted(p.name for p in _listing(workspace.data / "申报单位") if p.is_dir())


def bureaus(workspace: Workspace) -> list[str]:
    """The bureaus that have a data file."""
    files = _listing(workspace.data / "主管部门")
    return sorted(p.stem for p in files if p.suffix == ".yaml" and p.is_file())


def notices(workspace: Workspace) -> list[str]:
    """The slugs of all notices."""
    from docgen.load import notice_slugs

    return notice_slugs(workspace.root)


def kinds(workspace: Workspace) -> list[str]:
    """Every 文种: the folders of templates/."""
    return sorted(p.name for p in _listing(workspace.templates) if p.is_dir())


def _listing(folder: Path) -> list[Path]:
    """What stands in a folder, without hidden and lock files; Stop where it may not be read."""
    try:
        if not folder.is_dir():
            return []
        return [path for path in folder.iterdir() if not path.name.startswith((".", "~"))]
    except OSError as failure:
        hint = "改文件夹的权限后再运行"
        raise Stop(f"文件夹 {folder} 读不了：{failure.strerror}", hint) from None
