"""Paragraphs and tables of a template in house style, as WordprocessingML text."""

from __future__ import annotations

from collections.abc import Sequence

from docgen.fill.xml import escape

HINT = '<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'
STYLE_IDS = {
    "标题1": "Heading1", "标题2": "Heading2", "正文": "BodyText", "公文标题": "DocumentTitle",
    "封面标题": "CoverTitle", "封面项目": "CoverItem", "目录标题": "TOCHeading", "目录1": "TOC1",
    "主送机关": "Addressee", "附件标识": "AnnexMark", "落款": "Signature1", "附注": "Remark",
    "题注": "Caption", "表格文字": "CellText", "表头": "CellHead", "表单文字": "FormText",
    "表单项目": "FormLabel", "": "",
}  # fmt: skip


def text_run(text: str) -> str:
    """A run; its quotation marks and dashes are Chinese."""
    return f'<w:r>{HINT}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(text: str = "", style: str = "正文", inner: str = "") -> str:
    """A paragraph in a style of the house, by its Chinese name; `inner` follows w:pStyle."""
    name = STYLE_IDS[style]
    formatting = (f'<w:pStyle w:val="{name}"/>' if name else "") + inner
    properties = f"<w:pPr>{formatting}</w:pPr>" if formatting else ""
    return f"<w:p>{properties}{text_run(text) if text else ''}</w:p>"


def page_break() -> str:
    return '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'


def section_break(properties: str) -> str:
    """An empty small paragraph that ends a section."""
    return (
        '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
        f"{properties}</w:pPr></w:p>"
    )


def cell(text: str, width: int, style: str = "表格文字", span: int = 1) -> str:
    merged = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    lines = "".join(paragraph(line, style) for line in text.split("\n"))
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merged}<w:vAlign w:val="center"/>'
        f"</w:tcPr>{lines}</w:tc>"
    )


def row(cells: Sequence[str], *, head: bool = False) -> str:
    repeated = "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{''.join(cells)}</w:tr>"


def table(widths: Sequence[int], rows: Sequence[str]) -> str:
    """A table of fixed layout in the grid style; follow it with a paragraph."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        '<w:jc w:val="center"/><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def shares(room: int, weights: Sequence[float]) -> list[int]:
    """A width shared out by weights, to the twip."""
    total = sum(weights) or 1
    widths = [int(room * weight / total) for weight in weights]
    widths[-1] += room - sum(widths)
    return widths


def rows_table(room: int, source: str, name: str, columns: Sequence[tuple[str, str, float]]) -> str:
    """A table with a row for each row of a 表: columns are heading, expression, weight."""
    widths = shares(room, [weight for _, _, weight in columns])
    head = [cell(h, w, "表头") for (h, _, _), w in zip(columns, widths, strict=True)]
    body = [cell(e, w) for (_, e, _), w in zip(columns, widths, strict=True)]
    loop = [cell(f"{{%tr for {name} in {source} %}}", room, span=len(columns))]
    end = [cell("{%tr endfor %}", room, span=len(columns))]
    return table(widths, [row(head, head=True), row(loop), row(body), row(end)])


def form_table(room: int, fields: Sequence[tuple[str, str, bool]]) -> str:
    """A form of label and value, two pairs a row; a wide value has the row to itself."""
    widths = shares(room, [1, 1.6, 1, 1.6])
    empty = [cell("", widths[2], "表单项目"), cell("", widths[3], "表单文字")]
    rows: list[str] = []
    pair: list[str] = []
    for label, expression, wide in fields:
        if pair and wide:
            rows.append(row([*pair, *empty]))
            pair = []
        if wide:
            name = cell(label, widths[0], "表单项目")
            rows.append(row([name, cell(expression, sum(widths[1:]), "表单文字", 3)]))
            continue
        side = 2 if pair else 0
        pair += [
            cell(label, widths[side], "表单项目"),
            cell(expression, widths[side + 1], "表单文字"),
        ]
        if side:
            rows.append(row(pair))
            pair = []
    if pair:
        rows.append(row([*pair, *empty]))
    return table(widths, rows)


def contents_field() -> str:
    """The TOC field, in a content control as Word makes it; its entries are written later."""
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> '
        'TOC \\o "1-3" \\h \\z \\u </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/>'
        "</w:r>"
    )
    entry = text_run("（目录）") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    return (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/>'
        f"<w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent>{paragraph('目录', '目录标题')}"
        f'<w:p><w:pPr><w:pStyle w:val="TOC1"/></w:pPr>{begin}{entry}</w:p></w:sdtContent></w:sdt>'
    )
