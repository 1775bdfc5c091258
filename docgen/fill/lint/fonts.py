"""Fonts that will not be what the template shows: theme fonts, Chinese text without a font."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docgen.fill.findings import finding
from docgen.fill.lint.reading import Reading
from docgen.fill.package import related
from docgen.fill.xml import Element, W, parse, value
from docgen.problem import Problem, Where

_HAN = re.compile("[一-龥]")
_CHINESE = re.compile(
    "[一-龥]|SimSun|SimHei|FangSong|KaiTi|YaHei|STSong|STKaiti|STFangsong|DengXian", re.I
)
_THEME = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")
_CURE = "选中文字或样式，在“字体”里把“中文字体”指定为确定的字体，如 仿宋_GB2312"


def check_fonts(reading: Reading) -> Iterator[Problem]:
    """One finding a style with theme fonts; one a part for each kind of run."""
    styles = _Styles(reading)
    used: set[str] = set()
    for part in reading.tagged:
        themed, bare, latin = [], [], []
        for spot in part.spots:
            paragraph = value(spot.paragraph.find(W + "pPr"), "pStyle") or styles.default
            for run in spot.paragraph.iter(W + "r"):
                text = "".join(node.text or "" for node in run.findall(W + "t"))
                if not text.strip():
                    continue
                properties = run.find(W + "rPr")
                fonts = properties.find(W + "rFonts") if properties is not None else None
                style = value(properties, "rStyle") or ""
                chain = [*styles.chain(style), *styles.chain(paragraph)]
                used |= set(chain)
                if _is_themed(fonts):
                    themed.append((spot, text))
                if not _HAN.search(text) and "{{" not in text:
                    continue
                if not _has_chinese(fonts):
                    if fonts is not None and _CHINESE.search(fonts.get(W + "ascii", "")):
                        latin.append((spot, text))
                    elif not any(_has_chinese(styles.fonts.get(key)) for key in (*chain, "")):
                        bare.append((spot, text))
        for found, said in (
            (themed, "用了主题字体，换一台电脑会变"),
            (latin, "只给西文指定了中文字体，中文没有指定"),
            (bare, "中文没有指定字体"),
        ):
            if found:
                spot, text = found[0]
                more = f"；这一部分共 {len(found)} 处" if len(found) > 1 else ""
                where = Where(file=reading.name, spot=spot.place)
                yield finding("模板字体", f"“{text.strip()[:20]}”{said}{more}", where, _CURE)
    for key in ("", *sorted(used)):
        if _is_themed(styles.fonts.get(key)):
            title = f"样式“{styles.names.get(key, key)}”" if key else "默认字体"
            said = f"{title}用了主题字体，换一台电脑会变"
            yield finding("模板字体", said, Where(file=reading.name, spot=title), _CURE)


class _Styles:
    """The fonts of styles by id ("" for the defaults of the document), and whom they follow."""

    def __init__(self, reading: Reading) -> None:
        self.fonts: dict[str, Element] = {}
        self.names: dict[str, str] = {}
        self.parents: dict[str, str] = {}
        self.default = reading.styles.default
        for part in related(reading.parts, "styles")[:1]:
            root = parse(reading.parts[part])
            default = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}rFonts")
            if default is not None:
                self.fonts[""] = default
            for style in root.iter(W + "style"):
                key = style.get(W + "styleId", "")
                self.names[key] = value(style, "name") or key
                self.parents[key] = value(style, "basedOn") or ""
                fonts = style.find(f"{W}rPr/{W}rFonts")
                if fonts is not None:
                    self.fonts[key] = fonts

    def chain(self, key: str) -> Iterator[str]:
        """A style and what it is based on."""
        seen: set[str] = set()
        while key and key not in seen:
            seen.add(key)
            yield key
            key = self.parents.get(key, "")


def _is_themed(fonts: Element | None) -> bool:
    return fonts is not None and any(W + kind in fonts.attrib for kind in _THEME)


def _has_chinese(fonts: Element | None) -> bool:
    return fonts is not None and (
        W + "eastAsia" in fonts.attrib or W + "eastAsiaTheme" in fonts.attrib
    )
