"""Debian's pango and harfbuzz-subset → `.local/libs/`, for WeasyPrint; reports alone need them."""

from __future__ import annotations

from functools import partial

from docgen.setup.debian import Debian, name, unpack, version
from docgen.setup.packages import LIBRARIES
from docgen.setup.process import run
from docgen.setup.workspace import (
    Trouble,
    Workspace,
    empty,
    fingerprint,
    need_space,
    read_stamp,
    say,
    write_stamp,
)

MANIFEST = "清单.json"
PROBE = (  # as docgen.report finds them: set-up stands alone, its probe runs what was installed
    "from pathlib import Path; from docgen.report.printing import preload; "
    "preload(Path('.local')); import weasyprint"
)


def prepare(workspace: Workspace, debian: Debian, again: bool) -> None:
    """Make WeasyPrint importable. Failure is told and remembered, and stops nothing else."""
    manifest = workspace.libraries / MANIFEST
    key = fingerprint(LIBRARIES)
    stamp = read_stamp(manifest)
    if stamp.get("依据") == key and not (again and "缺" in stamp):
        write_stamp(manifest, stamp)
        return
    content: dict[str, object] = {"依据": key}
    try:
        content["软件包"] = _install(workspace, debian)
        run(workspace, [workspace.python, "-W", "ignore", "-c", PROBE], "试用 WeasyPrint")
    except Trouble as trouble:
        content["缺"] = trouble.what
        say(f"报告用的系统库没有装好（{trouble.what}）：PDF 核验报告暂不能出，其余不受影响。")
        say(f"  {trouble.remedy}；好了之后运行 {workspace.retry} 补装。")
    write_stamp(manifest, content)


def _install(workspace: Workspace, debian: Debian) -> dict[str, str]:
    say("取报告用的系统库 pango 到 .local/libs（下载约 8 MB）……")
    need_space(workspace.local, 150)
    wanted = [package for package in debian.missing(LIBRARIES) if _is_library(package)]
    unpacked = empty(workspace.cache / "libs")
    entries = {}
    for file in debian.download(wanted) if wanted else ():
        package = name(file)
        unpack(file, partial(_kept, package), unpacked)
        entries[package] = version(file)
        file.unlink()
    empty(workspace.libraries).rmdir()
    unpacked.rename(workspace.libraries)
    return entries


def _is_library(package: str) -> bool:
    """Not the fonts, settings and word lists that libraries bring with them."""
    return package.startswith("lib") and not package.endswith("-data")


def _kept(package: str, path: str) -> str | None:
    folder, _, file = path.rpartition("/")
    if "/lib" in f"/{folder}" and ".so." in file:
        return file
    if path == f"usr/share/doc/{package}/copyright":
        return f"copyright/{package}"
    return None
