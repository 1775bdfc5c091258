"""Every finding on a template by its code: what it stands for, how heavy it is, the usual cure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from docgen.problem import Problem, Severity, Where

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO


@dataclass(frozen=True, slots=True)
class Kind:
    """What a code stands for; `cure` is told where a finding brings none of its own."""

    meaning: str
    severity: Severity
    cure: str


CODES: Mapping[str, Kind] = {
    "模板全角": Kind("全角花括号 ｛｛ ｝｝ ｛％", ERROR, "改用半角的 {{ }} 和 {% %}"),
    "模板括号": Kind(
        "标记没有开头、没有结尾，或 {% 用 }} 结束", ERROR, "{{ 配 }}，{% 配 %}，写在同一段里"
    ),
    "模板单括号": Kind(
        "只有一层花括号，或标记后面多出一个，会原样印出", WARNING, "要打印字段请写 {{ 字段 }}"
    ),
    "模板标点": Kind(
        "标记里有全角标点 ， ｜ （ ＝ 或弯引号", ERROR, "标记里的标点一律用半角：, | ( ) = '"
    ),
    "模板语句": Kind(
        "{% %} 的第一个词写错，或不能使用", ERROR, "可用 if、elif、else、for、set 和它们的 end…"
    ),
    "模板配对": Kind(
        "if、for 没有结束，没有开始，或交叉", ERROR, "if 配 endif，for 配 endfor，逐层配对"
    ),
    "模板层次": Kind(
        "开始与结束不在同一层、同一张表、同一格",
        ERROR,
        "开始和结束用同样的写法，放在同一张表、同一格里",
    ),
    "模板跨段": Kind(
        "{% %} 跨了几段，前后两段会并成一段", WARNING, "整段的判断、循环用 {%p %}，单独成段"
    ),
    "模板吞内容": Kind(
        "{%tr %}、{%tc %}、{%p %} 与别的内容同在一行、一格、一段，填写时一起消失",
        ERROR,
        "让这个标记独占一行、一格或一段",
    ),
    "模板空循环": Kind(
        "循环的开始和结束之间什么也没有", WARNING, "把要重复的行或段放在开始与结束之间"
    ),
    "模板空格子": Kind(
        "单元格里只有 {%p %} 之间的内容，不成立时格子变空",
        WARNING,
        "在 {%p %} 之外留一个空段，或改用写在一段里的 {% if %}",
    ),
    "模板拆分": Kind(
        "一个标记里夹着制表符、换行、图片，或跨出链接、修订",
        ERROR,
        "删去这个标记，一口气重新打一遍",
    ),
    "模板格式": Kind(
        "{{r }} 前后的文字会失去格式", WARNING, "普通字段用 {{ }}；否则让 {{r }} 的前后不带格式"
    ),
    "模板位置": Kind(
        "写在不填写的地方：批注、图表、文档属性", WARNING, "移到正文、页眉、页脚或脚注里"
    ),
    "模板写法": Kind("标记里的式子读不懂", ERROR, "请检查标记的括号、引号和标点，标点须为半角"),
    "模板未知名称": Kind("没有这个字段", ERROR, "请对照字段清单改正名称"),
    "模板段标记": Kind(
        "正文该用 {{p }}，普通字段该用 {{ }}", WARNING, "正文独占一段写 {{p }}，普通字段写 {{ }}"
    ),
    "模板循环": Kind(
        "循环的不是表，或把整张表印在一处",
        ERROR,
        "只有表、多选可以循环：{%tr for 行 in 表 %}",
    ),
    "模板成员": Kind("取了没有成员的字段的成员", ERROR, "只有组和循环里的一行可以用点取成员"),
    "模板过滤器": Kind("没有这个过滤器，或用在不合的字段上", ERROR, "请对照过滤器表改正"),
    "必填受限": Kind(
        "必填字段只在某个条件成立时印出", WARNING, "在条件之外也印一处，或在每个分支都印出"
    ),
    "模板未用字段": Kind(
        "通知要填、却没有一份模板印出的字段", INFO, "在模板里印出；只供核验的写 不入文: 是"
    ),
    "模板修订": Kind(
        "留着修订痕迹，会随成品交出去", WARNING, "在“审阅”里接受或拒绝全部修订，关掉修订"
    ),
    "模板批注": Kind("留着批注，会随成品交出去", WARNING, "在“审阅”里删去全部批注"),
    "模板隐藏文字": Kind(
        "隐藏的文字会随成品交出去", WARNING, "显示隐藏文字后删去，或取消“隐藏”格式"
    ),
    "模板字体": Kind(
        "用了主题字体，或中文没有指定字体", WARNING, "在样式里为中文指定字体，如 仿宋_GB2312"
    ),
    "疑似实际资料": Kind(
        "写死的电话、身份证号、信用代码、邮箱", INFO, "若是上一份材料留下的，改成字段"
    ),
    "模板不安全": Kind(
        "宏、外部链接、嵌入对象、取用外部内容的域",
        ERROR,
        "请在 Word 或 WPS 中打开模板，删去这些内容，另存为普通的“Word 文档（.docx）”",
    ),
    "文档损坏": Kind("不是完整的 .docx 文件", ERROR, "请用 Word 或 WPS 打开并另存为 .docx 后再试"),
}


def finding(
    code: str, message: str, where: Where, hint: str = "", severity: Severity | None = None
) -> Problem:
    """A Problem of a listed code; the code's own cure and severity where none is given."""
    kind = CODES[code]
    return Problem(code, severity or kind.severity, message, where, hint=hint or kind.cure)
