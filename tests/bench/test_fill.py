"""The benchmark compares like with like: both engines print the same text, and it can be run."""

from __future__ import annotations

import subprocess
import sys

import pytest

from bench.fill import documents
from bench.fill.data import RECORDS
from bench.fill.dialects import DIALECTS
from bench.fill.engines import docgen, docxtpl
from bench.fill.words import first_difference, visible_text
from tests.kit import ROOT


@pytest.mark.parametrize("kind", documents.KINDS)
def test_docgen_and_docxtpl_print_the_same_text(kind: str) -> None:
    values = RECORDS[kind](7)
    ours = docgen(documents.build("docgen", kind))(values)
    theirs = docxtpl(documents.build("docxtpl", kind))(values)
    text = visible_text(ours)
    assert first_difference(text, visible_text(theirs)) == ""
    assert len(text) > 30
    assert any("R&D" in line or "促进中心" in line for line in text)


@pytest.mark.parametrize("engine", DIALECTS)
def test_every_engine_has_its_template(engine: str) -> None:
    assert documents.build(engine, "letter").startswith(b"PK")


def test_a_difference_is_named_at_its_paragraph() -> None:
    assert first_difference(["甲", "乙"], ["甲", "丙"]) == "第2段不同：“乙”与“丙”"
    assert first_difference(["甲"], ["甲", "丙"]) == "段数不同：1 与 2"


def test_help_is_given() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bench", "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0
    assert "--quick" in done.stdout
