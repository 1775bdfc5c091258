"""Required facts that are printed only where some condition holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docgen.fill.findings import finding
from docgen.fill.lint.known import ROW, ROWS, Facts
from docgen.fill.lint.uses import names_read
from docgen.fill.program import Branch, Program
from docgen.problem import Problem, Where


def check_coverage(programs: Sequence[Program], facts: Facts, name: str) -> Iterator[Problem]:
    """One warning for each fact that everybody must fill in and that an if may leave out.

    Ifs that ask about the fact itself, or the group it is in, are there on purpose.
    """
    sure: set[str] = set()
    doubtful: dict[str, list[tuple[Program, int]]] = {}
    for program in programs:
        reads: dict[int, set[str]] = {}
        for path, (_, node, _) in names_read(program, facts):
            reads.setdefault(node.lineno, set()).add(path)
        for line, paths in sorted(reads.items()):
            for path in paths:
                known = facts.get(path)
                if known is None or not known.always or known.type is None:
                    continue
                if program.words[line - 1].delimiter != "{":
                    continue
                around = program.around[line - 1]
                same = path if not path.startswith(f"{ROW}.") else f"{ROWS}{path[len(ROW) :]}"
                if not around or _asks(program, around, reads, path):
                    sure.add(same)
                else:
                    doubtful.setdefault(same, []).append((program, line))
    for path, places in doubtful.items():
        if path in sure or _every_branch(places):
            continue
        program, line = places[0]
        word = program.words[line - 1]
        condition = program.words[program.around[line - 1][0].opener - 1]
        said = f"必填的“{path}”只在“{condition.text}”下印出"
        yield finding("必填受限", said, Where(file=name, spot=word.where))


def _asks(
    program: Program, around: tuple[Branch, ...], reads: dict[int, set[str]], path: str
) -> bool:
    """Whether one of the conditions reads the fact, or what it is a member of."""
    for branch in around:
        for line in program.branches[branch.opener]:
            for read in reads.get(line, set()):
                if path == read or path.startswith(read + "."):
                    return True
    return False


def _every_branch(places: list[tuple[Program, int]]) -> bool:
    """Whether some if prints the fact in each of its branches, the else among them."""
    found: dict[tuple[int, int], list[tuple[Program, tuple[Branch, ...]]]] = {}
    for program, line in places:
        around = program.around[line - 1]
        found.setdefault((id(program), around[0].opener), []).append((program, around))
    return any(_covered([a for _, a in group], group[0][0]) for group in found.values())


def _covered(prints: list[tuple[Branch, ...]], program: Program) -> bool:
    if any(not around for around in prints):
        return True
    for opener in {around[0].opener for around in prints}:
        if opener not in program.closed:
            continue
        wanted = range(1, len(program.branches[opener]) + 1)
        mine = [around for around in prints if around[0].opener == opener]
        if all(
            _covered([a[1:] for a in mine if a[0].number == number], program) for number in wanted
        ):
            return True
    return False
