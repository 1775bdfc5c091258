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
from docgen.language.told import fault_told, syntax_told
from docgen.model.values import MissingValueError

_OF_VALUES = (
    TypeError, ValueError, AttributeError, LookupError, TemplateRuntimeError,
)  # fmt: skip
_SHORT = "expected length"  # Jinja's truncate asserts it
_NO_SUCH = re.compile("^No (?:filter|test) named")
_TWICE = re.compile("duplicate argument|keyword argument repeated")
_LARGE = "Exceeds the limit"  # of digits that Python writes out
_DEEP = "层次太深"  # the end of what the language says of them


def cause_of(fault: Exception) -> tuple[str, str]:
    words = str(fault)
    if isinstance(fault, Misplaced):
        return f"放不下：{words}", fault.cure
    if isinstance(fault, TemplateSyntaxError):
        said = syntax_told(str(fault.message))
        return f"写法不对：{said}", "请检查标记的括号、引号和配对，标点须为半角"
    if isinstance(fault, LanguageError) and words.endswith(_DEEP):
        return f"不能这样用：{words}", "请简化这里的式子"
    if isinstance(fault, SecurityError | LanguageError):
        words = words if isinstance(fault, LanguageError) else "这里取了不许取的内容"
        return f"不能这样用：{words}", "模板里只能取值、判断、循环和使用说明中列出的过滤器"
    if isinstance(fault, MissingValueError):
        return f"用到的“{fault.missing.path}”还没有填写", "请先在资料中填写，或用 {% if %} 包起来"
    if isinstance(fault, ZeroDivisionError | DecimalException):
        return "算不出来：除数是零或数太大", "请先用 {% if %} 排除除数为零的情形"
    if isinstance(fault, TemplateRuntimeError) and "non-namespace" in words:
        return "写法不对：只有 namespace() 的成员可以用 set 改", "先写 {% set 名 = namespace(…) %}"
    if isinstance(fault, UndefinedError):
        return "用到了没有的名称", "请对照字段清单改正名称"
    if isinstance(fault, ValueError) and words.startswith(_LARGE):
        return "算不出来：数太大", "请检查这个数"
    if isinstance(fault, FilterArgumentError):
        return "算不出来：过滤器的参数不对", "请对照函数手册检查过滤器括号里的内容"
    if isinstance(fault, TemplateRuntimeError) and _NO_SUCH.search(words):
        return fault_told(words).rpartition("：")[2], "请对照使用说明改正名称"
    if isinstance(fault, _OF_VALUES) or words.startswith(_SHORT):
        return f"算不出来：{fault_told(words)}", "请检查字段的类型是否合用"
    if isinstance(fault, SyntaxError) and _TWICE.search(words):
        return "写法不对：同一个参数写了两次", "请删去重复的参数"
    if isinstance(fault, RecursionError | SyntaxError | OverflowError | MemoryError):
        return "算不出来：层次太深或数太大", "请简化这里的式子"
    return "模板算不出来", "请简化这里的式子，或换一种写法"
