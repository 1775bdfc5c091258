"""Path → bytes, with every refusal of the disk told in Chinese."""

from __future__ import annotations

import errno
import os
import stat
import unicodedata
from pathlib import Path

from docgen.problem import Outcome, Problem, Where, error

MEGABYTE = 1024 * 1024
_UNNAMEABLE = {"Cc", "Cs", "Cf", "Zl", "Zp"}


def relative(path: Path, root: Path) -> str:
    """`path` as messages name it: from the workspace `root`, with /; elsewhere its name alone."""
    try:
        return path.relative_to(root).as_posix()
    except ValueError:
        return path.name


def entries(folder: Path, root: Path, problems: list[Problem]) -> list[Path]:
    """What stands in a folder by name, without hidden and lock files; none where it is absent.

    What no message and no other computer can name is told of and left out.
    """
    try:
        paths = sorted(folder.iterdir())
    except FileNotFoundError:
        return []
    except OSError as failure:
        problems.append(disk_error(failure, relative(folder, root)))
        return []
    found = []
    for path in paths:
        if path.name.startswith((".", "~")) or path.name in ("Thumbs.db", "desktop.ini"):
            continue
        if strange := [c for c in path.name if unicodedata.category(c) in _UNNAMEABLE]:
            name = "".join(f"<U+{ord(c):04X}>" if c in strange else c for c in path.name)
            said = f"文件名“{name}”里有看不见的或坏掉的字，没有读"
            problems.append(error("读取", said, Where(relative(folder, root)), "改名"))
            continue
        found.append(path)
    return found


def is_inside(path: Path, folder: Path) -> bool:
    """Whether `path`, its links followed, is an existing file or folder below `folder`."""
    steps = str(path).removeprefix(f"{folder}{os.sep}").split(os.sep)
    if str(path).startswith(f"{folder}{os.sep}") and ".." not in steps:
        try:
            if _without_links(str(folder), steps):
                return True
        except (OSError, ValueError):
            return False
    try:
        return path.resolve(strict=True).is_relative_to(folder.resolve(strict=True))
    except (OSError, RuntimeError, ValueError):
        return False


def _without_links(place: str, steps: list[str]) -> bool:
    """Whether no step below a folder is a link: what is there is then inside it."""
    for step in steps:
        place = os.path.join(place, step)
        if stat.S_ISLNK(os.lstat(place).st_mode):
            return False
    return True


def disk_error(failure: OSError, file: str) -> Problem:
    """What the disk said, as a Problem (读取) of `file`."""
    match failure.errno:
        case errno.ENOENT:
            said, cure = "文件不存在", "核对文件名和所在文件夹"
        case errno.ENOTDIR:
            said, cure = "这里应是文件夹，却是一个文件", "把这个文件移走，需要时新建文件夹"
        case errno.EACCES | errno.EPERM:
            said, cure = "没有读取权限", "检查文件权限；若文件正被别的程序打开，请先关闭"
        case errno.EISDIR:
            said, cure = "这是文件夹，不是文件", "核对文件名"
        case errno.ELOOP:
            said, cure = "链接绕成了圈", "用真正的文件替换这个链接"
        case errno.ENAMETOOLONG:
            said, cure = "文件名过长", "缩短文件名"
        case _:
            said, cure = f"磁盘读取出错（{failure.strerror or '原因不明'}）", "检查磁盘后重试"
    return error("读取", said, Where(file), cure)


def read_bytes(path: Path, file: str, limit: int, within: Path | None = None) -> Outcome[bytes]:
    """The bytes of a plain file of at most `limit` bytes; `file` is its name in messages.

    No value, and a Problem, where it cannot be read or is a link out of `within` (读取), or is
    larger (过大).
    """
    try:
        if path.exists():
            if not path.is_file():
                return Outcome(None, (error("读取", "这不是普通文件", Where(file), "核对文件名"),))
            if within is not None and not is_inside(path, within):
                return Outcome(None, (leads_out(file, within),))
        with path.open("rb") as stream:
            data = stream.read(limit + 1)
    except OSError as failure:
        return Outcome(None, (disk_error(failure, file),))
    except ValueError:
        return Outcome(None, (error("读取", "文件名里有空字节", Where(file), "核对文件名"),))
    if len(data) > limit:
        return Outcome(None, (too_large(limit, file),))
    return Outcome(data)


def leads_out(file: str, within: Path) -> Problem:
    """The Problem (读取) of a link that leads out of the folder that it may lead to."""
    said = f"这个链接指到了“{within.name}”文件夹之外，没有读"
    return error("读取", said, Where(file), "用真正的文件或文件夹替换链接")


def too_large(limit: int, file: str) -> Problem:
    """The Problem (过大) of a file larger than `limit` bytes."""
    size = f"{limit // MEGABYTE} MB" if limit >= MEGABYTE else f"{limit} 字节"
    return error("过大", f"文件超过上限 {size}", Where(file), "删去多余内容，或拆成几个文件")
