"""A picture's address as typed → its bytes, from below the applicant's folder only."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path, PurePosixPath

from docgen.load.disk import MEGABYTE, read_bytes
from docgen.model.picture import JPEG, PNG, Bare, Broken, bare
from docgen.problem import Outcome, Problem, Where, error

LIMIT = 20 * MEGABYTE
MOST = 150 * MEGABYTE  # of all pictures of one applicant
MAX_PIXELS = 40_000_000  # as in typesetting
_MAGIC = {PNG: "png", JPEG: "jpg", b"%PDF-": "pdf"}
_SCHEME = re.compile("[A-Za-z][A-Za-z0-9+.-]*:")  # of an address, or a drive
_SAVE_ANEW = "用看图软件打开，另存为 PNG 或 JPEG"


def kind_of(head: bytes) -> str:
    """What a file's first bytes say it is: "png", "jpg", "pdf" or ""."""
    return next((kind for magic, kind in _MAGIC.items() if head.startswith(magic)), "")


@dataclass(slots=True)
class Pictures:
    """The pictures in one applicant's `folder`: each is read once, and all within a bound."""

    folder: Path
    _read: dict[Path, Outcome[bytes]] = field(default_factory=dict)
    _size: int = 0

    def __call__(self, address: str, beside: Path | None = None) -> Outcome[bytes]:
        """A PNG or JPEG of at most 20 MB and 40 million pixels, upright, with nothing told in it.

        `address` is a relative path with / or \\, looked up `beside` the text that names it, then
        in the applicant's folder. Problems (图片, 读取, 过大) carry no place: the caller knows it.
        """
        name = address.replace("\\", "/")
        pure = PurePosixPath(name)
        if (
            not name
            or "://" in name
            or pure.is_absolute()
            or _SCHEME.match(name)
            or ".." in pure.parts
        ):
            cure = "把图片放进申报单位的文件夹，写相对路径，如 图片/架构.png"
            return _refused(error("图片", f"图片路径 {address} 不在申报单位的文件夹里", hint=cure))
        for base in (beside, self.folder):
            path = (base or self.folder) / pure
            try:
                found = path.is_file()
            except (OSError, ValueError):
                found = False
            if found:
                return self._once(path, address)
        cure = f"把图片放到 {name}，或改正路径；大小写也要一致"
        return _refused(error("图片", f"找不到图片 {address}", hint=cure))

    def _once(self, path: Path, address: str) -> Outcome[bytes]:
        if path not in self._read:
            read = _read(path, address, self.folder)
            self._size += len(read.value or b"")
            if self._size > MOST:
                said = f"图片 {address} 装不下：一家的图片合计至多 {MOST // MEGABYTE} MB"
                read = _refused(error("过大", said, hint="缩小图片，或只留必要的"))
            self._read[path] = read
        return self._read[path]


def _read(path: Path, address: str, folder: Path) -> Outcome[bytes]:
    data = read_bytes(path, address, LIMIT, folder)
    if data.value is None:
        first = data.problems[0]
        said = f"图片 {address}：{first.message}"
        return _refused(Problem(first.code, first.severity, said, Where(), hint=first.hint))
    if not data.value:
        return _refused(error("图片", f"图片 {address} 是空文件", hint="重新保存图片"))
    if kind_of(data.value) not in ("png", "jpg"):
        cure = f"{_SAVE_ANEW}（只改扩展名没有用）"
        return _refused(error("图片", f"图片 {address} 不是 PNG 或 JPEG", hint=cure))
    try:
        found = bare(data.value)
        if found.width * found.height > MAX_PIXELS:
            said = f"图片 {address} 有 {found.width}×{found.height} 像素，超过 4000 万像素"
            return _refused(error("过大", said, hint="用图片软件缩小后再用"))
        return Outcome(found.data if found.orientation == 1 else _upright(data.value, found))
    except Broken:
        said = f"图片 {address} 不完整或已损坏"
        return _refused(error("图片", said, hint=f"重新复制一份；或{_SAVE_ANEW}"))


def _upright(data: bytes, found: Bare) -> bytes:
    """A photo turned as its camera was held; Word knows no other way."""
    from PIL import Image, ImageOps

    try:
        image = ImageOps.exif_transpose(Image.open(BytesIO(data), formats=["JPEG"]))
        out = BytesIO()
        image.save(out, "JPEG", quality=95, dpi=image.info.get("dpi", (96, 96)))
        return bare(out.getvalue()).data
    except Exception as fault:  # Pillow's decoders raise whatever their format makes them
        raise Broken(type(fault).__name__) from None


def _refused(problem: Problem) -> Outcome[bytes]:
    return Outcome(None, (problem,))
