"""init: a working folder of one's own, from what docgen was shipped with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import docgen
from docgen.model.rule import Party
from docgen.pipeline.desk import Desk
from docgen.pipeline.schemas import lead_editor
from docgen.pipeline.workspace import Workspace
from docgen.problem import Stop
from docgen.scaffold import EXAMPLES, GUIDE, PICTURES, README, REPOSITORY_ONLY, SHIPPED
from docgen.store import write_new

TEMPORARY = (".", "~")


def found_workspace(target: Path, *, examples: bool = False) -> tuple[int, list[str]]:
    """Makes `target` a workspace; how many files were new, and which others differ from ours.

    Nothing that stands is changed. Stop where `target` is no folder or the disk refuses.
    """
    if target.exists() and not target.is_dir():
        raise Stop(f"“{target.name}”是一个文件，不是文件夹", "换一个名字")
    source, new, other = _shipped(), 0, []
    wanted = {
        f"{part}/{path.relative_to(source / part).as_posix()}": path
        for part in (*SHIPPED, GUIDE, *([EXAMPLES] if examples else []))
        for path in _files(source / part)
    }
    for name, path in wanted.items():
        data = path.read_bytes()
        if not (target / name).exists():
            _write(target / name, data)
            new += 1
        elif (target / name).read_bytes() != data:
            other.append(name)
    for party in (Party.APPLICANT, Party.BUREAU):
        (target / EXAMPLES / party.value).mkdir(parents=True, exist_ok=True)
    if not (target / "README.md").exists():
        _write(target / "README.md", README.encode())
        new += 1
    workspace = Workspace(target.resolve())
    lead_editor(workspace, Desk(workspace), Party.APPLICANT, "")
    return new, other


def _shipped() -> Path:
    """Where packs and templates came with docgen: in the wheel, or beside it in the repository."""
    inside = Path(docgen.__file__).parent
    for folder in (inside / "shipped", inside.parent):
        if (folder / SHIPPED[0]).is_dir():
            return folder
    raise Stop("这份 docgen 没有带通知和模板", "重新安装 docgen")


def _files(folder: Path) -> Iterator[Path]:
    """The files below a folder; of a repository's data and docs only what is meant for users."""
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if folder.name == EXAMPLES and not (len(parts) > 1 and parts[1].startswith("示例")):
            continue
        if folder.name == GUIDE and (
            path.name in REPOSITORY_ONLY if len(parts) == 1 else path.suffix not in PICTURES
        ):
            continue
        if path.is_file() and not any(part.startswith(TEMPORARY) for part in parts):
            yield path


def _write(path: Path, data: bytes) -> None:
    problem = write_new(path, data, parents=True)
    if problem is not None:
        raise Stop(f"{problem.where} {problem.message}", problem.hint)
