"""python -m bench: measures, and prints one table for each thing measured."""

from __future__ import annotations

import argparse
import sys
from importlib import import_module

ABOUT = "测速：docgen 与同类工具做同样的事，轮流测量，只看倍数。"
WHAT = ("fill", "bind", "typeset", "batch")


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=ABOUT)
    parser.add_argument("what", nargs="*", help=f"测什么：{'、'.join(WHAT)}；不写则全部")
    parser.add_argument("--quick", action="store_true", help="粗测")
    parser.add_argument("--count", type=int, default=1_000, help="成批：多少家（100、1000、10000）")
    given = parser.parse_args(arguments)

    unknown = [word for word in given.what if word not in WHAT]
    if unknown:
        parser.error(f"不能测“{unknown[0]}”，可写 {'、'.join(WHAT)}")
    for what in given.what or WHAT:
        more = {"count": given.count} if what == "batch" else {}
        print(import_module(f"bench.{what}.run").measure(quick=given.quick, **more), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
