"""Every rule that docs/规则写法.md shows is judged as the page says, in a workspace of its own."""

from __future__ import annotations

import re
import runpy
from pathlib import Path
from typing import Any

import pytest
import yaml

from docgen.pipeline import Request, Workspace, check
from tests.kit import ROOT

GUIDE = (ROOT / "docs" / "规则写法.md").read_text("utf-8")
CODE, SLUG, MAIN = "例1", "例", "本单位"
NOT_FACTS = ("结论", "说", "各单位", "附件")
PDF = b"%PDF-1.7\n%%EOF\n"
JPG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9"


def _examples() -> list[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Heading, block and case of every example on the page; YAML scalars stay as typed."""
    found = []
    for heading, block in re.findall(
        r"### ([^\n]+)\n(?:(?!\n### ).)*?```yaml\n(.*?)```", GUIDE, re.S
    ):
        found.append((heading, block))
    blocks = re.findall(r"```yaml\n(.*?)```", GUIDE, re.S)
    heading_of = {block: heading for heading, block in found}
    return [
        (heading_of.get(text, "续"), block, case)
        for text in blocks
        for block in [yaml.load(text, yaml.BaseLoader)]
        if "例" in block
        for case in block["例"]
    ]


EXAMPLES = _examples()


def _write(path: Path, content: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(content, allow_unicode=True, width=1000), "utf-8")


def _field(entry: Any) -> Any:
    if isinstance(entry, str):
        return {"类型": entry}
    inner = {key: _field(member) for key, member in entry.get("字段", {}).items()}
    return {**entry, **({"字段": inner} if inner else {})}


def _workspace(root: Path, block: dict[str, Any], case: dict[str, Any]) -> Workspace:
    pack = root / "notices" / SLUG
    identity = {"名称": "例", "文号": "例〔2026〕1号", "期限": block.get("期限", {})}
    _write(pack / "通知.yaml", {**identity, "复核": "2026-06-01"})
    fields = block["字段"]
    parties = fields if "主管部门" in fields else {"申报单位": fields}
    _write(
        pack / "字段.yaml",
        {party: {k: _field(v) for k, v in own.items()} for party, own in parties.items()},
    )
    _write(pack / "规则.yaml", [{"编号": CODE, "条款": "一", **block["规则"]}])
    _write(pack / "材料.yaml", [])
    if "词表" in block:
        _write(pack / "词表.yaml", block["词表"])
    applicants = case.get("各单位") or {
        MAIN: {key: value for key, value in case.items() if key not in NOT_FACTS}
    }
    for name, facts in applicants.items():
        folder = root / "data" / "申报单位" / name
        _write(folder / "申报单位.yaml", {"申报": [SLUG], **facts})
        for file, megabytes in case.get("附件", {}).items():
            scan = folder / "证明材料" / file
            scan.parent.mkdir(exist_ok=True)
            begin = PDF if file.endswith("pdf") else JPG
            scan.write_bytes(begin + b"\n" * int(float(megabytes) * 1024 * 1024))
    if "主管部门" in parties:
        rows = [{"申报单位": name} for name in applicants]
        _write(root / "data" / "主管部门" / "局.yaml", {SLUG: {"推荐对象": rows}})
    return Workspace(root)


@pytest.mark.parametrize(
    ("heading", "block", "case"),
    EXAMPLES,
    ids=[f"{heading}-{number}" for number, (heading, _, _) in enumerate(EXAMPLES)],
)
def test_an_example_is_judged_as_the_page_says(
    heading: str, block: dict[str, Any], case: dict[str, Any], tmp_path: Path
) -> None:
    workspace = _workspace(tmp_path, block, case)
    who = Request(bureau="局") if "主管部门" in block["字段"] else Request(applicant=MAIN)
    report = check(workspace, who)
    subject = report.subjects[0]
    faults = [p.message for p in subject.problems if p.code in ("表达式", "写法", "未知键")]
    assert not faults
    (finding,) = [found for found in subject.findings if found.rule == CODE]
    told = "\n".join(problem.message for problem in finding.problems)
    assert finding.verdict.value == case["结论"], told
    assert case.get("说", "") in told


def test_the_page_has_an_example_for_every_way_of_judging() -> None:
    shown = "\n".join(re.findall(r"```yaml\n(.*?)```", GUIDE, re.S))
    table = GUIDE.split("判断有这几种写法")[1].split("\n\n")[1]
    words = [word for word in re.findall(r"`([^`]+)`", table) if word not in ("位置", "序号")]
    assert [word for word in words if f"{word}:" not in shown] == []


def test_the_page_of_all_notices_is_up_to_date() -> None:
    script = runpy.run_path(str(ROOT / "docs" / "脚本" / "通知一览.py"), run_name="manual")
    page = (ROOT / "docs" / "通知.md").read_text("utf-8")
    assert page == script["manual"](), "请运行 docs/脚本/通知一览.py"
