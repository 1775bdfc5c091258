"""A filling engine as a process of its own, told what to do in JSON lines."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Any

from bench.fill import node

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = Path(__file__).with_name("peers.js")


class PeerError(Exception):
    """The engine refused, or its process ended."""


class Peer:
    """One engine; it compiles each document once if it can, and fills as often as it is asked."""

    def __init__(self, engine: str, folder: Path) -> None:
        self.engine, self.folder = engine, folder / engine
        self.folder.mkdir()
        command = [sys.executable, "-m", "bench.fill.worker", engine]
        if engine in node.ENGINES:
            command = ["node", str(SCRIPT), engine, str(node.modules())]
        self._process = subprocess.Popen(
            command,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def __enter__(self) -> Peer:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        self._process.kill()
        self._process.communicate()

    def prepare(self, kind: str, template: Path, records: Path) -> None:
        self._ask(
            {"do": "prepare", "kind": kind, "template": str(template), "records": str(records)}
        )

    def run(self, kind: str, count: int) -> float:
        """Fills `count` documents and writes each to a new file; seconds per document."""
        files = self.folder / kind
        shutil.rmtree(files, ignore_errors=True)
        files.mkdir()
        reply = self._ask({"do": "run", "kind": kind, "count": count, "folder": str(files)})
        return float(reply["wall"]) / count

    def peak(self) -> float:
        """The most memory that the engine ever held, in MB; Python engines only."""
        return float(self._ask({"do": "peak"})["peak"])

    def document(self, kind: str, number: int) -> bytes:
        """A document of the last run."""
        return (self.folder / kind / f"{number}.docx").read_bytes()

    def _ask(self, request: dict[str, Any]) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            self._process.stdin.write(json.dumps(request) + "\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            raise PeerError("进程已退出") from None
        line = self._process.stdout.readline()
        if not line:
            raise PeerError("进程已退出")
        reply: dict[str, Any] = json.loads(line)
        if "error" in reply:
            raise PeerError(str(reply["error"]))
        return reply
