"""Difference → lines for a person, or the one JSON object of `docgen diff --json`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from docgen.model.trace import Difference, FieldChange, PaperChange, VerdictChange
from docgen.problem import Verdict
from docgen.report.lines import Line, Span, line

MOST = 40  # of a kind; the rest is counted
MOST_PLACES = 12
SHOWN, BEFORE = 60, 12  # characters of a value, and of those before what differs
RANKS = ("通过", "提示", "提醒", "待人工", "资料不足", "不通过")


def difference_lines(found: Difference) -> Iterator[Line]:
    """Fields, then documents, then verdicts."""
    yield line(Span(f"与{found.base}相比", "bold"))
    if found.is_empty:
        yield line("没有变化", indent=2)
    yield from _section("字段", found.fields, _field)
    yield from _section("文书", found.papers, _paper)
    yield from _section("结论", found.verdicts, _verdict)
    if found.notes:
        yield line()
    yield from (line(Span(note, "dim")) for note in found.notes)


def difference_json(found: Difference) -> str:
    """The object as text, with a line end."""
    content = {
        "against": found.base,
        "fields": [
            {
                "subject": one.subject,
                "path": one.path,
                "label": one.label,
                "old": one.old,
                "new": one.new,
                "file": one.where.told,
                "line": one.where.line,
                "column": one.where.column,
                "spot": one.where.spot,
            }
            for one in found.fields
        ],
        "documents": [
            {
                "document": one.document,
                "file": one.file,
                "status": one.status,
                "edited": one.edited,
                "places": [{"place": k, "paragraphs": n} for k, n in one.places.items()],
            }
            for one in found.papers
        ],
        "verdicts": [_verdict_object(one) for one in found.verdicts],
        "notes": list(found.notes),
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _section(title: str, items: Any, told: Any) -> Iterator[Line]:
    if not items:
        return
    yield line()
    yield line(Span(f"{title} {len(items)} 处变化", "head"))
    for one in items[:MOST]:
        yield from told(one)
    if len(items) > MOST:
        yield line(Span(f"……还有 {len(items) - MOST} 处，用 --json 看全部", "dim"), indent=2)


def _field(one: FieldChange) -> Iterator[Line]:
    yield line(
        Span(f"{one.where} ", "bold"), one.label, Span(f"（{one.subject}）", "dim"), indent=2,
        hang=4, whole=True,
    )  # fmt: skip
    start = _start(one.old or "", one.new or "")
    yield line(f"{_brief(one.old, start)} → {_brief(one.new, start)}", indent=4)


def _start(old: str, new: str) -> int:
    """Where a long text is shown from: a little before the first difference."""
    if max(len(old), len(new)) <= SHOWN or not old or not new:
        return 0
    alike = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), 0)
    return max(0, alike - BEFORE)


def _brief(text: str | None, start: int) -> str:
    if not text:
        return "（没有）"
    shown = text[start : start + SHOWN]
    return f"“{'…' if start else ''}{shown}{'…' if len(text) > start + SHOWN else ''}”"


def _paper(one: PaperChange) -> Iterator[Line]:
    edited = Span("（在 Word 里改过，手改的也算在内）" if one.edited else "", "warn")
    file = Span(f" {one.file}" if one.file else "", "dim")
    yield line(f"{one.document}：{one.status}", file, edited, indent=2, hang=4)
    for place, count in list(one.places.items())[:MOST_PLACES]:
        yield line(f"{place or '正文'}：{count} 段", indent=4)
    if len(one.places) > MOST_PLACES:
        yield line(Span(f"……还有 {len(one.places) - MOST_PLACES} 处", "dim"), indent=4)


def _verdict(one: VerdictChange) -> Iterator[Line]:
    worse = _rank(one.new) > _rank(one.old)
    style = "bad" if worse and one.new in (Verdict.FAIL.value, Verdict.LACKING.value) else "good"
    style = "warn" if worse and style == "good" else style
    basis = Span(f" 依据 {one.clause}" if one.clause else "", "dim")
    place = Span(f" {one.where}" if one.where.file else "", "dim")
    change = Span(f"{one.old or '不适用'} → {one.new or '不适用'}", style)
    yield line(
        Span(f"{one.code} ", "code"), f"{one.name}：", change, basis, place,
        Span(f"（{one.subject} · {one.notice}）", "dim"), indent=2, hang=4,
    )  # fmt: skip


def _rank(word: str | None) -> int:
    return RANKS.index(word) if word in RANKS else 0


def _verdict_object(one: VerdictChange) -> dict[str, Any]:
    return {
        "subject": one.subject,
        "notice": one.notice,
        "code": one.code,
        "name": one.name,
        "old": one.old,
        "new": one.new,
        "clause": str(one.clause) if one.clause else None,
        "file": one.where.told,
        "line": one.where.line,
    }
