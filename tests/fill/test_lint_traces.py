"""What goes out with a template unseen: revisions, comments, hidden text, fonts, what may act."""

from __future__ import annotations

import pytest

from docgen.fill.house.text import paragraph
from docgen.fill.package import KIND, declare, read_package, relate, write_package
from docgen.fill.xml import DECLARATIONS, serialise
from docgen.problem import Severity
from tests.fill.kit import W, docx, grid, part, with_part
from tests.fill.planted import TYPE, lint, lint_body, told

RUN = '<w:r><w:t xml:space="preserve">甲</w:t></w:r>'
WHO = 'w:id="7" w:author="某人" w:date="2026-01-01T00:00:00Z"'


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        (f"<w:ins {WHO}>{RUN}</w:ins>", "插入"),
        (f"<w:del {WHO}><w:r><w:delText>旧</w:delText></w:r></w:del>", "删除"),
        (f"<w:moveFrom {WHO}>{RUN}</w:moveFrom>", "移走"),
        (f"<w:moveTo {WHO}>{RUN}</w:moveTo>", "移来"),
        (f"<w:r><w:rPr><w:rPrChange {WHO}><w:rPr/></w:rPrChange></w:rPr></w:r>", "改格式"),
    ],
)
def test_tracked_changes_are_told_where_they_stand(inside: str, said: str) -> None:
    body = paragraph("前").replace("</w:p>", inside + "</w:p>")
    found = lint_body(body)
    assert [(p.code, p.where.spot, p.severity) for p in found] == [
        ("模板修订", "正文第2段", Severity.WARNING)
    ]
    assert said in found[0].message


def test_a_row_that_was_inserted_is_told_at_its_row() -> None:
    body = grid(("甲",), ("乙",))
    at = body.rindex("<w:cantSplit/>")
    body = body[:at] + body[at:].replace("<w:cantSplit/>", f"<w:cantSplit/><w:ins {WHO}/>")
    assert told(body) == [("模板修订", "正文表1第2行第1格")]
    assert "留有尚未接受的修订（" in lint_body(body)[0].message


def test_tags_in_inserted_text_are_judged_all_the_same() -> None:
    line = RUN.replace("甲", "{{ 电活 }}")
    body = paragraph("前").replace("</w:p>", f"<w:ins {WHO}>{line}</w:ins></w:p>")
    assert told(body) == [
        ("模板未知名称", "正文第2段：{{ 电活 }}"),
        ("模板修订", "正文第2段"),
    ]


def test_comments_left_behind_are_told_with_their_text() -> None:
    mark = '<w:r><w:commentReference w:id="3"/></w:r></w:p>'
    parts = read_package(docx("甲", body=paragraph("乙").replace("</w:p>", mark)))
    comment = f'<w:comment w:id="3" w:author="甲">{paragraph("这里要改")}</w:comment>'
    parts["word/comments.xml"] = f"<w:comments {DECLARATIONS}>{comment}</w:comments>".encode()
    declare(parts, "word/comments.xml", TYPE.format("comments"))
    relate(parts, "word/document.xml", KIND + "comments", "word/comments.xml")
    (found,) = lint(write_package(parts))
    assert (found.code, found.where.spot) == ("模板批注", "正文第2段")
    assert "这里要改" in found.message


def test_hidden_text_is_told_direct_and_by_style() -> None:
    direct = paragraph("机密").replace("<w:rPr>", "<w:rPr><w:vanish/>")
    shown = paragraph("公开").replace("<w:rPr>", '<w:rPr><w:vanish w:val="0"/>')
    assert told(direct + shown) == [("模板隐藏文字", "正文第2段")]
    data = docx("单位", body=paragraph("暗处", "附注"))
    styles = part(data, "word/styles.xml")
    (style,) = styles.iterfind(f"{W}style[@{W}styleId='Remark']")
    properties = style.find(W + "rPr")
    if properties is None:
        properties = style.makeelement(W + "rPr")
        style.append(properties)
    properties.append(style.makeelement(W + "vanish"))
    found = lint(with_part(data, "word/styles.xml", serialise(styles)))
    assert [(p.code, p.where.spot) for p in found] == [("模板隐藏文字", "正文第2段")]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("电话：13812345678", "手机号码"),
        ("手机 138 1234 5678", "手机号码"),
        ("证号 11010519491231002X", "身份证号"),
        ("代码 91350100M000100Y43", "信用代码"),
        ("座机 010-12345678", "固定电话"),
        ("发到 a.b@example.com", "邮箱"),
        ("账号 6222 0000 1111 2222 333", "银行账号"),
        ("证号 110105194912310021", ""),
        ("工信厅规函〔2026〕238号，2026-05-25 至 2026-06-20", ""),
        ("{{ 电话 | default('13812345678') }}", ""),
    ],
)
def test_what_looks_like_real_data_is_hinted_at(text: str, kind: str) -> None:
    found = lint_body(paragraph(text))
    assert [p.code for p in found] == (["疑似实际资料"] if kind else []), found
    assert all(f"像{kind}的" in p.message and p.severity is Severity.INFO for p in found)


@pytest.mark.parametrize(
    ("fonts", "said"),
    [
        ('<w:rFonts w:eastAsiaTheme="minorEastAsia"/>', "主题字体"),
        ('<w:rFonts w:ascii="仿宋" w:hAnsi="仿宋"/>', "只给西文"),
        ('<w:rFonts w:ascii="Arial" w:eastAsia="黑体"/>', ""),
        ('<w:rFonts w:ascii="Arial"/>', ""),
    ],
)
def test_fonts_that_will_not_hold_are_told(fonts: str, said: str) -> None:
    body = paragraph("黑体字").replace('<w:rFonts w:hint="eastAsia"/>', fonts)
    found = lint_body(body)
    assert [(p.code, p.where.spot) for p in found] == ([("模板字体", "正文第2段")] if said else [])
    assert all(said in p.message and p.severity is Severity.WARNING for p in found)


def test_a_template_without_any_chinese_font_is_told_once() -> None:
    data = docx("单位：{{ 单位名称 }}", "又一段")
    bare = f"<w:styles {DECLARATIONS}/>"
    (found,) = lint(with_part(data, "word/styles.xml", bare))
    assert found.code == "模板字体" and "共 2 处" in found.message


def test_default_theme_fonts_are_told_once() -> None:
    data = docx("单位：{{ 单位名称 }}")
    styles = part(data, "word/styles.xml")
    fonts = styles.find(f"{W}docDefaults//{W}rFonts")
    assert fonts is not None
    fonts.set(W + "asciiTheme", "minorHAnsi")
    (found,) = lint(with_part(data, "word/styles.xml", serialise(styles)))
    assert (found.code, found.where.spot) == ("模板字体", "默认字体")


FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> INCLUDE</w:instrText></w:r>'
    '<w:r><w:instrText>TEXT "c:\\a.docx"</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        (FIELD, "INCLUDETEXT"),
        ('<w:fldSimple w:instr="DDEAUTO c:\\a"/>', "DDEAUTO"),
        ("<w:r><w:object/></w:r>", "嵌入对象"),
    ],
)
def test_what_may_act_is_told_with_its_place(inside: str, said: str) -> None:
    body = paragraph("总则", "标题1") + paragraph("前").replace("</w:p>", inside + "</w:p>")
    (found,) = lint_body(body)
    assert (found.code, found.where.spot) == ("模板不安全", "正文“总则”下第3段")
    assert said in found.message


def test_outside_links_macros_and_chunks_are_told_beside_other_faults() -> None:
    parts = read_package(docx("{{ 电活 }}", body='<w:altChunk r:id="rId90"/>'))
    rels = "word/_rels/document.xml.rels"
    external = (
        f'<Relationship Id="rId91" Type="{KIND}image" Target="http://x.cn/a.png" '
        'TargetMode="External"/>'
        f'<Relationship Id="rId92" Type="{KIND}vbaProject" Target="vbaProject.bin"/>'
        "</Relationships>"
    )
    parts[rels] = parts[rels].replace(b"</Relationships>", external.encode())
    parts["word/vbaProject.bin"] = b"\0"
    found = lint(write_package(parts))
    assert [p.code for p in found] == ["模板未知名称", *["模板不安全"] * 3]
    words = "".join(p.message for p in found)
    assert all(said in words for said in ("外部内容", "宏", "altChunk"))


def test_a_linked_picture_is_told_at_its_paragraph() -> None:
    picture = '<w:r><w:drawing><a:blip r:link="rId91"/></w:drawing></w:r></w:p>'
    parts = read_package(docx("甲", body=paragraph("图").replace("</w:p>", picture)))
    rels = "word/_rels/document.xml.rels"
    external = (
        f'<Relationship Id="rId91" Type="{KIND}image" Target="file:///a.png" '
        'TargetMode="External"/></Relationships>'
    )
    parts[rels] = parts[rels].replace(b"</Relationships>", external.encode())
    (found,) = lint(write_package(parts))
    assert (found.code, found.where.spot) == ("模板不安全", "正文第2段")


def test_an_attached_template_is_told_though_it_will_be_dropped() -> None:
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{KIND}attachedTemplate" Target="file:///\\\\x\\a.dotm" '
        'TargetMode="External"/></Relationships>'
    )
    (found,) = lint(with_part(docx("甲"), "word/_rels/settings.xml.rels", rels))
    assert (found.code, found.severity) == ("模板不安全", Severity.WARNING)


def test_what_looks_personal_is_not_repeated_in_full() -> None:
    (found,) = lint_body(paragraph("电话：13812345678"))
    assert "13812345678" not in found.message and "138…78" in found.message
