"""What a value is, as a hash: equal facts give equal hashes, on every machine and in every run."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping

from docgen.model.blocks import Chapter, Reference, inlines_of
from docgen.model.values import Image, Missing, Record, Rows, lookup

GROUPS = (Record, dict, Mapping)  # the common ones first: to ask an abstract class takes time


def fingerprint(facts: Record, paths: Iterable[str], more: str = "") -> str:
    """The hash of all that stands at some dotted paths of `facts`, and of `more` beside them.

    Below a table a path means every row, and # at its end no more than how many there are; one that
    leads on from a plain value means that value; one that begins with no fact means nothing. What a
    chapter refers to (【=…】) counts with it.
    """
    digest = hashlib.sha256(more.encode())
    for path in sorted(set(paths)):
        steps = path.split(".")
        if steps[0] not in facts:
            continue
        digest.update(f"\0{path}".encode())
        for value in _at(facts, steps):
            for piece in _pieces(value, facts):
                digest.update(piece)
    return digest.hexdigest()


def _at(value: object, steps: list[str]) -> Iterator[object]:
    for number, step in enumerate(steps):
        if isinstance(value, Rows):
            if steps[number:] == ["#"]:
                yield len(value)
            else:
                for row in value:
                    yield from _at(row, steps[number:])
            return
        if isinstance(value, str) or not (isinstance(value, GROUPS) and step in value):
            break
        value = value[step]
    yield value


def _pieces(value: object, facts: Record) -> Iterator[bytes]:
    yield f"\1{type(value).__name__}".encode()
    if isinstance(value, str):
        yield value.encode("utf-8", "surrogatepass")
    elif isinstance(value, GROUPS):
        for key, member in value.items():
            yield f"\2{key}".encode()
            yield from _pieces(member, facts)
    elif isinstance(value, Image):
        yield hashlib.sha256(value.data).digest()
    elif isinstance(value, Missing):
        yield f"{value.path}\3{value.label}\3{value.required}".encode()
    elif isinstance(value, Chapter):
        yield repr(value).encode("utf-8", "surrogatepass")
        for block in value.blocks:
            for inline in inlines_of(block):
                if isinstance(inline, Reference):
                    yield from _pieces(lookup(facts, inline.path), facts)
    elif isinstance(value, tuple | list):
        for member in value:
            yield from _pieces(member, facts)
    else:
        yield str(value).encode("utf-8", "surrogatepass")
