"""docgen doctor: whether this machine has what docgen needs, and what stands in for what."""

from __future__ import annotations

import importlib.metadata
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


def _doctor(given: Given) -> Answer:
    lines: list[Line] = []
    missing = 0
    workspace = _workspace()
    sections = {
        "程序": _program(),
        "工作文件夹": _folder(workspace),
        "字体": _fonts(workspace),
        "可选": _optional(),
    }
    for title, checks in sections.items():
        lines += [*([line()] if lines else []), line(Span(title, "head"))]
        for good, text, hint in checks:
            mark, style = ("有", "good") if good else ("缺", "bad" if title != "可选" else "dim")
            lines.append(line(Span(f"{mark}  ", style), text, indent=2, hang=6))
            if hint:
                lines.append(line(Span("提示 ", "dim"), hint, indent=6, hang=11))
            missing += not good and title != "可选"
    lines += [line(), line(f"缺 {missing} 样" if missing else "必需的都齐了")]
    return laid_out(lines, 2 if missing else 0)


def _program() -> Iterator[tuple[bool, str, str]]:
    yield True, f"docgen {__version__}", ""
    enough = sys.version_info >= (3, 11)
    hint = "" if enough else "换用 Python 3.11 以上"
    yield enough, f"Python {platform.python_version()}（{platform.system()}）", hint
    for part in PARTS:
        version = _version(part)
        cure = "在仓库里运行 make ready，或用 pipx、pip 重新安装 docgen"
        yield bool(version), f"{part} {version}".rstrip(), "" if version else cure


def _workspace() -> Workspace | None:
    from docgen import pipeline

    try:
        return pipeline.find_workspace(Path())
    except Stop:
        return None


def _folder(workspace: Workspace | None) -> Iterator[tuple[bool, str, str]]:
    from docgen import pipeline
    from docgen.pipeline.workspace import NO_WORKSPACE

    if workspace is None:
        yield False, "这里和上级文件夹都不是", NO_WORKSPACE
        return
    counts = {
        "通知": len(pipeline.notices(workspace)),
        "文种": len(pipeline.kinds(workspace)),
        "申报单位": len(pipeline.applicants(workspace)),
        "主管部门": len(pipeline.bureaus(workspace)),
    }
    told = "，".join(f"{what} {count}" for what, count in counts.items())
    yield True, f"{workspace.root}：{told}", ""


def _fonts(workspace: Workspace | None) -> Iterator[tuple[bool, str, str]]:
    from docgen.typeset import find_fonts

    fonts = find_fonts(workspace.font_folders if workspace else ())
    own = "有授权字体时放进 fonts/ 文件夹"
    fetch = "运行 docgen ready（仓库里是 make fonts）"
    answers = {name: fonts.stand_in(name, latin=name.isascii()) for name in fonts.substitutions()}
    for name, stand_in in answers.items():
        sample = "A" if name.isascii() else "永"
        if not stand_in.family or not fonts.covers(stand_in.family, sample):
            yield False, f"{name}：没有可用的字体", f"{fetch}；{own}"
        elif stand_in.substituted:
            yield True, f"{name}：用 {stand_in.family} 代替（只影响 PDF）", ""
        else:
            yield True, name, ""
    if any(stand_in.substituted for stand_in in answers.values()):
        yield True, "替代的字体字形与正式字体不同", own


def _optional() -> Iterator[tuple[bool, str, str]]:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    yield bool(office), "LibreOffice（--pdf-engine soffice 时才用）", ""


def _version(part: str) -> str:
    try:
        return importlib.metadata.version(part)
    except importlib.metadata.PackageNotFoundError:
        return ""


def _declare(parser: Parser) -> None:
    return None


DOCTOR = Command(
    "检查本机：Python 与各部件、工作文件夹、字体及其替代、可选的工具。缺必需的东西时退出码为 2。",
    _declare,
    _doctor,
)
