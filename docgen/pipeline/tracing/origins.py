"""What was printed → its Origin: field or prose and its place, who reads it, what proves it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from docgen.check import rules_reading
from docgen.fill import Passage, Print
from docgen.fill.printed import text_of
from docgen.language.tables import codes_in
from docgen.model.artifact import SubjectReport
from docgen.model.blocks import Chapter
from docgen.model.dossier import APPLICATION, CANDIDATES, Dossier
from docgen.model.notice import Field, FieldType
from docgen.model.rule import Rule
from docgen.model.trace import Kind, Origin, Proof, Reader
from docgen.model.values import Missing, Record, Rows, lookup
from docgen.pipeline.tracing.papers import Paper, Papers
from docgen.problem import Clause, Where

ROW, EVIDENCE, INDEX, ELEMENTS = "对象", "证明材料", "证明目录", "要素"
OF_NOTICE = ("通知", "期限", "词表")
OF_VERDICT = ("台账", "问题", "材料清单", ELEMENTS, "评分表", INDEX)
TABLES = (FieldType.TABLE, FieldType.GROUP)
HELD = {"要素.填报": "written", "要素.佐证": "evidence"}


class Fact(NamedTuple):
    """A fact by whose it is: the subject's dossier and the path in its own data."""

    dossier: Dossier
    path: str

    @property
    def key(self) -> tuple[str, str]:
        return self.dossier.name, self.path


def fact_of(paper: Paper, path: str) -> Fact:
    """Whose fact a printed path is: what a bureau's paper says of a candidate is that one's."""
    whole = paper.whole
    root, _, rest = path.partition(".")
    candidates = {str(one.number): one for one in whole.candidates}
    if root == ROW:
        row = next(
            (one for one in candidates.values() if one.dossier.name == paper.job.candidate), None
        )
        path = f"{row.row.path}.{rest}" if row is not None else path
    steps = path.split(".")
    if steps[0] == CANDIDATES and steps[2:3] == [APPLICATION] and steps[1] in candidates:
        return fact_below(candidates[steps[1]].dossier, ".".join(steps[3:]))
    return fact_below(whole, path)


def fact_below(whole: Dossier, path: str) -> Fact:
    """The fact itself where a table of docgen's own only repeats it."""
    steps = path.split(".")
    if steps[0] == INDEX and whole.field_at(f"{EVIDENCE}.{'.'.join(steps[2:])}") and steps[2:]:
        return Fact(whole, ".".join((EVIDENCE, *steps[1:])))
    return Fact(whole, path)


def origin_of(
    papers: Papers, paper: Paper, printed: Print, text: str, near: Passage | None = None
) -> Origin:
    """The source of something printed; `text` is what it is in the document, `near` around it."""
    if printed.prose:
        return _prose(papers, _held(paper, fact_of(paper, printed.path)), printed.where, near)
    if not printed.path:
        return _computed(papers, paper, printed, text)
    fact = _held(paper, fact_of(paper, printed.path))
    field = fact.dossier.field_at(fact.path)
    if field is None:
        return _beside_data(paper, fact, printed, text)
    if field.type in TABLES and not printed.plain:
        return _computed(papers, paper, replace(printed, reads=(printed.path,)), text)
    found = of_field(papers, paper, fact, text)
    if printed.plain:
        return found
    note = "没有填；印的是模板的式子里写的话" if found.now is None else ""
    return replace(found, tag=printed.tag, note=note)


def of_field(papers: Papers, paper: Paper, fact: Fact, text: str = "") -> Origin:
    """A field of the data, with its value now; `paper` is the one that has brought us here."""
    report = paper.reports.get(fact.dossier.name)
    dossier, path = papers.full(fact.dossier), fact.path
    value = lookup(dossier.facts, path)
    now = None if value is None or isinstance(value, Missing) else _written(value)
    return Origin(
        Kind.FIELD,
        dossier.label(path),
        path,
        dossier.name,
        dossier.place_of(path),
        then=text,
        now=now,
        readers=tuple(_readers(dossier, path, report)),
        proofs=tuple(_proofs(dossier, path)),
    )


def _written(value: object) -> str:
    if isinstance(value, Rows):
        return f"{len(value)} 行"
    return str(value) if isinstance(value, Chapter) else text_of(value)


def _prose(papers: Papers, fact: Fact, where: Where, near: Passage | None) -> Origin:
    """A sentence that somebody wrote, with the evidence that it cites."""
    whole, path = papers.full(fact.dossier), fact.path
    codes = codes_in(near.text) if near is not None else []
    label = whole.label(path) if whole.field_at(path) else path.replace(".", "·")
    proofs = tuple(_listed(whole, codes))
    return Origin(Kind.PROSE, label, path, whole.name, where, proofs=proofs)


def _computed(papers: Papers, paper: Paper, printed: Print, text: str) -> Origin:
    """What an expression of the template made of facts."""
    reads = []
    for path in printed.reads:
        fact = fact_of(paper, path)
        if fact.dossier.field_at(fact.path) is not None:
            reads.append(of_field(papers, paper, fact))
    listed = not reads and printed.reads and "." in printed.reads[0]
    place = Where(paper.template_file)
    note = "" if not listed else "按通知的材料清单（材料.yaml）和核验结果写成"
    if listed:
        place = paper.job.notice.where
    return Origin(
        Kind.JUDGED if listed else Kind.COMPUTED, "模板里的式子", "", paper.whole.name, place,
        then=text, tag=printed.tag, reads=tuple(reads), note=note,
    )  # fmt: skip


def _held(paper: Paper, fact: Fact) -> Fact:
    """The fact that a row of 要素 shows, where it shows one."""
    steps = fact.path.split(".")
    attribute = HELD.get(f"{steps[0]}.{steps[-1]}") if len(steps) > 2 else None
    rule = _rule_of(paper, fact) if attribute else None
    path = getattr(rule.element, attribute) if rule and rule.element and attribute else ""
    return fact_below(fact.dossier, path) if path else fact


def _rule_of(paper: Paper, fact: Fact) -> Rule | None:
    """The rule that a row of docgen's own tables is about."""
    row = ".".join(fact.path.split(".")[:2])
    code = lookup(paper.values.of(paper.job), f"{row}.编号")
    return next((rule for rule in paper.job.notice.rules if rule.code == code), None)


def _beside_data(paper: Paper, fact: Fact, printed: Print, text: str) -> Origin:
    """What is not in the data: the notice's own words, a defined name, or a verdict."""
    root, notice = fact.path.partition(".")[0], fact.dossier.notice
    name = fact.dossier.name
    if root in notice.lets:
        return Origin(
            Kind.COMPUTED, root, fact.path, name, notice.where, then=text, tag=notice.lets[root],
            note="通知的规则.yaml 在“设”里定义",
        )  # fmt: skip
    if root in OF_NOTICE:
        return Origin(
            Kind.NOTICE, fact.path.replace(".", "·"), fact.path, name, notice.where, then=text
        )
    rule = _rule_of(paper, fact) if root in OF_VERDICT else None
    label, where = fact.path.replace(".", "·"), notice.where
    if rule is not None:
        label, where = f"{rule.code} {rule.name}（{fact.path.rpartition('.')[2]}）", rule.where
    note = "由通知的规则和核验结果写成" if root in OF_VERDICT else "由程序写成"
    return Origin(Kind.JUDGED, label, fact.path, name, where, then=text, tag=printed.tag, note=note)


def _readers(dossier: Dossier, path: str, report: SubjectReport | None) -> Iterator[Reader]:
    verdicts = {found.rule: found.verdict for found in report.findings} if report else {}
    for rule in rules_reading(dossier, path):
        number = dossier.notice.named(rule.notice).number
        clause = Clause(rule.notice, number, rule.article)
        yield Reader(rule.code, rule.name, clause, verdicts.get(rule.code))


def _proofs(dossier: Dossier, path: str) -> Iterator[Proof]:
    """What the row cites, then what the list of evidence says it is for."""
    steps = path.split(".")
    codes: list[str] = []
    for length in range(len(steps), 0, -1):
        record = lookup(dossier.facts, ".".join(steps[:length]))
        field = dossier.field_at(".".join(steps[:length]))
        if isinstance(record, Record) or length == len(steps):
            codes += _cited(record, field)
    top = dossier.fields.get(steps[0])
    names = {steps[0], top.label if top else ""} - {""}
    if steps[0] != EVIDENCE and not codes:
        codes += [code for code, subject in _list(dossier) if subject in names]
    yield from _listed(dossier, codes)


def _cited(value: object, field: Field | None) -> Iterator[str]:
    """The codes in the 佐证 members of a record, or in a 佐证 itself."""
    if field is not None and field.type is FieldType.EVIDENCE:
        yield from map(str, value if isinstance(value, tuple | list) else ())
    members = field.fields.values() if field is not None and isinstance(value, Record) else ()
    for member in members:
        if member.type is FieldType.EVIDENCE and isinstance(value, Record):
            cited = value.get(member.key)
            yield from map(str, cited if isinstance(cited, tuple | list) else ())


def _rows(dossier: Dossier) -> Iterable[Record]:
    listed = dossier.facts.get(EVIDENCE)
    return listed if isinstance(listed, Rows) else ()


def _list(dossier: Dossier) -> Iterator[tuple[str, str]]:
    """Code and 对应 of each piece of evidence."""
    for row in _rows(dossier):
        code, subject = row.get("编号"), row.get("对应")
        if isinstance(code, str) and isinstance(subject, str):
            yield code, subject


def _listed(dossier: Dossier, codes: Iterable[str]) -> Iterator[Proof]:
    rows = {row.get("编号"): row for row in _rows(dossier) if isinstance(row.get("编号"), str)}
    for code in dict.fromkeys(codes):
        row = rows.get(code)
        if row is not None:
            yield Proof(
                code, _word(row, "名称"), _word(row, "文件"), dossier.tree.nearest(row.path)
            )


def _word(row: Record, key: str) -> str:
    value = row.get(key)
    return value if isinstance(value, str) else ""
