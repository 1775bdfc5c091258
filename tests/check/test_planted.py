"""Defects planted one at a time in a real applicant: each is named at its place, by its label."""

from __future__ import annotations

import shutil
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import typst

from tests.kit import ROOT, docgen, workspace

WHO = "示例联合体"
YAML = "申报单位.yaml"
BODY = "正文/1 建设主体情况.md"
MONEY = "正文/8 投资与资金筹措.md"
HEAD = "## 牵头单位概况\n\n"


@dataclass(frozen=True)
class Defect:
    """What is typed in the place of what, and what `check` must say of that line."""

    name: str
    old: str
    new: str
    code: str
    says: tuple[str, ...]
    file: str = YAML
    severity: str = "error"
    at: str = ""


DEFECTS = [
    Defect(
        "代码错一位",
        "码: 91320000MA00000016",
        "码: 91320000MA00000017",
        "格式",
        ("统一社会信用代码", "应为 6"),
    ),
    Defect(
        "成立日期在未来",
        "成立日期: 2016-03-18",
        "成立日期: 2036-03-18",
        "范围",
        ("“成立日期”", "2036年3月18日", "申报日期（2026年6月1日）"),
    ),
    Defect(
        "注册资本为负", "注册资本: 6000", "注册资本: -6000", "范围", ("“注册资本”是 -6000 万元",)
    ),
    Defect(
        "人数为负",
        "员工总数: 236",
        "员工总数: -236",
        "范围",
        ("“员工总数”是 -236 人",),
        severity="warning",
    ),
    Defect(
        "比率超过百分之百",
        "资产负债率: 44.6%",
        "资产负债率: 144.6%",
        "范围",
        ("近三年财务第1行·资产负债率", "144.6%"),
        severity="warning",
    ),
    Defect(
        "签订早于成立",
        "签订日期: 2026-05-20",
        "签订日期: 2006-05-20",
        "范围",
        ("“联合协议·签订日期”是 2006年5月20日", "成立日期（2016年3月18日）"),
    ),
    Defect(
        "成员用了牵头的代码",
        "码: 12320000MA0000002E",
        "码: 91320000MA00000016",
        "身份",
        ("成员单位第1行·统一社会信用代码", "示例数字科技有限公司", "申报单位.yaml 第 11 行"),
    ),
    Defect(
        "同名两个代码",
        "- 单位名称: 示例智造研究院\n    统一",
        "- 单位名称: 示例数字科技有限公司\n    统一",
        "身份",
        ("示例数字科技有限公司", "12320000MA0000002E", "91320000MA00000016"),
        at="12320000MA0000002E",
    ),
    Defect(
        "结束早于开始",
        "结束: 2020-03",
        "结束: 2018-03",
        "范围",
        ("案例第1行·结束", "开始（2019年4月）"),
    ),
    Defect(
        "没有这一天",
        "签订日期: 2026-05-20",
        "签订日期: 2026-02-30",
        "类型",
        ("签订日期", "没有这一天"),
    ),
    Defect("手机少一位", "手机: 13000000001", "手机: 1300000000", "格式", ("手机", "不像电话号码")),
    Defect(
        "不在可选之列", "单位性质: 企业\n独立", "单位性质: 私企\n独立", "选项", ("单位性质", "私企")
    ),
    Defect("键名写错", "员工总数: 236", "员工人数: 236", "未知键", ("员工人数",)),
    Defect("证明编号重复", "编号: 证02,", "编号: 证01,", "重复编号", ("证01", "用了两次")),
    Defect("引用了没有的证明", "证明: 证10", "证明: 证99", "证明未列", ("证99",)),
    Defect(
        "资金来源合计不符",
        "合计3680万元，见资金来源表",
        "合计3690万元，见资金来源表",
        "合计",
        ("合计 3690万元", "资金来源", "3680万元", "申报单位.yaml 第"),
        MONEY,
        "warning",
    ),
    Defect(
        "分配比例不到一百",
        "按50%、30%、20%分配",
        "按50%、30%、10%分配",
        "百分比",
        ("合计 90%",),
        severity="warning",
    ),
    Defect(
        "大小写不符",
        "建设期三年，总投入3680万元。",
        "建设期三年，总投入人民币叁仟陆佰捌拾万元整（¥3,860,000.00）。",
        "大小写",
        ("叁仟陆佰捌拾万元整", "3,860,000.00"),
        severity="warning",
    ),
    Defect(
        "签约方名称错一字",
        "- 示例云联网络有限公司\n  合作",
        "- 示例云联网洛有限公司\n  合作",
        "名称不一",
        ("示例云联网洛有限公司", "示例云联网络有限公司"),
        severity="warning",
    ),
    Defect(
        "正文名称错一字",
        HEAD,
        HEAD + "示例智造研穷院承担测试。\n\n",
        "名称不一",
        ("示例智造研穷院", "示例智造研究院", "申报单位.yaml 第"),
        BODY,
        "warning",
    ),
    Defect(
        "正文代码错一位",
        HEAD,
        HEAD + "代码为91320000MA00000061。\n\n",
        "代码不一",
        ("91320000MA00000061", "91320000MA00000016"),
        BODY,
        "warning",
    ),
    Defect(
        "万元写成元",
        HEAD,
        HEAD + "公司注册资本6000元。\n\n",
        "数值不一",
        ("“注册资本”", "6000元", "申报单位.yaml 第 20 行", "6000 万元"),
        BODY,
        "warning",
    ),
    Defect(
        "表的合计不符",
        "| 合计 | 1620 | 1240 | 820 | 3680 |",
        "| 合计 | 1620 | 1240 | 820 | 3690 |",
        "合计",
        ("3690", "3680"),
        MONEY,
        "warning",
    ),
    Defect("还留着待补", HEAD, HEAD + "【待补：沿革】\n\n", "待补", ("【待补：沿革】",), BODY),
    Defect("引用的路径没有", HEAD, HEAD + "共【=人数】人。\n\n", "引用", ("人数",), BODY),
]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return workspace(tmp_path_factory.mktemp("planted"))


def planted(place: Path, defect: Defect) -> int:
    """A copy of the example with the defect in it, under the defect's name; the line it is on."""
    folder = place / "data/申报单位" / defect.name
    shutil.copytree(place / "data/申报单位" / WHO, folder)
    path = folder / defect.file
    text = path.read_text(encoding="utf-8")
    assert defect.old in text, defect.old
    path.write_text(text.replace(defect.old, defect.new, 1), encoding="utf-8")
    changed = path.read_text(encoding="utf-8").splitlines()
    before = text.splitlines()
    line = next(n for n, (a, b) in enumerate(zip(changed, before, strict=False), 1) if a != b)
    if defect.at:
        return next(n for n, a in enumerate(changed[line - 1 :], line) if defect.at in a)
    return line


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.name)
def test_a_planted_defect_is_named_at_its_line(place: Path, defect: Defect) -> None:
    line = planted(place, defect)
    run = docgen(place, "check", "-a", defect.name, "--json")
    there = [p for p in run.problems if p["severity"] != "info"]
    told = [
        p
        for p in there
        if p["file"] == f"data/申报单位/{defect.name}/{defect.file}"
        and p["line"] == line
        and p["code"].startswith(defect.code)
        and p["severity"] == defect.severity
        and all(word in p["message"] for word in defect.says)
    ]
    assert told, (line, [(p["code"], p["line"], p["severity"], p["message"]) for p in there])


def test_no_example_has_a_finding_of_these_kinds(place: Path) -> None:
    kinds = {
        "范围",
        "身份",
        "名称不一",
        "代码不一",
        "数值不一",
        "大小写",
        "百分比",
        "合计",
        "手改不一",
    }
    names = [("-a", p.name) for p in sorted((ROOT / "data/申报单位").glob("示例*"))]
    names += [("-b", p.stem) for p in sorted((ROOT / "data/主管部门").glob("示例*.yaml"))]
    assert len(names) == 18
    for option, name in names:
        found = docgen(place, "check", option, name, "--json").problems
        assert [p for p in found if p["code"] in kinds] == [], name


def test_a_chapter_that_is_not_there_is_named(place: Path) -> None:
    copied(place, "少一章")
    (place / "data/申报单位/少一章/正文/7 实施计划.md").unlink()
    told = of_code(place, "少一章", "S0-M05")
    assert any("实施计划" in p["message"] for p in told)


def test_a_scan_that_is_not_there_and_one_that_is_not_listed_are_named(place: Path) -> None:
    folder = copied(place, "换了扫描件") / "证明材料"
    (folder / "证05近三年审计报告.pdf").rename(folder / "审计报告.pdf")
    (absent,) = of_code(place, "换了扫描件", "缺证明文件")
    (unlisted,) = of_code(place, "换了扫描件", "未列证明")
    assert "证05近三年审计报告.pdf" in absent["message"] and absent["line"] == line_of(
        "证05近三年审计报告.pdf"
    )
    assert "审计报告.pdf" in unlisted["message"]
    assert unlisted["file"].endswith("证明材料/审计报告.pdf")


LICENCE = """营业执照

统一社会信用代码：91320000MA00000061

名称：示例数字科技有限公司

法定代表人：张示例

注册资本：陆佰万元整

成立日期：2016年03月18日
"""


def test_a_licence_that_says_otherwise_is_named_with_its_page_and_the_data(place: Path) -> None:
    folder = copied(place, "执照不同") / "证明材料"
    scan(folder / "证01营业执照-牵头单位.pdf", LICENCE)
    code, *rest = of_code(place, "执照不同", "代码不一")
    assert not rest
    assert code["file"].endswith("证01营业执照-牵头单位.pdf") and code["spot"] == "第1页"
    assert "申报单位.yaml 第 11 行" in code["message"] and "91320000MA00000061" in code["message"]
    values = of_code(place, "执照不同", "数值不一")
    assert any("“注册资本”" in p["message"] and "陆佰万元整" in p["message"] for p in values)
    assert not [p for p in values if "成立日期" in p["message"] or "代表人" in p["message"]]


def test_a_licence_that_agrees_is_not_spoken_of(place: Path) -> None:
    folder = copied(place, "执照相同") / "证明材料"
    right = LICENCE.replace("MA00000061", "MA00000016").replace("陆佰万元", "陆仟万元")
    scan(folder / "证01营业执照-牵头单位.pdf", right)
    run = docgen(place, "check", "-a", "执照相同", "--json")
    assert [p for p in run.problems if p["severity"] != "info"] == []


def test_an_amount_that_its_contract_does_not_have_is_named_at_its_row(place: Path) -> None:
    folder = copied(place, "合同额不同") / "证明材料"
    scan(folder / "证11服务合同-精密机械.pdf", "合同总价为1,680,000.00元（大写：壹佰陆拾捌万元整）")
    (told,) = of_code(place, "合同额不同", "数值不一")
    assert "案例第1行·合同额" in told["message"] and "第1页" in told["message"]
    assert told["line"] == line_of("合同额: 186.0")
    scan(folder / "证11服务合同-精密机械.pdf", "合同总价为1,860,000.00元")
    assert of_code(place, "合同额不同", "数值不一") == []


def test_what_a_hand_changed_in_a_built_document_is_held_against_the_data(place: Path) -> None:
    copied(place, "手改")
    docgen(place, "build", "联合协议", "-a", "手改", "--format", "docx")
    built = next((place / "out").rglob("手改/联合协议.docx"))
    assert of_code(place, "手改", "手改不一") == []
    rewritten(built, "示例智造研究院", "示例智造研究所")
    told = of_code(place, "手改", "手改不一")
    assert any("成员单位第1行·单位名称" in p["message"] for p in told)
    assert all(p["file"].endswith("手改/联合协议.docx") for p in told)
    near = of_code(place, "手改", "名称不一")
    assert near and "段" in near[0]["spot"] and "申报单位.yaml 第 53 行" in near[0]["message"]


def line_of(text: str) -> int:
    lines = (ROOT / "data/申报单位" / WHO / YAML).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


def copied(place: Path, name: str) -> Path:
    folder = place / "data/申报单位" / name
    shutil.copytree(place / "data/申报单位" / WHO, folder)
    return folder


def of_code(place: Path, name: str, code: str) -> list[dict[str, Any]]:
    run = docgen(place, "check", "-a", name, "--json")
    return [p for p in run.problems if p["code"] == code]


def scan(path: Path, text: str) -> None:
    """A PDF with a text layer."""
    fonts = str(ROOT / ".local/fonts")
    source = f'#set text(font: "FandolFang R", lang: "zh")\n{text}'
    path.write_bytes(typst.compile(source.encode(), font_paths=[fonts]))


def rewritten(docx: Path, old: str, new: str) -> None:
    """A Word file in which a hand changed words of the body."""
    with zipfile.ZipFile(docx) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    body = parts["word/document.xml"].decode()
    assert old in body
    parts["word/document.xml"] = body.replace(old, new).encode()
    with zipfile.ZipFile(docx, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
