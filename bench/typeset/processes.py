"""Both sides as whole processes: timed from start to end, their output weighed."""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from docgen.typeset import Fonts
from docgen.typeset.soffice import font_settings

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Printed:
    """One process: its time, that of all processors, that of printing alone; its peak in MB,
    bytes of PDF, pages."""

    seconds: float
    processors: float
    inside: float
    peak: float
    size: int
    pages: int


def ours(files: Path, out: Path, threads: int = 1) -> Printed:
    """docgen prints a folder."""
    _empty(out)
    command = [sys.executable, "-m", "bench.typeset.worker", str(files), str(out), str(threads)]
    kept = os.environ | {"PYTHONDONTWRITEBYTECODE": ""}  # modules are compiled once, as usual
    start, used = perf_counter(), _used()
    done = subprocess.run(command, cwd=ROOT, env=kept, capture_output=True, text=True, check=False)
    seconds, used = perf_counter() - start, _used() - used
    if done.returncode:
        raise SystemExit(done.stderr)
    told = json.loads(done.stdout)
    size = _size(out, files)
    return Printed(seconds, used, told["seconds"], told["peak"], size, told["pages"])


class Soffice:
    """LibreOffice with a profile that has been made already and the same stand-ins for fonts."""

    def __init__(self, folder: Path, fonts: Fonts) -> None:
        self.profile, self._fonts = folder / "profile", folder / "fonts.conf"
        self._fonts.write_text(font_settings(fonts), encoding="utf-8")

    @staticmethod
    def is_there() -> bool:
        return shutil.which("soffice") is not None

    def convert(self, files: Path, out: Path) -> Printed:
        """One process converts all the files of a folder."""
        _empty(out)
        command = [
            "soffice", f"-env:UserInstallation={self.profile.as_uri()}", "--headless",
            "--norestore", "--nologo", "--convert-to", "pdf:writer_pdf_Export",
            "--outdir", str(out), *map(str, sorted(files.iterdir())),
        ]  # fmt: skip
        environment = os.environ | {
            "FONTCONFIG_FILE": str(self._fonts),
            "SAL_USE_VCLPLUGIN": "svp",
        }
        start, used = perf_counter(), _used()
        process = subprocess.Popen(
            command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        peak = 0.0
        while process.poll() is None:
            peak = max(peak, _family_peak(process.pid))
            try:
                process.wait(0.05)
            except subprocess.TimeoutExpired:
                continue
        seconds, used = perf_counter() - start, _used() - used
        return Printed(seconds, used, seconds, peak, _size(out, files), 0)


def _used() -> float:
    """Seconds of processor time of all children that have ended."""
    told = resource.getrusage(resource.RUSAGE_CHILDREN)
    return told.ru_utime + told.ru_stime


def _family_peak(pid: int) -> float:
    """The greatest peak among a process and its children's children, in MB."""
    found = 0.0
    waiting = [pid]
    while waiting:
        at = Path(f"/proc/{waiting.pop()}")
        try:
            for line in (at / "status").read_text("utf-8").splitlines():
                if line.startswith("VmHWM:"):
                    found = max(found, int(line.split()[1]) / 1024)
            for task in (at / "task").iterdir():
                waiting += map(int, (task / "children").read_text("utf-8").split())
        except (OSError, ValueError):
            continue
    return found


def _empty(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)


def _size(out: Path, files: Path) -> int:
    made = [file.stat().st_size for file in out.iterdir()]
    if len(made) != len(list(files.iterdir())):
        raise SystemExit(f"应有 {len(list(files.iterdir()))} 份 PDF，只有 {len(made)} 份")
    return sum(made)
