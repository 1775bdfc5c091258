"""The data as they are against the last build, or against a revision in git: what changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from docgen.fill import Passage
from docgen.load import Source
from docgen.model.artifact import Finding, SubjectReport
from docgen.model.blocks import Chapter
from docgen.model.dossier import Dossier
from docgen.model.notice import Notice
from docgen.model.trace import Difference, FieldChange, PaperChange, VerdictChange
from docgen.model.values import lookup
from docgen.pipeline.checking import source_of
from docgen.pipeline.gate import Gate
from docgen.pipeline.tracing.origins import fact_of
from docgen.pipeline.tracing.papers import Paper, Papers
from docgen.pipeline.tracing.revision import at_revision
from docgen.pipeline.tracing.seeking import pairs
from docgen.pipeline.tracing.values import Change, changes, texts_of
from docgen.pipeline.verdicts import said_of, word_of
from docgen.pipeline.workspace import Request, Workspace
from docgen.problem import Clause, Stop, Verdict, Where
from docgen.store.verdicts import Verdicts, read_verdicts

LAST = "上次生成"
CHANGED, NEW, GONE = "改动", "还没有生成", "不再需要"


def diff(workspace: Workspace, request: Request, against: str = "") -> Difference:
    """What changed for an applicant or bureau since the last build, or since a git revision."""
    papers = Papers(workspace)
    source = source_of(papers.desk, request)
    notices, problems = papers.desk.answered(source, request.notice)
    if not notices:
        told = problems[0] if problems else None
        raise Stop(told.message if told else "没有写明申报哪个通知", told.hint if told else "")
    if not against:
        return _since_build(papers, source, notices)
    with at_revision(workspace, against) as before:
        return _since_revision(papers, Papers(before), request, notices, against)


def _since_build(papers: Papers, source: Source, notices: list[Notice]) -> Difference:
    every = [paper for notice in notices for paper in papers.of(source, notice)]
    built = [paper for paper in every if paper.shown]
    if not built:
        who = "-b" if source.party.value == "主管部门" else "-a"
        raise Stop(
            f"{source.name}还没有生成过文书，没有可比的",
            f"先 docgen build --all {who} {source.name}；或写 --against 与 git 里的版本比",
        )
    fields: dict[tuple[str, str], FieldChange] = {}
    for paper in built:
        old = paper.provenance.used if paper.provenance else {}
        found = changes(old, paper.used) if old and paper.changed else ()
        for one in _told(papers, paper, found):
            fields.setdefault((one.subject, one.path), one)
    verdicts: list[VerdictChange] = []
    notes = list(_parts_changed(built))
    for notice in notices:
        folder = papers.workspace.out / notice.slug / source.name
        said = read_verdicts(folder)
        own = [paper for paper in every if paper.job.notice is notice]
        if own and said is not None:
            verdicts += _verdicts(said, own[0].reports)
        elif own and folder.is_dir():
            notes.append(f"{notice.slug}：上次生成时没有留下结论，结论的变化不知道")
    notes.append(
        "只比印在文书里的值；没有印出的（说明、确认等）见结论的变化，或用 --against 比全部"
    )
    return Difference(
        LAST, tuple(fields.values()), tuple(_papers_since(every)), tuple(verdicts), tuple(notes)
    )


def _papers_since(every: Iterable[Paper]) -> Iterator[PaperChange]:
    for paper in every:
        if not paper.shown:
            yield from [PaperChange("", paper.title, NEW)] if paper.is_due else []
            continue
        if not paper.file:  # its words cannot be compared
            yield from [PaperChange(paper.shown, paper.title, CHANGED)] if paper.changed else []
            continue
        places = _touched(paper.standing, paper.now) if paper.changed or paper.is_edited else {}
        status = _draft_or_final(paper)
        if places or status:
            yield PaperChange(
                paper.file, paper.title, status or CHANGED, places, edited=paper.is_edited
            )


def _draft_or_final(paper: Paper) -> str:
    """What becomes of a draft or a final, where the verdict has changed that."""
    blocked = Gate(paper.whole, paper.reports).blocks(paper.job)
    if paper.entry is None or paper.entry.draft == blocked:
        return ""
    return "定稿变草稿" if blocked else "草稿变定稿"


def _parts_changed(papers: Iterable[Paper]) -> Iterator[str]:
    """What else than data a document was made from and is another one now."""
    templates = dict.fromkeys(p.template_file for p in papers if "template" in p.changed)
    notices = dict.fromkeys(p.job.notice.slug for p in papers if "notice" in p.changed)
    yield from (f"模板改过：{name}" for name in templates)
    yield from (f"通知包改过：{name}" for name in notices)


def _since_revision(
    papers: Papers, before: Papers, request: Request, notices: list[Notice], base: str
) -> Difference:
    source = source_of(papers.desk, request)
    try:
        old_source = source_of(before.desk, request)
    except Stop as stop:
        said = f"“{base}”里没有{source.name}的资料"
        raise Stop(
            said, "不入库的资料（.gitignore）没有以前的版本；不写 --against 与上次生成的比"
        ) from stop
    fields: dict[tuple[str, str], FieldChange] = {}
    changed: list[PaperChange] = []
    verdicts: list[VerdictChange] = []
    notes: list[str] = []
    for notice in notices:
        old_notice = (
            before.desk.notice(notice.slug).value if notice.slug in before.desk.slugs else None
        )
        if old_notice is None:
            notes.append(f"“{base}”里没有通知 {notice.slug}")
            continue
        new, old = papers.of(source, notice), before.of(old_source, old_notice)
        if old_notice.digest != notice.digest:
            notes.append(f"通知包改过：{notice.slug}")
        dossiers = [
            papers.desk.dossier(source, notice),
            before.desk.dossier(old_source, old_notice),
        ]
        for now, then in _both(papers, before, *dossiers):
            for one in _facts(then, now):
                fields.setdefault((one.subject, one.path), one)
        changed += _papers_between(old, new)
        if new and old:
            told = {name: said_of(report) for name, report in old[0].reports.items()}
            verdicts += _verdicts(told, new[0].reports)
    return Difference(base, tuple(fields.values()), tuple(changed), tuple(verdicts), tuple(notes))


def _both(
    papers: Papers, before: Papers, now: Dossier, then: Dossier
) -> Iterator[tuple[Dossier, Dossier]]:
    """The subject now and then, and each candidate that was one then, too."""
    yield now, then
    known = {one.dossier.name: one.dossier for one in then.candidates}
    for one in now.candidates:
        if one.dossier.name in known:
            yield papers.full(one.dossier), before.full(known[one.dossier.name])


def _facts(then: Dossier, now: Dossier) -> Iterator[FieldChange]:
    for path, old, new in changes(texts_of(then), texts_of(now)):
        yield _field(now, path, old, new)


def _papers_between(old: list[Paper], new: list[Paper]) -> Iterator[PaperChange]:
    before = {paper.job.stem: paper for paper in old}
    for paper in new:
        was = before.pop(paper.job.stem, None)
        places = _touched(was.now, paper.now) if was is not None else {}
        if was is None or places:
            yield PaperChange(paper.file, paper.title, "新增" if was is None else CHANGED, places)
    yield from (PaperChange("", paper.title, GONE) for paper in before.values())


def _told(papers: Papers, paper: Paper, found: Iterable[Change]) -> Iterator[FieldChange]:
    """Changes of printed values as changes of fields, without what docgen itself wrote."""
    for path, old, new in found:
        fact = fact_of(paper, path)
        dossier = papers.full(fact.dossier)
        top = fact.path.partition(".")[0]
        if dossier.field_at(fact.path) is not None or top == "正文":
            yield _field(dossier, fact.path, old, new)


def _field(dossier: Dossier, path: str, old: str | None, new: str | None) -> FieldChange:
    return FieldChange(
        dossier.name, path, dossier.label(path), old, new, _place(dossier, path, new)
    )


def _place(dossier: Dossier, path: str, text: str | None) -> Where:
    """Where a value stands; of a line of prose the line itself, or its chapter."""
    value = lookup(dossier.facts, path)
    table, _, row = path.rpartition(".")
    if text is None and row.isdecimal():
        return dossier.place_of(table)  # of a row that is gone another has the number
    if not isinstance(value, Chapter):
        return dossier.place_of(path)
    here = (p for p in dossier.passages if p.where.file == value.where.file)
    return next((p.where for p in here if p.text == text), value.where)


def _touched(old: tuple[Passage, ...], new: tuple[Passage, ...]) -> Mapping[str, int]:
    """The headings and tables in which paragraphs differ, with how many do."""
    pairing = pairs([p.text for p in old], [p.text for p in new])
    met = set(pairing.values())
    places = [old[n] for n in range(len(old)) if n not in pairing]
    places += [new[n] for n in range(len(new)) if n not in met]
    places += [new[b] for a, b in pairing.items() if old[a].text != new[b].text]
    return Counter(place.outer for place in places if place.text.strip())


def _verdicts(then: Verdicts, reports: Mapping[str, SubjectReport]) -> Iterator[VerdictChange]:
    """The rules that are judged otherwise; one that said nothing then did hold or not apply."""
    for name, report in reports.items():
        old, found = dict(then.get(name, {})), {one.rule: one for one in report.findings}
        if name not in then:
            continue
        for code in dict.fromkeys((*found, *old)):
            now = word_of(found[code]) if code in found else None
            was = old.get(code, Verdict.PASS.value if now is not None else None)
            if now != was:
                yield _verdict(report, code, found.get(code), was, now)


def _verdict(
    report: SubjectReport, code: str, found: Finding | None, old: str | None, new: str | None
) -> VerdictChange:
    rule = next((one for one in report.notice.rules if one.code == code), None)
    clause = None
    if rule is not None:
        clause = Clause(rule.notice, report.notice.named(rule.notice).number, rule.article)
    where = found.problems[0].where if found is not None and found.problems else Where()
    name = rule.name if rule is not None else ""
    return VerdictChange(report.subject, report.notice.slug, code, name, old, new, clause, where)
