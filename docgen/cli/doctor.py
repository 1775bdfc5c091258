"""docgen doctor: whether this machine has what docgen needs, and what stands in for what."""

from __future__ import annotations

import importlib.metadata
import platform
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from docgen import __version__
from docgen.cli.answer import Answer, laid_out
from docgen.cli.parser import Command, Given, Parser
from docgen.report.lines import Line, Span, line

PARTS = ("Jinja2", "PyYAML", "docxtpl", "lxml", "python-docx", "typst", "weasyprint", "pikepdf")


def _doctor(given: Given) -> Answer:
    lines: list[Line] = []
    missing = 0
    for title, checks in (("程序", _program()), ("字体", _fonts()), ("可选", _optional())):
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
        yield bool(version), f"{part} {version}".rstrip(), "" if version else "运行 make ready"


def _fonts() -> Iterator[tuple[bool, str, str]]:
    from docgen import pipeline
    from docgen.typeset import find_fonts

    fonts = find_fonts(pipeline.find_workspace(Path()).font_folders)
    own = "有授权字体时放进 fonts/ 文件夹"
    answers = {name: fonts.stand_in(name, latin=name.isascii()) for name in fonts.substitutions()}
    for name, stand_in in answers.items():
        if not stand_in.family:
            yield False, f"{name}：没有可用的字体", f"运行 make fonts；{own}"
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
    "检查本机：Python 与各部件的版本、字体及其替代、可选的工具。缺必需的东西时退出码为 2。",
    _declare,
    _doctor,
)
