"""Writes docs/屏幕/: what commands print on a terminal, as SVG, and a check report, as PNG.

.venv/bin/python docs/脚本/屏幕图.py

Each picture is made of what the command prints here and now, for the applicant that
docs/三分钟上手.md makes; a test holds the pictures against what it prints then.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape, unescape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from docgen.report.lines import width as width_of  # noqa: E402

if TYPE_CHECKING:
    from rich.text import Text

PICTURES = ROOT / "docs" / "屏幕"
COLUMNS, NEW, NOTICE = 96, "客户甲", "江苏数促中心-2026"
SIZE, CELL, HIGH, EDGE = 14, 7.7, 20, 12  # pixels: of the type, a column, a line, the margin
COLOURS = {1: "#b3261e", 2: "#1b7f3b", 3: "#9a6700", 6: "#0b7285"}  # those of the terminal
HEAD = """\
<svg viewBox="0 0 {width:g} {height}" width="{width:g}" xmlns="http://www.w3.org/2000/svg">
<title>{title}</title>
<style>text {{ font: {size}px Consolas, Menlo, "Noto Sans Mono CJK SC", monospace;
fill: #1f2328; white-space: pre }} .b {{ font-weight: bold }} .d {{ opacity: .6 }}</style>
<rect width="100%" height="100%" rx="6" fill="#f6f8fa" stroke="#d0d7de"/>
"""


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture of a terminal: its name, the line typed with make, and docgen's words for it."""

    name: str
    typed: str
    words: tuple[str, ...]


DAY = ("--date", "2026-06-05")
SHOTS = (
    Shot("检查", f"make 检查 APP={NEW} DATE=2026-06-05", ("check", "-a", NEW, *DAY)),
    Shot("出处", "make 出处 TEXT=服务行业 APP=示例单体", ("why", "服务行业", "-a", "示例单体")),
)
PAGE = "检查报告"


@contextlib.contextmanager
def workspace() -> Iterator[Path]:
    """A folder with 客户甲 in it, new and with the few facts that 三分钟上手 has one type."""
    with TemporaryDirectory(prefix="docgen-") as name:
        root = Path(name)
        for folder in ("notices", "templates", ".local", "fonts"):
            if (ROOT / folder).exists():
                (root / folder).symlink_to(ROOT / folder)
        whose = root / "data" / "申报单位"
        whose.mkdir(parents=True)
        shutil.copytree(ROOT / "data/申报单位/示例单体", whose / "示例单体")
        _run(root, ("new", NEW, "-n", NOTICE))
        file = whose / NEW / "申报单位.yaml"
        text = file.read_text("utf-8")
        guide = (ROOT / "docs/三分钟上手.md").read_text("utf-8")
        for line in re.findall(r"(?ms)^```yaml\n(.*?)^```$", guide)[0].splitlines():
            text = text.replace(f"\n{line.partition(':')[0]}:\n", f"\n{line}\n")
        file.write_text(text, "utf-8")
        yield root


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def _run(root: Path, words: tuple[str, ...]) -> str:
    """What a command prints on a terminal of COLUMNS, with its colours."""
    from docgen.cli import main

    settings = {"DOCGEN_ROOT": str(root), "COLUMNS": str(COLUMNS), "TERM": "xterm-256color"}
    before = {key: os.environ.get(key) for key in (*settings, "NO_COLOR", "LINES")}
    os.environ.update(settings, LINES="50")
    os.environ.pop("NO_COLOR", None)
    try:
        with contextlib.chdir(root), contextlib.redirect_stdout(_Terminal()) as printed:
            main(words)
    finally:
        for key, value in before.items():
            os.environ.pop(key, None)
            if value is not None:
                os.environ[key] = value
    return printed.getvalue()


def svg(root: Path, shot: Shot) -> str:
    """The picture of a terminal: each run of one look and one width of letters has its place."""
    from rich.text import Text

    printed = Text.from_ansi(_run(root, shot.words))
    lines = [Text(f"$ {shot.typed}", "bold"), *printed.split(allow_blank=True)]
    while not lines[-1].plain:
        lines.pop()
    width, height = COLUMNS * CELL + 2 * EDGE, len(lines) * HIGH + 2 * EDGE
    pieces = [HEAD.format(width=width, height=height, size=SIZE, title=escape(shot.typed))]
    for number, line in enumerate(lines):
        pieces += _drawn(line, EDGE + number * HIGH + SIZE)
    return "".join([*pieces, "</svg>\n"])


def _drawn(line: Text, y: int) -> Iterator[str]:
    """The runs of a line as SVG text, each stretched to the columns that a terminal gives it."""
    from rich.console import Console

    x = 0
    for segment in line.render(Console(), end=""):
        style = segment.style
        looks = (("b", style and style.bold), ("d", style and style.dim))
        classes = " ".join(name for name, on in looks if on)
        number = style.color.number if style and style.color else None
        look = f' class="{classes}"' if classes else ""
        look += f' style="fill:{COLOURS[number]}"' if number in COLOURS else ""
        for run in re.findall(r"\s+|[!-~]+|[^\s!-~]+", segment.text):
            wide = width_of(run)
            if not run.isspace():
                yield (
                    f'<text x="{EDGE + x * CELL:g}" y="{y}" textLength="{wide * CELL:g}" '
                    f'lengthAdjust="spacingAndGlyphs"{look}>{escape(run)}</text>\n'
                )
            x += wide


def report(root: Path) -> tuple[str, Path]:
    """The words of the check report of 客户甲 and its PDF."""
    _run(root, ("check", "-a", NEW, *DAY, "--html", f"{PAGE}.html", "--pdf", f"{PAGE}.pdf"))
    html = (root / f"{PAGE}.html").read_text("utf-8")
    body = re.sub(r"(?s)<style.*?</style>|<[^>]+>", " ", html)
    return " ".join(unescape(body).split()), root / f"{PAGE}.pdf"


def draw() -> None:
    """All pictures anew."""
    PICTURES.mkdir(exist_ok=True)
    with workspace() as root:
        for shot in SHOTS:
            (PICTURES / f"{shot.name}.svg").write_text(svg(root, shot), "utf-8")
        _save(*report(root))


def _save(words: str, pdf: Path) -> None:
    """The first page as a small picture that carries the report's words with it."""
    import pypdfium2
    from PIL.PngImagePlugin import PngInfo

    document = pypdfium2.PdfDocument(pdf.read_bytes())
    page = document[0].render(scale=1).to_pil().convert("RGB").quantize(32)
    carried = PngInfo()
    carried.add_itxt("Description", words, lang="zh", zip=True)
    page.save(PICTURES / f"{PAGE}.png", optimize=True, pnginfo=carried)


if __name__ == "__main__":
    draw()
