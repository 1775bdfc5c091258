"""Numbers are exact to the last digit, and capital amounts follow the rules of cheques."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.language import compile_expression
from docgen.model.values import Missing, MissingValueError, Month, Percent, Record, Rows
from docgen.problem import Where


def value(expression: str, **facts: object) -> Any:
    return compile_expression(expression).evaluate(facts)


def rows(*values: object) -> Rows:
    return Rows(Record({"数": v}, f"表.{n}", Where()) for n, v in enumerate(values, 1))


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        ("0", "零元整"),
        ("0.004", "零元整"),
        ("0.05", "伍分"),
        ("0.5", "伍角整"),
        ("1.05", "壹元零伍分"),
        ("10", "壹拾元整"),
        ("1409.50", "壹仟肆佰零玖元伍角整"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
        ("107000.53", "壹拾万柒仟元伍角叁分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("10010", "壹万零壹拾元整"),
        ("100000", "壹拾万元整"),
        ("100010", "壹拾万零壹拾元整"),
        ("1000010", "壹佰万零壹拾元整"),
        ("10000001", "壹仟万零壹元整"),
        ("100000000", "壹亿元整"),
        ("100010000", "壹亿零壹万元整"),
        ("1000000000000", "壹万亿元整"),
        ("1000000010000", "壹万亿零壹万元整"),
        ("1000500000000", "壹万零伍亿元整"),
        ("9999999999999999.99", None),
        ("-10203.5", "负壹万零贰佰零叁元伍角整"),
        ("-0.001", "零元整"),
        ("1.005", "壹元零壹分"),
        ("-1.005", "负壹元零壹分"),
    ],
)
def test_a_capital_amount(amount: str, written: str | None) -> None:
    said = value("x | 大写金额", x=Decimal(amount))
    assert read_capitals(said) == Decimal(amount).quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert written is None or said == written


def read_capitals(text: str) -> Decimal:
    """An amount read back, by place values: an independent parser."""
    match = re.fullmatch(r"(负?)(?:([^元]+)元)?零?(?:(.)角)?零?(?:(.)分)?(整?)", text)
    assert match, text
    sign, yuan, jiao, fen, whole = match.groups()
    assert bool(whole) != bool(fen), "整 stands exactly where there are no 分"
    cents = read_integer(yuan or "零", "零壹贰叁肆伍陆柒捌玖", "拾佰仟") * 100
    for digit, worth in ((jiao, 10), (fen, 1)):
        cents += worth * "零壹贰叁肆伍陆柒捌玖".index(digit) if digit else 0
    return (-1 if sign else 1) * Decimal(cents).scaleb(-2)


def read_integer(text: str, digits: str, units: str) -> int:
    """The sum of digit times unit, section by section; zeros are skipped but never doubled."""
    assert "零零" not in text
    total = section = digit = 0
    for sign in text:
        if sign in digits:
            digit = digits.index(sign)
        elif sign in units:
            section += (digit or 1) * 10 ** (units.index(sign) + 1)
            digit = 0
        elif sign == "万":
            section, digit = (section + digit) * 10_000, 0
            total, section = total + section, 0
        else:
            assert sign == "亿"
            total, section, digit = (total + section + digit) * 10**8, 0, 0
    return total + section + digit


CENTS = st.integers(0, 10**18 - 1) | st.integers(0, 10**6) | st.builds(
    lambda digits: int("".join(digits)), st.lists(st.sampled_from("0001"), min_size=1, max_size=18)
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(CENTS, st.booleans())
def test_a_capital_amount_is_read_back(cents: int, negative: bool) -> None:
    amount = Decimal(cents).scaleb(-2, Context(prec=40)) * (-1 if negative else 1)
    said = value("x | 大写金额", x=amount)
    assert read_capitals(said) == amount
    assert not re.search("零[元万亿拾佰仟角分]", said.replace("零元整", ""))


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 10**16 - 1) | st.integers(0, 30000))
def test_a_spoken_number_is_read_back(number: int) -> None:
    said = value("x | 汉字", x=number)
    assert read_integer(said, "零一二三四五六七八九", "十百千") == number


def test_a_spoken_number_may_be_negative_or_broken() -> None:
    assert value("-12 | 汉字") == "负十二"
    assert value("110.20 | 汉字") == "一百一十点二零"
    with pytest.raises(TypeError, match="一亿亿"):
        value("x | 汉字", x=10**16)
    with pytest.raises(TypeError, match="一亿亿"):
        value("x | 大写金额", x=10**16)


DECIMALS = st.decimals(-(10**30), 10**30, places=6, allow_nan=False)


@settings(max_examples=200, deadline=None)
@given(DECIMALS, st.integers(0, 5))
def test_halves_are_rounded_away_from_zero(number: Decimal, places: int) -> None:
    exact = Fraction(number) * 10**places
    steps = int(abs(exact) + Fraction(1, 2)) * (1 if exact >= 0 else -1)
    result = value("x | 保留(n)", x=number, n=places)
    assert Fraction(result) == Fraction(steps, 10**places)
    assert "-0" not in f"{result:f}" or result != 0
    assert value("-(x | 保留(n)) == (-x) | 保留(n)", x=number, n=places)


@settings(max_examples=100, deadline=None)
@given(st.lists(DECIMALS, max_size=30))
def test_a_column_is_summed_to_the_last_digit(numbers: list[Decimal]) -> None:
    table = rows(*numbers)
    assert Fraction(value("表 | 合计('数')", 表=table)) == sum(map(Fraction, numbers), Fraction(0))
    assert value("表 | 合计('数') == 表 | sum(attribute='数')", 表=table)


@settings(max_examples=200, deadline=None)
@given(DECIMALS | st.integers(), DECIMALS.filter(bool) | st.integers(1))
def test_division_with_rest_is_the_same_for_decimals(left: Any, right: Any) -> None:
    quotient, rest = value("(x // y, x % y)", x=left, y=right)
    assert Fraction(quotient) * Fraction(right) + Fraction(rest) == Fraction(left)
    assert quotient == Fraction(left) // Fraction(right)


@pytest.mark.parametrize(
    "claim",
    [
        "0.1 + 0.2 == 0.3",
        "0.10 == 0.1",
        "-0.10 < -0.05",
        "1.1 * 1.1 == 1.21",
        "0.12345678901234567890123456789012345 != 0.12345678901234567890123456789012346",
        "123456789012345678901234567890.5 + 0.25 == 123456789012345678901234567890.75",
        "((1 / 3) | string) == '0.3333333333333333333333333333'",
        "-123456789012345678901234567890.5 + 123456789012345678901234567890.75 == 0.25",
        "-123456789012345678901234567890.5 | abs == 123456789012345678901234567890.5",
        "10000000000000000000000.000001 // -1 == -10000000000000000000001",
        "(12.12345678901234567890123456789012 | 汉字 | length) == 35",
        "0.1 in [0.1, 0.2]",
        "'0.10' | float == 0.1",
        "1_000.5 == 1000.5",
        "7 // 2 == 3 and -7 // 2 == -4 and -7 // 2.0 == -4",
        "增长率(1.1, 1) == 0.1",
        "占比(1, 8) == 0.125",
        "128.5 | 元 | 万元 == 128.5",
        "单位换算(单位换算(7, '亩', '公顷'), '公顷', '亩') | 保留(12) == 7",
    ],
)
def test_it_is_exact(claim: str) -> None:
    assert value(claim) is True


def test_percentages_stay_as_typed_and_are_computed_exactly() -> None:
    assert value("x | 百分比", x=Percent.typed("23.50%")) == "23.50%"
    assert value("x * 1000", x=Percent.typed("23.5%")) == 235
    assert value("x >= 0.235", x=Percent.typed("23.5%")) is True
    assert value("(x + y) | 百分比", x=Percent.typed("33.3%"), y=Percent.typed("66.7%")) == "100%"


@pytest.mark.parametrize("bad", ["abc", "", "NaN", "Infinity", "1e9999", True, date(2026, 1, 1)])
def test_what_is_no_number_is_refused_by_name(bad: object) -> None:
    with pytest.raises(Exception, match=r"不是数|数太大"):
        value("x | 千分位", x=bad)


def test_a_column_with_a_gap_is_not_summed() -> None:
    gap = Missing("表.2.数", "数", Where())
    for name in ("合计", "平均", "最大", "最小"):
        with pytest.raises(MissingValueError, match=r"表\.2\.数"):
            value(f"表 | {name}('数')", 表=rows(1, gap))
    with pytest.raises(TypeError, match="一行也没有"):
        value("[] | 平均")
    assert value("[] | 合计") == 0


@settings(max_examples=150, deadline=None)
@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.integers(-600, 600))
def test_months_are_added_without_running_over(day: date, months: int) -> None:
    moved = value("加月(x, n)", x=day, n=months)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day == min(day.day, monthrange(moved.year, moved.month)[1])
    assert value("加月(x, n) == 加月(y, n)", x=day, y=day, n=months)


@settings(max_examples=150, deadline=None)
@given(st.dates(date(1950, 1, 1)), st.dates(date(1950, 1, 1)))
def test_whole_years_are_those_that_have_passed(first: date, last: date) -> None:
    first, last = sorted((first, last))
    years = value("整年(x, y)", x=first, y=last)
    assert years >= 0
    assert value("加年(x, n) <= y", x=first, n=years, y=last)
    assert last.year == 9999 or value("加年(x, n + 1) > y", x=first, n=years, y=last)


def test_a_month_stays_a_month() -> None:
    month = Month(2026, 11)
    assert value("加月(x, 2)", x=month) == Month(2027, 1)
    assert value("x | 日期", x=month) == "2026年11月"
    assert value("x | 日期('-')", x=month) == "2026-11"
    assert value("x | 中文日期", x=month) == "二〇二六年十一月"
    with pytest.raises(TypeError, match="只有年月"):
        value("x | 星期", x=month)


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ("日期(2026, 13, 1)", "没有2026年13月1日"),
        ("加年(日期(2026, 1, 1), 9000)", "超出公元"),
        ("加日(日期(2026, 1, 1), 9999999999)", "超出公元"),
        ("加月(日期(2026, 1, 1), 0.5)", "不是整数"),
        ("日期(2026, 1, 1) | 日期('yyyy')", "没有“yyyy”这种日期样式"),
        ("'昨天' | 日期", "不是日期"),
        ("2 | 保留(99)", "小数位数"),
        ("0 | 序号('①')", "序号须在"),
        ("51 | 序号('①')", "只到 50"),
        ("3 | 序号('x')", "不知道怎样编号"),
    ],
)
def test_a_wrong_argument_is_named(expression: str, said: str) -> None:
    with pytest.raises(TypeError, match=said):
        value(expression)


@pytest.mark.parametrize(
    ("typed", "masked"),
    [
        ("13800000001", "138****0001"),
        ("138 0000 0001", "138****0001"),
        ("+86-13800000001", "+86-138****0001"),
        ("１３８００００００１１", None),
        ("0512-66660000", "0512-****0000"),
        ("028-1234567", "028-***4567"),
        ("办公 66660000 转 8", "办公 ****0000 转 8"),
        ("13800000001/13900000002", "138****0001/139****0002"),
    ],
)
def test_a_telephone_number_is_masked(typed: str, masked: str | None) -> None:
    said = value("x | 电话脱敏", x=typed)
    assert "*" in said
    assert masked is None or said == masked


@given(st.text("0123456789Xx 甲-", max_size=30))
@settings(max_examples=100, deadline=None)
def test_a_masked_identity_hides_the_birthday(text: str) -> None:
    body = "320500" + "19900101" + "0000"
    assert value("x | 身份证脱敏", x=f"甲{body}，{text}").startswith("甲320500********0000，")


@pytest.mark.parametrize(
    ("source", "value", "expected"),
    [
        ("x == 0.1", 0.1, True),
        ("x >= 0.6", 0.6, True),
        ("0.6 <= x", 0.6, True),
        ("x in [0.1, 0.2]", 0.1, True),
        ("x != 0.1", 0.1, False),
        ("x < 0.3", 0.1 + 0.2, False),
        ("x == 0.10", Decimal("0.1"), True),
    ],
)
def test_a_float_from_elsewhere_compares_as_it_is_printed(
    source: str, value: object, expected: bool
) -> None:
    assert compile_expression(source).evaluate({"x": value}) is expected
