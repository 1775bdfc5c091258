"""w:drawing, w:pict and w:object → inline pictures, and the text of text boxes."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from docgen.typeset.model import Picture
from docgen.typeset.read.xml import EMU, VML, WP, A, R, W, name, number

if TYPE_CHECKING:
    from docgen.typeset.read.story import Story
    from docgen.typeset.read.xml import Element

SIZE = re.compile(r"(width|height)\s*:\s*([\d.]+)(pt|in|cm|mm)?")
UNITS = {"pt": 1.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, None: 0.75}


def drawing(element: Element, story: Story) -> Picture | None:
    """The picture of a w:drawing; a floating one is set inline, and said so."""
    frame = next((child for child in element if name(child) in ("inline", "anchor")), None)
    blip = element.find(f".//{A}blip")
    if frame is None or blip is None:
        if element.find(f".//{W}txbxContent") is None:
            story.notes.warn("图形", "图表或自选图形未能显示", "改为插入图片，或用 LibreOffice 转换")
        return None
    if name(frame) == "anchor":
        story.notes.warn("浮动图片", "浮动图片按嵌入式排在所在段落", "把图片的环绕方式改为“嵌入型”")
    crop = element.find(f".//{A}srcRect")
    if crop is not None and any(number(edge) for edge in crop.attrib.values()):
        story.notes.warn("图片裁剪", "图片的裁剪未能显示，按整幅排", "用图片软件裁好再插入")
    extent, words = frame.find(WP + "extent"), frame.find(WP + "docPr")
    width, height = (
        number(extent.get(side)) / EMU if extent is not None else 0.0 for side in ("cx", "cy")
    )
    alt = (words.get("descr") or words.get("title") or "") if words is not None else ""
    return _picture(blip.get(R + "embed"), width, height, alt, story)


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
