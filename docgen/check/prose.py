"""What the prose itself tells: places left open, and 【=…】 that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.model.blocks import Chapter, Reference, inlines_of
from docgen.model.dossier import Dossier
from docgen.model.values import Missing, lookup, walk
from docgen.problem import Problem, Severity, Verdict, error

OPEN = "【待补"


def check_prose(dossier: Dossier) -> Iterator[Problem]:
    """Problems of every 正文 of the dossier, at their lines."""
    for passage in dossier.passages:
        if OPEN in passage.text:
            hole = passage.text[passage.text.index(OPEN) :].split("】")[0] + "】"
            yield Problem(
                "待补",
                Severity.ERROR,
                f"正文里还留着{hole[:40]}",
                passage.where,
                hint="补上，或删去这个记号",
                verdict=Verdict.LACKING,
            )
    for _, value in walk(dossier.own_facts):
        if isinstance(value, Chapter):
            yield from _references(dossier, value)


def _references(dossier: Dossier, chapter: Chapter) -> Iterator[Problem]:
    for block in chapter.blocks:
        for part in inlines_of(block):
            if not isinstance(part, Reference):
                continue
            value = lookup(dossier.facts, part.path)
            if value is None:
                yield error(
                    "引用",
                    f"【={part.path}】：数据里没有“{part.path}”",
                    part.where,
                    "对照字段名改正；表里的行从1数起，如 【=案例.1.客户】",
                )
            elif isinstance(value, Missing) and not value.required and not value.reported:
                yield Problem(
                    "缺填",
                    Severity.ERROR,
                    f"正文引用了“{dossier.label(part.path)}”，数据里还没有填",
                    part.where,
                    hint=f"填写“{part.path}”，或改掉这处引用",
                    verdict=Verdict.LACKING,
                )
