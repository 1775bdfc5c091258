"""The two documents, each written in any engine's tags: a one-page letter and a long plan.

Runs are split as Word splits them: braces, latin and hanzi apart, revision marks on each, spelling
marks around latin words. Word's own 350 KB of table styles are cut to what a real file carries:
keeping them would slow down only the engines that parse the whole package for each record.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from bench.fill.data import (
    LETTER_COLUMNS,
    PLAN_CHAPTERS,
    PLAN_COLUMNS,
    PLAN_FIELDS,
)
from bench.fill.dialects import DIALECTS, Dialect

KINDS = ("letter", "plan")
NUMERALS = "一二三四五六七八九十"
RUNS = re.compile(r"\{[{%]?|[}%]?\}|[ -z|~]+|[^ -~]+")
LATIN = re.compile(r"[ -z|~]+")
KEPT_TABLE_STYLES = frozenset({"TableNormal", "TableGrid"})

CENTER, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT


def build(engine: str, kind: str) -> bytes:
    """The template of one document in the tags of one engine."""
    write, size, spacing = {"letter": (_letter, 14, 22), "plan": (_plan, 16, 28)}[kind]
    writer = _Writer(DIALECTS[engine], size, spacing)
    write(writer)
    return writer.finish()


def _letter(write: _Writer) -> None:
    v = write.value
    write.page(header=v("issuer") + "　推荐意见")
    write.paragraph("推荐意见", style="Title")
    write.paragraph("编号：" + v("number"), align=RIGHT)
    write.paragraph(
        f"{v('applicant')}（统一社会信用代码{v('code')}，住所{v('address')}，法定代表人"
        f"{v('legal_person')}，联系人{v('contact')}，电话{v('phone')}）于{v('date_applied')}以"
        f"{v('mode')}方式申报，服务行业为{v('industry')}，计划投资{v('investment')}万元。"
    )
    write.paragraph("一、服务案例", style="Heading 1")
    heads = ("序号", "服务对象", "服务内容", "合同额（万元）", "证明")
    write.table("cases", heads, LETTER_COLUMNS)
    write.paragraph("二、推荐意见", style="Heading 1")
    write.paragraph(v("opinion"))
    write.paragraph("负责人：" + v("signer"), align=RIGHT)
    write.paragraph(v("issuer"), align=RIGHT)
    write.paragraph(v("date_signed"), align=RIGHT)


def _plan(write: _Writer) -> None:
    v = write.value
    fields = iter(PLAN_FIELDS)
    heads = ("序号", "任务", "单位", "负责人", "经费（万元）", "时间")
    write.page(header=v("title") + "　建设方案")
    write.paragraph(v("title"), style="Title")
    write.paragraph("建设方案", style="Title")
    for number in range(20):
        write.paragraph(f"封面事项{number + 1}：" + v(next(fields)))
    write.page_break()
    for chapter in range(PLAN_CHAPTERS):
        numeral = NUMERALS[chapter]
        write.paragraph(f"{numeral}、建设内容之{numeral}", style="Heading 1")
        write.paragraph("（一）总体情况", style="Heading 2")
        for number in range(5):
            write.paragraph(
                f"本章第{number + 1}项指标为{v(next(fields))}，由{v(next(fields))}负责。"
            )
        write.paragraph("（二）详细论述", style="Heading 2")
        write.paragraph("1. 内容说明", style="Heading 3")
        write.paragraphs(f"c{chapter}", lambda column: column("text"))
        write.table(f"t{chapter}", heads, PLAN_COLUMNS)

    def consortium() -> None:
        write.paragraph("九、联合体建设", style="Heading 1")
        write.paragraphs("members", lambda c: f"成员单位{c('name')}，承担{c('duty')}")
        write.table("t8", heads, PLAN_COLUMNS)

    write.when("is_consortium", consortium)
    write.paragraph("十、进度与经费", style="Heading 1")
    write.table("t9", heads, PLAN_COLUMNS)
    for number, name in enumerate(fields, 1):
        write.paragraph(f"附注{number}：" + v(name))


class _Writer:
    """Writes a document in one dialect, its text of one size and line spacing (points)."""

    def __init__(self, dialect: Dialect, size: float, spacing: float) -> None:
        self.dialect, self.size, self.spacing = dialect, size, spacing
        self.document: Any = Document()

    def value(self, key: str) -> str:
        return self.dialect.value.replace("<key>", key)

    def column(self, key: str, name: str) -> str:
        return self.dialect.column.replace("<key>", key).replace("<name>", name)

    def page(self, header: str) -> None:
        """Official paper: A4, margins, a tagged header, the page number between dashes."""
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(37), Mm(35)
        section.left_margin, section.right_margin = Mm(28), Mm(26)
        self._runs(section.header.paragraphs[0], header, size=10.5)
        footer = section.footer.paragraphs[0]
        footer.alignment = CENTER
        self._runs(footer, "— ", size=14)
        for kind in ("begin", "", "end"):
            _page_number(footer.add_run(), kind)
        self._runs(footer, " —", size=14)
        faces = {"Title": "方正小标宋简体", "Heading 1": "黑体", "Heading 2": "楷体_GB2312"}
        for name in ("Title", "Heading 1", "Heading 2", "Heading 3"):
            style = self.document.styles[name]
            style.font.name, style.font.size = "Times New Roman", Pt(22 if name == "Title" else 16)
            face = faces.get(name, "仿宋_GB2312")
            style.element.rPr.rFonts.set(qn("w:eastAsia"), face)
        self.document.core_properties.title = "申报文书"
        self.document.core_properties.author = "示例单位"

    def paragraph(self, text: str, style: str = "", align: Any = None) -> None:
        paragraph = self.document.add_paragraph(style=style or None)
        paragraph.paragraph_format.line_spacing = Pt(self.spacing)
        if align is not None:
            paragraph.alignment = align
        elif not style:
            paragraph.paragraph_format.first_line_indent = Pt(2 * self.size)
        elif style == "Title":
            paragraph.alignment = CENTER
        self._runs(paragraph, text)

    def page_break(self) -> None:
        self.document.add_page_break()

    def paragraphs(self, key: str, body: Callable[[Callable[[str], str]], str]) -> None:
        """A paragraph for each item of a list."""
        text = body(lambda name: self.column(key, name))
        if self.dialect.next_index is not None:
            self.paragraph(text)
            self.paragraph(text.replace(*self.dialect.next_index))
            return
        assert self.dialect.block is not None
        before, after = self.dialect.block
        self._tag(before, key)
        self.paragraph(text)
        self._tag(after, key)

    def when(self, key: str, body: Callable[[], None]) -> None:
        before, after = self.dialect.condition
        self._tag(before, key)
        body()
        self._tag(after, key)

    def table(self, key: str, heads: Sequence[str], columns: Sequence[str]) -> None:
        """A table with a row for each item of a list."""
        dialect = self.dialect
        table = self.document.add_table(rows=1, cols=len(heads))
        table.style = "Table Grid"
        self._cells(table.rows[0], heads)
        cells = [self.column(key, name) for name in columns]
        if dialect.row_loop is not None:
            before, after = (tag.replace("<key>", key) for tag in dialect.row_loop)
            self._runs(table.add_row().cells[0].paragraphs[0], before, size=12)
            self._cells(table.add_row(), cells)
            self._runs(table.add_row().cells[0].paragraphs[0], after, size=12)
        elif dialect.cell_loop is not None:
            before, after = (tag.replace("<key>", key) for tag in dialect.cell_loop)
            self._cells(table.add_row(), [before + cells[0], *cells[1:-1], cells[-1] + after])
        else:
            assert dialect.next_index is not None
            self._cells(table.add_row(), cells)
            self._cells(table.add_row(), [cell.replace(*dialect.next_index) for cell in cells])

    def finish(self) -> bytes:
        """The package, without the style sheets that only python-docx's own template carries."""
        part = self.document.part
        sheet = self.document.styles.element
        for style in sheet.findall(qn("w:style")):
            is_table = style.get(qn("w:type")) == "table"
            if is_table and style.get(qn("w:styleId")) not in KEPT_TABLE_STYLES:
                sheet.remove(style)
        for name, relationship in list(part.rels.items()):
            if relationship.reltype.endswith("/stylesWithEffects"):
                del part.rels[name]
        buffer = io.BytesIO()
        self.document.save(buffer)
        return buffer.getvalue()

    def _tag(self, tag: str, key: str) -> None:
        self._runs(self.document.add_paragraph(), tag.replace("<key>", key))

    def _cells(self, row: Any, texts: Sequence[str]) -> None:
        for cell, text in zip(row.cells, texts, strict=True):
            paragraph = cell.paragraphs[0]
            paragraph.alignment = CENTER
            self._runs(paragraph, text, size=12)

    def _runs(self, paragraph: Any, text: str, size: float = 0) -> None:
        for piece in RUNS.findall(text):
            run = paragraph.add_run(piece)
            run.font.name, run.font.size = "Times New Roman", Pt(size or self.size)
            fonts = run._element.rPr.rFonts
            fonts.set(qn("w:eastAsia"), "仿宋_GB2312")
            run._element.set(qn("w:rsidRPr"), "00A17C3E")
            if not piece.isascii():
                fonts.set(qn("w:hint"), "eastAsia")
            elif LATIN.fullmatch(piece):
                run._element.addprevious(_spelling("spellStart"))
                run._element.addnext(_spelling("spellEnd"))


def _spelling(kind: str) -> Any:
    mark = OxmlElement("w:proofErr")
    mark.set(qn("w:type"), kind)
    return mark


def _page_number(run: Any, kind: str) -> None:
    if kind:
        element = OxmlElement("w:fldChar")
        element.set(qn("w:fldCharType"), kind)
    else:
        element = OxmlElement("w:instrText")
        element.set(qn("xml:space"), "preserve")
        element.text = " PAGE "
    run.font.size = Pt(14)
    run._element.append(element)
