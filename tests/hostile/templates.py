"""Hostile Word templates: each is checked as a file of its own."""

from __future__ import annotations

import io
import itertools
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path

from tests.fill.kit import docx, with_part
from tests.hostile.kit import Case, unzipped, zipped

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
GOOD = docx("{{ 单位名称 }}")
MAIN, RELS, TYPES = "word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"


def case(name: str, data: bytes, says: str = "") -> Case:
    file = f"templates/方案/{name}.docx"

    def plant(folder: Path) -> None:
        (folder.parents[2] / file).write_bytes(data)

    words = ("template", "check", file)
    return Case(name, plant, says, f"{name}.docx", words=words, quiet=not says)


def related(kind: str, target: str, mode: str = "", source: str = RELS) -> bytes:
    """One more relation of a part."""
    line = f'<Relationship Id="rId99" Type="{OFFICE}{kind}" Target="{target}"'
    line += f' TargetMode="{mode}"/>' if mode else "/>"
    parts = unzipped(GOOD)
    old = parts.get(source, f'<Relationships xmlns="{PACKAGE}"></Relationships>'.encode())
    return with_part(
        GOOD, source, old.replace(b"</Relationships>", line.encode() + b"</Relationships>")
    )


def field(instruction: str, split: int = 0) -> bytes:
    """A complex field; its instruction in one run, or in runs of `split` characters."""
    step = split or len(instruction)
    runs = "".join(
        f'<w:r><w:instrText xml:space="preserve">{instruction[at : at + step]}</w:instrText></w:r>'
        for at in range(0, len(instruction), step)
    )
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return docx(
        body=f"<w:p>{mark.format('begin')}{runs}{mark.format('separate')}{mark.format('end')}</w:p>"
    )


def _told(kind: str) -> bytes:
    """A field whose instruction is, by its element, none."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    word = f"<w:r><w:{kind}> DDEAUTO c:\\\\cmd </w:{kind}></w:r>"
    return docx(body=f"<w:p>{mark.format('begin')}{word}{mark.format('end')}</w:p>")


def nested_field() -> bytes:
    """DDEAUTO whose first word is itself made by a field: QUOTE 68 68 69 …"""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    begin, end = mark.format("begin"), mark.format("end")
    word = "<w:r><w:instrText> {} </w:instrText></w:r>"
    inner = begin + word.format("QUOTE 68 68 69 65 85 84 79") + end
    return docx(body=f"<w:p>{begin}{inner}{word.format('c:')}{end}</w:p>")


def doctype(entities: str, body: str, encoding: str = "utf-8") -> bytes:
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    xml = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE w [{entities}]>'
    paragraph = f"<w:p><w:r><w:t>{body}</w:t></w:r></w:p>"
    xml += f'<w:document xmlns:w="{w}"><w:body>{paragraph}</w:body></w:document>'
    return with_part(GOOD, MAIN, xml.encode(encoding))


def laughs() -> str:
    names = "abcdefghij"
    steps = (f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in itertools.pairwise(names))
    return '<!ENTITY a "哈哈哈">' + "".join(steps)


def lying(size: int = 300_000_000) -> bytes:
    """A part of 300 MB whose header says 100 bytes."""
    data = bytearray(with_part(GOOD, "word/media/a.bin", bytes(size)))
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 100)
    return bytes(data)


def doubled() -> bytes:
    out = io.BytesIO(GOOD)
    with zipfile.ZipFile(out, "a") as package:
        info = zipfile.ZipInfo(MAIN)
        package.filelist = [one for one in package.filelist if one.filename != MAIN]
        package.NameToInfo.pop(MAIN)
        package.writestr(info, "<w/>")
    with zipfile.ZipFile(io.BytesIO(GOOD)) as old:
        both = io.BytesIO()
        with zipfile.ZipFile(both, "w") as package:
            for entry in old.infolist():
                package.writestr(entry, old.read(entry))
            package.NameToInfo.clear()
            package.writestr(zipfile.ZipInfo(MAIN), old.read(MAIN))
    return both.getvalue()


def locked() -> bytes:
    data = bytearray(GOOD)
    at = 0
    while (at := data.find(b"PK\x01\x02", at)) >= 0:
        data[at + 8] |= 1
        at += 4
    return bytes(data)


def large(paragraphs: int) -> bytes:
    body = "<w:p><w:r><w:t>甲</w:t></w:r></w:p>" * paragraphs
    return docx(body=body)


def quine_like(depth: int) -> bytes:
    data = b"x" * 1000
    for _ in range(depth):
        data = zipped({"a.zip": data})
    return with_part(GOOD, "word/embeddings/a.zip", data)


def cases() -> Iterator[Case]:
    yield case("好的", GOOD)
    for name, kind, target, mode in (
        ("宏", "vbaProject", "vbaProject.bin", ""),
        ("OLE", "oleObject", "embeddings/a.bin", ""),
        (
            "OLE 外链",
            "oleObject",
            "mhtml:http://a.example/x.html!x-usc:http://a.example/x.html",
            "External",
        ),
        ("嵌入文件", "package", "embeddings/a.xlsx", ""),
        ("控件", "control", "activeX/activeX1.xml", ""),
        ("外来块", "aFChunk", "a.html", ""),
        ("子文档", "subDocument", "a.docx", "External"),
        ("框架", "frame", "http://a.example/", "External"),
        ("图片外链", "image", "http://a.example/a.png", "External"),
        ("图片共享", "image", "\\\\a.example\\s\\a.png", "External"),
        ("图片文件", "image", "file:///etc/passwd", "External"),
        ("链接文件", "hyperlink", "file://a.example/s", "External"),
        ("链接脚本", "hyperlink", "javascript:alert(1)", "External"),
        ("链接协议", "hyperlink", "ms-msdt:/id PCWDiagnostic", "External"),
        ("音频", "audio", "http://a.example/a.mp3", "External"),
        ("视频", "video", "http://a.example/a.mp4", "External"),
        ("表单源", "mailMergeSource", "file:///c:/a.mdb", "External"),
        ("工具栏", "attachedToolbars", "attachedToolbars.bin", ""),
        ("加载项", "webextension", "webextensions/webextension1.xml", ""),
        ("任务窗格", "webextensiontaskpanes", "webextensions/taskpanes.xml", ""),
        ("功能区", "ui/extensibility", "customUI.xml", ""),
        ("收件人", "recipientData", "recipientData.xml", ""),
        ("图片小写外链", "image", "http://a.example/a.png", "external"),
        ("图片不说外链", "image", "http://a.example/a.png", ""),
        ("图片不说共享", "image", "\\\\a.example\\s\\a.png", ""),
        ("链接里有换行", "hyperlink", "http:&#10;file://a.example/s", "External"),
    ):
        yield case(name, related(kind, target, mode), "文件")
    yield case("页眉外链", _header_image(), "外部内容")
    yield case(
        "主题外链",
        related("image", "http://a.example/a.png", "External", "word/theme/_rels/theme1.xml.rels"),
        "外部内容",
    )
    yield case(
        "附着模板",
        related(
            "attachedTemplate",
            "http://a.example/a.dotm",
            "External",
            "word/_rels/settings.xml.rels",
        ),
    )
    yield case(
        "带宏的类型",
        with_part(
            GOOD,
            TYPES,
            unzipped(GOOD)[TYPES].replace(
                b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
                b"application/vnd.ms-word.document.macroEnabled.main+xml",
            ),
        ),
        "宏",
    )
    for word in (
        "DDE",
        "DDEAUTO",
        "INCLUDETEXT",
        "INCLUDEPICTURE",
        "LINK",
        "IMPORT",
        "DATABASE",
        "MACROBUTTON",
        "RD",
        "FILLIN",
        "AUTOTEXTLIST",
    ):
        yield case(f"域 {word}", field(f" {word} c:\\\\a "), word)
    yield case("域 拆开", field(" DDEAUTO c:\\\\cmd ", 3), "DDEAUTO")
    yield case("域 小写", field("\t ddeauto\tc:\\\\cmd "), "DDEAUTO")
    yield case("域 引号", field(' "DDEAUTO" c:\\\\cmd '), "DDEAUTO")
    yield case("域 套域", nested_field(), "域")
    yield case("域 删去的", _told("delInstrText"), "DDEAUTO")
    yield case("域 普通文字", _told("t"), "DDEAUTO")
    yield case("altChunk", docx(body='<w:altChunk xmlns:r="x" r:id="rId1"/>'), "altChunk")
    yield case(
        "VML 外链",
        docx(
            body='<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:imagedata src="http://a.example/a.png"/></v:shape></w:pict></w:r></w:p>'
        ),
        "外部",
    )
    yield case("外部实体", doctype('<!ENTITY x SYSTEM "file:///etc/passwd">', "&x;"), "DTD")
    yield case(
        "外部实体 UTF-16",
        doctype('<!ENTITY x SYSTEM "file:///etc/passwd">', "&x;", "utf-16"),
        "DTD",
    )
    yield case(
        "参数实体", doctype('<!ENTITY % x SYSTEM "http://a.example/a.dtd"> %x;', "甲"), "DTD"
    )
    yield case("十亿笑", doctype(laughs(), "&j;"), "不是合法的 XML")
    yield case("只有 DTD", doctype("<!ELEMENT a ANY>", "甲"), "DTD")
    yield case(
        "类型里的实体",
        with_part(GOOD, TYPES, '<!DOCTYPE a [<!ENTITY x "y">]><Types>&x;</Types>'),
        "XML",
    )
    yield case(
        "关系里的实体",
        with_part(
            GOOD,
            RELS,
            '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
            f'<Relationships xmlns="{PACKAGE}">&x;</Relationships>',
        ),
        "XML",
    )
    yield case("深嵌套", with_part(GOOD, MAIN, b"<a>" * 100_000), "XML")
    yield case("合法的深嵌套", docx(body="<w:p>" + "<w:ins>" * 240 + "</w:ins>" * 240 + "</w:p>"))
    yield case("炸弹", with_part(GOOD, "word/media/a.bin", bytes(60_000_000)), "炸弹")
    yield case("谎报大小", lying(), "压缩包打不开")
    yield case("套娃", quine_like(30))
    yield case("部件很多", with_parts({f"word/media/{n}.xml": b"" for n in range(6000)}), "炸弹")
    yield case("爬出", with_part(GOOD, "../../../../etc/cron.d/a", b"x"), "不合规")
    yield case("绝对路径", with_part(GOOD, "/etc/cron.d/a", b"x"), "不合规")
    yield case("反斜杠", with_part(GOOD, "..\\..\\a", b"x"), "不合规")
    yield case("两个正文", doubled(), "重复")
    yield case("大小写重复", with_part(GOOD, "WORD/DOCUMENT.XML", b"<w/>"), "重复")
    yield case("加密", locked(), "密码")
    yield case("不是 zip", b"not a zip", "打不开")
    yield case("旧格式", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(3000), "打不开")
    yield case("截断", GOOD[: len(GOOD) // 2], "打不开")
    yield case("空", b"", "打不开")
    yield case("十万段", large(100_000), "过多")
    yield case("万段", large(10_000))
    yield case("百万段", large(1_000_000), "过多")
    yield case("长循环", docx("{% for i in range(10**9) %}x{% endfor %}"), "乘方")
    for name, svg in {
        "脚本": "<script>alert(1)</script>", "事件": '<rect onload="a()"/>', "外链": '<image href="http://a.example/a.png"/>',
        "引用": '<use href="file:///etc/passwd#a"/>', "框": "<foreignObject/>",
    }.items():  # fmt: skip
        drawn = f'<svg xmlns="http://www.w3.org/2000/svg">{svg}</svg>'
        yield case(f"矢量图 {name}", with_part(GOOD, "word/media/a.svg", drawn), "a.svg")
    yield case(
        "矢量图 好的",
        with_part(
            GOOD, "word/media/a.svg", '<svg xmlns="http://www.w3.org/2000/svg"><rect/></svg>'
        ),
    )
    yield case(
        "矢量图 实体",
        with_part(GOOD, "word/media/a.svg", '<!DOCTYPE a [<!ENTITY x "y">]><svg>&x;</svg>'),
        "SVG",
    )
    yield case("域 链接", field(' HYPERLINK "file://a.example/s" '), "外部")
    yield case("域 共享", field(" HYPERLINK \\\\a.example\\s "), "外部")
    yield case("域 好链接", field(' HYPERLINK "https://a.example/" '))
    yield case("域 书签", field(" HYPERLINK \\l 甲 "))
    yield case("域 目录", field(' TOC \\o "1-3" \\h '))
    for word in (
        "import 'a' as b",
        "include '/etc/passwd'",
        "extends '/etc/passwd'",
        "from 'a' import b",
    ):
        yield case(f"语句 {word.split()[0]}", docx("{% " + word + " %}"), word.split()[0])


def with_parts(more: dict[str, bytes]) -> bytes:
    return zipped(unzipped(GOOD) | more)


def _header_image() -> bytes:
    name = next(
        (n for n in unzipped(GOOD) if n.startswith("word/header") or n.startswith("word/footer")),
        "word/footer1.xml",
    )
    return related(
        "image", "http://a.example/a.png", "External", f"word/_rels/{name.rpartition('/')[2]}.rels"
    )
