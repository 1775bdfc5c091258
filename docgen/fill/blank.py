"""A notice's document → a first Word template in house style, to be finished in Word or WPS."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from docgen.fill.blocks import GAP
from docgen.fill.house import LANDSCAPE, PORTRAIT, house_package, section
from docgen.fill.house.forms import form_fields, labelled, printed
from docgen.fill.house.text import (
    contents_field,
    form_table,
    page_break,
    paragraph,
    rows_table,
    section_break,
)
from docgen.fill.package import write_package
from docgen.model.notice import (
    ChapterSpec,
    ColumnSpec,
    Document,
    Field,
    FieldType,
    Notice,
    TableSpec,
)
from docgen.model.rule import Party

PROMISES = (
    "本单位依法注册、合法经营，具有独立承担民事责任的能力。",
    "提交的全部材料真实、准确、完整，复印件与原件一致。",
    "近三年无不良信用记录，未发生较大及以上安全、环保事故和其他违法违规行为。",
    "材料不含国家秘密和他人商业秘密，未侵犯他人知识产权。",
    "自愿接受主管部门的核查、评估和监督；如有不实，承担由此产生的一切责任。",
)
MOST_COLUMNS = 8
NUMBERS = ("序号", "")
EVIDENCE = "证明材料"
_NARROW = frozenset(
    {
        FieldType.INTEGER,
        FieldType.NUMBER,
        FieldType.PERCENT,
        FieldType.BOOLEAN,
        FieldType.CHOICE,
        FieldType.EVIDENCE,
    }
)
_TALKATIVE = ("成效", "任务", "成果", "说明", "内容", "需求", "用途", "论证", "责任", "理由")


def blank_template(document: Document, notice: Notice) -> bytes:
    """A .docx with the chapters, tables and forms that the document asks for, and their tags."""
    fields = dict(notice.fields.get(document.issuer, {}))
    if document.issuer is Party.BUREAU:
        fields = {**notice.fields.get(Party.APPLICANT, {}), **fields}
    writer = _Writer(document, fields)
    body = writer.book() if document.chapters else writer.paper()
    return write_package(house_package(body))


class _Writer:
    def __init__(self, document: Document, fields: Mapping[str, Field]) -> None:
        self.document, self.fields = document, fields
        self.title = document.title or document.kind
        self.restart = bool(document.chapters)

    def book(self) -> str:
        """Cover, promise, contents, form, chapters, what is left of the tables, evidence."""
        return "".join(
            [
                *self._cover(),
                *self._promise(),
                section_break(section()),
                contents_field(),
                section_break(section()),
                *self._form(),
                *(part for chapter in self.document.chapters for part in self._chapter(chapter)),
                *self._loose_tables(),
                self._page(),
            ]
        )

    def paper(self) -> str:
        """Title, addressee, text, tables, who signs and when."""
        kept = [paragraph(self.title, "公文标题")]
        if self.document.recipient:
            kept.append(paragraph(f"{self.document.recipient}：", "主送机关"))
        if not self.document.tables:
            kept.append(
                paragraph(
                    "（在这里写正文，引用资料用双花括号括起字段名；写好后删去本行。）",
                    inner="<w:keepNext/>",
                )
            )
        kept += [part for table in self.document.tables for part in self._table(table)]
        date = "推荐日期" if "推荐日期" in self.fields else "申报日期"
        kept.append(paragraph(inner="<w:keepNext/>"))
        kept.append(paragraph("{{ 单位名称 }}（公章）", "落款"))
        kept.append(paragraph(f"{{{{ {date} }}}}", "落款"))
        return "".join([*kept, self._page()])

    def _page(self, *, landscape: bool = False) -> str:
        """A numbered section; the first one begins with page 1."""
        restart, self.restart = self.restart, False
        return section(numbered=True, restart=restart, landscape=landscape)

    def _cover(self) -> Iterator[str]:
        yield from (paragraph("", "封面项目") for _ in range(5))
        yield paragraph(self.title, "封面标题")
        yield from (paragraph("", "封面项目") for _ in range(6))
        for key in self.document.cover:
            if key in self.fields:
                field = self.fields[key]
                seal = "（盖章）" if key == "单位名称" else ""
                yield paragraph(f"{field.label or key}：{printed(key, field)}{seal}", "封面项目")

    def _promise(self) -> Iterator[str]:
        yield page_break()
        yield paragraph("真实性承诺书", "公文标题")
        yield paragraph(f"本单位就申报“{self.title}”提交的材料郑重承诺如下：")
        yield from (paragraph(f"{n}.{words}") for n, words in enumerate(PROMISES, 1))
        yield paragraph()
        yield paragraph("法定代表人（签字）：", "落款")
        yield paragraph("{{ 单位名称 }}（公章）", "落款")
        yield paragraph("{{ 申报日期 }}", "落款")

    def _form(self) -> Iterator[str]:
        pairs = form_fields(self.fields)
        if pairs:
            yield paragraph("基本信息表", "题注")
            yield form_table(PORTRAIT, pairs)
            yield GAP

    def _chapter(self, chapter: ChapterSpec) -> Iterator[str]:
        """The chapter's text, cut where a table stands after one of its sections."""
        yield paragraph(chapter.title, "标题1")
        tables = [t for t in self.document.tables if t.after.split(".")[0] == chapter.title]
        stops: dict[str, list[TableSpec]] = {}
        for title in chapter.sections:
            for table in tables:
                if table.after == f"{chapter.title}.{title}":
                    stops.setdefault(title, []).append(table)
        whole, rest = f"正文.{chapter.title}", ""
        for title, after in stops.items():
            yield paragraph(f"{{{{p {whole} | 截至('{title}'){rest} }}}}")
            yield from (part for table in after for part in self._table(table))
            rest = f" | 之后('{title}')"
        yield paragraph(f"{{{{p {whole}{rest} }}}}")
        placed = {table.title for after in stops.values() for table in after}
        for table in tables:
            if table.title not in placed:
                yield from self._table(table)

    def _loose_tables(self) -> Iterator[str]:
        chapters = {chapter.title for chapter in self.document.chapters}
        loose = [t for t in self.document.tables if t.after.split(".")[0] not in chapters]
        evidence = self.fields.get(EVIDENCE)
        listed = any(table.source == EVIDENCE for table in self.document.tables)
        if evidence is not None and evidence.type is FieldType.TABLE and not listed:
            loose.append(TableSpec(f"{EVIDENCE}清单", EVIDENCE, ()))
        for table in loose:
            yield page_break()
            yield from self._table(table)

    def _table(self, table: TableSpec) -> Iterator[str]:
        """A table that loops over its 表 field; one of many columns on a page laid across."""
        source = self.fields.get(table.source)
        specs = table.columns or _columns(source)
        wide = len(specs) + 1 > MOST_COLUMNS
        columns = [("序号", "{{ loop.index }}", 0.6)]
        for column in specs:
            name = column.path.removeprefix(f"{table.source}.")
            if name in NUMBERS:
                continue
            field = source.fields.get(name) if source else None
            weight = column.width or _weight(column.heading, field)
            columns.append((column.heading, printed(f"行.{name}", field), weight))
        if wide:
            yield section_break(self._page())
        yield paragraph(table.title, "题注")
        yield rows_table(LANDSCAPE if wide else PORTRAIT, table.source, "行", columns)
        yield section_break(self._page(landscape=True)) if wide else GAP


def _columns(field: Field | None) -> tuple[ColumnSpec, ...]:
    """All columns of a 表, where the pack does not choose."""
    members = field.fields if field else {}
    return tuple(ColumnSpec(labelled(member), key) for key, member in members.items())


def _weight(heading: str, field: Field | None) -> float:
    """How much room a column wants beside the others."""
    if field is not None and field.type in (FieldType.DATE, FieldType.MONTH, FieldType.MOMENT):
        return 1.8
    if field is not None and field.type in _NARROW:
        return max(1.2, len(heading) / 4)
    long = field is not None and field.type is FieldType.PROSE
    return 4.0 if long or any(word in heading for word in _TALKATIVE) else 2.2
