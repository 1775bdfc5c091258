"""A candidate as its bureau needs it: the verdict on it, and the facts that are looked at.

A thousand applicants each have a thousand facts and ten chapters; a bureau's rules and papers look
at a few. What is kept of each is therefore its Card, and the rest is forgotten once it is judged.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import cast

from docgen.check import check, element_rows, figure_rows, marks, score_rows
from docgen.check.rules import words_of
from docgen.model.artifact import SubjectReport
from docgen.model.dossier import APPLICATION, CANDIDATES, Dossier, Mark
from docgen.model.notice import Notice
from docgen.model.rule import Party
from docgen.model.values import Choices, Passages, Rows

ALWAYS = ("类别", "单位名称", "申报日期")  # the track, the ledger, the order of two dates
PASSAGES = "全文"
EVERYTHING = frozenset("*")
_WORD = re.compile(r"\w+")
_BY_VALUE = re.compile(
    rf"{APPLICATION}\s*\[\s*[^'\"\s]|(?:^|\.)(?:{APPLICATION}|{CANDIDATES}|对象)$"
)


@dataclass(frozen=True, slots=True)
class Card:
    """`dossier` is thin; `judged` and `marks` are those of a Candidate."""

    dossier: Dossier
    report: SubjectReport
    judged: Mapping[str, Rows]
    marks: tuple[Mark, ...]

    def away(self) -> Card:
        """The same without the notice, which is large and known wherever a card is used."""
        none = cast(Notice, None)
        dossier, report = replace(self.dossier, notice=none), replace(self.report, notice=none)
        return replace(self, dossier=dossier, report=report)

    def under(self, notice: Notice) -> Card:
        """A card that was away, back at its notice."""
        dossier, report = replace(self.dossier, notice=notice), replace(self.report, notice=notice)
        return replace(self, dossier=dossier, report=report)


def looked_at(notice: Notice, reads: Collection[str]) -> frozenset[str]:
    """The words by which a bureau's rules and papers can name an applicant's facts.

    `reads` are the paths that its templates read. EVERYTHING where a fact is named by what another
    one says (申报[栏]), or 申报 is read as a whole.
    """
    asked = (f"{document.applies} {document.deadline}" for document in notice.documents)
    said = (words_of(notice, party=Party.BUREAU), *asked, *reads)
    if any(_BY_VALUE.search(text) for text in said):
        return EVERYTHING
    return frozenset(ALWAYS).union(*(_WORD.findall(text) for text in said))


def covers(kept: frozenset[str], words: frozenset[str]) -> bool:
    """Whether what was kept for some words will do for others."""
    return kept == EVERYTHING or words <= kept


def card_of(whole: Dossier, words: frozenset[str]) -> Card:
    """Judges an applicant's dossier and keeps what is looked at."""
    report = check(whole)
    return Card(_thin(whole, words), report, judged(whole, report, words), marks(whole))


def judged(
    whole: Dossier, report: SubjectReport, words: frozenset[str] = EVERYTHING
) -> dict[str, Rows]:
    """要素, 要素数值 and 评分表 of one subject; no rows of what is not among the `words`."""
    tables: dict[str, Callable[[], Rows]] = {
        "要素": lambda: element_rows(whole, report.findings),
        "要素数值": lambda: figure_rows(whole, report.findings),
        "评分表": lambda: score_rows(whole),
    }
    none = not has_tables(whole.notice)
    return {
        name: Rows() if none or (words != EVERYTHING and name not in words) else rows()
        for name, rows in tables.items()
    }


def has_tables(notice: Notice) -> bool:
    """Whether the notice has evaluation rows or scoring tables at all."""
    return any(r.element or any(p.test.scores for p in r.parts) for r in notice.rules)


def _thin(whole: Dossier, words: frozenset[str]) -> Dossier:
    kept = {
        key
        for key, fact in whole.facts.items()
        if words == EVERYTHING
        or isinstance(fact, str | Choices)
        or words.issuperset(_WORD.findall(key))
    }
    members = {key: node for key, node in whole.tree.mapping.items() if key in kept}
    return replace(
        whole,
        facts=whole.facts.only(kept),
        tree=replace(whole.tree, value=members),
        passages=whole.passages if PASSAGES in words else Passages(),
        evidence={},
        explanations={},
        confirmations={},
        peers=None,
        problems=(),
    )
