"""A revision of the workspace in git → a folder of its own. The repository is only read."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from docgen.pipeline.workspace import Workspace
from docgen.problem import Stop
from docgen.scratch import scratch

FOLDERS = ("notices", "templates", "data")
OWN = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")  # would lead elsewhere


@contextmanager
def at_revision(workspace: Workspace, revision: str) -> Iterator[Workspace]:
    """The workspace as it was at a revision, until the end of the block.

    Stop where there is no git, no repository, or no such revision.
    """
    git = shutil.which("git")
    instead = "不写 --against，就和上次生成的比"
    if git is None:
        raise Stop("没有 git，不能和以前的版本比", f"安装 git；{instead}")
    root = workspace.root
    if _ran(git, root, "rev-parse", "--is-inside-work-tree") is None:
        raise Stop(f"{root} 不在 git 仓库里，没有以前的版本", instead)
    commit = _ran(git, root, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    if not commit or revision.startswith("-"):
        raise Stop(f"git 里没有“{revision}”这个版本", "用 git log --oneline 看有哪些，或写 HEAD")
    there = _ran(git, root, "ls-tree", "--name-only", commit, *(f"{name}/" for name in FOLDERS))
    kept = [name for name in FOLDERS if f"\n{name}/" in f"\n{there or ''}"]
    if "notices" not in kept:
        raise Stop(f"“{revision}”里还没有 notices/", "换一个版本")
    with scratch() as folder:
        _unpack(git, root, commit, kept, folder)
        yield Workspace(folder.resolve())


def _unpack(git: str, root: Path, commit: str, names: Sequence[str], folder: Path) -> None:
    with tempfile.TemporaryFile() as packed:
        command = [git, "archive", "--format=zip", "-0", commit, "--", *names]
        done = subprocess.run(
            command, cwd=root, env=_environment(), stdout=packed, stderr=subprocess.DEVNULL
        )
        try:
            if done.returncode:
                raise zipfile.BadZipFile
            with zipfile.ZipFile(packed) as archive:
                archive.extractall(folder)
        except (zipfile.BadZipFile, OSError) as failure:
            raise Stop("git 里的这个版本取不出来", "核对仓库：git fsck") from failure


def _ran(git: str, root: Path, *words: str) -> str | None:
    """What git says, None where it fails."""
    done = subprocess.run(
        [git, "-c", "core.quotePath=false", *words],
        cwd=root,
        env=_environment(),
        capture_output=True,
        check=False,
    )
    return done.stdout.decode("utf-8", "replace").strip() if done.returncode == 0 else None


def _environment() -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if key not in OWN}
    return {**kept, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
