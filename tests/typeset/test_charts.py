"""Charts in our PDF: what a template draws is printed, its words as text within their boxes."""

from __future__ import annotations

import pytest

from docgen.fill import compile_template
from docgen.model.values import Month
from docgen.typeset import agreement, typeset
from docgen.typeset.compose import flow
from docgen.typeset.compose.drawings import drawing_item
from tests.fill.kit import docx, filled
from tests.typeset.paper import text

TEMPLATE = compile_template(
    docx(
        "{{p 进度 | 甘特图('建设进度', 名='名', 起='起', 止='止') }}",
        "{{p 进度 | 条形图('指标', 名='名', 值='数', 单位='名') }}",
        "{{p 进度 | 结构图('组织', 名='名', 说明='任', 顶='牵头单位') }}",
    )
)
LATIN = "Industrial Internet Digital Transformation Promotion Center Co., Ltd. "
NAMES = {
    "usual": ["示例数字科技有限公司", "示例智造研究院", "某某市（某某县）中小企业公共服务中心"],
    "many": [f"第{n}家成员单位" for n in range(40)],
    "rare": ["𬭎𬬭䶮科技", "“引号”——破折号……，。、", "&<>{{ 名 }}{% %}"],
    "long": ["很长的名称" * 40, LATIN * 3, "短"],
    "unbroken": ["W" * 200, "示例" + "a" * 199, "https://example.com/" + "x1-" * 60],
}


@pytest.mark.parametrize("kind", NAMES)
def test_the_words_of_charts_are_text_and_stay_within_their_boxes(kind, fonts, monkeypatch):
    over = []

    def watched(drawing, compose):
        def measured(blocks, width):
            data, height = compose(blocks, width)
            (box,) = [shape for shape in drawing.shapes if shape.blocks is blocks]
            over.append(height - box.height)
            return data, height

        return drawing_item(drawing, measured)

    monkeypatch.setattr(flow, "drawing_item", watched)
    rows = [
        {"名": name, "任": name[:30], "起": Month(2026, 1), "止": Month(2027, 1), "数": n}
        for n, name in enumerate(NAMES[kind])
    ]
    result = filled(TEMPLATE, {"进度": rows})
    made = typeset(result.docx, fonts)
    assert not result.problems and not made.problems
    assert agreement(result.docx, made.pdf, pages=made.pages) == ()
    shown = text(made.pdf)
    assert all(shown.count("".join(name.split())) >= 2 for name in NAMES[kind] if len(name) < 20)
    assert len(over) > len(rows) and max(over) <= 0
    assert typeset(result.docx, fonts).pdf == made.pdf
