"""A name that people give (applicant, bureau, notice, 文种) → fit for a file name, or a Problem.

Names are never paths: what passes here can be joined to a folder and stays in it, on Linux, macOS
and Windows alike.
"""

from __future__ import annotations

import re
import unicodedata

from docgen.problem import Problem, error

LONGEST = 200  # bytes of UTF-8: leaves room for .草稿.新.docx within the 255 of a file name

DRAFT = ".草稿"
BESIDE = ".新"

_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\..*)?", re.I)
_OURS = re.compile(rf"({re.escape(DRAFT)}|{re.escape(BESIDE)}[0-9]*)\Z")
_INVISIBLE = {"Cc", "Cf", "Cs", "Zl", "Zp", "Cn", "Co"}


def safe_name(name: str, what: str = "名称") -> Problem | None:
    """None where `name` can be a file's or folder's name everywhere, else the Problem (名称)."""
    if said := _wrong(name):
        message, cure = said
        return error("名称", f"{what}“{shown(name)}”{message}", hint=cure)
    return None


def shown(name: str) -> str:
    """`name` for a message: one line, invisible characters as their code points, cut when long."""
    text = "".join(c if _is_plain(c) else f"<U+{ord(c):04X}>" for c in name)
    return text if len(text) <= 60 else text[:59] + "…"


def _wrong(name: str) -> tuple[str, str] | None:
    """What is wrong with `name`, and the cure."""
    plain = "只写名字本身，例如 示例联合体"
    if not name.strip():
        return "是空的", plain
    if "/" in name or "\\" in name or ".." in name:
        return "像是路径：不能含 / \\ 或 ..", plain + "，不要写文件夹"
    if hidden := next((c for c in name if not _is_plain(c)), None):
        return f"含看不见的字符 U+{ord(hidden):04X}", "删去这个字符，或把名字重新输入一遍"
    if name[0] in ".-~":
        return f"以“{name[0]}”开头", "去掉开头的符号"
    if name[0].isspace():
        return "以空格开头", "去掉开头的空格"
    if name[-1] == "." or name[-1].isspace():
        return "以点或空格结尾", "去掉结尾的点或空格"
    if bad := next((c for c in name if c in '<>:"|?*'), None):
        return f"含“{bad}”，Windows 的文件名不允许", "去掉它，或改用全角符号"
    if _RESERVED.fullmatch(name):
        return "是 Windows 的保留名", "换一个名字"
    if ending := _OURS.search(name):
        return f"以“{ending[0]}”结尾，与草稿、另存文件的名字分不清", "换一个结尾"
    if unicodedata.normalize("NFC", name) != name:
        cure = f"改名为“{shown(unicodedata.normalize('NFC', name))}”（看着一样，写法不同）"
        return "含拆开的组合字符或兼容汉字，不同电脑上会变成两个名字", cure
    if (size := len(name.encode())) > LONGEST:
        return f"太长：{size} 字节，上限 {LONGEST} 字节（约 66 个汉字）", "缩短名字"
    return None


def _is_plain(char: str) -> bool:
    return unicodedata.category(char) not in _INVISIBLE
