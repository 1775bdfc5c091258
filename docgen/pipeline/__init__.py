"""load → check → plan → fill → typeset → bind → report, for one subject at a time.

`workspace` finds the folders, `desk` reads and remembers what a run needs, `checking` and
`building` are what a user asks for most, `matching` tells where one stands with every notice,
`press` makes one document of the `values` that its template sees, `volume` binds them with the
evidence, `outputs` holds what was built against itself, `converting` makes a PDF of any Word file,
`tracing` leads from a text back to its source and tells what changed, `intake` turns an entry
workbook into data files, `starting` begins new ones, `schemas` and `founding` lead editors to them
and make a working folder; `packs` and `cases` hold notice packs to their standard. Each is imported
when it is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = [
    "Bulk",
    "Finished",
    "Made",
    "Maker",
    "Order",
    "Request",
    "Runner",
    "Task",
    "Workspace",
    "applicants",
    "bind",
    "build",
    "bureaus",
    "check",
    "check_file",
    "check_notice",
    "check_outputs",
    "convert",
    "diff",
    "find_workspace",
    "found_workspace",
    "import_book",
    "in_turn",
    "kinds",
    "load_notice",
    "make",
    "match",
    "notices",
    "one_by_one",
    "report_files",
    "start",
    "trace_field",
    "trace_text",
    "whole_notice",
    "write_schemas",
]

if TYPE_CHECKING:
    from docgen.pipeline.building import build
    from docgen.pipeline.checking import check, check_file
    from docgen.pipeline.converting import convert
    from docgen.pipeline.crowd import Bulk, in_turn
    from docgen.pipeline.desk import load_notice, whole_notice
    from docgen.pipeline.founding import found_workspace
    from docgen.pipeline.intake.importing import import_book
    from docgen.pipeline.making import Made, Order, make
    from docgen.pipeline.matching import match
    from docgen.pipeline.outputs import check_outputs
    from docgen.pipeline.packs import check_notice
    from docgen.pipeline.reporting import report_files
    from docgen.pipeline.schemas import write_schemas
    from docgen.pipeline.starting import start
    from docgen.pipeline.tasks import Finished, Maker, Runner, Task, one_by_one
    from docgen.pipeline.tracing.asking import trace_field, trace_text
    from docgen.pipeline.tracing.differing import diff
    from docgen.pipeline.volume import bind
    from docgen.pipeline.workspace import (
        Request,
        Workspace,
        applicants,
        bureaus,
        find_workspace,
        kinds,
        notices,
    )
else:
    from docgen.lazy import on_demand

    __getattr__ = on_demand(
        __name__,
        {
            "building": "build",
            "checking": "check check_file",
            "converting": "convert",
            "crowd": "Bulk in_turn",
            "desk": "load_notice whole_notice",
            "founding": "found_workspace",
            "intake.importing": "import_book",
            "matching": "match",
            "making": "Made Order make",
            "outputs": "check_outputs",
            "packs": "check_notice",
            "reporting": "report_files",
            "schemas": "write_schemas",
            "starting": "start",
            "tasks": "Finished Maker Runner Task one_by_one",
            "tracing.asking": "trace_field trace_text",
            "tracing.differing": "diff",
            "volume": "bind",
            "workspace": "Request Workspace applicants bureaus find_workspace kinds notices",
        },
    )
