"""One fact, one value: the data held against their own prose, scans with text and edited papers.

Each finding is a 提醒 that names both places. What a notice itself asks of 成果 its rules say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cached_property

from docgen.check.comparing import printed
from docgen.check.evidence import TABLE
from docgen.check.figures import SCALES, TOTAL, in_grid, in_text
from docgen.check.identity import Unit, line_of, units
from docgen.check.labelled import Labelled, facts_of, shown, stated
from docgen.check.likeness import miscopied, misspelled
from docgen.language.numbers import plain
from docgen.model.blocks import Chapter, Inline, Reference, Table, Text, resolved, texts
from docgen.model.dossier import Dossier, Grid, Paper
from docgen.model.values import Choices, Missing, Passage, Record, Rows, lookup, text_at, walk
from docgen.problem import Problem, Where, warning

NAME, CODE, VALUE, EDITED = "名称不一", "代码不一", "数值不一", "手改不一"
LICENCE = re.compile("营业执照|法人证书|登记证")
_OTHER = re.compile(  # sentences in which a figure is another's, another year's or a part
    r"(?:19|20)\d\d年|目标|达到|力争|增加|增至|提高|超过|不少于|不低于|其中|累计|新增|成员|第.年|期末|计划"
)
_TOLD = re.compile(
    r"(?:合计|共计|总计|总额|总投入|总投资)(?:约|为|达|是)?(\d[\d,]*(?:\.\d+)?)([万千亿]?元)"
)
_SENTENCE = re.compile(r"[^。；;\n]+")
MOST = 20  # findings of a kind in one dossier


def tie(dossier: Dossier, papers: tuple[Paper, ...] = ()) -> Iterator[Problem]:
    """The 提醒 of one dossier without its candidates; `papers` stand beside its data."""
    found = _Tie(dossier)
    told: dict[tuple[str, str], int] = {}
    for problem in (*found.of_data(), *(p for paper in papers for p in found.of_paper(paper))):
        key = problem.code, problem.where.file
        told[key] = told.get(key, 0) + 1
        if told[key] <= MOST:
            yield problem.of(subject=dossier.name, notice=dossier.notice.slug)


class _Tie:
    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self.units = units(dossier)
        self.own = tuple(facts_of(dossier, dossier.own_facts, dossier.fields, ""))
        self.codes = {unit.code: unit.name for unit in self.units}

    def of_data(self) -> Iterator[Problem]:
        """What the data say of themselves."""
        for passage in self._passages():
            yield from in_text(passage)
            yield from self._spelling(passage, "")
            yield from self._slips(passage)
            yield from self._totals(passage)
        for grid in self._grids():
            yield from in_grid(grid)

    def of_paper(self, paper: Paper) -> Iterator[Problem]:
        """What a scan or an edited document says of the data."""
        for passage in paper.passages:
            for problem in in_text(passage):
                yield replace(problem, message=f"{paper.name}：{problem.message}")
            yield from self._spelling(passage, paper.name)
        for grid in paper.grids:
            for problem in in_grid(grid):
                yield replace(problem, message=f"{paper.name}：{problem.message}")
        if paper.code:
            yield from self._licence(paper)
            yield from self._amounts(paper)
        yield from self._edited(paper)

    # ---- names and codes

    def _spelling(self, passage: Passage, paper: str) -> Iterator[Problem]:
        names = {unit.name: unit for unit in self.units}
        said = f"{paper}里" if paper else "这里"
        for spelled, known in misspelled(passage.text, names):
            place = self._at(names[known].name_path)
            told = f"{said}写的是“{spelled}”，{place}是“{known}”"
            yield warning(NAME, told, passage.where, "核对全称，改成一样")
        for typed, known, whose in miscopied(passage.text, self.codes):
            unit = names[whose]
            told = f"{said}写的是 {typed}，{self._at(unit.code_path)}“{whose}”是 {known}"
            yield warning(CODE, told, passage.where, "对照执照，改正抄错的一处")

    def _at(self, path: str) -> str:
        return f"{line_of(self.dossier.tree.nearest(path))}（{self.dossier.label(path)}）"

    # ---- values beside their labels

    def _slips(self, passage: Passage) -> Iterator[Problem]:
        """A figure in prose beside the label of a fact that it is not, in a plain sentence."""
        others = [unit.name for unit in self.units[1:]]
        for fact in self.own:
            known = isinstance(fact.value, str) or passage.where.path == fact.path
            if known or fact.label not in passage.text:
                continue
            for sentence in _SENTENCE.findall(passage.text):
                if _OTHER.search(sentence) or any(name in sentence for name in others):
                    continue
                for written, same in stated(sentence, fact):
                    if not same:
                        yield self._differs(fact, written, passage.where, "这里写的是")

    def _totals(self, passage: Passage) -> Iterator[Problem]:
        """A sum in a sentence that names a table of the data, of which it is not the sum."""
        for sentence in _SENTENCE.findall(passage.text):
            named = [key for key in self._sums if key in sentence]
            told = _TOLD.findall(sentence)
            if len(named) != 1 or len(told) != 1:
                continue
            (key,), ((number, scale),) = named, told
            total = self._sums[key]
            places = len(number.partition(".")[2])
            if round(total / SCALES[scale], places) != Decimal(number.replace(",", "")):
                here = f"这里写合计 {number}{scale}，{self._at(key)}各行相加是"
                said = f"{here} {printed(plain(total / SCALES['万元']))}万元"
                yield warning(TOTAL, said, passage.where, "核对表和正文")

    @cached_property
    def _sums(self) -> dict[str, Decimal]:
        """The tables of the data with one column of money, by key: its sum in yuan."""
        found: dict[str, Decimal] = {}
        for key, field in self.dossier.fields.items():
            rows = self.dossier.own_facts.get(key)
            money = [k for k, column in field.fields.items() if column.unit in SCALES]
            if isinstance(rows, Rows) and len(money) == 1:
                values = [row.get(money[0]) for row in rows]
                numbers = [v for v in values if isinstance(v, int | Decimal)]
                if numbers and len(numbers) == len(values):
                    scale = SCALES[field.fields[money[0]].unit]
                    found[key] = sum((Decimal(v) for v in numbers), Decimal(0)) * scale
        return found

    def _differs(self, fact: Labelled, written: str, where: Where, said: str) -> Problem:
        told = f"“{fact.label}”{said} {written}，{self._at(fact.path)}是 {shown(fact)}"
        return warning(VALUE, told, where, "核对后改成一样；正文里可写 【=" + fact.path + "】")

    def _licence(self, paper: Paper) -> Iterator[Problem]:
        """A licence says who it is of: what it says of that unit the data say, too."""
        row = self._listed(paper.code)
        title = text_at(row, "名称") if row else ""
        if not LICENCE.search(title):
            return
        whole = "\n".join(passage.text for passage in paper.passages)
        flat = re.sub(r"\s", "", whole)
        whose = [unit for unit in self.units if unit.name in flat or unit.name in title]
        if len(whose) != 1:
            return
        for fact in self._facts_of(whose[0]):
            for passage in paper.passages:
                for written, same in stated(passage.text, fact):
                    if not same:
                        yield self._differs(fact, written, passage.where, f"{paper.name}上是")

    def _facts_of(self, unit: Unit) -> Iterator[Labelled]:
        path = unit.name_path.rpartition(".")[0]
        if not path:
            yield from self.own
            return
        facts, table = lookup(self.dossier.own_facts, path), self.dossier.field_at(path)
        if isinstance(facts, Record) and table is not None:
            yield from facts_of(self.dossier, facts, table.fields, path)

    def _amounts(self, paper: Paper) -> Iterator[Problem]:
        """Sums of money of the rows that cite a scan, which its text does not have at all."""
        if not paper.is_whole:
            return
        flat = re.sub(r"[,\s]", "", "".join(passage.text for passage in paper.passages))
        if not re.search(r"\d[万亿]?元", flat):
            return
        numbers = {round(Decimal(one), 2) for one in re.findall(r"\d{1,15}(?:\.\d{1,4})?", flat)}
        for path, value in walk(self.dossier.own_facts):
            if isinstance(value, Choices) and paper.code in value and "." in path:
                yield from self._absent(paper, path.rpartition(".")[0], numbers)

    def _absent(self, paper: Paper, path: str, numbers: set[Decimal]) -> Iterator[Problem]:
        facts, table = lookup(self.dossier.own_facts, path), self.dossier.field_at(path)
        if not isinstance(facts, Record) or table is None:
            return
        for key, field in table.fields.items():
            value = facts.get(key)
            if not isinstance(value, int | Decimal) or field.unit not in SCALES:
                continue
            if not _forms(value, field.unit) & numbers:
                here = f"{path}.{key}"
                told = f"“{self.dossier.label(here)}”是 {printed(value, field.unit)}"
                first = paper.passages[0].where
                said = f"{told}，{paper.name}（{line_of(first)}）里没有这个数"
                place = self.dossier.tree.nearest(here)
                yield warning(VALUE, said, place, "对照原件核对")

    def _edited(self, paper: Paper) -> Iterator[Problem]:
        """Values that an edited document no longer says."""
        for path, value in paper.missing.items():
            now = lookup(self.dossier.facts, path)
            label = self.dossier.label(path)
            shown_now = "" if now is None or isinstance(now, Missing) else printed(now)
            told = f"{paper.name} 被人改过：生成时印的“{label}” {value} 不见了"
            data = f"，{self._at(path)}是 {shown_now}" if shown_now else ""
            where = paper.passages[0].where if paper.passages else Where(paper.name)
            yield warning(
                EDITED, told + data, Where(where.file, path=path), "改资料后重新生成，或改回文书"
            )

    # ---- the texts of the data

    def _listed(self, code: str) -> Record | None:
        rows = self.dossier.facts.get(TABLE)
        listed = rows if isinstance(rows, Rows) else ()
        return next((row for row in listed if row.get("编号") == code), None)

    def _chapters(self) -> Iterator[Chapter]:
        for _, value in walk(self.dossier.own_facts):
            if isinstance(value, Chapter):
                yield resolved(value, self._told)

    def _told(self, path: str) -> str:
        value = lookup(self.dossier.facts, path)
        return "" if value is None or isinstance(value, Missing) else printed(value)

    def _passages(self) -> Iterator[Passage]:
        known = {unit.name_path for unit in self.units}
        for path, value in walk(self.dossier.own_facts):
            if isinstance(value, str) and path not in known:
                yield Passage(value, self.dossier.tree.nearest(path))
            elif isinstance(value, Choices):
                for number, one in enumerate(value, 1):
                    yield Passage(one, self.dossier.tree.nearest(f"{path}.{number}"))
        for chapter in self._chapters():
            for text, where in texts(chapter.blocks):
                yield Passage(text, where)

    def _grids(self) -> Iterator[Grid]:
        for chapter in self._chapters():
            for block in chapter.blocks:
                if isinstance(block, Table):
                    yield _grid(block)
        yield from self._tables()

    def _tables(self) -> Iterator[Grid]:
        """The data's own tables, as text."""
        for key, value in self.dossier.own_facts.items():
            field = self.dossier.fields.get(key)
            if not isinstance(value, Rows) or field is None or not value:
                continue
            columns = [(k, f) for k, f in field.fields.items()]
            rows = [tuple(f.label or k for k, f in columns)]
            rows += [tuple(_cell(row.get(k)) for k, _ in columns) for row in value]
            places = [self.dossier.tree.nearest(key), *(row.where for row in value)]
            yield Grid(tuple(rows), tuple(places))


def _grid(table: Table) -> Grid:
    rows = [tuple(_words(cell) for cell in row) for row in (table.header, *table.rows)]
    first = table.where.line
    lines = [first, *((first or 0) + 2 + n for n in range(len(table.rows)))]
    places = tuple(replace(table.where, line=line if first else None) for line in lines)
    return Grid(tuple(rows), places)


def _words(cell: tuple[Inline, ...]) -> str:
    return "".join(part.text for part in cell if isinstance(part, Text)).strip()


def _cell(value: object) -> str:
    return "" if value is None or isinstance(value, Missing | Reference) else printed(value)


def _forms(value: object, unit: str) -> set[Decimal]:
    """An amount as texts may write it, to two places: in yuan, in 万元, in 亿元."""
    yuan = Decimal(str(value)) * SCALES[unit]
    return {round(yuan / SCALES[scale], 2) for scale in ("元", "万元", "亿元")}
