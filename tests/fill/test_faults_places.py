"""Every kind of fault at every place of a document: part, place and tag are named, and once."""

from __future__ import annotations

import pytest

from docgen.fill import compile_template, fill, freeze, lint_template, thaw
from docgen.fill.house.text import paragraph
from docgen.fill.package import read_package
from docgen.problem import Problem
from tests.fill.kit import docx, filled, grid, record, with_part
from tests.fill.planted import PLACES, lint, placed, with_story

VALUES = record({"单位名称": "甲", "电话": "1", "日期": "2", "合同额": 0, "案例": [{"金额": 0}]})
BOX = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
COPY = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def told(data: bytes) -> tuple[Problem, ...]:
    """What compiling and, where that is well, filling tell."""
    made = compile_template(data, "模板.docx")
    return made.problems or fill(made, VALUES).problems


@pytest.mark.parametrize("where", PLACES)
@pytest.mark.parametrize(
    ("text", "blamed"),
    [
        ("甲{{ 电活 }}", "{{ 电活 }}"),
        ("{{ 单位名称 }}{{ 1 / 合同额 }}", "{{ 1 / 合同额 }}"),
        ("{{ 电话 日期 }}", "{{ 电话 日期 }}"),
        ("{{ 电话 | 无此 }}", "{{ 电话 | 无此 }}"),
        ("{% if 电话 %}甲", "{% if 电话 %}"),
        ("甲{% endif %}", "{% endif %}"),
        ("{% if 1 / 合同额 %}甲{% endif %}", "{% if 1 / 合同额 %}"),
        ("{% for 行 in 案例 %}{{ 1 / 行.金额 }}{% endfor %}", "{{ 1 / 行.金额 }}"),
        ("{% for 行 in 案例 %}{{ loop.indx }}{% endfor %}", "{{ loop.indx }}"),
        ("{{ 电话 }}{% with 数 = 1 / 合同额 %}{{ 数 }}{% endwith %}", "{% with 数 = 1 / 合同额 %}"),
        ("{{ 电话 }}{% filter 大写金额 %}甲{% endfilter %}", "{% filter 大写金额 %}"),
    ],
)
def test_each_fault_is_told_where_it_stands(where: str, text: str, blamed: str) -> None:
    data = placed(where, text, splitting=True)
    (found,) = told(data)
    spot = f"{PLACES[where]}：{blamed}"
    assert found.where.spot == spot
    assert all(problem.where.spot == spot for problem in lint(data))


@pytest.mark.parametrize(
    "text",
    ["{{ 1 / 合同额 }}", "{% if 1 / 合同额 %}甲{% endif %}", "{{ 电活 }}", "{{ 电话 日期 }}"],
)
def test_a_text_box_with_a_copy_for_old_readers_is_told_once(text: str) -> None:
    box = f"<w:txbxContent>{paragraph(text)}</w:txbxContent>"
    both = (
        f'<mc:AlternateContent xmlns:mc="{COPY}"><mc:Choice Requires="wps"><w:drawing>'
        f'<wps:txbx xmlns:wps="{BOX}">{box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback>'
        f"<w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
    )
    data = docx("{{ 单位名称 }}", body=f"<w:p><w:r>{both}</w:r></w:p>" + paragraph("{{ 电话 }}"))
    (found,) = told(data)
    assert found.where.spot.startswith("正文第2段文本框：{")


FIELD = '<w:p><w:r><w:instrText>TITLE "{{ 1 / 合同额 }}"</w:instrText></w:r></w:p>'
LINK = '<w:p><w:hyperlink w:tooltip="{{ 1 / 合同额 }}"><w:r><w:t>见</w:t></w:r></w:hyperlink></w:p>'


@pytest.mark.parametrize(
    ("body", "spot"),
    [
        (FIELD, "正文第2段：{{ 1 / 合同额 }}"),
        (LINK, "正文第2段：{{ 1 / 合同额 }}"),
        (grid(("甲", "{% colspan 1 / 合同额 %}乙")), "正文表1第1行第2格：{% colspan 1 / 合同额 %}"),
        (grid(("{% cellbg 1 / 合同额 %}甲", "乙")), "正文表1第1行第1格：{% cellbg 1 / 合同额 %}"),
    ],
    ids=["域", "链接", "跨格", "底色"],
)
def test_a_tag_that_prints_no_text_is_named_too(body: str, spot: str) -> None:
    (found,) = told(docx("{{ 单位名称 }}", body=body + paragraph("{{ 电话 }}")))
    assert found.where.spot == spot
    assert found.message.endswith("用到 合同额=“0”")


@pytest.mark.parametrize(
    ("kind", "said"), [("first", "首页页眉"), ("even", "偶数页页眉"), ("default", "页眉")]
)
def test_headers_are_named_by_the_pages_they_are_for(kind: str, said: str) -> None:
    data = with_story(docx("{{ 单位名称 }}"), "header", paragraph("{{ 单位名 }}"))
    document = read_package(data)["word/document.xml"].decode()
    changed = document.replace('w:type="first"', f'w:type="{kind}"', 1)
    data = with_part(data, "word/document.xml", changed)
    place = f"{said}第1段：{{{{ 单位名 }}}}"
    assert [p.where.spot for p in filled(data, {"单位名称": "甲"}).problems] == [place]
    assert [p.where.spot for p in lint_template(data, {"单位名称": ""})] == [place]
    made = compile_template(data, "模板.docx")
    kept = thaw(freeze(made), made.name, made.digest)
    assert kept is not None
    assert [p.where.spot for p in filled(kept, {"单位名称": "甲"}).problems] == [place]
