"""Resolved run properties → RunStyle."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docgen.typeset.model import RunStyle, Script
from docgen.typeset.read.properties import Properties, is_on
from docgen.typeset.read.xml import number

if TYPE_CHECKING:
    from docgen.typeset.read.notes import Notes
    from docgen.typeset.read.styles import Styles

COLOUR = re.compile(r"[0-9A-Fa-f]{6}")
HIGHLIGHTS = {
    "yellow": "#ffff00", "green": "#00ff00", "cyan": "#00ffff", "magenta": "#ff00ff",
    "blue": "#0000ff", "red": "#ff0000", "darkBlue": "#000080", "darkCyan": "#008080",
    "darkGreen": "#008000", "darkMagenta": "#800080", "darkRed": "#800000",
    "darkYellow": "#808000", "darkGray": "#808080", "lightGray": "#c0c0c0",
    "black": "#000000", "white": "#ffffff",
}  # fmt: skip
SCRIPTS: dict[str, Script] = {"superscript": "super", "subscript": "sub"}
UNSHOWN = {
    f"{element}.{attribute}": told
    for element, told in {
    "em": "着重号", "bdr": "字符边框", "effect": "文字动态效果", "outline": "空心字",
    "shadow": "文字阴影", "emboss": "阳文", "imprint": "阴文", "fitText": "调整宽度",
    "eastAsianLayout": "双行合一或纵横混排", "rtl": "从右向左的文字",
    }.items()
    for attribute in ("val", "id", "vert")
}  # fmt: skip
UNSHOWN |= {"glow.rad": "文字发光", "reflection.blurRad": "文字倒影", "shadow.blurRad": "文字阴影"}
INERT = frozenset(("none", "0", "false", "off", "nil"))


def colour(text: str | None) -> str | None:
    """A w:color or w:fill as #rrggbb; None for "auto", nothing and what is no colour."""
    return "#" + text.lower() if text and COLOUR.fullmatch(text) else None


def run_style(
    properties: Properties, styles: Styles, notes: Notes, *, pitch: float = 0.0, gaps: bool = True
) -> RunStyle:
    """The style that resolved properties ask for; `pitch` is the character grid's extra, in pt."""
    if not UNSHOWN.keys().isdisjoint(properties):
        for key, told in UNSHOWN.items():
            if properties.get(key, "none") not in INERT:
                notes.warn("字符格式", f"{told}未能显示，文字照排")
    if is_on(properties, "smallCaps"):
        notes.warn("字符格式", "小型大写字母按原样排")
    stretch = number(properties.get("w.val", "").rstrip("%"), 100)
    if stretch != 100:
        notes.warn("字符格式", f"字符缩放 {stretch:g}% 未能显示，文字照常宽排")
    underline = properties.get("u.val", "none") not in INERT
    if underline and properties.get("u.val") not in ("single", "words"):
        notes.warn("字符格式", f"下划线样式 {properties['u.val']} 按单线显示")
    size = min(max(number(properties.get("sz.val"), 20) / 2, 1.0), 1638.0)
    kerning = number(properties.get("kern.val"))
    tracking = number(properties.get("spacing.val")) / 20
    latin = styles.font(properties, "ascii") or styles.font(properties, "hAnsi")
    han = styles.font(properties, "eastAsia")
    highlight = HIGHLIGHTS.get(properties.get("highlight.val", "none"))
    return RunStyle(
        latin=latin or "Times New Roman",
        han=han or "宋体",
        size=size,
        bold=is_on(properties, "b"),
        italic=is_on(properties, "i"),
        underline=underline,
        strike=is_on(properties, "strike") or is_on(properties, "dstrike"),
        colour=colour(properties.get("color.val")) or "#000000",
        highlight=highlight or colour(properties.get("shd.fill")),
        tracking=tracking or pitch,
        kerning=0 < kerning <= size * 2,
        script=SCRIPTS.get(properties.get("vertAlign.val", ""), ""),
        lift=number(properties.get("position.val")) / 2,
        gaps=gaps,
    )
