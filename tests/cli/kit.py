"""A small workspace with a notice of its own, and the command line run in it for real."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]

FILES = {
    "notices/测试通知-2026/通知.yaml": """\
名称: 测试通知
文号: 测试〔2026〕1号
成文日期: 2026-05-25
状态: 有效
复核: 2026-06-01
期限: {线上申报: [2026-05-27, 2026-06-20]}
""",
    "notices/测试通知-2026/字段.yaml": """\
申报单位:
  申报日期: {类型: 日期, 必填: 是, 条款: 三}
  单位名称: {类型: 文字, 必填: 是, 条款: 一}
  服务行业: {类型: 多选, 选项: [机械, 汽车, 化工], 必填: 是, 条款: 二}
""",
    "notices/测试通知-2026/规则.yaml": """\
- 编号: T-Q01
  条款: 二
  名称: 服务行业不超过1个
  取值: 服务行业 | length
  不超过: 1
  提示: 保留最主要的1个
""",
    "notices/测试通知-2026/材料.yaml": """\
- 文种: 方案
  标题: 测试方案
  模板: 方案/测试.docx
  出具: 申报单位
  格式: [docx]
  条款: 三
""",
    "data/申报单位/甲/申报单位.yaml": "单位名称: 甲公司\n服务行业: 机械\n",
    "data/申报单位/乙/申报单位.yaml": "单位名称: 乙公司\n服务行业: 机械、汽车\n",
    "data/申报单位/丙/申报单位.yaml": "单位名称: 丙公司\n服务行业:\n",
}
ALIKE = "申报: [测试通知-2026]\n申报日期: 2026-06-01\n"


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str


def workspace(root: Path) -> Path:
    """The files above, in a folder of their own."""
    for name, text in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(ALIKE + text if name.startswith("data/") else text, "utf-8")
    return root


def inside(root: Path, *words: str) -> Done:
    """The same in this process, which is quicker; what it printed is what a pipe would get."""
    from docgen.cli import main

    out, err, before = io.StringIO(), io.StringIO(), os.environ.get("DOCGEN_ROOT")
    os.environ["DOCGEN_ROOT"] = str(root)
    try:
        with (
            contextlib.chdir(root),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
        ):
            code = main(words)
    finally:
        os.environ.pop("DOCGEN_ROOT")
        if before is not None:
            os.environ["DOCGEN_ROOT"] = before
    return Done(code, out.getvalue(), err.getvalue())


def docgen(root: Path, *words: str, **environment: str) -> Done:
    """`python -m docgen` with these words, in the workspace `root`."""
    return python(root, "-m", "docgen", *words, **environment)


def python(root: Path, *words: str, **environment: str) -> Done:
    """Python with these words, docgen importable, in the workspace `root`."""
    settings = {**os.environ, "PYTHONPATH": str(REPOSITORY), "DOCGEN_ROOT": "", **environment}
    done = subprocess.run(
        [sys.executable, *words], cwd=root, env=settings, capture_output=True, timeout=60
    )
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())
