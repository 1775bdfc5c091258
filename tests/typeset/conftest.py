"""The fonts of this machine, scanned once; documents printed and read back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from docgen.typeset import Fonts, Rules, Typeset, find_fonts, typeset
from tests.typeset.word import Word

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def fonts() -> Fonts:
    found = find_fonts([ROOT / "fonts", ROOT / ".local" / "fonts"])
    if any(not stand_in.family for stand_in in found.substitutions().values()):
        pytest.skip("没有中文字体：先运行 make fonts")
    return found


@pytest.fixture(scope="session")
def printed(fonts: Fonts) -> Callable[..., Typeset]:
    """Typeset body XML (or a Word) with the rules asked for."""

    def make(document: str | Word, rules: Rules = Rules.WORD) -> Typeset:
        word = document if isinstance(document, Word) else Word(document)
        return typeset(word.bytes(), fonts, rules=rules)

    return make
