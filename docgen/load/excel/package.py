"""The bytes of an .xlsx → its parts, bounded; a file of another kind is named with the cure."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO

from docgen.load.disk import MEGABYTE
from docgen.problem import Problem, Where, error

LIMIT = 20 * MEGABYTE
MAX_PARTS = 3_000
MAX_PART = 60 * MEGABYTE
MAX_TOTAL = 120 * MEGABYTE
_OLD = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WANTED = (
    "[Content_Types].xml",
    "_rels/",
    "xl/_rels/",
    "xl/workbook",
    "xl/worksheets/",
    "xl/sharedStrings",
    "xl/styles",
)
SAVE_AS = "用 Excel 或 WPS 打开，另存为“Excel 工作簿（.xlsx）”"


class Unusable(Exception):
    """A file that is no workbook one can read; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def unpacked(data: bytes, file: str) -> dict[str, bytes]:
    """The parts that hold cells, by name. Raises Unusable.

    Each part is read here, no further than its bound: what a header says of sizes is not trusted.
    """
    _sniff(data, file)
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            return _parts(package, file)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, RuntimeError) as fault:
        said = "打不开：文件不完整或已损坏"
        if isinstance(fault, RuntimeError) and not isinstance(fault, NotImplementedError):
            said = "打不开：压缩包加了密码"
        raise Unusable(error("工作簿", said, Where(file), SAVE_AS)) from None


def repacked(parts: dict[str, bytes]) -> bytes:
    """A workbook of those parts alone, for a reader that knows no bounds of its own."""
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as package:
        for name, data in parts.items():
            package.writestr(zipfile.ZipInfo(name), data)
    return written.getvalue()


def _sniff(data: bytes, file: str) -> None:
    where = Where(file)
    if data.startswith(_OLD):
        if _ENCRYPTED in data:
            cure = "用 Excel 或 WPS 打开，取消打开密码（文件→信息→保护工作簿）后另存"
            raise Unusable(error("工作簿", "有打开密码，读不了", where, cure))
        said = "是旧格式（.xls），不是 .xlsx"
        raise Unusable(error("工作簿", said, where, SAVE_AS + "；只改扩展名没有用"))
    if not data:
        raise Unusable(error("工作簿", "文件是空的", where, "重新保存或复制一份"))
    if not data.startswith(b"PK"):
        said = "不是 Excel 工作簿（多半是改了扩展名的网页、CSV 或别的文件）"
        raise Unusable(error("工作簿", said, where, SAVE_AS))


def _parts(package: zipfile.ZipFile, file: str) -> dict[str, bytes]:
    infos = package.infolist()
    names = {info.filename for info in infos}
    if "xl/workbook.xml" not in names:
        said = "不是 .xlsx 工作簿（可能是 .xlsb、.ods、Word 文件或压缩包）"
        raise Unusable(error("工作簿", said, Where(file), SAVE_AS))
    if len(infos) > MAX_PARTS or sum(info.file_size for info in infos) > MAX_TOTAL:
        raise _bomb(file)
    found: dict[str, bytes] = {}
    total = 0
    for info in infos:
        if not info.filename.startswith(_WANTED) or info.is_dir():
            continue
        if info.file_size > MAX_PART:
            raise _bomb(file)
        with package.open(info) as stream:
            data = stream.read(MAX_PART + 1)
        total += len(data)
        if len(data) > MAX_PART or total > MAX_TOTAL:
            raise _bomb(file)
        found[info.filename] = data
    return found


def _bomb(file: str) -> Unusable:
    cure = "核对文件来源；把有用的格复制到一个新工作簿里"
    return Unusable(error("过大", "解开后过大，疑为压缩炸弹，没有读", Where(file), cure))
