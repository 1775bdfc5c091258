"""What an editor is told of a working folder: which schema a data file has, what reads it."""

from __future__ import annotations

from docgen.scaffold.schema import encoded

SCHEMAS = ".schema"


def editor_files() -> dict[str, bytes]:
    """The files by their paths below the working folder; for VS Code and what is made of it."""
    settings = {
        "yaml.schemas": {
            f"{SCHEMAS}/申报单位.json": "data/申报单位/*/申报单位.yaml",
            f"{SCHEMAS}/主管部门.json": "data/主管部门/*.yaml",
        },
        "yaml.format.enable": False,
        "files.encoding": "utf8",
        "[yaml]": {"editor.tabSize": 2, "editor.insertSpaces": True},
        "[markdown]": {"editor.wordWrap": "on"},
    }
    recommended = {"recommendations": ["redhat.vscode-yaml"]}
    return {
        ".vscode/settings.json": encoded(settings),
        ".vscode/extensions.json": encoded(recommended),
    }
