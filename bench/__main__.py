"""python -m bench: measures, and prints one table for each thing measured."""

from __future__ import annotations

import argparse
import sys
from importlib import import_module

ABOUT = "测速：docgen 与同类工具比，同样的文书，轮流测量，只看倍数。"
WHAT = ("fill", "bind", "typeset")


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=ABOUT)
    parser.add_argument("what", nargs="*", help=f"测什么：{'、'.join(WHAT)}；不写则全部")
    parser.add_argument("--quick", action="store_true", help="三分钟左右的粗测")
    given = parser.parse_args(arguments)

    unknown = [word for word in given.what if word not in WHAT]
    if unknown:
        parser.error(f"不能测“{unknown[0]}”，可写 {'、'.join(WHAT)}")
    for what in given.what or WHAT:
        print(import_module(f"bench.{what}.run").measure(quick=given.quick), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
