"""Short texts are drawn each on a page as wide as itself, and can be read again."""

from __future__ import annotations

import pypdfium2

from docgen.typeset import draw_labels, find_fonts
from tests.kit import ROOT


def test_labels_are_as_wide_as_their_text_and_read_as_typed() -> None:
    texts = ["0", "证07 · 营业执照　第", "页 共140页", "A&B <#x> *y* $z$ 𠮷"]
    fonts = find_fonts((ROOT / ".local" / "fonts",))
    made = draw_labels(texts, fonts)
    assert made.value and not made.problems
    pdf = pypdfium2.PdfDocument(made.value)
    read = [page.get_textpage().get_text_range().strip("\r\n") for page in pdf]
    assert [t.replace("\u3000", " ") for t in read] == [t.replace("\u3000", " ") for t in texts]
    widths = [page.get_width() for page in pdf]
    assert widths[0] < 8 < widths[2] < widths[1] < 150
    assert draw_labels(texts, fonts).value == made.value


def test_a_sign_without_a_glyph_is_told() -> None:
    made = draw_labels(["证01 · \U0010fffd"], find_fonts((ROOT / ".local" / "fonts",)))
    assert [problem.code for problem in made.problems] == ["缺字"]
