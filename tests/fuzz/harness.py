"""An atheris harness: python -m tests.fuzz.harness 目标 秒 种子; 2 where atheris is not installed.

Coverage leads it into the readers; what is wrong is said by the same judges as of the mutants.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

MISSING = "没有 atheris，只用了变异器（可装：.venv/bin/python -m pip install atheris）"
LEADS = ("docgen.load", "docgen.fill", "docgen.model", "docgen.language")


def main() -> int:
    try:
        import atheris
    except ImportError:
        print(MISSING)
        return 2
    with atheris.instrument_imports(include=list(LEADS)):
        from tests.fuzz.__main__ import judged
        from tests.fuzz.targets import TARGETS, place

    name, seconds, seed = sys.argv[1:4]
    target = next(one for one in TARGETS if one.name == name)
    folder = TemporaryDirectory(prefix="fuzz-")
    root = place(Path(folder.name).resolve())
    corpus = root / "corpus"
    corpus.mkdir()
    seeds = target.seeds(root)
    for number, data in enumerate(seeds.values()):
        (corpus / str(number)).write_bytes(data)
    first = next(iter(seeds))

    def one(data: bytes) -> None:
        said = judged(target, root, first, data)
        if said:
            print(f"{name}: {said}\n    {data[:400]!r}", flush=True)
            raise RuntimeError(said)

    own = f"-artifact_prefix={root}/"  # what it keeps of slow units
    options = [own, f"-max_total_time={seconds}", f"-seed={seed}", "-max_len=65536", "-verbosity=0"]
    atheris.Setup([sys.argv[0], *options, "-print_final_stats=1", str(corpus)], one)
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
