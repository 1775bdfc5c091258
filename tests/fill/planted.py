"""Faults planted in real documents: in the body, a header, a note, a text box, a nested table."""

from __future__ import annotations

import re

from docgen.fill import Known, lint_template
from docgen.fill.house.text import paragraph
from docgen.fill.package import KIND, declare, read_package, relate, write_package
from docgen.fill.xml import DECLARATIONS, escape
from docgen.model.notice import FieldType
from docgen.problem import Problem
from tests.fill.kit import docx, grid

FACTS = {
    "单位名称": Known("单位名称", FieldType.TEXT, always=True),
    "电话": Known("电话", FieldType.TEXT),
    "日期": Known("日期", FieldType.DATE),
    "合同额": Known("合同额", FieldType.NUMBER),
    "行业": Known("行业", FieldType.CHOICES),
    "照片": Known("照片", FieldType.PICTURE),
    "联系人": Known("联系人", FieldType.GROUP),
    "联系人.姓名": Known("姓名", FieldType.TEXT),
    "案例": Known("案例", FieldType.TABLE),
    "案例.客户": Known("客户", FieldType.TEXT),
    "案例.金额": Known("金额", FieldType.NUMBER),
    "简介": Known("简介", FieldType.PROSE),
    "正文": Known("正文", FieldType.GROUP),
    "正文.重点": Known("重点", FieldType.PROSE),
    "正文.重点.评估咨询": Known("评估咨询", FieldType.PROSE),
    "期限": Known("期限"),
}
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"
ROOTS = {"header": "hdr", "footer": "ftr", "footnotes": "footnotes", "endnotes": "endnotes"}
PLACES = {
    "正文": "正文第2段",
    "表格": "正文表1第2行第1格",
    "嵌套表格": "正文表1第1行第2格内表1第1行第1格",
    "文本框": "正文第2段文本框",
    "内容控件": "正文第2段",
    "页眉": "首页页眉第1段",
    "页脚": "首页页脚第1段",
    "脚注": "脚注第1段",
    "尾注": "尾注第1段",
}


def lint(data: bytes) -> list[Problem]:
    return list(lint_template(data, FACTS, "模板.docx"))


def lint_body(body: str) -> list[Problem]:
    return lint(docx("单位：{{ 单位名称 }}", body=body))


def told(body: str) -> list[tuple[str, str]]:
    """Code and place of each finding on such a body, under a first paragraph that has none."""
    return [(problem.code, problem.where.spot) for problem in lint_body(body)]


def split(xml: str, size: int = 2) -> str:
    """The same text in runs of a few characters, with marks of revision and spelling between."""

    def cut(match: re.Match[str]) -> str:
        properties, text = match.groups()
        plain = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
        pieces = [plain[i : i + size] for i in range(0, len(plain), size)]
        return '<w:proofErr w:type="spellStart"/>'.join(
            f'<w:r w:rsidR="00AB{n:04d}">{properties}<w:t xml:space="preserve">'
            f"{escape(piece)}</w:t></w:r>"
            for n, piece in enumerate(pieces)
        )

    return re.sub(r'<w:r>(<w:rPr>.*?</w:rPr>)<w:t xml:space="preserve">(.*?)</w:t></w:r>', cut, xml)


def placed(where: str, text: str, *, splitting: bool = False) -> bytes:
    """A document with a paragraph of this text at one of PLACES."""
    line = split(paragraph(text)) if splitting else paragraph(text)
    if where == "正文":
        body = line
    elif where == "内容控件":
        body = f"<w:sdt><w:sdtContent>{line}</w:sdtContent></w:sdt>"
    elif where == "表格":
        body = grid(("甲", "乙"), ("丙", "丁")).replace(paragraph("丙", "表格文字"), line)
    elif where == "嵌套表格":
        inner = grid(("丙",)).replace(paragraph("丙", "表格文字"), line)
        last = paragraph("乙", "表格文字")
        body = grid(("甲", "乙")).replace(last, inner + last) + paragraph()
    elif where == "文本框":
        box = (
            '<v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent>'
            f"{line}</w:txbxContent></v:textbox></v:shape>"
        )
        body = f"<w:p><w:r><w:t>图</w:t></w:r><w:r><w:pict>{box}</w:pict></w:r></w:p>"
    else:
        kind = {"页眉": "header", "页脚": "footer", "脚注": "footnotes", "尾注": "endnotes"}[where]
        return with_story(docx("单位：{{ 单位名称 }}", "{{ 日期 }}"), kind, line)
    return docx("单位：{{ 单位名称 }}", body=body)


def with_story(data: bytes, kind: str, line: str) -> bytes:
    """The same document with a header, footer, footnote or endnote that holds a paragraph."""
    parts = read_package(data)
    root = ROOTS[kind]
    note = kind.removesuffix("s")
    inside = f'<w:{note} w:id="2">{line}</w:{note}>' if kind.endswith("notes") else line
    name = f"word/{kind}.xml" if kind.endswith("notes") else f"word/{kind}9.xml"
    parts[name] = f"<w:{root} {DECLARATIONS}>{inside}</w:{root}>".encode()
    declare(parts, name, TYPE.format(kind))
    key = relate(parts, "word/document.xml", KIND + kind, name)
    document = parts["word/document.xml"].decode()
    if kind.endswith("notes"):
        mark = f'<w:r><w:{note}Reference w:id="2"/></w:r></w:p><w:sectPr>'
        document = document.replace("</w:p><w:sectPr>", mark)
    else:
        reference = f'<w:sectPr><w:{kind}Reference w:type="first" r:id="{key}"/>'
        document = document.replace("<w:sectPr>", reference)
    parts["word/document.xml"] = document.encode()
    return write_package(parts)
