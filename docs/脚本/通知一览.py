"""Writes docs/通知.md from the packs in notices/: what each asks for, and what is derived or open.

.venv/bin/python docs/脚本/通知一览.py
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from docgen.load import load_notice, notice_slugs  # noqa: E402
from docgen.model.notice import Document, Notice, Window  # noqa: E402
from docgen.model.rule import Rule, Strength  # noqa: E402

MANUAL = ROOT / "docs" / "通知.md"
HEAD = """# 通知一览

由通知包生成（`docs/脚本/通知一览.py`），和 `notices/` 里的数据总是一致。
“推导”指通知没有附模板，版式由条文和同类材料归纳，以官方模板为准；
“存疑”是通知没有写明的地方和这里采用的读法。
"""
BY_PERSON = (Strength.HUMAN, Strength.CONFIRM)


def manual() -> str:
    """The whole page."""
    notices = [n for slug in notice_slugs(ROOT) if (n := load_notice(ROOT, slug).value)]
    sections = ["\n".join(_section(notice)) for notice in notices]
    return "\n".join([HEAD, *_overview(notices), "", *sections])


def _overview(notices: list[Notice]) -> Iterator[str]:
    yield "| 通知 | 文号 | 状态 | 类别 | 材料 | 规则 | 存疑 |"
    yield "|---|---|---|---|---|---|---|"
    for notice in notices:
        rules = Counter(rule.notice == notice.slug for rule in notice.rules)
        count = f"{rules[True]}" + (f"，另沿用 {rules[False]}" if rules[False] else "")
        yield _row(
            f"[{notice.slug}](#{notice.slug})",
            notice.number or "—",
            notice.status,
            "、".join(notice.tracks) or "—",
            str(len(notice.documents)),
            count,
            str(len(notice.doubts)),
        )


def _section(notice: Notice) -> Iterator[str]:
    yield f"## {notice.slug}\n"
    dated = notice.dated.isoformat() if notice.dated else "没有成文日期"
    number = notice.number or "无文号"
    yield f"{notice.full_name or notice.name}，{notice.issuer}，{number}，{dated}。"
    if notice.parent:
        yield f"转发“{notice.parent.slug}”，下面标“沿用”的从那里来。"
    if notice.calendar:
        yield "\n| 期限 | 起止 | 条款 | 说明 |\n|---|---|---|---|"
        for window in notice.calendar.values():
            yield _row(window.name, _days(window), window.article, window.note)
    yield "\n### 材料\n\n| 材料 | 类别 | 出具 | 份数 | 形式、签章 | 送交 | 期限 | 条款 | 版式 |"
    yield "|---|---|---|---|---|---|---|---|---|"
    yield from (_document(document) for document in notice.documents)
    yield "\n### 规则\n\n| 编号 | 条款 | 要求 | 强度 | 由谁判 | 对象 | 依据 |"
    yield "|---|---|---|---|---|---|---|"
    yield from (_rule(rule, notice) for rule in notice.rules)
    if notice.doubts:
        yield "\n### 存疑\n\n| 事项 | 采用 | 依据 |\n|---|---|---|"
        yield from (_row(d.matter, d.reading, d.basis) for d in notice.doubts)
    yield ""


def _document(document: Document) -> str:
    copies = f"{document.copies}" if document.copies is not None else "未写明"
    form = "；".join(filter(None, [document.form, "、".join(document.seals)]))
    kind = document.title or document.kind
    layout = document.basis or ("" if document.template else "自备")
    return _row(
        kind + ("（内部用）" if document.own_use else ""),
        document.track,
        document.issuer.value + ("，每个推荐对象一份" if document.per_candidate else ""),
        "" if document.own_use else copies,
        form,
        document.recipient,
        document.deadline,
        document.article,
        layout,
    )


def _rule(rule: Rule, notice: Notice) -> str:
    strengths = dict.fromkeys(part.strength.value for part in rule.parts)
    by_person = any(p.needs_person or p.strength in BY_PERSON for p in rule.parts)
    told = [part.strength in (Strength.NOTE, Strength.LEANING) for part in rule.parts]
    judged = "只提示" if all(told) else "机器查，人确认" if by_person else "机器"
    basis = rule.basis + ("" if rule.notice == notice.slug else "沿用")
    return _row(
        rule.code,
        rule.article,
        rule.name + (f"（{rule.track}）" if rule.track else ""),
        "、".join(strengths),
        judged,
        rule.party.value,
        basis,
    )


def _days(window: Window) -> str:
    end = str(window.hour) if window.hour else window.end.isoformat()
    return f"{window.start.isoformat()} 至 {end}" if window.start else f"{end} 止"


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


if __name__ == "__main__":
    MANUAL.write_text(manual(), "utf-8")
