"""Hostile Markdown: what goes into a chapter."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from tests.hostile.kit import Case

FILE = "正文/1 概述.md"
HEAD = "## 背景\n\n"


def text(
    name: str,
    typed: str | bytes,
    says: str = "",
    line: int | None = None,
    *prints: str,
    quiet: bool = True,
) -> Case:
    content = typed if isinstance(typed, bytes) else (HEAD + typed).encode("utf-8", "surrogatepass")

    def plant(folder: Path) -> None:
        (folder / FILE).write_bytes(content)

    return Case(name, plant, says, FILE, line, prints, quiet=quiet and not says)


AS_TYPED = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<!-- 注 --> 后",
    "&lt;b&gt; &amp; &#65; &nbsp;",
    "{{ 7*7 }} {% for x in y %} {# 注 #} {{ ''.mro }}",
    "｛｛ 全角 ｝｝",
    "[^1] 脚注",
    "$$E=mc^2$$",
    ":::warning",
    "=cmd|' /C calc'!A0",
    "${jndi:ldap://a/b}",
    "%0a%0d ../../etc/passwd",
    "𠮷𪚥𫝀𬺰𮯠𰀀𱍐𲎯",
    "葛\U000e0100城",
    "\uf900㈱①㎡",
    "e\u0301",
    "甲\u200b乙",
]


def cases() -> Iterator[Case]:
    yield text("照印", "\n\n".join(AS_TYPED) + "\n", "", None, *AS_TYPED)
    yield text("链接", "[点此](javascript:alert(1)) [文件](file:///etc/passwd)\n", "", None,
               "点此（javascript:alert(1)）", "文件（file:///etc/passwd）")  # fmt: skip
    yield text(
        "参考链接",
        '[甲][a]\n\n[a]: http://a.example "题"\n',
        "",
        None,
        "[甲][a]",
        "[a]: http://a.example",
    )
    for name, address in {
        "上级": "../../../../../../etc/passwd", "绝对": "/etc/passwd", "网址": "http://169.254.169.254/a.png",
        "文件网址": "file:///etc/passwd",
        "数据网址": "data:image/png;base64,AAAA", "盘符": "C:\\a.png",
        "共享": "\\\\host\\share\\a.png", "反斜杠上级": "..\\..\\a.png",
        "编码上级": "%2e%2e/%2e%2e/a.png",
        "设备": "/dev/zero", "没有": "没有.png", "文件夹": "图", "空字节": "a%00.png",
    }.items():  # fmt: skip
        yield text(f"图片 {name}", f"![图](<{address}>)\n", "图片", 3)
    yield text("列表一千层", "".join("  " * n + "- 甲\n" for n in range(1000)), "层", None)
    yield text("引用一千层", ">" * 1000 + " 甲\n", "层", None)
    yield text("列表十万项", "- 甲\n" * 100_000, "行数")
    yield text("列表两万项", "- 甲\n" * 19_000)
    yield text("标题十万", "### 甲\n\n乙\n\n" * 4_900)
    yield text("表格千列", "|" + "甲|" * 1000 + "\n|" + "-|" * 1000 + "\n|" + "乙|" * 1000 + "\n")
    yield text("表格万行", "|甲|乙|\n|-|-|\n" + "|丙|丁|\n" * 19_000)
    yield text("表格缺格", "|甲|乙|\n|-|-|\n|丙|丁|戊|\n", "多出", 5)
    yield text("括号十万", "[" * 100_000 + "\n", "方括号", None)
    yield text("括号四万九", "[" * 19_900 + "\n")
    yield text("括号对", "[]()" * 19_900 + "\n")
    yield text("图片括号", "![" * 19_900 + "\n")
    yield text("星号", "*" * 200_000 + "\n")
    yield text("星号交替", "*a_ " * 60_000 + "\n")
    yield text("反引号", "".join("`" * n + " " for n in range(1, 1200)) + "\n")
    yield text("波浪", "~~甲" * 60_000 + "\n")
    yield text("转义", "\\" * 300_000 + "\n")
    yield text("尖括号", "<" * 300_000 + "\n")
    yield text("HTML 长标签", "<a " + "b=c " * 100_000 + "\n")
    yield text("链接定义", "[a]: <" * 50_000 + "\n", "方括号")
    yield text("代码围栏", "```\n" * 19_000)
    yield text("缩进代码", "    甲\n\n" * 9_500)
    yield text("行尾空格", ("甲" + " " * 1000 + "\n") * 900)
    yield text("一行一兆", "甲" * 340_000 + "\n", "", None, "甲" * 1000)
    yield text("分隔线", "---\n" * 19_000)
    yield text("下划标题", "甲\n===\n" * 9_500)
    yield text("引用字段", "【=单位名称】" * 20_000 + "\n")
    yield text("引用没写完", "【=单位名称\n", "没有写完", 3)
    yield text("引用式子", "【=单位名称.__class__】【=1+1】\n", "不是字段的路径", 3)
    yield text("引用没有的", "【=没有】\n", "没有", 3)
    yield text("两兆", HEAD.encode() + b"x" * 2_100_000, "上限")
    yield text("GBK", (HEAD + "数字化转型促进中心建设方案\n").encode("gbk"), "GBK", 1)
    yield text("UTF-16", (HEAD + "数字化\n").encode("utf-16"), "UTF-16", 1)
    yield text("空字节", HEAD.encode() + b"a\0b\n", "NUL", 3)
    yield text("ESC", HEAD + "甲\x1b[31m乙\n", "U+001B", 5)
    yield text("双向", "甲\u202e乙\n", "U+202E", 3)
    yield text("代理码位", HEAD.encode() + b"\xed\xa0\x80\n", "UTF-8", 3)
    yield text("竖表", "甲\x0b乙\n", "U+000B", 3)
    yield Case("管道代替章", lambda f: _pipe(f / FILE), "不是普通文件", FILE)
    yield Case(
        "设备代替章", lambda f: _link(f / FILE, Path("/dev/zero")), "", FILE.rpartition("/")[2]
    )
    yield Case("文件夹代替章", lambda f: _folder(f / FILE))
    yield Case("链接到外面", lambda f: _link(f / FILE, Path("/etc/passwd")), "之外", FILE)
    yield Case("链接绕圈", lambda f: _link(f / FILE, f / FILE), "圈", FILE)


def _pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _link(path: Path, target: Path) -> None:
    path.unlink()
    path.symlink_to(target)


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()
