"""docs/常见问题.md: its commands do as it says, and its messages are those of the tool."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import xlsxwriter
import yaml

from docgen.cli.make import arguments
from tests.cli.kit import Done, inside
from tests.kit import ROOT, edit, text_of, workspace

PAGE = (ROOT / "docs/常见问题.md").read_text("utf-8")
MAKE = re.findall(r"`(make [^`]+)`|^(make .*)$", PAGE, re.M)
COMMANDS = [one or other for one, other in MAKE if "=" in one + other]
OURS, NOTICE, CITY = "客户甲", "江苏数促中心-2026", "示例区工信局"
FACTS = f"data/申报单位/{OURS}/申报单位.yaml"
CODES = {"make 建设方案 APP=客户乙": 2, "make 出处 TEXT=旧名字 APP=客户甲": 2}
ELSEWHERE = {"make 比较 APP=示例联合体 AGAINST=HEAD"}  # needs git: tests/pipeline/test_diff.py


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace in which 客户甲 is the copied example that question 1 speaks of."""
    folder = workspace(tmp_path)
    shutil.copytree(folder / "data/申报单位/示例联合体", folder / f"data/申报单位/{OURS}")
    return folder


def make(root: Path, line: str) -> Done:
    """A command line of make, in this process."""
    goal, *values = line.split()[1:]
    environ = dict(value.split("=", 1) for value in values)
    return inside(root, *arguments({"DOCGEN_GOAL": goal, **environ}))


def answer(number: int) -> str:
    """The text below a question, without the breaks of its lines."""
    (text,) = re.findall(rf"(?ms)^\*\*{number}\. .*?\*\*\n(.*?)(?=^\*\*|^## |\Z)", PAGE)
    return text.replace("\n", "")


def test_every_command_of_the_page_does_what_it_is_for(root: Path) -> None:
    make(root, "make 建设方案 APP=示例联合体 FORMAT=docx")
    for line in COMMANDS:
        if "FINAL=1" in line or line in ELSEWHERE:
            continue
        done = make(root, line)
        assert done.code == CODES.get(line, 0), f"{line}\n{done.out}{done.err}"
        if line.endswith("APP=客户乙"):
            assert f"是不是“{OURS}”？" in done.err


def test_a_new_name_and_where_the_old_one_still_stands(root: Path) -> None:
    old = "示例数字科技有限公司"
    edit(root, FACTS, f"\n单位名称: {old}\n", "\n单位名称: 示例新名有限公司\n")
    make(root, f"make 全部 APP={OURS} NOTICE={NOTICE} FORMAT=docx")
    done = make(root, f"make 出处 TEXT={old} APP={OURS}")
    assert done.code == 0 and f"{FACTS}:" in done.out and "合规声明" in done.out
    assert "没有这几个字" in make(root, f"make 出处 TEXT=旧名字 APP={OURS}").err
    assert "没有这几个字" in answer(11)


def test_a_wrong_key_and_a_wrong_reference(root: Path) -> None:
    edit(root, FACTS, "\n法定代表人: ", "\n法定代表: ")
    chapter = f"data/申报单位/{OURS}/正文/6 运营机制.md"
    path = root / chapter
    path.write_text(path.read_text("utf-8") + "\n服务【=服务企业】家。\n", "utf-8")
    told = make(root, f"make 检查 APP={OURS} ALL=1").out
    for number in (8, 10):
        for said in re.findall(r"`(未知键[^`]*|是不是[^`]*|数据里[^`]*)`", answer(number)):
            assert said in told


def test_a_table_in_excel(root: Path) -> None:
    make(root, f"make 建设方案 APP={OURS} NOTICE={NOTICE} FORMAT=docx")
    made = root / f"out/{NOTICE}/{OURS}/建设方案.docx"
    before = made.read_bytes()
    text = (root / FACTS).read_text("utf-8")
    rows = yaml.load(text, yaml.BaseLoader)["案例"]
    _book(root, rows)
    told = make(root, f"make 检查 APP={OURS} ALL=1").out
    assert re.search(r"“案例”在 \S+申报单位\.yaml:\d+ 和 \S+案例\.xlsx 里都有", told)
    assert "里都有，分不清用哪一份" in told and "里都有，分不清用哪一份" in answer(12)
    table = re.search(r"(?m)^案例:\n((?: .*|#.*|)\n)*?(?=^\S)", text)
    assert table is not None
    for empty in ("", "案例:\n  # - 客户:\n"):
        (root / FACTS).write_text(text.replace(table[0], empty), "utf-8")
        made.unlink()
        make(root, f"make 建设方案 APP={OURS} NOTICE={NOTICE} FORMAT=docx")
        assert made.read_bytes() == before
    _book(root, [{"客户名称" if k == "客户" else k: row[k] for k in row} for row in rows])
    told = make(root, f"make 检查 APP={OURS} ALL=1").out
    assert "案例.xlsx Sheet1!" in told
    for said in ("没有“客户名称”这一栏", "是不是“客户”？"):
        assert said in told and said in answer(12)


def _book(root: Path, rows: list[dict[str, object]]) -> None:
    file = root / f"data/申报单位/{OURS}/表/案例.xlsx"
    file.parent.mkdir(exist_ok=True)
    columns = list(dict.fromkeys(key for row in rows for key in row))
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, columns)
        for number, row in enumerate(rows, 1):
            values = [row.get(key, "") for key in columns]
            texts = ["、".join(v) if isinstance(v, list) else str(v) for v in values]
            for column, value in enumerate(texts):
                sheet.write_string(number, column, value)


def test_one_candidate_fails_and_the_other_goes_on(root: Path) -> None:
    (line,) = (command for command in COMMANDS if "FINAL=1" in command and "BUREAU" in command)
    edit(root, "data/申报单位/示例服务商/申报单位.yaml", "\n独立法人: 是\n", "\n独立法人: 否\n")
    done = make(root, f"{line} FORMAT=docx")
    assert done.code == 1
    assert "“示例服务商”没有列入定稿：" in done.out and "“示例服务商”没有列入定稿：" in answer(18)
    made = {path.name: text_of(path) for path in root.rglob(f"out/*/{CITY}/**/*.docx")}
    assert {"示例津促进中心.docx", "示例服务商.docx"} <= set(made)
    assert not {"推荐函.docx", "推荐汇总表.docx"} & set(made), "they are about 服务商, all left out"
    told_of = {name for name, text in made.items() if "示例津智数字技术有限公司" in text}
    assert told_of - {"送件清单.docx"} == {"示例服务商.docx"}
    assert not [name for name in made if ".草稿" in name]
    assert make(root, f"make 检查 BUREAU={CITY}").code == 1


def test_the_page_counts_its_questions() -> None:
    numbers = [int(n) for n in re.findall(r"(?m)^\*\*(\d+)\. ", PAGE)]
    assert numbers == list(range(1, len(numbers) + 1)) and len(numbers) >= 26
