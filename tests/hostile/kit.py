"""A small workspace for hostile things, and a runner that takes each on in a process of its own."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.fill.kit import docx
from tests.kit import ROOT

SLUG = "敌意通知-2026"
PACK = {
    "通知.yaml": """\
名称: 敌意通知
文号: 测试〔2026〕1号
成文日期: 2026-05-25
状态: 有效
复核: 2026-06-01
期限: {线上申报: [2026-05-27, 2026-06-20]}
""",
    "字段.yaml": """\
申报单位:
  申报日期: {类型: 日期, 必填: 是, 条款: 一}
  单位名称: {类型: 文字, 必填: 是, 条款: 一}
  备注: {类型: 文字, 条款: 一}
  信用代码: {类型: 文字, 格式: 统一社会信用代码, 条款: 一}
  手机: {类型: 文字, 格式: 电话, 条款: 一}
  身份证号: {类型: 文字, 格式: 身份证号, 条款: 一}
  账号: {类型: 文字, 格式: 银行账号, 条款: 一}
  员工数: {类型: 整数, 单位: 人, 条款: 一}
  营收: {类型: 数, 单位: 万元, 条款: 一}
  占比: {类型: 百分比, 条款: 一}
  成立: {类型: 日期, 条款: 一}
  独立法人: {类型: 是否, 条款: 一}
  行业: {类型: 多选, 选项: [机械, 汽车], 条款: 一}
  架构图: {类型: 图片, 条款: 一}
  简介: {类型: 正文, 条款: 一}
  案例:
    类型: 表
    条款: 一
    字段:
      客户: {类型: 文字}
      金额: {类型: 数, 单位: 万元}
  证明材料:
    类型: 表
    条款: 一
    字段:
      编号: {类型: 文字, 必填: 是}
      名称: {类型: 文字, 必填: 是}
      文件: {类型: 文字, 格式: 证明文件, 必填: 是}
""",
    "规则.yaml": """\
- 编号: H-R01
  条款: 一
  名称: 没有密级标志
  不得有: 全文 | 密级标志
  提示: 删去
""",
    "材料.yaml": """\
- 文种: 方案
  标题: 测试方案
  模板: 方案/测试.docx
  出具: 申报单位
  格式: [docx, pdf]
  条款: 三
  章节: [概述: [背景]]
""",
}
PACK["材料.yaml"] = PACK["材料.yaml"].replace("[概述: [背景]]", "[{名: 概述, 节: [背景]}]")
NAMES = "单位名称 备注 信用代码 手机 身份证号 账号 员工数 营收 占比 成立 独立法人 行业"
TAGS = (
    *(f"{{{{ {name} }}}}" for name in NAMES.split()),
    *("{{p 简介 }}", "{{p 正文.概述 }}", "{{ 架构图 }}"),
    *("{%p for 行 in 案例 %}", "{{ 行.客户 }}：{{ 行.金额 }}", "{%p endfor %}"),
)
FACTS = f"申报: [{SLUG}]\n申报日期: 2026-06-01\n单位名称: 甲公司\n"
PROSE = "## 背景\n\n一段文字。\n"
SECONDS, MEMORY = 10, 2**30
RSS = 512 * 2**20


@dataclass(frozen=True)
class Case:
    """One hostile thing: how it gets into a sound applicant's folder, and what must come of it.

    `says` stands in an error, whose place ends in `file` (and `line`); without it the thing is
    taken, and `prints` stands in the document to the letter.
    """

    name: str
    plant: Callable[[Path], object]
    says: str = ""
    file: str = "申报单位.yaml"
    line: int | None = None
    prints: tuple[str, ...] = ()
    words: tuple[str, ...] = ()  # a command of its own
    quiet: bool = False  # taken without any error

    @property
    def command(self) -> tuple[str, ...]:
        """Only what is taken needs to be printed; a build costs twice what a check does."""
        build = ("build", "方案", "--format", "docx")
        mine = ("-a", self.name)
        return (*(self.words or ((*build, *mine) if self.prints else ("check", *mine))), "--json")


@dataclass(frozen=True)
class Ended:
    """Exit code (negative: killed by a signal), streams, seconds of processor, peak bytes."""

    code: int
    out: str
    err: str
    seconds: float
    peak: int

    @property
    def problems(self) -> list[dict[str, Any]]:
        return json.loads(self.out)["problems"]


def workspace(root: Path) -> Path:
    """The pack above, a template that docgen itself makes, no applicants; fonts are shared."""
    folder = root / "notices" / SLUG
    folder.mkdir(parents=True)
    for name, text in PACK.items():
        (folder / name).write_text(text, "utf-8")
    (root / "data/申报单位").mkdir(parents=True)
    (root / ".local").mkdir()
    (root / ".local/fonts").symlink_to(ROOT / ".local/fonts")
    shutil.copytree(ROOT / "templates/证明材料目录", root / "templates/证明材料目录")
    (root / "templates/方案").mkdir()
    (root / "templates/方案/测试.docx").write_bytes(docx(*TAGS))
    return root


def applicant(root: Path, name: str) -> Path:
    """A sound applicant's folder."""
    folder = root / "data/申报单位" / name
    for below in ("正文", "表", "证明材料", "图"):
        (folder / below).mkdir(parents=True)
    (folder / "申报单位.yaml").write_text(FACTS, "utf-8")
    (folder / "正文/1 概述.md").write_text(PROSE, "utf-8")
    return folder


def run(root: Path, commands: Sequence[Sequence[str]], *under: str) -> list[Ended]:
    """Each command line in a process of its own, bounded in time and memory; one start for all.

    `under` are the words of a program that looks on, such as strace.
    """
    done = subprocess.run(
        [*under, sys.executable, "-m", "tests.hostile.run", str(root)],
        input=json.dumps([list(words) for words in commands]),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=max(600, 30 * len(commands)),  # each has its own bound; a machine may be shared
    )
    assert done.returncode == 0, done.stderr
    return [Ended(**one) for one in json.loads(done.stdout)]


def texts(docx: Path) -> str:
    """All that a document prints, paragraph by paragraph."""
    from xml.etree import ElementTree

    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    with zipfile.ZipFile(docx) as package:
        root = ElementTree.fromstring(package.read("word/document.xml"))
    signs = {w + "br": "\n", w + "tab": "\t", w + "noBreakHyphen": "\u2011"}
    return "\n".join(
        "".join(signs.get(n.tag, n.text or "") for n in p.iter() if n.tag in (w + "t", *signs))
        for p in root.iter(w + "p")
    )


def zipped(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of parts, in their order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as package:
        for name, data in parts.items():
            package.writestr(zipfile.ZipInfo(name), data, method)
    return out.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}
