"""What ships works: every example builds every document of its notices as finals."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from pathlib import Path

import pypdfium2
import pytest

from docgen.typeset import agreement
from tests.kit import ROOT, docgen, text_of, workspace

EVERYTHING = [
    ("-a", "示例联合体", "", ["建设方案", "联合协议"]),
    ("-a", "示例联合体", "国家数促中心-2026", ["建设方案", "联合协议"]),
    ("-a", "示例单体", "", ["建设方案"]),
    ("-b", "示例市工信局", "", ["推荐意见/示例单体", "推荐意见/示例联合体"]),
    ("-b", "示例省工信厅", "", ["推荐意见/示例单体", "推荐意见/示例联合体"]),
]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return workspace(tmp_path_factory.mktemp("示例"))


def squeezed(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text) if not c.isspace())


@pytest.mark.parametrize("option, name, notice, documents", EVERYTHING)
def test_every_document_is_final_in_word_and_pdf(
    place: Path, option: str, name: str, notice: str, documents: list[str]
) -> None:
    chosen = ("-n", notice) if notice else ()
    run = docgen(place, "build", "--all", option, name, *chosen, "--json")
    assert run.code == 0, run.out
    assert run.json["verdict"] in ("通过", "待人工")
    assert not [o for o in run.json["outputs"] if o["draft"]]
    made = {o["path"].split("/", 3)[3] for o in run.json["outputs"]}
    assert made == {f"{d}.{kind}" for d in documents for kind in ("docx", "pdf")}
    for output in run.json["outputs"]:
        path = place / output["path"]
        if path.suffix == ".docx":
            with zipfile.ZipFile(path) as package:
                assert package.testzip() is None
            words = text_of(path)
            for leftover in ("{{", "{%", "None", "nan", "待补", "Missing"):
                assert leftover not in words
        else:
            pdf = pypdfium2.PdfDocument(io.BytesIO(path.read_bytes()))
            word = path.with_suffix(".docx").read_bytes()
            assert agreement(word, path.read_bytes(), pages=output["pages"]) == ()
            words = squeezed("".join(page.get_textpage().get_text_range() for page in pdf))
            typed = [squeezed(t) for t in text_of(path.with_suffix(".docx")).split("\n")]
            long = [t for t in typed if 12 < len(t) < 60 and not t[-1].isdigit()]
            lost = [t for t in long if t not in words]
            assert len(lost) <= len(long) // 20, lost[:5]


def test_the_plan_of_the_consortium_is_of_real_length(place: Path) -> None:
    run = docgen(place, "build", "建设方案", "-a", "示例联合体", "--json")
    assert all(o["pages"] >= 30 for o in run.json["outputs"])


def test_evidence_of_the_examples_is_small() -> None:
    for path in ROOT.glob("data/申报单位/示例*/证明材料/*"):
        assert path.stat().st_size < 20_000, path
