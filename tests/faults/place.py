"""A small workspace, and scenes in it: a command, and what stands before it is run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.bind.kit import paper
from tests.excel.kit import SLUG, filled
from tests.fill.kit import docx
from tests.kit import ROOT

OTHER, BUREAU, NEVER = "另一通知-2026", "市局", "从无到有"
NOTICE = """\
名称: 测试通知
文号: 测试〔2026〕1号
成文日期: 2026-05-25
状态: 有效
复核: 2026-06-01
期限: {线上申报: [2026-05-27, 2026-06-20]}
"""
FIELDS = """\
申报单位:
  申报日期: {类型: 日期, 必填: 是, 条款: 三}
  单位名称: {类型: 文字, 必填: 是, 条款: 一}
  电话: {类型: 文字, 必填: 是, 条款: 一}
  证明材料:
    类型: 表
    字段:
      编号: {类型: 文字, 必填: 是}
      名称: {类型: 文字, 必填: 是}
      文件: {类型: 文字, 格式: 证明文件, 必填: 是}
主管部门:
  单位名称: {类型: 文字, 必填: 是}
  推荐日期: {类型: 日期, 必填: 是}
  推荐对象:
    类型: 表
    字段:
      申报单位: {类型: 文字, 必填: 是}
      结论: {类型: 单选, 选项: [同意推荐]}
"""
RULES = "- {编号: T-1, 条款: 一, 名称: 有名称, 须填: [单位名称]}\n"
PAPERS = """\
- {文种: 方案, 标题: 测试方案, 模板: 方案/测试.docx, 出具: 申报单位, 格式: [docx, pdf], 条款: 三}
- {文种: 推荐意见, 标题: 推荐意见, 模板: 推荐意见/测试.docx, 出具: 主管部门, 每个推荐对象: 是, \
格式: [docx, pdf], 条款: 四}
- {文种: 推荐函, 标题: 推荐函, 模板: 推荐函/测试.docx, 出具: 主管部门, 格式: [docx, xlsx], 条款: 四}
"""
TEMPLATES = {
    "方案": ("{{ 单位名称 }}", "{{ 电话 }}"),
    "推荐意见": ("{{ 单位名称 }}", "{{ 对象.申报.单位名称 }}", "{{ 对象.结论 }}"),
    "推荐函": ("{{ 单位名称 }}", "{% for 家 in 推荐对象 %}{{ 家.申报单位 }}{% endfor %}"),
    "证明材料目录": ("{{ 单位名称 }}",),
}
FACTS = f"""\
申报: [{SLUG}]
申报日期: 2026-06-01
单位名称: 甲公司
电话: 000-00000001
证明材料:
  - {{编号: 证01, 名称: 执照, 文件: 执照.pdf}}
"""
LETTERS = """\
单位名称: 市局
{0}:
  推荐日期: 2026-06-08
  推荐对象:
    - {{申报单位: {1}, 结论: 同意推荐}}
    - {{申报单位: {2}, 结论: 同意推荐}}
"""


@dataclass(frozen=True)
class Scene:
    """`ready` makes what stands before; commands that it yields are run undisturbed."""

    name: str
    words: tuple[str, ...]
    ready: Callable[[Path], Iterator[tuple[str, ...]]]
    heavy: bool = False  # hundreds of files: a sample of its points will do


def place(root: Path) -> None:
    """The packs, templates, three applicants and a bureau."""
    for slug in (SLUG, OTHER):
        more = "  资本: {类型: 数, 单位: 万元}\n" if slug == OTHER else ""
        fields = FIELDS.replace("主管部门:", f"{more}主管部门:")
        pack = {"通知": NOTICE, "字段": fields, "规则": RULES, "材料": PAPERS}
        for name, text in pack.items():
            write(root / "notices" / slug / f"{name}.yaml", text)
    for kind, lines in TEMPLATES.items():
        name = "通用" if kind == "证明材料目录" else "测试"
        write(root / "templates" / kind / f"{name}.docx", docx(*lines))
    for name in "甲乙丙":
        write(root / f"data/申报单位/{name}/申报单位.yaml", FACTS.replace("甲公司", f"{name}公司"))
        write(root / f"data/申报单位/{name}/证明材料/执照.pdf", paper("licence"))
    write(root / f"data/主管部门/{BUREAU}.yaml", LETTERS.format(SLUG, "甲", "乙"))
    (root / ".local").mkdir()
    (root / ".local/fonts").symlink_to(ROOT / ".local/fonts")


def write(path: Path, content: str | bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)


def _facts(root: Path, old: str, new: str) -> None:
    path = root / "data/申报单位/甲/申报单位.yaml"
    write(path, path.read_text("utf-8").replace(old, new))


PHONE = "电话: 000-00000001\n"
BUILD = ("build", "方案", "-a", "甲")
LETTER = ("build", "--all", "-b", BUREAU, "-n", SLUG)
BIND = ("bind", "-a", "甲")
IMPORT = ("import", "报名表.xlsx", "-n", SLUG, "-b", BUREAU)


def _nothing(root: Path) -> Iterator[tuple[str, ...]]:
    yield from ()


def _draft(root: Path) -> Iterator[tuple[str, ...]]:
    _facts(root, PHONE, "电话:\n")
    yield BUILD
    _facts(root, "电话:\n", PHONE)


def _letters(root: Path) -> Iterator[tuple[str, ...]]:
    yield LETTER
    write(root / f"data/主管部门/{BUREAU}.yaml", LETTERS.format(SLUG, "甲", "丙"))


def _bound(root: Path) -> Iterator[tuple[str, ...]]:
    yield BIND
    write(root / "data/申报单位/甲/证明材料/执照.pdf", paper("licence", "second page"))


def _book(root: Path) -> Iterator[tuple[str, ...]]:
    rows = [
        {"名称": "甲", "单位名称": "甲有限公司", "电话": "000-00000009"},
        {"名称": "丁", "单位名称": "丁公司"},
    ]
    filled(root, {"申报单位": rows})
    (root / "空表.xlsx").unlink()
    yield from ()


def _without(kind: str) -> Callable[[Path], Iterator[tuple[str, ...]]]:
    def ready(root: Path) -> Iterator[tuple[str, ...]]:
        (root / f"templates/{kind}/测试.docx").unlink()
        yield from ()

    return ready


SCENES = (
    Scene("新建成品", BUILD, _nothing),
    Scene("草稿变定稿", BUILD, _draft),
    Scene("主管部门换一家", LETTER, _letters),
    Scene("装订", BIND, _bound),
    Scene("导入", IMPORT, _book),
    Scene("报名表", ("sheet", "-n", SLUG, "-o", "新表.xlsx"), _nothing),
    Scene("新建资料", ("new", "戊", "-n", SLUG), _nothing),
    Scene("补充资料", ("new", "甲", "-n", OTHER), _nothing),
    Scene("新建主管部门", ("new", "-b", "新局", "-n", SLUG), _nothing),
    Scene("新建模板", ("template", "new", "方案", "-n", SLUG), _without("方案")),
    Scene("工作文件夹", ("init", "新文件夹"), _nothing, heavy=True),
)
