"""The path of a fact → the rules of a notice that read it."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.check.judge import names_in_source, names_of
from docgen.model.notice import Notice, in_track
from docgen.model.rule import Part, Rule

EACH = "项"  # the row that a rule judges at a time
CANDIDATE = "推荐对象.申报."


def rules_reading(notice: Notice, path: str, track: str = "") -> tuple[Rule, ...]:
    """The rules that look at a fact, in the order of the pack; row numbers in `path` do not count.

    A rule over a whole table or group counts where it names none of its members by itself.
    """
    steps = [step for step in path.split(".") if not step.isdecimal()]
    wanted = ".".join(steps)
    return tuple(
        rule
        for rule in notice.rules
        if in_track(rule.track, track) and _reads(set(_names(rule, notice)), wanted)
    )


def _reads(names: set[str], wanted: str) -> bool:
    for name in names:
        if name == wanted or name.startswith(f"{wanted}."):
            return True
        inner = f"{name}."
        if wanted.startswith(inner) and not any(other.startswith(inner) for other in names):
            return True
    return False


def _names(rule: Rule, notice: Notice) -> Iterator[str]:
    """Every path that a rule reads, as it stands in the applicant's or bureau's own data."""
    for part in rule.parts:
        for name in _names_of_part(part):
            root, _, rest = name.partition(".")
            if root in notice.lets:
                yield from names_in_source(notice.lets[root])
            for each in names_in_source(part.each) if root == EACH and rest else ():
                name = f"{each}.{rest}"
                break
            yield name
            yield name.removeprefix(CANDIDATE)
    if rule.element is not None:
        yield from filter(None, (rule.element.written, rule.element.evidence))


def _names_of_part(part: Part) -> Iterator[str]:
    sources = (part.applies, part.each, part.actual, *part.lets.values())
    yield from names_of(part.test)
    for source in sources:
        yield from names_in_source(source)
