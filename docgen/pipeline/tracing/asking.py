"""A text of a built document, or a field → every source of it, and where else the same stands."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple, TypeAlias

from docgen.fill import Passage, prints_of
from docgen.language.spelling import nearest
from docgen.load import Source
from docgen.model.trace import Kind, Mention, Origin, Traced
from docgen.pipeline.checking import source_of
from docgen.pipeline.tracing.mentions import Mentions, mention
from docgen.pipeline.tracing.origins import fact_of, of_field, origin_of
from docgen.pipeline.tracing.papers import Paper, Papers
from docgen.pipeline.tracing.seeking import exactly, nearly
from docgen.pipeline.workspace import Request, Workspace
from docgen.problem import Stop, Where

Finder: TypeAlias = Callable[[str, str], list[tuple[int, int]]]
SUFFIXES = (".docx", ".pdf", ".xlsx")
UNKNOWN = "照资料里的键写，如 服务行业、联系人.姓名、案例.2.客户；表里的行从 1 数，到有的为止"
OF_FILE = {"values": "资料", "template": "模板", "notice": "通知包"}


class Hit(NamedTuple):
    """Characters of one paragraph: of the file that stands, or as it would be made now."""

    paper: Paper
    number: int
    start: int
    end: int

    @property
    def passage(self) -> Passage:
        return (self.paper.standing or self.paper.fresh)[self.number]

    @property
    def text(self) -> str:
        return self.passage.text[self.start : self.end]

    @property
    def fresh(self) -> Passage | None:
        """The paragraph that the data would make in its place."""
        paper = self.paper
        number = paper.fresh_of.get(self.number) if paper.standing else self.number
        return None if number is None else paper.fresh[number]


def trace_text(workspace: Workspace, path: Path, text: str) -> Traced:
    """Where a text of a file in out/ comes from. Stop for a file that is none of ours."""
    papers = Papers(workspace)
    paper = _paper(papers, path)
    traced = trace_in(Mentions(papers), [paper], text)
    return replace(traced, file=paper.file or path.name, notes=tuple(_notes(paper, path)))


def trace_in(mentions: Mentions, among: Sequence[Paper], text: str) -> Traced:
    """The sources of a text in some documents; of what is nearly the same where it is in none."""
    if not text.strip():
        raise Stop("没有写要找的文字", '例如 docgen why 建设方案.docx "1,280.5"')
    hits, near = list(_hits(among, text, exactly)), False
    if not hits:
        hits, near = list(_hits(among, text, nearly)), True
    found = _Found(mentions)
    for hit in hits:
        found.add(hit)
    said = dict.fromkeys(hit.text for hit in hits) if near else {}
    return Traced(text, "", tuple(found.origins()), tuple(said))


def trace_field(workspace: Workspace, request: Request, word: str) -> Traced:
    """A field by its path, key or label; a text in the subject's documents where there is none."""
    papers = Papers(workspace)
    mentions, source = Mentions(papers), source_of(papers.desk, request)
    among = papers.of_subject(source, request.notice)
    origins: dict[tuple[str, str, Where], Origin] = {}
    for paper in among:
        for fact in mentions.named(paper, word):
            one = of_field(papers, paper, fact)
            key = (*fact.key, one.where)
            known = origins.get(key)
            if known is not None:
                readers = dict.fromkeys((*known.readers, *one.readers))
                origins[key] = replace(known, readers=tuple(readers))
            else:
                origins[key] = replace(one, mentions=mentions.of(*fact.key, one.where, below=True))
    if origins:
        return Traced(word, "", tuple(origins.values()))
    names = {path.rpartition(".")[2] for path in mentions.paths(among)}
    alike = nearest(word, sorted(name for name in names if not name.isdecimal()))
    near = f"是不是“{alike}”？" if alike else ""
    traced = trace_in(mentions, among, word)
    if not traced.origins:
        raise Stop(f"没有“{word}”这个字段，文书里也没有这几个字", near or UNKNOWN)
    note = f"没有“{word}”这个字段{f'（{near}）' if near else ''}；在{source.name}的文书里找这几个字"
    return replace(traced, notes=(note,))


def _paper(papers: Papers, path: Path) -> Paper:
    """The document that a file is."""
    if not path.is_file():
        raise Stop(f"没有“{path}”这个文件", "写 out/ 里成品的路径，可用 Tab 键补全")
    if path.suffix.lower() not in SUFFIXES:
        raise Stop(f"“{path.name}”不是成品", "可以问 docx，以及同名的 pdf、xlsx")
    named = papers.named(path)
    if named is None:
        raise Stop(f"“{path.name}”不是 out/ 里的成品，也看不出由它而来", "写 out/ 里成品的路径")
    desk = papers.desk
    for known in (desk.applicant, desk.bureau):
        source = _source(known, named.subject)
        notice = desk.notice(named.notice).value if source is not None else None
        for paper in papers.of(source, notice) if source and notice else ():
            if paper.short == named.stem:
                inside = path.suffix == ".docx" and papers.workspace.out in path.resolve().parents
                folder = "/".join(named.stem.split("/")[:-1])
                paper.chosen = f"{folder}/{path.name}".lstrip("/") if inside else ""
                return paper
    raise Stop(f"“{named.stem}”现在的资料和通知里没有", "核对文件；装订成册的，问其中的一种文书")


def _source(read: Callable[[str], Source], name: str) -> Source | None:
    try:
        return read(name)
    except Stop:
        return None


def _notes(paper: Paper, path: Path) -> Iterator[str]:
    """What has happened since the file was made."""
    if not paper.file:
        yield "没有同名的 Word 文件，按现在的资料找"
    elif path.suffix != ".docx":
        yield f"在同一份文书的 Word 文件 {paper.file} 里找"
    if _is_changed(paper, path):
        yield "这个文件生成之后在 Word 里改过：改过的地方没有来历可查"
    if paper.changed:
        what = "、".join(OF_FILE[key] for key in paper.changed)
        yield f"生成之后{what}改过：与现在不同的值标“旧”"


def _is_changed(paper: Paper, path: Path) -> bool:
    data = path.read_bytes()
    if paper.provenance is not None and data == paper.data:
        return paper.is_edited
    recorded = paper.recorded(path.name)
    return paper.is_edited or (recorded != "" and recorded != hashlib.sha256(data).hexdigest())


def _hits(papers: Iterable[Paper], text: str, finder: Finder) -> Iterator[Hit]:
    for paper in papers:
        for number, passage in enumerate(paper.standing or paper.fresh):
            for start, end in finder(passage.text, text):
                yield Hit(paper, number, start, end)


class _Found:
    """Gathers the sources of hits, each once, with the places where it was hit."""

    def __init__(self, mentions: Mentions) -> None:
        self._papers, self._mentions = mentions.papers, mentions
        self._origins: dict[tuple[object, ...], Origin] = {}
        self._places: dict[tuple[object, ...], list[Mention]] = {}

    def add(self, hit: Hit) -> None:
        for origin in self._of(hit):
            where = (origin.where.file, origin.where.line) if origin.kind is Kind.PROSE else ()
            reads = tuple(one.path for one in origin.reads)
            key = (origin.kind, origin.subject, origin.path, origin.tag, where, reads, origin.then)
            self._origins.setdefault(key, origin)
            place = mention(hit.paper, hit.passage)
            if place not in self._places.setdefault(key, []):
                self._places[key].append(place)

    def origins(self) -> Iterator[Origin]:
        """Fields first, those that say just what was asked before all others."""
        order = list(Kind)
        found = sorted(self._origins.items(), key=lambda item: order.index(item[1].kind))
        for key, origin in found:
            places = tuple(self._places[key])
            if origin.kind is Kind.FIELD:
                everywhere = self._mentions.of(origin.subject, origin.path, origin.where)
                places = tuple(dict.fromkeys((*places, *everywhere)))
            yield replace(origin, mentions=places)

    def _of(self, hit: Hit) -> Iterator[Origin]:
        paper, fresh = hit.paper, hit.fresh
        if fresh is None or fresh.text != hit.passage.text:
            yield self._otherwise(hit, fresh)
            return
        numbers = prints_of(fresh.spans, hit.start, hit.end)
        for number in dict.fromkeys(numbers):
            span = next(span for span in fresh.spans if span.number == number)
            text = fresh.text[span.start : span.end]
            yield origin_of(self._papers, paper, paper.prints[number], text, fresh)
        if not numbers:
            yield Origin(Kind.TEMPLATE, "模板的固定文字", where=Where(paper.template_file))

    def _otherwise(self, hit: Hit, fresh: Passage | None) -> Origin:
        """A text that would not come out now: an old value, old prose, or a hand's work."""
        paper, used = hit.paper, dict(hit.paper.provenance.used) if hit.paper.provenance else {}
        numbers = [span.number for span in fresh.spans] if fresh is not None else []
        prints = [paper.prints[number] for number in dict.fromkeys(numbers)]
        here = [p.path for p in prints if not p.prose and hit.text in used.get(p.path, "")]
        anywhere = [path for path, said in used.items() if said == hit.text]
        for path in (*here, *anywhere):
            fact = fact_of(paper, path)
            if fact.dossier.field_at(fact.path) is not None:
                old = paper.used.get(path) != used[path]
                return replace(of_field(self._papers, paper, fact, used[path]), old=old)
        prose = [p for p in prints if p.prose]
        chapter = next((p for p, said in used.items() if hit.text in said and "\n" in said), "")
        if (prose or chapter) and not paper.is_edited:
            where = prose[0].where if prose else fact_of(paper, chapter).dossier.place_of(chapter)
            path = prose[0].path if prose else chapter
            note = "这一段生成之后改过，资料里已不是这样写"
            return Origin(
                Kind.PROSE, path.replace(".", "·"), path, paper.whole.name, where, note=note
            )
        if paper.is_edited:
            return Origin(Kind.HAND, "生成之后在 Word 里写的", where=Where(paper.file))
        note = "资料或模板改过，现在不会这样写"
        return Origin(Kind.GONE, "以前的资料或模板", where=Where(paper.template_file), note=note)
