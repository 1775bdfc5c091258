"""Traced → lines for a person, or the one JSON object of `docgen why --json`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from docgen.model.trace import Kind, Mention, Origin, Proof, Reader, Traced
from docgen.report.lines import Line, Span, line

MOST_PLACES, MOST_SOURCES, MOST_ALIKE = 12, 30, 4  # the rest is counted; --json has it all
SHOWN = 60  # characters of a value
STYLES = {Kind.FIELD: "good", Kind.PROSE: "good", Kind.HAND: "warn", Kind.GONE: "warn"}


def traced_lines(traced: Traced) -> Iterator[Line]:
    """The sources, fields first, each with its rules, its evidence and where else it stands."""
    place = f" · {traced.file}" if traced.file else ""
    yield line(Span(f"“{traced.asked}”{place}", "bold"))
    for note in traced.notes:
        yield line(Span(f"{note}", "warn"), indent=2)
    if not traced.origins:
        yield line(Span("没有找到这几个字，也没有相近的", "bad"), indent=2)
        yield line("提示 照文书里的样子写，短一点；页码、目录、自动编号不在其中", indent=2)
        return
    if traced.near:
        alike = "、".join(f"“{text}”" for text in traced.near[:MOST_ALIKE])
        yield line(Span(f"没有完全相同的文字；相近的有 {alike}", "warn"), indent=2)
    for origin in traced.origins[:MOST_SOURCES]:
        yield line()
        yield from _lines(origin)
    if len(traced.origins) > MOST_SOURCES:
        more = len(traced.origins) - MOST_SOURCES
        yield line()
        yield line(Span(f"……还有 {more} 处来历：写长一点再找，或用 --json 看全部", "dim"))


def traced_json(traced: Traced) -> str:
    """The object as text, with a line end."""
    content = {
        "asked": traced.asked,
        "file": traced.file,
        "near": list(traced.near),
        "notes": list(traced.notes),
        "origins": [_origin(origin) for origin in traced.origins],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _lines(origin: Origin) -> Iterator[Line]:
    place = str(origin.where) if origin.where.file else ""
    yield line(
        Span(f"{place} " if place else "", "bold"),
        Span(f"{origin.kind.value} ", STYLES.get(origin.kind, "dim")),
        origin.label,
        Span(f"（{origin.subject}）" if origin.subject else "", "dim"),
        hang=2,
        whole=True,
    )
    if origin.old:
        now = "（未填）" if origin.now is None else f"“{_brief(origin.now)}”"
        said = f"旧 文书里是“{_brief(origin.then)}”，资料现在是{now}"
        yield line(Span(said, "bad"), indent=2, hang=5)
    elif origin.kind is Kind.FIELD:
        yield line(f"值 {'（未填）' if origin.now is None else _brief(origin.now)}", indent=2)
    elif origin.then:
        yield line(f"印作 {_brief(origin.then)}", indent=2)
    if origin.tag:
        yield line(Span(f"式子 {origin.tag}", "dim"), indent=2, hang=7)
    if origin.note:
        yield line(Span(origin.note, "dim"), indent=2)
    for one in origin.reads:
        yield line("由 ", Span(str(one.where), "bold"), f" {one.label} 算出", indent=2, whole=True)
    yield from map(_reader, origin.readers)
    yield from map(_proof, origin.proofs)
    yield from _places(origin.mentions)


def _reader(reader: Reader) -> Line:
    verdict = reader.verdict.value if reader.verdict else "不适用"
    return line(
        "规则 ", Span(reader.code, "code"), f" {reader.name}：{verdict}",
        Span(f" 依据 {reader.clause}", "dim"), indent=2, hang=7,
    )  # fmt: skip


def _proof(proof: Proof) -> Line:
    file = f" {proof.file}" if proof.file else ""
    return line(f"证明 {proof.code} {proof.name}{file}", Span(f" {proof.where}", "dim"), indent=2)


def _places(mentions: tuple[Mention, ...]) -> Iterator[Line]:
    for one in mentions[:MOST_PLACES]:
        page = f"第{one.page}页起 " if one.page else ""
        missing = "" if one.file else "（还没有生成）"
        shown = f"：{one.text}" if one.text else ""
        yield line(
            f"在 {one.document}{missing} {page}{one.place}", Span(shown, "dim"), indent=2, hang=5
        )
    if len(mentions) > MOST_PLACES:
        yield line(Span(f"……还有 {len(mentions) - MOST_PLACES} 处", "dim"), indent=2)


def _brief(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def _origin(origin: Origin) -> dict[str, Any]:
    return {
        "kind": origin.kind.value,
        "label": origin.label,
        "subject": origin.subject,
        "path": origin.path,
        "file": origin.where.told,
        "line": origin.where.line,
        "column": origin.where.column,
        "spot": origin.where.spot,
        "then": origin.then,
        "now": origin.now,
        "old": origin.old,
        "tag": origin.tag,
        "note": origin.note,
        "reads": [_origin(one) for one in origin.reads],
        "rules": [
            {
                "code": one.code,
                "name": one.name,
                "clause": str(one.clause),
                "verdict": one.verdict.value if one.verdict else None,
            }
            for one in origin.readers
        ],
        "evidence": [
            {"code": p.code, "name": p.name, "file": p.file, "line": p.where.line}
            for p in origin.proofs
        ],
        "places": [
            {
                "document": one.document,
                "file": one.file,
                "place": one.place,
                "page": one.page or None,
                "text": one.text,
            }
            for one in origin.mentions
        ],
    }
