"""A notice of another kind, taken on with data and Word files only: 专精特新中小企业 as a fixture.

The workspace in data/专精特新 holds its pack, templates, two applicants and a bureau; nothing in
docgen knows of it. One applicant passes by its score, one by an exemption from the score.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import docx
import pypdfium2
import pytest
from docx.enum.section import WD_ORIENT

from docgen.model.artifact import Report
from docgen.pipeline import Request, Workspace, build, check, check_notice, match
from docgen.problem import Verdict
from tests.kit import ROOT, edit

FIXTURE = ROOT / "tests" / "data" / "专精特新"
NOTICE, BY_SCORE, EXEMPT, BUREAU = "专精特新-2022", "示例精工", "示例新材", "示例市中小企业局"
FACTS = "data/申报单位/{}/申报单位.yaml"
GOOD = (Verdict.PASS, Verdict.HUMAN)
REQUESTS = (Request(applicant=BY_SCORE), Request(applicant=EXEMPT), Request(bureau=BUREAU))
LINES = {"专业化": 4, "精细化": 4, "特色化": 1, "创新能力": 4}


def _copy(folder: Path) -> Path:
    shutil.copytree(FIXTURE, folder, dirs_exist_ok=True)
    (folder / ".local").mkdir()
    (folder / ".local" / "fonts").symlink_to(ROOT / ".local" / "fonts")
    return folder


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Report]]:
    """The workspace with every document built that it can build, as finals."""
    place = _copy(tmp_path_factory.mktemp("专精特新"))
    every = [
        Request(applicant=r.applicant, bureau=r.bureau, every=True, final=True) for r in REQUESTS
    ]
    return place, [build(Workspace(place), request) for request in every]


def _actual(place: Path, applicant: str) -> dict[str, str]:
    """What was measured, by rule."""
    (subject,) = check(Workspace(place), Request(applicant=applicant)).subjects
    return {finding.rule: finding.actual for finding in subject.findings}


def test_the_pack_holds_to_the_standard() -> None:
    report = check_notice(Workspace(FIXTURE), NOTICE)
    assert [problem.message for problem in report.problems] == []


@pytest.mark.parametrize("request_", REQUESTS, ids=(BY_SCORE, EXEMPT, BUREAU))
def test_everyone_may_hand_in(request_: Request) -> None:
    for subject in check(Workspace(FIXTURE), request_).subjects:
        assert subject.verdict in GOOD, [problem.message for problem in subject.problems]


def test_one_has_the_score_and_one_is_exempt_from_it() -> None:
    assert _actual(FIXTURE, BY_SCORE)["Z-C04"] == "74 分"
    assert _actual(FIXTURE, EXEMPT)["Z-C04"] == "1235 万元"
    assert _actual(FIXTURE, EXEMPT)["Z-C03"] == "3500 万元"


def test_every_document_is_final_and_sound(made: tuple[Path, list[Report]]) -> None:
    place, reports = made
    outputs = [output for report in reports for output in report.outputs]
    assert not [output for output in outputs if output.draft]
    assert not [report for report in reports if report.refused]
    kinds = {(output.subject, Path(output.path).stem) for output in outputs}
    papers = {(name, kind) for name in (BY_SCORE, EXEMPT) for kind in ("申请书", "真实性承诺书")}
    papers |= {(BUREAU, "推荐汇总表")}
    papers |= {(name, "送件清单") for name in (BY_SCORE, EXEMPT, BUREAU)}
    assert kinds == papers
    for output in outputs:
        path = place / output.path
        if path.suffix == ".pdf":
            assert len(pypdfium2.PdfDocument(path)) == output.pages
            continue
        words = "\n".join(_words(path))
        for leftover in ("{{", "{%", "None", "待补", "【"):
            assert leftover not in words, f"{leftover} in {output.path}"


def _words(path: Path) -> list[str]:
    document = docx.Document(str(path))
    cells = [c.text for table in document.tables for row in table.rows for c in row.cells]
    return [paragraph.text for paragraph in document.paragraphs] + cells


@pytest.mark.parametrize(("name", "total"), [(BY_SCORE, 74), (EXEMPT, 44)])
def test_the_scoring_lines_are_printed_and_add_up(
    made: tuple[Path, list[Report]], name: str, total: int
) -> None:
    document = docx.Document(str(made[0] / "out" / NOTICE / name / "申请书.docx"))
    (table,) = [t for t in document.tables if t.cell(0, 1).text == "评价指标"]
    rows = [[cell.text for cell in row.cells] for row in table.rows][1:]
    *lines, last = rows
    assert [line[0] for line in lines] == [
        kind for kind, many in LINES.items() for _ in range(many)
    ]
    points = [(int(full.split()[0]), int(got.split()[0])) for _, _, full, got in lines]
    assert sum(full for full, _ in points) == 100
    assert sum(got for _, got in points) == total
    assert last == ["合计", last[1], "100 分", f"{total} 分"]


def test_the_list_of_the_bureau_is_one_landscape_page(made: tuple[Path, list[Report]]) -> None:
    place, reports = made
    document = docx.Document(str(place / "out" / NOTICE / BUREAU / "推荐汇总表.docx"))
    (section,) = document.sections
    assert section.orientation == WD_ORIENT.LANDSCAPE
    (table,) = document.tables
    assert [row.cells[0].text for row in table.rows] == ["序号", "1", "2"]
    assert "示例精工传动有限公司" in table.cell(1, 1).text
    assert {o.pages for o in reports[2].outputs if Path(o.path).stem == "推荐汇总表"} == {1}


BANDS = [
    ("Z-P01", "主营业务收入: 6900", "主营业务收入: 5250", "3 分"),
    ("Z-P01", "主营业务收入: 6900", "主营业务收入: 5249", "1 分"),
    ("Z-P01", "主营业务收入: 6900", "主营业务收入: 4499", "0 分"),
    ("Z-P02", "主营业务收入: 6900", "主营业务收入: 5536", "2 分"),
    ("Z-P02", "主营业务收入: 6900", "主营业务收入: 5535", "0 分"),
    ("Z-P03", "起始年月: 2014-03", "起始年月: 2022-05", "2 分"),
    ("Z-P05", "数字化等级: 二级", "数字化等级: 一级", "0 分"),
    ("Z-P06", "质量管理体系认证、自主品牌", "自主品牌", "3 分"),
    ("Z-P07", "净利润: 640", "净利润: 150", "2 分"),
    ("Z-P07", "净利润: 640", "净利润: 149", "0 分"),
    ("Z-P08", "资产负债率: 46.0%", "资产负债率: 60%", "3 分"),
    ("Z-P08", "资产负债率: 46.0%", "资产负债率: 70%", "1 分"),
    ("Z-P08", "资产负债率: 46.0%", "资产负债率: 70.1%", "0 分"),
    ("Z-P10", "类别: 自主研发Ⅰ类", "类别: Ⅱ类", "2 分"),
    ("Z-P11", "研发投入: 330", "研发投入: 400", "8 分"),
    ("Z-P11", "研发投入: 330", "研发投入: 299", "4 分"),
    ("Z-P11", "研发投入: 330", "研发投入: 199", "2 分"),
    ("Z-P11", "研发投入: 330", "研发投入: 99", "0 分"),
    ("Z-P12", "研发人员数: 24", "研发人员数: 7", "0 分"),
    ("Z-P13", "级别: 省级\n", "级别: 市级\n", "4 分"),
]


@pytest.mark.parametrize(("rule", "old", "new", "points"), BANDS)
def test_a_value_falls_into_its_band(
    rule: str, old: str, new: str, points: str, tmp_path: Path
) -> None:
    place = _copy(tmp_path)
    edit(place, FACTS.format(BY_SCORE), old, new)
    actual = _actual(place, BY_SCORE)
    assert actual[rule] == points
    scores = [int(said.split()[0]) for code, said in actual.items() if code.startswith("Z-P")]
    assert actual["Z-C04"].split("；")[0] == f"{sum(scores)} 分", "总分与各项之和一致"


@pytest.mark.parametrize("name", [BY_SCORE, EXEMPT])
def test_beside_the_other_notices_it_comes_first(name: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "notices", tmp_path / "notices")
    shutil.copytree(FIXTURE / "notices" / NOTICE, tmp_path / "notices" / NOTICE)
    shutil.copytree(FIXTURE / "data", tmp_path / "data")
    first, *others = match(Workspace(tmp_path), Request(applicant=name))
    assert (first.report.notice.slug, first.applied, first.report.verdict) == (
        NOTICE,
        True,
        GOOD[1],
    )
    assert others and all(one.report.verdict not in GOOD for one in others)
    assert not any(one.applied for one in others)
