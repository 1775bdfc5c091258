"""Which font file stands for 仿宋_GB2312: names, stand-ins, coverage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from docgen.typeset.font_names import (
    CHINESE,
    INVISIBLE,
    OFFICIAL,
    RARE,
    STAND_INS,
    font_class,
)
from docgen.typeset.sfnt import BadFont, Sfnt

if TYPE_CHECKING:
    from docgen.typeset.typst import Compilers

MEASURED_LIMIT = 200_000  # words whose widths are kept
USUAL = "的"  # what a font for Chinese has: one that lacks it cannot stand for itself


@dataclass(frozen=True, slots=True)
class Face:
    """One face of one file; `family` as Typst names it, weight 100 to 900."""

    family: str
    weight: int
    italic: bool
    path: Path
    index: int


@dataclass(frozen=True, slots=True)
class StandIn:
    """The answer for a font name: the family that draws it, and whether it is another's."""

    name: str
    family: str
    file: Path | None
    substituted: bool
    bold: bool = False  # drawn with the family's bold, e.g. 小标宋 by Noto Serif CJK SC Bold


@dataclass(frozen=True, slots=True)
class Measured:
    """A word's width in em, the families that helped out, the characters that none can draw."""

    width: float
    helpers: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(eq=False)
class Fonts:
    """The fonts found in some folders, scanned once; `engine` is the Typst side of the same."""

    faces: tuple[Face, ...]
    engine: Compilers
    _names: dict[str, str] = field(default_factory=dict)
    _families: dict[str, list[Face]] = field(default_factory=dict)
    _files: dict[tuple[Path, int], Sfnt] = field(default_factory=dict)
    _chosen: dict[tuple[str, bool, bool], Face | None] = field(default_factory=dict)
    _answers: dict[tuple[str, bool], StandIn] = field(default_factory=dict)
    _covering: dict[str, str | None] = field(default_factory=dict)
    _measured: dict[tuple[object, ...], Measured] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for face in self.faces:
            self._families.setdefault(face.family, []).append(face)
            self._names.setdefault(face.family.casefold(), face.family)
        for face in self.faces:
            try:
                names = self.sfnt(face).names
            except (OSError, BadFont):
                continue
            for name in names:
                self._names.setdefault(name.casefold(), face.family)

    def sfnt(self, face: Face) -> Sfnt:
        """The opened file of a face."""
        key = face.path, face.index
        if key not in self._files:
            self._files[key] = Sfnt(*key)
        return self._files[key]

    def face(self, family: str, *, bold: bool = False, italic: bool = False) -> Face | None:
        """The face of a family that Typst would take for this weight and slant."""
        key = family, bold, italic
        if key not in self._chosen:
            wanted = 700 if bold else 400
            self._chosen[key] = min(
                self._families.get(family, ()),
                key=lambda face: (face.italic != italic, abs(face.weight - wanted)),
                default=None,
            )
        return self._chosen[key]

    def stand_in(self, name: str, *, latin: bool = False) -> StandIn:
        """What draws the font a document names; the named family itself wherever it is there."""
        key = name, latin
        if key not in self._answers:
            self._answers[key] = self._find(name, latin)
        return self._answers[key]

    def _find(self, name: str, latin: bool) -> StandIn:
        own = self._names.get(name.casefold())
        kind = font_class(name, latin=latin)
        if own is not None and (latin or self.covers(own, USUAL)):
            return self._answer(name, own, substituted=False, bold=False)
        for candidate in STAND_INS[kind]:
            bold = candidate.startswith("*")
            family = self._names.get(candidate.lstrip("*").casefold())
            if family is not None:
                return self._answer(name, family, substituted=True, bold=bold)
        rest = (family for family in RARE if family in self._families)
        family = next(rest, next(iter(self._families), ""))
        return self._answer(name, family, substituted=True, bold=kind == "小标宋")

    def _answer(self, name: str, family: str, *, substituted: bool, bold: bool) -> StandIn:
        face = self.face(family, bold=bold)
        return StandIn(name, family, face.path if face else None, substituted, bold)

    def substitutions(self, names: Iterable[str] = OFFICIAL) -> Mapping[str, StandIn]:
        """For each official name what draws it here: the table `docgen doctor` prints."""
        return MappingProxyType(
            {name: self.stand_in(name, latin=font_class(name) not in CHINESE) for name in names}
        )

    def covers(self, family: str, character: str, *, bold: bool = False) -> bool:
        face = self.face(family, bold=bold)
        return face is not None and self.sfnt(face).glyph(ord(character)) != 0

    def rare(self) -> tuple[str, ...]:
        """The families that help out with rare characters and symbols, in order."""
        return tuple(family for family in RARE if family in self._families)

    def covering(self, character: str) -> str | None:
        """Any family that has the character, the usual helpers first; None where no font does."""
        if character not in self._covering:
            order = dict.fromkeys((*self.rare(), *sorted(self._families)))
            self._covering[character] = next((f for f in order if self.covers(f, character)), None)
        return self._covering[character]

    def measure(
        self, word: str, families: tuple[str, ...], *, bold: bool, italic: bool, kerning: bool
    ) -> Measured:
        """How wide a word is when each character comes from the first family that has it."""
        key = word, families, bold, italic, kerning
        if key not in self._measured:
            if len(self._measured) > MEASURED_LIMIT:
                self._measured.clear()
            self._measured[key] = self._measure(word, families, bold, italic, kerning)
        return self._measured[key]

    def _measure(
        self, word: str, families: tuple[str, ...], bold: bool, italic: bool, kerning: bool
    ) -> Measured:
        total, before_glyph = 0.0, 0
        before: Sfnt | None = None
        helpers: dict[str, None] = {}
        missing: dict[str, None] = {}
        for character in INVISIBLE.sub("", word):
            family = next((f for f in families if self.covers(f, character, bold=bold)), None)
            if family is None:
                family = self.covering(character)
                if family is None:
                    missing[character] = None
                    continue
                helpers[family] = None
            face = self.face(family, bold=bold, italic=italic)
            if face is None:
                continue
            sfnt = self.sfnt(face)
            glyph = sfnt.glyph(ord(character))
            total += sfnt.advance(glyph)
            if kerning and before is sfnt:
                total += sfnt.kerning.get(before_glyph << 16 | glyph, 0.0)
            before, before_glyph = sfnt, glyph
        return Measured(total, tuple(helpers), tuple(missing))

    def missing_glyphs(self, chain: Sequence[str], text: str) -> tuple[str, ...]:
        """The characters of `text` that neither the named fonts nor any other here can draw."""
        families = [self.stand_in(name).family for name in chain]
        return tuple(
            sorted(
                character
                for character in set(INVISIBLE.sub("", text)) - set(" \t\n\u00a0\u3000")
                if not any(self.covers(family, character) for family in families)
                and self.covering(character) is None
            )
        )


def find_fonts(folders: Sequence[Path], *, system: bool = True) -> Fonts:
    """Scan folders (and the system's fonts) once; keep the result for the whole process.

    A family named by a document is used wherever it is found; stand-ins only where it is not.
    Costs about 0.1 s; character maps are read later, only of fonts that are asked.
    """
    from docgen.typeset.typst import scan

    engine, found = scan([folder for folder in folders if folder.is_dir()], system=system)
    faces = tuple(
        Face(family, weight, italic, Path(path), index)
        for family, weight, italic, path, index in found
    )
    return Fonts(faces, engine)
