"""python -m bench: measures, and prints one table for each thing measured."""

from __future__ import annotations

import argparse
import sys

ABOUT = "测速：docgen 与同类工具比，同样的文书，轮流测量，只看倍数。"
WHAT = ("fill", "typeset")


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=ABOUT)
    parser.add_argument("what", nargs="*", help="测什么：fill 填写，typeset 排版；不写是全部")
    parser.add_argument("--quick", action="store_true", help="两分钟以内的粗测")
    given = parser.parse_args(arguments)
    if unknown := set(given.what) - set(WHAT):
        parser.error(f"没有 {'、'.join(sorted(unknown))}，可测 {'、'.join(WHAT)}")
    for what in given.what or WHAT:
        print(_measured(what, quick=given.quick), end="\n\n")
    return 0


def _measured(what: str, *, quick: bool) -> str:
    if what == "fill":
        from bench.fill.run import measure
    else:
        from bench.typeset.run import measure
    return measure(quick=quick)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
