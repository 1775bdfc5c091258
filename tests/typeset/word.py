"""Small Word files for tests: raw WordprocessingML put into a zip, nothing hidden."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from PIL import Image

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
A4 = '<w:pgSz w:w="11906" w:h="16838"/>'
GB = (  # GB/T 9704: 156 mm by 225 mm of text
    A4 + '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="850" '
    'w:footer="1400" w:gutter="0"/>'
)
TEXT_WIDTH = (11906 - 1474 - 1588) / 20
STYLES = """
<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"
 w:eastAsia="仿宋_GB2312"/><w:sz w:val="32"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/><w:pPr>
 <w:spacing w:line="579" w:lineRule="exact"/><w:jc w:val="both"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/>
 <w:pPr><w:keepNext/><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr>
 <w:rPr><w:rFonts w:eastAsia="黑体"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/><w:basedOn w:val="a"/>
 <w:pPr><w:keepNext/><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>
 <w:outlineLvl w:val="1"/></w:pPr><w:rPr><w:rFonts w:eastAsia="楷体_GB2312"/></w:rPr></w:style>
<w:style w:type="table" w:default="1" w:styleId="t"><w:name w:val="Normal Table"/><w:tblPr>
 <w:tblCellMar><w:left w:w="108" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar>
 </w:tblPr></w:style>
"""


def _level(n: int, kind: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:suff w:val="nothing"/><w:lvlText w:val="{text}"/>{more}</w:lvl>'
    )


NUMBERING = (
    '<w:abstractNum w:abstractNumId="0">'
    + _level(0, "chineseCounting", "%1、")
    + _level(1, "chineseCounting", "（%2）")
    + _level(2, "decimal", "%3.")
    + _level(3, "decimal", "（%4）")
    + '</w:abstractNum><w:abstractNum w:abstractNumId="1">'
    + _level(0, "decimalEnclosedCircleChinese", "%1")
    + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">'
    '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
)


def r(text: str, properties: str = "") -> str:
    """A run."""
    rpr = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{rpr}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def p(content: str = "", properties: str = "", *, style: str = "") -> str:
    """A paragraph; plain text becomes a run, XML stays as it is."""
    inner = content if content.startswith("<") or not content else r(content)
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{inner}</w:p>"


def field_runs(instruction: str, cached: str = "1") -> str:
    """A complex field with a cached result."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{r(cached)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def bookmark(name: str, content: str, number: int = 1) -> str:
    return (
        f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{content}'
        f'<w:bookmarkEnd w:id="{number}"/>'
    )


def tc(content: str, properties: str = "") -> str:
    """A table cell around paragraphs or plain text."""
    inner = content if content.startswith("<") else p(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def tbl(widths: tuple[int, ...], *rows: str, properties: str = "") -> str:
    """A table with single borders; widths in twips."""
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = "".join(f'<w:{side} w:val="single" w:sz="4" w:color="000000"/>' for side in sides)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f"<w:tbl><w:tblPr>{properties}<w:tblBorders>{lines}</w:tblBorders></w:tblPr>"
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def picture(
    relation: str, words: str = "示意图", *, millimetres: int = 40, anchor: str = ""
) -> str:
    """An inline picture; `anchor` holds positioning elements and makes it float."""
    size = millimetres * 36000
    kind = "anchor" if anchor else "inline"
    escaped = escape(words)
    return (
        f'<w:r><w:drawing><wp:{kind}>{anchor}<wp:extent cx="{size}" cy="{size}"/>'
        f'<wp:docPr id="1" name="图片 1" descr="{escaped}"/><a:graphic><a:graphicData uri="'
        'http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:blipFill>'
        f'<a:blip r:embed="{relation}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic>'
        f"</wp:{kind}></w:drawing></w:r>"
    )


def image(kind: str, **options: Any) -> bytes:
    """The bytes of a small red picture of a Pillow format."""
    out = BytesIO()
    Image.new("RGB", (60, 40), "red").save(out, kind, **options)
    return out.getvalue()


def section(content: str = GB) -> str:
    return f"<w:sectPr>{content}</w:sectPr>"


@dataclass
class Word:
    """A .docx in the making: body XML, and parts by relation id (kind, file name, content)."""

    body: str
    end: str = field(default_factory=section)
    parts: Mapping[str, tuple[str, str, bytes | str]] = field(default_factory=dict)
    styles: str = STYLES
    numbering: str = NUMBERING
    settings: str = ""
    title: str = "示例"

    def bytes(self) -> bytes:
        relations = [("styles", "styles.xml"), ("numbering", "numbering.xml")]
        relations.append(("settings", "settings.xml"))
        files: dict[str, bytes | str] = {
            "word/document.xml": _root("document", f"<w:body>{self.body}{self.end}</w:body>"),
            "word/styles.xml": _root("styles", self.styles),
            "word/numbering.xml": _root("numbering", self.numbering),
            "word/settings.xml": _root("settings", self.settings),
            "docProps/core.xml": (
                '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/'
                'metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
                f"<dc:title>{escape(self.title)}</dc:title></cp:coreProperties>"
            ),
        }
        lines = [
            f'<Relationship Id="base{n}" Type="{OFFICE}/{kind}" Target="{target}"/>'
            for n, (kind, target) in enumerate(relations)
        ]
        for relation, (kind, name, content) in self.parts.items():
            lines.append(f'<Relationship Id="{relation}" Type="{OFFICE}/{kind}" Target="{name}"/>')
            root = {"header": "hdr", "footer": "ftr"}.get(kind, kind)
            wrapped = _root(root, content) if isinstance(content, str) else content
            files[f"word/{name}"] = wrapped
        files["word/_rels/document.xml.rels"] = _relations("".join(lines))
        files["_rels/.rels"] = _relations(
            f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
        )
        files["[Content_Types].xml"] = _types(files)
        out = BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
            for name, content in files.items():
                package.writestr(zipfile.ZipInfo(name), content)
        return out.getvalue()


def _root(tag: str, inner: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{tag} {NAMESPACES}>{inner}</w:{tag}>'


def _relations(inner: str) -> str:
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    return f'{head}<Relationships xmlns="{space}">{inner}</Relationships>'


def _types(files: Mapping[str, bytes | str]) -> str:
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml."
    kinds = {"document": "document.main", "hdr": "header", "ftr": "footer"}
    overrides = ""
    for name in files:
        if name.startswith("word/") and name.endswith(".xml"):
            stem = name.removeprefix("word/").removesuffix(".xml").rstrip("0123456789")
            kind = kinds.get(stem, stem)
            overrides += f'<Override PartName="/{name}" ContentType="{word}{kind}+xml"/>'
    return (
        '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/'
        'package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.'
        'openxmlformats-package.relationships+xml"/><Default Extension="png" ContentType='
        '"image/png"/><Default Extension="jpg" ContentType="image/jpeg"/>'
        '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-'
        f'package.core-properties+xml"/>{overrides}</Types>'
    )
