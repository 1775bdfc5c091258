"""Writes docs/版式.md: every named style of the house and the templates, and pictures of pages.

.venv/bin/python docs/脚本/版式图.py

The table is read from the code and the templates (a test holds the page against it); the pictures
are pages of the examples, built, typeset and drawn anew.
"""

from __future__ import annotations

import re
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from docgen.fill.house import house_package, section  # noqa: E402
from docgen.fill.house.styles import LOOKS  # noqa: E402
from docgen.fill.package import write_package  # noqa: E402
from docgen.fill.xml import escape  # noqa: E402
from docgen.typeset.read.styles import parse_styles  # noqa: E402

PAGE, PICTURES = ROOT / "docs" / "版式.md", ROOT / "docs" / "版式"
SIZES = {
    42: "初号", 36: "小初", 26: "一号", 24: "小一", 22: "二号", 18: "小二", 16: "三号", 15: "小三",
    14: "四号", 12: "小四", 10.5: "五号", 9: "小五",
}  # fmt: skip
DOTS = re.compile(r"\.{9}")  # of a page of contents
HEAD = """# 版式

由 `docs/脚本/版式图.py` 写成：表取自样式和模板本身，图是示例文书的页面（PDF 由默认引擎排）。
改了样式或模板，再运行一次。尺寸依 GB/T 9704—2012；企业出具的建设方案、申报书不是公文，
借用它的版心、字体和层次。

- 纸张 A4；上 37、左 28、下 35、右 26 毫米，版心 156×225 毫米；横排的汇总表版心 225×156 毫米。
- 正文三号仿宋，固定行距 28.95 磅，每页 22 行、每行 28 字（函用 28 磅）；每段左空二字。
- 页码四号半角宋体，左右各一条一字线，一字线距版心下边缘 7 毫米；单页居右空一字，双页居左空一字。
- 一、用黑体，（一）用楷体，1. 和（1）用仿宋，都不加粗。
- 段落不在页首页尾留单行（孤行控制）；标题、表题与下文同页；表格的行不跨页，表头逐页重复；
  落款不独自成页。
- 函用信函格式：发文机关标志上边缘距上页边 30 毫米，下 4 毫米红色双线（上粗下细），
  距下页边 20 毫米红色双线（上细下粗），线长 170 毫米；发文字号居右；首页不印页码。
  都在首页的页眉页脚里，不用文本框。

本机没有的字体由哪些字体代替：`docgen doctor`。
"""


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture: its name, what it shows, the document and the words on the page it shows."""

    name: str
    about: str
    kind: str
    whom: tuple[str, str]
    words: str = ""
    last: bool = False


PLAN, CITY = ("applicant", "示例单体"), ("bureau", "示例区工信局")
SHOTS = (
    Shot("封面", "封面：封面标题、封面项目", "建设方案", PLAN),
    Shot("目录", "目录：TOC Heading、toc 1 至 3，页码是真的", "建设方案", PLAN),
    Shot("表单", "表单：表单标题、表单项目、表单文字", "建设方案", PLAN, "统一社会信用代码"),
    Shot("正文", "正文：heading 1、heading 2、Body Text，页码在外侧", "建设方案", PLAN, "（二）"),
    Shot("表格", "表格：表题、表头、表格文字；表头逐页重复", "建设方案", PLAN, "序号"),
    Shot("函首页", "函的首页：信函格式，不印页码", "推荐函", CITY, "的函"),
    Shot("函末页", "函的末页：附件说明、署名、成文日期、附注", "推荐函", CITY, last=True),
    Shot("推荐意见", "推荐意见：盖章附件，没有版头", "推荐意见", CITY),
    Shot("汇总表", "横排的汇总表：表头栏、汇总表各样式", "推荐汇总表", CITY),
)
SHEET = Shot("样式", "样式一览：每一种样式写着自己的名字", "", ("", ""))


def page() -> str:
    """The whole page."""
    shown = [f"## {shot.about}\n\n![{shot.name}](版式/{shot.name}.png)\n" for shot in SHOTS]
    sheet = f"![{SHEET.name}](版式/{SHEET.name}.png)\n"
    return "\n".join([HEAD, "## 样式", "", *_table(), "", sheet, *shown])


def _table() -> Iterator[str]:
    yield "| 样式（Word 里的名字） | 字体 | 字号 | 用在 |"
    yield "|---|---|---|---|"
    looks = {name: (look, []) for name, look in _looks(_house_styles()).items()}
    for kind, found in _used():
        for name, look in found.items():
            kinds = looks.setdefault(name, (look, []))[1]
            if kind not in kinds:
                kinds.append(kind)
    every = len({kind for _, kinds in looks.values() for kind in kinds})
    for name, (look, kinds) in looks.items():
        where = "、".join(kinds) if len(kinds) < every - 3 else "各种文书"
        yield f"| {name} | {look} | {where or '新模板、Markdown 正文'} |"


def _house_styles() -> bytes:
    return house_package(section())["word/styles.xml"]


def _looks(styles: bytes) -> dict[str, str]:
    """Each paragraph style by name: its Chinese font and its size, inheritance resolved."""
    resolved = parse_styles(styles, b"")
    found = {}
    for style in re.findall(r'<w:style w:type="paragraph".*?</w:style>', styles.decode(), re.S):
        key, name = (
            re.search(pattern, style)
            for pattern in (r'w:styleId="([^"]+)"', r'<w:name w:val="([^"]+)"')
        )
        if key is not None and name is not None:
            run = resolved.paragraph(key[1]).run
            size = int(run["sz.val"]) / 2
            found[name[1]] = f"{run['rFonts.eastAsia']} | {SIZES.get(size, f'{size:g} 磅')}"
    return found


def _used() -> Iterator[tuple[str, dict[str, str]]]:
    """For each template its 文种 and the paragraph styles that it prints with."""
    for path in sorted((ROOT / "templates").glob("*/*.docx")):
        with zipfile.ZipFile(path) as package:
            styles = package.read("word/styles.xml")
            parts = [n for n in package.namelist() if re.match(r"word/(document|header|footer)", n)]
            text = "".join(package.read(name).decode() for name in parts)
        keys = dict(
            reversed(pair)
            for pair in re.findall(
                r'<w:style w:type="paragraph"[^>]*w:styleId="([^"]+)"[^>]*><w:name w:val="([^"]+)"',
                styles.decode(),
            )
        )
        looks = _looks(styles).items()
        yield (
            path.parent.name,
            {n: look for n, look in looks if f'<w:pStyle w:val="{keys.get(n, n)}"/>' in text},
        )


# ---- pictures


def draw() -> None:
    """All pictures, from documents built in a folder that goes away again."""
    from docgen.pipeline import Request, Workspace, build
    from docgen.typeset import find_fonts, typeset

    PICTURES.mkdir(exist_ok=True)
    with TemporaryDirectory(prefix="docgen-") as name:
        root = Path(name)
        for folder in ("notices", "templates", "data", ".local", "fonts"):
            if (ROOT / folder).exists():
                (root / folder).symlink_to(ROOT / folder)
        workspace = Workspace(root)
        made: dict[tuple[str, str], bytes] = {}
        for shot in SHOTS:
            party, who = shot.whom
            if (shot.kind, who) not in made:
                wanted = {party: who, "kind": shot.kind, "formats": ("pdf",)}
                report = build(workspace, Request(**wanted))  # type: ignore[arg-type]
                made[shot.kind, who] = (root / report.outputs[0].path).read_bytes()
            _save(shot, made[shot.kind, who])
        sample = typeset(_sample(), find_fonts(workspace.font_folders))
        _save(SHEET, sample.pdf)


def _sample() -> bytes:
    """A document with a paragraph in each style, which says the style's name."""
    looks = _looks(_house_styles())
    lines = []
    for look in LOOKS:
        words = escape(f"{look.name}　{looks[look.name].replace(' | ', ' ')} 2026")
        run = f'<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t>{words}</w:t></w:r>'
        lines.append(f'<w:p><w:pPr><w:pStyle w:val="{look.id}"/></w:pPr>{run}</w:p>')
    return write_package(house_package("".join(lines) + section(numbered=True)))


def _save(shot: Shot, pdf: bytes) -> None:
    """The page of a PDF as a small picture in few greys and reds; a long sample as one strip."""
    import pypdfium2
    from PIL import Image

    document = pypdfium2.PdfDocument(pdf)
    texts = ["".join(p.get_textpage().get_text_range().split()) for p in document]
    where = [n for n, t in enumerate(texts) if shot.words in t and DOTS.search(t) is None]
    first = (len(document) - 1) if shot.last else where[0]
    if shot.name == "目录":
        first = next(n for n, text in enumerate(texts) if DOTS.search(text))
    numbers = range(len(document)) if shot is SHEET else (first,)
    drawn = [document[n].render(scale=0.9).to_pil().convert("RGB") for n in numbers]
    whole = Image.new("RGB", (sum(d.width for d in drawn), max(d.height for d in drawn)), "white")
    for n, each in enumerate(drawn):
        whole.paste(each, (sum(d.width for d in drawn[:n]), 0))
    whole.quantize(24).save(PICTURES / f"{shot.name}.png", optimize=True)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    draw()
