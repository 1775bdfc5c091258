"""Which font file stands for 仿宋_GB2312: names, stand-ins, coverage."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from docgen.typeset.sfnt import BadFont, Sfnt

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


@dataclass(eq=False)
class Fonts:
    """The fonts found in some folders, scanned once; `engine` is the Typst side of the same."""

    faces: tuple[Face, ...]
    engine: object
    _names: dict[str, str] = field(default_factory=dict)
    _families: dict[str, list[Face]] = field(default_factory=dict)
    _files: dict[tuple[Path, int], Sfnt] = field(default_factory=dict)
    _answers: dict[tuple[str, bool], StandIn] = field(default_factory=dict)
    _covering: dict[str, str | None] = field(default_factory=dict)

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
        wanted = 700 if bold else 400
        return min(
            self._families.get(family, ()),
            key=lambda face: (face.italic != italic, abs(face.weight - wanted)),
            default=None,
        )

    def stand_in(self, name: str, *, latin: bool = False) -> StandIn:
        """What draws the font a document names; the named family itself wherever it is there."""
        key = name, latin
        if key not in self._answers:
            self._answers[key] = self._find(name, latin)
        return self._answers[key]

    def _find(self, name: str, latin: bool) -> StandIn:
        own = self._names.get(name.casefold())
        kind = font_class(name, latin=latin)
        if own is not None:
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


def font_class(name: str, *, latin: bool = False) -> str:
    """The class of a font name (仿宋, serif …); what is unknown counts as 宋体 or serif."""
    for pattern, kind in CLASSES:
        if pattern.search(name):
            return kind
    for pattern, kind in LATIN_CLASSES:
        if pattern.search(name):
            return kind if latin else {"sans": "黑体"}.get(kind, "宋体")
    return "serif" if latin else "宋体"


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
