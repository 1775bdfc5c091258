"""On docxtpl's own feature set our output equals docxtpl's, part by part."""

from __future__ import annotations

import io
import zipfile

import docx as python_docx
import pytest
from docxtpl import DocxTemplate, Listing, RichText
from jinja2 import Environment
from lxml import etree

from docgen.fill import compile_template, engine, fill
from tests.fill.kit import W, record

FACTS = {
    "名": "甲&乙<丙>\n第二行\t制表",
    "有": True,
    "无": False,
    "行": [{"a": "一", "b": "1"}, {"a": "二&", "b": "2"}],
    "富": RichText("粗&", bold=True),
    "列": Listing("甲\n乙\a丙"),
    "色": "FF0000",
    "跨": 2,
    "空": "",
}
PARAGRAPHS = (
    "普通 {{ 名 }} 与 {{ 行[0].a }}",
    "{% if 有 %}真{% else %}假{% endif %}{% if 无 %}真{% endif %}",
    "{%p if 有 %}", "留下", "{%p endif %}",
    "{%p if 无 %}", "去掉", "{%p endif %}",
    "{%p for r in 行 %}", "{{ loop.index }} {{ r.a }}", "{%p endfor %}",
    "前 {{r 富 }} 后",
    "{%r if 有 %}一{%r endif %}二",
    "{{ 列 }}",
    "{_{ 原样 }_} {# 注释 #}{#p 整段注释 #}",
    "合并前", "{%- if 有 -%}", "合并后{% endif %}",
    "{% set x = 3 %}{{ x + 1 }}{{ 空 }}",
    "“{{ 名 }}”",
)  # fmt: skip
TABLES = (
    (("{%tr for r in 行 %}", ""), ("{{ r.a }}", "{{ r.b }}"), ("{%tr endfor %}", "")),
    (("头", "{%tc for r in 行 %}", "{{ r.a }}", "{%tc endfor %}"),),
    (("{%tr for r in 行 %}", ""), ("{% vm %}组", "{{ r.b }}"), ("{%tr endfor %}", "")),
    (("{% colspan 跨 %}宽", "尾"), ("甲", "乙")),
    (("{% cellbg 色 %}色", "无"),),
    (("{%tc for r in 行 %}", "{% hm %}合", "{%tc endfor %}"), ("甲", "乙", "丙")),
)


def template() -> bytes:
    document = python_docx.Document()
    for text in PARAGRAPHS:
        document.add_paragraph(text)
    for rows in TABLES:
        table = document.add_table(len(rows), max(len(row) for row in rows))
        for y, row in enumerate(rows):
            for x, text in enumerate(row):
                table.cell(y, x).text = text
    document.sections[0].header.paragraphs[0].text = "页眉 {{ 名 }}"
    document.sections[0].footer.paragraphs[0].text = "{% if 有 %}页脚{% endif %}"
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def reference(data: bytes) -> bytes:
    made = DocxTemplate(io.BytesIO(data))
    made.render(dict(FACTS), Environment(), autoescape=True)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def canonical(data: bytes, name: str) -> list[str]:
    """One line an element, for a readable difference; revision ids and spelling marks left out.

    The properties of a cell are in the order of the schema, into which docxtpl does not put them.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = etree.fromstring(archive.read(name))
    lines = []
    for cell in root.iter(W + "tcPr"):
        order = engine.CELL_ORDER
        cell[:] = sorted(cell, key=lambda node: order.index(etree.QName(node).localname))
    for node in root.iter():
        kept = {k: v for k, v in sorted(node.attrib.items()) if "rsid" not in str(k)}
        tail = (node.tail or "").strip()
        depth = len(list(node.iterancestors()))
        lines.append(f"{'  ' * depth}{etree.QName(node).localname} {kept} {node.text!r} {tail!r}")
    return [line for line in lines if "proofErr" not in line]


@pytest.mark.parametrize("name", ["word/document.xml", "word/header1.xml", "word/footer1.xml"])
def test_every_part_equals_docxtpls(name: str) -> None:
    data = template()
    ours = fill(compile_template(data), record(FACTS))
    assert not ours.problems
    assert canonical(ours.docx, name) == canonical(reference(data), name)


def test_the_comparison_sees_something() -> None:
    words = [node.text for node in _words(reference(template()))]
    assert "二&" in words and "留下" in words and "去掉" not in words


def _words(data: bytes) -> list[etree._Element]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return list(etree.fromstring(archive.read("word/document.xml")).iter(W + "t"))
