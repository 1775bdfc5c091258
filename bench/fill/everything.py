"""A script that runs a module as if docgen imported all that it ever needs at the top."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterable, Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NAME_END = " <>=!~;[("

PRELUDE = """import runpy, sys
from docgen.setup.libraries import preload
preload()
"""
IMPORT = """try:
    import {}
except (ImportError, OSError):
    pass
"""
LAUNCH = """sys.argv = sys.argv[1:]
runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
"""


def script(modules: Iterable[str]) -> str:
    """The script; its arguments are the module to run and that module's arguments."""
    return PRELUDE + "".join(IMPORT.format(name) for name in modules) + LAUNCH


def imported() -> list[str]:
    """Every module that a file of docgen imports anywhere, inside functions too."""
    return list(dict.fromkeys(_imports(ROOT / "docgen")))


def declared() -> list[str]:
    """The modules of every library that pyproject.toml declares."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    names = {_normal(requirement) for requirement in project["dependencies"]}
    owners = packages_distributions().items()
    return sorted(
        module
        for module, packages in owners
        if module.isidentifier() and names & {_normal(package) for package in packages}
    )


def _normal(requirement: str) -> str:
    for sign in NAME_END:
        requirement = requirement.partition(sign)[0]
    return requirement.lower().replace("_", "-")


def _imports(folder: Path) -> Iterator[str]:
    for file in sorted(folder.rglob("*.py")):
        if file.name == "__main__.py" or "setup" in file.relative_to(folder).parts:
            continue
        for node in ast.walk(ast.parse(file.read_bytes())):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield node.module
