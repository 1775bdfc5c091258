"""The calendars of a notice and of what it forwards → lines, side by side where there is room."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import zip_longest

from docgen.model.notice import Notice, Window
from docgen.report.lines import Line, Span, line, padded, width

_GAP = 4
OPEN = "有效"  # any other state (已截止, 征求意见 …) is worth saying


def calendars(notices: list[Notice], today: date | None, columns: int) -> Iterator[Line]:
    """The windows of each notice, its own and those of the notices above it."""
    above = {parent.slug for notice in notices for parent in notice.chain[1:]}
    shown = {notice.slug: notice for notice in notices if notice.slug not in above}
    for notice in shown.values():
        blocks = [block for one in notice.chain if (block := _block(one, notice, today))]
        if blocks:
            reckoned = f"（以 {today.isoformat()} 为今天）" if today else ""
            yield line(Span("期限", "head"), Span(reckoned, "dim"))
            yield from _beside(blocks, columns)


def distance(window: Window, today: date) -> tuple[str, str]:
    """How far off a window is, and the style to say it in."""
    if window.start and today < window.start:
        return f"{(window.start - today).days} 天后开始", "dim"
    days = (window.end - today).days
    if days < 0:
        return f"已过 {-days} 天", "bad"
    if days == 0:
        return "今天截止", "warn"
    return f"还有 {days} 天", "warn" if days <= 7 else "good"


def _block(one: Notice, leaf: Notice, today: date | None) -> list[tuple[Span, ...]]:
    """A heading with the notice and who issued it, then a row a window."""
    windows = [w for w in leaf.calendar.values() if (w.notice or leaf.slug) == one.slug]
    if not windows:
        return []
    name_width = max(width(window.name) for window in windows)
    day_width = max(width(window_days(window)) for window in windows)
    issuer = Span(f"  {one.issuer}" if one.issuer else "", "dim")
    status = Span(f"  {one.status}" if one.status != OPEN else "", "warn")
    rows: list[tuple[Span, ...]] = [(Span(one.slug, "bold"), issuer, status)]
    for window in sorted(windows, key=lambda w: (w.end, w.start or w.end)):
        left, style = distance(window, today) if today else ("", "")
        cells = f"{padded(window.name, name_width)}  {padded(window_days(window), day_width)}  "
        rows.append((Span(cells), Span(left, style)))
    return [tuple(row) for row in rows]


def window_days(window: Window) -> str:
    """The days of a window as people read them, with the hour of the last where it has one."""
    end = window.end.isoformat()
    if window.hour is not None:
        end += f" {window.hour.hour:02d}:{window.hour.minute:02d}"
    return f"{end} 止" if window.start is None else f"{window.start.isoformat()} 至 {end}"


def _beside(blocks: list[list[tuple[Span, ...]]], columns: int) -> Iterator[Line]:
    widths = [max(_wide(row) for row in block) for block in blocks]
    if sum(widths) + _GAP * (len(blocks) - 1) + 2 > columns:
        for block in blocks:
            for number, row in enumerate(block):
                yield line(*row, indent=2 if number == 0 else 4)
        return
    for rows in zip_longest(*blocks, fillvalue=()):
        spans: list[Span] = []
        for row, wide in zip(rows, widths, strict=True):
            spans += [*row, Span(" " * (wide - _wide(row) + _GAP))]
        yield line(*spans[:-1], indent=2)


def _wide(row: tuple[Span, ...]) -> int:
    return sum(width(span.text) for span in row)
