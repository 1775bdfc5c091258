"""What Python and Jinja say of an expression → the same in Chinese; no word of theirs is passed on.

Words that the person typed (names, signs) may stand in “…”; kinds of values are told as the fields
name them.
"""

from __future__ import annotations

import re

_HAN = re.compile("[一-龥]")
_KINDS = {
    "str": "文字", "int": "数", "Decimal": "数", "Exact": "数", "Percent": "百分比", "float": "数",
    "decimal": "数", "date": "日期", "datetime": "日期", "time": "时刻", "Month": "年月",
    "Moment": "时刻", "bool": "是否", "Choices": "多选", "Chapter": "正文", "Record": "一组字段",
    "dict": "一组字段", "Rows": "表", "Image": "图片", "list": "一串值", "tuple": "一串值",
    "NoneType": "空", "timedelta": "天数", "generator": "一串值", "Stream": "一串值",
    "range": "一串数", "method": "函数", "function": "函数", "builtin_function_or_method": "函数",
    "Markup": "文字", "Macro": "宏", "LoopContext": "循环", "Namespace": "一组名称",
    "slice": "一段", "Passage": "文字", "set": "一串值", "bytes": "数据", "Evidence": "证明材料",
}  # fmt: skip
_OTHER = "这种值"
_TOKENS = {
    "end of print statement": "标记的结尾 }}", "end of statement block": "标记的结尾 %}",
    "end of template": "式子的结尾", "begin of print statement": "标记的开头 {{",
    "begin of statement block": "标记的开头 {%", "begin of comment": "注释的开头 {#",
    "end of comment": "注释的结尾 #}", "template data / text": "标记外的文字",
    "name": "名称", "string": "文字", "integer": "数", "float": "数", "operator": "运算符",
}  # fmt: skip
_SYNTAX = (
    (r"Encountered unknown tag '(.+?)'", "多了 {{% {0} %}}，或前面的标记没有配对"),
    (r"Unexpected end of template.*innermost block.*'(\w+)'", "“{0}”没有结束标记"),
    (r"Unexpected end of template", "有标记没有结束（缺 endif 或 endfor）"),
    (r"unexpected end of template, expected ['\"](.+)['\"]", "式子没有写完，应为“{0}”"),
    (r"unexpected char ['\"]['\"]['\"] at|unexpected char \"\\?'\" at|unexpected char '\\?\"' at",
     "引号没有成对（两头用一样的直引号 ' '）"),
    (r"unexpected char ['\"](.+)['\"] at", "不能识别的字符“{0}”（是否用了全角标点？）"),
    (r"[uU]nexpected ['\"](.+?)['\"](?:, expected ['\"](.+)['\"])?$", "多余或写错的“{0}”"),
    (r"expected token ['\"](.+)['\"], got ['\"](.+)['\"]", "应为“{0}”，却是“{1}”"),
    (r"Expected an expression", "缺少名称或式子"),
    (r"expected name or number", "点的后面缺少名称"),
    (r"expected subscript expression", "方括号里缺少名称或式子"),
    (r"expected call", "call 后面要写宏和括号，如 {{% call 宏() %}}"),
    (r"invalid syntax for function call", "括号里的参数写法不对"),
    (r"non-default argument follows default", "没有默认值的参数要写在有默认值的前面"),
    (r"can't assign to", "set、for 后面要写一个新名称，不能是数、文字或式子"),
    (r"assign to special loop variable", "循环的名称不能叫 loop"),
    (r"chain multiple tests", "一个式子里不能连着写两个 is"),
    (r"tag name expected", "{{% 后面缺少 if、for 这样的语句"),
    (r"Missing end of comment", "注释没有以 #}} 结束"),
    (r"Missing end of raw", "raw 没有 endraw"),
    (r"Invalid character in identifier", "名称里有不能用的字符"),
    (r"chunk after expression", "写完一个式子后还有多余的内容"),
    (r"special \"caller\" argument", "宏的参数 caller 要有默认值"),
    (r"No (?:filter|test) named ['\"](.+?)['\"]", "没有“{0}”这个过滤器或判断"),
    (r"defined twice", "同一个名称定义了两次"),
)  # fmt: skip
_FAULTS = (
    (r"'(\S+)' not supported between instances of '[\w.]*?(\w+)' and '[\w.]*?(\w+)'",
     "{1}和{2}不能用“{0}”比较"),
    (r"unsupported operand type\(s\) for (\S+?)(?: or \S+)?: '[\w.]*?(\w+)' and '[\w.]*?(\w+)'",
     "{1}和{2}不能用“{0}”计算"),
    (r"bad operand type for unary ([+-])|bad operand type for (abs)", "“{0}”只用于数"),
    (r"can only concatenate (\w+) \(not \"[\w.]*?(\w+)\"\)", "{0}和{1}不能相加；拼接用 ~"),
    (r"can't multiply sequence by non-int of type '[\w.]*?(\w+)'",
     "文字、一串值只能乘以整数，不能乘以{0}"),
    (r"'in <string>' requires string as left operand, not [\w.]*?(\w+)$",
     "文字里只能找文字，不能用 in 找{0}"),
    (r"argument of type '[\w.]*?(\w+)' is not (?:iterable|a container)", "{0}里不能用 in 找值"),
    (r"'[\w.]*?(\w+)' object is not iterable|argument must be iterable", "{0}不能循环"),
    (r"'[\w.]*?(\w+)' object is not reversible", "{0}不能倒过来"),
    (r"'[\w.]*?(\w+)' object is not callable", "{0}后面不能加括号"),
    (r"'[\w.]*?(\w+)' object is not subscriptable", "{0}不能用方括号取值"),
    (r"'[\w.]*?(\w+)' object cannot be interpreted as an integer|slice indices must be integers",
     "这里要整数，不能是{0}"),
    (r"indices must be integers or slices, not [\w.]*?(\w+)", "这里要整数，不能是{0}"),
    (r"object of type '[\w.]*?(\w+)' has no len", "{0}没有长度"),
    (r"cannot unpack non-iterable [\w.]*?(\w+) object", "{0}不能拆成几个名称"),
    (r"(?:not enough|too many) values to unpack", "值的个数与名称的个数不一样"),
    (r"slice step cannot be zero", "方括号里的步长不能是零"),
    (r"empty separator", "分隔的文字不能是空的"),
    (r"substring not found|is not in (?:list|tuple|sequence)|x not in ", "里面没有要找的值"),
    (r"%(\w) format: .* is required, not [\w.]*?(\w+)", "格式“%{0}”只用于数，不能用于{1}"),
    (r"not enough arguments for format string", "格式里要的值比给的多"),
    (r"not all arguments converted", "格式里要的值比给的少"),
    (r"format requires a mapping", "格式里写了名称，要给一组名称和值"),
    (r"unsupported format character|incomplete format", "格式里 % 后面的字母不对"),
    (r"positional and keyword arguments at the same time", "格式的值要么都写名称，要么都不写"),
    (r"expected length >= (\d+), got", "截短后的长度太小，至少是 {0}"),
    (r"could not convert string to float|invalid literal for|ConversionSyntax", "文字不是数"),
    (r"missing \d+ required positional argument|at least \d+ arguments?|Missing parameter"
     r"|requires a filter argument|expected \d+ arguments?, got 0|takes exactly \w+ arguments? \(0",
     "过滤器或函数的括号里少了参数"),
    (r"takes .* (?:positional )?arguments? (?:but|\()|at most \d+ arguments?|not more than"
     r"|takes no arguments|expected \d+ arguments?|got multiple values|takes exactly",
     "过滤器或函数的括号里多了参数"),
    (r"(?:unexpected keyword argument|no keyword argument|for this function:?) '(\w+)'",
     "没有“{0}”这个参数"),
    (r"Unexpected keyword argument '(\w+)'|'(\w+)' is an invalid keyword argument",
     "没有“{0}”这个参数"),
    (r"takes no keyword arguments", "括号里的参数不能写名称"),
    (r"only get item pairs from a mapping|dictionary update sequence", "这里要一组名称和值"),
    (r"[Yy]ou can only sort by either", "排序只能按 key 或 value"),
    (r"two values for the special", "caller 给了两次"),
    (r"no items for cycling", "cycle 的括号里少了参数"),
    (r"'recursive' marker", "循环要写上 recursive，才能用 loop(…)"),
    (r"unhashable type: '[\w.]*?(\w+)'", "{0}不能当作名称或分组的依据"),
    (r"sequence item \d+: expected str instance, [\w.]*?(\w+) found", "只能连接文字，里面有{0}"),
    (r"No filter named '(.+?)'", "没有“{0}”这个过滤器"),
    (r"No test named '(.+?)'", "没有“{0}”这个判断"),
    (r"the recursive|recursion", "层次太深"),
    (r"must be (?:str|a string).*, not [\w.]*?(\w+)|expected str, got [\w.]*?(\w+)"
     r"|first arg must be str or a tuple of str, not [\w.]*?(\w+)", "这里要文字，不能是{0}"),
    (r"must be (?:an? )?(?:int|integer|real number).*, not [\w.]*?(\w+)", "这里要数，不能是{0}"),
    (r"expected string or bytes-like object(?:, got '[\w.]*?(\w+)')?", "这里要文字，不能是{0}"),
    (r"The fill character must be exactly one character", "填补的字只能写一个"),
    (r"'[\w.]*?(\w+)' object has no attribute '(?:read|text|file|about|values)'",
     "这个过滤器不用于{0}"),
    (r"'[\w.]*?(\w+)' object has no attribute", "{0}不能这样用"),
)  # fmt: skip
_READ_SYNTAX = tuple((re.compile(said), told) for said, told in _SYNTAX)
_READ_FAULTS = tuple((re.compile(said, re.DOTALL), told) for said, told in _FAULTS)


def syntax_told(words: str) -> str:
    """Why an expression or tag cannot be read."""
    for pattern, told in _READ_SYNTAX:
        match = pattern.search(words)
        if match:
            groups = [_TOKENS.get(word or "", word or "") for word in match.groups()]
            return told.format(*groups)
    return words if _is_ours(words) else "这里的式子读不懂"


def fault_told(words: str) -> str:
    """Why an expression cannot be computed; what we said ourselves stands as it is."""
    if _is_ours(words):
        return words
    for pattern, told in _READ_FAULTS:
        match = pattern.search(words)
        if match:
            found = [group for group in match.groups() if group is not None] or ["这种值"]
            said = [_kind(word, f"{{{n}}}”" in told) for n, word in enumerate(found)]
            return f"值的类型不合：{told.format(*said)}"
    return "值的类型不合：值不适合这样用"


def kind_told(value: object) -> str:
    """What a value is, as the fields name it."""
    return _KINDS.get(type(value).__name__, _OTHER)


def _kind(word: str, quoted: bool) -> str:
    """A kind in Chinese; what is told in quotation marks (a sign, a name typed) as it is."""
    if quoted:
        return word
    return _KINDS.get(word) or (word if word.isdigit() else _OTHER)


def _is_ours(words: str) -> bool:
    """Whether a message is one of the language's: Python's begin with a word of Python's."""
    return bool(_HAN.search(words)) and not re.match(r"[A-Za-z%'(]", words)
