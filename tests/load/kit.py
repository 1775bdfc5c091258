"""One-line helpers: what was said as `line:column severity code`, a tree as plain values."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from unittest import mock

from docgen.load.markdown import read_chapter
from docgen.load.yaml import read_yaml
from docgen.model.blocks import (
    Block,
    Chapter,
    Code,
    Heading,
    LineBreak,
    Picture,
    Reference,
    Text,
    inlines_of,
)
from docgen.model.tree import Node
from docgen.problem import Outcome, Problem
from tests.fill.kit import png

PNG = png()


def said(problems: Iterable[Problem]) -> list[str]:
    """Each Problem as `2:5 错误 缩进`."""
    return [f"{p.where.line}:{p.where.column} {p.severity.label} {p.code}" for p in problems]


def plain(node: Node | None) -> Any:
    """The values of a tree without their places."""
    if node is None:
        return None
    if node.is_mapping:
        return {key: plain(value) for key, value in node.mapping.items()}
    return [plain(item) for item in node.items] if node.is_sequence else node.text


def tree(text: str) -> Outcome[Node]:
    """What reading a YAML text gives, by the quick pass or without it."""
    data = text.encode()
    outcome = read_yaml(data, "甲.yaml")
    assert outcome == carefully(data)
    return outcome


def carefully(data: bytes) -> Outcome[Node]:
    """What reading a YAML file gives where the quick pass over ordinary files is not tried."""
    with mock.patch("docgen.load.yaml.reader.ordinary_tree", return_value=None):
        return read_yaml(data, "甲.yaml")


def faults(text: str) -> list[str]:
    """What reading a YAML text says; every Problem names the file and a cure."""
    problems = tree(text).problems
    assert all(p.where.file == "甲.yaml" and p.hint for p in problems)
    return said(problems)


def chapter(text: str, title: str = "甲章") -> Outcome[Chapter]:
    """A chapter whose pictures are all there, but for those named 缺…."""
    return read_chapter(text, "甲.md", title, pictures=_picture)


def _picture(address: str) -> Outcome[bytes]:
    return Outcome(None if address.startswith("缺") else PNG)


def blocks(text: str) -> list[Block]:
    """The blocks of a chapter that reads without a Problem."""
    outcome = chapter(text)
    assert outcome.value is not None and outcome.problems == ()
    return list(outcome.value.blocks)


def notes(text: str) -> list[str]:
    """What reading a Markdown text says."""
    problems = chapter(text).problems
    assert all(p.where.file == "甲.md" and p.hint for p in problems)
    return said(problems)


def words(block: Block) -> str:
    """What a block prints, a break as ⏎, a reference as typed."""
    if isinstance(block, Heading | Code):
        return block.text
    if isinstance(block, Picture):
        return block.caption
    return "".join(
        part.text if isinstance(part, Text) else "⏎" if isinstance(part, LineBreak) else _path(part)
        for part in inlines_of(block)
    )


def _path(reference: Reference) -> str:
    return f"【={reference.path}】"
