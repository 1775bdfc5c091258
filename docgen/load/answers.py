"""说明 and 确认 → what people answered, by 编号."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from docgen.language.spelling import nearest
from docgen.model.dossier import Confirmation, Explanation
from docgen.model.tree import Node
from docgen.problem import Problem, error

EXPLANATIONS, CONFIRMATIONS = "说明", "确认"
RESULTS = {"属实": True, "不属实": False}


def read_explanations(
    tree: Node, codes: Collection[str]
) -> tuple[dict[str, Explanation], list[Problem]]:
    """说明: {编号: 理由}; `codes` are the 编号 that may be answered."""
    problems: list[Problem] = []
    found = {}
    for code, node in _answers(tree, EXPLANATIONS, codes, problems):
        if node.is_scalar and node.text.strip():
            found[code] = Explanation(node.text.strip(), node.where(f"{EXPLANATIONS}.{code}"))
    return found, problems


def read_confirmations(
    tree: Node, codes: Collection[str]
) -> tuple[dict[str, Confirmation], list[Problem]]:
    """确认: {编号: {结论: 属实, 日期: …, 经手: …}}; half an answer is a Problem, not an answer."""
    problems: list[Problem] = []
    found = {}
    for code, node in _answers(tree, CONFIRMATIONS, codes, problems):
        where = node.where(f"{CONFIRMATIONS}.{code}")
        result, day, by = (
            (node.get(key) or Node("")).text.strip() for key in ("结论", "日期", "经手")
        )
        try:
            when = date.fromisoformat(day)
        except ValueError:
            when = None
        if result not in RESULTS or when is None or not by:
            hint = f"写成 {code}: {{结论: 属实, 日期: 2026-06-01, 经手: 单位或姓名}}"
            said = f"确认 {code} 要有结论（属实或不属实）、日期、经手三项"
            problems.append(error("确认", said, where, hint))
            continue
        found[code] = Confirmation(RESULTS[result], when, by, where)
    return found, problems


def _answers(
    tree: Node, key: str, codes: Collection[str], problems: list[Problem]
) -> list[tuple[str, Node]]:
    node = tree.get(key)
    if node is None or (node.is_scalar and not node.text):
        return []
    if not node.is_mapping:
        hint = "一行一条，如 S0-Q01: 理由"
        problems.append(error("写法", f"“{key}”应写成“编号: 内容”", node.where(key), hint))
        return []
    for code, child in node.mapping.items():
        if code not in codes:
            near = nearest(code, codes)
            hint = f"是不是 {near}？" if near else "对照核对结果里的编号"
            problems.append(
                error("未知编号", f"“{key}”里的 {code} 不是本通知的编号", child.where_key(), hint)
            )
    return [(code, child) for code, child in node.mapping.items() if code in codes]
