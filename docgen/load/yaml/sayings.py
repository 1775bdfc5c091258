"""The parser's English messages and ours for them."""

from __future__ import annotations

from typing import Final, NamedTuple


class Saying(NamedTuple):
    """A message of the parser's, ours for it, and whether the opening is the place to mend."""

    pattern: str
    code: str
    message: str
    hint: str
    opening: bool = False


# Matched in order against "context: problem"; {char} is the character where the parser stopped.
SAYINGS: Final = (
    Saying(
        "quoted scalar: found unexpected (end of stream|document)",
        "引号",
        "引号从这里开始，到后面没有配上",
        "在这个值的末尾补上同样的引号",
        True,
    ),
    Saying(
        "escape|hexdecimal",
        "引号",
        "双引号里的反斜杠 \\ 后不是 YAML 认得的写法",
        "把外层双引号换成单引号；或把 \\ 写成 \\\\",
    ),
    Saying(
        "(sequence|block|) ?entries are not allowed",
        "列表",
        "“- ”不能与键写在同一行",
        "另起一行，缩进两格再写“- ”；若是文字，给整个值加引号",
    ),
    Saying(
        "could not find expected ':'",
        "语法",
        "这一行没有冒号，读不成“键: 值”",
        "写成“键: 值”；若接着上一行，比上一行多缩进两格",
        True,
    ),
    Saying(
        "directive",
        "语法",
        "行首的 % 被当作 YAML 的指令",
        "若是文字，给整个值加引号",
        True,
    ),
    Saying(
        "block scalar: .*tab",
        "缩进",
        "多行文字的缩进里有制表符（Tab）",
        "换成空格，每级两个",
    ),
    Saying("tab character that violates", "缩进", "缩进里有制表符（Tab）", "换成空格，每级两个"),
    Saying(
        "block scalar",
        "块",
        "以 > 或 | 开头，被读作多行文字的开头",
        "给整个值加引号；若要写多行文字，| 之后换行，内容缩进两格",
        True,
    ),
    Saying(
        "an anchor|an alias",
        "别名",
        "值以 & 或 * 开头，被 YAML 当作别名",
        "若是文字，给整个值加引号",
        True,
    ),
    Saying("tag", "标签", "值以 ! 开头，被 YAML 当作标签", "若是文字，给整个值加引号", True),
    Saying(
        "cannot start any token",
        "语法",
        "值不能以 {char} 开头",
        "给整个值加引号",
    ),
    Saying(
        "block collection|'-' indicator",
        "缩进",
        "列表到这里断了：这一行不是“- ”开头，也没有退回上一级",
        "补上“- ”，或与上一级的键左对齐",
    ),
    Saying(
        "mapping keys are not allowed",
        "语法",
        "“? ”在 YAML 里另有意思，不能这样开头",
        "若是文字，给整个值加引号",
    ),
    Saying(
        "block mapping",
        "缩进",
        "这一行的缩进与上面任何一级都对不齐",
        "与同级的键左对齐，每级缩进两个空格",
    ),
    Saying(
        "node content",
        "语法",
        "这里应当是一个值，却是“{char}”",
        "补上值；若“{char}”是文字，给整个值加引号",
    ),
    Saying(
        "document start",
        "语法",
        "内容到前面已经结束，这里还有文字",
        "检查括号和引号是否过早结束，缩进是否多退了一级",
    ),
)
ANY: Final = Saying("", "语法", "YAML 到这里读不下去", "检查这一行的缩进、冒号和引号")
