"""Damaged and hostile files: a clean refusal or a Problem, never a traceback, never a leak."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pypdf
import pytest
from PIL import Image

from docgen.problem import Severity
from docgen.typeset import Unreadable, outline, typeset
from tests.typeset.paper import text
from tests.typeset.word import Word, image, p, picture, r, tbl, tc, tr


def rewritten(docx: bytes, name: str, content: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(docx)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.namelist():
            new.writestr(entry, content if entry == name else old.read(entry))
    return out.getvalue()


GOOD = Word(p("甲")).bytes()
DOCTYPE = (
    b'<?xml version="1.0"?><!DOCTYPE w [%s]><w:document xmlns:w="http://schemas.openxmlformats.org/'
)
DOCTYPE += (
    b'wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>%s</w:t></w:r></w:p></w:body></w:document>'
)
LAUGHS = b'<!ENTITY a "ha">' + b"".join(
    b'<!ENTITY %c "%s">' % (98 + n, (b"&%c;" % (97 + n)) * 50) for n in range(8)
)


@pytest.mark.parametrize(
    "bad",
    [
        b"",
        b"not a zip",
        GOOD[: len(GOOD) // 2],
        rewritten(GOOD, "word/document.xml", b"<w:document"),
        rewritten(GOOD, "word/document.xml", b""),
        rewritten(GOOD, "word/document.xml", b'<a xmlns="b"/>'),
        rewritten(GOOD, "word/styles.xml", b"\xff\xfe broken"),
        rewritten(GOOD, "word/document.xml", b"<a>" * 5000),
    ],
    ids=["empty", "text", "cut", "xml", "blank", "no body", "styles", "deep"],
)
def test_what_is_no_word_document_is_refused_in_chinese(bad, fonts):
    for ask in (lambda: typeset(bad, fonts), lambda: outline(bad)):
        with pytest.raises(Unreadable) as refused:
            ask()
        assert refused.value.problem.severity is Severity.ERROR
        assert any("一" <= character <= "鿿" for character in refused.value.problem.message)


@pytest.mark.parametrize(
    "entities", [b'<!ENTITY x SYSTEM "file:///etc/passwd">', LAUGHS], ids=["file", "laughs"]
)
def test_entities_are_never_expanded(entities, fonts):
    name = b"&x;" if b"SYSTEM" in entities else b"&i;"
    bad = rewritten(GOOD, "word/document.xml", DOCTYPE % (entities, b"a" + name + b"b"))
    try:
        shown = text(typeset(bad, fonts).pdf)
    except Unreadable:
        return
    assert set(shown) <= {"a", "b"}


def test_a_zip_bomb_is_refused(fonts, monkeypatch):
    from docgen.typeset.read import package

    monkeypatch.setattr(package, "MAX_TOTAL", 2**20)
    out = BytesIO(GOOD)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("word/media/1.bin", bytes(2**21))
    with pytest.raises(Unreadable, match="炸弹"):
        typeset(out.getvalue(), fonts)


def with_picture(blob: bytes) -> Word:
    single = "<w:spacing w:line='240' w:lineRule='auto'/>"
    return Word(
        p(r("前") + picture("img") + r("后"), single), parts={"img": ("image", "a.png", blob)}
    )


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "BMP", "TIFF", "GIF", "WEBP"])
def test_pictures_of_all_kinds_are_shown(printed, kind):
    made = printed(with_picture(image(kind)))
    assert made.problems == ()
    assert b"/Image" in made.pdf


def huge_png() -> bytes:
    import struct
    import zlib

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    size = struct.pack(">IIBBBBB", 60000, 60000, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("blob", "code"),
    [
        (b"not a picture", "图片损坏"),
        (image("PNG")[:60], "图片损坏"),
        (image("JPEG")[:80], "图片损坏"),
        (huge_png(), "图片过大"),
    ],
    ids=["text", "cut png", "cut jpeg", "bomb"],
)
def test_a_bad_picture_is_a_problem_and_the_text_still_comes(printed, blob, code):
    made = printed(with_picture(blob))
    (problem,) = made.problems
    assert (problem.code, problem.severity) == (code, Severity.ERROR)
    assert problem.where.spot == "第 1 段"
    assert text(made.pdf) == "前后"


def test_a_picture_too_wide_for_the_page_is_made_smaller_and_told(printed):
    single = "<w:spacing w:line='240' w:lineRule='auto'/>"
    wide = p(picture("img", millimetres=200), single)
    made = printed(Word(wide, parts={"img": ("image", "a.png", image("PNG"))}))
    assert [problem.code for problem in made.problems] == ["图片放不下"]


def test_a_picture_that_word_would_cut_is_told(printed):
    word = Word(p(picture("img")), parts={"img": ("image", "a.png", image("PNG"))})
    assert [problem.code for problem in printed(word).problems] == ["图片行距"]


def test_a_picture_is_turned_upright():
    from docgen.problem import Where
    from docgen.typeset.pictures import Prepared, prepare

    exif = Image.Exif()
    exif[0x0112] = 6
    made = prepare(image("JPEG", exif=exif), Where())
    assert isinstance(made, Prepared)
    assert Image.open(BytesIO(made.data)).size == (40, 60)


def test_odd_values_do_not_stop_the_printing(printed):
    body = (
        p(r("甲", "<w:color w:val='zzz'/><w:sz w:val='-5'/><w:highlight w:val='puce'/>"))
        + p(
            "乙",
            "<w:ind w:left='99999' w:right='99999'/><w:spacing w:line='-1' w:lineRule='exact'/>",
        )
        + p('<w:bookmarkStart w:id="1" w:name=""/>' + r("丙"))
        + p(
            '<w:bookmarkStart w:id="2" w:name="x"/><w:bookmarkStart w:id="3" w:name="x"/>' + r("丁")
        )
        + p('<w:r><w:fldChar w:fldCharType="end"/></w:r>' + r("戊"))
        + p(f'<w:hyperlink w:anchor="gone">{r("己")}</w:hyperlink>')
        + p(f'<w:hyperlink r:id="gone">{r("庚")}</w:hyperlink>')
        + p("辛", style="missing")
        + tbl((0, -5), tr(tc("壬"), tc("癸")))
    )
    assert sorted(text(printed(body).pdf)) == sorted("甲乙丙丁戊己庚辛壬癸")


def test_tables_nested_without_end_are_refused(printed):
    nested = p("芯")
    for _ in range(60):
        nested = tbl((5000,), tr(tc(nested + p())))
    with pytest.raises(Unreadable, match="排版引擎"):
        printed(nested)


def test_styles_that_inherit_in_a_circle_end(printed):
    from tests.typeset.word import STYLES

    circle = (
        '<w:style w:type="paragraph" w:styleId="x"><w:basedOn w:val="y"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="y"><w:basedOn w:val="x"/></w:style>'
    )
    assert text(printed(Word(p("甲", style="x"), styles=STYLES + circle)).pdf) == "甲"


def test_links_lead_only_to_web_and_mail(fonts):
    links = {"web": "https://example.com/", "js": "javascript:alert(1)"}
    body = "".join(p(f'<w:hyperlink r:id="{name}">{r("链接")}</w:hyperlink>') for name in links)
    word = Word(body)
    relations = "".join(
        f'<Relationship Id="{name}" Type="x/hyperlink" Target="{target}" TargetMode="External"/>'
        for name, target in links.items()
    )
    docx = word.bytes()
    with zipfile.ZipFile(BytesIO(docx)) as package:
        old = package.read("word/_rels/document.xml.rels")
    new = old.replace(b"</Relationships>", relations.encode() + b"</Relationships>")
    made = typeset(rewritten(docx, "word/_rels/document.xml.rels", new), fonts)
    page = pypdf.PdfReader(BytesIO(made.pdf)).pages[0]
    targets = [note.get_object()["/A"].get("/URI") for note in page.get("/Annots", [])]
    assert targets == ["https://example.com/"]
