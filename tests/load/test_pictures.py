"""A picture comes from below the applicant's folder, is PNG or JPEG by content, or is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen.load import pictures
from docgen.load.pictures import kind_of, read_picture
from tests.load.kit import PNG

JPEG = b"\xff\xd8\xff\xe0" + bytes(20) + b"\xff\xd9"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "甲" / "图").mkdir(parents=True)
    (tmp_path / "别家.png").write_bytes(PNG)
    (tmp_path / "甲" / "图" / "一.png").write_bytes(PNG)
    (tmp_path / "甲" / "二.jpg").write_bytes(JPEG)
    return tmp_path / "甲"


@pytest.mark.parametrize("address", ["图/一.png", "图\\一.png", "./图/一.png", "二.jpg"])
def test_a_picture_in_the_folder_is_read(folder: Path, address: str) -> None:
    outcome = read_picture(address, folder)
    assert outcome.problems == ()
    assert outcome.value in (PNG, JPEG)


def test_beside_the_text_comes_first(folder: Path) -> None:
    (folder / "图" / "二.jpg").write_bytes(PNG)
    assert read_picture("二.jpg", folder, folder / "图").value == PNG
    assert read_picture("二.jpg", folder, folder / "正文").value == JPEG


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
    outcome = read_picture(address, folder)
    assert outcome.value is None
    assert [problem.code for problem in outcome.problems] == ["图片"]
    assert outcome.problems[0].hint


def test_a_link_out_of_the_folder_is_refused(folder: Path) -> None:
    (folder / "链.png").symlink_to(folder.parent / "别家.png")
    outcome = read_picture("链.png", folder)
    assert outcome.value is None
    assert "链接" in outcome.problems[0].message


@pytest.mark.parametrize(
    "data, said",
    [(b"", "空"), (b"GIF89a", "不是 PNG"), (b"<svg/>", "不是 PNG"), (b"%PDF-1", "不是")],
)
def test_the_content_decides_what_a_picture_is(folder: Path, data: bytes, said: str) -> None:
    (folder / "三.png").write_bytes(data)
    outcome = read_picture("三.png", folder)
    assert outcome.value is None
    assert said in outcome.problems[0].message


def test_a_picture_is_bounded(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "LIMIT", len(PNG))
    assert read_picture("图/一.png", folder).value == PNG
    monkeypatch.setattr(pictures, "LIMIT", len(PNG) - 1)
    (problem,) = read_picture("图/一.png", folder).problems
    assert (problem.code, problem.where.file) == ("过大", "")


def test_kinds_are_known_by_their_first_bytes() -> None:
    assert [kind_of(head) for head in (PNG, JPEG, b"%PDF-1.7", b"PK", b"")] == [
        "png",
        "jpg",
        "pdf",
        "",
        "",
    ]
