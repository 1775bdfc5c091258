"""docgen notice: a pack loaded, and held to its standard with its templates and cases."""

from __future__ import annotations

from docgen.check import check_pack
from docgen.fill import template_headings, template_names
from docgen.model.artifact import Report
from docgen.model.notice import Notice
from docgen.pipeline.cases import run_case
from docgen.pipeline.desk import Desk
from docgen.pipeline.press import Press
from docgen.pipeline.workspace import Workspace
from docgen.problem import Problem, error


def check_notice(workspace: Workspace, slug: str) -> Report:
    """The lint of a pack, its templates looked at and its cases run."""
    desk = Desk(workspace, with_cases=True)
    loaded = desk.notice(slug)
    notice = loaded.value
    if notice is None:
        return Report(problems=loaded.problems)
    headings, printed = _templates(workspace, notice)
    problems = [*loaded.problems, *check_pack(notice, printed, headings)]
    for case in notice.cases:
        result = run_case(desk, notice, case)
        if not result.ok:
            said = f"用例 {case.rule}“{case.name}”应得{case.expected}，实得{result.got}"
            problems.append(error("用例不符", said, case.where, "改规则或改用例"))
    told: list[Problem] = [problem.of(notice=slug) for problem in problems]
    return Report(
        problems=tuple(told), about={"规则": str(len(notice.rules)), "用例": str(len(notice.cases))}
    )


def _templates(workspace: Workspace, notice: Notice) -> tuple[dict[str, set[str] | None], set[str]]:
    """The headings that each template holds or prints, and the paths that all of them print."""
    press = Press(workspace)
    held: dict[str, set[str] | None] = {}
    printed: set[str] = set()
    for document in notice.documents:
        if not document.template:
            continue
        data = press.bytes_of(document.template).value
        held[document.template] = None
        if data is not None:
            headings = template_headings(data)
            held[document.template] = {
                title
                for chapter in document.chapters
                for title in (chapter.title, *chapter.sections)
                if headings.holds(chapter.title, title if title != chapter.title else "")
            }
            printed |= set(template_names(data))
    return held, printed
