"""`docgen why`: every value that a document prints leads back to the line where it was typed."""

from __future__ import annotations

import os
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from docgen.fill import read_provenance
from docgen.model.trace import Kind, Origin
from docgen.pipeline import Workspace
from docgen.pipeline.tracing.asking import trace_in
from docgen.pipeline.tracing.mentions import Mentions
from docgen.pipeline.tracing.origins import fact_of
from docgen.pipeline.tracing.papers import Paper, Papers
from tests.kit import Run, docgen, edit, workspace

CITY = "江苏数促中心-2026"
DATA = "data/申报单位/示例联合体/申报单位.yaml"
PLAN = f"out/{CITY}/示例联合体/建设方案.docx"
MADE = (
    "通知",
    "期限",
    "台账",
    "问题",
    "要素",
    "评分表",
    "材料清单",
    "证明目录",
)  # by docgen itself
SOME = [("-a", "示例企业"), ("-b", "示例市工信局"), ("-a", "示例服务商")]
REST = [
    *[("-a", f"示例{name}") for name in ("联合体", "单体", "县", "综合", "行业", "技术创新")],
    *[("-a", f"示例{name}") for name in ("产业孵化", "人才培育", "中小企业服务", "车间")],
    ("-a", "示例津促进中心"),
    *[("-b", f"示例{name}工信局") for name in ("州", "区", "县")],
    ("-b", "示例省工信厅"),
]
ALL = SOME + (REST if os.environ.get("DOCGEN_TEST_ALL") else [])


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return workspace(tmp_path_factory.mktemp("出处"))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The consortium's plan, made; tests work on copies of it."""
    place = workspace(tmp_path_factory.mktemp("方案"))
    assert docgen(place, "build", "建设方案", "-a", "示例联合体").code == 0
    return place


@pytest.fixture
def place(built: Path, tmp_path: Path) -> Path:
    shutil.copytree(built, tmp_path / "w", symlinks=True)
    return tmp_path / "w"


def why(place: Path, *words: str) -> Run:
    return docgen(place, "why", *[whole(place, word) for word in words], "--json")


def whole(place: Path, word: str) -> str:
    """A path in the workspace, which is not where the tests run."""
    return str(place / word) if word.startswith(("out/", "data/", "templates/")) else word


def origins(place: Path, *words: str) -> list[dict[str, object]]:
    run = why(place, *words)
    assert run.code == 0, run.err
    return run.json["origins"]


@pytest.mark.parametrize(("option", "name"), ALL)
def test_every_filled_value_of_the_examples_has_its_source(
    examples: Path, option: str, name: str
) -> None:
    """Held against what the documents themselves say they were filled with."""
    done = docgen(examples, "build", "--all", option, name, "--format", "docx")
    assert done.code == 0, done.out
    papers = Papers(Workspace(examples))
    source = papers.desk.applicant(name) if option == "-a" else papers.desk.bureau(name)
    mentions, asked = Mentions(papers), 0
    for paper in papers.of_subject(source):
        for path, text in values_in(examples, paper):
            traced = trace_in(mentions, [paper], text)
            assert not traced.near, (paper.title, path, text)
            assert any(tells(examples, one, paper, path, text) for one in traced.origins), (
                paper.title, path, text, [(o.kind, o.path, o.where) for o in traced.origins],
            )  # fmt: skip
            asked += 1
    assert asked > 20


def values_in(place: Path, paper: Paper) -> Iterator[tuple[str, str]]:
    """What a built document records of what was put into it; of prose, whole lines."""
    if not paper.file:
        return
    told = read_provenance((place / paper.file).read_bytes())
    assert told is not None and told.used
    seen: set[tuple[str, str]] = set()
    for path, text in told.used.items():
        for line in (one.strip() for one in text.split("\n")):
            if line and (path, line) not in seen and line in "\n".join(texts(paper)):
                seen.add((path, line))
                yield path, line


def texts(paper: Paper) -> list[str]:
    return [passage.text for passage in paper.standing]


def tells(place: Path, origin: Origin, paper: Paper, path: str, text: str) -> bool:
    """Whether an origin is that of a printed path, at the line on which it stands."""
    if origin.kind is Kind.PROSE:
        return stands_at(place, origin, text)
    if origin.kind is Kind.COMPUTED:
        return path in [one.path for one in origin.reads] or bool(origin.tag)
    if path.partition(".")[0] in MADE:
        return origin.kind in (Kind.JUDGED, Kind.NOTICE, Kind.FIELD) and bool(origin.where.file)
    fact = fact_of(paper, path)
    if (origin.subject, origin.path) != fact.key or origin.old:
        return False
    if origin.now is None:
        return text in origin.tag
    here = [one for one in origin.mentions if one.file == paper.file]
    return bool(here) and stands_at(place, origin, text)


def stands_at(place: Path, origin: Origin, text: str) -> bool:
    """Whether figures and the first words of a text stand on the line named or soon after."""
    if not origin.where.line:
        return bool(origin.where.spot)
    lines = (place / origin.where.file).read_text("utf-8").splitlines()
    near = "".join(lines[max(origin.where.line - 5, 0) : origin.where.line + 40])
    words = re.findall(r"[\d.]+|[\u4e00-\u9fff]{2,}", text)[:1]
    typed = [word.lstrip("0") for word in words if not re.fullmatch(r"[年月日是否]+", word)]
    return all(word[:2] in near for word in typed)


def test_a_figure_leads_to_its_line_its_rules_its_proof_and_the_other_places(place: Path) -> None:
    found = origins(place, PLAN, "1268.5")
    field = found[0]
    assert (field["kind"], field["path"], field["subject"]) == (
        "字段", "产业集聚.1.产值", "示例联合体",
    )  # fmt: skip
    line = (place / DATA).read_text("utf-8").splitlines()[int(str(field["line"])) - 1]
    assert line.strip() == "产值: 1268.5"
    assert "S0-E13" in [rule["code"] for rule in field["rules"]]  # type: ignore[attr-defined]
    assert [proof["code"] for proof in field["evidence"]] == ["证24"]  # type: ignore[attr-defined]
    places = [one["place"] for one in field["places"]]  # type: ignore[attr-defined]
    assert "“所在地产业集聚情况”下表“所在地产业集聚情况表”第2行“产值（亿元）”栏" in places
    assert any("基本信息表" in one for one in places)
    prose = [one for one in found if one["kind"] == "正文"]  # the same figure, typed once more
    assert prose and str(prose[0]["file"]).endswith("2 建设基础与优势.md")


NEAR = ["1,268.5", "１２６８．５", "1 268.5", "12685000万元", "0.12685万"]


@pytest.mark.parametrize("words", NEAR)
def test_a_near_miss_is_offered(place: Path, words: str) -> None:
    run = why(place, PLAN, words)
    assert run.json["near"]
    assert "产业集聚.1.产值" in [one["path"] for one in run.json["origins"]]


def test_a_figure_is_not_found_in_a_longer_one(place: Path) -> None:
    assert "产业集聚.1.产值" not in [o["path"] for o in origins(place, PLAN, "268.5")]


def test_template_words_prose_and_computed_values_are_told_as_such(place: Path) -> None:
    (words,) = origins(place, PLAN, "制造业数字化转型促进中心建设方案》及")
    assert (words["kind"], words["file"]) == ("模板", "templates/建设方案/国家数促中心.docx")
    (prose,) = origins(place, PLAN, "离散制造企业的信息系统开发")
    assert prose["kind"] == "正文" and str(prose["file"]).endswith("正文/1 建设主体情况.md")
    assert [proof["code"] for proof in prose["evidence"]] == ["证01"]  # type: ignore[attr-defined]
    sums = [one for one in origins(place, PLAN, "3680") if one["kind"] == "算出"]
    assert "投资估算" in [read["path"] for one in sums for read in one["reads"]]  # type: ignore[attr-defined]


def test_a_value_changed_since_is_called_old_and_where_it_is_now(place: Path) -> None:
    edit(place, DATA, "员工总数: 236", "员工总数: 240")
    found = {one["path"]: one for one in origins(place, PLAN, "236")}
    staff, other = found["员工总数"], found["产业集聚.3.规上企业数"]
    assert (staff["then"], staff["now"], staff["old"]) == ("236", "240", True)
    assert other["old"] is False
    run = docgen(place, "why", str(place / PLAN), "236")
    assert "旧 文书里是“236”，资料现在是“240”" in run.out
    assert "生成之后资料改过" in run.out


def test_what_a_hand_wrote_is_told_as_such(place: Path) -> None:
    plan = place / PLAN
    rewrite(plan, "是依法设立的独立法人", "是依法设立的优秀独立法人")
    run = why(place, PLAN, "优秀独立法人")
    assert [one["kind"] for one in run.json["origins"]] == ["手改"]
    assert any("在 Word 里改过" in note for note in run.json["notes"])
    assert origins(place, PLAN, "1268.5")[0]["path"] == "产业集聚.1.产值"


def rewrite(docx: Path, old: str, new: str) -> None:
    """What a hand does in Word, as far as these tests need it."""
    with zipfile.ZipFile(docx) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    assert parts["word/document.xml"].count(old.encode()) == 1
    parts["word/document.xml"] = parts["word/document.xml"].replace(old.encode(), new.encode())
    with zipfile.ZipFile(docx, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)


def test_the_pdf_and_a_copy_elsewhere_answer_alike(place: Path, tmp_path: Path) -> None:
    expected = [one["path"] for one in origins(place, PLAN, "1268.5")]
    assert [o["path"] for o in origins(place, PLAN.replace("docx", "pdf"), "1268.5")] == expected
    copy = tmp_path / "发给客户.docx"
    shutil.copyfile(place / PLAN, copy)
    assert [one["path"] for one in origins(place, str(copy), "1268.5")] == expected


@pytest.mark.parametrize("word", ["服务行业", "案例.2.客户", "案例第2行·客户", "场所", "员工总数"])
def test_a_field_is_found_by_key_path_or_label(place: Path, word: str) -> None:
    found = origins(place, word, "-a", "示例联合体")
    assert (
        found[0]["path"]
        .replace("案例.2.", "案例第2行·")
        .endswith(word.replace("案例.2.", "案例第2行·"))
    )  # type: ignore[attr-defined]
    assert found[0]["places"] and found[0]["line"]


def test_what_is_not_there_is_said_and_how_to_ask(place: Path) -> None:
    run = docgen(place, "why", str(place / PLAN), "绝无此话")
    assert run.code == 1 and "没有找到" in run.out
    for words, said in (
        (("没有.docx", "1"), "没有“"),
        ((DATA, "1"), "不是成品"),
        (("templates/建设方案/国家数促中心.docx", "1"), "不是 out/ 里的成品"),
        (("1268.5",), "没有指明哪一家"),
        (("甲乙丙", "-a", "示例联合体"), "没有“甲乙丙”这个字段"),
        ((PLAN, " "), "没有写要找的文字"),
    ):
        run = docgen(place, "why", *[whole(place, word) for word in words])
        assert run.code == 2 and said in run.err, (words, run.err)
