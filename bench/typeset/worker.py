"""docgen's side: prints a folder of .docx into another.

python -m bench.typeset.worker FOLDER OUT [THREADS]; one line of JSON tells the seconds of printing
alone (without start and fonts), the peak of memory in MB, and the pages.
"""

from __future__ import annotations

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import perf_counter

from bench.fill.worker import peak
from docgen.typeset import Typeset, find_fonts, typeset

ROOT = Path(__file__).resolve().parents[2]


def main(folder: str, out: str, threads: str = "1") -> None:
    fonts = find_fonts([ROOT / "fonts", ROOT / ".local" / "fonts"])
    files = sorted(Path(folder).iterdir())

    def make(file: Path) -> Typeset:
        made = typeset(file.read_bytes(), fonts)
        Path(out, f"{file.stem}.pdf").write_bytes(made.pdf)
        return made

    start = perf_counter()
    if threads == "1":
        pages = sum(make(file).pages for file in files)
    else:
        with ThreadPoolExecutor(int(threads)) as pool:
            pages = sum(made.pages for made in pool.map(make, files))
    seconds = perf_counter() - start
    print(json.dumps({"seconds": seconds, "peak": peak(), "pages": pages}))


if __name__ == "__main__":
    main(*sys.argv[1:])
