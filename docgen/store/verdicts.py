""".结论.json in a subject's folder: how its rules stood at the last build.

A note, no commit record: written after the documents, lost without harm.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from docgen.store.data import write_over

NAME = ".结论.json"
Verdicts = Mapping[str, Mapping[str, str]]  # subject → rule → what was said of it


def write_verdicts(folder: Path, verdicts: Verdicts) -> None:
    """Makes the note stand in a folder that is there; left alone where it says so already."""
    lines = (
        f" {json.dumps(subject, ensure_ascii=False)}: {json.dumps(said, ensure_ascii=False)}"
        for subject, said in verdicts.items()
    )
    data = ("{\n" + ",\n".join(lines) + "\n}\n").encode()
    write_over(folder / NAME, data)


def read_verdicts(folder: Path) -> Verdicts | None:
    """What the note says; None where there is none that can be read."""
    try:
        found = json.loads((folder / NAME).read_bytes())
        return {subject: {**said} for subject, said in found.items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return None
