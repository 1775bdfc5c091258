"""The ways in which an applicant's data may be broken: unreadable, incomplete, against a 硬 rule.

Each gets the applicant's folder and its row among the bureau's candidates, and gives the row back
where that is what it breaks. WAYS holds those that every example can be broken in.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

Way = Callable[[Path, str], str | None]


def _file(folder: Path) -> Path:
    return folder / "申报单位.yaml"


def _bytes(change: Callable[[bytes], bytes]) -> Way:
    """A change to the bytes of the data file."""

    def way(folder: Path, row: str) -> None:
        path = _file(folder)
        changed = change(path.read_bytes())
        path.unlink()
        path.write_bytes(changed)

    return way


def _text(pattern: str, new: str) -> Way:
    """The first place of a pattern in the data file, written otherwise."""

    def way(folder: Path, row: str) -> None:
        text = _file(folder).read_text("utf-8")
        changed, count = re.subn(pattern, new, text, count=1, flags=re.M)
        assert count, pattern
        _file(folder).write_text(changed, "utf-8")

    return way


def _prose(change: Callable[[Path], object]) -> Way:
    """A change to the first chapter."""

    def way(folder: Path, row: str) -> None:
        change(sorted((folder / "正文").glob("1 *.md"))[0])

    return way


def _added(text: str) -> Way:
    def add(path: Path) -> object:
        return path.write_text(path.read_text("utf-8") + f"\n{text}\n", "utf-8")

    return _prose(add)


def _scan(data: bytes | None) -> Way:
    """The first scan taken away, or with other bytes in it; the others have it as before."""

    def way(folder: Path, row: str) -> None:
        path = sorted((folder / "证明材料").glob("*.pdf"))[0]
        path.unlink()
        if data is not None:
            path.write_bytes(data)

    return way


def _gone(folder: Path, row: str) -> None:
    shutil.rmtree(folder)


def _absent(folder: Path, row: str) -> None:
    _file(folder).unlink()


def _a_folder(folder: Path, row: str) -> None:
    _file(folder).unlink()
    _file(folder).mkdir()


def _scans_gone(folder: Path, row: str) -> None:
    shutil.rmtree(folder / "证明材料")


def _no_conclusion(folder: Path, row: str) -> str:
    return re.sub(r"^( +)审核情况: .*\n(?:(?:\1 +\S.*)?\n)*", "", row, count=1, flags=re.M)


def _misnamed(folder: Path, row: str) -> str:
    shutil.rmtree(folder)
    return row.replace(folder.name, f"../{folder.name}")


LINE = r"^{}: .*$"
WAYS: dict[str, Way] = {
    "GBK": _bytes(lambda data: data.decode("utf-8").encode("gbk", "replace")),
    "缩进用了制表符": _text(r"^  省:", "\t省:"),
    "没有申报单位.yaml": _absent,
    "没有文件夹": _gone,
    "方括号没有配对": _text(r"^近三年财务:", "经营: [一, 二\n近三年财务:"),
    "表写成了文字": _text(r"^近三年财务:\n(?:  - .*\n)+", "近三年财务: 详见附件\n"),
    "信用代码校验位不对": _text(r"^(统一社会信用代码: \w{16})\w\w", r"\g<1>00"),
    "不是独立法人": _text(r"^独立法人: 是", "独立法人: 否"),
    "电话写错": _text(r"手机: \d+", "手机: 12"),
    "缺一件证明": _scan(None),
    "正文还留着待补": _added("这里【待补：数据】。"),
    "单位名称没有填": _text(LINE.format("单位名称"), "单位名称:"),
    # beyond those of the suite
    "UTF-16": _bytes(lambda data: data.decode("utf-8").encode("utf-16")),
    "写到一半": _bytes(lambda data: data[: len(data) // 3]),
    "空文件": _bytes(lambda data: b""),
    "不是文字": _bytes(lambda data: bytes(range(256)) * 40),
    "是个文件夹": _a_folder,
    "最外层是列表": _bytes(lambda data: "- 单位名称: 示例\n".encode()),
    "重复的键": _text(r"^(单位名称: .*)$", "\\1\n\\1"),
    "锚点与别名": _text(LINE.format("法定代表人"), "法定代表人: &甲 柳示例\n别人: *甲"),
    "两份文档": _text(LINE.format("法定代表人"), "---\n法定代表人: 柳示例"),
    "引号没有配对": _text(LINE.format("法定代表人"), '法定代表人: "柳示例'),
    "过大": _bytes(lambda data: data + b"# x\n" * 600_000),
    "嵌套过深": _bytes(lambda data: data + "深: ".encode() + b"[" * 5_000 + b"]" * 5_000),
    "值写成了一组": _text(LINE.format("单位名称"), "单位名称: {全称: 示例}"),
    "不是日期": _text(LINE.format("申报日期"), "申报日期: 2026-13-45"),
    "不是数": _text(LINE.format("注册资本"), "注册资本: 很多"),
    "类别不在词表": _text(LINE.format("类别"), "类别: 别的类别"),
    "过了截止日": _text(LINE.format("申报日期"), "申报日期: 2035-01-01"),
    "缺一章": _prose(Path.unlink),
    "一章是GBK": _prose(lambda path: path.write_bytes("# 一章\n\n正文".encode("gbk"))),
    "引用的字段没有": _added("见【=没有的字段】。"),
    "图片没有": _added("![](图/没有.png)"),
    "证明文件夹没有": _scans_gone,
    "证明是空文件": _scan(b""),
    "证明加了密": _scan(b"%PDF-1.4\ntrailer<</Encrypt 1 0 R>>\n%%EOF\n"),
    "证明编号重复": _text(r"编号: 证02", "编号: 证01"),
    "正文引用的证明没有列": _added("（见证99）"),
    # of the row, and of names
    "名字像路径": _misnamed,
    "没有写审核情况": _no_conclusion,
}
