"""Numbers as Word's w:numFmt writes them: 一, ①, 甲, iv …"""

from __future__ import annotations

from collections.abc import Callable, Mapping

DIGITS = "〇一二三四五六七八九"
LEGAL = "零壹贰叁肆伍陆柒捌玖"
STEMS = "甲乙丙丁戊己庚辛壬癸"
BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"))
ROMAN_UNITS = ((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def chinese(n: int, digits: str = "零一二三四五六七八九", units: str = "十百千") -> str:
    """Counting numbers: 十一, 二十, 一百零五; 10 to 19 drop the leading 一."""
    if n >= 10_000 or n < 0:
        return str(n)
    if n == 0:
        return digits[0]
    out, gap = "", False
    for power in (3, 2, 1, 0):
        digit = n // 10**power % 10
        if digit:
            out += (
                digits[0] * (gap and bool(out))
                + digits[digit]
                + (units[power - 1] if power else "")
            )
            gap = False
        else:
            gap = True
    return out[1:] if 10 <= n < 20 else out


def roman(n: int) -> str:
    out = ""
    for size, letters in ROMAN + ROMAN_UNITS:
        while n >= size:
            out, n = out + letters, n - size
    return out


def letters(n: int) -> str:
    """a … z, aa, bb … as Word repeats them."""
    return chr(97 + (n - 1) % 26) * ((n - 1) // 26 + 1) if n > 0 else str(n)


def _series(first: int, last: int) -> Callable[[int], str]:
    """n → the nth character from `first`, plain digits beyond `last`."""
    return lambda n: chr(first + n - 1) if 0 < n <= last else str(n)


def _cycle(characters: str) -> Callable[[int], str]:
    return lambda n: characters[n - 1] if 0 < n <= len(characters) else str(n)


def _circled(n: int) -> str:
    if 20 < n <= 35:
        return chr(0x3251 + n - 21)
    return chr(0x32B1 + n - 36) if 35 < n <= 50 else _series(0x2460, 20)(n)


def _digital(n: int) -> str:
    return "".join(DIGITS[int(digit)] for digit in str(n))


FORMATS: Mapping[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": "{:02d}".format,
    "decimalHalfWidth": str,
    "decimalFullWidth": lambda n: str(n).translate({48 + d: 0xFF10 + d for d in range(10)}),
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "taiwaneseCounting": chinese,
    "koreanDigital2": _digital,
    "ideographDigital": _digital,
    "japaneseDigitalTenThousand": _digital,
    "taiwaneseDigital": _digital,
    "chineseLegalSimplified": lambda n: chinese(n, LEGAL, "拾佰仟"),
    "ideographTraditional": _cycle(STEMS),
    "ideographZodiac": _cycle(BRANCHES),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": _series(0x2474, 20),
    "decimalEnclosedFullstop": _series(0x2488, 20),
    "ideographEnclosedCircle": _series(0x3280, 10),
    "upperLetter": lambda n: letters(n).upper(),
    "lowerLetter": letters,
    "upperRoman": lambda n: roman(n).upper(),
    "lowerRoman": roman,
    "none": lambda n: "",
}
# page numbers are counted by Typst, in its own patterns
PAGE_FORMATS: Mapping[str, str] = {
    "decimal": "1",
    "numberInDash": "- 1 -",
    "lowerRoman": "i",
    "upperRoman": "I",
    "lowerLetter": "a",
    "upperLetter": "A",
    "chineseCounting": "一",
    "chineseCountingThousand": "一",
    "japaneseCounting": "一",
    "chineseLegalSimplified": "壹",
    "decimalEnclosedCircle": "①",
    "decimalEnclosedCircleChinese": "①",
}
