"""Dossier → verdict: every rule judged, every field and piece of evidence looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = [
    "calendar_of",
    "check",
    "check_pack",
    "check_rule",
    "element_rows",
    "figure_rows",
    "marks",
    "paths_to_show",
    "rules_reading",
    "score_rows",
    "tie",
    "with_guidance",
    "with_lets",
]

if TYPE_CHECKING:
    from docgen.check.elements import element_rows, figure_rows, score_rows
    from docgen.check.judge import with_lets
    from docgen.check.pack import check_pack
    from docgen.check.reading import rules_reading
    from docgen.check.repairing import paths_to_show, with_guidance
    from docgen.check.rules import calendar_of
    from docgen.check.shared import marks
    from docgen.check.subject import check, check_rule
    from docgen.check.tying import tie
else:
    from docgen.lazy import on_demand

    __getattr__ = on_demand(
        __name__,
        {
            "elements": "element_rows figure_rows score_rows",
            "judge": "with_lets",
            "pack": "check_pack",
            "reading": "rules_reading",
            "repairing": "paths_to_show with_guidance",
            "rules": "calendar_of",
            "shared": "marks",
            "subject": "check check_rule",
            "tying": "tie",
        },
    )
