"""证明材料/* → what is there: each file's size, kind and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from docgen.load.disk import disk_error, entries, is_inside, leads_out, relative
from docgen.load.pictures import kind_of
from docgen.model.dossier import EvidenceFile
from docgen.problem import Outcome, Problem, Where, error, warning

EVIDENCE = "证明材料"
MAX_FILES = 2_000
_SUFFIXES = {"pdf": (".pdf",), "jpg": (".jpg", ".jpeg"), "png": (".png",)}
_CHUNK = 4096


def read_evidence(folder: Path, root: Path) -> Outcome[dict[str, EvidenceFile]]:
    """The files in `folder`/证明材料 by name (营业执照.pdf; 合同/甲.pdf where in a subfolder).

    `folder` is the applicant's, `root` the workspace. Always a value. Problems (佐证, 读取, 过大):
    a file that is empty, neither PDF, JPEG nor PNG, encrypted, cut off, or a link to elsewhere.
    """
    found: dict[str, EvidenceFile] = {}
    problems: list[Problem] = []
    top = folder / EVIDENCE
    for path in _files(top, root, problems):
        if len(found) >= MAX_FILES:
            said = f"证明材料超过 {MAX_FILES} 个文件，其余的没有读"
            problems.append(error("过大", said, Where(relative(top, root)), "合并扫描件"))
            break
        name = path.relative_to(top).as_posix()
        found[name] = _look(path, name, Where(relative(path, root)), folder, problems)
    return Outcome(found, tuple(problems))


def _files(folder: Path, root: Path, problems: list[Problem]) -> Iterator[Path]:
    """Every file below a folder, by name; hidden and temporary ones left out."""
    for path in entries(folder, root, problems):
        if path.is_dir() and not path.is_symlink():
            yield from _files(path, root, problems)
        else:
            yield path


def _look(
    path: Path, name: str, where: Where, folder: Path, problems: list[Problem]
) -> EvidenceFile:
    if not is_inside(path, folder):
        problems.append(leads_out(where.file, folder))
        return EvidenceFile(name, 0, "", where)
    if not path.is_file():
        problems.append(error("读取", "这不是普通文件", where, "换成扫描件，或移走"))
        return EvidenceFile(name, 0, "", where)
    try:
        size = path.stat().st_size
        with path.open("rb") as stream:
            head = stream.read(_CHUNK)
            stream.seek(max(0, size - _CHUNK))
            tail = stream.read(_CHUNK)
            stream.seek(_last_table(tail))
            table = stream.read(_CHUNK)
    except OSError as failure:
        problems.append(disk_error(failure, where.file))
        return EvidenceFile(name, 0, "", where)
    kind = kind_of(head) or ("pdf" if b"%PDF-" in head[:1024] else "")
    problems += _faults(path.suffix, where, kind, head + table + tail)
    return EvidenceFile(name, size, kind, where)


def _last_table(tail: bytes) -> int:
    """Where a PDF says its last cross-reference table stands, in bytes; 0 where it does not say."""
    offsets = re.findall(rb"startxref\s+(\d{1,12})", tail)
    return int(offsets[-1]) if offsets else 0


def _faults(suffix: str, where: Where, kind: str, ends: bytes) -> Iterator[Problem]:
    if not ends:
        yield error("佐证", "文件是空的", where, "重新扫描或复制一份")
    elif not kind:
        yield error("佐证", "不是 PDF、JPEG 或 PNG", where, "另存为 PDF（只改扩展名没有用）")
    elif suffix.lower() not in _SUFFIXES[kind]:
        said = f"内容是 {kind.upper()}，扩展名却是 {suffix or '（无）'}"
        yield warning("佐证", said, where, f"把扩展名改为 .{kind}，并在数据里同样改名")
    if kind == "pdf":
        if b"/Encrypt" in ends:
            cure = "去掉打开密码和权限密码，再另存一份"
            yield error("佐证", "PDF 加了密，装订时打不开", where, cure)
        if b"%%EOF" not in ends[-_CHUNK:]:
            yield warning("佐证", "PDF 没有结尾，可能不完整", where, "打开核对；不完整就重新复制")
    elif kind == "jpg" and b"\xff\xd9" not in ends[-_CHUNK:]:
        yield warning("佐证", "JPEG 没有结尾，可能不完整", where, "打开核对；不完整就重新复制")
    elif kind == "png" and b"IEND" not in ends[-_CHUNK:]:
        yield warning("佐证", "PNG 没有结尾，可能不完整", where, "打开核对；不完整就重新复制")
