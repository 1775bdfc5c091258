"""The rules of the house: floors, sizes, doors, and that the map names what there is."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted((ROOT / "docgen").rglob("*.py"))
LONGEST = 300  # lines; ask why at 250

# which module or folder may import which library; a library that is not listed may not be imported
DOORS = {
    "yaml": ("docgen/load/yaml/events.py",),
    "markdown_it": ("docgen/load/markdown/",),
    "jinja2": ("docgen/language/", "docgen/fill/", "docgen/report/web.py", "docgen/watch/view.py"),
    "markupsafe": ("docgen/fill/",),
    "docxtpl": ("docgen/fill/engine.py",),
    "docx": ("docgen/fill/lent.py",),
    "isal": ("docgen/fill/prebuilt.py",),
    "lxml": (
        "docgen/fill/xml.py",
        "docgen/typeset/read/xml.py",
        "docgen/typeset/read/package.py",
        "docgen/load/excel/xml.py",
    ),
    "typst": ("docgen/typeset/typst.py",),
    "PIL": (
        "docgen/load/pictures.py",
        "docgen/typeset/pictures.py",
        "docgen/bind/pixels.py",
        "docgen/report/printing.py",
    ),
    "xlsxwriter": ("docgen/typeset/workbook.py", "docgen/fill/entry.py"),
    "python_calamine": ("docgen/load/excel/workbook.py",),
    "pypdf": ("docgen/typeset/soffice.py",),
    "pikepdf": ("docgen/bind/", "docgen/typeset/paper.py"),
    "pypdfium2": ("docgen/typeset/paper.py", "docgen/bind/reading.py"),
    "rapidfuzz": ("docgen/language/spelling.py",),
    "weasyprint": ("docgen/report/printing.py",),
    "rich": ("docgen/report/terminal.py",),
    "starlette": ("docgen/watch/site.py",),
    "uvicorn": ("docgen/watch/server.py",),
    "distributed": ("docgen/batch/cluster.py",),
}
STAGES = ("check", "plan", "fill", "typeset", "bind", "report")


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def imported(tree: ast.Module) -> Iterator[str]:
    """The top-level names of what is imported anywhere in a module, lazily too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


def test_the_floors_hold() -> None:
    code = (
        "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_is_short_says_what_it_is_and_keeps_to_its_doors(path: Path) -> None:
    name, text, tree = name_of(path), path.read_text("utf-8"), tree_of(path)
    assert text.count("\n") <= LONGEST
    if text.strip():
        assert ast.get_docstring(tree), "a module begins with what it turns into what"
    for library in set(imported(tree)) - set(sys.stdlib_module_names) - {"docgen"}:
        doors = DOORS.get(library, ())
        assert name.startswith(doors), f"{library} may be imported in {doors or 'no module'} only"
    if not name.startswith(("docgen/cli/", "docgen/setup/")):
        calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
        assert not [f for f in calls if isinstance(f, ast.Name) and f.id == "print"]


def test_every_door_is_used() -> None:
    used = {library: set[str]() for library in DOORS}
    for path in MODULES:
        for library in set(imported(tree_of(path))) & set(DOORS):
            used[library].add(name_of(path))
    unused = [
        (library, door)
        for library, doors in DOORS.items()
        for door in doors
        if not any(name.startswith(door) for name in used[library])
    ]
    assert unused == []


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_exports_a_function_named_as_itself(stage: str) -> None:
    tree = tree_of(ROOT / "docgen" / stage / "__init__.py")
    exported = [
        ast.literal_eval(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and node.targets[0].id == "__all__"
    ]
    assert exported and stage in exported[0]


LAZY = [
    path for path in MODULES if path.stem == "__init__" and "on_demand(" in path.read_text("utf-8")
]


@pytest.mark.parametrize("path", LAZY, ids=name_of)
def test_what_a_package_gives_on_demand_is_what_it_names(path: Path) -> None:
    tree, package = tree_of(path), ".".join(path.relative_to(ROOT).parts[:-1])
    (shown,) = (node for node in tree.body if isinstance(node, ast.If))
    told = {
        f"{node.module}.{alias.name}"
        for node in shown.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    (table,) = (node for node in ast.walk(tree) if isinstance(node, ast.Dict))
    homes = {
        f"{package}.{module}.{name}"
        for module, names in ast.literal_eval(table).items()
        for name in names.split()
    }
    names = {home.rpartition(".")[2] for home in homes}
    assert homes == told
    assert names.isdisjoint(there.stem for there in path.parent.iterdir())
    given = importlib.import_module(package)
    assert names <= set(given.__all__) and all(hasattr(given, name) for name in given.__all__)


def test_the_map_names_exactly_the_folders() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    named = set(re.findall(r"^\| `docgen/(\w+)/` \|", text, re.M))
    there = {path.parent.name for path in (ROOT / "docgen").glob("*/*.py")}
    assert named == there


def test_no_name_says_nothing() -> None:
    empty = {"utils", "util", "helpers", "helper", "common", "base", "misc", "manager"}
    assert [name_of(path) for path in MODULES if path.stem in empty] == []
