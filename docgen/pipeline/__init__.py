"""load → check → plan → fill → typeset → bind → report, for one subject at a time.

`workspace` finds the folders, `desk` reads and remembers what a run needs, `checking` and
`building` are what a user asks for most, `matching` tells where one stands with every notice,
`press` makes one document of the `values` that its template sees, `volume` binds them with the
evidence, `packs` and `cases` hold notice
packs to their standard. Each is imported when it is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = [
    "Request",
    "Workspace",
    "applicants",
    "bind",
    "build",
    "bureaus",
    "check",
    "check_file",
    "check_notice",
    "find_workspace",
    "kinds",
    "load_notice",
    "match",
    "notices",
]

if TYPE_CHECKING:
    from docgen.pipeline.building import build
    from docgen.pipeline.checking import check, check_file
    from docgen.pipeline.desk import load_notice
    from docgen.pipeline.matching import match
    from docgen.pipeline.packs import check_notice
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
            "desk": "load_notice",
            "matching": "match",
            "packs": "check_notice",
            "volume": "bind",
            "workspace": "Request Workspace applicants bureaus find_workspace kinds notices",
        },
    )
