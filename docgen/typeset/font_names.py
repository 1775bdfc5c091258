"""What offices call their fonts, and which families may stand in for them."""

from __future__ import annotations

import re
from collections.abc import Mapping

# what an office calls a face → families that may draw it, best first; "*" asks for its bold
STAND_INS: Mapping[str, tuple[str, ...]] = {
    "仿宋": ("仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong", "STFangsong", "华文仿宋",
           "方正仿宋_GBK", "方正仿宋简体", "FandolFang R", "FandolFang"),
    "楷体": ("楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi", "STKaiti", "华文楷体", "方正楷体_GBK",
           "方正楷体简体", "LXGW WenKai", "FandolKai"),
    "黑体": ("黑体", "SimHei", "STHeiti", "华文黑体", "方正黑体_GBK", "方正黑体简体", "FandolHei",
           "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei"),
    "宋体": ("宋体", "SimSun", "新宋体", "NSimSun", "STSong", "华文宋体", "方正书宋_GBK",
           "FandolSong", "Noto Serif CJK SC", "Source Han Serif SC"),
    "小标宋": ("方正小标宋简体", "方正小标宋_GBK", "FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05",
            "*Noto Serif CJK SC", "*Source Han Serif SC", "*FandolSong"),
    "serif": ("Times New Roman", "Liberation Serif", "TeX Gyre Termes", "FreeSerif"),
    "sans": ("Arial", "Liberation Sans", "Helvetica", "TeX Gyre Heros", "DejaVu Sans"),
    "mono": ("Courier New", "Liberation Mono", "Consolas", "DejaVu Sans Mono"),
}  # fmt: skip
CLASSES = (  # first match wins
    (re.compile(r"小标宋|xiaobiaosong", re.I), "小标宋"),
    (re.compile(r"仿宋|fang ?song", re.I), "仿宋"),
    (re.compile(r"楷|kai", re.I), "楷体"),
    (re.compile(r"黑|hei|等线|dengxian|gothic|cjk sans|sans cjk", re.I), "黑体"),
    (re.compile(r"宋|song|simsun|mincho|serif cjk", re.I), "宋体"),
)
LATIN_CLASSES = (
    (re.compile(r"times|serif|cambria|georgia|garamond|roman", re.I), "serif"),
    (re.compile(r"arial|calibri|helvetica|verdana|tahoma|sans|segoe", re.I), "sans"),
    (re.compile(r"courier|mono|consolas", re.I), "mono"),
)
OFFICIAL = (
    "仿宋_GB2312", "仿宋", "楷体_GB2312", "楷体", "黑体", "宋体", "方正小标宋简体",
    "Times New Roman",
)  # fmt: skip
RARE = ("BabelStone Han", "Noto Serif CJK SC", "Noto Sans CJK SC", "HanaMinA", "HanaMinB",
        "DejaVu Sans", "Symbola", "Noto Sans Symbols2")  # fmt: skip
CHINESE = frozenset(("仿宋", "楷体", "黑体", "宋体", "小标宋"))
# never printed, so no font needs to have them
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff"
                       "\U000e0100-\U000e01ef]")  # fmt: skip


def font_class(name: str, *, latin: bool = False) -> str:
    """The class of a font name (仿宋, serif …); what is unknown counts as 宋体 or serif."""
    for pattern, kind in CLASSES:
        if pattern.search(name):
            return kind
    for pattern, kind in LATIN_CLASSES:
        if pattern.search(name):
            return kind if latin else {"sans": "黑体"}.get(kind, "宋体")
    return "serif" if latin else "宋体"
