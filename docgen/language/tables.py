"""What the language can do with rows: look one up, and compare what documents say of one fact."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from docgen.language.bounds import spend
from docgen.language.numbers import brief
from docgen.language.prices import A_LOOK
from docgen.language.weighing import weight
from docgen.model.blocks import Chapter, texts
from docgen.model.values import Missing, MissingValueError, Passage, Percent, Record
from docgen.problem import Where

if TYPE_CHECKING:
    from docgen.model.dossier import Built

CITED = re.compile(r"见\s*(证\s*\d{1,3}(?:\s*[、，,和及至～~—-]+\s*(?:见\s*)?证?\s*\d{1,3})*)")
_CODE = re.compile(r"([至～~—-]*)\s*证?\s*(\d{1,3})")
_PLAIN = re.compile(r"证(\d{1,3})")
_ALONE = re.compile(r"\s*证\d{1,3}(?:\s*[、，,；;]\s*证\d{1,3})*\s*")
LONGEST_SPAN = 200
A_SIGN_CITED = 4  # units, to search a character for evidence codes
A_ROW = 20  # units, to look at a cell of a row
_NUMBER = re.compile(r"-?\d{1,28}(?:\.\d{1,28})?")


def find_row(rows: Any, column: str, value: Any) -> Record:
    """查行：表里某一栏等于某值的那一行，没有就是资料不足。

    >>> 查行(案例, '客户', '乙厂').合同额
    51.6
    >>> 查行(案例, '客户', '丁厂').合同额
    资料不足：案例
    """
    if isinstance(rows, Missing):
        raise MissingValueError(rows)
    if isinstance(rows, str | Mapping) or not isinstance(rows, Collection):
        raise TypeError("查行要一张表")
    first = next(iter(rows), None)
    if isinstance(first, Mapping) and column not in first:
        raise TypeError(f"表里没有“{str(column)[:40]}”这一栏")
    spend(len(rows) * (A_ROW + weight(value) // A_LOOK))
    for row in rows:
        cell = row.get(column) if isinstance(row, Mapping) else None
        if not isinstance(cell, Missing) and cell == value:
            return row  # type: ignore[no-any-return]
    where = first.where if isinstance(first, Record) else Where()
    path = first.path.rsplit(".", 1)[0] if isinstance(first, Record) else column
    label = f"{path}里{column}是‘{brief(value)}’的一行"
    raise MissingValueError(Missing(path, label, where, required=True))


def look_up(table: Any, key: Any, otherwise: Any = None) -> Any:
    """查表：词表里按名称对应的值（如按地区、行业、规模的门槛），没有就用最后给的缺省值。

    >>> 查表(词表.门槛, '大型', 30)
    100
    >>> 查表(词表.门槛, '微型', 30)
    30
    >>> 查表(词表.门槛, '微型')
    错误：表里没有“微型”，也没有给缺省值
    """
    for given in (table, key):
        if isinstance(given, Missing):
            raise MissingValueError(given)
    if not isinstance(table, Mapping):
        raise TypeError("查表要一张“名称: 值”的词表")
    value = table.get(str(key), otherwise)
    if value is None:
        raise TypeError(f"表里没有“{brief(key)}”，也没有给缺省值")
    return _number(value) if isinstance(value, str) else value


def banded(value: Any, bands: Iterable[Any]) -> Any:
    """分档：按 [[下限, 得数], …] 找这个值所在的一档；比最低的下限还低就是 0。

    >>> 分档(35, [[50, 30], [20, 20], [10, 10]])
    20
    >>> 分档(5, [[50, 30], [20, 20], [10, 10]])
    0
    """
    for given in (value, bands):
        if isinstance(given, Missing):
            raise MissingValueError(given)
    if isinstance(bands, str):
        raise TypeError("分档的每一项是 [下限, 得数]")
    pairs = [tuple(_number(one) if isinstance(one, str) else one for one in pair) for pair in bands]
    if any(len(pair) != 2 for pair in pairs):
        raise TypeError("分档的每一项是 [下限, 得数]")
    reached = [pair for pair in pairs if value >= pair[0]]
    return max(reached)[1] if reached else 0


def _number(text: str) -> Any:
    """A 词表 is text; what looks like a number counts as one."""
    if text.endswith("%") and _NUMBER.fullmatch(text[:-1]):
        return Percent.typed(text)
    if not _NUMBER.fullmatch(text):
        return text
    return Decimal(text) if "." in text else int(text)


def each_has_row(rows: Any, column: str, values: Iterable[Any]) -> bool:
    """各有：每个值在表里都有一行；缺一个就是资料不足。

    >>> 各有(案例, '行业', 服务行业)
    是
    >>> 各有(案例, '行业', ['纺织'])
    资料不足：案例
    """
    for value in _known(values):
        find_row(rows, column, value)
    return True


def citations(chapter: Any) -> list[str]:
    """引证：一节里引用的证明编号，没有就是资料不足。

    >>> 正文.建设基础.人员队伍 | 引证
    证03
    """
    if isinstance(chapter, Missing):
        raise MissingValueError(chapter)
    if not isinstance(chapter, Chapter):
        raise TypeError("引证只用于正文")
    written = [text for text, _ in texts(chapter.blocks)]
    spend(A_SIGN_CITED * sum(map(len, written)))
    found = [code for text in written for code in codes_in(text)]
    if not found:
        path = f"正文.{chapter.title}"
        raise MissingValueError(
            Missing(path, f"{chapter.title}的佐证编号（见证××）", chapter.where, required=True)
        )
    return found


@dataclass(frozen=True, slots=True)
class Cited:
    """One citation: where its text ends, the codes it means, and those it names with their places.

    见证03至证05 names two and means three.
    """

    end: int
    codes: tuple[str, ...]
    places: tuple[tuple[str, int, int], ...]
    is_span: bool


def codes_in(text: str) -> list[str]:
    """The evidence codes cited in a text: 见证07, （见证10、证11）, 见证03至证05."""
    return [code for cited in codes_cited(text) for code in cited.codes]


def codes_cited(text: str) -> Iterator[Cited]:
    """The citations in a text."""
    for match in CITED.finditer(text):
        codes: list[str] = []
        places: list[tuple[str, int, int]] = []
        spans = False
        for part in _CODE.finditer(match.group(1)):
            span, digits = part.groups()
            first = int(codes[-1][1:]) + 1 if span and codes else int(digits)
            spans = spans or bool(span and codes)
            last = min(int(digits), first + LONGEST_SPAN)
            codes.extend(f"证{number:0{len(digits)}d}" for number in range(first, last + 1))
            start, end = (match.start(1) + place for place in part.span(2))
            start -= text[:start].endswith("证")
            places.append((f"证{digits}", start, end))
        yield Cited(match.end(), tuple(codes), tuple(places), spans)


def codes_alone(text: str) -> list[tuple[str, int, int]]:
    """The codes of a text that holds nothing else (证07、证08), each with its place."""
    if not _ALONE.fullmatch(text):
        return []
    return [(f"证{hit[1]}", *hit.span()) for hit in _PLAIN.finditer(text)]


def conflicts(built: Iterable[Built], paths: Iterable[str]) -> list[Passage]:
    """不一致：同一单位的几份材料里写得不一样的字段（只用于对象是“成果”的规则）。

    >>> 成果 | 不一致(['单位名称'])
    单位名称在建设方案里是“甲公司”，在推荐意见里是“甲有限公司”
    """
    by_subject: dict[str, list[Built]] = {}
    for document in built:
        by_subject.setdefault(document.about, []).append(document)
    found = []
    for documents in by_subject.values():
        for path in paths:
            said = [(d, d.values[path]) for d in documents if path in d.values]
            for document, value in said[1:]:
                if value != said[0][1]:
                    text = (
                        f"{path}在{said[0][0].kind}里是“{said[0][1]}”，"
                        f"在{document.kind}里是“{value}”"
                    )
                    found.append(Passage(text, Where(document.file)))
    return found


def _known(values: Any) -> Iterable[Any]:
    if isinstance(values, Missing):
        raise MissingValueError(values)
    return values  # type: ignore[no-any-return]
