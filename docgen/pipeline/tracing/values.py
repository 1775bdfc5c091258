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
    gone, come, moved = _moved(then, now)
    old = {_through(path, moved): text for path, text in then.items() if _row(path) not in gone}
    for path, text in now.items():
        before = old.pop(path, None)
        if before != text and _row(path) not in come:
            yield from _split(path, before, text)
    for path, text in old.items():
        yield from _split(path, text, None)
    yield from (Change(row, None, said) for row, said in come.items())
    yield from (Change(row, said, None) for row, said in gone.items())


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


def _moved(then: Texts, now: Texts) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """Rows (案例.3) that are gone and that have come, with their texts; and where others went."""
    gone: dict[str, str] = {}
    come: dict[str, str] = {}
    moved: dict[str, str] = {}
    old, new = _tables(then), _tables(now)
    for table in dict.fromkeys((*old, *new)):
        before, after = old.get(table, {}), new.get(table, {})
        said = [[repr(sorted(row.items())) for row in rows.values()] for rows in (before, after)]
        pairing = pairs(*said)
        names = [f"{table}.{number}" for number in after]
        for place, (number, row) in enumerate(before.items()):
            if place in pairing:
                moved[f"{table}.{number}"] = names[pairing[place]]
            else:
                gone[f"{table}.{number}"] = "，".join(row.values())
        for place, row in enumerate(after.values()):
            if place not in pairing.values():
                come[names[place]] = "，".join(row.values())
    return gone, come, moved


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
    row = _row(path)
    return moved.get(row, row) + path[len(row) :]


def _row(path: str) -> str:
    """The outermost row that a path leads into: 案例.3 of 案例.3.客户; "" outside of tables."""
    steps = path.split(".")
    at = next((n for n, step in enumerate(steps) if step.isdecimal()), 0)
    return ".".join(steps[: at + 1]) if at else ""
