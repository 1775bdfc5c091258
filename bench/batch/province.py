"""Plainly fictional applicants for one bureau, made from an example: a workspace of any size."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

from bench.batch.broken import WAYS

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("notices", "templates")
LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # of a credit code: no I, O, S, V, Z


@dataclass(frozen=True, slots=True)
class Pattern:
    """What a province is made from: the example bureau, its notice, one of its applicants.

    `row` is the candidate of the bureau whose row is copied; `counts` are figures of the bureau
    that must be the number of candidates that can pass; `harmless` are the ways of being broken
    that its notice does not mind.
    """

    notice: str
    bureau: str
    example: str
    row: str
    unit: str
    counts: tuple[str, ...] = ()
    harmless: tuple[str, ...] = ()


LETTERS_EACH = Pattern(
    notice="甘肃工业互联网数促中心",
    bureau="示例州工信局",
    example="示例产业孵化",
    row="示例产业孵化",
    unit="示例智造孵化器有限公司",
)
ONE_TABLE = Pattern(
    notice="江门标杆示范-2023",
    bureau="示例县工信局",
    example="示例企业",
    row="示例企业",
    unit="示例卫浴科技有限公司",
    counts=("件数: 2", "候选单位数: 5"),
    harmless=("过了截止日",),
)


@dataclass(frozen=True, slots=True)
class Province:
    """A workspace with its applicants; `broken` tells how each is that cannot pass."""

    root: Path
    pattern: Pattern
    sound: tuple[str, ...]
    broken: Mapping[str, str]

    @property
    def out(self) -> Path:
        return self.root / "out" / self.pattern.notice / self.pattern.bureau

    def folder(self, name: str) -> Path:
        return self.root / "data" / "申报单位" / name


def province(root: Path, count: int, broken: int = 0, pattern: Pattern = LETTERS_EACH) -> Province:
    """A workspace in `root` with `count` applicants, `broken` of them in all the ways in turn.

    The broken ones are spread among the sound ones. What all have alike (scans) is on the disk
    only once.
    """
    for name in FOLDERS:
        shutil.copytree(ROOT / name, root / name)
    (root / ".local").mkdir()
    (root / ".local" / "fonts").symlink_to(ROOT / ".local" / "fonts")
    names = [f"示例第{number:05d}家" for number in range(1, count + 1)]
    step = max(count // broken, 1) if broken else 0
    ways = islice(cycle(way for way in WAYS if way not in pattern.harmless), broken)
    chosen = dict(zip(names[step // 2 :: step], ways, strict=False)) if step else {}
    data = root / "data" / "申报单位"
    first = ROOT / "data" / "申报单位" / pattern.example
    text = (first / "申报单位.yaml").read_text("utf-8")
    code = re.search(r"^统一社会信用代码: (\w+)", text, re.M)
    assert code is not None
    for number, name in enumerate(names, 1):
        folder = data / name
        _copied(first, folder, data / names[0])
        own = text.replace(pattern.unit, f"示例第{number:05d}号{pattern.unit[2:]}")
        own = own.replace(code[1], credit_code(code[1][:9], number))
        (folder / "申报单位.yaml").write_text(own, "utf-8")
    rows = {name: _row(pattern, name) for name in names}
    for name, way in chosen.items():
        rows[name] = WAYS[way](data / name, rows[name]) or rows[name]
    _bureau(root, pattern, "".join(rows.values()), count - len(chosen))
    return Province(root, pattern, tuple(n for n in names if n not in chosen), chosen)


def credit_code(start: str, number: int) -> str:
    """A code that passes the check of GB 32100, and that nobody has."""
    body = f"{start[:8]}Z{number:08d}".replace("Z", "M")
    total = sum(LETTERS.index(letter) * pow(3, place, 31) for place, letter in enumerate(body))
    return body + LETTERS[-total % 31]


def _copied(example: Path, folder: Path, first: Path) -> None:
    """The prose as files of its own; scans as links to those of the first, or else as copies."""
    shutil.copytree(example / "正文", folder / "正文")
    (folder / "证明材料").mkdir()
    for scan in sorted((example / "证明材料").iterdir()):
        own = folder / "证明材料" / scan.name
        if folder == first:
            shutil.copyfile(scan, own)
        else:
            os.link(first / "证明材料" / scan.name, own)


def _example_bureau(pattern: Pattern) -> tuple[str, list[str], str]:
    """The text of the example bureau's file before its candidates, their rows, and after them."""
    text = (ROOT / "data" / "主管部门" / f"{pattern.bureau}.yaml").read_text("utf-8")
    section = text.index(f"\n{pattern.notice}:\n")
    start = text.index("\n  推荐对象:\n", section) + len("\n  推荐对象:\n")
    rest = re.search(r"^(?:\S|  \S)", text[start:], re.M)
    end = start + rest.start() if rest else len(text)
    rows = re.split(r"^(?=    - )", text[start:end], flags=re.M)
    return text[:start], [row for row in rows if row.startswith("    - ")], text[end:]


def _row(pattern: Pattern, name: str) -> str:
    """The row of one candidate, as the example has it of another."""
    _, rows, _ = _example_bureau(pattern)
    row = next(row for row in rows if row.startswith(f"    - 申报单位: {pattern.row}\n"))
    return row.replace(f"申报单位: {pattern.row}", f"申报单位: {name}").rstrip() + "\n"


def _bureau(root: Path, pattern: Pattern, rows: str, sound: int) -> None:
    before, _, after = _example_bureau(pattern)
    for figure in pattern.counts:
        key, _, number = figure.partition(": ")
        wanted = f"{key}: {sound}"
        before, after = (
            re.sub(rf"{key}: {number}$", wanted, part, flags=re.M) for part in (before, after)
        )
    file = root / "data" / "主管部门" / f"{pattern.bureau}.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(before + rows + after, "utf-8")
