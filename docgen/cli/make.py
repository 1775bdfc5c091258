"""What make was asked, as it stands in the environment → the command line of docgen.

`make 建设方案 APP=示例联合体` hands over goal and values as environment variables, never through
make's or the shell's expansion; whatever they hold arrives here to the letter.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

COMMANDS = {
    "全部": ["build", "--all"],
    "检查": ["check"],
    "核对": ["check", "--outputs"],
    "匹配": ["match"],
    "装订": ["bind"],
    "守候": ["watch"],
    "出处": ["why"],
    "比较": ["diff"],
    "新建": ["new"],
    "报名表": ["sheet"],
    "导入": ["import"],
}
NAMES = {"APP": "--applicant", "BUREAU": "--bureau", "NOTICE": "--notice"}
OPTIONS = NAMES | {"DATE": "--date"}
OPTIONS_OF = {
    "build": OPTIONS | {"FORMAT": "--format"},
    "why": NAMES,
    "diff": NAMES | {"AGAINST": "--against"},
    "new": NAMES | {"TRACK": "--track"},
    "sheet": {"NOTICE": "--notice", "FILE": "--output"},
    "import": {"NOTICE": "--notice", "BUREAU": "--bureau", "TAKE": "--take"},
}
NO = {"", "0", "否", "no", "false"}


def arguments(environ: Mapping[str, str]) -> list[str]:
    """The words of the command line; a goal that is no command is a 文种."""
    goal = environ.get("DOCGEN_GOAL", "")
    words = list(COMMANDS.get(goal, ["build"]))
    for variable, option in OPTIONS_OF.get(words[0], OPTIONS).items():
        if value := environ.get(variable):
            words.append(f"{option}={value}")  # one word: a value may begin with a dash
    if words[0] in ("build", "bind") and environ.get("FINAL", "").strip().lower() not in NO:
        words.append("--final")
    if words[0] == "check":
        kinds = environ.get("FORMAT", "").lower().replace("，", ",").split(",")
        words += [f"--{kind}" for kind in ("html", "pdf") if kind in map(str.strip, kinds)]
        words += ["--all"] if environ.get("ALL", "").strip().lower() not in NO else []
    if words[0] == "import" and environ.get("FILE"):
        return [*words, "--", environ["FILE"]]
    if words[0] == "why":
        asked = [environ[key] for key in ("FILE", "TEXT") if environ.get(key)]
        return [*words, "--", *asked]
    return words if goal in COMMANDS else [*words, "--", goal]


def stranger(goal: str) -> str:
    """What to say of a goal that is neither a command nor a 文种; "" of one that may be."""
    kinds = [path.name for path in Path("templates").glob("*/")]
    if not goal or not kinds or goal in (*COMMANDS, *kinds):
        return ""
    from docgen.cli.names import near
    from docgen.report.lines import visible

    hint = near(goal, [*COMMANDS, *kinds])
    return f"没有“{visible(goal)}”这个用法，也没有这个文种\n  提示 {hint}全部用法：make help"


def main() -> int:
    from docgen.cli import main as docgen

    if said := stranger(os.environ.get("DOCGEN_GOAL", "")):
        print(said, file=sys.stderr)
        return 2
    return docgen(arguments(os.environ))


if __name__ == "__main__":
    sys.exit(main())
