"""A Report → the one JSON object that `--json` prints."""

from __future__ import annotations

import json
from typing import Any

from docgen.model.artifact import Output, Report
from docgen.problem import Problem


def as_json(report: Report) -> str:
    """The object as text, with a line end."""
    content = {
        "verdict": report.verdict.value,
        "problems": [problem_object(problem) for problem in report.all_problems],
        "outputs": [_output(output) for output in report.outputs],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def problem_object(problem: Problem) -> dict[str, Any]:
    """A Problem as the JSON of every command has it."""
    return {
        "code": problem.code,
        "subject": problem.subject,
        "notice": problem.notice,
        "severity": problem.severity.value,
        "verdict": problem.verdict.value if problem.verdict else None,
        "message": problem.message,
        "file": problem.where.told,
        "line": problem.where.line,
        "column": problem.where.column,
        "path": problem.where.path,
        "spot": problem.where.spot,
        "clause": str(problem.clause) if problem.clause else None,
        "hint": problem.hint,
    }


def _output(output: Output) -> dict[str, Any]:
    return {
        "path": output.path,
        "sha256": output.sha256,
        "document": output.document,
        "subject": output.subject,
        "draft": output.draft,
        "pages": output.pages,
    }
