"""Scans as listed → Pieces: each examined, repaired where broken, or refused by name."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pikepdf

from docgen.bind.active import active_content
from docgen.bind.contents import (
    Unreadable,
    is_swollen,
    is_whole,
    join_contents,
    pages_of_lost_pictures,
)
from docgen.bind.paper import AbsurdSize, Shape, Shapes
from docgen.bind.pictures import write_picture
from docgen.bind.pieces import Piece, Scan
from docgen.bind.pixels import BadPicture
from docgen.problem import Problem, error, warning

MEGABYTE = 2**20
BROKEN = (  # what reading a PDF raises that is not what it says it is
    pikepdf.PdfError, ValueError, TypeError, LookupError, AttributeError, RuntimeError,
)  # fmt: skip
logging.getLogger("pikepdf").addHandler(logging.NullHandler())  # we tell it, in Chinese
MAX_FILE, MAX_ALL = 200 * MEGABYTE, 1024 * MEGABYTE
MAX_PICTURE = 40 * MEGABYTE
MAX_PAGES = 3_000
MAX_SCANS = 2_000
PRINT_ANEW = "用阅读器打开，打印成 PDF（不带附件和脚本）后替换"


class Refused(Exception):
    """A scan that cannot be bound; `problem` says why and what to do."""

    def __init__(self, scan: Scan, message: str, hint: str, code: str = "佐证") -> None:
        super().__init__(message)
        told = f"{scan.code}“{scan.name}”{message}，没有装订"
        self.problem: Problem = error(code, told, scan.where, hint)


@dataclass(frozen=True, slots=True)
class Opened:
    """The pieces in the order of the list, and what was found; a refused scan is no piece."""

    pieces: tuple[Piece, ...]
    problems: tuple[Problem, ...]


def open_scans(scans: Sequence[Scan], folder: Path) -> Opened:
    """The scans examined; `folder` is for what is made of them, to be kept until they are bound."""
    pieces: list[Piece] = []
    problems: list[Problem] = []
    size, first = 0, 1
    for scan in scans:
        try:
            size = _weighed(scan, size, len(pieces))
            piece = _examined(scan, folder / f"{len(pieces)}.pdf", first, problems)
        except Refused as refused:
            problems.append(refused.problem)
            continue
        pieces.append(piece)
        first += piece.pages
    return Opened(tuple(pieces), tuple(problems))


def _weighed(scan: Scan, before: int, count: int) -> int:
    """The bytes of all scans up to this one; Refused where there are too many or none."""
    try:
        size = scan.path.stat().st_size
    except OSError:
        raise Refused(scan, "的文件读不了", "核对文件名和权限", "读取") from None
    if not size:
        raise Refused(scan, "的文件是空的", "重新扫描或复制一份")
    if scan.kind not in ("pdf", "jpg", "png"):
        raise Refused(scan, "不是 PDF、JPEG 或 PNG", "另存为 PDF（只改扩展名没有用）")
    limit = MAX_FILE if scan.kind == "pdf" else MAX_PICTURE
    if size > limit:
        said = f"有 {size // MEGABYTE} MB，单个文件至多 {limit // MEGABYTE} MB"
        raise Refused(scan, said, "按 300 DPI 以下重新扫描，或压缩", "过大")
    if before + size > MAX_ALL:
        said = f"装不下：全部证明材料至多 {MAX_ALL // MEGABYTE} MB"
        raise Refused(scan, said, "按 300 DPI 以下重新扫描，或压缩", "过大")
    if count >= MAX_SCANS:
        raise Refused(scan, f"装不下：一册至多 {MAX_SCANS} 件", "合并扫描件", "过大")
    return before + size


def _examined(scan: Scan, spare: Path, first: int, problems: list[Problem]) -> Piece:
    """A scan as a piece, from a file of its own where it had to be changed; or Refused."""
    path = scan.path
    try:
        if scan.kind != "pdf":
            write_picture(path.read_bytes(), scan.kind, spare)
            path = spare
        with pikepdf.open(path) as pdf:
            return _piece(scan, pdf, path, spare, first, problems)
    except Unreadable as page:
        said = f"第 {page.number} 页已损坏，修复不了"
        raise Refused(scan, said, "重新扫描或复制一份") from None
    except BadPicture as bad:
        raise Refused(scan, f"：{bad}", bad.hint) from None
    except pikepdf.PasswordError:
        raise Refused(scan, "加了密，打不开", "去掉打开密码和权限密码，再另存一份") from None
    except OSError:
        raise Refused(scan, "的文件读不了", "核对文件名和权限", "读取") from None
    except BROKEN:
        raise Refused(scan, "已损坏，修复不了", "重新扫描或复制一份") from None


def _piece(
    scan: Scan, pdf: pikepdf.Pdf, path: Path, spare: Path, first: int, problems: list[Problem]
) -> Piece:
    if pdf.is_encrypted:
        raise Refused(scan, "加了密", "去掉打开密码和权限密码，再另存一份")
    acts, baggage = active_content(pdf)
    if acts:
        raise Refused(scan, f"里有{acts}", PRINT_ANEW)
    pages = len(pdf.pages)
    if not pages:
        raise Refused(scan, "一页也没有", "重新扫描或复制一份")
    if first - 1 + pages > MAX_PAGES:
        raise Refused(scan, f"装不下：一册至多 {MAX_PAGES} 页", "只留与申报有关的页", "过大")
    shapes = tuple(_shapes(scan, pdf))
    layered = "/OCProperties" in pdf.Root
    changed = _settle_notes(pdf)
    changed = join_contents(pdf) or changed
    if is_swollen(pdf):
        raise Refused(scan, "解开后过大，疑为炸弹", PRINT_ANEW, "过大")
    if broken := bool(pdf.get_warnings()):
        if lost := next(pages_of_lost_pictures(pdf), 0):
            raise Unreadable(lost)
        said = f"{scan.code}“{scan.name}”的 PDF 有损坏，已修复，得 {pages} 页"
        problems.append(warning("佐证", said, scan.where, "与原件核对有没有缺页"))
    if layered:
        said = f"{scan.code}“{scan.name}”有图层，装订后各层都会显示"
        problems.append(warning("佐证", said, scan.where, "核对装订后的页；不对就打印成 PDF 替换"))
    if changed or broken:
        pdf.save(spare, static_id=True)
        path = spare
    return Piece(scan, path, shapes, first, baggage)


def _shapes(scan: Scan, pdf: pikepdf.Pdf) -> Iterator[Shape]:
    shapes = Shapes()
    for number, page in enumerate(pdf.pages, 1):
        if not is_whole(page.obj):
            raise Unreadable(number)
        try:
            yield shapes.of(page.obj)
        except AbsurdSize as absurd:
            said = f"第 {number} 页的尺寸不合常理（{absurd}）"
            raise Refused(scan, said, "重新扫描成 A4") from None


def _settle_notes(pdf: pikepdf.Pdf) -> bool:
    """Makes seals, filled fields and notes part of their page, as they look; whether there were."""
    forms = pdf.Root.get("/AcroForm")
    if forms is not None and forms.get("/NeedAppearances"):
        pdf.generate_appearance_streams()
    noted = [page for page in pdf.pages if "/Annots" in page.obj]
    if not any("/AP" in note for page in noted for note in _notes(page)):
        return False
    pdf.flatten_annotations("all")
    return True


def _notes(page: pikepdf.Page) -> Iterator[pikepdf.Dictionary]:
    for note in page.obj.get("/Annots") or ():
        if isinstance(note, pikepdf.Dictionary):
            yield note
