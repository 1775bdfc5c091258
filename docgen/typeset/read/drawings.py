"""w:drawing, w:pict and w:object → inline pictures, and the text of text boxes."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from docgen.typeset.model import Floating, Picture
from docgen.typeset.read.xml import EMU, VML, WP, A, R, W, name, number

if TYPE_CHECKING:
    from docgen.typeset.read.story import Story
    from docgen.typeset.read.xml import Element

SIZE = re.compile(r"(width|height)\s*:\s*([\d.]+)(pt|in|cm|mm)?")
ALIGNS = {"center": 0.5, "right": 1.0, "outside": 1.0, "bottom": 1.0}  # share of the free room
MARGINS_BEFORE = frozenset(("leftMargin", "insideMargin", "topMargin"))
MARGINS_AFTER = frozenset(("rightMargin", "outsideMargin", "bottomMargin"))
CURE = "改为插入图片，或用 LibreOffice 转换"
NEAR = frozenset(("column", "character", "paragraph", "line"))  # else from margin or paper
UNITS = {"pt": 1.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, None: 0.75}


def drawing(element: Element, story: Story) -> Picture | Floating | None:
    """The picture of a w:drawing; one that text flows around is set inline, and said so."""
    frame = next((child for child in element if name(child) in ("inline", "anchor")), None)
    blips = element.findall(f".//{A}blip")
    if frame is None or not blips:
        if element.find(f".//{W}txbxContent") is None:
            story.notes.warn("图形", "图表或自选图形未能显示", CURE)
        return None
    _warn(element, len(blips), story)
    extent, words = frame.find(WP + "extent"), frame.find(WP + "docPr")
    width, height = (
        number(extent.get(side)) / EMU if extent is not None else 0.0 for side in ("cx", "cy")
    )
    alt = (words.get("descr") or words.get("title") or "") if words is not None else ""
    picture = _picture(blips[0].get(R + "embed"), width, height, alt, story)
    if picture is None:
        return None
    if name(frame) == "anchor":
        if frame.find(WP + "wrapNone") is not None:
            return _floating(frame, picture, story)
        told = "文字环绕的图片按嵌入式排在所在段落"
        hint = "把图片的环绕方式改为“嵌入型”或“浮于文字上方”"
        story.notes.warn("浮动图片", told, hint, office=True)
    return _fitted(picture, story)


def _warn(element: Element, count: int, story: Story) -> None:
    """Say what is not shown of a picture."""
    crop = element.find(f".//{A}srcRect")
    turn = element.find(f".//{A}xfrm")
    if count > 1:
        story.notes.warn("图形", "组合图形只显示第一幅图片", CURE)
    if crop is not None and any(number(str(edge)) for edge in crop.attrib.values()):
        told = "图片的裁剪未能显示，按整幅排"
        story.notes.warn("图片裁剪", told, "用图片软件裁好再插入", office=True)
    if turn is not None and number(turn.get("rot")):
        story.notes.warn("图片旋转", "图片的旋转未能显示", "用图片软件转好再插入", office=True)


def _fitted(picture: Picture, story: Story) -> Picture:
    """A picture no larger than the page or cell it stands in; making it smaller is told."""
    scale = min(1.0, story.width / max(picture.width, 1), story.height / max(picture.height, 1))
    if scale >= 0.995:
        return picture
    story.notes.warn("图片放不下", f"图片放不下，已缩小到 {scale:.0%}", "在 Word 中把图片缩小")
    return replace(picture, width=picture.width * scale, height=picture.height * scale)


def _floating(frame: Element, picture: Picture, story: Story) -> Floating:
    """Where an anchored picture stands; from a margin is turned into from the paper's edge."""
    page = story.page
    across, down = (page.width, page.left, page.right), (page.height, page.top, page.bottom)
    x, x_on_page = _position(frame.find(WP + "positionH"), picture.width, *across)
    y, y_on_page = _position(frame.find(WP + "positionV"), picture.height, *down)
    behind = frame.get("behindDoc") in ("1", "true")
    return Floating(picture, x, y, x_on_page, y_on_page, behind)


def _position(
    element: Element | None, own: float, paper: float, before: float, after: float
) -> tuple[float | str, bool]:
    """An offset in pt, and whether it counts from the paper; else "center" or "right".

    Along one axis: the picture's `own` extent, the paper's, and the margins `before` and `after`.
    """
    if element is None:
        return 0.0, False
    origin = element.get("relativeFrom", "column")
    offset, align = element.find(WP + "posOffset"), element.find(WP + "align")
    word = (align.text or "").strip() if align is not None else ""
    on_page = origin not in NEAR
    if origin == "page":
        start, room = 0.0, paper
    elif origin in MARGINS_BEFORE:
        start, room = 0.0, before
    elif origin in MARGINS_AFTER:
        start, room = paper - after, after
    else:
        start, room = before, paper - before - after
    if offset is not None:
        return (start if on_page else 0.0) + number(offset.text) / EMU, on_page
    if not on_page:
        return word if word in ALIGNS else 0.0, False
    return start + ALIGNS.get(word, 0.0) * (room - own), True


def legacy(element: Element, story: Story) -> Picture | None:
    """The picture of a w:pict or w:object (VML)."""
    for path in element.iter(VML + "textpath"):
        if words := path.get("string"):
            story.notes.warn("水印", f"艺术字（水印）“{words[:20]}”未能显示", CURE)
            return None
    image = element.find(f".//{VML}imagedata")
    shape = element.find(f".//{VML}shape")
    if image is None or shape is None:
        if element.find(f".//{W}txbxContent") is None:
            story.notes.warn("图形", "旧式图形未能显示", CURE)
        return None
    sizes = {
        side: number(amount) * UNITS[unit or None]
        for side, amount, unit in SIZE.findall(shape.get("style", ""))
    }
    alt = shape.get("alt", "")
    width, height = sizes.get("width", 0), sizes.get("height", 0)
    picture = _picture(image.get(R + "id"), width, height, alt, story)
    return None if picture is None else _fitted(picture, story)


def _picture(
    relation: str | None, width: float, height: float, alt: str, story: Story
) -> Picture | None:
    found = story.package.relations(story.part).get(relation or "")
    blob = story.package.blob(found.target) if found and not found.external else None
    if blob is None:
        story.notes.warn("图片", "图片只有链接、没有嵌入，未能显示", "在 Word 中把图片嵌入文档")
        return None
    key = hashlib.sha256(blob).hexdigest()[:24]
    story.pictures[key] = blob
    return Picture(key, width, height, alt or "图片", story.notes.where)
