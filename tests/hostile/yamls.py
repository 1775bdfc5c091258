"""Hostile YAML: what goes into 申报单位.yaml."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.hostile.kit import FACTS, Case

BUILD = ("build", "方案", "--format", "pdf", "-a")
NEXT = FACTS.count("\n") + 1  # the line after the sound facts


def data(name: str, content: bytes, says: str = "", line: int | None = None, **more: str) -> Case:
    def plant(folder: Path) -> None:
        (folder / "申报单位.yaml").write_bytes(content)

    return Case(name, plant, says, line=line, **more)  # type: ignore[arg-type]


def added(name: str, text: str, says: str = "", line: int | None = NEXT, **more: str) -> Case:
    """The sound facts with more below."""
    return data(name, (FACTS + text).encode("utf-8", "surrogatepass"), says, line, **more)


def kept(values: dict[str, tuple[str, str]]) -> Iterator[Case]:
    """All of them in one document, one below the other: as typed, and as printed."""
    typed = "".join(
        f"  - {{客户: {value}}}\n" if "{" not in value else f"  - 客户: {value}\n"
        for value, _ in values.values()
    )
    yield added(
        "照印各样的值", f"案例:\n{typed}", "", None, prints=tuple(p for _, p in values.values())
    )


def laughs(levels: int = 9, wide: int = 9) -> str:
    lines = ["a0: &a0 [哈, 哈]"]
    for level in range(1, levels):
        lines.append(f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * wide)}]")
    return "\n".join(lines) + "\n"


def merges(levels: int = 24) -> str:
    lines = ["m0: &m0 {甲: 乙}"]
    lines += [f"m{n}: &m{n}\n  <<: [*m{n - 1}, *m{n - 1}]" for n in range(1, levels)]
    return "\n".join(lines) + "\n"


TAGS = {
    "执行": "!!python/object/apply:os.system ['touch 中招']",
    "子进程": "!!python/object/new:subprocess.Popen [['touch', '中招']]",
    "名字": "!!python/name:os.system",
    "模块": "!!python/module:os",
    "元组": "!!python/tuple [1, 2]",
    "扩展": "!!python/object/new:type {args: [z, [], {extend: !!python/name:exec}]}",
    "自定": "!甲 乙",
    "二进制": "!!binary aGVsbG8=",
    "集合": "!!set {甲}",
    "时间戳": "!!timestamp 2026-01-01",
    "字符串": "!!str 12",
}
TYPED = {
    "挪威": ("NO", "NO"),
    "开关": ("on", "on"),
    "八进制": ("00123", "00123"),
    "六十进制": ("12:30:45", "12:30:45"),
    "比例": ("16:9", "16:9"),
    "小数": ("1.10", "1.10"),
    "下划线": ("1_000", "1_000"),
    "十六进制": ("0x1F", "0x1F"),
    "科学记数": ("1.5e+3", "1.5e+3"),
    "日期": ("2026-1-1", "2026-1-1"),
    "时刻": ("2026-01-01T00:00:00+08:00", "2026-01-01T00:00:00+08:00"),
    "无穷": (".inf", ".inf"),
    "非数": (".nan", ".nan"),
    "等号": ("=", "="),
    "六千位": ("9" * 6000, "9" * 6000),
    "没有这天": ("2026-02-30", "2026-02-30"),
    "花括号": ("'{{ 7*7 }}{% for %}{# #}'", "{{ 7*7 }}{% for %}{# #}"),
    "标签符": ("'<w:p/>&amp;&lt;'", "<w:p/>&amp;&lt;"),
    "公式": ("'=cmd|'' /C calc''!A0'", "=cmd|' /C calc'!A0"),
    "引用记号": ("'【=单位名称'", "【=单位名称"),
    "百分号": (
        "'%s %d %(x)s {0} {x!r} $HOME `id` $(id)'",
        "%s %d %(x)s {0} {x!r} $HOME `id` $(id)",
    ),
    "转义": (r"'\n \t \a \f \\'", r"\n \t \a \f \\"),
    "生僻字": ("𠮷𪚥𫝀𫠝𬺰𮯠𰀀𱍐𲎯", "𠮷𪚥𫝀𫠝𬺰𮯠𰀀𱍐𲎯"),
    "异体选择符": ("葛\U000e0100城、葛\ufe00城", "葛\U000e0100城、葛\ufe00城"),
    "兼容汉字": ("\uf900\ufa0e㈱①㎡½", "\uf900\ufa0e㈱①㎡½"),
    "组合字符": ("e\u0301 ゙", "e\u0301 ゙"),
    "零宽": ("甲\u200b乙\u2060丙", "甲\u200b乙\u2060丙"),
}
BAD = {
    "空字节": "\\0",
    "响铃": "\\a",
    "退出": "\\e",
    "竖表": "\\v",
    "代理码位": "\\uD800",
    "双向": "\\u202E",
    "隔离": "\\u2067",
    "行分隔": "\\u2028",
    "非字符": "\\uFFFF",
}
RAW = {
    "NUL": "\0",
    "ESC": "\x1b",
    "VT": "\x0b",
    "C1": "\x85",
    "DEL": "\x7f",
    "双向": "\u202e",
    "BOM": "\ufeff",
    "段分隔": "\u2029",
    "非字符": "\ufdd0",
}


def encodings() -> Iterator[Case]:
    text = FACTS + "备注: 数字化转型促进中心建设方案\n"
    for name, said in (("gbk", "GBK"), ("gb18030", "GB"), ("big5", "Big5"), ("utf-16", "UTF-16"),
                       ("utf-16-le", "UTF-16"), ("utf-16-be", "UTF-16"),
                       ("utf-32", "UTF-32")):  # fmt: skip
        typed = text if name != "big5" else "備註: 數位轉型促進中心的建設方案與說明\n"
        yield data(f"编码 {name}", typed.encode(name), said, 1)
    yield data("编码 半个字", text.encode()[:-2], "半个字", NEXT)
    yield data("编码 坏字节", text.encode().replace("促".encode(), b"\xc0\xaf"), "UTF-8", NEXT)
    yield data("编码 代理码位", text.encode() + b"\xed\xa0\x80: x\n", "UTF-8", NEXT + 1)
    yield data("编码 断电的零", text.encode() + bytes(4096), "NUL", NEXT + 1)
    yield data("照印 BOM", b"\xef\xbb\xbf" + text.encode(), prints=("建设方案",))
    yield data("照印 CR", text.replace("\n", "\r").encode(), prints=("建设方案",))
    yield data("照印 CRLF", text.replace("\n", "\r\n").encode(), prints=("建设方案",))


def cases() -> Iterator[Case]:
    yield added("别名炸弹", laughs(), "锚点")
    yield added("合并炸弹", merges(), "锚点")
    yield added("自指", "备注: &a [*a]\n", "别名")
    yield added("别名多", "甲: &a [乙]\n" + "".join(f"丙{n}: *a\n" for n in range(3000)), "锚点")
    yield added("三千层括号", "备注: " + "[" * 3000 + "]" * 3000 + "\n", "40 层")
    yield added("三千层未闭", "备注: " + "[" * 3000 + "\n", "40 层")
    yield added("十万层", "备注: " + "[" * 100_000 + "\n", "40 层")
    yield added("深缩进", "".join("  " * n + f"键{n}:\n" for n in range(500)), "40 层", None)
    yield added("六万项", "案例:\n" + "- {客户: 甲}\n" * 30_000, "50000 项", None)
    yield added("键多", "".join(f"键{n}: 值\n" for n in range(60_000)), "50000 项", None)
    yield data("两兆以上", FACTS.encode() + b"# " + b"x" * 2_200_000, "上限", None)
    yield added("一行两兆", f"备注: {'甲' * 600_000}\n", "", None, prints=("甲" * 1000,))
    yield added("引号不配", "备注: '甲\n" + "乙: 丙\n" * 20_000, "引号")
    yield added("重复键", "备注: 甲\n备注: 乙\n", "两次", NEXT + 1)
    yield added(
        "规范化后重复", "备注: 甲\n" + "备注".replace("注", "\u6ce8") + " : 乙\n", "两次", NEXT + 1
    )
    yield added("全角键重复", "ＡＢ: 甲\nAB: 乙\n", "两次", NEXT + 1)
    yield added("零宽键", "备\u200b注: 甲\n", "看不见")
    yield added("全角冒号", "备注：甲\n", "冒号")
    yield added("制表缩进", "案例:\n\t- {客户: 甲}\n", "制表符", NEXT + 1)
    yield added("全角缩进", "案例:\n　- {客户: 甲}\n", "全角空格", NEXT + 1)
    yield added("不间断空格缩进", "案例:\n\u00a0\u00a0- {客户: 甲}\n", "不间断空格", NEXT + 1)
    yield added("短横无空格", "行业:\n-机械\n-汽车\n", "-", NEXT + 1)
    yield added("全角逗号列表", "行业: [机械，汽车]\n", "全角逗号")
    yield added("两份", "---\n单位名称: 乙\n", "两份")
    yield added("指令", "%YAML 9.9\n---\n甲: 乙\n", "", None)
    yield added("问号键", "? [甲, 乙]\n: 丙\n", "键")
    yield data("根是表", b"- a\n- b\n", "键: 值", 1)
    yield data("空文件", b"", "空", 1)
    yield data("只有注释", "# 无\n".encode(), "空", 1)
    yield added("大整数", f"员工数: {'9' * 6000}\n", "不是")
    yield added("全角数字千位", "员工数: １２，３４５\n", "", None)
    yield added("没有这天", "成立: 2026-02-30\n", "没有这一天")
    yield added("公元零年", "成立: 0000-01-01\n", "没有这一天")
    yield added("代码成数", "信用代码: 91320500000000000\n", "17 位")
    yield added("代码错一位", "信用代码: 91320500MA00000001\n", "校验位")
    yield added("电话错", "手机: 1380013\n", "电话")
    yield added("身份证错一位", "身份证号: '110105194912310021'\n", "校验位")
    yield added("账号错一位", "账号: '6222O21234567890123'\n", "银行账号")
    yield added("井号截断", "备注: C #语言\n", "", None)
    for name, typed in TAGS.items():
        yield added(f"标签 {name}", f"备注: {typed}\n", "标签")
    yield from kept(TYPED)
    yield added(
        "没有字形的表情",
        "备注: 👨‍👩‍👧🇨🇳\n",
        "没有字体",
        None,
        words=(*BUILD, "没有字形的表情"),
    )
    yield added(
        "没有字形的泰文",
        "备注: \u0e33\n",
        "没有字体",
        None,
        words=(*BUILD, "没有字形的泰文"),
    )
    for name, sign in BAD.items():
        says = "反斜杠" if name == "代理码位" else "U+"
        yield added(f"转义 {name}", f'备注: "甲{sign}乙"\n', says)
    for name, sign in RAW.items():
        yield added(f"生字符 {name}", f"备注: 甲{sign}乙\n", "U+", NEXT)
    yield added("自造字", "备注: 甲\ue123乙\n", "", None, prints=("甲\ue123乙",))
    yield from encodings()
    yield added("图片字段在外", "架构图: ../../../../../../etc/passwd\n", "不在申报单位的文件夹里")
    yield added("图片字段网址", "架构图: http://169.254.169.254/a.png\n", "不在申报单位的文件夹里")
    yield added("多行长文", "备注: |\n" + "  甲\n" * 20_000, "", None)
    yield added("正文超长", "简介: |\n" + "  一二三四五六七八九十\n" * 50_000, "", None)
