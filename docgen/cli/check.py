"""docgen check: the verdict on an applicant, a bureau with its candidates, or a lone data file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from docgen.cli import names
from docgen.cli.answer import Answer, answer, has_errors
from docgen.cli.options import Applicant, Bureau, Day, Json, Notice, found, named
from docgen.problem import Stop


def check(
    file: Annotated[
        str | None, typer.Argument(metavar="FILE.yaml", help="单独一个数据文件：读得通读不通")
    ] = None,
    applicant: Applicant = None,
    bureau: Bureau = None,
    notice: Notice = None,
    day: Day = None,
    json: Json = False,
) -> Answer:
    """对照通知逐条核验，不写任何文件。有不通过或资料不足时退出码为 1。

    docgen check -a 示例联合体

    docgen check -b 示例市工信局 -n 江苏数促中心-2026

    docgen check 申报单位.yaml
    """
    given = [value for value in (file, applicant, bureau) if value is not None]
    if len(given) != 1:
        said = "没有指明检查谁" if not given else "一次只检查一个：申报单位、主管部门或文件"
        raise Stop(said, "用 -a 申报单位、-b 主管部门，或写一个数据文件")
    chosen = named(applicant=applicant, bureau=bureau, notice=notice)
    today = names.day(day)
    workspace = found(chosen)

    from docgen import pipeline

    request = pipeline.Request(
        applicant=chosen.applicant, bureau=chosen.bureau, notice=chosen.notice, today=today
    )
    if file is None:
        report = pipeline.check(workspace, request)
    else:
        path = Path(file)
        if not path.is_file():
            raise Stop(f"没有“{file}”这个文件", _meant(file, workspace))
        report = pipeline.check_file(workspace, path, request)
    return answer(report, int(has_errors(report)), json=json, today=today)


def _meant(word: str, workspace: object) -> str:
    """The option to use where a name was typed in the place of a file."""
    from docgen import pipeline

    assert isinstance(workspace, pipeline.Workspace)
    if word in pipeline.applicants(workspace):
        return f"检查申报单位用 -a {word}"
    if word in pipeline.bureaus(workspace):
        return f"检查主管部门用 -b {word}"
    return "核对文件名；检查单位用 -a 或 -b"
