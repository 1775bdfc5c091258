"""Every notice pack holds its own cases: each change to an example gets the verdict it must."""

from __future__ import annotations

import pytest

from docgen.model.notice import Case, Notice
from docgen.model.rule import Rule
from docgen.pipeline.cases import run_case
from docgen.pipeline.desk import Desk
from docgen.pipeline.workspace import Workspace
from tests.kit import ROOT

DESK = Desk(Workspace(ROOT), with_cases=True)
NOTICES = [n for slug in DESK.slugs if (n := DESK.notice(slug).value) is not None and n.cases]
CASES = [(notice, case) for notice in NOTICES for case in notice.cases]
RULES = [(n, rule) for n in NOTICES for rule in n.rules if rule.notice == n.slug]
BREAKS, KEEPS = ("不通过", "资料不足", "提醒", "提示"), ("通过",)
COUNTS_OF_S0 = {"E": 18, "N": 3, "Q": 7, "T": 5, "M": 13, "R": 4, "C": 2}
S0 = {f"S0-{kind}{n:02}" for kind, many in COUNTS_OF_S0.items() for n in range(1, many + 1)}


def case_id(pair: tuple[Notice, Case]) -> str:
    notice, case = pair
    return f"{notice.slug}:{case.rule} {case.name}"


def rule_id(pair: tuple[Notice, Rule]) -> str:
    notice, rule = pair
    return f"{notice.slug}:{rule.code}"


@pytest.mark.parametrize("pair", CASES, ids=case_id)
def test_a_case_gets_its_verdict(pair: tuple[Notice, Case]) -> None:
    notice, case = pair
    got = run_case(DESK, notice, case).got
    assert got == case.expected, f"{case.where} {case.rule} {case.name}"


@pytest.mark.parametrize("pair", RULES, ids=rule_id)
def test_a_rule_has_a_case_that_breaks_it_and_one_that_keeps_it(pair: tuple[Notice, Rule]) -> None:
    notice, rule = pair
    expected = {case.expected for case in notice.cases if case.rule == rule.code}
    assert expected & set(BREAKS), f"{rule.code} 没有违反它的用例"
    assert expected & set(KEEPS), f"{rule.code} 没有刚好符合的用例"


@pytest.mark.parametrize("notice", NOTICES, ids=lambda notice: notice.slug)
def test_no_case_stands_twice(notice: Notice) -> None:
    names = [(case.rule, case.name) for case in notice.cases]
    assert len(names) == len(set(names)), [n for n in names if names.count(n) > 1]


@pytest.mark.parametrize("slug", DESK.slugs)
def test_a_pack_reads_without_a_problem(slug: str) -> None:
    assert DESK.notice(slug).problems == ()


def test_the_jiangsu_notice_and_the_one_it_forwards_hold_every_rule_once() -> None:
    national, provincial = (
        {rule.code for rule in found.rules if rule.notice == slug}
        for slug in ("国家数促中心-2026", "江苏数促中心-2026")
        if (found := DESK.notice(slug).value) is not None
    )
    assert national | provincial == S0
    assert national & provincial == {"S0-E09", "S0-E10", "S0-E11"}, "江苏从严的三条"


def test_a_forwarding_notice_asks_all_that_the_forwarded_one_asks() -> None:
    for notice in NOTICES:
        if notice.parent is not None:
            asked = {rule.code for rule in notice.parent.rules}
            assert asked <= {rule.code for rule in notice.rules}
