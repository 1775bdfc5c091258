"""styles.xml → what a paragraph, run or table of a named style inherits."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from docgen.typeset.read.package import parse
from docgen.typeset.read.properties import TOGGLES, Properties, flatten, is_on, lay
from docgen.typeset.read.xml import A, W, name, value

if TYPE_CHECKING:
    from docgen.typeset.read.xml import Element


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """Paragraph and run properties that belong together; known by identity."""

    paragraph: Properties
    run: Properties


@lru_cache(maxsize=8)
def parse_styles(styles: bytes, theme: bytes) -> Styles:
    """The Styles of a styles.xml and a theme, either of them possibly empty.

    Kept for the next document: those made from one template share them byte for byte.
    """
    return Styles(
        parse(styles, "styles.xml") if styles else None,
        parse(theme, "theme.xml") if theme else None,
    )


class Styles:
    """Inheritance within styles.xml: document defaults, then the chain of w:basedOn."""

    def __init__(self, root: Element | None, theme: Element | None) -> None:
        self._styles: dict[str, Element] = {}
        self._default: dict[str, str] = {}
        self._chains: dict[str, Look] = {}
        self._paragraphs: dict[str | None, Look] = {}
        self._theme = _theme_fonts(theme)
        defaults = None
        for element in root if root is not None else ():
            if name(element) == "docDefaults":
                defaults = element
            elif name(element) == "style":
                style_id = element.get(W + "styleId", "")
                self._styles[style_id] = element
                if element.get(W + "default") in ("1", "true"):
                    self._default.setdefault(element.get(W + "type", ""), style_id)
        usual = {"sz.val": "20"}
        self._base = Look({}, usual)
        if defaults is not None:
            self._base = Look(
                flatten(defaults.find(f"{W}pPrDefault/{W}pPr")),
                lay(flatten(defaults.find(f"{W}rPrDefault/{W}rPr")), usual),
            )

    def paragraph(self, style_id: str | None, table: Look | None = None) -> Look:
        """Document defaults, table style, then the paragraph style's chain."""
        if table is not None:
            return self._paragraph(style_id, table)
        if style_id not in self._paragraphs:
            self._paragraphs[style_id] = self._paragraph(style_id, None)
        return self._paragraphs[style_id]

    def _paragraph(self, style_id: str | None, table: Look | None) -> Look:
        style_id = style_id if style_id in self._styles else self._default.get("paragraph", "")
        own = self._chain_look(style_id)
        under = self._base
        if table is not None:
            under = Look(
                lay(table.paragraph, under.paragraph),
                lay(table.run, under.run),
            )
        return Look(lay(own.paragraph, under.paragraph), lay(own.run, under.run))

    def run(self, style_id: str | None, direct: Properties, under: Properties) -> Properties:
        """`under` (the paragraph's) with a character style and direct formatting laid on.

        A toggle (bold …) that both the paragraph's and the character's style set is off again.
        """
        if style_id in self._styles:
            over = dict(self._chain_look(style_id).run)
            for toggle in TOGGLES & {key.partition(".")[0] for key in over}:
                both = is_on(over, toggle) != is_on(under, toggle)
                over[toggle + ".val"] = "1" if both else "0"
            under = lay(over, under)
        return lay(direct, under) if direct else under

    def chain(self, style_id: str | None, kind: str) -> list[Element]:
        """The style's elements, ancestors first; the default style of the kind where unnamed."""
        here = style_id if style_id in self._styles else self._default.get(kind)
        found: list[Element] = []
        while here in self._styles and self._styles[here] not in found:
            found.append(self._styles[here])
            here = value(self._styles[here], "basedOn")
        return found[::-1]

    def since_numbering(self, style_id: str | None) -> Properties:
        """Indents and tabs said by the style that numbers (w:numPr) and by those based on it."""
        found: Properties = {}
        numbered = False
        for element in self.chain(style_id, "paragraph"):
            own = flatten(element.find(W + "pPr"))
            numbered = numbered or "numPr.numId.val" in own
            if numbered:
                said = {k: v for k, v in own.items() if k.startswith(("ind.", "tab."))}
                found = lay(said, found)
        return found

    def font(self, properties: Properties, slot: str) -> str | None:
        """The font name of a slot ("ascii", "hAnsi", "eastAsia"), theme fonts looked up."""
        theme = properties.get(f"rFonts.{slot}Theme")
        if theme:
            major = "major" if theme.startswith("major") else "minor"
            kind = "ea" if theme.endswith("EastAsia") else "latin"
            return self._theme.get((major, kind)) or properties.get(f"rFonts.{slot}")
        return properties.get(f"rFonts.{slot}")

    def _chain_look(self, style_id: str | None) -> Look:
        if style_id is None or style_id not in self._styles:
            return Look({}, {})
        if style_id not in self._chains:
            look = Look({}, {})
            for element in self.chain(style_id, ""):
                look = Look(
                    lay(flatten(element.find(W + "pPr")), look.paragraph),
                    lay(flatten(element.find(W + "rPr")), look.run),
                )
            self._chains[style_id] = look
        return self._chains[style_id]


def _theme_fonts(theme: Element | None) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    if theme is None:
        return found
    for size in ("major", "minor"):
        fonts = theme.find(f".//{A}{size}Font")
        for kind in ("latin", "ea"):
            face = fonts.find(A + kind) if fonts is not None else None
            if face is not None and face.get("typeface"):
                found[size, kind] = face.get("typeface", "")
        if fonts is not None and (size, "ea") not in found:
            for face in fonts.iter(A + "font"):
                if face.get("script") == "Hans":
                    found[size, "ea"] = face.get("typeface", "")
    return found
