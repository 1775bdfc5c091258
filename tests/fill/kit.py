"""One-line helpers: a template from paragraphs, values from a dict, the text of what came out."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

from lxml import etree

from docgen.fill import Filled, Template, compile_template, fill
from docgen.fill.house import house_package, section
from docgen.fill.house.text import cell as house_cell
from docgen.fill.house.text import paragraph, row, table
from docgen.fill.package import write_package
from docgen.model.blocks import Block, Chapter, Section
from docgen.model.values import Missing, Record, Rows
from docgen.problem import Problem, Where

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HERE = Where("data/申报单位/甲/申报单位.yaml", 3, 5)


def docx(*paragraphs: str, body: str = "", **parts: str) -> bytes:
    """A document in house style: paragraphs of body text, or XML in `body`, and extra parts."""
    inside = "".join(paragraph(text) for text in paragraphs) + body
    package = house_package(inside + section(numbered=True))
    return write_package(package | {key: text.encode() for key, text in parts.items()})


def with_part(data: bytes, name: str, content: str | bytes) -> bytes:
    """The same zip with one part replaced or added."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.namelist():
            if entry != name:
                new.writestr(entry, old.read(entry))
        new.writestr(name, content)
    return buffer.getvalue()


def grid(*rows: tuple[str, ...]) -> str:
    """A table with these texts; a row of one cell spans the table."""
    widest = max(len(cells) for cells in rows)
    width = 8845 // widest
    lines = [
        row([house_cell(text, width, span=widest if len(cells) == 1 else 1) for text in cells])
        for cells in rows
    ]
    return table([width] * widest, lines)


def record(facts: Mapping[str, object], path: str = "") -> Record:
    """A Record with the paths that a loaded one has; nested dicts and lists become facts."""
    made: dict[str, object] = {}
    for key, fact in facts.items():
        below = f"{path}.{key}" if path else key
        if isinstance(fact, dict):
            fact = record(fact, below)
        elif isinstance(fact, list):
            fact = Rows(record(line, f"{below}.{n}") for n, line in enumerate(fact, 1))
        made[key] = fact
    return Record(made, path, HERE)


def missing(path: str, label: str = "", *, required: bool = True, **kind: bool) -> Missing:
    return Missing(path, label or path, HERE, required=required, **kind)


def chapter(title: str, sections: Mapping[str, tuple[Block, ...]]) -> Chapter:
    return Chapter(title, tuple(Section(t, blocks, HERE) for t, blocks in sections.items()), HERE)


def filled(
    template: bytes | Template, facts: Mapping[str, object], *, draft: bool = True
) -> Filled:
    made = template if isinstance(template, Template) else compile_template(template, "模板.docx")
    return fill(made, record(facts), draft=draft)


def printed(*paragraphs: str, body: str = "", **facts: object) -> list[str]:
    """The texts of the paragraphs that a template of these paragraphs prints."""
    result = filled(docx(*paragraphs, body=body), facts)
    assert not result.problems, result.problems
    return texts(result.docx)


def problem(*paragraphs: str, body: str = "", **facts: object) -> Problem:
    """The one Problem that filling such a template raises."""
    result = filled(docx(*paragraphs, body=body), facts)
    assert len(result.problems) == 1, result.problems
    assert not result.docx
    return result.problems[0]


def part(data: bytes, name: str = "word/document.xml") -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read(name))


def texts(data: bytes, name: str = "word/document.xml") -> list[str]:
    """The text of each paragraph; breaks as newlines, tabs as tabs."""
    return [text_of(p) for p in part(data, name).iter(W + "p")]


def text_of(node: etree._Element) -> str:
    signs = {W + "br": "\n", W + "tab": "\t"}
    return "".join(
        signs.get(str(n.tag), n.text or "")
        for n in node.iter(W + "t", W + "br", W + "tab")
        if n.getparent().tag != W + "tabs"
    )


def highlighted(data: bytes, name: str = "word/document.xml") -> list[str]:
    """The texts of the runs that are marked yellow."""
    runs = part(data, name).iter(W + "r")
    return [text_of(r) for r in runs if r.find(f"{W}rPr/{W}highlight") is not None]


def styles_used(data: bytes) -> list[tuple[str, str]]:
    """Style id and text of each paragraph with text."""
    found = []
    for p in part(data).iter(W + "p"):
        mark = p.find(f"{W}pPr/{W}pStyle")
        if text_of(p):
            found.append((mark.get(W + "val", "") if mark is not None else "", text_of(p)))
    return found


def png(width: int = 40, height: int = 20) -> bytes:
    """A grey PNG."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        crc = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", crc)

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    lines = b"".join(b"\0" + b"\x80" * width for _ in range(height))
    pixels = chunk(b"IDAT", zlib.compress(lines))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + pixels + chunk(b"IEND", b"")
