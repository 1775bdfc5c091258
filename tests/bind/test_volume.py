"""A volume is in the order of the list, on A4, stamped, bookmarked, upright, clean and the same."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream
from PIL import Image

from docgen.bind.paper import HEIGHT, WIDTH
from docgen.problem import Severity
from tests.bind.kit import A4, note, paper, photo, picture, scans, texts, volume


def test_order_numbers_stamps_and_bookmarks(tmp_path: Path) -> None:
    files = [
        ("审计 报告.pdf", paper("ONE", "TWO")),
        ("执照.jpg", photo()),
        ("合同.pdf", paper("THREE", "FOUR", "FIVE")),
    ]
    target, problems = volume(tmp_path, *files)
    assert problems == ()
    found = texts(target)
    names = ["审计报告", "审计报告", "执照", "合同", "合同", "合同"]
    codes = ["证01", "证01", "证02", "证03", "证03", "证03"]
    for number, (text, code, name) in enumerate(zip(found, codes, names, strict=True), 1):
        assert f"{code}·{name}第{number}页共6页" in text
    for number, word in ((1, "ONE"), (2, "TWO"), (4, "THREE"), (5, "FOUR"), (6, "FIVE")):
        assert word in found[number - 1]
    with pikepdf.open(target) as pdf:
        pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        with pdf.open_outline() as outline:
            marks = [(item.title, pages[item.destination[0].objgen]) for item in outline.root]
        assert marks == [("证01 审计 报告", 1), ("证02 执照", 3), ("证03 合同", 4)]
        assert {tuple(map(float, page.mediabox)) for page in pdf.pages} == {(0, 0, WIDTH, HEIGHT)}


def ink(image: Image.Image, box: tuple[float, float, float, float]) -> int:
    """How many dark points there are in a box, from the top left."""
    return sum(image.crop(tuple(map(int, box))).convert("L").histogram()[:128])  # type: ignore[arg-type]


def test_the_stamp_has_the_foot_to_itself_on_the_outer_side(tmp_path: Path) -> None:
    target, _ = volume(tmp_path, ("a.pdf", paper("x", "x")))
    for number in (1, 2):
        page = picture(target, number)
        foot = (0, HEIGHT - 42, WIDTH, HEIGHT)
        assert ink(page, foot) > 40
        half = WIDTH / 2
        outer = (half, foot[1], WIDTH, HEIGHT) if number % 2 else (0, foot[1], half, HEIGHT)
        assert ink(page, outer) == ink(page, foot)
        content = page.convert("L").point(lambda light: 255 * (light < 128)).crop((0, 0, 595, 795))
        left, top, right, low = content.getbbox() or (0, 0, 0, 0)
        assert left > 20 and top > 20 and right < WIDTH - 20 and low < HEIGHT - 42
        assert (left > 40) == (number % 2 == 1)  # the frame that each page draws around itself


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("size", [A4, (841.9, 595.3), (1684, 2384), (200, 300)])
def test_a_page_of_any_size_and_turn_stands_in_its_frame(
    tmp_path: Path, size: tuple[float, float], turn: int
) -> None:
    """What was at the top of a page as seen is at the top, or at the left where it lies across."""

    def mark(pdf: Pdf) -> None:
        page = pdf.pages[0].obj
        page.Rotate = turn
        w, h = size
        corner = {0: (0, h - 40), 90: (0, 0), 180: (w - 40, 0), 270: (w - 40, h - 40)}[turn]
        page.Contents = Stream(pdf, f"1 0 0 rg {corner[0]} {corner[1]} 40 40 re f".encode())

    target, _ = volume(tmp_path, ("a.pdf", paper("x", size=size, change=mark)))
    page = picture(target, 1)
    red = [
        (x, y)
        for x in range(0, 595, 3)
        for y in range(0, 842, 3)
        if page.getpixel((x, y))[0] > 200 > page.getpixel((x, y))[1] + 100  # type: ignore[index]
    ]
    x, y = (sum(side) / len(red) for side in zip(*red, strict=True))
    across = (size[0] > size[1]) != (turn % 180 == 90)
    assert x < WIDTH / 2
    assert (y > HEIGHT / 2) if across else (y < HEIGHT / 2)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_photo_stands_upright_and_tells_nothing(
    tmp_path: Path, orientation: int, kind: str
) -> None:
    from PIL import ImageOps

    data = photo((400, 500), orientation, kind)
    name = "a.jpg" if kind == "JPEG" else "a.png"
    target, problems = volume(tmp_path, (name, data))
    assert problems == ()
    upright = ImageOps.exif_transpose(Image.open(BytesIO(data))).convert("RGB")
    if upright.width > upright.height:
        upright = upright.rotate(90, expand=True)
    page = picture(target, 1).crop((0, 0, 595, 795))
    mask = page.convert("RGB").point(lambda level: 255 * (level < 128)).convert("L")
    box = mask.getbbox()
    assert box is not None
    middle = ((box[0] + box[2]) / 2 - 10, (box[1] + box[3]) / 2)
    reds = [
        (x, y)
        for x in range(upright.width)
        for y in range(0, upright.height, 9)
        if upright.getpixel((x, y))[1] < 128  # type: ignore[index]
    ]
    x, y = (sum(side) / len(reds) for side in zip(*reds, strict=True))
    assert (middle[0] < WIDTH / 2) == (x < upright.width / 2)
    assert (middle[1] < 400) == (y < upright.height / 2)
    with pikepdf.open(target) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, Stream):
                assert b"SECRET" not in thing.read_raw_bytes()


def test_a_jpeg_is_not_packed_anew(tmp_path: Path) -> None:
    original = photo((640, 400))
    target, _ = volume(tmp_path, ("a.jpg", original + b"PK\x03\x04 what hangs on"))
    with pikepdf.open(target) as pdf:
        (image,) = [
            o for o in pdf.objects if isinstance(o, Stream) and o.get("/Subtype") == "/Image"
        ]
        kept = image.read_raw_bytes()
    assert b"PK\x03\x04" not in kept
    one, other = (Image.open(BytesIO(data)).convert("RGB").tobytes() for data in (original, kept))
    assert one == other


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "LA", "I;16"])
def test_every_kind_of_png_shows_its_colours(tmp_path: Path, mode: str) -> None:
    grey = Image.linear_gradient("L").resize((120, 120))
    image = grey.convert("I").point(lambda v: v * 257) if mode == "I;16" else grey.convert(mode)
    out = BytesIO()
    (image.convert("I;16") if mode == "I;16" else image).save(out, "PNG")
    target, problems = volume(tmp_path, ("a.png", out.getvalue()))
    assert problems == ()
    page = picture(target, 1).convert("L")
    middle = WIDTH / 2 + 10
    column = [page.getpixel((int(middle), y)) for y in range(0, 795)]
    assert min(column) < 80 < 200 < max(column)  # type: ignore[type-var]


def test_a_broken_pdf_is_repaired_and_told(tmp_path: Path) -> None:
    whole = paper("ONE", "TWO")
    torn = whole[: whole.rindex(b"xref")]
    target, problems = volume(tmp_path, ("a.pdf", torn))
    assert [(p.code, p.severity) for p in problems] == [("佐证", Severity.WARNING)]
    assert "已修复，得 2 页" in problems[0].message
    assert ["ONE" in texts(target)[0], "TWO" in texts(target)[1]] == [True, True]


def test_a_broken_pdf_whose_picture_is_lost_is_refused(tmp_path: Path) -> None:
    def pictured(pdf: Pdf) -> None:
        page = pdf.pages[0].obj
        page.Resources.XObject = Dictionary(Im0=pdf.make_indirect(Stream(pdf, bytes(3))))
        page.Resources.XObject.Im0.stream_dict = Dictionary(
            Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1, BitsPerComponent=8,
            ColorSpace=Name.DeviceRGB,
        )  # fmt: skip
        page.Contents = Stream(pdf, b"q 100 0 0 100 0 0 cm /Im0 Do Q")

    whole = paper("ONE", "TWO", change=pictured)
    torn = whole[: whole.rindex(b"xref")]
    _, problems = volume(tmp_path, ("a.pdf", torn), ("b.pdf", paper("x")))
    assert ["已修复" in problem.message for problem in problems] == [True]
    lost = torn.replace(b"/Im0 ", b"/Im9 ", 1)
    _, problems = volume(tmp_path, ("a.pdf", lost), ("b.pdf", paper("x")))
    assert [(p.code, p.severity) for p in problems] == [("佐证", Severity.ERROR)]
    assert "第 1 页已损坏，修复不了" in problems[0].message


def test_a_page_that_leaves_its_state_open_does_not_move_the_stamp(tmp_path: Path) -> None:
    def careless(pdf: Pdf) -> None:
        pdf.pages[0].obj.Contents = Stream(pdf, b"q 9 0 0 9 300 300 cm q BT 3 Tr")
        pdf.pages[1].obj.Contents = Array([Stream(pdf, b"Q Q Q 5 0 0 5 0 0 cm"), Stream(pdf, b"q")])

    target, _ = volume(tmp_path, ("a.pdf", paper("x", "x", change=careless)))
    for number in (1, 2):
        assert ink(picture(target, number), (0, HEIGHT - 42, WIDTH, HEIGHT)) > 40


def test_a_seal_that_is_an_annotation_stays_to_be_seen(tmp_path: Path) -> None:
    def sealed(pdf: Pdf) -> None:
        look = Stream(pdf, b"1 0 0 rg 0 0 100 100 re f")
        look.stream_dict = Dictionary(
            Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 100, 100])
        )
        seal = note("Stamp", AP=Dictionary(N=pdf.make_indirect(look)), F=4)
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(seal)])

    target, problems = volume(tmp_path, ("a.pdf", paper("x", change=sealed)))
    assert problems == ()
    assert picture(target, 1).getpixel((261, 384)) == (255, 0, 0)
    with pikepdf.open(target) as pdf:
        assert "/Annots" not in pdf.pages[0].obj


def test_nothing_but_what_shows_comes_along(tmp_path: Path) -> None:
    def loaded(pdf: Pdf) -> None:
        pdf.docinfo["/Author"] = "SECRET-AUTHOR"
        with pdf.open_metadata() as metadata:
            metadata["dc:creator"] = ["SECRET-CREATOR"]
        page = pdf.pages[0].obj
        page.PieceInfo = Dictionary(X=Dictionary(Private=pikepdf.String("SECRET-PIECE")))
        image = Stream(pdf, b"\0" * 3)
        image.stream_dict = Dictionary(
            Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1,
            ColorSpace=Name.DeviceRGB, BitsPerComponent=8,
            Metadata=Stream(pdf, b"SECRET-PICTURE"),
        )  # fmt: skip
        page.Resources.XObject = Dictionary(I=image)

    target, problems = volume(tmp_path, ("a.pdf", paper("x", change=loaded)))
    assert problems == ()
    with pikepdf.open(target) as pdf:
        held = [o.read_bytes() if isinstance(o, Stream) else o.unparse() for o in pdf.objects]
    assert not [data for data in held if b"SECRET" in data]


def test_the_same_scans_give_the_same_bytes(tmp_path: Path) -> None:
    files = [("甲.pdf", paper("ONE")), ("乙.jpg", photo()), ("丙.png", photo(kind="PNG"))]
    made = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        made.append(volume(tmp_path / name, *files)[0].read_bytes())
    assert made[0] == made[1]
    assert not re.search(rb"docgen-|/tmp/", made[0])


def test_a_very_long_name_still_fits_the_foot(tmp_path: Path) -> None:
    name = "名称特别长的证明材料" * 8
    target, _ = volume(tmp_path, (f"{name}.pdf", paper("x")))
    page = picture(target, 1)
    assert ink(page, (0, HEIGHT - 42, 15, HEIGHT)) == 0 == ink(page, (580, HEIGHT - 42, 595, 842))
    assert f"{name}第1页共1页" in texts(target)[0]


def test_one_file_may_stand_for_two_codes(tmp_path: Path) -> None:
    from docgen.bind import open_scans

    listed = scans(tmp_path, [("a.pdf", paper("x", "y"))]) * 2
    opened = open_scans(listed, tmp_path)
    assert [(piece.first, piece.last) for piece in opened.pieces] == [(1, 2), (3, 4)]
