"""A thousand applicants and ten thousand: seconds each and memory, in two processes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.batch.province import province
from tests.kit import ROOT

WORKERS = 2


def main(*counts: int) -> int:
    for count in counts:
        with TemporaryDirectory(prefix="many-") as folder:
            made = province(Path(folder).resolve(), count)
            pattern = made.pattern
            words = (str(made.root), pattern.bureau, pattern.notice, "docx,xlsx", str(WORKERS))
            told = subprocess.run(
                [sys.executable, "-m", "bench.batch.ours", *words],
                cwd=ROOT,
                env={**os.environ, "DOCGEN_CACHE": f"{folder}/cache"},
                capture_output=True,
                check=True,
            ).stdout
        run = json.loads(told)
        each = run["wall"] / count * 1000
        print(
            f"{count} 家，{WORKERS} 个进程：{run['wall']:.0f} 秒，每家 {each:.1f} 毫秒，"
            f"内存峰值 {run['peak']:.0f} MB",
            flush=True,
        )
    return 0


if __name__ == "__main__":
    sys.exit(main(*(int(word) for word in sys.argv[1:] or ("1000", "10000"))))
