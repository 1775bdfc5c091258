"""python -m bench: measures, and prints one table for each thing measured."""

from __future__ import annotations

import argparse
import sys

ABOUT = "测速：docgen 与同类工具做同样的事，轮流测量，只看倍数。"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=ABOUT)
    choices = ("fill", "batch", "all")
    parser.add_argument("what", nargs="?", default="all", choices=choices, help="测什么")
    parser.add_argument("--quick", action="store_true", help="粗测")
    parser.add_argument("--count", type=int, default=1_000, help="成批：多少家（100、1000、10000）")
    given = parser.parse_args(arguments)

    if given.what in ("fill", "all"):
        from bench.fill.run import measure as fill

        print(fill(quick=given.quick), flush=True)
    if given.what in ("batch", "all"):
        from bench.batch.run import measure as batch

        print(batch(given.count, quick=given.quick), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
