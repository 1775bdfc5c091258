"""What an editor is told of a working folder: which schema a data file has, what reads it."""

from __future__ import annotations

from urllib.parse import quote

from docgen.model.rule import Party
from docgen.scaffold.schema import encoded

SCHEMAS = ".schema"
# The schema of a file that may answer any notice. The YAML server takes a path in settings for one
# only where it is ASCII; at the head of a file it may be any.
ANY_NOTICE = {Party.APPLICANT: "applicant.json", Party.BUREAU: "bureau.json"}
# The server matches some patterns with a file's address as it stands, percent signs and all.
PATTERNS = {
    Party.APPLICANT: "data/申报单位/*/申报单位.yaml",
    Party.BUREAU: "data/主管部门/*.yaml",
}


def editor_files() -> dict[str, bytes]:
    """The files by their paths below the working folder; for VS Code and what is made of it."""
    settings = {
        "yaml.schemas": {
            f"{SCHEMAS}/{ANY_NOTICE[party]}": [pattern, quote(pattern, safe="/*")]
            for party, pattern in PATTERNS.items()
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
