"""The documents: every page is in the index, every link leads somewhere, pictures are not stale."""

from __future__ import annotations

import re
import runpy
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from PIL import Image

from docgen.cli.app import ABOUT_GROUP, load, named_by
from docgen.cli.make import arguments
from docgen.cli.parser import Parser
from docgen.problem import Stop
from tests.kit import ROOT

DOCS = ROOT / "docs"
PAGES = [
    *sorted(DOCS.glob("*.md")),
    *(ROOT / f"{name}.md" for name in ("README", "ARCHITECTURE", "CONTRIBUTING")),
]
LINK = re.compile(r"\]\(([^)\s]+)[^)]*\)")
RUN_AGAIN = "请运行 docs/脚本/屏幕图.py"


def prose(path: Path) -> str:
    """A page without its blocks of code."""
    return re.sub(r"(?ms)^```.*?^```$|`[^`\n]*`", "", path.read_text("utf-8"))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_link_leads_somewhere(path: Path) -> None:
    for target in LINK.findall(prose(path)):
        if not target.startswith(("http", "#")):
            assert (path.parent / unquote(target).partition("#")[0]).exists(), target
    for name in re.findall(r"`(docs/[^`…]+\.(?:md|py))`", path.read_text("utf-8")):
        assert (ROOT / name).is_file(), name


OWN = {"help", "ready", "fonts", "test", "bench", "lock", "wheel", "clean"}  # of the Makefile
TYPED = r"((?:make|docgen) [^`\n]+)"
COMMAND = re.compile(rf"(?m)^(?:\.venv/bin/)?{TYPED}$|`(?:\.venv/bin/)?{TYPED}`")


def commands(path: Path) -> Iterator[list[str]]:
    """Each command that a page shows, as the words of docgen; what is said beside it left off."""
    text = path.read_text("utf-8")
    blocks = "".join(re.findall(r"(?ms)^```\w*\n(.*?)^```$", text))
    inline = "\n".join(re.findall(r"`[^`\n]+`", re.sub(r"(?ms)^```.*?^```$", "", text)))
    for found in COMMAND.finditer(f"{blocks}\n{inline}"):
        typed = re.split(r"\s{2,}|\s#|（| \[", found[1] or found[2])[0]
        first, *words = shlex.split(typed)
        if first == "docgen":
            yield words
        elif words[1:] and words[0] not in OWN and words[0][0] not in "…<":
            values = dict(word.split("=", 1) for word in words[1:])
            yield arguments({"DOCGEN_GOAL": words[0], **values})


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_command_that_a_page_shows_can_be_typed(path: Path) -> None:
    for words in commands(path):
        if words == ["--help"] or (words[0] in ABOUT_GROUP and len(words) == 1):
            continue
        name = named_by(words)
        assert name, words
        parser = Parser(f"docgen {name}")
        load(name).declare(parser)
        rest = words[len(name.split()) :]
        if not rest or "--help" in rest:  # the command is spoken of
            continue
        try:
            parser.parse_args(rest)
        except Stop as wrong:
            pytest.fail(f"{words}: {wrong}")


def test_every_page_is_in_the_index() -> None:
    listed = {unquote(target) for target in LINK.findall(prose(DOCS / "README.md"))}
    assert {page.name for page in DOCS.glob("*.md")} - {"README.md"} <= listed


def test_every_picture_is_shown_and_all_are_small() -> None:
    shown = {unquote(target) for page in DOCS.glob("*.md") for target in LINK.findall(prose(page))}
    pictures = [p for p in DOCS.rglob("*") if p.suffix in (".png", ".svg")]
    assert {p.relative_to(DOCS).as_posix() for p in pictures} <= shown
    assert sum(p.stat().st_size for p in pictures) < 1_000_000


@pytest.fixture(scope="module")
def screens() -> Iterator[tuple[dict[str, Any], Path]]:
    script = runpy.run_path(str(DOCS / "脚本" / "屏幕图.py"), run_name="screens")
    with script["workspace"]() as root:
        yield script, root


def test_pictures_of_a_terminal_show_what_is_printed(screens: tuple[dict[str, Any], Path]) -> None:
    script, root = screens
    for shot in script["SHOTS"]:
        picture = (DOCS / "屏幕" / f"{shot.name}.svg").read_text("utf-8")
        assert picture == script["svg"](root, shot), RUN_AGAIN
        assert str(root) not in picture


def test_the_picture_of_a_report_is_of_its_words(screens: tuple[dict[str, Any], Path]) -> None:
    script, root = screens
    words, _ = script["report"](root)
    with Image.open(DOCS / "屏幕" / "检查报告.png") as picture:
        assert picture.info["Description"] == words, RUN_AGAIN
    assert "不能交" in words and str(root) not in words
