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

OWN = ["真实性承诺书", "送件清单"]  # what every notice has of 通用
LIST = ["送件清单"]
STACK = "推荐意见合订.pdf"  # all letters to print
SHEETS = ("送件清单", "推荐汇总表")  # what comes as a workbook as well
CITY, NATION = "江苏数促中心-2026", "国家数促中心-2026"
COUNTY = "江苏县域试点-2025"
EVERYTHING = [
    ("-a", "示例联合体", CITY, ["建设方案", "联合协议", *OWN]),
    ("-a", "示例联合体", NATION, ["建设方案", "联合协议", *OWN]),
    ("-a", "示例单体", CITY, ["建设方案", *OWN]),
    ("-b", "示例市工信局", CITY, ["推荐意见/示例单体", "推荐意见/示例联合体", *LIST]),
    ("-b", "示例省工信厅", NATION, ["推荐意见/示例单体", "推荐意见/示例联合体", *LIST]),
    ("-a", "示例县", COUNTY, ["实施方案", *LIST]),
    ("-b", "示例市工信局", COUNTY, ["推荐函", *LIST]),
    ("-a", "示例综合", "", ["申报书", "建设方案", "合作协议", *OWN]),
    ("-a", "示例行业", "", ["申报书", "建设方案", *OWN]),
    ("-a", "示例技术创新", "", ["申报书", "建设方案", *OWN]),
    ("-a", "示例产业孵化", "", ["申报书", "建设方案", *OWN]),
    ("-a", "示例人才培育", "", ["申报书", "建设方案", "合作协议", *OWN]),
    (
        "-a",
        "示例中小企业服务",
        "",
        ["申报书", "建设方案", "年度报告", "变更报告", *OWN],
    ),
    (
        "-b",
        "示例州工信局",
        "",
        [f"推荐意见/示例{name}" for name in ("综合", "技术创新", "产业孵化", "人才培育")] + LIST,
    ),
    ("-a", "示例服务商", "", ["申报书", *OWN]),
    ("-a", "示例津促进中心", "", ["建设方案", "联合协议", *OWN]),
    ("-b", "示例区工信局", "", ["推荐函", "推荐汇总表", "推荐意见/示例津促进中心", *LIST]),
    ("-a", "示例企业", "", ["申报书", *LIST]),
    ("-a", "示例车间", "", ["申报书", *LIST]),
    ("-b", "示例县工信局", "", ["推荐函", "推荐汇总表", *LIST]),
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
    wanted = {f"{d}.{kind}" for d in documents for kind in ("docx", "pdf")}
    wanted |= {f"{d}.xlsx" for d in documents if d in SHEETS}
    if option == "-b":
        wanted |= {"审核台账.xlsx"}
    if sum(d.startswith("推荐意见/") for d in documents) > 1:
        wanted |= {STACK}
    assert made == wanted
    for output in run.json["outputs"]:
        path = place / output["path"]
        if path.suffix == ".docx":
            with zipfile.ZipFile(path) as package:
                assert package.testzip() is None
            words = text_of(path)
            for leftover in ("{{", "{%", "None", "nan", "待补", "Missing"):
                assert leftover not in words
        elif path.suffix == ".pdf" and path.name != STACK:
            pdf = pypdfium2.PdfDocument(io.BytesIO(path.read_bytes()))
            word = path.with_suffix(".docx").read_bytes()
            assert agreement(word, path.read_bytes(), pages=output["pages"]) == ()
            words = squeezed("".join(page.get_textpage().get_text_range() for page in pdf))
            typed = [squeezed(t) for t in text_of(path.with_suffix(".docx")).split("\n")]
            long = [t for t in typed if 12 < len(t) < 60 and not t[-1].isdigit()]
            lost = [t for t in long if t not in words]
            assert len(lost) <= len(long) // 20, lost[:5]


def test_no_example_is_left_out() -> None:
    there = {p.parent.name for p in ROOT.glob("data/申报单位/示例*/申报单位.yaml")}
    there |= {path.stem for path in ROOT.glob("data/主管部门/示例*.yaml")}
    assert {name for _, name, _, _ in EVERYTHING} == there


def test_the_plan_of_the_consortium_is_of_real_length(place: Path) -> None:
    run = docgen(place, "build", "建设方案", "-a", "示例联合体", "--json")
    assert run.json["outputs"]
    assert all(o["pages"] >= 30 for o in run.json["outputs"])


def test_evidence_of_the_examples_is_small() -> None:
    for path in ROOT.glob("data/申报单位/示例*/证明材料/*"):
        assert path.stat().st_size < 20_000, path
