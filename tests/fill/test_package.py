"""The file itself: same bytes each time, nobody's name in it, its origin readable; bad input."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest

from docgen.fill import Stamp, compile_template, fill, read_provenance
from tests.fill.kit import HERE, docx, filled, part, record, texts, with_part

RELS = "word/_rels/document.xml.rels"
STAMP = Stamp("甲&乙建设方案", date(2026, 6, 1), {"notice": "n1", "template": "t1", "data": "d1"})


def made(template: bytes, **facts: object) -> bytes:
    return fill(compile_template(template, "模板.docx"), record(facts), stamp=STAMP).docx


def names(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.namelist()


def test_the_same_input_gives_the_same_bytes() -> None:
    template = docx("{{ 名 }}")
    assert made(template, 名="甲") == made(template, 名="甲")
    with zipfile.ZipFile(io.BytesIO(made(template, 名="甲"))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist()[:2] == ["[Content_Types].xml", "_rels/.rels"]


def test_a_rebuilt_template_fills_the_next_record_afresh() -> None:
    template = compile_template(docx("{{ 名 }}"))
    for name in ("甲", "乙", "甲"):
        assert texts(fill(template, record({"名": name})).docx) == [name]


def test_properties_name_the_document_and_nobody() -> None:
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
        'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{{ 名 }}方案'
        "</dc:title><dc:creator>张三</dc:creator><cp:lastModifiedBy>李四</cp:lastModifiedBy>"
        "</cp:coreProperties>"
    )
    template = with_part(docx("{{ 名 }}"), "docProps/core.xml", core)
    result = filled(template, {"名": "甲&乙"})
    words = "".join(part(result.docx, "docProps/core.xml").itertext())
    assert words.startswith("甲&乙方案") and "张三" not in words and "李四" not in words
    assert "2026-06-01T00:00:00Z" in "".join(
        part(made(template, 名="甲"), "docProps/core.xml").itertext()
    )


def test_revision_ids_and_the_templates_path_are_gone() -> None:
    settings = (
        '<w:settings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        '<w:attachedTemplate r:id="rId1"/><w:rsids><w:rsidRoot w:val="00AB"/>'
        "</w:rsids></w:settings>"
    )
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/attachedTemplate" Target="file:///C:/Users/zhang/a.dotx" '
        'TargetMode="External"/></Relationships>'
    )
    template = docx(body='<w:p w:rsidR="00AB1234"><w:r><w:t>{{ 名 }}</w:t></w:r></w:p>')
    template = with_part(template, "word/settings.xml", settings)
    template = with_part(template, "word/_rels/settings.xml.rels", rels)
    data = made(template, 名="甲")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        whole = b"".join(archive.read(name) for name in archive.namelist())
    assert b"zhang" not in whole and b"rsid" not in whole


def test_where_it_came_from_can_be_read_back() -> None:
    data = made(
        docx("{{ 名 }}", "{{ 组.期 | 日期('年月') }}"), 名="甲&\n乙", 组={"期": date(2026, 6, 2)}
    )
    origin = read_provenance(data)
    assert origin is not None
    assert origin.hashes == {"notice": "n1", "template": "t1", "data": "d1"}
    assert origin.used == {"名": "甲&\n乙", "组.期": "2026年6月"}


def test_rows_are_told_apart_in_what_was_used() -> None:
    template = docx("{% for 行 in 案例 %}{{ 行.客户 }}{% endfor %}{{ 案例[0].客户 }}")
    origin = read_provenance(made(template, 案例=[{"客户": "甲"}, {"客户": "乙"}]))
    assert origin is not None and origin.used == {"案例.1.客户": "甲", "案例.2.客户": "乙"}


def test_a_file_that_is_not_ours_has_no_provenance() -> None:
    assert read_provenance(docx("段")) is None
    assert read_provenance(b"no zip") is None


def relation(kind: str, target: str, mode: str = "") -> bytes:
    """A document with one more relation of its main part."""
    data = docx("段")
    rels = part(data, RELS)
    node = rels.makeelement(rels[0].tag)
    for key, value in {
        "Id": "rId99",
        "Type": f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}",
        "Target": target,
        **({"TargetMode": mode} if mode else {}),
    }.items():
        node.set(key, value)
    rels.append(node)
    from lxml import etree

    return with_part(data, RELS, etree.tostring(rels))


@pytest.mark.parametrize(
    ("template", "said"),
    [
        (b"not a zip", "压缩包打不开"),
        (docx("段")[:300], "压缩包打不开"),
        (with_part(docx("段"), "../etc/passwd", b"x"), "不合规"),
        (with_part(docx("段"), "word/media/a.png", b"\0" * 60_000_000), "压缩炸弹"),
        (relation("vbaProject", "vbaProject.bin"), "宏"),
        (relation("image", "http://example.com/a.png", "External"), "外部内容"),
        (relation("hyperlink", "file:///etc/passwd", "External"), "外部内容"),
        (relation("oleObject", "embeddings/a.bin"), "OLE"),
        (relation("aFChunk", "a.html"), "altChunk"),
        (docx(body='<w:altChunk xmlns:r="x" r:id="rId1"/>'), "altChunk"),
        (docx(body='<w:p><w:fldSimple w:instr=" DDEAUTO c:\\\\cmd "/></w:p>'), "DDEAUTO"),
        (
            docx(
                body='<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>INCLUDE'
                "</w:instrText></w:r><w:r><w:instrText>TEXT a</w:instrText></w:r><w:r>"
                '<w:fldChar w:fldCharType="end"/></w:r></w:p>'
            ),
            "INCLUDETEXT",
        ),
        (
            with_part(
                docx("段"),
                "word/document.xml",
                '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
            ),
            "DTD",
        ),
        (with_part(docx("段"), "word/document.xml", "<w:document>"), "不是合法的 XML"),
    ],
)
def test_a_hostile_or_broken_template_is_refused(template: bytes, said: str) -> None:
    compiled = compile_template(template, "模板.docx")
    result = fill(compiled, record({}))
    assert not result.docx
    assert said in result.problems[0].message
    assert result.problems[0].where.file == "模板.docx"
    assert result.problems[0].hint


def test_an_ordinary_link_is_no_harm() -> None:
    template = relation("hyperlink", "https://example.com/", "External")
    assert compile_template(template).problems == ()


def test_the_parts_of_a_filled_file_are_all_declared() -> None:
    data = made(docx("{{ 名 }}"), 名="甲")
    declared = {n.get("PartName", "") for n in part(data, "[Content_Types].xml")}
    assert {"/word/document.xml", "/docProps/core.xml", "/customXml/itemProps1.xml"} <= declared
    assert len(names(data)) == len(set(names(data)))
    assert HERE.file
