"""Short texts → a PDF with a page for each, as wide as the text: what stamps are made from."""

from __future__ import annotations

from collections.abc import Sequence

from docgen.problem import Outcome, Problem, error
from docgen.typeset.fonts import Fonts

FONT, SIZE = "宋体", 10.5


def draw_labels(texts: Sequence[str], fonts: Fonts) -> Outcome[bytes]:
    """The labels in 宋体 五号. A character that no font can draw is a Problem (缺字)."""
    from docgen.typeset.printing import EPOCH
    from docgen.typeset.typst import LABELS, draw

    problems: list[Problem] = [
        error("缺字", f"没有字体能显示“{sign}”，装订页脚里会缺这个字", hint="换一个常用字")
        for sign in fonts.missing_glyphs([FONT], "".join(texts))
    ]
    families = dict.fromkeys([fonts.stand_in(FONT).family, *fonts.rare()])
    model = {"texts": list(texts), "families": list(families), "size": SIZE}
    drawn = draw(model, (), fonts.engine, EPOCH, program=LABELS)
    return Outcome(drawn.pdf, tuple(problems))
