"""RunStyle + script → one entry of the program's run table, and the widths it gives."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from docgen.typeset.fonts import Fonts
from docgen.typeset.model import RunStyle

SMALL = 0.65  # super- and subscript against the size of the text
RAISED, LOWERED = 0.35, -0.15  # their baseline, in em of the text
BOLD = 600


@dataclass(eq=False)
class Metrics:
    """Widths of one main family with its helpers, in em, for one document.

    `extra` are families that helped out with rare characters, `missing` what none could draw.
    """

    fonts: Fonts
    families: tuple[str, ...]
    bold: bool
    italic: bool
    kerning: bool
    extra: dict[str, None] = field(default_factory=dict)
    missing: dict[str, None] = field(default_factory=dict)
    _widths: dict[str, float] = field(default_factory=dict)

    def width(self, word: str) -> float:
        """The advance of a character or of a Latin word with its kerning."""
        known = self._widths.get(word)
        if known is None:
            found = self.fonts.measure(
                word, self.families, bold=self.bold, italic=self.italic, kerning=self.kerning
            )
            self.extra.update(dict.fromkeys(found.helpers))
            self.missing.update(dict.fromkeys(found.missing))
            known = self._widths[word] = found.width
        return known


@dataclass(eq=False)
class Setting:
    """A run style in one script. `index` is its place in the program's table."""

    index: int
    size: float
    tracking: float
    metrics: Metrics
    entry: dict[str, Any]

    _widths: dict[str, float] = field(default_factory=dict)

    def width(self, word: str) -> float:
        """In pt, tracking after every character."""
        known = self._widths.get(word)
        if known is None:
            known = self.metrics.width(word) * self.size + self.tracking * len(word)
            self._widths[word] = known
        return known


class Settings:
    """All settings of one document, in order of first use."""

    def __init__(self, fonts: Fonts) -> None:
        self._fonts = fonts
        self._settings: dict[tuple[RunStyle, bool], Setting] = {}
        self._recent: dict[tuple[int, bool], tuple[RunStyle, Setting]] = {}
        self._metrics: dict[tuple[object, ...], Metrics] = {}

    def get(self, style: RunStyle, *, latin: bool) -> Setting:
        """The setting of a style for Latin text or for Chinese."""
        recent = self._recent.get((id(style), latin))  # most runs share one style object
        if recent is not None:
            return recent[1]
        key = style, latin
        if key not in self._settings:
            self._settings[key] = self._make(style, latin)
        self._recent[id(style), latin] = style, self._settings[key]
        return self._settings[key]

    def table(self) -> list[dict[str, Any]]:
        """The run table as the program reads it."""
        for setting in self._settings.values():
            metrics = setting.metrics
            setting.entry["font"] = [*metrics.families, *metrics.extra]
        return [setting.entry for setting in self._settings.values()]

    def _make(self, style: RunStyle, latin: bool) -> Setting:
        fonts = self._fonts
        main = fonts.stand_in(style.latin if latin else style.han, latin=latin)
        other = fonts.stand_in(style.han if latin else style.latin, latin=not latin)
        families = tuple(dict.fromkeys((main.family, other.family)))
        bold = style.bold or main.bold
        face = fonts.face(main.family, bold=bold, italic=style.italic)
        has_bold = face is not None and face.weight >= BOLD
        key = families, bold and has_bold, style.italic, style.kerning and latin
        if key not in self._metrics:
            self._metrics[key] = Metrics(fonts, families, key[1], style.italic, key[3])
        small = style.script != ""
        size = style.size * (SMALL if small else 1)
        shift = {"super": RAISED, "sub": LOWERED}.get(style.script, 0.0) * style.size
        entry = {
            "font": list(families),
            "size": round(size, 3),
            "weight": "bold" if bold and has_bold else "regular",
            "style": "italic" if style.italic else "normal",
            "tracking": round(style.tracking, 4),
            "fill": style.colour,
            "kerning": style.kerning and latin,
            "lift": round(style.lift + shift, 3),
            "fake": style.bold and not has_bold,
            "underline": style.underline,
            "strike": style.strike,
            "highlight": style.highlight,
        }
        index = len(self._settings)
        return Setting(index, size, style.tracking, self._metrics[key], entry)
