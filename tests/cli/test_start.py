"""A command imports what it uses and nothing else: counted, since a busy machine has no clock."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.cli.kit import REPOSITORY, python

CODE = """
import sys
from docgen.cli import main
code = main(sys.argv[1:])
print(*sorted(sys.modules), file=sys.stderr)
raise SystemExit(code)
"""
LIBRARIES = {"jinja2", "yaml", "markdown_it", "lxml", "docx", "docxtpl", "PIL", "typst", "rich"}
LIBRARIES |= {
    "python_calamine",
    "pypdf",
    "rapidfuzz",
    "fontTools",
    "weasyprint",
    "pikepdf",
    "xlsxwriter",
    "starlette",
    "uvicorn",
    "anyio",
}
READING = {"jinja2", "yaml", "markdown_it"}
FILLING = READING | {"lxml", "docx", "docxtpl"}
WHOM = ("-b", "示例市工信局", "-a", "示例联合体", "-n", "江苏数促中心-2026")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's own examples, with an out/ of their own."""
    folder = tmp_path_factory.mktemp("start")
    for name in ("notices", "templates", "data"):
        shutil.copytree(REPOSITORY / name, folder / name)
    return folder


def imported(root: Path, words: Sequence[str]) -> set[str]:
    """The modules that a command has imported when it ends."""
    done = python(root, "-c", CODE, *words)
    assert done.code in (0, 1), done.err
    return set(done.err.splitlines()[-1].split())


@pytest.mark.parametrize(
    ("words", "allowed"),
    [
        (["--help"], set()),
        (["--version"], set()),
        (["check", "--help"], set()),
        (["build", "--help"], set()),
        (["sheet", "--help"], set()),
        (["import", "--help"], set()),
        (["watch", "--help"], set()),
        (["why", "--help"], set()),
        (["diff", "--help"], set()),
        (["new", "--help"], set()),
        (["completion", "bash"], set()),
        (["__complete", "build", "-a", "示"], set()),
        (["__complete", "check", "-n", ""], READING),
        (["notice", "list"], READING),
        (["check", "-a", "示例联合体"], READING),
        (["check", "-a", "示例联合体", "--json"], READING),
        (["build", "推荐意见", *WHOM, "--format", "docx"], FILLING),
        (["why", "服务行业", "-a", "示例联合体"], FILLING),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_only_the_libraries_that_a_command_uses_are_imported(
    root: Path, words: list[str], allowed: set[str]
) -> None:
    assert imported(root, words) & LIBRARIES <= allowed


def test_help_reads_none_of_the_stages(root: Path) -> None:
    stages = {"load", "language", "check", "plan", "fill", "typeset", "store", "pipeline", "model"}
    assert imported(root, ["--help"]).isdisjoint(f"docgen.{stage}" for stage in stages)


def test_a_check_reads_nothing_of_what_makes_documents(root: Path) -> None:
    found = imported(root, ["check", "-a", "示例联合体"])
    assert not [name for name in found if name.startswith(("docgen.fill", "docgen.typeset"))]
    assert found.isdisjoint({"docgen.check.pack", "docgen.plan.jobs", "docgen.pipeline.building"})


def test_a_word_file_alone_is_not_typeset(root: Path) -> None:
    found = imported(root, ["build", "推荐意见", *WHOM, "--format", "docx"])
    assert found.isdisjoint({"docgen.typeset.read", "docgen.typeset.fonts", "docgen.fill.lint"})


def test_filling_needs_nothing_of_notices(root: Path) -> None:
    code = "import sys; from docgen.fill import compile_template, fill; print(*sys.modules)"
    found = set(python(root, "-c", code).out.split())
    assert found.isdisjoint({"docgen.model.notice", "docgen.model.dossier", "docgen.load.pack"})
    assert found.isdisjoint({"docgen.fill.lint", "docgen.fill.blank", "docgen.fill.house"})
