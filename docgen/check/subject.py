"""The verdict on one subject: its reading, its fields, its evidence, its prose, its rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from docgen.check.comparing import printed
from docgen.check.evidence import Cited, attachments, check_evidence, citations
from docgen.check.identity import check_identity
from docgen.check.once import once_each
from docgen.check.peers import PEERS
from docgen.check.prose import check_prose
from docgen.check.ranges import check_ranges
from docgen.check.rules import judge_rule, names_of_rule, words_of
from docgen.check.shared import check_shared
from docgen.check.telling import FOR_PEOPLE
from docgen.language.dates import written
from docgen.model.artifact import Finding, SubjectReport
from docgen.model.blocks import Chapter, resolved
from docgen.model.dossier import APPLICATION, CANDIDATES, Built, Dossier
from docgen.model.notice import Notice
from docgen.model.rule import Party, Rule, Strength
from docgen.model.values import Choices, Missing, Record, Rows, lookup
from docgen.problem import Clause, Problem, Severity, Verdict, Where, warning

RECOMMENDED, APPLIED = "推荐日期", "申报日期"
FORWARDED, PROSE = "所转发", "正文"


def check(dossier: Dossier) -> SubjectReport:
    """Judges a dossier; every rule that applies has a Finding, every Problem stands once."""
    cited = citations(dossier)
    findings = tuple(_findings(dossier, cited))
    from_rules = [problem for found in findings for problem in found.problems]
    told = {problem.where.path for problem in from_rules}
    told |= {problem.where.path for problem in dossier.problems}
    others = [
        *dossier.problems,
        *_broken_off(dossier),
        *(p for p in _missing_fields(dossier) if p.where.path not in told),
        *check_evidence(dossier, cited),
        *check_prose(dossier),
        *(p for p in check_ranges(dossier) if p.where.path not in told),
        *check_identity(dossier),
        *_idle_answers(dossier, findings),
        *_out_of_order(dossier),
        *check_shared(dossier),
    ]
    others.sort(key=lambda p: (p.where.file, p.where.line or 0, p.where.column or 0))
    problems = tuple(
        p.of(subject=dossier.name, notice=dossier.notice.slug) for p in (*others, *from_rules)
    )
    verdict = Verdict.worst([found.verdict for found in findings])
    if any(p.severity is Severity.ERROR for p in others) and verdict.allows_final:
        verdict = Verdict.LACKING
    return SubjectReport(
        dossier.name,
        dossier.party,
        dossier.notice,
        verdict,
        findings,
        tuple(dict.fromkeys(problems)),
    )


def _broken_off(dossier: Dossier) -> Iterator[Problem]:
    """That there may be more to say: the file could not be read to its end."""
    if dossier.tree.cut:
        said = "有写错的地方，整个文件还没有读全；别的毛病改好再检查一次才列得全"
        yield Problem("未读全", Severity.INFO, said, Where(dossier.tree.file))


def _idle_answers(dossier: Dossier, findings: tuple[Finding, ...]) -> Iterator[Problem]:
    """A warning for each 说明 or 确认 that settles nothing, since its rule asks for none."""
    rules = {rule.code: rule for rule in dossier.notice.rules}
    judged = {found.rule for found in findings}
    for code, explained in dossier.explanations.items():
        if code in judged and not any(p.strength is Strength.SOFT for p in rules[code].parts):
            said = f"{code} 不是“原则上”的条款，写说明不起作用"
            yield warning("说明", said, explained.where, "删去，并按条款改正")
    for code, confirmed in dossier.confirmations.items():
        parts = rules[code].parts if code in judged else ()
        if parts and not any(p.strength in FOR_PEOPLE or p.needs_person for p in parts):
            said = f"{code} 由程序判断，写确认不起作用"
            yield warning("确认", said, confirmed.where, "删去，并按条款改正")


def _out_of_order(dossier: Dossier) -> Iterator[Problem]:
    """A warning where a bureau recommends before the applicant applied, unless a rule says so."""
    recommended = dossier.facts.get(RECOMMENDED)
    if dossier.party is not Party.BUREAU or not isinstance(recommended, date):
        return
    for rule in dossier.notice.rules:
        if {RECOMMENDED, APPLIED} <= {name.rpartition(".")[2] for name in names_of_rule(rule)}:
            return
    for candidate in dossier.candidates:
        applied = candidate.dossier.facts.get(APPLIED)
        if isinstance(applied, date) and applied > recommended:
            said = f"推荐日期 {written(recommended)} 早于“{candidate.dossier.name}”的申报日期"
            place = dossier.tree.nearest(RECOMMENDED)
            yield warning("日期顺序", f"{said} {written(applied)}", place, "核对两个日期")


def _findings(dossier: Dossier, cited: Iterable[Cited]) -> Iterator[Finding]:
    """A Finding for every rule that applies, the forwarded notices' first."""
    if dossier.tree.cut and not dossier.tree.mapping:
        return  # nothing could be read: the reader has said why
    judged = _judged(dossier.notice, dossier, facts_for_rules(dossier)).values()
    for _, found in sorted(judged, key=lambda one: one[0].notice == dossier.notice.slug):
        if found is not None:
            yield found


def check_rule(dossier: Dossier, code: str) -> Finding | None:
    """How one rule stands, as `check` finds it; None where it does not apply."""
    facts = facts_for_rules(dossier)
    judged = _judged(dossier.notice, dossier, facts, code)
    return judged[code][1] if code in judged else None


def _judged(
    notice: Notice, dossier: Dossier, facts: Mapping[str, Any], only: str = ""
) -> dict[str, tuple[Rule, Finding | None]]:
    """The rules of a notice by 编号, judged; they see how those of the forwarded one stand.

    A rule that `notice` replaces is judged as the forwarded notice has it, too: the worse of both
    stands, and counts in 所转发.不通过. `only` spares all but one 编号 and what it reads.
    """
    rules = [r for r in notice.rules if r.party in (dossier.party, Party.OUTPUT)]
    rules = [r for r in rules if only in ("", r.code)]
    if only and any(n.startswith(f"{FORWARDED}.") for r in rules for n in names_of_rule(r)):
        only = ""
    above = _judged(notice.parent, dossier, facts, only) if notice.parent else {}
    facts = {**facts, FORWARDED: {"不通过": _failed([found for _, found in above.values()])}}
    judged = {}
    for rule in rules:
        was = above.get(rule.code)
        if was is None or was[0] is not rule:
            found = judge_rule(rule, dossier, facts)
            was = rule, _stricter(found, was[1] if was else None)
        judged[rule.code] = was
    return judged


def _stricter(found: Finding | None, above: Finding | None) -> Finding | None:
    """The worse of what a rule and the forwarded one say: to forward is never to loosen."""
    if found is None or above is None:
        return found or above
    return above if above.verdict.rank > found.verdict.rank else found


def _failed(above: list[Finding | None]) -> list[str] | Missing:
    """The 编号 that fail; not to be known where none does yet and facts are absent."""
    failed = [found.rule for found in above if found and found.verdict is Verdict.FAIL]
    if not failed and any(found and found.verdict is Verdict.LACKING for found in above):
        return Missing(f"{FORWARDED}.不通过", "所转发通知的结论", Where(), reported=True)
    return failed


@once_each
def facts_for_rules(dossier: Dossier) -> Mapping[str, Any]:
    """What expressions of the pack may name, besides the calendar of each rule's notice."""
    return {
        **dossier.facts,
        **_candidates(dossier),
        **_prose(dossier.facts),
        "词表": dossier.notice.vocabularies,
        "全文": dossier.all_passages,
        "成果": (*_planned(dossier), *dossier.built),
        "已引证明": _cited(dossier, citations(dossier)),
        PEERS: dossier.peers if dossier.peers is not None else Rows(),
        "附件": attachments(dossier),
    }


def _prose(facts: Record) -> Mapping[str, Record]:
    """正文 as a reader sees it: what 【=路径】 refers to stands in its place."""
    prose = facts.get(PROSE)
    if not isinstance(prose, Record):
        return {}

    def told(path: str) -> str:
        value = lookup(facts, path)
        return "" if value is None or isinstance(value, Missing) else printed(value)

    chapters = {
        title: resolved(chapter, told) if isinstance(chapter, Chapter) else chapter
        for title, chapter in prose.items()
    }
    return {PROSE: Record(chapters, prose.path, prose.where)}


def _candidates(dossier: Dossier) -> Mapping[str, Rows]:
    """推荐对象 with no more of each 申报 than the rules look at: many of them weigh much."""
    rows = dossier.facts.get(CANDIDATES)
    if not dossier.candidates or not isinstance(rows, Rows):
        return {}
    words = words_of(dossier.notice)
    all_facts = [row.get(APPLICATION) for row in rows]
    keys = {key for facts in all_facts if isinstance(facts, Record) for key in facts}
    read = {key for key in keys if key in words}
    thin = [
        row.with_facts({APPLICATION: facts.only(read)}) if isinstance(facts, Record) else row
        for row, facts in zip(rows, all_facts, strict=True)
    ]
    return {CANDIDATES: Rows(thin)}


def _cited(dossier: Dossier, cited: Iterable[Cited]) -> object:
    if dossier.lone:
        return Missing("已引证明", "引用的证明", dossier.tree.where(), reported=True)
    return tuple(dict.fromkeys(code for code, _ in cited))


def _planned(dossier: Dossier) -> Iterator[Built]:
    """What the documents about to be made would print: the facts themselves."""
    for one in dossier.everyone():
        if one.party is Party.APPLICANT:
            values = {k: str(v) for k, v in one.facts.items() if isinstance(v, str | Choices)}
            yield Built("申报数据", one.party.value, one.name, one.tree.file, values)


def _missing_fields(dossier: Dossier) -> Iterator[Problem]:
    for missing in _absent(dossier.facts):
        if missing.required and not missing.reported:
            field = dossier.field_at(missing.path)
            notice = dossier.notice.named(field.notice if field else "")
            clause = Clause(notice.slug, notice.number, field.article) if field else None
            label = dossier.label(missing.path)
            yield Problem(
                "缺填",
                Severity.ERROR,
                f"“{label}”还没有填",
                missing.where,
                clause if field and field.article else None,
                _hint(field.note, field.example) if field else "",
                Verdict.LACKING,
            )


def _hint(note: str, example: str) -> str:
    return "；".join(filter(None, [note, f"如 {example}" if example else ""])) or "补上这一项"


def _absent(value: Any) -> Iterator[Missing]:
    if isinstance(value, Missing):
        yield value
    elif isinstance(value, Record):
        for key, fact in value.items():
            if key != "申报":
                yield from _absent(fact)
    elif isinstance(value, Rows):
        for row in value:
            yield from _absent(row)
