"""证明材料/ is listed by name; a file that cannot serve as evidence is named with its cure."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen.load import evidence
from docgen.load.evidence import read_evidence
from docgen.model.dossier import EvidenceFile
from tests.load.kit import PNG

PDF = b"%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"
PNG_WHOLE = PNG + b"IEND\xaeB`\x82"
JPEG = b"\xff\xd8\xff\xe0" + bytes(20) + b"\xff\xd9"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "示例甲" / "证明材料" / "合同").mkdir(parents=True)
    return tmp_path / "示例甲"


def look(folder: Path) -> tuple[dict[str, EvidenceFile], list[str]]:
    outcome = read_evidence(folder, folder.parent)
    assert outcome.value is not None
    assert all(problem.hint for problem in outcome.problems)
    return outcome.value, [
        f"{Path(p.where.file).name} {p.severity.label} {p.code} {p.message}"
        for p in outcome.problems
    ]


def test_files_are_listed_with_size_kind_and_place(folder: Path) -> None:
    top = folder / "证明材料"
    (top / "营业执照.pdf").write_bytes(PDF)
    (top / "照片.JPG").write_bytes(JPEG)
    (top / "合同" / "甲.png").write_bytes(PNG_WHOLE)
    for name in (".DS_Store", "~$x.pdf", "Thumbs.db"):
        (top / name).write_bytes(b"x")
    found, problems = look(folder)
    assert problems == []
    assert {name: (entry.size, entry.kind) for name, entry in found.items()} == {
        "合同/甲.png": (len(PNG_WHOLE), "png"),
        "照片.JPG": (len(JPEG), "jpg"),
        "营业执照.pdf": (len(PDF), "pdf"),
    }
    assert found["合同/甲.png"].where.file == "示例甲/证明材料/合同/甲.png"


@pytest.mark.parametrize(
    "name, data, said",
    [
        ("a.pdf", b"", "错误 佐证 文件是空的"),
        ("a.pdf", b"PK\x03\x04", "错误 佐证 不是 PDF"),
        ("a.docx", PDF, "提醒 佐证 内容是 PDF，扩展名却是 .docx"),
        ("a.png", JPEG, "提醒 佐证 内容是 JPG"),
        ("a.pdf", PDF.replace(b"<</Root", b"<</Encrypt 5 0 R /Root"), "错误 佐证 PDF 加了密"),
        ("a.pdf", PDF[:30] + bytes(9000), "提醒 佐证 PDF 没有结尾"),
        ("a.jpg", JPEG[:-2], "提醒 佐证 JPEG 没有结尾"),
        ("a.png", PNG[:-8], "提醒 佐证 PNG 没有结尾"),
    ],
)
def test_a_file_that_cannot_serve_is_named(folder: Path, name: str, data: bytes, said: str) -> None:
    (folder / "证明材料" / name).write_bytes(data)
    _, problems = look(folder)
    assert len(problems) == 1
    assert problems[0].startswith(f"{name} {said}")


def test_encryption_is_seen_in_a_cross_reference_stream_far_from_the_end(folder: Path) -> None:
    body = b"%PDF-1.7\n" + bytes(20_000)
    stream = b"7 0 obj <</Type /XRef /Encrypt 5 0 R>> stream\n" + bytes(9_000)
    tail = b"\nstartxref\n%d\n%%%%EOF\n" % len(body)
    (folder / "证明材料" / "a.pdf").write_bytes(body + stream + tail)
    assert "加了密" in look(folder)[1][0]


def test_no_folder_is_no_problem(tmp_path: Path) -> None:
    outcome = read_evidence(tmp_path, tmp_path)
    assert (outcome.value, outcome.problems) == ({}, ())


def test_a_link_out_of_the_folder_is_listed_and_refused(folder: Path) -> None:
    (folder.parent / "别家.pdf").write_bytes(PDF)
    (folder / "证明材料" / "a.pdf").symlink_to(folder.parent / "别家.pdf")
    found, problems = look(folder)
    assert (found["a.pdf"].size, found["a.pdf"].kind) == (0, "")
    assert problems[0].startswith("a.pdf 错误 读取")


def test_a_disk_error_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "证明材料" / "a.pdf").write_bytes(PDF)

    def broken(*_: object, **__: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "open", broken)
    assert look(folder)[1][0].startswith("a.pdf 错误 读取 磁盘读取出错")
    monkeypatch.setattr(Path, "iterdir", broken)
    assert look(folder)[1] == ["证明材料 错误 读取 磁盘读取出错（Input/output error）"]


def test_the_number_of_files_is_bounded(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence, "MAX_FILES", 2)
    for number in range(4):
        (folder / "证明材料" / f"{number}.pdf").write_bytes(PDF)
    found, problems = look(folder)
    assert len(found) == 2
    assert problems[0].startswith("证明材料 错误 过大")
