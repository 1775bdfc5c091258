"""What a PDF may do besides being looked at: found before it comes near a volume."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pikepdf

ACTIONS = {
    "/JavaScript": "脚本",
    "/Launch": "启动其他程序的动作",
    "/SubmitForm": "提交表单的动作",
    "/ImportData": "导入数据的动作",
    "/GoToE": "打开嵌入文件的动作",
    "/Rendition": "播放媒体的动作",
    "/Movie": "播放媒体的动作",
    "/Sound": "播放媒体的动作",
    "/RichMediaExecute": "播放媒体的动作",
}
NOTES = {
    "/FileAttachment": "嵌入的文件",
    "/RichMedia": "嵌入的媒体",
    "/Screen": "嵌入的媒体",
    "/Movie": "嵌入的媒体",
    "/Sound": "嵌入的媒体",
    "/3D": "嵌入的三维模型",
}
SUSPECT = re.compile(
    rb"/(?:JavaScript|Launch|SubmitForm|ImportData|GoToE|Rendition|Movie|Sound|Screen|3D"
    rb"|RichMedia\w*|FileAttachment|EmbeddedFiles?|EF|XFA|OpenAction)(?![\w#])"
)
CARRIED = re.compile(rb"/(?:Metadata|PieceInfo|AF|OPI|Ref|Alternates|LastModified)(?![\w#])")
BAGGAGE = ("/Metadata", "/PieceInfo", "/AF", "/OPI", "/Ref", "/Alternates", "/LastModified")
FILES = ("/F", "/UF", "/DOS", "/Mac", "/Unix")
DEEPEST = 40


def active_content(pdf: pikepdf.Pdf) -> tuple[str, bool]:
    """What a PDF holds that acts or hides, in words, "" where it is paper and nothing else.

    And whether metadata or private data hang on pictures and the like.
    """
    baggage = False
    for held in _held(pdf):
        text = held.unparse(resolved=True)
        if SUSPECT.search(text):
            for found in _acts(held, 0):
                return found, baggage
        if "/F" in held and "/Length" in held:
            return "存在别的文件里的内容", baggage
        baggage = baggage or CARRIED.search(text) is not None
    return "", baggage


def drop_baggage(pdf: pikepdf.Pdf) -> None:
    """Takes metadata and private data off everything that has some."""
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Stream | pikepdf.Dictionary):
            for key in BAGGAGE:
                if key in thing:
                    del thing[key]


def _held(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Every object of a PDF that can hold others, a stream by its dictionary."""
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Stream):
            yield thing.stream_dict
        elif isinstance(thing, pikepdf.Dictionary | pikepdf.Array):
            yield thing


def _acts(thing: object, depth: int) -> Iterator[str]:
    """What a direct object and those within it do; those it refers to have their own turn."""
    if depth > DEEPEST:
        yield "套得过深的结构"
        return
    if isinstance(thing, pikepdf.Array):
        for item in thing:
            if not _is_elsewhere(item):
                yield from _acts(item, depth + 1)
        return
    if not isinstance(thing, pikepdf.Dictionary):
        return
    kind, subtype = str(thing.get("/S", "")), str(thing.get("/Subtype", ""))
    if kind in ACTIONS and ("/Type" not in thing or thing.Type == "/Action"):
        yield ACTIONS[kind]
    if subtype in NOTES and "/Rect" in thing:
        yield NOTES[subtype]
    if _is_attachment(thing):
        yield "嵌入的文件"
    if "/XFA" in thing:
        yield "XFA 动态表单"
    if "/OpenAction" in thing:
        yield from _on_opening(thing.OpenAction)
    for key in thing.keys():  # noqa: SIM118  a pikepdf Dictionary iterates over its keys only so
        item = thing[key]
        if not _is_elsewhere(item):
            yield from _acts(item, depth + 1)


def _is_elsewhere(item: object) -> bool:
    return isinstance(item, pikepdf.Object) and item.is_indirect


def _is_attachment(thing: pikepdf.Dictionary) -> bool:
    files = thing.get("/EF")
    named = isinstance(files, pikepdf.Dictionary) and any(key in files for key in FILES)
    return named or thing.get("/Type") == "/EmbeddedFile"


def _on_opening(action: object) -> Iterator[str]:
    """What an OpenAction does, unless it merely says which page to show first."""
    if isinstance(action, pikepdf.Dictionary):
        kind = str(action.get("/S", ""))
        if kind != "/GoTo":
            yield ACTIONS.get(kind, "打开时执行的动作")
