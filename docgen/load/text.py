"""Bytes → text: strict UTF-8 with `\\n` line ends; what may not enter a document is named."""

from __future__ import annotations

import re

from docgen.load.disk import MEGABYTE, too_large
from docgen.problem import Outcome, Problem, Where, error, warning

LIMIT = 2 * MEGABYTE
SURELY_LEGACY = 0.7
SHOWN = 20  # bad characters named one by one; the rest are counted
STAND_IN = "\ufffd"

_PLANE_ENDS = "".join(f"{chr(p + 0xFFFE)}{chr(p + 0xFFFF)}" for p in range(0, 0x110000, 0x10000))
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufdd0-\ufdef"
    f"\ud800-\udfff{_PLANE_ENDS}]"
)
_VARIANT = re.compile("[\U000e0100-\U000e01ef]")
_DOUBTFUL = re.compile(
    "[\ufffd\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd\U000e0100-\U000e01ef]"
)


def decode(data: bytes, file: str, limit: int = LIMIT) -> Outcome[str]:
    """The text of a file: UTF-8 (with or without BOM), CRLF and CR as `\\n`, at most `limit` bytes.

    No value where the file is too large (过大), not UTF-8 (编码), or holds a character that cannot
    enter a document (字符); each of these is an error with line and column. Private use characters
    and U+FFFD only raise a warning.
    """
    text, problems = scrub(data, file, limit)
    outcome = Outcome(text, problems)
    return Outcome(None, problems) if outcome.failed else outcome


def scrub(data: bytes, file: str, limit: int = LIMIT) -> tuple[str | None, tuple[Problem, ...]]:
    """As `decode`, but bad characters are replaced by U+FFFD, so that reading can find more."""
    if len(data) > limit:
        return None, (too_large(limit, file),)
    if guess := _wide(data):
        return None, (_encoding(guess, Where(file, 1, 1)),)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as failure:
        return None, (_undecodable(failure, file),)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    problems = characters(text, Where(file, 1, 1))
    return (_FORBIDDEN.sub(STAND_IN, text) if problems else text), problems


def characters(text: str, where: Where) -> tuple[Problem, ...]:
    """A Problem (字符) for each character of `text` that is refused or doubtful.

    `where` is the place of the text's first character; line and column are counted from it.
    """
    if STAND_IN not in text and text.replace("\n", "").isprintable() and not _VARIANT.search(text):
        return ()  # every other character looked for below counts as not printable
    found = sorted(
        [(hit.start(), True) for hit in _FORBIDDEN.finditer(text)]
        + [(hit.start(), False) for hit in _DOUBTFUL.finditer(text)]
    )
    problems = [_character(text, offset, bad, where) for offset, bad in found[:SHOWN]]
    if len(found) > SHOWN:
        rest = [bad for _, bad in found[SHOWN:]]
        say = error if any(rest) else warning
        place = _place(text, found[SHOWN][0], where)
        problems.append(say("字符", f"从这里起还有 {len(rest)} 个这样的字符", place, "一并改掉"))
    return tuple(problems)


def describe(char: str) -> str:
    """What a refused or doubtful character is, for a message: 控制字符（U+0007）."""
    code = ord(char)
    if char in "\u2028\u2029":
        kind = "行分隔符"
    elif code in range(0x202A, 0x202F) or code in range(0x2066, 0x206A):
        kind = "双向文字控制符（能让显示的顺序与实际不同）"
    elif code < 0x20 or 0x7F <= code <= 0x9F:
        kind = "空字节 NUL" if code == 0 else "控制字符"
    elif code == 0xFEFF:
        kind = "文件中部的 BOM"
    elif code == 0xFFFD:
        kind = "乱码替代符“\ufffd”"
    elif 0xD800 <= code <= 0xDFFF:
        kind = "半个字符（代理码位）"
    elif _VARIANT.match(char):
        kind = "异体选择符（前面那个字要显示成异体）"
    else:
        kind = "自造字（专用区字符）" if _DOUBTFUL.match(char) else "非字符码位"
    return f"{kind} U+{code:04X}"


def _character(text: str, offset: int, bad: bool, where: Where) -> Problem:
    char, place = text[offset], _place(text, offset, where)
    if bad:
        return error("字符", f"有{describe(char)}，文档里放不下", place, "删去这个看不见的字符")
    cure = "对照原件改成正确的字" if char == STAND_IN else "换成标准汉字，否则别的电脑上看不到"
    if _VARIANT.match(char):
        cure = "在 PDF 和别的电脑上核对字形；不要异体就删去它"
    return warning("字符", f"有{describe(char)}", place, cure)


def _place(text: str, offset: int, where: Where) -> Where:
    breaks = text.count("\n", 0, offset)
    column = offset - text.rfind("\n", 0, offset)
    first = (where.column or 1) - 1 if not breaks else 0
    return Where(where.file, (where.line or 1) + breaks, column + first, where.path, where.spot)


def _wide(data: bytes) -> str:
    """UTF-32 or UTF-16 by its BOM or by where its zero bytes fall; "" for neither."""
    if data.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        return "UTF-32"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    if len(data) % 2 == 0 and b"\x00" in (head := data[:4096]):
        low, high = head[1::2].count(0), head[0::2].count(0)
        if max(low, high) * 8 > len(head) // 2 and min(low, high) * 20 <= max(low, high):
            return "UTF-16（无 BOM）"
    return ""


def _undecodable(failure: UnicodeDecodeError, file: str) -> Problem:
    data, start, reason = failure.object, failure.start, failure.reason
    head = data[:start].decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    where = Where(file, head.count("\n") + 1, len(head) - head.rfind("\n"))
    if "unexpected end" in reason:
        cure = "从备份取回完整的文件，或补全末尾后另存为 UTF-8"
        return error("编码", "文件末尾缺了半个字，文件不完整", where, cure)
    least = 0.0 if head.isascii() else SURELY_LEGACY
    if guess := _legacy(data, least):
        return _encoding(guess, where)
    cure = "用编辑器打开这一行，重新输入坏掉的字，再另存为 UTF-8"
    return error("编码", f"这里的字节 0x{data[start]:02X} 不是 UTF-8", where, cure)


def _encoding(guess: str, where: Where) -> Problem:
    cure = "用编辑器打开，“另存为”时把编码选为 UTF-8"
    return error("编码", f"文件编码是 {guess}，不是 UTF-8", where, cure)


def _legacy(data: bytes, least: float) -> str:
    """GBK, GB18030 or Big5, whichever makes more everyday hanzi of the bytes; "" for neither.

    `least` is the share of everyday hanzi that must be exceeded: a few bytes of GBK may by chance
    be UTF-8, and a damaged UTF-8 file may by chance be GBK.
    """
    scores = {name: _everyday(data, name) for name in ("gb18030", "big5")}
    best = max(scores, key=lambda name: scores[name])
    if scores[best] <= least:
        return ""
    return "Big5（繁体）" if best == "big5" else "GBK/GB18030"


def _everyday(data: bytes, encoding: str) -> float:
    """The share of everyday characters (level 1 of the standard) among the non-ASCII ones."""
    try:
        words = [char for char in data.decode(encoding) if not char.isascii()]
    except UnicodeDecodeError:
        return 0.0
    common = sum(1 for char in words if _is_level_one(char, encoding))
    return common / len(words) if words else 0.0


def _is_level_one(char: str, encoding: str) -> bool:
    raw = char.encode(encoding)
    lead = range(0xB0, 0xD8) if encoding == "gb18030" else range(0xA4, 0xC7)
    marks = (0xA1, 0xA3) if encoding == "gb18030" else (0xA1,)
    tail = 0xA1 if encoding == "gb18030" else 0x40
    return len(raw) == 2 and raw[1] >= tail and (raw[0] in lead or raw[0] in marks)
