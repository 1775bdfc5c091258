"""Seeded changes of texts, YAML, zips and XML: what strangers, editors and copies do to files."""

# ruff: noqa: E501  (signs, one beside the other)

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Callable
from random import Random

TRICKS = (
    "\u200b", "\u200d", "\ufeff", "\u00ad", "\u202e", "\u2066", "\u3000", "\u00a0", "\u0301",
    "\U000e0100", "\ufe0f", "\x00", "\x07", "\x1b", "\x7f", "\x85", "\u2028", "\ufffe", "\ue000",
    "𠮷", "𬭎", "\U0002ebf0", "\U000323af", "葛\U000e0101", "﨑", "Ａ", "１", "：", "，", "｛｛", "“",
    "{{ 1 }}", "{% if %}", "{#", "<w:p/>", "&amp;", "]]>", "\r", "\r\n", "\t", "\\", "'", '"', "`",
)  # fmt: skip
SCALARS = (
    "NO", "on", "00123", "12:30:45", "1.10", "1_000", "0x1F", "1.5e+3", "~", "null", "2026-06-01",
    "2026-13-45", "9" * 400, "-", "- 甲", "? 甲", "C #语言", "[甲，乙]", "{甲}", "*甲", "&甲 乙", "!甲 乙",
    "!!python/object:os.system 甲", "<<", "%YAML 9", "@甲", "`甲", "|", ">-", "'甲", '"甲', '"\\ud800"',
    '"\\0"', "【待补】", "【=单位名称】", "=1+1", "1e999999", "９９", "１２", "99999999999999999999", "甲\n乙",
    "5%", "0.5", "是", "否", "壹万元", "-1", "１.５", "1,000", "1，000", "2023-04", "二〇二六年",
)  # fmt: skip
Change = Callable[[Random, str], str]


def _at(chance: Random, text: str) -> int:
    return chance.randint(0, len(text))


def _insert(chance: Random, text: str) -> str:
    place = _at(chance, text)
    return text[:place] + chance.choice(TRICKS) + text[place:]


def _cut(chance: Random, text: str) -> str:
    place = _at(chance, text)
    return text[:place] + text[place + chance.choice((1, 1, 3, 40)) :]


def _repeat(chance: Random, text: str) -> str:
    place, length = _at(chance, text), chance.choice((1, 8, 200))
    return text[:place] + text[place : place + length] * chance.choice((2, 2, 30)) + text[place:]


def _stop(chance: Random, text: str) -> str:
    return text[: _at(chance, text)]


def _lines(chance: Random, text: str) -> str:
    lines = text.split("\n")
    place, other = (chance.randrange(len(lines)) for _ in range(2))
    act = chance.randrange(5)
    if act == 0:
        del lines[place]
    elif act == 1:
        lines.insert(other, lines[place])
    elif act == 2:
        lines[place], lines[other] = lines[other], lines[place]
    elif act == 3:
        lines[place] = chance.choice((" ", "  ", "\t", "\u3000", "- ")) + lines[place]
    else:
        lines[place] = lines[place][chance.choice((1, 2)) :]
    return "\n".join(lines)


def _value(chance: Random, text: str) -> str:
    """Another value behind one of the `key:`."""
    pairs = list(re.finditer(r"(?m)(?<=: )[^\n{}\[\]]+$", text))
    if not pairs:
        return _insert(chance, text)
    pair = chance.choice(pairs)
    new = chance.choice(
        (*SCALARS, pair[0] + chance.choice(TRICKS), chance.choice(TRICKS) + pair[0])
    )
    return text[: pair.start()] + new + text[pair.end() :]


def _sign(chance: Random, text: str) -> str:
    """A sign of the format that becomes another, as keyboards and word processors do it."""
    old = chance.choice(":,-#'\"{}[]|>&*!%@` \n")
    new = chance.choice(
        ("：", "，", "－", "＃", "‘", "“", "｛", "", " ", "\u3000", "\t", "\n", "---", "...")
    )
    places = [number for number, sign in enumerate(text) if sign == old]
    if not places:
        return _insert(chance, text)
    place = chance.choice(places)
    return text[:place] + new + text[place + 1 :]


TEXT: tuple[Change, ...] = (_insert, _cut, _repeat, _stop, _lines, _value, _value, _value, _sign)
VALUES: tuple[Change, ...] = (_value,)


def text(chance: Random, data: bytes, changes: tuple[Change, ...] = TEXT) -> bytes:
    """One change or several; now and then of the bytes rather than of the signs."""
    if changes is TEXT and chance.random() < 0.15:
        return raw(chance, data)
    changed = data.decode("utf-8", "surrogateescape")
    for _ in range(chance.choice((1, 1, 1, 2, 5))):
        changed = chance.choice(changes)(chance, changed)
    return changed.encode("utf-8", "surrogateescape" if changes is TEXT else "replace")


def raw(chance: Random, data: bytes) -> bytes:
    """Bytes turned over, cut off, put in; another encoding."""
    act = chance.randrange(5)
    if act == 0:
        codec = chance.choice(("gb18030", "utf-16", "utf-32", "big5", "utf-8-sig"))
        return data.decode("utf-8", "replace").encode(codec, "replace")
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 4, 30))):
        place = chance.randrange(len(changed) + 1)
        if act == 1:
            changed[place : place + 1] = bytes([chance.randrange(256)])
        elif act == 2:
            del changed[place : place + chance.choice((1, 2, 100))]
        elif act == 3:
            changed[place:place] = chance.randbytes(chance.choice((1, 2, 16)))
        else:
            changed[place:] = changed[place:].replace(b"\0", b"", 1) or b"\0" * 7
    return bytes(changed)


def xml(chance: Random, data: bytes) -> bytes:
    """A part with elements moved, doubled, removed, attributes changed, or its text spoilt."""
    source = data.decode("utf-8", "surrogateescape")
    tags = list(re.finditer(r"<[^<>]*>", source))
    act = chance.randrange(6)
    if act == 0 or not tags:
        return text(chance, data)
    one = chance.choice(tags)
    if act == 1:
        source = source[: one.start()] + source[one.end() :]
    elif act == 2:
        other = chance.choice(tags)
        source = source[: other.start()] + one[0] + source[other.start() :]
    elif act == 3:
        inside = list(re.finditer(r'"[^"<>]*"', source)) or [one]
        value = chance.choice(inside)
        new = chance.choice(
            ('""', '"-1"', '"99999999999"', '"rId999"', '"甲"', '"\u202e"', '"1e9"')
        )
        source = source[: value.start()] + new + source[value.end() :]
    elif act == 4:
        words = list(re.finditer(r">([^<>]+)<", source)) or [one]
        word = chance.choice(words)
        tag = chance.choice(("{{ 甲", "}}", "{%tr for 甲 in 乙 %}", "{%p endif %}", "{{ 甲.乙 | 丙 }}",
                             "{{r 甲 }}", "{{ 1/0 }}", "{{ 甲() }}", "{% set 甲 = 1 %}", *TRICKS))  # fmt: skip
        tag = tag.replace("&", "&amp;").replace("<", "&lt;")
        source = source[: word.start() + 1] + tag + source[word.end() - 1 :]
    else:
        name = re.match(r"</?([\w:]+)", one[0])
        found = re.search(rf"<{name[1]}\b.*?</{name[1]}>", source, re.S) if name else None
        if found:
            source = source[: found.start()] + source[found.end() :]
    return source.encode("utf-8", "surrogateescape")


def package(chance: Random, data: bytes) -> bytes:
    """A zip of XML parts with one of them spoilt, gone, doubled, renamed; or its own bytes."""
    if chance.random() < 0.15:
        return raw(chance, data)
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        parts = [(name, old.read(name)) for name in old.namelist()]
    for _ in range(chance.choice((1, 1, 2, 4))):
        likely = [n for n, (name, _) in enumerate(parts) if name.endswith((".xml", ".rels"))]
        place = chance.choice(likely) if likely else 0
        if chance.random() < 0.5:  # what people write in
            place = next(
                (n for n in likely if "document" in parts[n][0] or "sheet" in parts[n][0]), place
            )
        name, content = parts[place]
        act = chance.randrange(10)
        if act == 0:
            del parts[place]
        elif act == 1:
            parts.append(parts[place])
        elif act == 2:
            parts[place] = (chance.choice(("../甲", "/甲", "甲.xml", name.upper())), content)
        elif act == 3:
            parts[place] = (name, raw(chance, content))
        else:
            parts[place] = (name, xml(chance, content))
        if not parts:
            return b"PK"
    out = io.BytesIO()
    warnings.simplefilter("ignore", UserWarning)  # of the same name twice
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts:
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, content)
    return out.getvalue()
