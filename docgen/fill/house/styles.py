"""The house's styles.xml: the figures of GB/T 9704-2012 as named styles.

Body: 仿宋_GB2312 三号, 28.95 pt exact, 22 lines of 28 characters on 156 x 225 mm. Names are Word's
own where it has one, Chinese where it has none; fonts are named outright, never by a theme.
"""

from __future__ import annotations

from dataclasses import dataclass

from docgen.fill.xml import DECLARATIONS

LINE = 579  # 28.95 pt: 225 mm in 22 lines
FANG, KAI, HEI, SONG, BIAO = "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体", "方正小标宋简体"
EXACT = f'<w:spacing w:before="0" w:after="0" w:line="{LINE}" w:lineRule="exact"/>'
SINGLE = '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
NO_GRID = '<w:snapToGrid w:val="0"/>'
INDENT = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'
KEEP = "<w:keepNext/><w:keepLines/>"


@dataclass(frozen=True, slots=True)
class Look:
    """One paragraph style: `paragraph` is the inside of w:pPr, `spacing` in 1/20 pt."""

    id: str
    name: str
    base: str = "Normal"
    next: str = ""
    paragraph: str = ""
    font: str = ""
    latin: str = "Times New Roman"
    size: float = 0
    spacing: int | None = None
    extra: str = ""
    priority: int = 99

    def xml(self) -> str:
        run = (_fonts(self.font, self.latin) if self.font else "") + self.extra
        if self.spacing is not None:
            run += f'<w:spacing w:val="{self.spacing}"/>'
        if self.size:
            half = int(self.size * 2)
            run += f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'
        return (
            f'<w:style w:type="paragraph" {_custom(self.name)}w:styleId="{self.id}">'
            f'<w:name w:val="{self.name}"/><w:basedOn w:val="{self.base}"/>'
            + (f'<w:next w:val="{self.next}"/>' if self.next else "")
            + f'<w:uiPriority w:val="{self.priority}"/><w:qFormat/>'
            + (f"<w:pPr>{self.paragraph}</w:pPr>" if self.paragraph else "")
            + (f"<w:rPr>{run}</w:rPr>" if run else "")
            + "</w:style>"
        )


def _custom(name: str) -> str:
    return "" if name.isascii() else 'w:customStyle="1" '


def _fonts(font: str, latin: str = "Times New Roman") -> str:
    return (
        f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{font}" '
        'w:cs="Times New Roman"/>'
    )


def _heading(level: int, font: str) -> Look:
    numbered = f'<w:numPr><w:ilvl w:val="{level - 1}"/><w:numId w:val="1"/></w:numPr>'
    outline = f'<w:outlineLvl w:val="{level - 1}"/>'
    return Look(
        f"Heading{level}", f"heading {level}", next="BodyText", font=font, priority=9,
        paragraph=f"{KEEP}{numbered}{EXACT}{INDENT}{outline}",
        extra='<w:b w:val="0"/><w:bCs w:val="0"/>',
    )  # fmt: skip


def _contents(level: int) -> Look:
    left = 320 * (level - 1)
    return Look(
        f"TOC{level}", f"toc {level}", next="Normal", priority=39, size=14,
        paragraph='<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="8845"/></w:tabs>'
        f'{NO_GRID}<w:spacing w:before="0" w:after="0" w:line="520" w:lineRule="exact"/>'
        f'<w:ind w:leftChars="0" w:left="{left}"/><w:jc w:val="left"/>',
    )  # fmt: skip


CENTRE = '<w:jc w:val="center"/>'
LOOKS = (
    Look("BodyText", "Body Text", paragraph=INDENT, priority=1),
    _heading(1, HEI),
    _heading(2, KAI),
    _heading(3, FANG),
    _heading(4, FANG),
    Look("DocumentTitle", "公文标题", next="BodyText", font=BIAO, size=22, spacing=0, priority=2,
         paragraph=f'{KEEP}{NO_GRID}<w:spacing w:before="0" w:after="{LINE}" w:line="700" '
                   f'w:lineRule="exact"/>{CENTRE}'),
    Look("CoverTitle", "封面标题", next="CoverItem", font=BIAO, size=26, spacing=0, priority=3,
         paragraph=f'{NO_GRID}<w:spacing w:before="0" w:after="0" w:line="800" '
                   f'w:lineRule="exact"/>{CENTRE}'),
    Look("CoverItem", "封面项目", priority=3, spacing=0,
         paragraph=f'{NO_GRID}<w:spacing w:before="0" w:after="0" w:line="640" '
                   'w:lineRule="exact"/><w:ind w:left="960"/><w:jc w:val="left"/>'),
    Look("TOCHeading", "TOC Heading", next="BodyText", font=HEI, size=18, spacing=0, priority=39,
         paragraph=f'{KEEP}{NO_GRID}<w:spacing w:before="0" w:after="289" w:line="{LINE}" '
                   f'w:lineRule="exact"/>{CENTRE}'),
    _contents(1),
    _contents(2),
    _contents(3),
    Look("Addressee", "主送机关", next="BodyText", priority=4),
    Look("AnnexMark", "附件标识", next="DocumentTitle", font=HEI, priority=4,
         paragraph=f"{KEEP}"),
    Look("Signature1", "落款", priority=5,
         paragraph=f'{KEEP}<w:ind w:rightChars="400" w:right="1280"/><w:jc w:val="right"/>'),
    Look("Remark", "附注", priority=5, paragraph=INDENT),
    Look("ListText", "列表", base="BodyText", priority=6),
    Look("Quote", "Quote", base="BodyText", font=KAI, priority=29),
    Look("CodeText", "代码", priority=30, size=12, spacing=0,
         paragraph=f'{NO_GRID}<w:spacing w:before="0" w:after="0" w:line="400" w:lineRule="exact"/>'
                   '<w:ind w:left="640"/><w:jc w:val="left"/>'),
    Look("Caption", "caption", next="BodyText", font=HEI, size=12, spacing=0, priority=35,
         paragraph=f'{KEEP}{NO_GRID}<w:spacing w:before="120" w:after="60" w:line="240" '
                   f'w:lineRule="auto"/>{CENTRE}'),
    Look("PictureLine", "图片", next="Caption", spacing=0, priority=36,
         paragraph=f'{NO_GRID}<w:spacing w:before="120" w:after="60" w:line="240" '
                   f'w:lineRule="auto"/>{CENTRE}'),
    Look("CellText", "表格文字", size=10.5, spacing=0, priority=37,
         paragraph=f'{NO_GRID}{SINGLE}<w:jc w:val="left"/>'),
    Look("CellHead", "表头", base="CellText", font=HEI, priority=37, paragraph=CENTRE),
    Look("FormText", "表单文字", base="CellText", size=12, priority=38,
         paragraph='<w:spacing w:before="60" w:after="60" w:line="240" w:lineRule="auto"/>'),
    Look("FormLabel", "表单项目", base="FormText", priority=38, paragraph=CENTRE),
    Look("Header", "header", size=9, spacing=0, priority=99,
         paragraph=f'{NO_GRID}{SINGLE}{CENTRE}'),
    Look("Footer", "footer", font=SONG, latin=SONG, size=14, spacing=0, priority=99,
         paragraph=f'{NO_GRID}{SINGLE}<w:jc w:val="left"/>'),
)  # fmt: skip

BUILT_IN = """\
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>\
<w:pPr><w:overflowPunct w:val="0"/>{exact}<w:jc w:val="both"/></w:pPr>\
<w:rPr><w:spacing w:val="-5"/><w:kern w:val="2"/></w:rPr></w:style>\
<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">\
<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/>\
<w:unhideWhenUsed/></w:style>\
<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>\
<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" \
w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>\
<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr>\
</w:style>\
<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>\
<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/></w:style>\
<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/>\
<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="39"/><w:tblPr><w:tblBorders>{borders}\
</w:tblBorders></w:tblPr></w:style>\
<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/>\
<w:basedOn w:val="DefaultParagraphFont"/><w:uiPriority w:val="99"/><w:unhideWhenUsed/></w:style>"""


def styles_xml() -> bytes:
    """The styles part."""
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f"<w:styles {DECLARATIONS}><w:docDefaults><w:rPrDefault><w:rPr>{_fonts(FANG)}"
        '<w:sz w:val="32"/><w:szCs w:val="32"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
        + BUILT_IN.format(exact=EXACT, borders=borders)
        + "".join(look.xml() for look in LOOKS)
        + "</w:styles>"
    ).encode()
