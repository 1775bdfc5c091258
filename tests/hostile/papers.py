"""Hostile scans: what lies in 证明材料 and is bound into the volume."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String
from PIL import Image

from tests.bind.kit import action, note, paper, photo
from tests.bind.test_refusals import PLANTED
from tests.hostile.kit import Case

LIST = "证明材料:\n  - {编号: 证01, 名称: 扫描件, 文件: %s}\n"


def case(
    name: str, data: bytes | Callable[[Path], object], says: str = "", kind: str = "pdf"
) -> Case:
    def plant(folder: Path) -> None:
        file = folder / "证明材料" / f"甲.{kind}"
        data(file) if callable(data) else file.write_bytes(data)
        facts = folder / "申报单位.yaml"
        facts.write_text(facts.read_text("utf-8") + LIST % file.name, "utf-8")

    return Case(name, plant, says, f"甲.{kind}", words=("bind", "-a", name), quiet=not says)


def on_root(**entries: object) -> Callable[[Pdf], None]:
    def change(pdf: Pdf) -> None:
        for key, value in entries.items():
            pdf.Root[f"/{key}"] = value

    return change


def page_tree_loop() -> bytes:
    data = paper("x", compress_streams=False)
    return data.replace(b"/Kids [ ", b"/Kids [ 2 0 R 2 0 R ", 1)


def xref_loop() -> bytes:
    data = paper("x")
    at = data.rindex(b"startxref")
    table = data.rindex(b"trailer")
    return (
        data[:table]
        + data[table:at].replace(b"<<", b"<< /Prev %d " % data.rindex(b"xref", 0, at - 5), 1)
        + data[at:]
    )


def stream_bomb(layers: int = 1, size: int = 200_000_000) -> Callable[[Pdf], None]:
    def change(pdf: Pdf) -> None:
        data = b" " * size
        for _ in range(layers):
            data = zlib.compress(data, 9)
        filters = Array([Name.FlateDecode] * layers)
        pdf.pages[0].obj.Contents = Stream(pdf, data, Filter=filters)

    return change


def forms(pdf: Pdf) -> None:
    """A form that shows itself ten times, which shows itself ten times …"""
    inner = Stream(pdf, b"0 0 m S", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 1, 1]))
    for _ in range(9):
        held = pdf.make_indirect(inner)
        inner = Stream(pdf, b"/X Do " * 10, Type=Name.XObject, Subtype=Name.Form,
                       BBox=Array([0, 0, 1, 1]),
                       Resources=Dictionary(XObject=Dictionary(X=held)))  # fmt: skip
    pdf.pages[0].obj.Resources.XObject = Dictionary(X=pdf.make_indirect(inner))
    pdf.pages[0].obj.Contents = Stream(pdf, b"/X Do")


def self_form(pdf: Pdf) -> None:
    form = pdf.make_indirect(
        Stream(pdf, b"/X Do", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 1, 1]))
    )
    form.Resources = Dictionary(XObject=Dictionary(X=form))
    pdf.pages[0].obj.Resources.XObject = Dictionary(X=form)
    pdf.pages[0].obj.Contents = Stream(pdf, b"/X Do")


def deep(pdf: Pdf) -> None:
    inner: object = Dictionary(S=Name.JavaScript, JS=String("x"))
    for _ in range(200):
        inner = Array([inner])
    pdf.Root.Extra = inner


def many_pages(count: int) -> Callable[[Pdf], None]:
    def change(pdf: Pdf) -> None:
        page = pdf.pages[0].obj
        pdf.pages[0].obj.Contents = Stream(pdf, b"")
        kids = [page] + [pdf.make_indirect(Dictionary(page)) for _ in range(count)]
        pdf.Root.Pages.Kids = Array(kids)
        pdf.Root.Pages.Count = len(kids)

    return change


def png(width: int, height: int, rows: bytes = b"", kind: int = 0, depth: int = 8) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    head = struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def image(mode: str, kind: str, size: tuple[int, int] = (60, 40), **more: object) -> bytes:
    out = BytesIO()
    Image.new(mode, size).save(out, kind, **more)
    return out.getvalue()


def scans(count: int, size: tuple[int, int] = (6000, 6000)) -> bytes:
    """A progressive JPEG whose last scan comes so many times: each costs the whole picture."""
    made = image("L", "JPEG", size, progressive=True)
    last = made[made.rindex(b"\xff\xda") : -2]
    return made[:-2] + last * count + made[-2:]


def cases() -> Iterator[Case]:
    yield case("好的 PDF", paper("x"))
    for name, file, make, says in PLANTED:
        yield case(f"已有 {name}", make(), says, file.rpartition(".")[2])
    yield case("页树绕圈", page_tree_loop(), "已损坏")
    yield case("交叉表绕圈", xref_loop())
    yield case("流炸弹", paper("x", change=stream_bomb(), compress_streams=False), "解开后过大")
    yield case(
        "流炸弹 套层",
        paper("x", change=stream_bomb(3, 900_000_000), compress_streams=False),
        "解开后过大",
    )
    yield case("表单套表单", paper("x", change=forms))
    yield case("表单套自己", paper("x", change=self_form))
    yield case("脚本藏得深", paper("x", change=deep), "过深")
    yield case("三千页以上", paper("x", change=many_pages(3100)), "3000 页")
    yield case(
        "提交表单",
        paper("x", change=on_root(OpenAction=action("SubmitForm", F=String("http://a.example")))),
        "提交表单",
    )
    yield case(
        "动作链",
        paper(
            "x",
            change=on_root(
                OpenAction=action("GoTo", D=Array([0]), Next=action("JavaScript", JS=String("x")))
            ),
        ),
        "脚本",
    )
    yield case(
        "页上的动作",
        paper(
            "x",
            change=lambda p: p.pages[0].obj.__setitem__(
                "/AA", Dictionary(O=action("Launch", F=String("a.exe")))
            ),
        ),
        "启动",
    )
    yield case(
        "书签里的脚本",
        paper(
            "x",
            change=on_root(
                Outlines=Dictionary(
                    First=Dictionary(Title=String("x"), A=action("JavaScript", JS=String("x")))
                )
            ),
        ),
        "脚本",
    )
    yield case(
        "签名域的脚本",
        paper(
            "x",
            change=on_root(
                AcroForm=Dictionary(
                    Fields=Array(
                        [
                            Dictionary(
                                T=String("a"), AA=Dictionary(K=action("JavaScript", JS=String("x")))
                            )
                        ]
                    )
                )
            ),
        ),
        "脚本",
    )
    yield case(
        "远处的文件",
        paper(
            "x",
            change=lambda p: p.pages[0].obj.__setitem__(
                "/Annots",
                Array([note("Link", A=action("GoToR", F=String("\\\\\\\\a.example\\\\s")))]),
            ),
        ),
    )
    yield case("引号里的 PDF", b"\0" * 900 + paper("x"))
    yield case("前面有垃圾", b"x" * 5000 + paper("x"), "不是 PDF")
    yield case("后面有垃圾", paper("x") + b"x" * 50_000)
    yield case("截断一半", paper(*"abcdefgh")[:1500])
    yield case("像素炸弹", png(60_000, 60_000), "过大", "png")
    yield case("四十亿像素", png(2**31 - 1, 2, b""), "过大", "png")
    yield case("行数据炸弹", png(100, 100, zlib.compress(bytes(200_000_000), 9)), "", "png")
    yield case("扫描线炸弹", scans(3000), "损坏", "jpg")
    yield case("十遍的 JPEG", scans(10, (600, 900)), "", "jpg")
    yield case("截断的 PNG", image("RGB", "PNG", (600, 600))[:-30], "损坏", "png")
    yield case("截断的 JPEG", photo((900, 900))[:4000], "损坏", "jpg")
    yield case("CMYK", image("CMYK", "JPEG"), "", "jpg")
    yield case("十六位", image("I;16", "PNG"), "", "png")
    yield case("一位", image("1", "PNG"), "", "png")
    yield case("透明", image("RGBA", "PNG"), "", "png")
    yield case("调色板", image("P", "PNG"), "", "png")
    yield case("EXIF 方向", photo(orientation=6), "", "jpg")
    yield case("假 JPEG", b"MZ" + bytes(900), "不是 PDF", "jpg")
    yield case(
        "SVG 改名",
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>a()</script></svg>',
        "不是 PDF",
        "png",
    )
    yield case("HTML 改名", b"<html><script>a()</script></html>", "不是 PDF", "pdf")
    yield case("GIF 改名", image("P", "GIF"), "不是 PDF", "png")
    yield case(
        "EPS 改名",
        b"%!PS-Adobe-3.0 EPSF-3.0\n(%pipe%touch \xe4\xb8\xad\xe6\x8b\x9b) (w) file\n",
        "不是 PDF",
        "png",
    )
    yield case("PNG 改名 PDF", image("RGB", "PNG"), "", "pdf")
    yield case("空文件", b"", "空", "pdf")


def nothing(pdf: pikepdf.Pdf) -> None:
    """A PDF as it is."""
