"""用例/*.yaml → Cases: a change to an example, and the verdict that a rule must then give."""

from __future__ import annotations

from docgen.load.keys import Keys
from docgen.model.notice import Case
from docgen.model.tree import Node
from docgen.problem import Problem

EXPECTED = ("通过", "不通过", "资料不足", "待人工", "提醒", "提示", "不适用")


def read_case(node: Node, problems: list[Problem]) -> Case | None:
    """One entry of a 用例 file.

    改 and 删 say what differs from the example (删 is a list of paths); 申报单位改 does the same to
    applicants of a bureau, by name; 应 is one of EXPECTED. A path is looked up as the notice does,
    in its section of the data first: 推荐日期 is ‹通知›.推荐日期 where that stands. 实际, where it
    is given, is what the Finding must show as measured.
    """
    keys = Keys(node, "用例", problems)
    code, expected = keys.needed("编号"), keys.needed("应")
    if expected and expected not in EXPECTED:
        keys.complain(node, f"“应”只能是{'、'.join(EXPECTED)}之一，现在是“{expected}”")
        return None
    applicants = {}
    for name, child in keys.members("申报单位改").items():
        inner = Keys(child, f"申报单位改“{name}”", problems)
        applicants[name] = _changes(inner)
        inner.finish()
    case = Case(
        rule=code,
        name=keys.text("名称"),
        example=keys.needed("示例"),
        expected=expected,
        changes=_changes(keys),
        applicant_changes=applicants,
        date=keys.day("今日"),
        actual=keys.text("实际"),
        where=node.where(),
    )
    keys.finish()
    return case if code and expected else None


def _changes(keys: Keys) -> dict[str, object]:
    """Path → Node to put there, or None to delete; rows are counted from 1, N+1 appends."""
    changes: dict[str, object] = dict(keys.members("改"))
    changes |= dict.fromkeys(keys.texts("删"))
    return changes
