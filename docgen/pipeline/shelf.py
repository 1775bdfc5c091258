"""Compiled templates kept between runs. They are code: see `cache` for who may write them."""

from __future__ import annotations

import hashlib
from pathlib import Path

from docgen.fill import Template, freeze, thaw, versions
from docgen.fill import compile_template as compiled
from docgen.pipeline.cache import Cache

MOST_KEPT = 200  # files


class Shelf:
    """Templates by their content; `folder` None keeps nothing.

    Nothing is taken from it that does not fit the template's hash and the versions in use.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._cache = Cache(folder, ".template", MOST_KEPT)

    def template(self, data: bytes, name: str) -> Template:
        """The compiled template, from the shelf where it has it."""
        if not self._cache:
            return compiled(data, name)
        digest = hashlib.sha256(data).hexdigest()
        key = hashlib.sha256(f"{versions()}{digest}".encode()).hexdigest()
        kept = self._cache.get(key)
        template = thaw(kept, name, digest) if kept else None
        if template is None:
            template = compiled(data, name)
            if not template.problems:
                self._cache.put(key, freeze(template))
        return template
