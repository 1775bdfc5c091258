"""Whether something is filled in at a path: a value, every row of a table, a section with text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from docgen.language import LanguageError
from docgen.model.blocks import Chapter, Section, texts
from docgen.model.values import Missing, Rows
from docgen.problem import Where

HOLES = re.compile(r"\s*(?:【\s*待补[^】]*】\s*)*")


def absent(path: str, facts: Mapping[str, Any]) -> Iterator[Missing]:
    """What is not filled in at a path of 须填; LanguageError where no such field is declared."""
    root, _, rest = path.partition(".")
    if root not in facts:
        raise LanguageError(f"没有“{root}”这个字段")
    yield from _below(facts[root], rest, path)


def _below(value: Any, rest: str, path: str) -> Iterator[Missing]:
    if isinstance(value, Missing):
        yield value
    elif isinstance(value, Rows):
        if not value:
            table = path.removesuffix(f".{rest}") if rest else path
            yield Missing(table, table.rsplit(".", 1)[-1], Where())
        for row in value if rest else ():
            yield from _below(row, rest, path)
    elif rest and isinstance(value, Chapter):
        section = value.section(rest)
        if section is None or _says_nothing(section):
            where = section.where if section else value.where
            yield Missing(path, _titled(value, rest), where, required=True)
    elif rest and isinstance(value, Mapping):
        key, _, rest = rest.partition(".")
        if key not in value:
            raise LanguageError(f"没有“{path}”这个字段")
        yield from _below(value[key], rest, path)
    elif isinstance(value, Chapter):
        for section in value.sections:
            if _says_nothing(section) and (section.title or value.is_empty):
                below = section.title or value.title
                label = _titled(value, section.title)
                yield Missing(f"{path}.{below}", label, section.where, required=True)
        if not value.sections:
            yield Missing(path, value.title, value.where, required=True)
    elif isinstance(value, str | tuple) and not value:
        yield Missing(path, path.rsplit(".", 1)[-1], Where())


def _titled(chapter: Chapter, section: str) -> str:
    """A section as people read it: 实施计划·进度安排."""
    return "·".join(filter(None, (chapter.title, section)))


def _says_nothing(section: Section) -> bool:
    """Whether a section holds no more than places left open (【待补…】)."""
    return all(HOLES.fullmatch(text) for text, _ in texts(section.blocks))
