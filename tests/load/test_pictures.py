"""A picture comes from below the applicant's folder, is PNG or JPEG by content, or is refused."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pytest

from docgen.load import pictures
from docgen.load.pictures import Pictures, kind_of
from docgen.model.picture import bare
from tests.bind.kit import photo
from tests.load.kit import PNG

JPEG = bare(photo((30, 20))).data


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "甲" / "图").mkdir(parents=True)
    (tmp_path / "别家.png").write_bytes(PNG)
    (tmp_path / "甲" / "图" / "一.png").write_bytes(PNG)
    (tmp_path / "甲" / "二.jpg").write_bytes(JPEG)
    return tmp_path / "甲"


@pytest.mark.parametrize("address", ["图/一.png", "图\\一.png", "./图/一.png", "二.jpg"])
def test_a_picture_in_the_folder_is_read(folder: Path, address: str) -> None:
    outcome = Pictures(folder)(address)
    assert outcome.problems == ()
    assert outcome.value in (PNG, JPEG)


def test_beside_the_text_comes_first(folder: Path) -> None:
    (folder / "图" / "二.jpg").write_bytes(PNG)
    assert Pictures(folder)("二.jpg", folder / "图").value == PNG
    assert Pictures(folder)("二.jpg", folder / "正文").value == JPEG


@pytest.mark.parametrize(
    "address",
    [
        "",
        "../别家.png",
        "图/../../别家.png",
        "/etc/passwd",
        "\\\\主机\\共享\\a.png",
        "C:\\a.png",
        "http://example.com/a.png",
        "file:///etc/passwd",
        "data:image/png;base64,AAAA",
        "无.png",
        "图",
        "a\0.png",
        "长" * 300 + ".png",
    ],
)
def test_anything_else_is_refused(folder: Path, address: str) -> None:
    outcome = Pictures(folder)(address)
    assert outcome.value is None
    assert [problem.code for problem in outcome.problems] == ["图片"]
    assert outcome.problems[0].hint


def test_a_link_out_of_the_folder_is_refused(folder: Path) -> None:
    (folder / "链.png").symlink_to(folder.parent / "别家.png")
    outcome = Pictures(folder)("链.png")
    assert outcome.value is None
    assert "链接" in outcome.problems[0].message


@pytest.mark.parametrize(
    "data, said",
    [(b"", "空"), (b"GIF89a", "不是 PNG"), (b"<svg/>", "不是 PNG"), (b"%PDF-1", "不是")],
)
def test_the_content_decides_what_a_picture_is(folder: Path, data: bytes, said: str) -> None:
    (folder / "三.png").write_bytes(data)
    outcome = Pictures(folder)("三.png")
    assert outcome.value is None
    assert said in outcome.problems[0].message


def test_a_picture_is_bounded(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "LIMIT", len(PNG))
    assert Pictures(folder)("图/一.png").value == PNG
    monkeypatch.setattr(pictures, "LIMIT", len(PNG) - 1)
    (problem,) = Pictures(folder)("图/一.png").problems
    assert (problem.code, problem.where.file) == ("过大", "")


def test_kinds_are_known_by_their_first_bytes() -> None:
    assert [kind_of(head) for head in (PNG, JPEG, b"%PDF-1.7", b"PK", b"")] == [
        "png",
        "jpg",
        "pdf",
        "",
        "",
    ]


def test_a_photo_stands_upright_and_tells_nothing(folder: Path) -> None:
    (folder / "照.jpg").write_bytes(photo((300, 200), orientation=6))
    outcome = Pictures(folder)("照.jpg")
    assert outcome.value is not None
    found = bare(outcome.value)
    assert (found.width, found.height, found.orientation) == (200, 300, 1)
    assert b"SECRET" not in outcome.value and b"Exif" not in outcome.value


def test_what_hangs_on_a_picture_stays_behind(folder: Path) -> None:
    chunk = b"tEXtAuthor\0SECRET"
    told = struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
    (folder / "图/一.png").write_bytes(PNG[:33] + told + PNG[33:] + b"SECRET")
    (folder / "二.jpg").write_bytes(photo((30, 20)) + b"SECRET")
    assert Pictures(folder)("图/一.png").value == PNG
    assert Pictures(folder)("二.jpg").value == JPEG


@pytest.mark.parametrize("cut", [20, 40, 60, len(PNG) - 1])
def test_a_picture_cut_off_is_refused(folder: Path, cut: int) -> None:
    (folder / "图/一.png").write_bytes(PNG[:cut])
    (folder / "二.jpg").write_bytes(JPEG[:cut])
    for address in ("图/一.png", "二.jpg"):
        (problem,) = Pictures(folder)(address).problems
        assert "不完整或已损坏" in problem.message and problem.hint


def test_all_pictures_of_one_applicant_are_bounded(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "MOST", len(PNG))
    read = Pictures(folder)
    assert [read("图/一.png").value, read("图/一.png").value] == [PNG, PNG]
    (problem,) = read("二.jpg").problems
    assert (problem.code, bool(problem.hint)) == ("过大", True)


def test_pixels_are_bounded(folder: Path) -> None:
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 0, 0, 0, 0)
    chunk = b"IHDR" + head
    vast = PNG[:12] + chunk + struct.pack(">I", zlib.crc32(chunk)) + PNG[33:]
    (folder / "图/一.png").write_bytes(vast)
    (problem,) = Pictures(folder)("图/一.png").problems
    assert "像素" in problem.message
