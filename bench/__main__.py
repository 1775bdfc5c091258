"""python -m bench: measures, and prints one table."""

from __future__ import annotations

import argparse
import sys

ABOUT = "测速：docgen 填写 Word 与同类工具比，同样两份文书，轮流测量，只看倍数。"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=ABOUT)
    parser.add_argument("what", nargs="?", default="fill", choices=("fill",), help="测什么")
    parser.add_argument("--quick", action="store_true", help="一分钟以内的粗测")
    given = parser.parse_args(arguments)

    from bench.fill.run import measure

    print(measure(quick=given.quick))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
