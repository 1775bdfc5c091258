"""A template for each feature of docxtpl's language, and values for it."""

# ruff: noqa: E501  (a row of tags reads best as a row)

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

import docx as python_docx
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage, Listing, RichText, RichTextParagraph

from tests.fill.kit import png

Values = Mapping[str, Any]
ROWS = [
    {"a": "一", "b": 1, "子": ["甲", "乙"]},
    {"a": "二&<", "b": 2, "子": []},
    {"a": "三", "b": 3, "子": ["丙"]},
]
PLAIN: Values = {
    "名": "甲&乙<丙>\"丁'",
    "行": ROWS,
    "有": True,
    "无": False,
    "空": "",
    "零": 0,
    "小数": 0.1,
    "没": None,
    "列": ["x", "y&"],
    "字典": {"k": "v&", "键": [1, 2]},
    "色": "FF0000",
    "跨": 2,
    "行文": "第一行\n第二行\t制表\a新段\f新页",
    "段数": range(3),
}


@dataclass(frozen=True)
class Feature:
    paragraphs: tuple[str, ...] = ()
    tables: tuple[tuple[tuple[str, ...], ...], ...] = ()
    values: Callable[[DocxTemplate], Values] = lambda tpl: {}
    header: str = ""
    footer: str = ""
    properties: Mapping[str, str] | None = None


def rich(tpl: DocxTemplate) -> Values:
    text = RichText("粗&<", bold=True, color="#ff00ff", size=40, font="eastAsia:宋体", lang="zh-CN")
    text.add("\n斜\t体", italic=True, underline="wave", strike=True, highlight="#FFFF00")
    text.add("上", superscript=True, style="强调")
    text.add("链接", url_id=tpl.build_url_id("https://example.com/?a=1&b=2"))
    text.add(RichText("尾\a另段"))
    paragraphs = RichTextParagraph()
    paragraphs.add(text, parastyle="Heading 1")
    paragraphs.add("第二段")
    return {"富": text, "段": paragraphs, "真": True}


def pictures(tpl: DocxTemplate) -> Values:
    first, second = png(), png(60, 30)
    return {
        "图": InlineImage(tpl, io.BytesIO(first)),
        "宽": InlineImage(tpl, io.BytesIO(first), width=Mm(20)),
        "高": InlineImage(tpl, io.BytesIO(second), height=Mm(10)),
        "链": InlineImage(tpl, io.BytesIO(second), Mm(9), Mm(9), anchor="https://example.com/"),
        "册": [{"图": InlineImage(tpl, io.BytesIO(png(n, n)), width=Mm(n))} for n in (10, 11)],
    }


def subdocument(tpl: DocxTemplate) -> Values:
    made = tpl.new_subdoc()
    made.add_paragraph("子文档段落&", style="List Bullet")
    made.add_picture(io.BytesIO(png(7, 7)))
    made.add_table(1, 2).cell(0, 1).text = "格"
    return {"子": made, "图": InlineImage(tpl, io.BytesIO(png(8, 8)))}


def merged(tpl: DocxTemplate) -> Values:
    other = python_docx.Document()
    other.add_heading("合并来的标题", 1)
    other.add_paragraph("编号", style="List Number")
    other.add_picture(io.BytesIO(png(9, 9)))
    buffer = io.BytesIO()
    other.save(buffer)
    return {"子": tpl.new_subdoc(io.BytesIO(buffer.getvalue())), "名": "甲"}


FEATURES = {
    "values": Feature(("前{{ 名 }}后{{ 零 }}{{ 小数 }}{{ 没 }}{{ 有 }}", "{{ 列 }}{{ 字典 }}{{ 空 }}")),
    "conditions": Feature(
        ("{% if 有 %}真{% elif 无 %}假{% else %}否{% endif %}", "{%p if 无 %}", "去", "{%p else %}",
         "留{{ 名 }}", "{%p endif %}", "{%r if 有 %}一{%r endif %}二")
    ),
    "loops": Feature(
        ("{%p for r in 行 %}", "{{ loop.index }}/{{ loop.length }} {{ r.a }}", "{%p for s in r.子 %}",
         "{{ s }}{{ loop.last }}", "{%p endfor %}", "{%p endfor %}",
         "{% for r in 行 if r.b > 1 %}{{ r['a'] }}{% else %}空{% endfor %}",
         "{% for k, v in 字典.items() %}{{ k }}={{ v }};{% endfor %}{% for n in 段数 %}{{ n }}{% endfor %}")
    ),
    "rows": Feature(
        tables=((("头", "二"), ("{%tr for r in 行 %}", ""), ("{{ r.a }}", "{{ r.b }}"),
                 ("{%tr endfor %}", "")),
                (("{%tr if 有 %}", ""), ("甲", "{% if 无 %}乙{% endif %}"), ("{%tr endif %}", ""), ("尾", "")))
    ),
    "columns": Feature(
        tables=((("头", "{%tc for r in 行 %}", "{{ r.a }}", "{%tc endfor %}"),
                 ("值", "{%tc for r in 行 %}", "{{ r.b }}", "{%tc endfor %}")),
                (("{%tc if 无 %}", "甲", "{%tc endif %}", "乙"), ("一", "二", "三", "四")))
    ),
    "nested tables": Feature(
        tables=((("{%tr for r in 行 %}", ""),
                 ("{{ r.a }}", "{% for s in r.子 %}{{ s }}、{% endfor %}"), ("{%tr endfor %}", "")),)
    ),
    "vertical merge": Feature(
        tables=((("{%tr for r in 行 %}", ""), ("前{% vm %}后", "{{ r.b }}"), ("{%tr endfor %}", "")),)
    ),
    "horizontal merge": Feature(
        tables=((("{%tc for r in 行 %}", "{% hm %}合", "{%tc endfor %}"), ("甲", "乙", "丙")),)
    ),
    "colspan": Feature(tables=((("{% colspan 跨 %}宽", "尾"), ("甲", "乙")),)),
    "cell background": Feature(
        tables=((("{% cellbg 色 %}色{{ 名 }}", "无"), ("{%tr for r in 行 %}", ""),
                 ("{% cellbg r.b %}{{ r.a }}", "乙"), ("{%tr endfor %}", "")),)
    ),
    "header and footer": Feature(
        ("正文{{ 名 }}",), header="页眉{{ 名 }}{% for r in 行 %}{{ r.a }}{% endfor %}",
        footer="{% if 有 %}页脚{{ 行文 }}{% endif %}",
    ),
    "properties": Feature(
        ("{{ 零 }}",),
        properties={"title": "题{{ 零 }}", "author": "{% if 有 %}者{% endif %}", "comments": "注<{{ 空 }}>",
                    "subject": "无标记"},
    ),
    "breaks": Feature(("前{{ 行文 }}后", "{{ 单 }}"), values=lambda tpl: {"单": Listing("甲&\n乙\a丙\f丁\t")}),
    "rich text": Feature(
        ("前{{r 富 }}后", "{%p if 真 %}", "{{p 段 }}", "{%p endif %}", "{%r if 真 %}{{r 富 }}{%r endif %}"),
        values=rich,
    ),
    "pictures": Feature(
        ("一{{ 图 }}二{{ 宽 }}", "{{ 高 }}{{ 链 }}", "{% for r in 册 %}{{ r.图 }}{{ 图 }}{% endfor %}"),
        values=pictures, header="眉{{ 宽 }}",
    ),
    "sub-document": Feature(("前", "{{p 子 }}", "后{{ 图 }}"), values=subdocument),
    "merged document": Feature(("{{ 名 }}", "{{p 子 }}", "后"), values=merged, footer="{{ 名 }}"),
    "escapes": Feature(("{_{ 原样 }_} {_% 也 %_}{{ 名 }}", "{# 注 #}前{#p 整段 #}", "{% raw %}{{ x }}{% endraw %}"),
                       tables=((("{#tr 整行 #}", ""), ("甲", "乙")),)),
    "paragraphs merged": Feature(("我住在", "{%- if 有 -%}", "城里", "{%- else -%}", "乡下", "{%- endif -%}",
                                  "很好")),
    "macros": Feature(
        ("{% macro 写(x, y='&') %}[{{ x }}{{ y }}]{% endmacro %}{{ 写(名) }}{{ 写(1, y='<') }}",
         "{% set z %}块{{ 名 }}{% endset %}{{ z }}",
         "{% call(u) 唤() %}{{ u }}{% endcall %}")[:2]
    ),
    "set": Feature(("{% set x = 3 %}{{ x + 1 }}{{ x * 2 }}{% set ns = namespace(n=0) %}"
                    "{% for r in 行 %}{% set ns.n = ns.n + r.b %}{% endfor %}{{ ns.n }}",
                    "{% with q = 名 ~ '&' ~ 零 %}{{ q }}{% endwith %}")),
    "filters": Feature(("{{ 名 | upper }}{{ 列 | join('、') }}{{ 列 | length }}{{ 列 | first }}",
                        "{{ 名 | e }}{{ 缺 | default('无&') }}{{ 行 | map(attribute='a') | join(',') }}",
                        "{{ 名 | replace('乙', '2') | title }}{{ '%05.1f' | format(小数) }}{{ '%s%%' % 零 }}{{ 列 | first | safe }}",
                        "{{ 行 | sum(attribute='b') }}{{ 列 | sort | list }}{{ 名[0] }}{{ 名[:2] }}{{ 名.upper() }}")),
    "recursion": Feature(
        ("{% for n in 树 recursive %}{{ n.名 }}({{ loop(n.下) }}){% endfor %}",),
        values=lambda tpl: {"树": [{"名": "根", "下": [{"名": "叶&", "下": []}]}]},
    ),
    "quotes": Feature(("{{ 名 | default(“无”) }}{% if 名 == ‘甲’ %}是{% endif %}“{{ 零 }}”",)),
    "expressions": Feature(
        ("{% filter upper %}ab{{ 零 }}{% endfilter %}{{ 行[-1].a }}{{ 行[9] is defined }}",
         "{% for g in 行 | groupby('b') %}{{ g.grouper }}{{ g.list | length }}{% endfor %}",
         "{{ 日.strftime('%Y年%m月') }}{{ 日.hour }}{{ 日 }}",
         "{% macro m(x) %}<{{ x }}|{{ caller() }}>{% endmacro %}{% call m(1) %}乙{{ 名 }}{% endcall %}",
         "{% autoescape false %}{{ 零 }}{% endautoescape %}{{ 行[0] }}{{ 'x' if 无 }}",
         "{{ 1 == 1.0 }}{{ 3 // 2 }}{{ 7 % 4 }}{{ not 有 }}{{ 名 ~ 1 ~ 没 }}{{ [1] + [2] }}{{ (1, 2) }}",
         "{% for r in 行 | batch(2) %}{{ r | length }}{% endfor %}{{ 字典 | dictsort }}{{ 列 | tojson }}",
         "{% set ns = namespace(a=[]) %}{% set ns.a = ns.a + ['x'] %}{{ ns.a }}{{ 没 or '无' }}",
         "{{ 名 | truncate(3) }}{{ 列 | map('upper') | list }}{{ '5' | int + 1 }}{{ '\n' }}{{- 零 -}}z"),
        values=lambda tpl: {"日": datetime(2026, 6, 2, 3, 4)},
    ),
    "no tags": Feature(("没有标记",)),
}  # fmt: skip


@cache
def slim() -> bytes:
    """python-docx's empty document without the nine tenths of its styles that are for tables."""
    document = python_docx.Document()
    for style in document.styles.element.findall("{*}style[@{*}type='table']"):
        style.getparent().remove(style)
    for key, relation in list(document.part.rels.items()):
        if relation.reltype.endswith(("stylesWithEffects", "customXml")):
            del document.part.rels[key]
    return saved(document)


def template(feature: Feature) -> bytes:
    document = python_docx.Document(io.BytesIO(slim()))
    for text in feature.paragraphs:
        document.add_paragraph(text)
    for rows in feature.tables:
        table = document.add_table(len(rows), max(len(row) for row in rows))
        for y, row in enumerate(rows):
            for x, text in enumerate(row):
                table.cell(y, x).text = text
    section = document.sections[0]
    if feature.header:
        section.header.paragraphs[0].text = feature.header
    if feature.footer:
        section.footer.paragraphs[0].text = feature.footer
    for key, text in (feature.properties or {}).items():
        setattr(document.core_properties, key, text)
    return saved(document)


def saved(document: Any) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()
