"""Debian's font packages → `.local/fonts/`, with what they are and where they come from."""

from __future__ import annotations

import shutil
import subprocess
from functools import partial
from pathlib import Path
from typing import Any

from docgen.setup.debian import Debian, name, unpack, version
from docgen.setup.packages import FONTS, FontPackage
from docgen.setup.workspace import (
    Trouble,
    Workspace,
    checksum,
    empty,
    fingerprint,
    need_space,
    read_stamp,
    say,
    write_stamp,
    write_text,
)

MANIFEST = "清单.json"
FONT_SUFFIXES = {".otf", ".ttf", ".ttc"}


FONTCONFIG = """\
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir prefix="relative">../../fonts</dir>
  <dir prefix="relative">.</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>{cache}</cachedir>
</fontconfig>
"""


def prepare(workspace: Workspace, debian: Debian, again: bool) -> None:
    """Make `.local/fonts` hold every font of FONTS; the manifest comes last.

    An office with fonts of its own in `fonts/` can do without ours: it is told once.
    """
    manifest = workspace.fonts / MANIFEST
    key = fingerprint(FONTS)
    stamp = read_stamp(manifest)
    if stamp.get("依据") == key and _is_whole(workspace.fonts, stamp, again):
        write_stamp(manifest, stamp)
        return
    content: dict[str, object] = {"依据": key}
    need_space(workspace.local, 400)
    unpacked = empty(workspace.cache / "fonts")
    versions = _installed(unpacked)
    wanted = [package for package in FONTS if package.name not in versions]
    try:
        versions |= _downloaded(debian, wanted, unpacked)
    except Trouble as trouble:
        if not _has_own_fonts(workspace):
            names = " ".join(package.name for package in wanted)
            remedy = f"{trouble.remedy}；或把字体放进 fonts/，或请管理员安装 {names}"
            raise Trouble(f"没有取到字体：{trouble.what}", remedy) from None
        content["缺"] = trouble.what
        say(f"没有取到字体（{trouble.what}）：只用 fonts/ 里的与系统自带的。")
        say(f"  {trouble.remedy}；好了之后运行 {workspace.retry} 补装。")
    content["软件包"] = versions
    content["字体"] = [
        _adopt(unpacked / font, workspace.fonts, package.name)
        for package in FONTS
        for font in package.fonts
        if package.name in versions
    ]
    for document in sorted((unpacked / "copyright").glob("*")):
        _move(document, workspace.fonts / "copyright")
    text = FONTCONFIG.format(cache=workspace.local / "fontconfig")
    write_text(workspace.fonts / "fonts.conf", text)
    write_stamp(manifest, content)


def _is_whole(folder: Path, stamp: dict[str, Any], again: bool) -> bool:
    """Every font listed is there; asked `again`, also unchanged and none given up."""
    listed = stamp.get("字体", [])
    if again and "缺" in stamp:
        return False
    files = [(folder / entry["文件"], entry) for entry in listed]
    if not all(file.is_file() and file.stat().st_size == entry["字节"] for file, entry in files):
        return False
    return not again or all(checksum(file) == entry["sha256"] for file, entry in files)


def _installed(unpacked: Path) -> dict[str, str]:
    """Copy what the system has installed: then a machine without network needs none."""
    entries = {}
    for package in FONTS:
        files = [Path("/", package.folder, font) for font in package.fonts]
        if all(file.is_file() for file in files):
            for file in files:
                shutil.copy(file, unpacked / file.name)
            document = Path("/usr/share/doc", package.name, "copyright")
            if document.is_file():
                (unpacked / "copyright").mkdir(exist_ok=True)
                shutil.copy(document, unpacked / "copyright" / package.name)
            entries[package.name] = _installed_version(package.name)
    return entries


def _installed_version(package: str) -> str:
    query = ["dpkg-query", "--show", "--showformat=${Version}", package]
    try:
        done = subprocess.run(query, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return ""
    return done.stdout.strip()


def _downloaded(debian: Debian, wanted: list[FontPackage], unpacked: Path) -> dict[str, str]:
    if not wanted:
        return {}
    say("取字体到 .local/fonts：仿宋、楷体、黑体、宋体、生僻字、西文、符号（下载约 120 MB）……")
    entries = {}
    by_name = {package.name: package for package in wanted}
    for file in debian.download(list(by_name)):
        package = by_name[name(file)]
        found = unpack(file, partial(_kept, package), unpacked)
        if lacking := [font for font in package.fonts if font not in found]:
            raise Trouble(f"软件包 {package.name} 里没有 {lacking[0]}", "请换用 Debian 12 的软件源")
        entries[package.name] = version(file)
        file.unlink()
    return entries


def _kept(package: FontPackage, path: str) -> str | None:
    folder, _, file = path.rpartition("/")
    if folder == package.folder and file in package.fonts:
        return file
    if path == f"usr/share/doc/{package.name}/copyright":
        return f"copyright/{package.name}"
    if package.licence and folder == package.licence:
        return f"copyright/{package.name}-{file}"
    return None


def _has_own_fonts(workspace: Workspace) -> bool:
    folder = workspace.root / "fonts"
    return any(file.suffix.lower() in FONT_SUFFIXES for file in folder.glob("*"))


def _adopt(file: Path, folder: Path, package: str) -> dict[str, object]:
    """Move a finished font into place and say what it is."""
    placed = _move(file, folder)
    return {
        "文件": placed.name,
        "软件包": package,
        "字节": placed.stat().st_size,
        "sha256": checksum(placed),
    }


def _move(file: Path, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return file.replace(folder / file.name)
