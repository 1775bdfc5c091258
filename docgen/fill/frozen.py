"""A compiled template as bytes and back: what a cache keeps between two starts of the program.

The bytes hold Python code: whoever keeps them must keep others from writing them. They fit only
the versions named in `STAMP`.
"""

from __future__ import annotations

import marshal
import sys
from collections.abc import Sequence
from dataclasses import astuple
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from docgen.fill.generator import Site
from docgen.fill.prebuilt import Member, Prebuilt
from docgen.fill.skeleton import Traits
from docgen.fill.slots import Slot, Source
from docgen.fill.styles import Styles
from docgen.fill.template import Edition, Part, Template

FORMAT = 3
_OWN = ("fill", "language", "model")


@cache
def versions() -> str:
    """What a frozen template depends on besides the template: a change makes the old one unfit."""
    root = Path(__file__).parents[1]
    files = sorted(path for folder in _OWN for path in (root / folder).glob("**/*.py"))
    own = [
        (path.name, state.st_size, state.st_mtime_ns) for path in files if (state := path.stat())
    ]
    libraries = [version(name) for name in ("docxtpl", "Jinja2", "MarkupSafe")]
    return repr((FORMAT, sys.version, sys.implementation.cache_tag, *libraries, own))


def freeze(template: Template) -> bytes:
    """The bytes of a template without problems."""
    assert not template.problems
    styles = template.styles
    packages = [dict(edition.package.members) for edition in (template.faithful, template.clean)]
    shared: dict[tuple[Any, ...], int] = {}
    indexes = [
        {name: shared.setdefault(tuple(part), len(shared)) for name, part in package.items()}
        for package in packages
    ]
    return marshal.dumps(
        (
            versions(),
            template.digest,
            [_frozen(part) for part in template.faithful.parts],
            len(template.clean.parts),
            list(shared),
            indexes,
            template.origin,
            _frozen(template.title) if template.title else None,
            (dict(styles.ids), dict(styles.levels), styles.default),
        )
    )


def thaw(data: bytes, name: str, digest: str) -> Template | None:
    """The template, named anew; None where the bytes are damaged or of something else."""
    try:
        found = marshal.loads(data)
        if found[:2] != (versions(), digest):
            return None
        _, _, parts, count, members, indexes, origin, title, styles = found
        shared = [Member(*part) for part in members]
        faithful, clean = [
            Prebuilt({n: shared[at] for n, at in index.items()}) for index in indexes
        ]
        made = tuple(_thawed(part) for part in parts)
        return Template(
            name,
            digest,
            Edition(made, faithful),
            Edition(tuple(part.cleaned for part in made[:count]), clean),
            origin,
            _thawed(title) if title else None,
            Styles(*styles),
        )
    except (EOFError, ValueError, TypeError, IndexError, KeyError):
        return None


def _frozen(part: Part) -> tuple[Any, ...]:
    slots = [astuple(slot) for slot in part.source.slots]
    places = {id(slot): number for number, slot in enumerate(part.source.slots)}
    sites = [
        (places.get(id(site.slot), -1), site.path, site.below, site.plain) for site in part.sites
    ]
    source = (part.source.text, part.source.lines, slots)
    traits = astuple(part.traits)
    rest = (traits, part.columns_vary, part.next_id, part.is_main, part.reads, part.label)
    return part.name, part.data, source, part.code, sites, *rest


def _thawed(frozen: Sequence[Any]) -> Part:
    name, data, (text, lines, slots), code, sites, traits, *rest = frozen
    places = [Slot(*slot) for slot in slots]
    source = Source(text, places, lines)
    made = tuple(
        Site(places[at] if at >= 0 else Slot("text"), path, below, plain)
        for at, path, below, plain in sites
    )
    return Part(name, data, source, code, made, Traits(*traits), *rest)
