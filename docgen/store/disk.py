"""Bytes → disk: temporaries, fsync, rename; and what the disk refuses, told in Chinese."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from mmap import mmap
from pathlib import Path

from docgen.problem import Problem, Where, error

PREFIX, SUFFIX = ".docgen-", ".tmp"  # a temporary: .docgen-docx.tmp in the subject's folder

NO_LINK = getattr(os, "O_NOFOLLOW", 0)  # a link in the place of a file of ours leads nowhere

_FULL = {errno.ENOSPC, errno.EDQUOT}
_DENIED = {errno.EACCES, errno.EPERM, errno.EBUSY, errno.ETXTBSY}
_SHAPE = {errno.EISDIR, errno.ENOTDIR, errno.EEXIST, errno.ENOTEMPTY}
_LINKS = {errno.ELOOP, errno.EXDEV}
_UNSUPPORTED = {errno.EINVAL, errno.ENOTSUP, errno.ENOSYS}


def temporary(folder: Path, label: str) -> Path:
    """The temporary of that label; only the holder of the folder's lock may touch it."""
    return folder / f"{PREFIX}{label}{SUFFIX}"


def sweep(folder: Path) -> None:
    """Remove the temporaries that a killed run left. Only under the folder's lock."""
    with os.scandir(folder) as entries:
        found = [e.path for e in entries if e.name.startswith(PREFIX) and e.name.endswith(SUFFIX)]
    for path in found:
        os.unlink(path)


def write(path: Path, data: bytes | mmap) -> None:
    """A temporary holding `data`, on the disk when this returns; removed where that fails."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0) | NO_LINK
    try:
        handle = os.open(path, flags, 0o666)
        try:
            with memoryview(data) as view:  # a map cannot be closed while a view of it lives
                done = 0
                while done < len(view):
                    done += os.write(handle, view[done:])
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError:
        discard(path)
        raise


def inside(folder: Path, root: Path) -> None:
    """OSError (EXDEV) where a folder that is to be written to, its links followed, is not below
    `root`, whose own links may lead anywhere. It need not be there yet."""
    top = os.path.join(os.path.realpath(root), "")
    if not os.path.join(os.path.realpath(folder), "").startswith(top):
        raise OSError(errno.EXDEV, "a link leads out", str(folder))


def read_plain(path: Path) -> bytes:
    """The bytes of a file that nobody else is to write. OSError for a pipe, a folder, a device."""
    with open(path, "rb", opener=_at_once) as stream:
        if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            raise OSError(errno.EISDIR, "not a file", str(path))
        return stream.read()


def _at_once(path: str, flags: int) -> int:
    """Opens without waiting for anybody at the other end of a pipe."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def discard(path: Path) -> None:
    """Remove a temporary if it can be removed; the next run sweeps what stays."""
    try:
        os.unlink(path)
    except OSError:
        return


def discard_empty(folder: Path, root: Path) -> None:
    """Remove a folder below `root` if nothing is left in it."""
    if folder == root:
        return
    try:
        folder.rmdir()
    except OSError:
        return


def sync(folder: Path) -> None:
    """Bring the names in `folder` to the disk, where the system can."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as failure:
        if failure.errno not in _UNSUPPORTED:
            raise
    finally:
        os.close(handle)


def digest(path: Path) -> str | None:
    """The SHA-256 of a plain file; None where there is none. OSError for a folder or device."""
    try:
        mode = os.stat(path).st_mode
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(mode):
        raise OSError(errno.EISDIR, "not a file", str(path))
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def is_refusal(failure: OSError) -> bool:
    """Whether this is the disk's doing: full, read-only, broken, closed to us."""
    known = {*_FULL, *_DENIED, *_LINKS, errno.EROFS, errno.EFBIG, errno.EIO, errno.ENAMETOOLONG}
    return failure.errno in known


def refusal(failure: OSError, file: str) -> Problem:
    """What the disk said, as a Problem (写入) of `file`."""
    code = failure.errno
    if code in _FULL:
        said, cure = "磁盘已满，没有写入", "腾出磁盘空间后再运行一次；原有的文件都还在"
    elif code in _DENIED:
        said = "没有写入：文件正被 Word、WPS 等程序打开，或没有写入权限"
        cure = "关闭打开它的程序，或检查文件夹的权限，再运行一次"
    elif code == errno.EROFS:
        said, cure = "没有写入：这里是只读的", "把整个项目复制到可以写入的位置再运行"
    elif code == errno.ENAMETOOLONG:
        said, cure = "没有写入：文件名或路径过长", "缩短单位名称，或把整个项目移到更浅的文件夹"
    elif code in _LINKS:
        said = "没有写入：这里有一个链接，指到了文件夹之外或绕成了圈"
        cure = "用真正的文件夹替换链接；要放到别处，把 out 或 data 整个做成链接"
    elif code in _SHAPE:
        said = "没有写入：应放文件的地方是文件夹，或应是文件夹的地方是文件"
        cure = "把占了这个名字的文件或文件夹移走，再运行一次"
    elif code == errno.EFBIG:
        said, cure = "没有写入：超过系统允许的文件大小", "放宽文件大小限制后再运行一次"
    else:
        said = f"没有写入：磁盘出错（{errno.errorcode.get(code or 0, '原因不明')}）"
        cure = "检查磁盘后再运行一次；原有的文件都还在"
    return error("写入", said, Where(file), cure)
