"""What the last import wrote: a hash of each value as the sheet said it and as the file held it.

It stands beside the data (.导入.json) and holds no data itself. Where it is absent or damaged,
every value counts as typed by hand.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from docgen.model.rule import Party

NOTE = "由 docgen import 写入：凭它分辨哪些值在导入之后被人改过。可以删去，删后一律当作人写的。"
LIMIT = 20_000_000
Known = tuple[str, str]  # the sheet's hash, the file's hash


def place(party: Party, name: str) -> str:
    """Where the record of an applicant or bureau stands, below the workspace."""
    if party is Party.APPLICANT:
        return f"data/{party.value}/{name}/.导入.json"
    return f"data/{party.value}/.{name}.导入.json"


def read_record(root: Path, path: str) -> tuple[dict[str, Known], bytes | None]:
    """What is remembered, by path in the data file, and the bytes of the record."""
    try:
        with (root / path).open("rb") as stream:
            data = stream.read(LIMIT)
    except OSError:
        return {}, None
    try:
        found = json.loads(data)["values"]
        return {str(key): (str(one), str(two)) for key, (one, two) in found.items()}, data
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {}, data


def encoded(values: Mapping[str, Known]) -> bytes:
    """The record's bytes; the same values always make the same bytes."""
    content = {"note": NOTE, "values": dict(sorted(values.items()))}
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()
