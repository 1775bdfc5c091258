"""A Merge and the file it is of → the new bytes, read back and held against what is wanted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from docgen.load.text import decode
from docgen.load.yaml import read_yaml
from docgen.load.yaml.rewriting import Path, rearranged, rewritten
from docgen.load.yaml.spans import Unwritable
from docgen.load.yaml.writing import Value
from docgen.model.tree import Node
from docgen.pipeline.intake.changes import Change, Merge
from docgen.problem import Problem, Severity, Where, error

BOM = b"\xef\xbb\xbf"


def changed_file(data: bytes, file: str, merge: Merge) -> bytes | Problem:
    """The file with the changes in it and every other character as it was; else why not."""
    text = decode(data, file).value
    before = read_yaml(data, file)
    where = Where(file)
    cure = "先按 docgen check 的提示改好这个文件，再导入"
    if text is None or before.value is None or before.failed:
        return error("写法", "YAML 有错误，表格的内容没有写入", where, cure)
    try:
        new = rewritten(text, merge.values)
        for path, plan in merge.plans.items():
            new = rearranged(new, path, plan)
    except Unwritable:
        said = "这个文件的写法太特别，改不了，表格的内容没有写入"
        cure = "把锚点、跨行的方括号或花括号改成一行一项，再导入"
        return error("写法", said, where, cure)
    written = new.replace("\n", "\r\n") if b"\r\n" in data else new
    made = (BOM if data.startswith(BOM) else b"") + written.encode()
    after = read_yaml(made, file)
    wanted = _expected(plain(before.value), merge.values, merge.plans)
    if after.value is None or after.failed or plain(after.value) != wanted:
        said = "这个文件改了以后读出来不一样，没有写入"
        return error("写法", said, where, "把要改的几处直接写进 YAML")
    return made


def told(change: Change, tree: Node, where: Where) -> Problem:
    """A change, at its line in the new file."""
    path = ".".join(str(step + 1 if isinstance(step, int) else step) for step in change.path)
    node = tree.at(path)
    place = node.where(path) if node is not None else where
    said = f"{change.label}：{_shown(change.old)} → {_shown(change.new)}"
    place = Where(place.file, place.line, place.column, path, change.spot)
    return Problem("导入", Severity.INFO, said, place)


def placed(problem: Problem, tree: Node) -> Problem:
    """A Problem of the old file, at the line where its value stands in the new one."""
    node = tree.at(problem.where.path) if problem.where.file == tree.file else None
    if node is None or not problem.where.path:
        return problem
    there = node.where() if node.is_scalar else node.where_key()
    return replace(problem, where=replace(problem.where, line=there.line, column=there.column))


def plain(node: Node) -> Any:
    """The values of a tree without their places."""
    if node.is_mapping:
        return {key: plain(value) for key, value in node.mapping.items()}
    return [plain(item) for item in node.items] if node.is_sequence else node.text


def _expected(
    content: Any, values: Mapping[Path, Value], plans: Mapping[Path, list[int | Value]]
) -> Any:
    """What the new file must say, reckoned without its text."""
    content = content if isinstance(content, dict) else {}
    for path, value in values.items():
        above = content
        for step in path[:-1]:
            if isinstance(step, str) and not isinstance(above.get(step), dict | list):
                above[step] = {}
            above = above[step]
        above[path[-1]] = value
    for path, plan in plans.items():
        above = content
        for step in path[:-1]:
            above = above[step]
        had = above[path[-1]]
        above[path[-1]] = [had[one] if isinstance(one, int) else one for one in plan]
    return content


def _shown(text: str) -> str:
    return f"“{' '.join(text.split())}”" if text.strip() else "（空）"
