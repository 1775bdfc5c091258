"""Debian package names → verified .deb files → the few files wanted of them, without root."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tarfile
from collections.abc import Callable, Sequence
from pathlib import Path, PurePosixPath

from docgen.setup.process import diagnose, environment, run
from docgen.setup.workspace import Trouble, Workspace, say

SYSTEM_LISTS = Path("/var/lib/apt/lists")
NEW_PACKAGE = re.compile(r"^Inst (\S+) \(", re.MULTILINE)  # an upgrade has [old] before "("
FILE_NAME = re.compile(r"^'[^']+' (\S+\.deb) ", re.MULTILINE)

Select = Callable[[str], "str | None"]  # path in the package → name to keep it under


class Debian:
    """apt-get with all that it writes kept below the workspace; apt checks what it downloads."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._cache = workspace.cache / "apt"
        self._own_lists = False
        self._is_ready = False

    def download(self, packages: Sequence[str]) -> list[Path]:
        """Each package's .deb; one that is there whole from an earlier run is not fetched again."""
        self._make_ready()
        folder = self._cache / "deb"
        folder.mkdir(parents=True, exist_ok=True)
        self._run(["download", *packages], "下载软件包", folder)
        # Asked where no file lies: apt-get does not list what it need not fetch.
        listing = self._apt(["download", "--print-uris", *packages], "核对软件包", self._cache)
        files = [folder / name for name in FILE_NAME.findall(listing)]
        if len(files) != len(packages) or not all(file.is_file() for file in files):
            raise Trouble("软件包没有下载完整", "请再运行一次")
        return files

    def missing(self, packages: Sequence[str]) -> list[str]:
        """`packages` and all they need, less what the system has."""
        command = ["install", "--simulate", "--no-install-recommends", *packages]
        return NEW_PACKAGE.findall(self._run(command, "查找软件包", self._cache))

    def _run(self, command: list[str], doing: str, folder: Path) -> str:
        self._make_ready()
        try:
            return self._apt(command, doing, folder)
        except Trouble:
            if self._own_lists:
                raise
            self._update()  # the system's lists may be too old to download from
            return self._apt(command, doing, folder)

    def _make_ready(self) -> None:
        if self._is_ready:
            return
        if not (shutil.which("apt-get") and shutil.which("dpkg-deb")):
            remedy = "请按 README“准备环境”一节自备"
            raise Trouble("本机不是 Debian 或 Ubuntu，没有 apt-get", remedy)
        (self._cache / "archives" / "partial").mkdir(parents=True, exist_ok=True)
        if not any(SYSTEM_LISTS.glob("*_Packages*")):
            self._update()
        self._is_ready = True

    def _update(self) -> None:
        say("  取 apt 软件包清单（存于 .local，不改动系统）……")
        self._own_lists = True
        lists = self._cache / "state" / "lists"
        (lists / "partial").mkdir(parents=True, exist_ok=True)
        doing = "更新软件包清单"
        output = self._apt(["update"], doing, self._cache)
        if not any(lists.glob("*_Packages*")):  # apt-get calls that a success, too
            raise diagnose(self._workspace, doing, output)

    def _apt(self, command: list[str], doing: str, folder: Path) -> str:
        options = {
            "Dir::Cache": self._cache,
            "Dir::Log": self._cache,
            "APT::Sandbox::User": "root",  # the _apt user cannot enter our folder
            "Acquire::Languages": "none",
            "Acquire::Retries": "3",
        }
        if self._own_lists:
            options["Dir::State"] = self._cache / "state"
            options["Dir::State::status"] = "/var/lib/dpkg/status"
        words = [word for key, value in options.items() for word in ("-o", f"{key}={value}")]
        return run(self._workspace, ["apt-get", "-q", *words, *command], doing, cwd=folder)


def name(package: Path) -> str:
    """fonts-liberation_1%3a1.07.4-11_all.deb → fonts-liberation"""
    return package.name.partition("_")[0]


def version(package: Path) -> str:
    """fonts-liberation_1%3a1.07.4-11_all.deb → 1:1.07.4-11"""
    return package.name.split("_")[1].replace("%3a", ":")


def unpack(package: Path, select: Select, folder: Path) -> list[str]:
    """Write the files that `select` names into `folder`; return their names."""
    names = []
    child = subprocess.Popen(
        ["dpkg-deb", "--fsys-tarfile", package],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment(),
        close_fds=False,
    )
    try:
        with child, tarfile.open(fileobj=child.stdout, mode="r|") as archive:
            for member in archive:
                kept = select(str(PurePosixPath(member.name)))
                if kept is not None and _write(archive, member, folder / kept):
                    names.append(kept)
            if child.stdout:
                child.stdout.read()  # the padding, or dpkg-deb would die of a broken pipe
    except tarfile.TarError:
        names.clear()
    if child.returncode != 0:
        raise Trouble(f"软件包 {package.name} 解不开", "请删去 .local/cache 后再试")
    return names


def _write(archive: tarfile.TarFile, member: tarfile.TarInfo, target: Path) -> bool:
    """Write a file, or a link to its neighbour; anything else is left out."""
    content = archive.extractfile(member) if member.isfile() else None
    if content is None and not (member.issym() and "/" not in member.linkname):
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    if content is None:
        os.symlink(member.linkname, target)
        return True
    with target.open("wb") as stream:
        shutil.copyfileobj(content, stream)
    return True
