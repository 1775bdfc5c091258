"""Faults are found wherever a template may hold a tag, in whole runs and in split ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen import pipeline
from docgen.fill import known_facts, lint_template
from docgen.fill.house.text import paragraph
from docgen.fill.package import KIND, declare, read_package, relate, write_package
from docgen.fill.xml import DECLARATIONS
from tests.fill.kit import docx, with_part
from tests.fill.planted import PLACES, TYPE, lint, placed, split, told

ROOT = Path(__file__).parents[2]
FAULTS = {
    "｛｛ 电话 ｝｝": "模板全角",
    "{{ 电话": "模板括号",
    "电话 }}": "模板括号",
    "{% if 电话 }}甲{% endif %}": "模板括号",
    "{{ 日期 | 日期（'年月'） }}": "模板标点",
    "{% if 电话 %}甲": "模板配对",
    "{% fro 字 in 行业 %}甲{% endfor %}": "模板语句",
    "{%p if 电话 %}甲": "模板吞内容",
    "{{ 电活 }}": "模板未知名称",
    "{{ 日期 | 大写金额 }}": "模板过滤器",
}


@pytest.mark.parametrize("where", PLACES)
def test_each_fault_is_found_in_each_place(where: str) -> None:
    for number, (text, code) in enumerate(FAULTS.items()):
        splitting = bool(number % 2) if where == "正文" else True
        found = lint(placed(where, text, splitting=splitting))
        assert code in [p.code for p in found], (text, found)
        assert all(p.where.spot.startswith(PLACES[where]) for p in found), (text, found)
        assert all(p.where.file == "模板.docx" and p.hint for p in found)


@pytest.mark.parametrize("where", PLACES)
def test_sound_tags_in_each_place_give_no_finding(where: str) -> None:
    text = "{{ 电话 }}{% if 日期 %}{{ 日期.年 }}{% else %}无{% endif %}{# 注 #}"
    for splitting in (False, True):
        assert lint(placed(where, text, splitting=splitting)) == []


def test_all_faults_of_all_parts_come_in_one_run() -> None:
    body = "".join(paragraph(text) for text in FAULTS)
    codes = {code for code, _ in told(body)}
    assert codes >= set(FAULTS.values())


def test_the_heading_above_is_named() -> None:
    body = paragraph("总则", "标题1") + paragraph("{{ 电活 }}")
    assert told(body) == [("模板未知名称", "正文“总则”下第3段：{{ 电活 }}")]


def test_a_text_box_told_twice_for_old_readers_is_judged_once() -> None:
    box = "<w:txbxContent>" + paragraph("{{ 电活 }}") + "</w:txbxContent>"
    body = (
        "<w:p><w:r><mc:AlternateContent "
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f'<mc:Choice Requires="wps">{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>'
        "</mc:AlternateContent></w:r></w:p>"
    )
    assert told(body) == [("模板未知名称", "正文第2段文本框：{{ 电活 }}")]


def test_tags_that_are_never_filled_in_are_told() -> None:
    parts = read_package(docx("{{ 单位名称 }}"))
    line = paragraph("改成 {{ 电话 }}")
    comment = f'<w:comment w:id="0" w:author="甲">{line}</w:comment>'
    parts["word/comments.xml"] = f"<w:comments {DECLARATIONS}>{comment}</w:comments>".encode()
    declare(parts, "word/comments.xml", TYPE.format("comments"))
    relate(parts, "word/document.xml", KIND + "comments", "word/comments.xml")
    parts["word/charts/chart1.xml"] = b"<c><t>{{ \xe7\x94\xb5\xe8\xaf\x9d }}</t></c>"
    found = lint(write_package(parts))
    assert [(p.code, p.where.spot.partition("：")[0]) for p in found] == [
        ("模板位置", "批注第1段"),
        ("模板位置", "部件 word/charts/chart1.xml"),
    ]


@pytest.mark.parametrize(
    "inside",
    [
        '<w:r><w:instrText> HYPERLINK "{{ 网扯 }}" </w:instrText></w:r>',
        '<w:r><w:drawing><wp:docPr id="1" name="图" descr="{{ 网扯 }}"/></w:drawing></w:r>',
    ],
)
def test_tags_in_fields_and_attributes_are_judged(inside: str) -> None:
    body = paragraph("前").replace("</w:p>", inside + "</w:p>")
    assert told(body) == [("模板未知名称", "正文第2段：{{ 网扯 }}")]


def test_the_title_of_the_document_is_judged() -> None:
    title = '<c xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{{ 名子 }}</dc:title></c>'
    (found,) = lint(with_part(docx("{{ 单位名称 }}"), "docProps/core.xml", title))
    assert found.where.spot == "文档属性“标题”：{{ 名子 }}"


MADE_BY_DOCGEN = ("证明材料目录/通用.docx",)  # by 装订, whether or not a notice asks for it


@pytest.mark.parametrize("path", sorted(ROOT.glob("templates/*/*.docx")), ids=lambda p: p.stem)
def test_the_templates_at_hand_give_no_finding(path: Path) -> None:
    workspace = pipeline.find_workspace(ROOT)
    name = path.relative_to(ROOT / "templates").as_posix()
    uses = 0
    for slug in pipeline.notices(workspace):
        pack = pipeline.load_notice(workspace, slug).value
        assert pack is not None
        for document in pack.documents:
            if document.template == name:
                uses += 1
                assert lint_template(path.read_bytes(), known_facts(document, pack)) == ()
    assert uses or name in MADE_BY_DOCGEN


def test_runs_are_really_split() -> None:
    assert split(paragraph("{{ 电话 }}")).count("<w:r ") == 4
