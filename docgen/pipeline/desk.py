"""What one run has read: notices and sources once each, and the dossiers made of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from docgen.check import calendar_of, with_lets
from docgen.check.rules import names_of_rule, words_of
from docgen.language.spelling import nearest
from docgen.load import Source, dossier, read_applicant, read_bureau
from docgen.load import load_notice as read_notice
from docgen.model.dossier import Candidate, Dossier
from docgen.model.notice import Notice
from docgen.model.rule import Party
from docgen.model.values import Missing, Record, Rows, rebase, text_at
from docgen.pipeline.crowd import PEERS, Bulk, Crowd, Reads, brief_of, in_turn, peers_of
from docgen.pipeline.workspace import Workspace, applicants, bureaus, notices
from docgen.plan.naming import safe_name
from docgen.problem import Outcome, Problem, Severity, Stop, Where, error

CANDIDATES, APPLICANT, APPLICATION, NUMBER = "推荐对象", "申报单位", "申报", "序号"
UNREAD = "读取"  # the code of what the disk would not give
Change = Callable[[Source], Source]


class Desk:
    """Reads on demand and remembers; `with_cases` reads the packs' 用例 as well."""

    def __init__(
        self,
        workspace: Workspace,
        *,
        with_cases: bool = False,
        bulk: Bulk = in_turn,
        reads: Reads = lambda notice: (),
    ) -> None:
        self.workspace = workspace
        self._with_cases, self._only = with_cases, ""
        self._notices: dict[str, Outcome[Notice]] = {}
        self._sources: dict[tuple[Party, str], Source] = {}
        self._known: dict[Party, frozenset[str]] = {}
        self._peers: dict[str, Rows | None] = {}
        self._briefs: dict[tuple[str, str], tuple[Source, Record | None]] = {}
        self._crowd = Crowd(self, bulk, reads)
        self.slugs = tuple(notices(workspace))

    def changed(self, change: Change, rule: str = "") -> Desk:
        """A desk that has read the same, with `change` made to every source as it is used.

        With a `rule` it looks at others who apply only where that rule does.
        """
        return _ChangedDesk(self, change, rule)

    def notice(self, slug: str) -> Outcome[Notice]:
        """A notice with the Problems of its pack; Stop where there is none of that name."""
        if slug not in self._notices:
            if slug not in self.slugs:
                raise Stop(f"没有“{slug}”这个通知", did_you_mean(slug, self.slugs))
            self._notices[slug] = read_notice(self.workspace.root, slug, cases=self._with_cases)
        return self._notices[slug]

    def whole_notice(self, slug: str) -> Notice:
        """A notice that was read to the end, to make a file from; Stop where the disk kept some."""
        loaded = self.notice(slug)
        unread = [p for p in loaded.problems if p.code == UNREAD and p.severity is Severity.ERROR]
        if loaded.value is None or unread:
            raise Stop(f"通知“{slug}”读不出来", f"先运行 docgen notice check {slug}")
        return loaded.value

    def applicant(self, name: str) -> Source:
        """An applicant's source; Stop where there is none of that name."""
        return self._source(Party.APPLICANT, name)

    def bureau(self, name: str) -> Source:
        """A bureau's source; Stop where there is none of that name."""
        return self._source(Party.BUREAU, name)

    def glance(self, name: str) -> Source:
        """An applicant's source, not remembered: of a thousand, each is needed but once."""
        remembered = self._sources.get((Party.APPLICANT, name))
        return remembered or read_applicant(self.workspace.root, name, self.slugs)

    def known(self, party: Party) -> frozenset[str]:
        """The names of all applicants, or of all bureaus, that have data."""
        if party not in self._known:
            listed = applicants if party is Party.APPLICANT else bureaus
            self._known[party] = frozenset(listed(self.workspace))
        return self._known[party]

    def _source(self, party: Party, name: str) -> Source:
        if (party, name) not in self._sources:
            unsafe = safe_name(name)
            if unsafe is not None:
                raise Stop(unsafe.message, unsafe.hint)
            known = self.known(party)
            if name not in known:
                raise Stop(f"没有“{name}”这个{party.value}", did_you_mean(name, sorted(known)))
            read = read_applicant if party is Party.APPLICANT else read_bureau
            self._sources[party, name] = read(self.workspace.root, name, self.slugs)
        return self._sources[party, name]

    def answered(self, source: Source, wanted: str = "") -> tuple[list[Notice], list[Problem]]:
        """The notices that a source answers, or the one wanted.

        Problems of packs come along; the errors of a pack that can be read stand with the dossiers
        under it, where they refuse a final.
        """
        found: list[Notice] = []
        problems: list[Problem] = []
        known = list(dict.fromkeys(slug for slug in source.applied if slug in self.slugs))
        for slug in source.applied:
            if slug not in self.slugs:
                place = source.tree.nearest(APPLICATION)
                hint = did_you_mean(slug, self.slugs)
                problems.append(error("未知通知", f"没有“{slug}”这个通知", place, hint))
        for slug in [wanted] if wanted else known:
            outcome = self.notice(slug)
            if outcome.value is None:
                problems.extend(outcome.problems)
            else:
                problems.extend(p for p in outcome.problems if p.severity is not Severity.ERROR)
                found.append(outcome.value)
        if not found and not problems and not source.tree.cut:
            hint = "在数据里写 申报: [通知名]，或用 -n 指明"
            place = source.tree.where(APPLICATION)
            problems.append(error("未写申报", "没有写明申报哪个通知", place, hint))
        return found, problems

    def dossier(self, source: Source, notice: Notice, track: str = "") -> Dossier:
        """A source under a notice; a bureau's with its candidates' dossiers under that notice.

        `track` takes the place of the 类别 that the data give.
        """
        whole = dossier(source, notice, self.answers_of(source), track)
        faults = [p for p in self.notice(notice.slug).problems if p.severity is Severity.ERROR]
        facts = _with_lets(whole) if source.party is Party.APPLICANT else whole.facts
        peers = self._peers_under(notice)
        whole = replace(whole, facts=facts, problems=(*faults, *whole.problems), peers=peers)
        rows = whole.facts.get(CANDIDATES) if source.party is Party.BUREAU else None
        return self._with_candidates(whole, notice, rows) if isinstance(rows, Rows) else whole

    def answers_of(self, source: Source) -> dict[str, Notice]:
        """The notices that a source answers and that can be read, by slug."""
        found = {slug: self.notice(slug).value for slug in source.applied if slug in self.slugs}
        return {slug: notice for slug, notice in found.items() if notice is not None}

    def _peers_under(self, notice: Notice) -> Rows | None:
        """全部申报 under a notice; None where no rule looks at it: then nobody else is read."""
        if notice.slug not in self._peers:
            asked = _reads_peers(notice, self._only)
            self._peers[notice.slug] = self._all_peers(notice) if asked else None
        return self._peers[notice.slug]

    def _all_peers(self, notice: Notice) -> Rows:
        return self._crowd.peers(notice)

    def _candidates(self, notice: Notice, rows: Rows) -> Mapping[str, Candidate]:
        """The applicants that rows name, each judged, by name; the row is put in later."""
        known = self.known(Party.APPLICANT)
        named = dict.fromkeys(text_at(row, APPLICANT) for row in rows)
        names = [name for name in named if name in known]
        cards = self._crowd.cards(notice, names, self._peers_under(notice))
        none = Record({}, "", Where())
        return {
            name: Candidate(0, none, card.dossier, card.report, card.judged, card.marks)
            for name, card in cards.items()
        }

    def _with_candidates(self, whole: Dossier, notice: Notice, rows: Rows) -> Dossier:
        candidates, filled, problems = [], [], []
        listed: dict[str, int] = {}
        judged = self._candidates(notice, rows)
        for number, row in enumerate(rows, 1):
            name, path = row.get(APPLICANT), f"{row.path}.{APPLICATION}"
            facts = name
            if isinstance(name, str):
                first = listed.setdefault(name, number)
                if first == number and name in judged:
                    facts = rebase(judged[name].dossier.facts, path)
                else:
                    place = whole.tree.nearest(f"{row.path}.{APPLICANT}")
                    facts = Missing(path, name, place, reported=True)
                    problems.append(self._no_candidate(name, number, first, place))
            row = row.with_facts({NUMBER: number, APPLICATION: facts})
            filled.append(row)
            if isinstance(name, str) and isinstance(facts, Record):
                candidates.append(replace(judged[name], number=number, row=row))
        return replace(
            whole,
            facts=whole.facts.with_facts({CANDIDATES: Rows(filled)}),
            candidates=tuple(candidates),
            problems=(*whole.problems, *problems),
        )

    def _no_candidate(self, name: str, number: int, first: int, place: Where) -> Problem:
        """Why a row of 推荐对象 is about nobody: its name was there before, or nobody has it."""
        row = f"推荐对象第 {number} 行："
        if first != number:
            said = f"{row}“{name}”在第 {first} 行已经列过"
            cure = f"一家只列一行：以第 {first} 行为准，删去这一行"
            return error("重复推荐", said, place, cure)
        cure = did_you_mean(name, sorted(self.known(Party.APPLICANT)))
        return error("未知单位", f"{row}没有“{name}”这个申报单位", place, cure)


def _with_lets(whole: Dossier) -> Record:
    """An applicant's facts with the names that the notice defines (设) over them."""
    notice = whole.notice
    if not notice.lets:
        return whole.facts
    around = {"词表": notice.vocabularies, "期限": calendar_of(notice), **whole.facts}
    known = with_lets(notice.lets, around)
    return whole.facts.with_facts({name: known[name] for name in notice.lets if name in known})


def _reads_peers(notice: Notice, only: str) -> bool:
    """Whether a rule of the notice, or the only one asked for, looks at all who apply."""
    rules = [rule for rule in notice.rules if only in ("", rule.code)]
    return any(name.partition(".")[0] == PEERS for r in rules for name in names_of_rule(r))


class _ChangedDesk(Desk):
    """A desk over another one's readings; see Desk.changed."""

    def __init__(self, base: Desk, change: Change, only: str) -> None:
        self.__dict__.update(base.__dict__)
        self._only = only
        self._peers = {}
        self._base, self._change = base, change

    def _all_peers(self, notice: Notice) -> Rows:
        """What was read is the same in a thousand cases, and remembered."""
        words = words_of(notice, PEERS)
        found = {}
        for name in self.known(Party.APPLICANT):
            source = self.applicant(name)
            was = self._briefs.get((notice.slug, name))
            if was is None or was[0] is not source:
                was = source, brief_of(self, source, notice, words)
                self._briefs[notice.slug, name] = was
            found[name] = was[1]
        return peers_of({name: brief for name, brief in found.items() if brief is not None})

    def _candidates(self, notice: Notice, rows: Rows) -> Mapping[str, Candidate]:
        known = self.known(Party.APPLICANT)
        none = Record({}, "", Where())
        return {
            name: Candidate(0, none, self.dossier(self.applicant(name), notice))
            for row in rows
            if isinstance(name := row.get(APPLICANT), str) and name in known
        }

    def _source(self, party: Party, name: str) -> Source:
        return self._change(self._base._source(party, name))


def whole_notice(workspace: Workspace, slug: str) -> Notice:
    """A notice to make a file from; Stop where there is none of that name, or it cannot be read."""
    return Desk(workspace).whole_notice(slug)


def load_notice(workspace: Workspace, slug: str) -> Outcome[Notice]:
    """A notice with its 用例 and its pack's Problems; Stop where there is none of that name."""
    return Desk(workspace, with_cases=True).notice(slug)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    names = list(known)
    near = nearest(word, names)
    if near:
        return f"是不是“{near}”？"
    return f"现有：{'、'.join(names[:12])}" if names else "还没有任何一个"
