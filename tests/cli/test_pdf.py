"""docgen pdf, as a user runs it on files that docgen did not make."""

from __future__ import annotations

import shutil
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from tests.kit import ROOT, docgen, workspace

FOREIGN = ROOT / "tests" / "data" / "外来"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return workspace(tmp_path)


def brought(place: Path, name: str) -> Path:
    return Path(shutil.copy(FOREIGN / f"{name}.docx", place / f"{name}.docx"))


def test_a_file_becomes_a_pdf_beside_it_and_one_that_stands_is_kept(place: Path) -> None:
    file = brought(place, "修订")
    run = docgen(place, "pdf", str(file))
    assert run.code == 0
    assert "修订.docx 第 1 段 提醒 修订 修订中已删除的文字不排" in run.out
    made = file.with_suffix(".pdf")
    assert made.read_bytes().startswith(b"%PDF-")
    assert "未变" in docgen(place, "pdf", str(file)).out
    made.write_bytes(b"mine")
    run = docgen(place, "pdf", str(file), "--json")
    assert (run.code, run.codes()) == (1, ["修订", "写入"])
    assert run.json["outputs"] == []
    assert made.read_bytes() == b"mine"


@pytest.mark.skipif(shutil.which("soffice") is None, reason="没有 LibreOffice")
def test_libreoffice_draws_what_only_it_can_and_that_is_told(place: Path) -> None:
    file = brought(place, "文本框")
    run = docgen(place, "pdf", str(file), "-o", str(place / "甲.pdf"), "--json")
    (told,) = run.problems
    assert (run.code, told["code"], told["severity"]) == (0, "文本框", "info")
    assert told["spot"] == "第 2 段（“文本框”之下）"
    assert "LibreOffice" in told["message"]
    with pikepdf.open(place / "甲.pdf") as pdf:
        assert "LibreOffice" in str(pdf.docinfo.get("/Producer", ""))
    run = docgen(place, "pdf", str(file), "--engine", "typst", "--json")
    assert [(p["code"], p["severity"]) for p in run.problems] == [("文本框", "warning")]


def test_what_cannot_be_printed_at_all_ends_with_one(place: Path) -> None:
    file = brought(place, "嵌入对象")
    run = docgen(place, "pdf", str(file), "--engine", "typst", "--json")
    assert (run.code, run.codes()) == (1, ["嵌入文档", "图片", "图片格式"])
    assert len(run.json["outputs"]) == 1
    bad = place / "坏.docx"
    bad.write_bytes(b"not a zip")
    run = docgen(place, "pdf", str(bad), "--json")
    assert (run.code, run.codes(), run.json["outputs"]) == (1, ["文档损坏"], [])


@pytest.mark.parametrize(
    "words",
    [
        ("没有.docx",),
        ("修订.docx", "-o", "甲.docx"),
        ("修订.docx", "-o", "没有/甲.pdf"),
        ("修订.docx", "--engine", "word"),
        ("修订.docx", "--engine", "soffice", "--pdf-a"),
    ],
)
def test_misuse_is_told(place: Path, words: tuple[str, ...]) -> None:
    brought(place, "修订")
    run = docgen(place, "pdf", str(place / words[0]), *words[1:])
    assert run.code == 2
    assert run.err
    assert not list(place.glob("*.pdf"))


def test_an_archival_pdf_says_what_it_is(place: Path) -> None:
    file = brought(place, "表格样式")
    assert docgen(place, "pdf", str(file), "--engine", "typst", "--pdf-a").code == 0
    with pikepdf.open(BytesIO(file.with_suffix(".pdf").read_bytes())) as pdf:
        with pdf.open_metadata() as meta:
            assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("2", "A")
        assert pdf.Root.OutputIntents[0].S == "/GTS_PDFA1"
        assert pdf.Root.MarkInfo.Marked
        assert pdf.check_pdf_syntax() == []
