"""docgen notice list | show | check: the notice packs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from docgen.cli import names
from docgen.cli.answer import Answer, answer, columns, has_errors, laid_out
from docgen.cli.options import Named, declare_day, declare_json, found, named
from docgen.cli.parser import Command, Given, Parser
from docgen.model.artifact import Report
from docgen.problem import Stop
from docgen.report.lines import Line, Span, line, padded, width

if TYPE_CHECKING:
    from docgen.model.notice import Notice


def _list(given: Given) -> Answer:
    from docgen import pipeline

    workspace = found(Named())
    rows = []
    for slug in pipeline.notices(workspace):
        notice = pipeline.load_notice(workspace, slug).value
        if notice is None:
            rows.append([slug, f"读不出来，原因见 docgen notice check {slug}"])
            continue
        ends = [window.end for window in notice.calendar.values()]
        last = f"最后期限 {max(ends).isoformat()}" if ends else ""
        rows.append([slug, notice.status, last, notice.number, notice.name])
    return laid_out([line(*cells) for cells in _table(rows)] or [line("notices/ 里还没有通知")])


def _show(given: Given) -> Answer:
    from docgen import pipeline

    chosen, today = named(given), names.day(given.day) or date.today()
    loaded = pipeline.load_notice(found(chosen), chosen.notice)
    if loaded.value is None:
        return answer(Report(problems=loaded.problems), 1)
    return laid_out(list(_shown(loaded.value, today)))


def _check(given: Given) -> Answer:
    from docgen import pipeline

    chosen = [Named(notice=names.name(slug, "通知")) for slug in given.notices]
    workspace = found(Named())
    slugs = [one.notice for one in chosen if found(one)] or pipeline.notices(workspace)
    if not slugs:
        raise Stop("notices/ 里还没有通知", "新建 notices/<通知>/通知.yaml")
    reports = [pipeline.check_notice(workspace, slug) for slug in slugs]
    problems = dict.fromkeys(problem for report in reports for problem in report.problems)
    whole = Report(problems=tuple(problems), about={"通知": str(len(slugs))})
    return answer(whole, int(has_errors(whole)), json=given.json)


def _shown(notice: Notice, today: date) -> Iterator[Line]:
    from docgen.report.calendar import calendars

    yield line(Span(notice.full_name or notice.name, "bold"))
    dated = notice.dated.isoformat() if notice.dated else ""
    reviewed = f"{notice.reviewed.isoformat()} 复核" if notice.reviewed else ""
    yield line(
        "，".join(filter(None, [notice.issuer, notice.number, dated, notice.status, reviewed]))
    )
    if notice.parent:
        yield line(f"转发 {notice.parent.slug}：{notice.parent.name}（{notice.parent.number}）")
    if notice.tracks:
        yield line("类别：", "、".join(notice.tracks), hang=6)
    yield line()
    yield from calendars([notice], today, columns())
    yield line()
    yield line(Span("材料", "head"))
    rows = []
    for document in notice.documents:
        formats = "、".join(document.formats) if document.template else "不由本程序生成"
        copies = f"{document.copies} 份" if document.copies else ""
        basis = f"{document.notice} {document.article}".strip()
        look = "参考版式，以官方模板为准" if document.basis == "推导" else ""
        rows.append([document.kind, document.issuer.value, formats, copies, basis, look])
    for cells in _table(rows):
        yield line(*cells, indent=2)
    yield line()
    yield line(Span(f"规则 {len(notice.rules)} 条", "head"), f"，用例 {len(notice.cases)} 个")
    for one in notice.chain:
        if one.doubts:
            yield line()
            yield line(Span(f"存疑 {len(one.doubts)} 处", "head"), f"（{one.slug}）")
        for doubt in one.doubts:
            yield line(doubt.matter, indent=2, hang=4)
            yield line(Span("采用 ", "dim"), doubt.reading, indent=4, hang=9)
            yield line(Span("依据 ", "dim"), doubt.basis, indent=4, hang=9)


def _table(rows: list[list[str]]) -> Iterator[list[str]]:
    """The rows with their cells padded to columns; a column that is all empty is left out."""
    count = max((len(row) for row in rows), default=0)
    widths = [
        max((width(row[i]) for row in rows if i < len(row) - 1), default=0) for i in range(count)
    ]
    for row in rows:
        last = len(row) - 1
        cells = [
            cell if number == last else padded(cell, widths[number]) + "  "
            for number, cell in enumerate(row)
            if number == last or widths[number]
        ]
        yield cells


def _declare_list(parser: Parser) -> None:
    return None


def _declare_show(parser: Parser) -> None:
    parser.argument("notice", "通知", "名称见 docgen notice list")
    declare_day(parser)


def _declare_check(parser: Parser) -> None:
    parser.argument("notices", "通知", "不写则查全部通知", "*")
    declare_json(parser)


LIST = Command(
    """列出全部通知：状态、最后期限、文号、名称。别的命令里 -n 后面写的就是第一栏的名称。

docgen notice list""",
    _declare_list,
    _list,
)
SHOW = Command(
    """一个通知要什么：期限、材料、规则数，和没有写明之处采用的读法（存疑）。

docgen notice show 通知名称""",
    _declare_show,
    _show,
)
CHECK = Command(
    """查通知包：用到的名称都有字段，规则都有用例且用例都对，模板齐全，章节齐全。

docgen notice check
docgen notice check 通知名称""",
    _declare_check,
    _check,
)
