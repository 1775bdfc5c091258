"""docgen init | ready: a working folder outside the repository, and the fonts for it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from docgen.cli.answer import Answer, laid_out
from docgen.cli.names import quoted
from docgen.cli.options import Named, found
from docgen.cli.parser import Command, Given, Parser
from docgen.problem import Stop
from docgen.report.lines import line

HELP = """建一个工作文件夹：通知、模板、放资料的 data/、给编辑器的设置。已有的文件不动。

docgen init 申报材料
docgen init 申报材料 --examples"""
READY = """把字体和报告用的系统库取到工作文件夹的 .local/，缺的补上。不需要管理员权限，不改动系统。

要有 apt（Debian、Ubuntu）；没有的系统把中文字体放进 fonts/，或用系统里装好的。

docgen ready"""
MOST = 8  # names of files that are listed


def _init(given: Given) -> Answer:
    from docgen.pipeline import found_workspace

    new, other = found_workspace(Path(given.folder), examples=given.examples)
    lines = [line(f"新建 {given.folder}：{new} 个文件" if new else f"{given.folder} 已经齐了")]
    if other:
        names = "、".join(other[:MOST]) + ("……" if len(other) > MOST else "")
        lines.append(line(f"与随带的不同，没有动（{len(other)} 个）：{names}", hang=2))
    there = "" if Path(given.folder).resolve() == Path.cwd() else f"cd {quoted(given.folder)}，"
    steps = "docgen ready（取字体），docgen new 客户甲 -n 通知名称；怎么用见 docs/三分钟上手.md"
    lines.append(line(f"接着：{there}{steps}", hang=2))
    return laid_out(lines)


def _ready(given: Given) -> Answer:
    if os.name == "nt":
        raise Stop("Windows 上不用这一步", "用系统自带的字体；另有的放进 fonts/ 文件夹")
    root = found(Named()).root
    done = subprocess.run([sys.executable, "-m", "docgen.setup", "--only-fonts", str(root)])
    return laid_out([line("字体已经齐了")] if done.returncode == 0 else [], done.returncode)


def _declare(parser: Parser) -> None:
    parser.argument("folder", "目录", "新的文件夹，或已有的：补上缺的")
    parser.flag("--examples", dest="examples", help="连同虚构的示例资料")


def _nothing(parser: Parser) -> None:
    return None


INIT = Command(HELP, _declare, _init)
PREPARE = Command(READY, _nothing, _ready)
