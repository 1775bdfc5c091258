"""One build of a province in a process of its own: seconds, memory and the share of each stage.

python -m bench.batch.ours ROOT BUREAU NOTICE FORMATS PROCESSES; JSON on standard output. The build
is what `docgen build --all --final` makes, without the report at its end. The shares are those of
one process; the memory is that of the largest.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

from bench.fill.worker import peak
from docgen.batch import in_processes, reading_in_processes
from docgen.pipeline import Request, Workspace, build

STAGES = {
    "读": ("docgen.pipeline.desk", "read_applicant"),
    "成值": ("docgen.pipeline.desk", "dossier"),
    "互查": ("docgen.pipeline.crowd", "brief_of"),
    "核验": ("docgen.pipeline.cards", "check"),
    "填": ("docgen.pipeline.making", "fill"),
    "排版": ("docgen.pipeline.making", "_typeset"),
    "成表": ("docgen.pipeline.making", "_tabulated"),
}


def main(root: str, bureau: str, notice: str, formats: str, processes: str) -> None:
    spent = dict.fromkeys(STAGES, 0.0)
    for stage, (module, name) in STAGES.items():
        _watch(spent, stage, module, name)
    request = Request(
        bureau=bureau, notice=notice, every=True, final=True, formats=tuple(formats.split(","))
    )
    runner, bulk = in_processes(int(processes)), reading_in_processes(int(processes))
    start = perf_counter()
    report = build(Workspace(Path(root)), request, runner=runner, bulk=bulk)
    wall = perf_counter() - start
    made = sum(output.status != "未变" for output in report.outputs)
    print(json.dumps({"wall": wall, "peak": peak(), "made": made, "stages": spent}))


def _watch(spent: dict[str, float], stage: str, module: str, name: str) -> None:
    """Adds up what a function takes, wherever it is called from that module."""
    home: Any = __import__(module, fromlist=[name])
    function: Callable[..., Any] = getattr(home, name)

    def timed(*arguments: Any, **options: Any) -> Any:
        start = perf_counter()
        try:
            return function(*arguments, **options)
        finally:
            spent[stage] += perf_counter() - start

    setattr(home, name, timed)


if __name__ == "__main__":
    main(*sys.argv[1:])
