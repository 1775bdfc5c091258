"""Every filter, function and test is documented in Chinese by examples that come true."""

from __future__ import annotations

import runpy

import pytest

from docgen.language.filters import FILTERS, FUNCTIONS, TESTS
from docgen.language.kept import FILTER_WORDS, TEST_WORDS
from tests.kit import ROOT

SCRIPT = runpy.run_path(str(ROOT / "docs" / "脚本" / "函数手册.py"), run_name="manual")
REGISTRIES = (FILTERS, FUNCTIONS, TESTS)
ENTRIES = [
    *(entry for registered in REGISTRIES for entry in SCRIPT["entries"](registered)),
    *SCRIPT["kept"](FILTER_WORDS),
    *SCRIPT["kept"](TEST_WORDS),
]
EXAMPLES = [(e.names[0], *example) for e in ENTRIES for example in e.examples]


@pytest.mark.parametrize(("name", "expression", "printed"), EXAMPLES)
def test_an_example_prints_what_the_manual_says(name: str, expression: str, printed: str) -> None:
    assert name in expression
    assert SCRIPT["evaluate"](expression) == printed


def test_every_name_is_documented_with_an_example() -> None:
    documented = {name for entry in ENTRIES if entry.examples for name in entry.names}
    registered = {name for names in REGISTRIES for name in names}
    assert registered <= documented


def test_the_manual_is_up_to_date() -> None:
    file = ROOT / "docs" / "函数.md"
    assert file.read_text("utf-8") == SCRIPT["manual"](), "请运行 docs/脚本/函数手册.py"
