"""docs/新增通知.md, followed to the letter in a workspace of its own: a notice from nothing."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from tests.cli.kit import inside
from tests.kit import ROOT, text_of
from tests.scaffold.kit import empty

PAGE = (ROOT / "docs/新增通知.md").read_text("utf-8").split("## 几个通知之间")[0]
STEP = re.compile(r"(?ms)^(?:`([^`\n]+)`：\n\n)?```(yaml|markdown|sh)\n(.*?)^```$")


def follow(root: Path) -> dict[str, str]:
    """Writes each file and runs each command in the order of the page; what each command said."""
    said = {}
    for file, kind, text in STEP.findall(PAGE):
        if kind != "sh":
            (root / file).parent.mkdir(parents=True, exist_ok=True)
            (root / file).write_text(text, "utf-8")
            continue
        for line in text.splitlines():
            done = inside(root, *shlex.split(line)[1:])
            assert done.code == 0, f"{line}\n{done.out}{done.err}"
            said[line] = done.out
    return said


def test_a_notice_from_nothing(tmp_path: Path) -> None:
    root = empty(tmp_path)
    said = follow(root)
    assert "没有发现问题" in said["docgen notice check 示例补贴-2026"]
    assert "规则 3 条" in said["docgen notice show 示例补贴-2026"]
    assert said["docgen check -a 示例甲厂"].startswith("能交    示例甲厂 · 示例补贴-2026")
    made = text_of(root / "out/示例补贴-2026/示例甲厂/申报书.docx")
    assert "车间联网" in made and "质量追溯" in made and "【待补" not in made
    assert "不良品率由2.1%降到1.2%" in made
    assert (root / "out/示例补贴-2026/示例甲厂/申报书.pdf").is_file()
    assert (root / "data/申报单位/示例甲厂/正文/1 项目情况.md").is_file()


def test_a_fault_in_the_pack_is_named(tmp_path: Path) -> None:
    root = empty(tmp_path)
    follow(root)
    rules = root / "notices/示例补贴-2026/规则.yaml"
    rules.write_text(rules.read_text("utf-8").replace("取值: 员工总数", "取值: 员工数"), "utf-8")
    done = inside(root, "notice", "check", "示例补贴-2026")
    assert done.code == 1 and "B-Q01 用到的“员工数”没有声明" in done.out
