"""docgen build: the documents of an applicant or bureau."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Annotated

import typer

from docgen.cli import names
from docgen.cli.answer import Answer, answer, has_errors
from docgen.cli.options import Applicant, Bureau, Day, Json, Kind, Notice, found, named
from docgen.problem import Stop


def build(
    kind: Kind = None,
    applicant: Applicant = None,
    bureau: Bureau = None,
    notice: Notice = None,
    every: Annotated[bool, typer.Option("--all", help="该单位应出的全部文书")] = False,
    final: Annotated[
        bool, typer.Option("--final", help="只要定稿：有不通过或资料不足则不出，并说明原因")
    ] = False,
    formats: Annotated[
        str | None, typer.Option("--format", metavar="格式", help="只出这些格式，如 docx,pdf")
    ] = None,
    day: Day = None,
    json: Json = False,
    pdf_engine: Annotated[
        str, typer.Option("--pdf-engine", metavar="引擎", help="typst（默认）或 soffice")
    ] = "typst",
) -> Answer:
    """生成文书：能出定稿的出定稿，缺资料的出草稿，缺处在原位标明。

    docgen build 建设方案 -a 示例联合体

    docgen build 推荐意见 -b 示例市工信局 -a 示例联合体（只做这一个推荐对象）

    docgen build --all -a 示例联合体
    """
    if every and kind is not None:
        raise Stop(f"写了文种“{kind}”又写了 --all", "二者留一个")
    if not every and kind is None:
        raise Stop("没有写明文种", "如 docgen build 建设方案 -a 示例联合体；全部文种用 --all")
    if applicant is None and bureau is None:
        raise Stop("没有指明申报单位或主管部门", "用 -a 申报单位 或 -b 主管部门")
    given = named(kind=kind, applicant=applicant, bureau=bureau, notice=notice)
    asked, today, engine = names.formats(formats), names.day(day), names.engine(pdf_engine)
    workspace = found(given)

    from docgen import pipeline

    request = pipeline.Request(
        kind=given.kind,
        applicant=given.applicant,
        bureau=given.bureau,
        notice=given.notice,
        every=every,
        final=final,
        formats=asked,
        today=today,
        pdf_engine=engine,
    )
    report = pipeline.build(workspace, request, progress=_progress())
    failed = report.refused or (has_errors(report) and not report.outputs)
    return answer(report, int(failed), json=json, today=today)


def _progress() -> Callable[[str], None]:
    """Tells what is being made on a terminal's standard error; silent elsewhere."""
    if not sys.stderr.isatty():
        return lambda message: None

    def tell(message: str) -> None:
        from docgen.report.lines import visible

        try:
            sys.stderr.write(f"生成 {visible(message)}\n")
            sys.stderr.flush()
        except OSError:
            return

    return tell
