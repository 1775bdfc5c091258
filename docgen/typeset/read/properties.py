"""w:pPr and w:rPr as flat string dictionaries that can be laid over one another.

`<w:ind w:left="420"/>` becomes {"ind.left": "420"}, `<w:b/>` {"b.val": "1"}. Attributes, not
elements, are what Word inherits; KILLS says which inherited attribute a new one puts out of force.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from docgen.typeset.read.xml import OFF, W, name

if TYPE_CHECKING:
    from docgen.typeset.read.xml import Element

Properties: TypeAlias = dict[str, str]

TOGGLES = frozenset(("b", "i", "strike", "dstrike", "caps", "smallCaps", "vanish"))
GROUPS = frozenset(("pBdr", "numPr", "tcBorders", "tblBorders", "tcMar", "tblCellMar", "pgBorders"))
APART = frozenset(("rPr", "sectPr", "pPrChange", "rPrChange"))
NOTHING_SAID = (("val", "1"),)
SIDES = {"start": "left", "end": "right", "startChars": "leftChars", "endChars": "rightChars"}
FIRST = ("ind.firstLine", "ind.firstLineChars", "ind.hanging", "ind.hangingChars")
KILLS: dict[str, tuple[str, ...]] = {
    "ind.left": ("ind.leftChars",),
    "ind.right": ("ind.rightChars",),
    **{key: tuple(other for other in FIRST if other != key) for key in FIRST},
    "spacing.before": ("spacing.beforeLines", "spacing.beforeAutospacing"),
    "spacing.after": ("spacing.afterLines", "spacing.afterAutospacing"),
    "rFonts.ascii": ("rFonts.asciiTheme",),
    "rFonts.hAnsi": ("rFonts.hAnsiTheme",),
    "rFonts.eastAsia": ("rFonts.eastAsiaTheme",),
    "rFonts.asciiTheme": ("rFonts.ascii",),
    "rFonts.eastAsiaTheme": ("rFonts.eastAsia",),
}


def flatten(element: Element | None) -> Properties:
    """The direct properties of a w:pPr, w:rPr, w:tcPr …: no inheritance yet."""
    found: Properties = {}
    if element is None:
        return found
    for child in element:
        kind = name(child)
        if kind == "tabs":
            for tab in child:
                stop = f"{tab.get(W + 'val', 'left')},{tab.get(W + 'leader', 'none')}"
                found[f"tab.{tab.get(W + 'pos', '0')}"] = stop
        elif kind in GROUPS:
            for part in child:
                side = SIDES.get(name(part), name(part))
                for key, text in part.attrib.items():
                    found[f"{kind}.{side}.{_attribute(kind, key)}"] = str(text)
        elif kind not in APART:
            for key, text in child.attrib.items() or NOTHING_SAID:
                found[_key(kind, key)] = str(text)
    return found


@lru_cache(maxsize=4096)
def _key(kind: str, key: str | bytes) -> str:
    """The name of an attribute; none at all means that the property is on."""
    return f"{kind}.{_attribute(kind, key)}"


@lru_cache(maxsize=4096)
def _attribute(kind: str, key: str | bytes) -> str:
    attribute = str(key).rpartition("}")[2]
    return SIDES.get(attribute, attribute) if kind == "ind" else attribute


def lay(over: Properties, under: Properties) -> Properties:
    """`under` with `over` laid on it; neither is changed."""
    result = dict(under)
    for key in over:
        for dead in KILLS.get(key, ()):
            if dead not in over:
                result.pop(dead, None)
    result.update(over)
    return result


def is_on(properties: Properties, key: str, default: bool = False) -> bool:
    """An on/off property such as "b" or "keepNext"."""
    text = properties.get(key + ".val")
    return default if text is None else text not in OFF
