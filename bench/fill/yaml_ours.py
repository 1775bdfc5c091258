"""A folder of YAML files → a folder of letters, in one process, by docgen.

The template comes compiled from the shelf that docgen keeps between runs.

python -m bench.fill.yaml_ours TEMPLATE FOLDER OUT; also the command behind one cold letter.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from docgen.load.yaml import read_yaml
from docgen.model.tree import Node
from docgen.pipeline.cache import default_folder
from docgen.pipeline.shelf import Shelf


def values(node: Node) -> Any:
    """A tree as typed, without its places: texts, lists, dicts."""
    value = node.value
    if isinstance(value, dict):
        return {key: values(child) for key, child in value.items()}
    return [values(child) for child in value] if isinstance(value, list) else value


def main(template: str, folder: str, out: str) -> None:
    letter = Shelf(default_folder()).template(Path(template).read_bytes(), template)
    for file in sorted(Path(folder).iterdir()):
        read = read_yaml(file.read_bytes(), file.name)
        if read.value is None or read.problems:
            raise SystemExit(f"{file.name}: {read.problems}")
        Path(out, f"{file.stem}.docx").write_bytes(letter.render(values(read.value)))


if __name__ == "__main__":
    main(*sys.argv[1:])
