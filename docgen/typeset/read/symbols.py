"""Symbol fonts (Wingdings, Symbol) drawn with the Unicode characters they stand for."""

from __future__ import annotations

WINGDINGS = {
    0x28: "☎", 0x2A: "✉", 0x46: "☞", 0x4A: "☺", 0x4C: "☹", 0xAB: "★",
    **{0x81 + n: chr(0x2460 + n) for n in range(10)},
    **{0x8C + n: chr(0x2776 + n) for n in range(10)},
    0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x75: "◆", 0x76: "❖", 0x77: "◆",
    0x9F: "•", 0xA1: "○", 0xA7: "▪", 0xA8: "☐", 0xB2: "✧", 0xD8: "➢", 0xE0: "→", 0xE8: "➔",
    0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
WINGDINGS_2 = {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "☐"}
SYMBOL = {
    0x6D: "μ", 0x61: "α", 0x62: "β", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB7: "•", 0xA3: "≤",
    0xB4: "×", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xA5: "∞", 0xAE: "→", 0xA8: "♦",
}  # fmt: skip
TABLES = {"wingdings": WINGDINGS, "wingdings 2": WINGDINGS_2, "symbol": SYMBOL}


def unicode_of(font: str, code: int) -> str | None:
    """The Unicode character of a symbol font's code (0xF0FE or 0xFE), None where unknown."""
    return TABLES.get(font.lower(), {}).get(code & 0xFF)


def translate(font: str | None, text: str) -> str:
    """Text set in a symbol font, with what is known put into Unicode and the rest left."""
    if not font or font.lower() not in TABLES:
        return text
    return "".join(unicode_of(font, ord(c)) or c if 0xF000 <= ord(c) <= 0xF0FF else c for c in text)
