"""What a rule reads of a dossier: the paths behind its names, what of it is absent, its scans."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.check.evidence import TABLE
from docgen.check.judge import names_in_source
from docgen.check.rules import names_of_rule
from docgen.language import LanguageError, compile_expression
from docgen.language.tables import codes_in
from docgen.model.blocks import Chapter, texts
from docgen.model.dossier import Dossier
from docgen.model.notice import in_track
from docgen.model.rule import Rule
from docgen.model.values import Choices, Missing, Record, Rows, text_at

ITEM = "项"
CANDIDATE = "推荐对象.申报."  # before the path of a fact that a bureau's rule reads of a candidate


def paths_of(rule: Rule, dossier: Dossier) -> tuple[str, ...]:
    """The paths of facts that a rule reads; 项 is the table that it goes through."""
    roots = [_table_of(part.each) for part in rule.parts if part.each]
    found: list[str] = []
    for name in _behind(rule, dossier, tuple(names_of_rule(rule))):
        step, _, rest = name.partition(".")
        if step == ITEM:
            found += [f"{root}.{rest}" if rest else root for root in roots if root]
        else:
            found.append(name)
    return tuple(dict.fromkeys(found))


def rules_reading(dossier: Dossier, path: str) -> tuple[Rule, ...]:
    """The rules that look at a fact, in the order of the pack; row numbers in `path` do not count.

    A rule over a whole table or group counts where it names none of its members by itself.
    """
    wanted = ".".join(step for step in path.split(".") if not step.isdecimal())
    rules = (rule for rule in dossier.notice.rules if in_track(rule.track, dossier.track))
    return tuple(rule for rule in rules if _reads(rule, dossier, wanted))


def _reads(rule: Rule, dossier: Dossier, wanted: str) -> bool:
    names = {name.removeprefix(CANDIDATE) for name in paths_of(rule, dossier)}
    for name in names:
        if name == wanted or name.startswith(f"{wanted}."):
            return True
        inner = f"{name}."
        if wanted.startswith(inner) and not any(other.startswith(inner) for other in names):
            return True
    return False


def _behind(rule: Rule, dossier: Dossier, names: tuple[str, ...], depth: int = 0) -> Iterator[str]:
    """The names with those of 设 replaced by what they are made of."""
    lets = dict(dossier.notice.lets)
    for part in rule.parts:
        lets |= part.lets
    for name in names:
        source = lets.get(name.partition(".")[0])
        if source and depth < 8:
            yield from _behind(rule, dossier, names_in_source(source), depth + 1)
        else:
            yield name


def _table_of(source: str) -> str:
    try:
        return compile_expression(source).table
    except LanguageError:
        return ""


def facts_at(value: object, path: str) -> Iterator[object]:
    """The facts at a path; one that goes through a table leads to each of its rows."""
    step, _, rest = path.partition(".")
    if not path or isinstance(value, Missing):
        yield value
    elif isinstance(value, Rows):
        if step.isdecimal():
            yield from facts_at(value[int(step) - 1], rest) if 0 < int(step) <= len(value) else ()
        else:
            for row in value:
                yield from facts_at(row, path)
    elif isinstance(value, Record) and step in value:
        yield from facts_at(value[step], rest)
    elif isinstance(value, Chapter):
        yield value.section(path) or value


def absent_for(rule: Rule, dossier: Dossier) -> Iterator[Missing]:
    """What is absent of all that a rule reads."""
    for path in paths_of(rule, dossier):
        for fact in facts_at(dossier.facts, path):
            if isinstance(fact, Missing):
                yield fact


def evidence_for(rule: Rule, dossier: Dossier) -> tuple[str, ...]:
    """The 编号 of the scans behind what a rule reads: in its rows, its text, or listed for it."""
    rows = dossier.facts.get(TABLE)
    listed = rows if isinstance(rows, Rows) else Rows()
    found: dict[str, None] = {}
    for path in paths_of(rule, dossier):
        if path.partition(".")[0] == TABLE:
            continue
        for fact in facts_at(dossier.facts, path):
            found |= dict.fromkeys(_codes(fact))
        around = path.rpartition(".")[0]
        for fact in facts_at(dossier.facts, around) if around else ():
            if isinstance(fact, Record):
                found |= dict.fromkeys(_codes(fact))
        steps = set(path.split("."))
        for row in listed:
            if text_at(row, "对应").lstrip("一二三四五六七八九十、") in steps:
                found[text_at(row, "编号")] = None
    known = [text_at(row, "编号") for row in listed]
    return tuple(code for code in known if code in found)


def _codes(fact: object) -> Iterator[str]:
    if isinstance(fact, Choices):
        yield from fact
    elif isinstance(fact, Record):
        for value in fact.values():
            if isinstance(value, Choices):
                yield from value
    elif isinstance(fact, Rows):
        for row in fact:
            yield from _codes(row)
    elif isinstance(fact, str):
        yield from codes_in(fact)
    elif isinstance(fact, Chapter):
        for section in fact.sections:
            yield from _codes(section)
    elif hasattr(fact, "blocks"):
        for text, _ in texts(fact.blocks):
            yield from codes_in(text)
