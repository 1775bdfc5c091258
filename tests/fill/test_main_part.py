"""The main part is the one that the package names, wherever it lies; nothing hides beside it."""

from __future__ import annotations

import io
import zipfile

import pytest
from docxtpl import DocxTemplate, InlineImage, RichText

from docgen.fill import annotate, compile_template, fill, freeze, lint_template, thaw
from docgen.fill.house.text import paragraph
from docgen.fill.package import declare, read_package, relations, rels_name, write_package
from docgen.model.notice import ColumnSpec, TableSpec
from tests.fill.kit import docx, grid, missing, part, png, record, text_of, texts
from tests.fill.planted import FACTS, with_story

MAIN = "word/document.xml"
NAMES = ["word/document2.xml", "main.xml", "文档/正文.xml"]
LOOP = grid(("客户",), ("{%tr for 行 in 案例 %}",), ("{{ 行.客户 }}",), ("{%tr endfor %}",))
CASES = [{"客户": "乙"}, {"客户": "乙"}]


def renamed(data: bytes, name: str) -> bytes:
    """The same document, its main part under another name."""
    parts = read_package(data)
    parts[name] = parts.pop(MAIN)
    rels = parts.pop(rels_name(MAIN)).replace(b'Target="', b'Target="/word/')
    parts[rels_name(name)] = rels.replace(b"/word//word/", b"/word/").replace(
        b"/word/http", b"http"
    )
    for index in ("_rels/.rels", "[Content_Types].xml"):
        parts[index] = parts[index].replace(MAIN.encode(), name.encode())
    return write_package(parts)


@pytest.mark.parametrize("name", NAMES)
def test_a_main_part_of_any_name_is_filled(name: str) -> None:
    usual = with_story(
        docx("{{ 单位名称 }}", "{{ 电话 }}", body=LOOP), "header", paragraph("{{ 名 }}")
    )
    template = renamed(usual, name)
    made = compile_template(template, "模板.docx")
    assert made.is_usable, made.problems
    again = thaw(freeze(made), "模板.docx", made.digest)
    assert again is not None
    values = record({"单位名称": "甲", "名": "丁", "电话": missing("电话"), "案例": CASES})
    merged = TableSpec("表", "案例", (ColumnSpec("客户", "客户"),), merge_same=("客户",))
    for compiled in (made, again):
        result = fill(compiled, values, tables=[merged])
        assert texts(result.docx, name) == ["甲", "【待补：电话】", "客户", "乙", ""]
        assert texts(result.docx, "word/header9.xml") == ["丁"]
        assert [hole.path for hole in result.holes] == ["电话"]


@pytest.mark.parametrize("name", NAMES)
def test_pictures_and_links_go_where_docxtpl_puts_them(name: str) -> None:
    template = renamed(docx("{{ 图 }}", "{{r 链 }}"), name)
    mine, theirs = DocxTemplate(io.BytesIO(template)), DocxTemplate(io.BytesIO(template))
    buffer = io.BytesIO()
    theirs.render(_values(theirs))
    theirs.save(buffer)
    made = compile_template(template).render(_values(mine), host=mine)
    assert texts(made, name) == texts(buffer.getvalue(), name)
    assert _attributes(made, name) == _attributes(buffer.getvalue(), name)
    ours, its = (read_package(data) for data in (made, buffer.getvalue()))
    assert set(relations(ours, name)) == set(relations(its, name))


def _values(host: DocxTemplate) -> dict[str, object]:
    link = RichText("网址", url_id=host.build_url_id("https://example.com"))
    return {"图": InlineImage(host, io.BytesIO(png())), "链": link}


def _attributes(data: bytes, name: str) -> list[list[tuple[str, str]]]:
    return [sorted((str(k), str(v)) for k, v in n.attrib.items()) for n in part(data, name).iter()]


@pytest.mark.parametrize("name", NAMES)
def test_lint_and_comments_follow_too(name: str) -> None:
    template = renamed(docx("{{ 电话 }}", "{{ 电活 }}"), name)
    (found,) = lint_template(template, FACTS, "模板.docx")
    assert found.where.spot == "正文第2段：{{ 电活 }}"
    copy = annotate(template, [found])
    names = zipfile.ZipFile(io.BytesIO(copy)).namelist()
    assert any("没有“电活”" in text_of(part(copy, n)) for n in names if "comments" in n)
    assert [p.where.spot for p in compile_template(renamed(docx("{{ 电"), name)).problems] == [
        "正文第1段：{{ 电"
    ]


def test_what_may_act_is_found_outside_the_usual_folder() -> None:
    field = '<w:p><w:fldSimple w:instr=" DDEAUTO c:\\\\cmd "/></w:p>'
    (found, *_) = compile_template(renamed(docx(body=field), "main.xml"), "模板.docx").problems
    assert "DDEAUTO" in found.message
    parts = read_package(with_story(docx("段"), "header", field))
    parts["眉.bin"] = parts.pop("word/header9.xml")
    parts[rels_name(MAIN)] = parts[rels_name(MAIN)].replace(b"header9.xml", "/眉.bin".encode())
    declare(
        parts, "眉.bin", "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
    )
    (found, *_) = compile_template(write_package(parts), "模板.docx").problems
    assert "DDEAUTO" in found.message
