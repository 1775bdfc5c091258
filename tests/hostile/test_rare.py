"""Rare hanzi, variants and private signs: kept to the letter in Word and PDF, or named."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from tests.hostile.kit import FACTS, Ended, applicant, run, texts, workspace

BLOCKS = {
    "甲区": (0x3400, 0x4DBF), "基本区末": (0x9FD0, 0x9FFF), "乙区": (0x20000, 0x2A6DF),
    "丙区": (0x2A700, 0x2B739), "丁区": (0x2B740, 0x2B81D), "戊区": (0x2B820, 0x2CEA1),
    "己区": (0x2CEB0, 0x2EBE0), "庚区": (0x30000, 0x3134A), "辛区": (0x31350, 0x323AF),
    "壬区": (0x2EBF0, 0x2EE5D), "兼容": (0xF900, 0xFA6D), "兼容补": (0x2F800, 0x2FA1D),
    "部首": (0x2F00, 0x2FD5), "注音": (0x3105, 0x312F), "带圈": (0x3220, 0x3247),
    "单位": (0x3380, 0x33DF), "全角": (0xFF01, 0xFF5E), "竖排": (0xFE30, 0xFE44),
}  # fmt: skip
OTHERS = {
    "异体选择符": "葛\U000e0100城葛\U000e0101城辻\U000e0100",
    "标准选择符": "\u4fae\ufe00\u50e7\ufe00",
    "自造字": "甲\ue123乙\U000f0001丙",
    "组合": "e\u0301 a\u0304 ê̄",
    "零宽": "甲\u200b乙\u200c丙\u200d丁\u2060戊",
    "表意描述": "⿰亻⿱甲乙〾",
}


def sample(first: int, last: int) -> str:
    """Some twenty signs spread over a block."""
    return "".join(map(chr, range(first, last + 1, max((last - first) // 20, 1))))


TEXTS = {name: sample(*ends) for name, ends in BLOCKS.items()} | OTHERS


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Ended, Path]]:
    root = workspace(tmp_path_factory.mktemp("生僻"))
    for name, text in TEXTS.items():
        folder = applicant(root, name)
        (folder / "申报单位.yaml").write_text(f"{FACTS}备注: 始{text}终\n", "utf-8")
    came = run(root, [("build", "方案", "-a", name, "--json") for name in TEXTS])
    return {n: (e, root / "out/敌意通知-2026" / n) for n, e in zip(TEXTS, came, strict=True)}


def in_pdf(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    return "".join(page.get_textpage().get_text_range() for page in document)


@pytest.mark.parametrize("name", TEXTS)
def test_it_arrives_or_is_named(built: dict[str, tuple[Ended, Path]], name: str) -> None:
    end, folder = built[name]
    assert end.code in (0, 1), end.out[-300:]
    told = " ".join(p["message"] for p in end.problems)
    (docx,), (pdf,) = folder.glob("*.docx"), folder.glob("*.pdf")
    assert f"始{TEXTS[name]}终" in texts(docx)
    shown = "".join(in_pdf(pdf).split())
    lost = [c for c in set(TEXTS[name]) if not c.isspace() and c not in shown]
    assert [f"U+{ord(c):04X}" for c in lost if f"U+{ord(c):04X}" not in told] == []
