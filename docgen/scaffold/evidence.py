"""The evidence that a notice's fields ask for → the list of 证明材料 to begin with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from docgen.load.yaml.writing import Value
from docgen.model.notice import Field, FieldType, in_track

TABLE = "证明材料"


def wanted(fields: Iterable[Field], track: str) -> Mapping[str, str]:
    """The code (证01 …) by the path of each 佐证 that everyone of the track must give."""
    paths = [path for field in fields for path in _paths(field, track, "")]
    return {path: f"证{number:02}" for number, path in enumerate(paths, 1)}


def rows(fields: Mapping[str, Field], codes: Mapping[str, str]) -> tuple[list[Value], list[Value]]:
    """A row for each code, in the columns that 证明材料 has; the file's name stands open.

    First those that are cited from the start, then those that rows still to be written will cite.
    """
    now: list[Value] = []
    later: list[Value] = []
    table = fields.get(TABLE)
    if table is None or table.type is not FieldType.TABLE:
        return now, later
    for path, code in codes.items():
        about = _about(path, fields)
        row = {"编号": code, "名称": f"{about}的证明", "文件": "", "对应": about}
        kept = {key: text for key, text in row.items() if key in table.fields}
        (later if _in_table(path, fields) else now).append(kept)
    return now, later


def _in_table(path: str, fields: Mapping[str, Field]) -> bool:
    for step in path.split("."):
        if fields[step].type is FieldType.TABLE:
            return True
        fields = fields[step].fields
    return False


def _paths(field: Field, track: str, above: str) -> Iterator[str]:
    path = f"{above}.{field.key}" if above else field.key
    if not field.required or field.applies or not in_track(field.track, track):
        return
    if field.type is FieldType.EVIDENCE:
        yield path
    for member in field.fields.values():
        yield from _paths(member, track, path)


def _about(path: str, fields: Mapping[str, Field]) -> str:
    """What a piece of evidence is for: the name of the 组 or 表 that asks for it."""
    words: list[str] = []
    steps = path.split(".")
    for step in steps[:-1] or steps:
        field = fields[step]
        words.append(field.label or field.key)
        fields = field.fields
    return "·".join(words)
