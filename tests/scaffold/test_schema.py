"""docgen schema: valid JSON Schemas, which the examples keep to and typical slips do not."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import yaml
from jsonschema import Draft7Validator

from tests.cli.kit import REPOSITORY, inside
from tests.scaffold.kit import NOTICES, empty, file_of, new

EXAMPLES = sorted((REPOSITORY / "data/申报单位").glob("示例*/申报单位.yaml"))
EXAMPLES += sorted((REPOSITORY / "data/主管部门").glob("示例*.yaml"))


def read(text: str) -> Any:
    """A YAML text as an editor's server sees it: YAML 1.2, whose 否, NO and 2026-06-01 are text."""
    return _plain(yaml.compose(text, Loader=yaml.BaseLoader))


def _plain(node: Any) -> Any:
    if isinstance(node, yaml.MappingNode):
        return {_plain(key): _plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item) for item in node.value]
    if node is None or (node.style is None and node.value in ("", "~", "null", "Null", "NULL")):
        return None
    if node.style is None and re.fullmatch(r"[-+]?[0-9]+", node.value):
        return int(node.value)
    if node.style is None and re.fullmatch(r"[-+]?([0-9]*\.)?[0-9]+([eE][-+]?[0-9]+)?", node.value):
        return float(node.value)
    if node.style is None and node.value in ("true", "false"):
        return node.value == "true"
    return node.value


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = empty(tmp_path_factory.mktemp("schema"))
    shutil.copytree(REPOSITORY / "data", folder / "data")
    done = inside(folder, "schema")
    assert done.code == 0, done.err
    return folder


def validator(path: Path) -> Draft7Validator:
    return Draft7Validator(json.loads(path.read_text("utf-8")))


def test_every_schema_is_one(root: Path) -> None:
    files = sorted((root / ".schema").rglob("*.json"))
    assert len(files) > 2 * len({slug for slug, _ in NOTICES})
    for path in files:
        Draft7Validator.check_schema(json.loads(path.read_text("utf-8")))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name} {path.stem}")
def test_an_example_keeps_to_its_schema_and_to_that_of_all(root: Path, path: Path) -> None:
    party = "申报单位" if path.name == "申报单位.yaml" else "主管部门"
    name = path.parent.name if party == "申报单位" else path.stem
    data = read(path.read_text("utf-8"))
    whole = {"申报单位": "applicant.json", "主管部门": "bureau.json"}[party]
    for schema in (f"{party}/{name}.json", whole):
        found = validator(root / ".schema" / schema).iter_errors(data)
        assert [f"{one.json_path}: {one.message}" for one in found] == []


SLIPS = {
    "错字的键": ("单位名称: 示例数字科技有限公司", "单位名稱: 示例数字科技有限公司"),
    "全角冒号": ("法定代表人: 张示例", "法定代表人：张示例: 甲"),
    "日期": ("申报日期: 2026-06-01", "申报日期: 6月1日"),
    "年月": ("服务起始年月: 2019-04", "服务起始年月: 2019"),
    "百分比": ("资产负债率: 44.6%", "资产负债率: 44.6"),
    "数带文字": ("注册资本: 6000", "注册资本: 约6000"),
    "整数": ("员工总数: 236", "员工总数: 236.5"),
    "单选": ("单位性质: 企业", "单位性质: 民营企业"),
    "是否": ("独立法人: 是", "独立法人: 对"),
    "多选": ("服务内容: [评估咨询, 方案开发, 项目实施]", "服务内容: [咨询评估]"),
    "信用代码": ("统一社会信用代码: 91320000MA00000016", "统一社会信用代码: 91320000MA0000001"),
    "电话": ("手机: 13000000001", "手机: 1300000000x"),
    "电话是数": ("手机: 13000000001", "手机: 1300"),
    "邮箱": ("邮箱: chen@example.com", "邮箱: chen.example.com"),
    "组写成文字": ("场所:\n  地址:", "场所: 大道100号\n无:\n  地址:"),
    "表写成组": ("投资估算:\n", "投资估算: {科目: 设备}\n无:\n"),
    "别的编号": ("申报: [江苏数促中心-2026]", "申报: [江苏数促中心-2025]"),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_underlined(root: Path, slip: str) -> None:
    text = (REPOSITORY / "data/申报单位/示例联合体/申报单位.yaml").read_text("utf-8")
    right, wrong = SLIPS[slip]
    assert right in text
    text = text.replace(right, wrong, 1)
    for schema in ("申报单位/示例联合体.json", "江苏数促中心-2026/申报单位.json"):
        assert list(validator(root / ".schema" / schema).iter_errors(read(text)))


def test_what_is_left_open_is_no_fault(root: Path) -> None:
    schema = validator(root / ".schema/江苏数促中心-2026/申报单位.json")
    left = "申报日期: 【待补】\n单位性质: 【待补】\n注册资本: 【待补：注册资本】\n"
    left += "案例:\n场所:\n服务行业: 待补\n"
    assert list(schema.iter_errors(read(left))) == []


@pytest.mark.parametrize(("slug", "track"), NOTICES, ids=" ".join)
def test_new_data_lead_to_a_schema_that_they_keep_to(tmp_path: Path, slug: str, track: str) -> None:
    root = empty(tmp_path)
    new(root, "客户甲", slug, track)
    path = file_of(root, "客户甲")
    text = path.read_text("utf-8")
    (named,) = re.findall(r"\A# yaml-language-server: \$schema=(\S+)\n", text)
    schema = validator((path.parent / named).resolve())
    assert list(schema.iter_errors(read(text))) == []
    filled = re.sub(r"(?m)^( +)# (- |  )", r"\1\2", text)
    assert list(schema.iter_errors(read(filled))) == []


def test_a_field_is_explained_where_it_is_typed(root: Path) -> None:
    schema = json.loads((root / ".schema/江苏数促中心-2026/申报单位.json").read_text("utf-8"))
    at = schema["properties"]["服务行业"]["$ref"].rpartition("/")[2]
    field = schema["definitions"][at]
    assert field["title"] == "服务行业" and field["examples"] == ["机械、汽车"]
    assert "二（二）" in field["description"] and "原则上不超过3个" in field["description"]
    assert "机械" in json.dumps(field["anyOf"], ensure_ascii=False)
    codes = schema["definitions"][schema["properties"]["说明"]["$ref"].rpartition("/")[2]]
    assert codes["properties"]["S0-Q01"]["title"].startswith("S0-Q01 服务的主要行业")


def test_the_editor_is_led_there_and_its_settings_stay(root: Path) -> None:
    new(root, "客户甲", "江苏数促中心-2026")
    settings = json.loads((root / ".vscode/settings.json").read_text("utf-8"))
    for schema, (pattern, quoted) in settings["yaml.schemas"].items():
        assert schema.isascii() and quoted.isascii(), "the YAML server matches no other"
        assert (root / schema).is_file() and list(root.glob(pattern))
        assert unquote(quoted) == pattern
    extensions = json.loads((root / ".vscode/extensions.json").read_text("utf-8"))
    assert extensions["recommendations"] == ["redhat.vscode-yaml"]
    (root / ".vscode/settings.json").write_text("{}", "utf-8")
    new(root, "客户乙", "江苏数促中心-2026")
    assert (root / ".vscode/settings.json").read_text("utf-8") == "{}"
