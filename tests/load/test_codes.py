"""The codes of reading stand in one list, and every one of them is raised somewhere."""

from __future__ import annotations

import ast
from pathlib import Path

from docgen.load.codes import CODES

LOAD = Path(__file__).parents[2] / "docgen" / "load"
READERS = [
    *(LOAD / "yaml").glob("*.py"),
    *(LOAD / "markdown").glob("*.py"),
    *(LOAD / "excel").glob("*.py"),
    *(LOAD / f"{name}.py" for name in ("disk", "text", "folder", "pictures", "evidence")),
]
SAYING = {"error": 0, "warning": 0, "Saying": 1, "_warn": 0, "_refuse": 0}


def raised() -> set[str]:
    """The codes that the readers name, wherever they make a Problem."""
    codes = set()
    for path in READERS:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                place = SAYING.get(name)
                if place is not None and len(node.args) > place:
                    value = node.args[place]
                    if isinstance(value, ast.Constant) and isinstance(value.value, str):
                        codes.add(value.value)
    return codes


def test_every_code_is_in_the_list_and_every_listed_one_is_raised() -> None:
    found = {code for code in raised() if len(code) <= 4}  # Outline's _warn has no code
    assert found - set(CODES) == set()
    assert set(CODES) - found == set()
