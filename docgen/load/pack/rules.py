"""规则.yaml → Rules: each clause with its strength, its test and what to do when it fails."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from docgen.load.keys import Keys
from docgen.model.rule import Element, Part, Party, Rule, Score, Strength, Test
from docgen.model.tree import Node
from docgen.problem import Problem

SETTLED_BY_PEOPLE = (Strength.HUMAN, Strength.CONFIRM)
JUDGED = ("机检", "半机检")
_NUMBER = re.compile(r"-?\d{1,20}(\.\d{1,10})?")
BOUNDS = ("不超过", "不少于", "等于", "不早于", "不晚于", "超过", "低于")


def read_rule(node: Node, slug: str, problems: list[Problem]) -> Rule | None:
    """One entry of 规则.yaml; None where it has no 编号."""
    keys = Keys(node, "规则", problems)
    code = keys.needed("编号")
    if not code:
        return None
    keys.what = f"规则 {code} "
    whole = _part(keys, Strength.HARD)
    parts = []
    for child in keys.children("分项"):
        sub = Keys(child, f"规则 {code} 的分项", problems)
        parts.append(_part(sub, whole.strength, whole, keys.text("单位")))
        sub.finish()
    for part in tuple(parts) or (whole,):
        if part.test == Test() and part.strength not in SETTLED_BY_PEOPLE:
            keys.complain(node, f"规则 {code} 没有写怎样判断", "写 取值、须、须填、不得有 之一")
            break
    rule = Rule(
        code=code,
        article=keys.needed("条款"),
        name=keys.needed("名称"),
        party=keys.choice("对象", Party, Party.APPLICANT) or Party.APPLICANT,
        parts=tuple(parts) or (replace(whole, name=""),),
        notice=slug,
        track=keys.text("类别"),
        basis=keys.text("依据性质"),
        element=_element(keys),
        where=node.where(),
    )
    keys.finish()
    return rule


def _element(keys: Keys) -> Element | None:
    """The rule as a row of an evaluation table; None where it is none."""
    columns = {name: node.text for name, node in keys.members("要素").items()}
    written, evidence = keys.text("填报"), keys.text("佐证")
    return Element(columns, written, evidence) if columns else None


def _part(keys: Keys, strength: Strength, whole: Part | None = None, unit: str = "") -> Part:
    base = whole or Part(strength, Test())
    strength = keys.choice("强度", Strength, strength) or strength
    test = read_test(keys, unit, unbounded=strength is Strength.MEASURED)
    return Part(
        strength=strength,
        test=base.test if test == Test() else test,
        lets={**base.lets, **{name: node.text for name, node in keys.members("设").items()}},
        applies=keys.text("适用", base.applies),
        each=keys.text("逐项", base.each),
        points_at=keys.text("位置", base.points_at),
        actual=keys.text("实际", base.actual),
        hint=keys.text("提示", base.hint),
        name=keys.text("名称"),
        needs_person=_needs_person(keys, base),
    )


def _needs_person(keys: Keys, base: Part) -> bool:
    how = keys.text("判定")
    if how not in ("", *JUDGED):
        keys.complain(keys.node, f"“判定”只能是{'、'.join(JUDGED)}，现在是“{how}”")
    return how == JUDGED[1] if how else base.needs_person


def read_test(keys: Keys, unit: str = "", *, unbounded: bool = False) -> Test:
    """The test that stands in a mapping; several forms side by side must all hold.

    `unbounded` allows a 取值 with nothing to hold it against (测算).
    """
    unit = keys.text("单位", unit)
    forms: list[Test] = []
    value = keys.text("取值")
    scores = tuple(_score(child, keys) for child in keys.children("评分"))
    bounds = {word: text for word in BOUNDS if (text := keys.text(word))}
    if bool(value or scores) != bool(bounds) and not (value and unbounded):
        keys.complain(keys.node, f"{keys.what}的“取值”要和不超过、不少于、等于等一起写")
    if value and (bounds or unbounded):
        forms.append(Test(value=value, unit=unit, bounds=bounds))
    if scores and bounds:
        forms.append(Test(scores=scores, bounds=bounds))
    if holds := keys.text("须"):
        forms.append(Test(holds=holds))
    if filled := keys.texts("须填"):
        forms.append(Test(filled=filled))
    if offenders := keys.text("不得有"):
        forms.append(Test(none_of=offenders))
    if keys.has("任一"):
        forms.append(Test(any_of=_tests(keys, "任一", unit)))
    if keys.has("全部"):
        forms.append(Test(all_of=_tests(keys, "全部", unit)))
    if len(forms) == 1:
        return forms[0]
    return Test(all_of=tuple(forms))


def _score(node: Node, above: Keys) -> Score:
    """A line of 评分: 项, 满分, and 得分 or 分档 (取值 with 档: [[下限, 分], …])."""
    keys = Keys(node, f"{above.what}的评分", above.problems)
    banded = keys.members("分档")
    bands = []
    for pair in banded["档"].items if "档" in banded else ():
        if len(pair.items) == 2:
            bands.append((_decimal(pair.items[0], keys), _decimal(pair.items[1], keys)))
        else:
            keys.complain(pair, "“档”的每一项是 [下限, 分]")
    score = Score(
        name=keys.needed("项"),
        full=_decimal(keys.ask("满分") or node, keys),
        points=keys.text("得分"),
        value=banded["取值"].text if "取值" in banded else "",
        bands=tuple(sorted(bands, reverse=True)),
        least=_decimal(node.mapping["至少"], keys) if keys.has("至少") else None,
    )
    if any(abs(points) > abs(score.full) for _, points in bands):
        keys.complain(node, f"{keys.what}“{score.name}”：有一档的分比满分多")
    if not score.full:
        keys.complain(
            node, f"{keys.what}“{score.name}”的满分不能是 0", "扣分项的满分写负数，如 -10"
        )
    if bool(score.points) == bool(score.value and score.bands):
        keys.complain(node, f"{keys.what}要写 得分，或写带 取值、档 的 分档")
    keys.finish()
    return score


def _decimal(node: Node, keys: Keys) -> Decimal:
    text = node.text if node.is_scalar else ""
    if not _NUMBER.fullmatch(text):
        keys.complain(node, f"{keys.what}里应是数，现在是“{text}”")
        return Decimal(0)
    return Decimal(text)


def _tests(keys: Keys, key: str, unit: str) -> tuple[Test, ...]:
    tests = []
    for child in keys.children(key):
        if child.is_scalar:
            tests.append(Test(holds=child.text))
            continue
        inner = Keys(child, f"“{key}”里的一项", keys.problems)
        tests.append(replace(read_test(inner, unit), name=inner.text("名称")))
        inner.finish()
    return tuple(tests)
