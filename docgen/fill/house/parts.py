"""The house's package: numbering, settings, fonts, page-number footers, and the sections' pages."""

from __future__ import annotations

from docgen.fill.house.styles import FANG, SONG, styles_xml
from docgen.fill.package import CONTENT_TYPES, KIND, Parts, declare, relate
from docgen.fill.xml import DECLARATIONS

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml."
MARGINS = (
    'w:top="2098" w:right="1474" w:bottom="1984" w:left="1587" w:header="1134" w:footer="1400" '
    'w:gutter="0"'
)
ACROSS = (
    'w:top="1587" w:right="1984" w:bottom="1474" w:left="2098" w:header="1020" w:footer="992" '
    'w:gutter="0"'
)
PORTRAIT, LANDSCAPE = 8845, 12756  # width of the text, twips
FONTS = (
    (FANG, "仿宋", "modern"),
    ("楷体_GB2312", "楷体", "modern"),
    ("黑体", "SimHei", "modern"),
    (SONG, "SimSun", "auto"),
    ("方正小标宋简体", "方正小标宋_GBK", "script"),
    ("Times New Roman", "Liberation Serif", "roman"),
)
_LEVELS = (
    ("chineseCounting", "%1、"),
    ("chineseCounting", "（%2）"),
    ("decimal", "%3."),
    ("decimal", "（%4）"),
)


def house_package(body: str) -> Parts:
    """A whole document in house style around the inside of its w:body."""
    parts: Parts = {
        CONTENT_TYPES: (
            f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
            'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>'
        ).encode()
    }
    document = "word/document.xml"
    parts[document] = (
        f"{HEAD}<w:document {DECLARATIONS}><w:body>{body}</w:body></w:document>"
    ).encode()
    declare(parts, document, MAIN + "document.main+xml")
    relate(parts, "", KIND + "officeDocument", document)
    for kind, data in (
        ("styles", styles_xml()),
        ("numbering", numbering_xml()),
        ("settings", settings_xml()),
        ("fontTable", font_table_xml()),
        ("footer", footer_xml(even=False)),
        ("footer", footer_xml(even=True)),
    ):
        number = sum(1 for part in parts if part.startswith(f"word/{kind}")) + 1
        part = f"word/{kind}{number if kind == 'footer' else ''}.xml"
        parts[part] = data
        declare(parts, part, f"{MAIN}{kind}+xml")
        relate(parts, document, KIND + kind, part)
    return parts


FOOTERS = (
    '<w:footerReference w:type="default" r:id="rId5"/>'
    '<w:footerReference w:type="even" r:id="rId6"/>'
)


def section(*, numbered: bool = False, restart: bool = False, landscape: bool = False) -> str:
    """A w:sectPr; one that is `numbered` has the page number at its foot."""
    size = (
        '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
        if landscape
        else '<w:pgSz w:w="11906" w:h="16838"/>'
    )
    start = '<w:pgNumType w:start="1"/>' if restart else ""
    return (
        f"<w:sectPr>{FOOTERS if numbered else ''}"
        f'<w:type w:val="nextPage"/>{size}<w:pgMar {ACROSS if landscape else MARGINS}/>{start}'
        '<w:cols w:space="425"/></w:sectPr>'
    )


def numbering_xml() -> bytes:
    """一、（一）1.（1） as one multilevel list, each level tied to its heading style."""
    levels = "".join(
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:pStyle w:val="Heading{index + 1}"/><w:suff w:val="nothing"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        '<w:pPr><w:ind w:left="0" w:firstLine="640"/></w:pPr>'
        '<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr></w:lvl>'
        for index, (form, text) in enumerate(_LEVELS)
    )
    return (
        f'{HEAD}<w:numbering {DECLARATIONS}><w:abstractNum w:abstractNumId="0">'
        f'<w:nsid w:val="1D0C9E01"/><w:multiLevelType w:val="multilevel"/>'
        f'<w:tmpl w:val="5A5A9704"/>{levels}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    ).encode()


def settings_xml() -> bytes:
    """Odd and even footers, Chinese line breaking, Word 2013 and later; no prompt at opening."""
    compat = "".join(
        f"<w:{name}/>"
        for name in (
            "spaceForUL", "balanceSingleByteDoubleByteWidth", "doNotLeaveBackslashAlone",
            "ulTrailSpace", "doNotExpandShiftReturn", "adjustLineHeightInTable", "useFELayout",
        )
    )  # fmt: skip
    modes = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word" '
        f'w:val="{value}"/>'
        for name, value in (
            ("compatibilityMode", 15), ("overrideTableStyleFontSizeAndJustification", 1),
            ("enableOpenTypeFeatures", 1), ("doNotFlipMirrorIndents", 1),
        )
    )  # fmt: skip
    return (
        f'{HEAD}<w:settings {DECLARATIONS}><w:zoom w:percent="100"/><w:bordersDoNotSurroundHeader/>'
        "<w:bordersDoNotSurroundFooter/>"
        '<w:defaultTabStop w:val="640"/><w:evenAndOddHeaders/>'
        '<w:characterSpacingControl w:val="compressPunctuation"/>'
        f"<w:compat>{compat}{modes}</w:compat>"
        '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/><w:decimalSymbol w:val="."/>'
        '<w:listSeparator w:val=","/></w:settings>'
    ).encode()


def font_table_xml() -> bytes:
    """The fonts by name, each with the name it has elsewhere."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/>'
        f'<w:charset w:val="{"00" if name.isascii() else "86"}"/><w:family w:val="{family}"/>'
        '<w:pitch w:val="default"/></w:font>'
        for name, other, family in FONTS
    )
    return f"{HEAD}<w:fonts {DECLARATIONS}>{fonts}</w:fonts>".encode()


def footer_xml(*, even: bool) -> bytes:
    """— 1 —: at the outer edge, one character in."""
    side = "left" if even else "right"
    look = f'<w:ind w:{side}Chars="100" w:{side}="280"/><w:jc w:val="{side}"/>'
    hint = '<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'

    def dash(text: str) -> str:
        return f'<w:r>{hint}<w:t xml:space="preserve">{text}</w:t></w:r>'

    number = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    return (
        f'{HEAD}<w:ftr {DECLARATIONS}><w:p><w:pPr><w:pStyle w:val="Footer"/>{look}</w:pPr>'
        f"{dash('— ')}{number}{dash(' —')}</w:p></w:ftr>"
    ).encode()
