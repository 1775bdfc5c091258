"""One run: the machine, the versions, the table."""

from __future__ import annotations

import os
import platform
import re
from datetime import date
from importlib.metadata import version
from pathlib import Path
from time import perf_counter

from bench.fill import node
from bench.fill.arena import FULL, QUICK, Arena
from bench.fill.report import table
from bench.fill.rows import rows

LIBRARIES = ("docxtpl", "Jinja2", "PyYAML", "isal")


def measure(*, quick: bool = False) -> str:
    """The table, between a line on the machine and one on how long it took."""
    start, load = perf_counter(), os.getloadavg()[0]
    with Arena(QUICK if quick else FULL) as arena:
        made = table(rows(arena))
    head = f"{date.today()}，{machine()}，开测前负载 {load:.1f}{'，粗测' if quick else ''}"
    tail = f"共 {perf_counter() - start:.0f} 秒；倍数是同一轮里对方用时除以 docgen 用时"
    return f"{head}\n{versions()}\n\n{made}\n\n{tail}"


def machine() -> str:
    """What it ran on."""
    processor = platform.processor() or platform.machine()
    information = Path("/proc/cpuinfo")
    if information.is_file():
        names = re.findall(r"^model name\s*: (.+)$", information.read_text("utf-8"), re.MULTILINE)
        processor = names[0] if names else processor
    return f"{processor}，{os.cpu_count()} 核，{platform.system()}"


def versions() -> str:
    """Every engine that takes part, with its version."""
    found = {"Python": platform.python_version()}
    found |= {name: version(name) for name in LIBRARIES}
    found |= node.versions()
    return "、".join(f"{name} {number}" for name, number in found.items())
