"""What must not be bound is refused by name, with the cure; the rest of the volume stands."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from random import Random

import pikepdf
import pytest
from pikepdf import AttachedFileSpec, Dictionary, Name, Pdf, Stream, String
from PIL import Image

from docgen.bind import opening, pixels
from docgen.problem import Severity
from tests.bind.kit import action, note, paper, photo, scans, texts, volume


def script() -> Dictionary:
    return action("JavaScript", JS=String("app.alert(1)"))


def in_root(key: str, value: object) -> Callable[[Pdf], None]:
    return lambda pdf: pdf.Root.__setitem__(key, value)


def on_page(value: Dictionary) -> Callable[[Pdf], None]:
    return lambda pdf: pdf.pages[0].obj.__setitem__("/Annots", pikepdf.Array([value]))


def attached(pdf: Pdf) -> None:
    pdf.attachments["a.exe"] = AttachedFileSpec(pdf, b"MZ", filename="a.exe")


def hidden_script(pdf: Pdf) -> None:
    """A script in the name tree of the catalogue, packed into an object stream by saving."""
    tree = pikepdf.Array([String("x"), pdf.make_indirect(script())])
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=tree))


def dynamic_form(pdf: Pdf) -> None:
    pdf.Root.AcroForm = Dictionary(Fields=pikepdf.Array([]), XFA=Stream(pdf, b"<xdp/>"))


def elsewhere(pdf: Pdf) -> None:
    """A picture whose data a viewer would fetch from another file."""
    picture = Stream(pdf, b"", Type=Name.XObject, Subtype=Name.Image, F=String("/etc/passwd"))
    pdf.pages[0].obj.Resources.XObject = Dictionary(I=picture)


def sized(box: list[float]) -> Callable[[Pdf], None]:
    return lambda pdf: pdf.pages[0].obj.__setitem__("/MediaBox", pikepdf.Array(box))


def no_pages() -> bytes:
    out = BytesIO()
    pikepdf.new().save(out)
    return out.getvalue()


def locked(**passwords: str) -> bytes:
    return paper("x", encryption=pikepdf.Encryption(**passwords))  # type: ignore[arg-type]


def bomb() -> bytes:
    """A small PNG that says it is 60,000 pixels square."""
    out = BytesIO()
    Image.new("1", (8, 8)).save(out, "PNG")
    data = bytearray(out.getvalue())
    data[16:24] = (60_000).to_bytes(4, "big") * 2
    data[29:33] = zlib.crc32(data[12:29]).to_bytes(4, "big")
    return bytes(data)


PLANTED = [
    ("打开密码", "a.pdf", lambda: locked(user="u", owner="o"), "加了密"),
    ("权限密码", "a.pdf", lambda: locked(user="", owner="o"), "加了密"),
    ("空文件", "a.pdf", lambda: b"", "是空的"),
    ("零页", "a.pdf", no_pages, "一页也没有"),
    ("名称树里的脚本", "a.pdf", lambda: paper("x", change=hidden_script), "脚本"),
    (
        "对象流里的脚本",
        "a.pdf",
        lambda: paper(
            "x", change=hidden_script, object_stream_mode=pikepdf.ObjectStreamMode.generate
        ),
        "脚本",
    ),
    ("打开时的脚本", "a.pdf", lambda: paper("x", change=in_root("/OpenAction", script())), "脚本"),
    (
        "打开时的网址",
        "a.pdf",
        lambda: paper(
            "x", change=in_root("/OpenAction", action("URI", URI=String("http://a.example")))
        ),
        "打开时执行的动作",
    ),
    (
        "启动程序",
        "a.pdf",
        lambda: paper("x", change=on_page(note("Link", A=action("Launch", F=String("a.exe"))))),
        "启动其他程序的动作",
    ),
    (
        "附加动作",
        "a.pdf",
        lambda: paper("x", change=in_root("/AA", Dictionary(WC=script()))),
        "脚本",
    ),
    ("嵌入文件", "a.pdf", lambda: paper("x", change=attached), "嵌入的文件"),
    (
        "附件批注",
        "a.pdf",
        lambda: paper("x", change=on_page(note("FileAttachment"))),
        "嵌入的文件",
    ),
    ("媒体", "a.pdf", lambda: paper("x", change=on_page(note("RichMedia"))), "嵌入的媒体"),
    ("动态表单", "a.pdf", lambda: paper("x", change=dynamic_form), "XFA"),
    ("外部的内容", "a.pdf", lambda: paper("x", change=elsewhere), "别的文件"),
    ("极大的页", "a.pdf", lambda: paper("x", change=sized([0, 0, 99999, 99999])), "尺寸不合常理"),
    ("极小的页", "a.pdf", lambda: paper("x", change=sized([0, 0, 3, 3])), "尺寸不合常理"),
    ("细长的页", "a.pdf", lambda: paper("x", change=sized([0, 0, 30, 9000])), "尺寸不合常理"),
    ("不是PDF", "a.pdf", lambda: b"%PDF-1.7\n<html>" + b"x" * 500, "已损坏，修复不了"),
    ("半截JPEG", "a.jpg", lambda: photo((900, 900))[:3000], "不完整或已损坏"),
    ("不是PNG", "a.png", lambda: b"\x89PNG\r\n\x1a\n" + b"x" * 99, "不完整或已损坏"),
    ("图片炸弹", "a.png", bomb, "过大"),
]


@pytest.mark.parametrize(
    "name, make, said", [row[1:] for row in PLANTED], ids=[row[0] for row in PLANTED]
)
def test_what_must_not_be_bound_is_refused_by_name(
    tmp_path: Path, name: str, make: Callable[[], bytes], said: str
) -> None:
    target, problems = volume(tmp_path, ("before.pdf", paper("BEFORE")), (name, make()))
    (problem,) = problems
    assert problem.severity is Severity.ERROR
    assert said in problem.message and "证02“a”" in problem.message
    assert problem.where.file == f"证明材料/{name}" and problem.hint
    (only,) = texts(target)
    assert "BEFORE" in only and "第1页共1页" in only


def test_a_name_in_disguise_is_found(tmp_path: Path) -> None:
    plain = paper("x", change=in_root("/OpenAction", script()), compress_streams=False)
    masked = plain.replace(b"/JavaScript", b"/Java#53cript").replace(b"/JS ", b"/#4aS ")
    assert masked != plain
    _, problems = volume(tmp_path, ("a.pdf", masked), ("b.pdf", paper("x")))
    assert "脚本" in problems[0].message


def test_a_word_that_only_looks_active_is_no_reason(tmp_path: Path) -> None:
    def harmless(pdf: Pdf) -> None:
        pdf.docinfo["/Title"] = String("/JavaScript and /Launch")
        pdf.Root.OpenAction = pikepdf.Array([pdf.pages[0].obj, Name.Fit])
        pdf.pages[0].obj.Annots = pikepdf.Array(
            [note("Link", A=action("URI", URI=String("http://a")))]
        )

    target, problems = volume(tmp_path, ("a.pdf", paper("x", change=harmless)))
    assert problems == ()
    assert b"http://a" not in target.read_bytes()


@pytest.mark.parametrize("limit, said", [("MAX_FILE", "单个文件"), ("MAX_ALL", "全部证明材料")])
def test_bytes_are_bounded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, said: str
) -> None:
    monkeypatch.setattr(opening, limit, 100)
    opened = opening.open_scans(scans(tmp_path, [("a.pdf", paper("x"))]), tmp_path)
    assert not opened.pieces
    assert opened.problems[0].code == "过大" and said in opened.problems[0].message


def test_pages_scans_and_pixels_are_bounded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "MAX_PAGES", 3)
    monkeypatch.setattr(opening, "MAX_SCANS", 2)
    monkeypatch.setattr(pixels, "MAX_PIXELS", 50_000)
    files = [
        ("a.pdf", paper("1", "2")),
        ("b.pdf", paper("3", "4")),
        ("c.jpg", photo((300, 200))),
        ("d.pdf", paper("5")),
        ("e.pdf", paper("6")),
    ]
    opened = opening.open_scans(scans(tmp_path, files), tmp_path)
    assert [piece.scan.name for piece in opened.pieces] == ["a", "d"]
    told = [problem.message for problem in opened.problems]
    for words, message in zip(("至多 3 页", "万像素", "至多 2 件"), told, strict=True):
        assert words in message


def test_a_script_in_a_nest_of_arrays_is_found(tmp_path: Path) -> None:
    def nested(pdf: Pdf) -> None:
        inner: object = script()
        for _ in range(20):
            inner = pikepdf.Array([inner])
        pdf.Root.Extra = inner

    _, problems = volume(tmp_path, ("a.pdf", paper("x", change=nested)), ("b.pdf", paper("x")))
    assert "脚本" in problems[0].message


def rich(pdf: Pdf) -> None:
    """A seal, a turned page, a form that wants its looks made: what mutants are made of."""
    look = Stream(pdf, b"1 0 0 rg 0 0 100 100 re f", Type=Name.XObject, Subtype=Name.Form)
    look.BBox = pikepdf.Array([0, 0, 100, 100])
    seal = note("Stamp", AP=Dictionary(N=pdf.make_indirect(look)), F=4)
    pdf.pages[0].obj.Annots = pikepdf.Array([pdf.make_indirect(seal), note("Link")])
    pdf.pages[1].obj.Rotate = 90
    pdf.Root.AcroForm = Dictionary(Fields=pikepdf.Array([]), NeedAppearances=True)


KEYS = "Annots Resources Contents MediaBox Rotate Kids Count AP Parent Rect AcroForm Pages Length"
VALUES = [
    b" 5 ",
    b" null ",
    b" /X ",
    b" [] ",
    b" <<>> ",
    b" (s) ",
    b" 3 0 R ",
    b" 99 0 R ",
    b" -7 ",
]


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_wrong_in_a_pdf_it_is_bound_or_refused(tmp_path: Path, seed: int) -> None:
    chance, whole = Random(seed), paper("ONE", "TWO", change=rich, compress_streams=False)
    files = []
    for number in range(40):
        mutant = bytearray(whole)
        key = b"/" + chance.choice(KEYS.split()).encode()
        at = mutant.find(key, chance.randrange(len(mutant)))
        if at >= 0:
            value = chance.choice(VALUES)
            mutant[at + len(key) : at + len(key) + len(value)] = value
        else:
            mutant[chance.randrange(len(mutant))] = chance.randrange(256)
        files.append((f"{number}.pdf", bytes(mutant)))
    target, problems = volume(tmp_path, *files, ("last.pdf", paper("LAST")))
    assert all(problem.code == "佐证" and problem.hint for problem in problems)
    found = texts(target)
    assert "LAST" in found[-1] and f"第{len(found)}页共{len(found)}页" in found[-1]
    with pikepdf.open(target) as pdf:
        assert not pdf.get_warnings() and "/AcroForm" not in pdf.Root


def test_pages_that_share_their_content_or_have_it_in_pieces_all_show_it(tmp_path: Path) -> None:
    def shared(pdf: Pdf) -> None:
        one = pdf.pages[0].obj
        pdf.pages[1].obj.Contents = one.Contents
        halves = [Stream(pdf, b"BT /F 24 Tf 20 20"), Stream(pdf, b"Td (PIECES) Tj ET")]
        pdf.pages[2].obj.Contents = pikepdf.Array(halves)

    target, problems = volume(tmp_path, ("a.pdf", paper("ONE", "x", "y", change=shared)))
    assert problems == ()
    words = zip(("ONE", "ONE", "PIECES"), texts(target), strict=True)
    assert all(word in text for word, text in words)


def test_a_content_that_unpacks_without_end_is_refused(tmp_path: Path) -> None:
    def bomb(pdf: Pdf) -> None:
        packed = Stream(pdf, zlib.compress(b" " * 70_000_000, 9), Filter=Name.FlateDecode)
        pdf.pages[0].obj.Contents = pikepdf.Array([packed])

    _, problems = volume(tmp_path, ("a.pdf", paper("x", change=bomb)), ("b.pdf", paper("x")))
    assert "第 1 页" in problems[0].message and problems[0].severity is Severity.ERROR
