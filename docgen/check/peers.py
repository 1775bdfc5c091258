"""全部申报 as one rule needs it: of a thousand who apply, those that its own conditions can keep.

A rule that looks for the same code among all who apply would look at every one of them for every
one of them. Where each use of 全部申报 begins with 只留 and the condition asks for a text equal to
the applicant's own (行.申报.统一社会信用代码 == 统一社会信用代码), those that have it are found by
that text; the rule then judges them as it is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from docgen.check.once import once
from docgen.model.dossier import Peers
from docgen.model.rule import Part, Rule, Test
from docgen.model.values import Rows

PEERS = "全部申报"
_KEPT = r"\s*\|\s*只留\(\s*'([^'\"\\]*(?:\"[^'\"\\]*\"[^'\"\\]*)*)'\s*\)"
_USE = re.compile(rf"{PEERS}((?:{_KEPT})+)")
_ONE = re.compile(_KEPT)
_SAME = re.compile(r"行\.申报\.(\w+) == (\w+)")
_BRANCHES = re.compile(r"[()]|\b(?:or|if|not)\b")


def peers_for(rule: Rule, peers: Rows | None, facts: Mapping[str, Any]) -> Rows:
    """The rows of all who apply that a rule has to see."""
    if not isinstance(peers, Peers):
        return peers if peers is not None else Rows()
    keys = _keys(_sources(rule))
    if keys is None or not all(isinstance(facts.get(key), str) for key in keys):
        return peers
    return peers.alike({key: facts[key] for key in keys})


def seen_by(rules: Iterable[Rule], peers: Rows | None, facts: Mapping[str, Any]) -> Rows | None:
    """The rows of all who apply that any of these rules has to see; None where that is all."""
    if not isinstance(peers, Peers):
        return None if peers else Rows()
    wanted: dict[str, str] = {}
    for rule in rules:
        if sources := _sources(rule):
            keys = _keys(sources)
            if keys is None or not all(isinstance(facts.get(key), str) for key in keys):
                return None
            wanted |= {key: facts[key] for key in keys}
    return peers.alike(wanted)


@lru_cache(1024)
def _keys(sources: tuple[str, ...]) -> frozenset[str] | None:
    """The facts by which the rows are found; None where a use of them does not tell."""
    keys = set()
    for source in sources:
        uses = list(_USE.finditer(source))
        if len(uses) != source.count(PEERS):
            return None
        for use in uses:
            conditions = [kept[1] for kept in _ONE.finditer(use[1])]
            same = [key for condition in conditions for key in _equal(condition)]
            if not same:
                return None
            keys.add(same[0])
    return frozenset(keys)


def _equal(condition: str) -> Iterator[str]:
    """The facts that a condition wants equal to the applicant's own, whatever else it wants."""
    if _BRANCHES.search(condition):
        return
    for part in condition.split(" and "):
        found = _SAME.fullmatch(part.strip())
        if found and found[1] == found[2]:
            yield found[1]


@once
def _sources(rule: Rule) -> tuple[str, ...]:
    return tuple(text for part in rule.parts for text in _of_part(part) if PEERS in text)


def _of_part(part: Part) -> Iterator[str]:
    yield from (part.applies, part.each, part.actual, part.points_at, *part.lets.values())
    yield from _of_test(part.test)


def _of_test(test: Test) -> Iterator[str]:
    yield from (test.value, *test.bounds.values(), test.holds, test.none_of, *test.filled)
    for line in test.scores:
        yield from (line.points, line.value)
    for inner in (*test.any_of, *test.all_of):
        yield from _of_test(inner)
