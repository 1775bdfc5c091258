"""Figures within one text: 大写 against 小写, shares that make a hundred, 合计 against its rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from docgen.check.comparing import printed
from docgen.language.capitals import CAPITAL, read_capitals
from docgen.model.dossier import Grid
from docgen.model.values import Passage
from docgen.problem import Problem, Where, warning

AMOUNT, SHARES, TOTAL = "大小写", "百分比", "合计"
NEAR = 24  # characters between an amount in capitals and the same in figures
SCALES = {"元": Decimal(1), "千元": Decimal(1000), "万元": Decimal(10**4), "亿元": Decimal(10**8)}
_FIGURE = r"(?P<sign>[¥￥]\s*)?(?P<number>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>[万千亿]?元)?"
_LINK = r"[\s（(）)，,：:、]*(?:(?:大写|小写|人民币|即|合计?|计|金额|为|RMB|CNY)[\s（(）)，,：:]*)*"
_AFTER = re.compile(_LINK + _FIGURE)
_BEFORE = re.compile(_FIGURE + _LINK + "$")
_SHARE = r"\d+(?:\.\d+)?\s*[%％]"
_SPLIT = re.compile(
    rf"(?P<shares>(?:{_SHARE}\s*[、，,:：和与及]\s*)+{_SHARE})(?P<rest>[^。；;\n%％]{{0,12}})"
)
_DIVIDED = re.compile("分配|分担|分成|分享|出资|承担|持股|占比")
TOTALS = ("合计", "总计", "共计")
_PARTS = ("其中", "小计", "占比", "比例")
_CELL = re.compile(r"-?\d[\d,]*(?:\.\d+)?\s*[%％]?")
_SHARED = re.compile("占比|比例|比重|份额|股权")
WHOLE, ABOUT = Decimal(100), Decimal(5)


def in_text(passage: Passage) -> Iterator[Problem]:
    """What does not agree within one passage."""
    yield from _amounts(passage)
    yield from _shares(passage)


def _amounts(passage: Passage) -> Iterator[Problem]:
    text = passage.text
    for found in CAPITAL.finditer(text):
        spelled = read_capitals(found[0])
        if spelled is None or len(found[0]) < 3:
            continue
        after = _AFTER.match(text, found.end())
        before = _BEFORE.search(text[max(0, found.start() - NEAR) : found.start()])
        for match in filter(None, (after, before)):
            if not match["sign"] and not match["unit"]:
                continue
            figure = Decimal(match["number"].replace(",", "")) * SCALES[match["unit"] or "元"]
            if figure != spelled:
                written = match[0][match.start("number") - match.start() :].strip("（()） ，,：:")
                said = f"大写“{found[0]}”是 {printed(spelled, '元')}，小写“{written}”不是这个数"
                yield warning(AMOUNT, said, passage.where, "核对金额，改正其中一处")
            break


def _shares(passage: Passage) -> Iterator[Problem]:
    for found in _SPLIT.finditer(passage.text):
        if not _DIVIDED.search(found["rest"]):
            continue
        shares = [_number(one) for one in re.findall(_SHARE, found["shares"])]
        total = sum(shares, Decimal(0))
        if total != WHOLE:
            said = f"“{found['shares']}{found['rest']}”合计 {printed(total)}%，不是100%"
            yield warning(SHARES, said, passage.where, "核对各方的比例")


def in_grid(grid: Grid) -> Iterator[Problem]:
    """What does not add up in one table: its 合计 row, its 合计 column, its column of shares."""
    if len(grid.rows) < 3 or any(word in row[0] for row in grid.rows[1:] if row for word in _PARTS):
        return
    header, *body = grid.rows
    last = len(body) - 1
    has_total = bool(body[last]) and body[last][0].strip() in TOTALS
    rows = body[:last] if has_total else body
    if any(row and row[0].strip() in TOTALS for row in rows):
        return  # several totals: what each is of is not known
    for column, title in enumerate(header):
        cells = [row[column] if column < len(row) else "" for row in rows]
        place = grid.places[len(grid.rows) - 1 if has_total else 0]
        if has_total and column and column < len(body[last]):
            if all(cell.strip().endswith(("%", "％")) for cell in cells):
                yield from _whole(cells, title, place)
            else:
                yield from _sum(cells, body[last][column], f"“{title}”一栏", place)
        elif not has_total and _SHARED.search(title):
            yield from _whole(cells, title, place)
    sums = [column for column, title in enumerate(header) if title.strip() in TOTALS]
    if len(sums) == 1 and sums[0] == len(header) - 1:
        for number, row in enumerate(rows, 1):
            if len(row) == len(header):
                told = f"“{row[0]}”一行"
                yield from _sum(row[1:-1], row[-1], told, grid.places[number])


def _sum(
    cells: list[str] | tuple[str, ...], total: str, what: str, place: Where
) -> Iterator[Problem]:
    """A 合计 that is not the sum of its cells; nothing where a cell is no number."""
    if not all(_CELL.fullmatch(cell.strip()) for cell in (*cells, total)) or len(cells) < 2:
        return
    if len({cell.strip()[-1] in "%％" for cell in (*cells, total)}) > 1:
        return
    numbers = [_number(cell) for cell in cells]
    wanted, told = sum(numbers, Decimal(0)), _number(total)
    if abs(wanted - told) > _slack([*cells, total]):
        said = f"{what}合计写的是 {total.strip()}，各项相加是 {printed(wanted)}"
        yield warning(TOTAL, said, place, "核对各项和合计")


def _whole(cells: list[str], title: str, place: Where) -> Iterator[Problem]:
    shown = [cell for cell in cells if cell.strip()]
    if len(shown) < 2 or not all(re.fullmatch(_SHARE, cell.strip()) for cell in shown):
        return
    total = sum((_number(cell) for cell in shown), Decimal(0))
    if _slack(shown) < abs(total - WHOLE) <= ABOUT:
        said = f"“{title}”一栏合计 {printed(total)}%，不是100%"
        yield warning(SHARES, said, place, "核对各项")


def _slack(cells: list[str]) -> Decimal:
    """How far rounded figures may be off: half of the last place of each, none of whole numbers."""
    places = [len(cell.partition(".")[2].strip("%％ ")) for cell in cells]
    if not any(places) and not any("%" in cell or "％" in cell for cell in cells):
        return Decimal(0)
    return (Decimal(len(cells)) / 2).scaleb(-max(places))


def _number(text: str) -> Decimal:
    return Decimal(re.sub(r"[,\s%％]", "", text))
