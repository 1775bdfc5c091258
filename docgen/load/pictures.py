"""A picture's address as typed → its bytes, from below the applicant's folder only."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from docgen.load.disk import MEGABYTE, is_inside, read_bytes
from docgen.problem import Outcome, Problem, Where, error

LIMIT = 20 * MEGABYTE
_MAGIC = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg", b"%PDF-": "pdf"}


def kind_of(head: bytes) -> str:
    """What a file's first bytes say it is: "png", "jpg", "pdf" or ""."""
    return next((kind for magic, kind in _MAGIC.items() if head.startswith(magic)), "")


def read_picture(address: str, folder: Path, beside: Path | None = None) -> Outcome[bytes]:
    """The bytes of a PNG or JPEG of at most 20 MB.

    `address` is a relative path with / or \\, looked up `beside` the text that names it, then in
    the applicant's `folder`. Problems (图片, 读取, 过大) carry no place: the caller knows it.
    """
    name = address.replace("\\", "/")
    pure = PurePosixPath(name)
    if "://" in name or pure.is_absolute() or ":" in name[:3] or ".." in pure.parts or not name:
        cure = "把图片放进申报单位的文件夹，写相对路径，如 图片/架构.png"
        return _refused(error("图片", f"图片路径 {address} 不在申报单位的文件夹里", hint=cure))
    for base in (beside, folder):
        path = (base or folder) / pure
        try:
            found = path.is_file()
        except (OSError, ValueError):
            found = False
        if found:
            return _read(path, address, folder)
    cure = f"把图片放到 {name}，或改正路径；大小写也要一致"
    return _refused(error("图片", f"找不到图片 {address}", hint=cure))


def _read(path: Path, address: str, folder: Path) -> Outcome[bytes]:
    if not is_inside(path, folder):
        said = f"图片 {address} 是指到申报单位文件夹之外的链接"
        return _refused(error("图片", said, hint="用真正的文件替换链接"))
    data = read_bytes(path, address, LIMIT)
    if data.value is None:
        first = data.problems[0]
        said = f"图片 {address}：{first.message}"
        return _refused(Problem(first.code, first.severity, said, Where(), hint=first.hint))
    if not data.value:
        return _refused(error("图片", f"图片 {address} 是空文件", hint="重新保存图片"))
    if kind_of(data.value) not in ("png", "jpg"):
        cure = "用画图软件另存为 PNG 或 JPEG（只改扩展名没有用）"
        return _refused(error("图片", f"图片 {address} 不是 PNG 或 JPEG", hint=cure))
    return Outcome(data.value)


def _refused(problem: Problem) -> Outcome[bytes]:
    return Outcome(None, (problem,))
