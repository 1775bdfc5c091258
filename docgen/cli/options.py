"""The options that several commands share, and the names among them held against what there is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from docgen.cli.names import known, name

if TYPE_CHECKING:
    from docgen.pipeline import Workspace

Kind = Annotated[str | None, typer.Argument(metavar="文种", help="如 建设方案；全部文种用 --all")]
Applicant = Annotated[
    str | None,
    typer.Option("-a", "--applicant", metavar="申报单位", help="data/申报单位/ 里的名字"),
]
Bureau = Annotated[
    str | None, typer.Option("-b", "--bureau", metavar="主管部门", help="data/主管部门/ 里的名字")
]
Notice = Annotated[
    str | None,
    typer.Option("-n", "--notice", metavar="通知", help="只按这一个通知；不写则按申报的全部通知"),
]
Day = Annotated[
    str | None,
    typer.Option("--date", metavar="日期", help="以此为今天，如 2026-06-01；只影响期限提醒"),
]
Json = Annotated[bool, typer.Option("--json", help="只打印一个 JSON 对象")]


@dataclass(frozen=True, slots=True)
class Named:
    """The names that a user gave, "" where none; each fit for a file name."""

    kind: str = ""
    applicant: str = ""
    bureau: str = ""
    notice: str = ""


def named(
    *,
    kind: str | None = None,
    applicant: str | None = None,
    bureau: str | None = None,
    notice: str | None = None,
) -> Named:
    """The names as typed; Stop where one could be a path. Touches no disk."""
    return Named(
        name(kind, "文种"),
        name(applicant, "申报单位"),
        name(bureau, "主管部门"),
        name(notice, "通知"),
    )


def found(names: Named) -> Workspace:
    """The workspace; Stop where it does not know one of the names, with the nearest it knows."""
    from docgen import pipeline

    workspace = pipeline.find_workspace(Path())
    for given, listing, what in (
        (names.kind, pipeline.kinds, "文种"),
        (names.applicant, pipeline.applicants, "申报单位"),
        (names.bureau, pipeline.bureaus, "主管部门"),
        (names.notice, pipeline.notices, "通知"),
    ):
        if given:
            known(given, listing(workspace), what)
    return workspace
