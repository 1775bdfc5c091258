"""Amounts in capitals read back: the inverse of 大写金额."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.language.capitals import CAPITAL, read_capitals
from docgen.language.money import capital_amount


@given(st.integers(1, 10**16 - 1))
def test_what_is_written_is_read_back(cents: int) -> None:
    written = capital_amount(Decimal(cents) / 100)
    assert CAPITAL.fullmatch(written)
    assert read_capitals(written) == Decimal(cents) / 100


@pytest.mark.parametrize(
    ("written", "yuan"),
    [
        ("叁仟陆佰捌拾万元整", 36_800_000),
        ("貳拾圆正", 20),
        ("拾伍元整", 15),
        ("壹亿零伍元", 100_000_005),
    ],
)
def test_other_ways_of_writing_are_read(written: str, yuan: int) -> None:
    assert read_capitals(written) == yuan


@pytest.mark.parametrize("written", ["", "元整", "人民币", "三百元", "壹元贰", "壹角元"])
def test_what_is_no_amount_is_none(written: str) -> None:
    assert read_capitals(written) is None
