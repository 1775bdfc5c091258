"""docgen doctor: whether this machine has what docgen needs, and what stands in for what."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from docgen import __version__
from docgen.cli.answer import Answer, laid_out
from docgen.cli.parser import Command, Given, Parser
from docgen.problem import Stop
from docgen.report.lines import Line, Span, line

if TYPE_CHECKING:
    from docgen.pipeline import Workspace

PARTS = ("Jinja2", "PyYAML", "docxtpl", "lxml", "python-docx", "typst", "weasyprint", "pikepdf")
HELP = """检查本机：Python 与各部件、工作文件夹、字体及其替代、可选的工具。缺什么，下一行说怎样补。

“有”是齐的；“代”是用相近的代替；“缺”在前三项里要补，在“可选”里不补也行。缺必需的东西时退出码为 2。

docgen doctor"""
GOOD, INSTEAD, LACKING = "有", "代", "缺"
STYLE = {GOOD: "good", INSTEAD: "warn", LACKING: "bad"}
FETCH = "运行 docgen ready（仓库里是 make fonts）"
OWN = "有授权的字体文件（.ttf、.otf、.ttc）放进工作文件夹的 fonts/，再生成一次"
Check = tuple[str, str, str]  # a mark, what it is about, the cure or ""


def _doctor(given: Given) -> Answer:
    lines: list[Line] = []
    missing = 0
    workspace = _workspace()
    sections = {
        "程序": _program(),
        "工作文件夹": _folder(workspace),
        "字体（只影响 PDF；Word 文件里写的总是正式的字体名）": _fonts(workspace),
        "可选": _optional(workspace),
    }
    for title, checks in sections.items():
        lines += [*([line()] if lines else []), line(Span(title, "head"))]
        for mark, text, cure in checks:
            optional = title == "可选"
            style = "dim" if optional and mark == LACKING else STYLE[mark]
            lines.append(line(Span(f"{mark}  ", style), text, indent=2, hang=6))
            if cure:
                lines.append(line(Span("提示 ", "dim"), cure, indent=6, hang=11))
            missing += mark == LACKING and not optional
    said = f"缺 {missing} 样，照提示补上再查一次" if missing else "必需的都齐了"
    return laid_out([*lines, line(), line(said)], 2 if missing else 0)


def _program() -> Iterator[Check]:
    yield GOOD, f"docgen {__version__}", ""
    enough = sys.version_info >= (3, 11)
    about = f"Python {platform.python_version()}（{platform.system()}）"
    yield (GOOD, about, "") if enough else (LACKING, about, "换用 Python 3.11 以上")
    for part in PARTS:
        version = _version(part)
        cure = "在仓库里运行 make ready，或用 pipx、pip 重新安装 docgen"
        yield (GOOD, f"{part} {version}", "") if version else (LACKING, part, cure)


def _workspace() -> Workspace | None:
    from docgen import pipeline

    try:
        return pipeline.find_workspace(Path())
    except Stop:
        return None


def _folder(workspace: Workspace | None) -> Iterator[Check]:
    from docgen import pipeline
    from docgen.pipeline.workspace import NO_WORKSPACE

    if workspace is None:
        yield LACKING, "这里和上级文件夹都不是", NO_WORKSPACE
        return
    counts = {
        "通知": len(pipeline.notices(workspace)),
        "文种": len(pipeline.kinds(workspace)),
        "申报单位": len(pipeline.applicants(workspace)),
        "主管部门": len(pipeline.bureaus(workspace)),
    }
    told = "，".join(f"{what} {count}" for what, count in counts.items())
    lacks = [what for what in ("通知", "文种") if not counts[what]]
    if lacks:
        yield LACKING, f"{workspace.root}：{told}", "补上随带的：docgen init ."
    else:
        first = "" if counts["申报单位"] else "新建一家：docgen new 客户甲 -n 通知名称"
        yield GOOD, f"{workspace.root}：{told}", first
    if not os.access(workspace.root, os.W_OK):
        yield (
            LACKING,
            "这个文件夹不能写",
            "换到自己能写的地方（docgen init 申报材料），或改它的权限",
        )


def _fonts(workspace: Workspace | None) -> Iterator[Check]:
    from docgen.typeset import find_fonts

    fonts = find_fonts(workspace.font_folders if workspace else ())
    answers = {name: fonts.stand_in(name, latin=name.isascii()) for name in fonts.substitutions()}
    last = next((n for n in reversed(answers) if answers[n].substituted), "")
    for name, stand_in in answers.items():
        sample = "A" if name.isascii() else "永"
        if not stand_in.family or not fonts.covers(stand_in.family, sample):
            yield LACKING, f"{name}：没有可用的字体", f"{FETCH}；{OWN}"
        elif stand_in.substituted:
            yield INSTEAD, f"{name}：用 {stand_in.family}", OWN if name == last else ""
        else:
            yield GOOD, name, ""
    for what, character in (("生僻字", "𠮷"), ("符号", "☑")):
        family = fonts.covering(character)
        without = INSTEAD, f"{what}：字体里没有的，生成时逐个指名", FETCH
        yield (GOOD, f"{what}：{family}", "") if family else without


def _optional(workspace: Workspace | None) -> Iterator[Check]:
    yield from _printing(workspace)
    office = shutil.which("soffice") or shutil.which("libreoffice")
    about = "LibreOffice（--pdf-engine soffice，或 docgen pdf 遇到公式、文本框）"
    yield (
        (GOOD, about, "") if office else (LACKING, about, "装 libreoffice-writer；不装用自带的引擎")
    )
    about = "git（docgen diff --against 版本）"
    yield (
        (GOOD, about, "") if shutil.which("git") else (LACKING, about, "装 git；不装只比上次生成的")
    )
    about, cure = "dask（docgen build --cluster 地址）", "装 docgen[cluster]；不装在本机生成"
    yield (GOOD, about, "") if _version("distributed") else (LACKING, about, cure)


def _printing(workspace: Workspace | None) -> Iterator[Check]:
    """Whether a report is printed: pango is a library of the system, so it is tried."""
    from docgen.report import print_page

    about = "检查报告的 PDF（docgen check --pdf，要 pango）"
    try:
        print_page("", (workspace.root,) if workspace else ())
    except Stop:
        yield LACKING, about, f"{FETCH}；不补也能出网页报告（--html），在浏览器里打印"
    else:
        yield GOOD, about, ""


def _version(part: str) -> str:
    try:
        return importlib.metadata.version(part)
    except importlib.metadata.PackageNotFoundError:
        return ""


def _declare(parser: Parser) -> None:
    return None


DOCTOR = Command(
    HELP,
    _declare,
    _doctor,
)
