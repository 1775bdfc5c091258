"""What is taken from Debian: which package, which of its files."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class FontPackage:
    """A Debian package, the fonts wanted of it and, beside its copyright file, their licence."""

    name: str
    folder: str
    fonts: tuple[str, ...]
    licence: str = ""


_STYLES = ("Regular", "Bold", "Italic", "BoldItalic")
FONTS = (
    # Never the Bold ones: they claim the Regulars' weight, and would be served in their place.
    FontPackage(
        "texlive-lang-chinese",
        "usr/share/texlive/texmf-dist/fonts/opentype/public/fandol",
        tuple(f"Fandol{face}-Regular.otf" for face in ("Fang", "Hei", "Kai", "Song")),
        "usr/share/doc/texlive-doc/fonts/fandol",
    ),
    FontPackage(
        "fonts-noto-cjk",
        "usr/share/fonts/opentype/noto",
        ("NotoSansCJK-Regular.ttc", "NotoSerifCJK-Bold.ttc", "NotoSerifCJK-Regular.ttc"),
    ),
    FontPackage(
        "fonts-babelstone-han",
        "usr/share/fonts/truetype/babelstone",
        ("BabelStoneHan.ttf",),
    ),
    FontPackage(
        "fonts-liberation",
        "usr/share/fonts/truetype/liberation",
        tuple(f"Liberation{face}-{style}.ttf" for face in ("Sans", "Serif") for style in _STYLES),
    ),
    # The smallest package with ☐ ☑ ☒ ✓ ✗, which no Chinese font above has.
    FontPackage(
        "fonts-dejavu-core",
        "usr/share/fonts/truetype/dejavu",
        ("DejaVuSans.ttf",),
    ),
)

# For WeasyPrint; what they need in turn, apt finds.
LIBRARIES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")

# pip itself, where python3-venv is absent.
PIP = "python3-pip-whl"
