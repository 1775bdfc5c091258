"""Charts in Word files: what they show of the data, in the file's own terms."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from docgen.fill import Filled, Known, compile_template, lint_template
from docgen.fill.charts.axis import axis_of
from docgen.fill.charts.widths import lines_of, text_width
from docgen.model.notice import FieldType
from docgen.model.values import Month, Percent
from docgen.problem import Severity
from tests.fill.kit import HERE, W, docx, filled, missing, part, text_of, texts
from tests.fill.test_any_text import TEXT

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
GANTT = compile_template(docx("{{p 进度 | 甘特图('建设进度', 名='阶段', 起='起', 止='止') }}"))
BARS = compile_template(
    docx("{{p 表 | 条形图('指标', 名='名', 值=['去', '今'], 要求='要', 单位='位') }}")
)
TREE = compile_template(
    docx("{{p 表 | 结构图('组织', 名='名', 上级='上', 说明='任', 顶='牵头单位') }}")
)
ROOM = 8845


def phase(name: object, start: object, end: object) -> dict[str, object]:
    return {"阶段": name, "起": start, "止": end}


def member(name: object, above: object = "", note: object = "") -> dict[str, object]:
    return {"名": name, "上": above, "任": note}


def bar(name: object, before: object, now: object, asked: object = 0, unit: str = "家") -> object:
    return {"名": name, "去": before, "今": now, "要": asked, "位": unit}


def gantt(*phases: dict[str, object]) -> Filled:
    return filled(GANTT, {"进度": list(phases)})


def rows_of(result: Filled) -> list[etree._Element]:
    return part(result.docx).findall(f".//{W}tr")


def spans(row: etree._Element) -> list[tuple[int, str]]:
    """How many columns each cell of a row spans, and its shade."""
    found = []
    for cell in row.findall(W + "tc"):
        span, shade = cell.find(f"{W}tcPr/{W}gridSpan"), cell.find(f"{W}tcPr/{W}shd")
        found.append(
            (
                int(span.get(W + "val", "1")) if span is not None else 1,
                shade.get(W + "fill", "") if shade is not None else "",
            )
        )
    return found


def shapes(element: etree._Element) -> list[tuple[str, int, int, int, int]]:
    """Form, left, top, width and height (EMU) of each shape but the empty one below."""
    found = []
    for shape in element.iter(WPS + "wsp"):
        form, geometry = shape.find(f".//{A}xfrm"), shape.find(f".//{A}prstGeom")
        at, size = form.find(A + "off"), form.find(A + "ext")
        numbers = (at.get("x"), at.get("y"), size.get("cx"), size.get("cy"))
        found.append((geometry.get("prst"), *map(int, numbers)))
    return found[1:]


def test_months_stand_below_their_years_and_a_phase_is_shaded_where_it_lasts() -> None:
    result = gantt(
        phase("启动", Month(2026, 11), Month(2027, 1)),
        phase("运行", Month(2027, 2), Month(2027, 12)),
    )
    years, months, first, second, caption = rows_of(result)
    assert not result.problems
    assert [text_of(p) for p in years.iter(W + "p")] == ["阶段／月", "2026年", "2027年"]
    assert [text_of(p) for p in months.iter(W + "p")][1:] == ["11", "12", *map(str, range(1, 13))]
    assert spans(first)[1:] == [(3, "7F7F7F"), *[(1, "")] * 11]
    assert spans(second)[1:] == [*[(1, "")] * 3, (11, "7F7F7F")]
    assert [text_of(p) for p in caption.iter(W + "p")] == ["建设进度"]
    heads = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows_of(result)]
    assert heads == [True, True, False, False, False]


def test_a_long_time_is_shown_by_quarters_a_longer_one_by_years() -> None:
    quarters = gantt(phase("甲", Month(2026, 2), Month(2029, 9)))
    assert [text_of(p) for p in rows_of(quarters)[1].iter(W + "p")][1:] == ["1", "2", "3", "4"] * 4
    assert spans(rows_of(quarters)[2])[1:] == [(15, "7F7F7F"), (1, "")]
    years = gantt(phase("甲", Month(2020, 1), Month(2040, 1)))
    assert spans(rows_of(years)[1])[1:] == [(21, "7F7F7F")]


def test_a_phase_without_a_month_shows_its_hole_and_one_that_ends_too_early_is_told() -> None:
    result = gantt(
        phase("甲", missing("进度.1.起", "起"), Month(2026, 3)),
        phase("乙", Month(2026, 9), Month(2026, 3)),
        phase("丙", Month(2026, 1), Month(2026, 3)),
    )
    (told,) = result.problems
    assert (told.severity, told.where) == (Severity.ERROR, HERE)
    assert "“乙”止于2026年3月，早于起的2026年9月" in told.message
    assert [hole.path for hole in result.holes] == ["进度.1.起"]
    assert "【待补：起】至2026年3月" in texts(result.docx)
    assert "2026年9月至2026年3月" in texts(result.docx)
    wrong = {"进度": [phase("乙", Month(2026, 9), Month(2026, 3))]}
    assert not filled(GANTT, wrong, draft=False).docx


def test_a_slip_of_the_year_is_told_and_draws_no_thousand_columns() -> None:
    result = gantt(phase("甲", Month(202, 7), Month(2026, 9)))
    (told,) = result.problems
    assert "从202年7月到2026年9月太长" in told.message and told.where == HERE
    assert "202年7月至2026年9月" in texts(result.docx)


@given(st.lists(st.tuples(st.integers(0, 600), st.integers(0, 80)), min_size=1, max_size=8))
def test_the_axis_holds_every_month_and_every_year_has_room(spans: list[tuple[int, int]]) -> None:
    months = [Month(2000 + n // 12, n % 12 + 1) for at, long in spans for n in (at, at + long)]
    axis = axis_of(months, 6800)
    if axis is None:
        assert max(months).year - min(months).year >= 40
        return
    assert axis.count <= 40
    places = [axis.place(month) for month in months]
    assert min(places) >= 0 and max(places) < axis.count
    assert sum(count for _, count in axis.years()) == axis.count == len(axis.labels())
    if axis.unit != "年":
        assert all(count * (6800 // axis.count) >= 500 for _, count in axis.years())


def test_bars_are_as_long_as_their_figures_say_and_what_is_asked_is_a_line() -> None:
    result = filled(BARS, {"表": [bar("甲", 50, 100, 80), bar("乙", 0, 25, 200)]})
    first, second = rows_of(result)[1:3]
    _, base, now, zero, asked = *[("", 0, 0, 0, 0)], *shapes(first)
    assert now[3] == pytest.approx(2 * base[3], abs=1300) and base[1] == now[1] == zero[1]
    assert asked[0] == "line" and asked[1] - zero[1] == pytest.approx(0.8 * now[3], abs=1300)
    only, _, far = shapes(second)
    assert only[3] == pytest.approx(now[3] / 4, abs=1300), "no bar for zero; one scale for one unit"
    assert far[1] - zero[1] == pytest.approx(2 * now[3], abs=1300)
    cells = [text_of(p) for p in second.iter(W + "p") if text_of(p)]
    assert cells == ["乙", "0", "25", "200"]


def test_rows_of_other_units_have_scales_of_their_own_and_it_is_said() -> None:
    result = filled(BARS, {"表": [bar("甲", 1, 2, 1, "家"), bar("乙", 100, 200, 100, "人")]})
    first, second = (shapes(row) for row in rows_of(result)[1:3])
    assert [shape[1:] for shape in first] == [shape[1:] for shape in second]
    assert "条形（各行自成比例）" in texts(result.docx) and "甲（家）" in texts(result.docx)


def test_a_loss_goes_to_the_left_of_zero_and_what_is_absent_has_no_bar() -> None:
    lacking = missing("表.2.去", "去年"), missing("表.2.今", "今年", required=False)
    rows = [bar("甲", Decimal(-30), 60), bar("乙", *lacking, asked="不适用"), bar("丙", "—", 0)]
    result = filled(BARS, {"表": rows})
    first, second, third = (shapes(row) for row in rows_of(result)[1:4])
    loss, gain, zero, _ = first
    assert loss[1] + loss[3] == pytest.approx(zero[1], abs=700) and gain[1] == zero[1]
    assert loss[3] == pytest.approx(gain[3] / 2, abs=1300)
    assert [shape[0] for shape in second] == ["line"] and [s[0] for s in third] == ["line", "line"]
    assert {"【待补：去年】", "资料不足", "不适用", "—"} <= set(texts(result.docx))
    assert [hole.path for hole in result.holes] == ["表.2.去"]


def test_a_percentage_prints_as_typed_and_a_chart_is_described() -> None:
    result = filled(BARS, {"表": [bar("率", Percent.typed("23.5%"), Percent.typed("99%"))]})
    assert {"23.5%", "99%"} <= set(texts(result.docx))
    described = [e.get("descr") for e in part(result.docx).iter(WP + "docPr")]
    assert "率 去23.5%，今99%，要0（家）" in described


def names_in(result: Filled) -> list[str]:
    boxes = part(result.docx).iter(W + "txbxContent")
    return ["".join(text_of(p) for p in box.iter(W + "p")) for box in boxes]


def test_a_tree_has_a_box_for_everyone_joined_by_lines_on_the_paper() -> None:
    rows = [member(f"成员{n}", "", "分工") for n in range(15)]
    rows += [member(f"组{n}", "成员3") for n in range(4)]
    result = filled(TREE, {"表": rows})
    assert not result.problems
    assert sorted(names_in(result)) == sorted(
        ["牵头单位", *(f"成员{n}分工" for n in range(15)), *(f"组{n}" for n in range(4))]
    )
    drawn = shapes(part(result.docx))
    boxes = [shape for shape in drawn if shape[0] == "rect"]
    assert all(x >= 0 and x + width <= ROOM * 635 for _, x, _, width, _ in boxes)
    assert not [
        (one, other)
        for n, one in enumerate(boxes)
        for other in boxes[n + 1 :]
        if one[1] < other[1] + other[3] and other[1] < one[1] + one[3]
        if one[2] < other[2] + other[4] and other[2] < one[2] + one[4]
    ], "no box lies over another"
    lines = [shape for shape in drawn if shape[0] == "line"]
    assert len(lines) >= 15 + 4


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([member("甲", "无")], "上级“无”在表里没有这一行"),
        ([member("甲", "甲")], "“甲”的上级写成了它自己"),
        ([member("甲", "乙"), member("乙", "甲")], "“甲”和它的上级互为上下级"),
        ([member("甲"), member("甲"), member("乙", "甲")], "上级“甲”在表里有 2 行"),
        (
            [member("甲"), member("乙", "甲"), member("丙", "乙"), member("丁", "丙")],
            "“丁”在第 5 级，图里最多 4 级",
        ),
    ],
)
def test_a_row_that_has_no_place_in_the_tree_is_told_and_shown(
    rows: list[dict[str, object]], said: str
) -> None:
    result = filled(TREE, {"表": rows})
    (told,) = result.problems
    assert said in told.message and told.where == HERE
    assert len(names_in(result)) == len(rows) + 1


def test_a_long_tree_goes_on_in_further_drawings_under_its_top() -> None:
    result = filled(TREE, {"表": [member(f"第{n}家单位的全称有限公司") for n in range(200)]})
    drawings = part(result.docx).findall(f".//{WP}inline")
    heights = [int(drawing.find(WP + "extent").get("cy")) for drawing in drawings]
    assert len(drawings) > 1 and max(heights) <= 225 * 36000
    assert names_in(result).count("牵头单位（续）") == len(drawings) - 1
    assert sum(name.startswith("第") for name in names_in(result)) == 200


def test_a_table_without_rows_draws_nothing_one_that_is_absent_is_a_hole() -> None:
    for template, name in ((GANTT, "进度"), (BARS, "表")):
        assert "".join(texts(filled(template, {name: []}).docx)) == ""
    assert names_in(filled(TREE, {"表": []})) == ["牵头单位"]
    assert "【待补：进度】" in texts(filled(GANTT, {"进度": missing("进度")}).docx)


@pytest.mark.parametrize("count", [1, 200])
def test_two_hundred_rows_keep_their_order_and_their_figures(count: int) -> None:
    rows = [bar(f"第{n}项", n, n + 1, n + 2) for n in range(count)]
    result = filled(BARS, {"表": rows})
    shown = [[text_of(p) for p in row.iter(W + "p") if text_of(p)] for row in rows_of(result)]
    assert shown[1:-1] == [[f"第{n}项", str(n), str(n + 1), str(n + 2)] for n in range(count)]
    phases = [phase(f"第{n}步", Month(2026, 1 + n % 12), Month(2027, 1)) for n in range(count)]
    assert len(rows_of(gantt(*phases))) == count + 3


def test_more_rows_than_a_chart_has_are_refused_at_the_tag() -> None:
    result = filled(BARS, {"表": [bar("甲", 1, 2)] * 501})
    (told,) = result.problems
    assert "最多画 500 行" in told.message and "条形图" in told.message and not result.docx


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("{{ 进度 | 甘特图('x', 名='阶段', 起='起', 止='止') }}", "图放不进一行文字里"),
        ("{{p 进度 | 甘特图('x', 名='阶段', 起='起') }}", "甘特图缺“止”"),
        ("{{p 进度 | 甘特图('x', 名='名', 起='起', 止='止') }}", "行里没有“名”这一栏"),
        ("{{p 进度 | 甘特图('x', 名='阶段', 起='阶段', 止='止') }}", "“甲”不是年月或日期"),
        ("{{p 进度 | 甘特图('x', 名='阶段', 起='起', 止='止', 色='红') }}", "没有“色”这一项"),
        ("{{p 进度 | 条形图('x', 名='阶段', 值=[]) }}", "要一个栏名"),
        ("{{p 进度 | 条形图('x', 名='阶段', 值='起', 图例=['甲', '乙']) }}", "要一样多"),
        ("{{p 单位 | 结构图('x', 名='阶段') }}", "画图要一张表"),
    ],
)
def test_what_a_template_asks_wrongly_is_told_at_its_tag(tag: str, said: str) -> None:
    facts = {"进度": [phase("甲", Month(2026, 1), Month(2026, 2))], "单位": "甲"}
    result = filled(docx(tag), facts)
    (told,) = result.problems
    assert said in told.message and tag in told.where.spot and not result.docx


FACTS = {
    "进度": Known("进度", FieldType.TABLE),
    "进度.阶段": Known("阶段", FieldType.TEXT),
    "进度.起": Known("起", FieldType.MONTH),
    "进度.止": Known("止", FieldType.MONTH),
    "单位名称": Known("单位名称", FieldType.TEXT),
}


@pytest.mark.parametrize(
    ("tag", "code", "said"),
    [
        ("{{p 进度 | 甘特图('x', 名='阶断', 起='起', 止='止') }}", "模板未知名称", "没有“阶断”"),
        ("{{ 进度 | 甘特图('x', 名='阶段', 起='起', 止='止') }}", "模板段标记", "是一幅图"),
        ("{{p 进度 | 甘特图('x', 名='阶段', 起='起') }}", "模板写法", "甘特图缺“止”"),
        ("{{p 进度 | 甘特图('x', 名='阶段', 起='阶段', 止='止') }}", "模板过滤器", "要年月或日期"),
        ("{{p 进度 | 条形图('x', 名='阶段', 值=['起']) }}", "模板过滤器", "这里要数"),
        ("{{p 单位名称 | 结构图('x', 名='阶段') }}", "模板过滤器", "只用于表"),
        ("{{p 进度 | 结构图('x', 名='阶段', 顶=单位名) }}", "模板未知名称", "没有“单位名”"),
        ("{{p 进度 | 结构图('x', 名='阶段', 顶=单位名称) }}", "", ""),
        ("{{p 进度 | 只留('行.起 is 已填') | 甘特图(名='阶段', 起='起', 止='止') }}", "", ""),
    ],
)
def test_the_check_of_a_template_reads_charts(tag: str, code: str, said: str) -> None:
    found = lint_template(docx(tag), FACTS)
    assert [problem.code for problem in found] == ([code] if code else [])
    assert all(said in problem.message and tag in problem.where.spot for problem in found)


@settings(max_examples=60, deadline=None)
@given(st.lists(TEXT, min_size=1, max_size=5), st.integers(-(10**12), 10**12))
def test_any_text_arrives_or_is_refused_by_name(names: list[str], number: int) -> None:
    facts = {
        "进度": [phase(name, Month(2026, 1), Month(2026, 3)) for name in names],
        "表": [
            {**member(name, "", name), **bar(name, number, Decimal("0.1"), number)}  # type: ignore[dict-item]
            for name in names
        ],
    }
    for template in (GANTT, BARS, TREE):
        result = filled(template, facts)
        assert result.docx == filled(template, facts).docx, "the same bytes"
        if not result.docx:
            assert {problem.code for problem in result.problems} == {"字符不能写入"}
            continue
        root = part(result.docx)
        whole = "".join("".join(root.itertext()).split())
        assert all("".join(name.split()) in whole for name in names)
        for attribute, tag in (("id", WP + "docPr"), ("id", WPS + "cNvPr")):
            ids = [element.get(attribute) for element in root.iter(tag)]
            assert len(ids) == len(set(ids))


@given(st.text(st.characters(categories=["L", "N", "P"]), max_size=200))
def test_room_is_reckoned_for_every_character(text: str) -> None:
    width = text_width(text, 10.5)
    assert lines_of(text, width, 10.5) == 1
    wide = sum(sign >= "\u2e80" for sign in text)
    assert lines_of(text, 1000, 10.5) * 1000 >= wide * 210


def test_names_of_two_hundred_characters_keep_to_their_boxes() -> None:
    result = filled(TREE, {"表": [member("示例𬭎" * 67), member("Wide" * 50), member("短")]})
    height = sum(s[4] for s in shapes(part(result.docx)) if s[0] == "rect")
    assert not result.problems and height / 12700 > 100
