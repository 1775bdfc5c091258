"""What every command says of itself: a summary, examples that its own parser takes, one place."""

from __future__ import annotations

import re
import shlex

import pytest

from docgen.cli.app import ABOUT_GROUP, COMMANDS, GROUPS, load
from docgen.cli.parser import Parser, help_of


def told(name: str) -> tuple[str, Parser]:
    command, parser = load(name), Parser(f"docgen {name}")
    command.declare(parser)
    return help_of(command, parser), parser


@pytest.mark.parametrize("name", COMMANDS)
def test_each_example_of_a_command_can_be_typed(name: str) -> None:
    paragraphs = load(name).help.split("\n\n")
    assert paragraphs[0].endswith("。")
    examples = [line for line in paragraphs[-1].splitlines() if line.startswith("docgen ")]
    assert examples, "no example in the last paragraph"
    _, parser = told(name)
    for example in examples:
        words = shlex.split(re.sub(r"（[^）]*）$", "", example))
        assert words[1 : 1 + len(name.split())] == name.split()
        parser.parse_args(words[1 + len(name.split()) :])


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_explained_alike(name: str) -> None:
    _, parser = told(name)
    rows = [*parser.arguments, *parser.options]
    assert all(about and not about.endswith("。") for _, about in rows)
    assert not [word for word, _ in rows if "FILE" in word]


def test_every_command_stands_in_one_group_of_the_help() -> None:
    listed = [name for names in GROUPS.values() for name in names]
    assert len(listed) == len(set(listed)) and set(COMMANDS) <= set(listed)
    assert set(ABOUT_GROUP) == {name.split()[0] for name in COMMANDS if " " in name}
