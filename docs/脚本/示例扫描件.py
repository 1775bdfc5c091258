"""Draws the made-up scans of the example applicants from the 证明材料 list in their data.

    .venv/bin/python docs/脚本/示例扫描件.py [名…]        without a name: every applicant 示例…

A page says what it is and that it is made up. Black and white and coarse, so that a file stays
below 8 kB; the same list gives the same bytes. Scans of applicants not named stay as they are.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Any

import pikepdf
import yaml
from PIL import Image, ImageDraw, ImageFont

ROOT = Path(__file__).resolve().parents[2]
APPLICANTS = ROOT / "data" / "申报单位"
FONT = ROOT / ".local" / "fonts" / "NotoSansCJK-Regular.ttc"

A4 = (496, 702)  # 60 dots an inch
A4_POINTS = (595.276, 841.89)
TWO_PAGES = ("合同", "汇编", "审计", "清单", "协议")
NOTE = "本页为演示用虚构扫描件"
BLACK, WHITE = 0, 255


def page(applicant: str, item: dict[str, str], number: int, count: int) -> Image.Image:
    """One page in greys: frame, code, name, to what it belongs, a seal that nobody owns."""
    sheet = Image.new("L", A4, WHITE)
    draw = ImageDraw.Draw(sheet)
    draw.rectangle((30, 30, A4[0] - 30, A4[1] - 30), outline=BLACK, width=2)
    _centred(draw, f"示例 · {item['编号']}", 84, 26)
    draw.line((96, 134, A4[0] - 96, 134), fill=BLACK, width=1)
    bottom = 162
    for line in _wrapped(item["名称"], 14):
        _centred(draw, line, bottom, 28)
        bottom += 42
    facts = (applicant, f"对应：{item.get('对应', '—')}", f"第 {number} 页，共 {count} 页")
    for index, line in enumerate(facts):
        draw.text((88, 336 + index * 34), line, font=_font(17), fill=BLACK)
    draw.ellipse((316, 458, 416, 558), outline=BLACK, width=2)
    _centred(draw, "示例", 488, 24, middle=366)
    draw.line((96, 606, A4[0] - 96, 606), fill=BLACK, width=1)
    _centred(draw, NOTE, 618, 19)
    return sheet


def save(pages: list[Image.Image], target: Path) -> None:
    """Writes the pages in the form that the file's name asks for; a picture holds the first one."""
    match target.suffix.lower():
        case ".pdf":
            target.write_bytes(_pdf(pages))
        case ".png":
            pages[0].convert("1", dither=Image.Dither.NONE).save(target, optimize=True)
        case ".jpg" | ".jpeg":
            small = pages[0].resize((A4[0] * 4 // 5, A4[1] * 4 // 5))
            small.save(target, quality=12, optimize=True)
        case other:
            raise SystemExit(f"不会画 {other} 文件：{target.name}")


def _pdf(pages: list[Image.Image]) -> bytes:
    pdf = pikepdf.new()
    for sheet in pages:
        width, height = A4_POINTS
        picture = pikepdf.Stream(
            pdf,
            sheet.convert("1", dither=Image.Dither.NONE).tobytes(),
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Image,
            Width=sheet.width,
            Height=sheet.height,
            ColorSpace=pikepdf.Name.DeviceGray,
            BitsPerComponent=1,
        )
        leaf = pdf.add_blank_page(page_size=A4_POINTS)
        leaf.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=picture))
        leaf.Contents = pdf.make_stream(f"q {width} 0 0 {height} 0 0 cm /Im0 Do Q".encode())
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True, compress_streams=True)
    return out.getvalue()


def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONT), size, index=2)  # index 2: the SC faces


def _centred(
    draw: ImageDraw.ImageDraw, text: str, top: int, size: int, middle: int = A4[0] // 2
) -> None:
    font = _font(size)
    draw.text((middle - font.getlength(text) / 2, top), text, font=font, fill=BLACK)


def _wrapped(text: str, width: int) -> list[str]:
    """Lines of at most `width` characters; what stands in brackets begins a line of its own."""
    lines = []
    for part in text.replace("（", "\n（").split("\n"):
        count = -(-len(part) // width)
        step = -(-len(part) // count)
        lines += [part[start : start + step] for start in range(0, len(part), step)]
    return lines


def draw_all(name: str) -> int:
    """Draws every scan that the applicant `name` lists; how many."""
    folder = APPLICANTS / name
    facts: dict[str, Any] = yaml.safe_load((folder / "申报单位.yaml").read_text("utf-8"))
    scans = folder / "证明材料"
    scans.mkdir(exist_ok=True)
    rows = facts.get("证明材料") or []
    for item in rows:
        long = item["文件"].endswith(".pdf") and any(word in item["名称"] for word in TWO_PAGES)
        count = 2 if long else 1
        pages = [page(facts["单位名称"], item, number + 1, count) for number in range(count)]
        save(pages, scans / item["文件"])
    return len(rows)


def main(names: list[str]) -> None:
    if not FONT.exists():
        raise SystemExit(f"缺字体 {FONT.relative_to(ROOT)}")
    if not names:
        names = sorted(path.parent.name for path in APPLICANTS.glob("示例*/申报单位.yaml"))
    for name in names:
        print(f"{name}：{draw_all(name)} 份")


if __name__ == "__main__":
    main(sys.argv[1:])
