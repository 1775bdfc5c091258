"""The first template that a notice pack yields: sound, fillable, in the figures of GB/T 9704."""

from __future__ import annotations

from docgen.fill import (
    blank_template,
    compile_template,
    has_contents,
    lint_template,
    template_headings,
)
from docgen.model.blocks import Paragraph, Text
from docgen.model.notice import ChapterSpec, Document, Field, FieldType, Notice, TableSpec
from docgen.model.rule import Party
from tests.fill.kit import HERE, W, chapter, filled, part, styles_used, texts


def field(key: str, kind: FieldType = FieldType.TEXT, *members: Field, **more: str) -> Field:
    return Field(key, kind, fields={member.key: member for member in members}, **more)


WIDE = field("指标", FieldType.TABLE, *(field(f"栏{n}") for n in range(9)))
FIELDS = (
    field("单位名称"),
    field("服务行业", FieldType.CHOICES),
    field("注册资本", FieldType.NUMBER, unit="万元"),
    field("联系人", FieldType.GROUP, field("姓名"), field("手机")),
    field("案例", FieldType.TABLE, field("客户"), field("行业")),
    WIDE,
    field("证明材料", FieldType.TABLE, field("编号"), field("名称")),
    field("申报日期", FieldType.DATE),
)
NOTICE = Notice("n", "通知", "", "", fields={Party.APPLICANT: {f.key: f for f in FIELDS}})
BOOK = Document(
    "建设方案",
    Party.APPLICANT,
    title="建设方案",
    chapters=(ChapterSpec("基础", ("甲节", "乙节", "丙节")), ChapterSpec("目标", ("丁节",))),
    tables=(
        TableSpec("案例表", "案例", (), "基础.甲节"),
        TableSpec("指标表", "指标", (), "目标.丁节"),
        TableSpec("证明材料清单", "证明材料", ()),
    ),
)


def facts() -> dict[str, object]:
    block = (Paragraph((Text("段"),), HERE),)
    return {
        "单位名称": "甲",
        "服务行业": "机械",
        "注册资本": 3,
        "联系人": {"姓名": "子", "手机": "1"},
        "案例": [{"客户": "客一", "行业": "机械"}, {"客户": "客二", "行业": "汽车"}],
        "指标": [{f"栏{n}": str(n) for n in range(9)}],
        "证明材料": [{"编号": "证01", "名称": "执照"}],
        "申报日期": "2026年6月1日",
        "正文": {
            "基础": chapter("基础", {"甲节": block, "乙节": block, "丙节": block}),
            "目标": chapter("目标", {"丁节": block}),
        },
    }


def test_a_book_has_all_its_chapters_and_no_finding() -> None:
    data = blank_template(BOOK, NOTICE)
    known = {path: "" for f in FIELDS for path, _ in f.walk()}
    known |= dict.fromkeys(["正文", "正文.基础", "正文.目标"], "")
    assert lint_template(data, known) == ()
    assert template_headings(data).typed == ("基础", "目标")
    assert has_contents(data)
    assert data == blank_template(BOOK, NOTICE)


def test_tables_stand_after_their_sections() -> None:
    result = filled(blank_template(BOOK, NOTICE), facts())
    assert not result.problems and not result.holes
    shown = texts(result.docx)
    order = [
        "甲节",
        "案例表",
        "客一",
        "客二",
        "乙节",
        "丙节",
        "丁节",
        "指标表",
        "证明材料清单",
        "执照",
    ]
    assert [text for text in shown if text in order] == order
    assert "注册资本（万元）" in shown and "联系人手机" in shown


def test_a_wide_table_lies_across_the_page() -> None:
    body = part(blank_template(BOOK, NOTICE))
    sizes = [(s.get(W + "orient"), s.get(W + "w")) for s in body.iter(W + "pgSz")]
    assert sizes.count(("landscape", "16838")) == 1
    assert [n.get(W + "start") for n in body.iter(W + "pgNumType")] == ["1"]


def test_the_page_is_that_of_the_standard() -> None:
    data = blank_template(BOOK, NOTICE)
    margins = next(part(data).iter(W + "pgMar"))
    assert [margins.get(W + side) for side in ("top", "left", "bottom", "right")] == [
        "2098", "1587", "1984", "1474",
    ]  # fmt: skip
    styles = part(data, "word/styles.xml")
    sheet = {s.get(W + "styleId"): s for s in styles.iter(W + "style")}
    spacing = next(sheet["Normal"].iter(W + "spacing"))
    assert (spacing.get(W + "line"), spacing.get(W + "lineRule")) == ("579", "exact")
    assert next(sheet["BodyText"].iter(W + "ind")).get(W + "firstLineChars") == "200"
    fonts = {k: [f.get(W + "eastAsia") for f in s.iter(W + "rFonts")] for k, s in sheet.items()}
    assert fonts["Heading1"] == ["黑体"] and fonts["Heading2"] == ["楷体_GB2312"]
    assert fonts["DocumentTitle"] == ["方正小标宋简体"]
    assert not any("Theme" in str(key) for f in styles.iter(W + "rFonts") for key in f.attrib)


def test_a_paper_has_title_table_and_signature() -> None:
    paper = Document(
        "推荐汇总表",
        Party.BUREAU,
        title="汇总表",
        recipient="省工信厅",
        tables=(TableSpec("对象", "案例", ()),),
    )
    data = blank_template(paper, NOTICE)
    assert not compile_template(data).problems
    shown = styles_used(data)
    assert shown[:2] == [("DocumentTitle", "汇总表"), ("Addressee", "省工信厅：")]
    assert [style for style, _ in shown[-2:]] == ["Signature1", "Signature1"]
