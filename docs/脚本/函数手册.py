"""Writes docs/函数.md from the Chinese docstrings of the language's filters, functions and tests.

.venv/bin/python docs/脚本/函数手册.py

Each example stands in a docstring as in a doctest: `>>> expression`, then what it prints. They are
evaluated as expressions of the language, over FACTS.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from docgen.fill.printed import text_of  # noqa: E402
from docgen.language import LanguageError, compile_expression  # noqa: E402
from docgen.language.filters import FILTERS, FUNCTIONS, TESTS  # noqa: E402
from docgen.language.kept import FILTER_WORDS, TEST_WORDS  # noqa: E402
from docgen.model.blocks import Chapter, Paragraph, Section, Text  # noqa: E402
from docgen.model.dossier import Built  # noqa: E402
from docgen.model.notice import Party  # noqa: E402
from docgen.model.values import (  # noqa: E402
    Choices,
    Missing,
    MissingValueError,
    Passage,
    Passages,
    Record,
    Rows,
)
from docgen.problem import Where  # noqa: E402

MANUAL = ROOT / "docs" / "函数.md"
HERE = Where("申报单位.yaml", 1, 1)


def _rows(path: str, *facts: Mapping[str, object]) -> Rows:
    return Rows(Record(row, f"{path}.{number}", HERE) for number, row in enumerate(facts, 1))


def _section(title: str, text: str) -> Section:
    return Section(title, (Paragraph((Text(text),), HERE),), HERE)


_CHAPTER = Chapter(
    "建设基础",
    (
        _section("人员队伍", "现有专职人员30人（见证03）。"),
        _section("服务经验", "近三年服务企业120家。"),
    ),
    HERE,
)
FACTS: Mapping[str, object] = {
    "单位名称": "示例数字科技有限公司",
    "成立日期": date(2020, 3, 18),
    "申报日期": date(2026, 6, 1),
    "申报方式": "联合体",
    "服务行业": Choices(("机械", "汽车")),
    "联系电话": "13800000001",
    "传真": Missing("传真", "传真", HERE),
    "案例": _rows(
        "案例",
        {"客户": "甲厂", "行业": "机械", "合同额": Decimal("128.5"), "开始": date(2023, 4, 1)},
        {"客户": "乙厂", "行业": "机械", "合同额": Decimal("51.6"), "开始": date(2024, 9, 1)},
        {"客户": "丙厂", "行业": "汽车", "合同额": Decimal("120.2"), "开始": date(2025, 3, 1)},
    ),
    "成员": _rows(
        "成员",
        {"名称": "甲公司", "出资": Decimal(60)},
        {"名称": "乙公司", "出资": Missing("成员.2.出资", "出资", HERE)},
    ),
    "正文": Record({"建设基础": _CHAPTER}, "正文", HERE),
    "词表": {"门槛": {"大型": "100", "小型": "20"}},
    "全文": Passages((Passage("机密★", HERE), Passage("内部资料", HERE))),
    "成果": (
        Built("建设方案", Party.APPLICANT.value, "甲", "a.docx", {"单位名称": "甲公司"}),
        Built("推荐意见", Party.BUREAU.value, "甲", "b.docx", {"单位名称": "甲有限公司"}),
    ),
}


@dataclass(frozen=True)
class Entry:
    """One function under its names: what it does, and examples with what they print."""

    names: tuple[str, ...]
    words: str
    examples: tuple[tuple[str, str], ...]


def evaluate(expression: str) -> str:
    """What an expression prints over FACTS, an absent fact or an error told as the manual does."""
    try:
        return text_of(compile_expression(expression).evaluate(FACTS))
    except MissingValueError as fault:
        return f"资料不足：{fault.missing.path}"
    except (LanguageError, TypeError, ArithmeticError) as fault:
        return f"错误：{fault}"


def entries(registered: Mapping[str, Callable[..., object]]) -> Iterator[Entry]:
    """The documented functions of a registry in its order, aliases together."""
    names: dict[Callable[..., object], list[str]] = {}
    for name, function in registered.items():
        original = inspect.unwrap(function)
        if original.__module__.startswith("docgen."):
            names.setdefault(original, []).append(name)
    for function, known in names.items():
        if not (function.__doc__ or "").startswith(tuple(f"{name}：" for name in known)):
            continue
        first, *rest = inspect.getdoc(function).split("\n")  # type: ignore[union-attr]
        title, _, words = first.partition("：")
        yield Entry((title, *(n for n in known if n != title)), words, _of(rest))


def kept(words: Mapping[str, tuple[str, str, str]]) -> Iterator[Entry]:
    """Jinja's own."""
    for name, (said, expression, printed) in words.items():
        yield Entry((name,), said, ((expression, printed),))


def _of(lines: list[str]) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, list[str]]] = []
    for line in lines:
        if line.startswith(">>> "):
            found.append((line[4:], []))
        elif line and found:
            found[-1][1].append(line)
    return tuple((expression, "\n".join(printed)) for expression, printed in found)


SECTIONS: Mapping[str, tuple[str, Callable[[], Iterator[Entry]]]] = {
    "过滤器": ("写在竖线后面：`{{ 合同额 | 元 | 大写金额 }}`。", lambda: entries(FILTERS)),
    "函数": (
        "写在前面，带括号：`{% if 整年(成立日期, 申报日期) >= 3 %}`。",
        lambda: entries(FUNCTIONS),
    ),
    "判断": ("跟在 is 后面：`{% if 联合协议 is 已填 %}`。", lambda: entries(TESTS)),
}
HEAD = """# 函数

<!-- 由 docs/脚本/函数手册.py 按各函数的说明写成；要改，请改说明再运行它。 -->

规则（规则.yaml）、适用条件和 Word 模板用的是同一种式子，这里列出式子里能用的全部过滤器、函数和
判断。每个例子都由测试算过。

- 数是精确的：`0.1 + 0.2 == 0.3` 成立，`1 / 3` 算到 28 位，从不用浮点数。金额、四舍五入都不差一分。
- 竖线比加减乘除绑得紧：`(今年 - 去年) | 百分比` 要加括号。
- 没填的资料不会当作零或空：规则里是“资料不足”，模板里在原处印 【待补：…】。
- 式子有界：循环、重复、数和文字都有上限，写过了头会用中文说明。

例子里的资料：申报日期 2026年6月1日，成立日期 2020年3月18日，申报方式 联合体，服务行业 机械、汽车，
联系电话 13800000001，传真没有填；案例三行、成员两行如下。

| 客户 | 行业 | 合同额（万元） | 开始 |   | 成员 | 出资 |
|---|---|---|---|---|---|---|
| 甲厂 | 机械 | 128.5 | 2023-04-01 |   | 甲公司 | 60 |
| 乙厂 | 机械 | 51.6 | 2024-09-01 |   | 乙公司 | （没填） |
| 丙厂 | 汽车 | 120.2 | 2025-03-01 |   |   |   |
"""
TAIL = """## Jinja 自带的

只留下无害的；没列出的不能用。

"""
MARKS = """## 只在 Word 模板里用的

### 重新编号

`{{ 重新编号 }}` 什么也不印，只让自动编号从头开始，同 Word 里的“重新开始于一”：写在列表的第一段里，
或写在列表前面的一段（例如小标题）里。放在循环里，每循环一次，后面那个列表就从头编一次。
标题自己的编号不受影响。
"""


def manual() -> str:
    """The text of docs/函数.md."""
    parts = [HEAD]
    for title, (words, listed) in SECTIONS.items():
        parts.append(f"## {title}\n\n{words}\n")
        parts += [_described(entry) for entry in listed()]
    parts += [MARKS, TAIL, _table("过滤器", FILTER_WORDS), "\n", _table("判断", TEST_WORDS)]
    return "\n".join(part.rstrip("\n") + "\n" for part in parts)


def _described(entry: Entry) -> str:
    also = f"（也写作 {'、'.join(entry.names[1:])}）" if entry.names[1:] else ""
    shown = []
    for expression, printed in entry.examples:
        lines = printed.split("\n")
        shown += [f"{expression}", *(f"    → {line}" for line in lines)]
    return f"### {entry.names[0]}\n\n{entry.words}{also}\n\n```\n" + "\n".join(shown) + "\n```\n"


def _table(kind: str, words: Mapping[str, tuple[str, str, str]]) -> str:
    lines = [f"| {kind} | 作用 | 例 | 结果 |", "|---|---|---|---|"]
    for name, cells in words.items():
        said, expression, printed = (cell.replace("|", "\\|") for cell in cells)
        lines.append(f"| `{name}` | {said} | `{expression}` | {printed} |")
    return "\n".join(lines)


if __name__ == "__main__":
    MANUAL.write_text(manual(), encoding="utf-8")
