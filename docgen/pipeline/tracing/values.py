"""Printed or typed values by path, then and now → what changed; rows are paired before."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import NamedTuple, TypeAlias

from docgen.fill.printed import text_of
from docgen.model.blocks import Chapter
from docgen.model.dossier import Dossier
from docgen.model.values import Image, Missing, Passages, walk
from docgen.pipeline.tracing.seeking import pairs

Texts: TypeAlias = Mapping[str, str]


class Change(NamedTuple):
    """A path, and the text then and now; a line of prose has the path of its chapter."""

    path: str
    old: str | None
    new: str | None


def texts_of(dossier: Dossier) -> Texts:
    """All that a subject's own data say, by path: facts, answers, scans by name and size."""
    found: dict[str, str] = {}
    for path, value in walk(dossier.own_facts):
        if isinstance(value, Missing | Passages) or path.partition(".")[0] in dossier.notice.lets:
            continue
        if isinstance(value, Image):
            found[path] = f"{value.name}（{hashlib.sha256(value.data).hexdigest()[:8]}）"
        else:
            found[path] = str(value) if isinstance(value, Chapter) else text_of(value)
    found |= {f"说明.{code}": said.text for code, said in dossier.explanations.items()}
    for code, one in dossier.confirmations.items():
        found[f"确认.{code}"] = f"{'属实' if one.confirmed else '不属实'}，{one.day}，{one.by}"
    for name, scan in dossier.evidence.items():
        found[f"证明材料/{name.replace('.', '·')}"] = f"{scan.size} 字节"
    return found


def changes(then: Texts, now: Texts) -> Iterator[Change]:
    """What differs; a row that moved is no change, of a chapter each line that differs is one."""
    moved = dict(_moved(then, now))
    old = {_through(path, moved): (path, text) for path, text in then.items()}
    for path, text in now.items():
        _, before = old.pop(path, ("", None))
        if before != text:
            yield from _split(path, before, text)
    for was, text in old.values():
        yield from _split(was, text, None)


def _split(path: str, old: str | None, new: str | None) -> Iterator[Change]:
    """One change, or one a line of what is long."""
    if "\n" not in (old or "") + (new or ""):
        yield Change(path, old, new)
        return
    before, after = (old or "").split("\n"), (new or "").split("\n")
    pairing = pairs(before, after)
    met = {other: one for one, other in pairing.items()}
    for number, line in enumerate(after):
        was = before[met[number]] if number in met else None
        if was != line:
            yield Change(path, was, line)
    yield from (Change(path, line, None) for n, line in enumerate(before) if n not in pairing)


def _moved(then: Texts, now: Texts) -> Iterator[tuple[str, str]]:
    """The prefix of each row of then (案例.3) and that of the row now in its place."""
    old, new = _tables(then), _tables(now)
    for table in old.keys() & new.keys():
        before, after = old[table], new[table]
        said = [[repr(sorted(row.items())) for row in rows.values()] for rows in (before, after)]
        pairing = pairs(*said)
        numbers, others = list(before), list(after)
        for place, number in enumerate(numbers):
            other = others[pairing[place]] if place in pairing else f"-{number}"
            yield f"{table}.{number}", f"{table}.{other}"


def _tables(texts: Texts) -> dict[str, dict[str, dict[str, str]]]:
    """The rows of each outermost table by number, each as its texts by column."""
    found: dict[str, dict[str, dict[str, str]]] = {}
    for path, text in texts.items():
        steps = path.split(".")
        at = next((n for n, step in enumerate(steps) if step.isdecimal()), 0)
        if at:
            rows = found.setdefault(".".join(steps[:at]), {})
            rows.setdefault(steps[at], {})[".".join(steps[at + 1 :])] = text
    for rows in found.values():
        for number in sorted(rows, key=int):
            rows[number] = rows.pop(number)
    return found


def _through(path: str, moved: Mapping[str, str]) -> str:
    """A path of then as it would be now."""
    steps = path.split(".")
    at = next((n for n, step in enumerate(steps) if step.isdecimal()), 0)
    prefix = ".".join(steps[: at + 1]) if at else ""
    return ".".join((moved.get(prefix, prefix), *steps[at + 1 :])) if prefix else path
