"""What one rendering of a template gathers: what was printed where, and Problems."""

from __future__ import annotations

from dataclasses import dataclass, field

from docgen.fill.generator import Site
from docgen.language import Runaway
from docgen.model.values import Record
from docgen.problem import Problem

MOST_OUTPUT = 64 * 2**20  # bytes of one document: what would be refused on reading


@dataclass(slots=True)
class Ledger:
    """`notes` are the printed texts in order; paths are worked out when somebody asks."""

    notes: list[tuple[Site, object, str]] = field(default_factory=list)
    extra: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    broken: bool = False
    weight: int = 0

    def fail(self, problem: Problem) -> None:
        """A Problem after which there is nothing to show, not even a draft."""
        if problem not in self.problems:
            self.problems.append(problem)
        self.broken = True

    def count_output(self, size: int) -> None:
        if self.is_too_much(size):
            raise too_much()

    def is_too_much(self, size: int) -> bool:
        """Whether, with this, more is printed than any document holds."""
        self.weight += size
        return self.weight > MOST_OUTPUT

    @property
    def printed(self) -> dict[str, str]:
        """The text printed for each path; a plain print counts before a filtered one."""
        used: dict[str, str] = {}
        filtered: dict[str, str] = {}
        for site, root, text in self.notes:
            path = root.path + site.below if type(root) is Record and root.path else site.path
            if path:
                (used if site.plain else filtered).setdefault(path, text)
        return {**filtered, **self.extra, **used}


def too_much() -> Runaway:
    return Runaway(f"填出的内容超过 {MOST_OUTPUT // 2**20} 兆字节")


def printed_path(site: Site, root: object) -> str:
    """The dotted path of a printed fact; "" for anything computed."""
    return root.path + site.below if isinstance(root, Record) and root.path else site.path
