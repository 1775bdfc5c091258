"""A worker that fills documents with one Python engine: commands as JSON lines in, answers out.

python -m bench.fill.worker ENGINE; the protocol is that of peers.js.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from pathlib import Path
from time import perf_counter
from typing import Any

from bench.fill.engines import ENGINES, Render


class Worker:
    """One engine with its compiled documents."""

    def __init__(self, engine: str) -> None:
        self.engine = engine
        self.documents: dict[str, tuple[Render, list[dict[str, Any]]]] = {}

    def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        if request["do"] == "prepare":
            render = ENGINES[self.engine](Path(request["template"]).read_bytes())
            records = json.loads(Path(request["records"]).read_text("utf-8"))
            self.documents[request["kind"]] = render, records
            return {}
        if request["do"] == "peak":
            return {"peak": peak()}
        assert request["do"] == "run"
        render, records = self.documents[request["kind"]]
        return {"wall": fill(render, records, request["count"], request["folder"])}


def fill(render: Render, records: list[dict[str, Any]], count: int, folder: str) -> float:
    """Fills and writes `count` documents; seconds."""
    size = len(records)
    start = perf_counter()
    for number in range(count):
        write(f"{folder}/{number}.docx", render(records[number % size]))
    return perf_counter() - start


def peak() -> float:
    """The most memory that this process ever held, in MB."""
    status = Path("/proc/self/status")
    if status.is_file():  # getrusage() would count what the parent held before the exec
        for line in status.read_text("utf-8").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def write(path: str, data: bytes) -> None:
    """A new file with these bytes, in one call each."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
    try:
        os.write(handle, data)
    finally:
        os.close(handle)


def main(engine: str) -> None:
    worker = Worker(engine)
    for line in sys.stdin:
        try:
            reply = worker.answer(json.loads(line))
        except Exception as fault:  # told to the other side, which goes on without this engine
            reply = {"error": f"{type(fault).__name__}: {fault}"[:300]}
        print(json.dumps(reply), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
