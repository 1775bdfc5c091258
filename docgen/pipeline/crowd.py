"""All who apply under one notice: a brief of each for its peers, a Card for its bureau.

Each is read on its own, by several processes where that pays, and forgotten; what was made of it is
kept between runs.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from docgen.check.peers import seen_by
from docgen.check.rules import words_of
from docgen.load import facts_of, read_data
from docgen.model.dossier import APPLICATION, Peers
from docgen.model.fingerprint import fingerprint
from docgen.model.notice import Notice
from docgen.model.rule import Party
from docgen.model.values import Record, Rows, rebase
from docgen.pipeline.cache import default_folder
from docgen.pipeline.cards import Card, card_of, covers, looked_at
from docgen.pipeline.kept import Kept
from docgen.problem import Where

if TYPE_CHECKING:
    from docgen.load import Source
    from docgen.pipeline.desk import Desk

PEERS, PROSE = "全部申报", "正文"
NONE = "未申报"  # the brief of one who does not apply

Bulk = Callable[[Callable[[str], Any], Sequence[str]], Iterator[Any]]
Reads = Callable[[Notice], Collection[str]]


def in_turn(work: Callable[[str], Any], names: Sequence[str]) -> Iterator[Any]:
    """The simplest Bulk: here, one after the other."""
    return map(work, names)


class Crowd:
    """The applicants of `desk`'s workspace.

    `bulk` does a piece of work for each of many names; `reads` tells the paths that the templates
    of a notice's bureau read.
    """

    def __init__(self, desk: Desk, bulk: Bulk = in_turn, reads: Reads = lambda notice: ()) -> None:
        self._desk, self._bulk, self._reads = desk, bulk, reads
        self._kept = Kept(desk.workspace, default_folder())
        self._all_alike = ""

    def peers(self, notice: Notice) -> Peers:
        """全部申报: what rules look at of all who apply, for the notice or one forwarding it."""
        words = words_of(notice, PEERS)

        def read(name: str) -> object:
            stamp = self._kept.stamp(name, notice.slug)
            source = self._source(name, words)
            brief = brief_of(self._desk, source, notice, words)
            if not _unread(source):
                self._kept.put(name, f"{PEERS} {notice.slug}", stamp, brief or NONE)
            return brief or NONE

        names = sorted(self._desk.known(Party.APPLICANT))
        found = {}
        for name in names:
            stamp = self._kept.stamp(name, notice.slug)
            found[name] = self._kept.get(name, f"{PEERS} {notice.slug}", stamp)
        absent = [name for name in names if found[name] is None]
        found |= zip(absent, self._bulk(read, absent), strict=True)
        return peers_of({name: brief for name, brief in found.items() if brief != NONE})

    def cards(self, notice: Notice, names: Sequence[str], peers: Rows | None) -> dict[str, Card]:
        """The Card of each name, all of them applicants of the workspace."""
        words = looked_at(notice, self._reads(notice))
        briefs = {row["名称"]: row[APPLICATION] for row in peers or ()}
        rules = [rule for above in notice.chain for rule in above.rules]
        alike: dict[str, str] = {}

        def stamp(name: str) -> str:
            facts = briefs.get(name)
            seen = seen_by(rules, peers, facts) if isinstance(facts, Record) else None
            alike[name] = self._alike(peers, seen)
            return self._kept.stamp(name, notice.slug, alike[name])

        def judge(name: str) -> Card:
            taken = self._kept.stamp(name, notice.slug, alike[name])
            source = self._desk.glance(name)
            card = card_of(self._desk.dossier(source, notice), words).away()
            if not _unread(source):
                self._kept.put(name, f"核验 {notice.slug}", taken, (words, card))
            return card

        found: dict[str, Card] = {}
        for name in names:
            kept = self._kept.get(name, f"核验 {notice.slug}", stamp(name))
            if kept is not None and covers(kept[0], words):
                found[name] = kept[1]
        absent = [name for name in names if name not in found]
        found |= zip(absent, self._bulk(judge, absent), strict=True)
        return {name: found[name].under(notice) for name in names}

    def _alike(self, peers: Rows | None, seen: Rows | None) -> str:
        """The rows of peers that a verdict depends on, as a hash; of all where `seen` is None."""
        if seen is not None:
            return _hash(seen)
        self._all_alike = self._all_alike or _hash(peers or Rows())
        return self._all_alike

    def _source(self, name: str, words: str) -> Source:
        """What of an applicant's folder holds the facts that are asked for."""
        if PROSE in words:
            return self._desk.glance(name)
        return read_data(self._desk.workspace.root, name, self._desk.slugs)


def _unread(source: Source) -> bool:
    """Whether the disk refused something: it may give it the next time, and no date tells of it."""
    from docgen.pipeline.desk import UNREAD

    return any(problem.code == UNREAD for problem in source.problems)


def brief_of(desk: Desk, source: Source, notice: Notice, words: str) -> Record | None:
    """What rules look at of one who applies; None of one who does not."""
    known = desk.answers_of(source)
    if not any(notice.slug in {above.slug for above in n.chain} for n in known.values()):
        return None
    return facts_of(source, notice, known, words)


def peers_of(briefs: dict[str, Record]) -> Peers:
    """The rows of 全部申报, in order of their names."""
    rows: list[Record] = []
    for name in sorted(briefs):
        path = f"{PEERS}.{len(rows) + 1}"
        facts = rebase(briefs[name], f"{path}.{APPLICATION}")
        rows.append(Record({"名称": name, APPLICATION: facts}, path, Where()))
    return Peers(rows)


def _hash(rows: Rows) -> str:
    return fingerprint(Record({PEERS: rows}, "", Where()), [PEERS])
