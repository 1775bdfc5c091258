"""Word files that docgen did not make: no crash, no word lost, what is not shown is named."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from docgen.typeset import Fonts, Unreadable, agreement, typeset
from docgen.typeset.read.notes import OFFICE

FOLDER = Path(__file__).parents[1] / "data" / "外来"
# what our own program says it does not show; nothing else may be said
TOLD = {
    "从右向左": {"字符格式", "段落格式"},
    "修订": {"修订"},
    "公式": {"公式"},
    "内容控件与窗体": set(),
    "分栏": {"分节"},
    "分节与版面": {"版面", "分栏", "分节", "修订", "竖排文字", "首字下沉", "行高"},
    "列表与其他": {"图片放不下", "修订", "字符格式", "书签"},
    "列表重新编号": set(),
    "制表位": {"制表位"},
    "图表与智能图形": {"图形"},
    "域": set(),
    "嵌入对象": {"嵌入文档", "图片", "图片格式"},
    "嵌套表格": {"嵌套表格"},
    "批注": {"批注"},
    "文本框": {"文本框"},
    "横排一节": set(),
    "水印与印章": {"水印", "文本框"},
    "环绕图片": {"浮动图片"},
    "竖排文字": {"版面", "拼音"},
    "符号与特殊字符": {"符号", "字符格式", "拼音", "域"},
    "网页转来": {"边框", "图形", "字符格式"},
    "脚注与尾注": set(),
    "自选图形": set(),
    "表格样式": {"浮动表格"},
    "长表重复表头": {"边框"},
    "页面边框": {"版面", "字符格式"},
    "首页与奇偶页眉": set(),
}
FILES = sorted(FOLDER.glob("*.docx"))
REORDERED = {"从右向左"}  # its letters stand in another order in a PDF than in Word


def test_the_set_is_large_enough_and_small_enough() -> None:
    assert {path.stem for path in FILES} == set(TOLD)
    assert len(FILES) >= 20
    assert sum(path.stat().st_size for path in FILES) < 1_000_000


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_of_others_is_printed_whole_and_what_is_not_shown_is_named(
    path: Path, fonts: Fonts
) -> None:
    docx = path.read_bytes()
    made = typeset(docx, fonts)
    assert {problem.code for problem in made.problems} == TOLD[path.stem]
    assert all(p.where.spot for p in made.problems if p.message != "页面底色未能显示")
    if path.stem not in REORDERED:
        assert agreement(docx, made.pdf, pages=made.pages) == ()


def test_libreoffice_is_left_alone_where_nothing_needs_it(fonts: Fonts) -> None:
    docx = (FOLDER / "域.docx").read_bytes()
    made = typeset(docx, fonts, engine="auto")
    assert (made.engine, made.problems) == ("typst", ())
    assert made.pdf == typeset(docx, fonts).pdf


def test_libreoffice_is_not_asked_where_it_would_print_other_signs(fonts: Fonts) -> None:
    """It has none of Word's fonts of signs here, and would print stray hanzi for a ticked box."""
    made = typeset((FOLDER / "符号与特殊字符.docx").read_bytes(), fonts, engine="auto")
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(made.pdf)).pages)
    assert "☑☐☑" in text
    assert "印" in text


def test_every_archival_pdf_is_drawn_by_our_own_program(fonts: Fonts) -> None:
    docx = (FOLDER / "文本框.docx").read_bytes()
    made = typeset(docx, fonts, engine="auto", archival=True)
    assert made.engine == "typst"
    assert [OFFICE in problem.hint for problem in made.problems] == [True]


def test_a_locked_file_or_an_old_one_is_refused_by_name(fonts: Fonts) -> None:
    with pytest.raises(Unreadable, match="密码"):
        typeset(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), fonts)
