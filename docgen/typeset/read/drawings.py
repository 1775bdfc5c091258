"""w:drawing, w:pict and w:object → inline pictures, and the text of text boxes."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from docgen.typeset.model import Floating, Picture
from docgen.typeset.read.xml import EMU, VML, WP, A, R, W, name, number

if TYPE_CHECKING:
    from docgen.typeset.read.story import Story
    from docgen.typeset.read.xml import Element

SIZE = re.compile(r"(width|height)\s*:\s*([\d.]+)(pt|in|cm|mm)?")
POSITION_PARTS = ("posOffset", "align")
NEAR = frozenset(("column", "character", "paragraph", "line"))  # else from margin or paper
UNITS = {"pt": 1.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, None: 0.75}


def drawing(element: Element, story: Story) -> Picture | Floating | None:
    """The picture of a w:drawing; one that text flows around is set inline, and said so."""
    frame = next((child for child in element if name(child) in ("inline", "anchor")), None)
    blip = element.find(f".//{A}blip")
    if frame is None or blip is None:
        if element.find(f".//{W}txbxContent") is None:
            story.notes.warn(
                "图形", "图表或自选图形未能显示", "改为插入图片，或用 LibreOffice 转换"
            )
        return None
    crop = element.find(f".//{A}srcRect")
    if crop is not None and any(number(str(edge)) for edge in crop.attrib.values()):
        story.notes.warn("图片裁剪", "图片的裁剪未能显示，按整幅排", "用图片软件裁好再插入")
    extent, words = frame.find(WP + "extent"), frame.find(WP + "docPr")
    width, height = (
        number(extent.get(side)) / EMU if extent is not None else 0.0 for side in ("cx", "cy")
    )
    alt = (words.get("descr") or words.get("title") or "") if words is not None else ""
    picture = _picture(blip.get(R + "embed"), width, height, alt, story)
    if picture is None or name(frame) == "inline":
        return picture
    if frame.find(WP + "wrapNone") is None:
        told = "文字环绕的图片按嵌入式排在所在段落"
        story.notes.warn("浮动图片", told, "把图片的环绕方式改为“嵌入型”或“浮于文字上方”")
        return picture
    return _floating(frame, picture, story)


def _floating(frame: Element, picture: Picture, story: Story) -> Floating:
    """Where an anchored picture stands; from a margin is turned into from the paper's edge."""
    across = frame.find(WP + "positionH")
    down = frame.find(WP + "positionV")
    x, x_on_page = _position(across, story.margins[0])
    y, y_on_page = _position(down, story.margins[1])
    behind = frame.get("behindDoc") in ("1", "true")
    return Floating(picture, x, y, x_on_page, y_on_page, behind)


def _position(element: Element | None, margin: float) -> tuple[float | str, bool]:
    if element is None:
        return 0.0, False
    origin = element.get("relativeFrom", "column")
    near = origin in NEAR
    for part in POSITION_PARTS:
        found = element.find(WP + part)
        if found is not None and part == "posOffset":
            offset = number(found.text) / EMU
            return offset if near or origin == "page" else offset + margin, not near
        if found is not None:
            return {"center": "center", "right": "right", "bottom": "bottom"}.get(
                (found.text or "").strip(), margin if origin != "page" and not near else 0.0
            ), not near
    return 0.0, False


def legacy(element: Element, story: Story) -> Picture | None:
    """The picture of a w:pict or w:object (VML)."""
    image = element.find(f".//{VML}imagedata")
    shape = element.find(f".//{VML}shape")
    if image is None or shape is None:
        if element.find(f".//{W}txbxContent") is None:
            story.notes.warn("图形", "旧式图形未能显示", "改为插入图片，或用 LibreOffice 转换")
        return None
    sizes = {
        side: number(amount) * UNITS[unit or None]
        for side, amount, unit in SIZE.findall(shape.get("style", ""))
    }
    alt = shape.get("alt", "")
    return _picture(image.get(R + "id"), sizes.get("width", 0), sizes.get("height", 0), alt, story)


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
