"""The options that several commands share, and the names among them held against what there is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from docgen.cli.names import known, name
from docgen.cli.parser import Given, Parser

if TYPE_CHECKING:
    from docgen.pipeline import Workspace


def declare_names(parser: Parser) -> None:
    """-a, -b and -n."""
    parser.option(
        "-a", "--applicant", dest="applicant", metavar="申报单位", help="data/申报单位/ 里的名字"
    )
    parser.option(
        "-b", "--bureau", dest="bureau", metavar="主管部门", help="data/主管部门/ 里的名字"
    )
    parser.option(
        "-n", "--notice", dest="notice", metavar="通知", help="只按这一个；不写则按申报的全部通知"
    )


def declare_day(parser: Parser) -> None:
    parser.option(
        "--date", dest="day", metavar="日期", help="以此为今天，如 2026-06-01；只影响期限提醒"
    )


def declare_json(parser: Parser) -> None:
    parser.flag("--json", dest="json", help="只打印一个 JSON 对象")


@dataclass(frozen=True, slots=True)
class Named:
    """The names that a user gave, "" where none; each fit for a file name."""

    kind: str = ""
    applicant: str = ""
    bureau: str = ""
    notice: str = ""


def named(given: Given) -> Named:
    """The names as typed; Stop where one could be a path. Touches no disk."""
    return Named(
        name(getattr(given, "kind", None), "文种"),
        name(getattr(given, "applicant", None), "申报单位"),
        name(getattr(given, "bureau", None), "主管部门"),
        name(getattr(given, "notice", None), "通知"),
    )


def found(names: Named) -> Workspace:
    """The workspace; Stop where it does not know one of the names, with the nearest it knows."""
    from docgen import pipeline

    workspace = pipeline.find_workspace(Path())
    for typed, listing, what in (
        (names.kind, pipeline.kinds, "文种"),
        (names.applicant, pipeline.applicants, "申报单位"),
        (names.bureau, pipeline.bureaus, "主管部门"),
        (names.notice, pipeline.notices, "通知"),
    ):
        if typed:
            known(typed, listing(workspace), what)
    return workspace
