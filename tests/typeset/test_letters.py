"""信函格式 of GB/T 9704-2012, 10.1: measured on what the templates' own styles print, in mm."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PIL import ImageChops

from docgen.typeset import Fonts, typeset
from tests.typeset.paper import text

LETTERS = sorted((Path(__file__).parents[2] / "templates" / "推荐函").glob("*.docx"))
NAMES = {
    "RedHead": "示例区工业和信息化局",
    "RedHeadMiddle": "示例市某某工业和信息化管理局",
    "RedHeadLong": "示例市某某高新技术产业工业和信息局",
    "RedHeadLongest": "示例市某某高新技术产业开发区工业和信息化局",
}
SCALE = 4
MM = 25.4 / 72 / SCALE
CASES = [
    (path, style)
    for path in LETTERS
    for style in NAMES
    if f'styleId="{style}"' in zipfile.ZipFile(path).read("word/styles.xml").decode()
]


def letter(path: Path, style: str) -> bytes:
    """The template with a name in one size of its mark, and two pages of text."""
    out = BytesIO()
    with zipfile.ZipFile(path) as package, zipfile.ZipFile(out, "w") as made:
        for name in package.namelist():
            part = package.read(name).decode()
            if name == "word/header1.xml":
                rule = part[part.index('<w:p><w:pPr><w:pStyle w:val="LetterRule"/>') :]
                head = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{NAMES[style]}</w:t>'
                part = f"{part[: part.index('<w:p>')]}<w:p>{head}</w:r></w:p>{rule}"
            if name == "word/document.xml":
                body = "<w:p><w:r><w:t>文</w:t></w:r></w:p>" * 30
                part = re.sub(r"<w:body>.*?(<w:sectPr>)", rf"<w:body>{body}\1", part, flags=re.S)
            made.writestr(name, part)
    return out.getvalue()


def red(pdf: bytes) -> tuple[list[tuple[float, float]], tuple[float, float]]:
    """Top and bottom of each red stretch of the first page, and left and right of the last."""
    page = pypdfium2.PdfDocument(pdf)[0].render(scale=SCALE).to_pil().convert("RGB")
    high, green, _ = (band.point(lambda v: 255 * (v > 160)) for band in page.split())
    mask = ImageChops.subtract(high, green)
    boxes = [mask.crop((0, y, mask.width, y + 1)).getbbox() for y in range(mask.height)]
    stretches: list[list[int]] = []
    for y in (y for y, box in enumerate(boxes) if box):
        if stretches and y - stretches[-1][1] == 1:
            stretches[-1][1] = y
        else:
            stretches.append([y, y])
    left, _, right, _ = boxes[stretches[-1][0]] or (0, 0, 0, 0)
    return [(a * MM, (b + 1) * MM) for a, b in stretches], (left * MM, right * MM)


@pytest.mark.parametrize(("path", "style"), CASES, ids=lambda value: getattr(value, "stem", value))
def test_the_mark_and_the_red_double_lines_stand_where_the_standard_wants(
    path: Path, style: str, fonts: Fonts
) -> None:
    made = typeset(letter(path, style), fonts)
    (mark, thick, thin, upper, lower), across = red(made.pdf)
    assert mark[0] == pytest.approx(30, abs=0.5)
    assert thick[0] - mark[1] == pytest.approx(4, abs=0.5)
    assert thick[1] - thick[0] > 1.5 * (thin[1] - thin[0])
    assert lower[1] - lower[0] > 1.5 * (upper[1] - upper[0])
    assert lower[1] == pytest.approx(297 - 20, abs=0.5)
    assert across == pytest.approx((20, 190), abs=0.5)


@pytest.mark.parametrize("path", LETTERS, ids=lambda path: path.stem)
def test_the_first_page_of_a_letter_has_no_number(path: Path, fonts: Fonts) -> None:
    made = typeset(letter(path, "RedHead"), fonts)
    assert made.pages == 2
    assert "—" not in text(made.pdf, 0)
    assert "—2—" in text(made.pdf, 1)
