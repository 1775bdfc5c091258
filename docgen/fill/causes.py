"""An exception of the language → its cause and its cure, in Chinese."""

from __future__ import annotations

import re
from decimal import DecimalException

from jinja2.exceptions import (
    FilterArgumentError,
    SecurityError,
    TemplateRuntimeError,
    TemplateSyntaxError,
    UndefinedError,
)

from docgen.fill.misplaced import Misplaced
from docgen.language import LanguageError
from docgen.model.values import MissingValueError

_SYNTAX = (
    (re.compile(r"Encountered unknown tag '(\w+)'"), "多了 {{% {0} %}}，或前面的标记没有配对"),
    (re.compile(r"Unexpected end of template.*innermost block.*'(\w+)'"), "“{0}”没有结束标记"),
    (re.compile(r"Unexpected end of template"), "有标记没有结束（缺 endif 或 endfor）"),
    (re.compile(r"unexpected '(.+?)'(?:,|$)"), "多余或写错的“{0}”"),
    (re.compile(r"expected token '(.+)', got '(.+)'"), "应为“{0}”，却是“{1}”"),
    (re.compile(r"unexpected char '(.+)' at"), "不能识别的字符“{0}”（是否用了全角标点？）"),
    (re.compile(r"Expected an expression, got '(.+)'"), "缺少名称或式子"),
    (re.compile(r"Missing end of comment tag"), "注释没有以 #}} 结束"),
    (re.compile(r"No (filter|test) named '(.+)'"), "没有“{1}”这个过滤器或判断"),
)
_KINDS = {
    "str": "文字", "int": "数", "Decimal": "数", "Percent": "百分比", "float": "数", "date": "日期",
    "Month": "年月", "Moment": "时刻", "bool": "是否", "Choices": "多选", "Chapter": "正文",
    "Record": "一组字段", "Rows": "表", "Image": "图片", "list": "一串值", "tuple": "一串值",
    "NoneType": "空", "timedelta": "天数", "generator": "一串值", "method": "函数",
    "function": "函数",
}  # fmt: skip
_TOKENS = {
    "end of print statement": "标记的结尾 }}", "end of statement block": "标记的结尾 %}",
    "name": "名称", "string": "文字", "integer": "数", "float": "数",
}  # fmt: skip
_TYPES = (
    (
        re.compile(r"'(\S+)' not supported between instances of '(\w+)' and '(\w+)'"),
        "{1}和{2}不能用“{0}”比较",
    ),
    (
        re.compile(r"unsupported operand type\(s\) for (\S+): '[\w.]*?(\w+)' and '[\w.]*?(\w+)'"),
        "{1}和{2}不能用“{0}”计算",
    ),
    (
        re.compile(r"can only concatenate (\w+) \(not \"[\w.]*?(\w+)\"\)"),
        "{0}和{1}不能相加；拼接用 ~",
    ),
    (re.compile(r"'[\w.]*?(\w+)' object is not iterable"), "{0}不能循环"),
    (re.compile(r"'[\w.]*?(\w+)' object is not callable"), "{0}后面不能加括号"),
    (re.compile(r"'[\w.]*?(\w+)' object is not subscriptable"), "{0}不能用方括号取值"),
    (re.compile(r"object of type '[\w.]*?(\w+)' has no len"), "{0}没有长度"),
    (
        re.compile(r"cannot unpack non-iterable (\w+) object"),
        "{0}不能拆成几个名称",
    ),
    (re.compile(r"(?:not enough|too many) values to unpack"), "值的个数与名称的个数不一样"),
    (re.compile(r"could not convert string to float|invalid literal for"), "文字不是数"),
    (re.compile(r"missing \d+ required positional argument"), "过滤器或函数的括号里少了参数"),
    (re.compile(r"takes .* positional arguments? but"), "过滤器或函数的括号里多了参数"),
    (re.compile(r"unexpected keyword argument '(\w+)'"), "没有“{0}”这个参数"),
)
_TWICE = re.compile("duplicate argument|keyword argument repeated")
_UNKNOWN = re.compile(r"No (?:filter|test) named '(.+?)'")
_LARGE = "Exceeds the limit"  # of digits that Python writes out
_DEEP = "层次太深"  # the end of what the language says of them

LONGEST_WORDS = 200  # of a message of Python's, which may quote a whole value


def cause_of(fault: Exception) -> tuple[str, str]:
    words = str(fault)
    if isinstance(fault, Misplaced):
        return f"放不下：{words}", fault.cure
    if isinstance(fault, TemplateSyntaxError):
        text = str(fault.message)
        for pattern, chinese in _SYNTAX:
            match = pattern.search(text)
            if match:
                words = chinese.format(*(_TOKENS.get(word, word) for word in match.groups()))
                break
        else:
            words = text
        return f"写法不对：{words}", "请检查标记的括号、引号和配对，标点须为半角"
    if isinstance(fault, LanguageError) and words.endswith(_DEEP):
        return f"不能这样用：{words}", "请简化这里的式子"
    if isinstance(fault, SecurityError | LanguageError):
        return f"不能这样用：{words}", "模板里只能取值、判断、循环和使用说明中列出的过滤器"
    if isinstance(fault, MissingValueError):
        return f"用到的“{fault.missing.path}”还没有填写", "请先在资料中填写，或用 {% if %} 包起来"
    if isinstance(fault, ZeroDivisionError | DecimalException):
        return "算不出来：除数是零或数太大", "请先用 {% if %} 排除除数为零的情形"
    if isinstance(fault, TemplateRuntimeError) and "non-namespace" in words:
        return "写法不对：只有 namespace() 的成员可以用 set 改", "先写 {% set 名 = namespace(…) %}"
    if isinstance(fault, UndefinedError):
        return f"用到了没有的名称：{words}", "请对照字段清单改正名称"
    if isinstance(fault, ValueError) and words.startswith(_LARGE):
        return "算不出来：数太大", "请检查这个数"
    if isinstance(fault, TypeError | ValueError | AttributeError | KeyError | IndexError):
        return f"算不出来：{_chinese(words)}", "请检查字段的类型是否合用"
    if isinstance(fault, SyntaxError) and _TWICE.search(words):
        return "写法不对：同一个参数写了两次", "请删去重复的参数"
    if isinstance(fault, RecursionError | SyntaxError | OverflowError | MemoryError):
        return "算不出来：层次太深或数太大", "请简化这里的式子"
    if isinstance(fault, FilterArgumentError):
        return "算不出来：过滤器的参数不对", "请对照函数手册检查过滤器括号里的内容"
    unknown = _UNKNOWN.search(words) if isinstance(fault, TemplateRuntimeError) else None
    if unknown:
        return f"算不出来：没有“{unknown.group(1)}”这个过滤器或判断", "请改正名称"
    said = f"（{type(fault).__name__}：{words[:LONGEST_WORDS]}）"
    return f"模板算不出来{said}", "请简化这里的式子，或换一种写法"


def _chinese(words: str) -> str:
    """A message of ours as it stands; one of Python's told in the words of the fields."""
    if re.search("[一-龥]", words):
        return words
    for pattern, chinese in _TYPES:
        match = pattern.search(words)
        if match:
            kinds = [_KINDS.get(group, group) for group in match.groups()]
            return f"值的类型不合：{chinese.format(*kinds)}"
    return f"值的类型不合（{words[:LONGEST_WORDS]}）"
