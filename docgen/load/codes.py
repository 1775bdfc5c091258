"""Every code that reading a file may raise, with what it stands for: the one list of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from docgen.problem import Problem, Severity

SHOWN = 200  # Problems told of one file

CODES = {
    "读取": "文件或文件夹读不出来：不存在、没有权限、磁盘出错、指到了申报单位文件夹之外",
    "过大": "文件、嵌套层数或条目数超过上限",
    "编码": "文件不是 UTF-8（GBK、Big5、UTF-16 等），或 UTF-8 不完整",
    "字符": "不能进入文档的字符：控制字符、双向控制符、非字符等；或多半是乱码的字符",
    "语法": "YAML 读不下去",
    "重复键": "同一组里一个键写了两次",
    "别名": "YAML 的锚点（&）、别名（*）、合并键（<<）",
    "引用": "正文里的【=路径】：没有写完、不是路径、写在标题里",
    "标签": "YAML 标签（! 开头）",
    "多文档": "一个 YAML 文件里有不止一份（---）",
    "键": "键不是一个词：为空、是列表或分组、含看不见的字符",
    "缩进": "行首的制表符、全角空格、不间断空格、零宽字符，或对不齐",
    "全角冒号": "用全角冒号“：”分隔键和值",
    "冒号": "键后的半角冒号没有空格，或一行里有两个",
    "全角逗号": "方括号、花括号里用全角逗号“，”分隔",
    "逗号": "花括号里的逗号把一个值切成了几段",
    "列表": "列表的“-”后没有空格",
    "井号": "“ #”之后的文字被当作注释，没有进入内容",
    "引号": "引号没有配对，或引号之后还有文字",
    "括号": "方括号、花括号没有配对",
    "块": "以 > 或 | 开头的值被读作多行文字",
    "表达式": "通知包里的表达式被 YAML 切断，或含全角符号",
    "标题": "Markdown 标题的层级、编号或写法",
    "标记": "Markdown 里不起作用或不打印的标记：HTML、分隔线、行首四个空格",
    "图片": "图片缺失、格式不对，或没有独占一段",
    "表格": "Markdown 表格读不成表格，或一行的格数与表头不同",
    "章节": "正文文件夹里的文件：两个文件同一章、读不了的文件",
    "佐证": "证明材料的文件：空、认不出、加密、不完整",
    "工作簿": "不是能读的 .xlsx：旧格式、加了密码、不是工作簿、已损坏",
    "工作表": "Excel 里的表不认识、改了名、不在，或不止一张",
    "表头": "Excel 的栏名不认识、重复、没写，或缺必填的一栏",
    "合并": "Excel 里合并了单元格",
    "隐藏": "Excel 里隐藏的行、栏、表：也读了",
    "公式": "Excel 的公式没有算好的值",
    "单元格": "Excel 的一格：错误值、变成数的号码、变成日期的内容、序列号、过长、空格、换行、全角",
    "重复": "一家在表格里有两行，或一张表在两处都有",
    "未知键": "表 文件夹里的文件名不是哪一张表",
}


def capped(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """The Problems of one file, the ones beyond `SHOWN` counted in a last one."""
    rest = problems[SHOWN:]
    if not rest:
        return tuple(problems)
    worst = next((p for p in rest if p.severity is Severity.ERROR), rest[0])
    said = f"从这里起还有 {len(rest)} 处问题没有列出"
    more = replace(worst, message=said, where=rest[0].where, hint="改好上面的再检查一次")
    return (*problems[:SHOWN], more)
