"""Filters that turn the rows of a table into charts; which column is what, the template says.

`{{p 进度 | 甘特图('项目进度', 名='阶段', 起='起', 止='止') }}`: the options are Chinese words as
the rest of a template is, so they come as keywords of any name and are held against SPECS here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from jinja2 import nodes, pass_environment
from jinja2.runtime import Undefined

from docgen.language.bounds import spend
from docgen.language.dates import month_of
from docgen.language.errors import LanguageError
from docgen.language.planting import planted
from docgen.language.writing import plain_text
from docgen.model.charts import BarRow, Bars, Figure, Gantt, Phase, Tree, Words
from docgen.model.values import Missing, MissingValueError, Moment, Month, Record
from docgen.problem import Where

Kind = Literal["words", "month", "figure", "figures", "said"]
MOST_ROWS, MOST_SERIES = 500, 6
LONGEST = 1_500  # characters of a name: what a box as wide as the page still holds
A_CELL = 400  # units, to take a cell into a chart


@dataclass(frozen=True, slots=True)
class Option:
    """What may be said in the brackets: a column (of what kind), or a text ("said")."""

    kind: Kind
    needed: bool = False


SPECS: Mapping[str, Mapping[str, Option]] = {
    "甘特图": {
        "名": Option("words", True),
        "起": Option("month", True),
        "止": Option("month", True),
    },
    "条形图": {
        "名": Option("words", True),
        "值": Option("figures", True),
        "图例": Option("said"),
        "要求": Option("figure"),
        "单位": Option("words"),
    },
    "结构图": {
        "名": Option("words", True),
        "上级": Option("words"),
        "说明": Option("words"),
        "顶": Option("said"),
    },
}


@pass_environment
def gantt(environment: Any, rows: Any, title: Any = "", **options: Any) -> Gantt:
    """甘特图：各阶段的起止画成甘特图；模板里独占一段，写 {{p }}；名、起、止 各写一个栏名。

    >>> 案例[:1] | 甘特图('进度', 名='客户', 起='开始', 止='开始')
    进度：甲厂 2023年4月至2023年4月
    """
    given = checked("甘特图", options)
    cells = _Cells(environment, rows)
    return Gantt(
        _said(title),
        tuple(
            Phase(
                cells.words(row, given["名"]),
                cells.month(row, given["起"]),
                cells.month(row, given["止"]),
                row.path if isinstance(row, Record) else "",
                where_of(row),
            )
            for row in cells.rows
        ),
    )


@pass_environment
def bars(environment: Any, rows: Any, title: Any = "", **options: Any) -> Bars:
    """条形图：一栏或几栏数画成横条，图例 是各栏印出的名称，要求 画成竖线；单位不同的行自成比例。

    >>> 案例 | 条形图('合同额', 名='客户', 值='合同额')
    合同额：甲厂 合同额128.5；乙厂 合同额51.6；丙厂 合同额120.2
    >>> 成员 | 条形图(名='名称', 值=['出资'])
    甲公司 出资60；乙公司 出资资料不足
    """
    given = checked("条形图", options)
    series = _several(given["值"])
    legend = [plain_text(name) for name in _several(given.get("图例", series))]
    wanted, unit = given.get("要求", ""), given.get("单位", "")
    cells = _Cells(environment, rows)
    return Bars(
        _said(title),
        tuple(legend),
        tuple(
            BarRow(
                cells.words(row, given["名"]),
                _plain(cells.words(row, unit)) if unit else "",
                tuple(cells.figure(row, column) for column in series),
                cells.figure(row, wanted) if wanted else None,
                where_of(row),
            )
            for row in cells.rows
        ),
        wanted,
    )


@pass_environment
def tree(environment: Any, rows: Any, title: Any = "", **options: Any) -> Tree:
    """结构图：单位或部门画成框和连线；顶 是最上面的一框，上级、说明 是栏名，说明印在名称下面。

    >>> 成员 | 结构图('联合体', 名='名称', 顶=单位名称)
    联合体：示例数字科技有限公司（甲公司、乙公司）
    """
    given = checked("结构图", options)
    above, note = given.get("上级", ""), given.get("说明", "")
    cells = _Cells(environment, rows)
    found = [
        (
            cells.words(row, given["名"]),
            cells.words(row, above) if above else "",
            cells.words(row, note) if note else "",
            where_of(row),
        )
        for row in cells.rows
    ]
    top = given.get("顶", "")
    return planted(_said(title), top if isinstance(top, Missing) else _said(top), found)


def checked(name: str, options: Mapping[str, Any]) -> Mapping[str, Any]:
    """The options of a chart; LanguageError for one that it has not, lacks or cannot read."""
    spec = SPECS[name]
    for key, value in options.items():
        if key not in spec:
            raise LanguageError(f"{name}没有“{key}”这一项，只有{'、'.join(spec)}")
        if spec[key].kind == "figures":
            if not isinstance(value, str | list | tuple) or not value:
                raise LanguageError(f"{name}的“{key}”要一个栏名，或方括号里的几个栏名")
            columns = _several(value)
            if len(columns) > MOST_SERIES:
                raise LanguageError(f"{name}最多画 {MOST_SERIES} 栏数")
        else:
            columns = [value]
        if spec[key].kind != "said" and not all(isinstance(one, str) and one for one in columns):
            raise LanguageError(f"{name}的“{key}”要引号里的栏名")
    if "图例" in options and len(_several(options["图例"])) != len(_several(options.get("值"))):
        raise LanguageError(f"{name}的“图例”和“值”要一样多")
    for key, option in spec.items():
        if option.needed and key not in options:
            raise LanguageError(f"{name}缺“{key}”，写 {key}='栏名'")
    return options


def columns_in(used: nodes.Filter) -> Iterator[tuple[str, Kind]]:
    """The columns that a chart filter names in a template, each with what it has to hold."""
    spec = SPECS.get(used.name, {})
    for keyword in used.kwargs:
        option = spec.get(str(keyword.key))
        if option is None or option.kind == "said":
            continue
        value = keyword.value
        items = value.items if isinstance(value, nodes.List | nodes.Tuple) else [value]
        for item in items:
            if isinstance(item, nodes.Const) and isinstance(item.value, str) and item.value:
                yield item.value, option.kind


def _several(value: Any) -> list[Any]:
    """One text, or those of a list."""
    return list(value) if isinstance(value, list | tuple) else [value]


@dataclass(slots=True)
class _Cells:
    """The rows that a chart is made of, and their cells by column."""

    environment: Any
    rows: Any

    def __post_init__(self) -> None:
        if isinstance(self.rows, Missing):
            raise MissingValueError(self.rows)
        if isinstance(self.rows, str | Mapping) or not isinstance(self.rows, Iterable):
            raise TypeError("画图要一张表")
        self.rows = list(self.rows)
        if len(self.rows) > MOST_ROWS:
            raise LanguageError(f"一幅图最多画 {MOST_ROWS} 行，这里有 {len(self.rows)} 行")

    def _cell(self, row: Any, column: str) -> Any:
        spend(A_CELL)
        value = self.environment.getitem(row, column)
        if isinstance(value, Undefined):
            raise LanguageError(f"行里没有“{column}”这一栏")
        return value

    def words(self, row: Any, column: str) -> Words:
        value = self._cell(row, column)
        if isinstance(value, Missing):
            return value
        text = plain_text(value)
        if len(text) > LONGEST:
            raise LanguageError(f"{_place(row, column)}超过 {LONGEST} 个字，画不进图里")
        return text

    def month(self, row: Any, column: str) -> Month | Missing:
        value = self._cell(row, column)
        if isinstance(value, Missing):
            return value
        if not isinstance(value, date | Month | Moment):
            raise TypeError(f"{_place(row, column)}“{plain_text(value)[:40]}”不是年月或日期")
        return month_of(value)

    def figure(self, row: Any, column: str) -> Figure:
        value = self._cell(row, column)
        if isinstance(value, Missing | Decimal) or type(value) is int:
            return value
        return plain_text(value)


def where_of(row: Any) -> Where:
    """Where a row was typed."""
    return row.where if isinstance(row, Record) else Where()


def _place(row: Any, column: str) -> str:
    """A cell as messages name it, with its file and line where it has one."""
    path = f"{row.path}.{column}" if isinstance(row, Record) and row.path else column
    where = str(where_of(row)) if where_of(row).file else ""
    return f"“{path}”（{where}）" if where else f"“{path}”"


def _said(value: Any) -> str:
    return "" if value is None else plain_text(value)


def _plain(words: Words) -> str:
    return "" if isinstance(words, Missing) else words
