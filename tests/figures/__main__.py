"""make figures: what docgen promises of its reliability, measured here and now, one line a figure.

Bounded: about 20 minutes on two processors. `docs/可靠性.md` says what each figure is for.
"""

# ruff: noqa: E501  (a line a figure)

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from tempfile import TemporaryDirectory

from tests.kit import ROOT

PYTHON = sys.executable
LONGEST = 3000  # characters shown of what went wrong
TEST = (PYTHON, "-m", "pytest", "-q", "-n", "auto", "--dist", "loadgroup")


@dataclass(frozen=True)
class Figure:
    """A number of reliability.md's chapter, what is measured, the command, what it prints of it."""

    number: str
    what: str
    words: tuple[str, ...]
    told: str = r"\d+ (?:passed|failed).*"
    env: tuple[tuple[str, str], ...] = ()


FIGURES = (
    Figure("1、14", "敌意输入：指名拒绝或原样接受，各在 10 秒、512 MB 内", (*TEST, "tests/hostile/test_corpus.py", "tests/hostile/test_rare.py")),
    Figure("2", "示例的变异：不崩溃、不无声改动", (PYTHON, "-m", "tests.fuzz", "--seconds", "150"), "变异 .*"),
    Figure("2", "一处错误指在那一行", (*TEST, "tests/load/test_yaml_exactness.py")),
    Figure("3", "任意文字：写什么印什么", (*TEST, "--hypothesis-profile=long", "--hypothesis-show-statistics", "tests/fill/test_any_text.py", "tests/excel/test_round_trip.py", "tests/typeset/test_text.py"), r"- \d+ passing|\d+ (?:passed|failed).*", (("DOCGEN_TIMES", "50"), ("DOCGEN_SECONDS", "120"))),
    Figure("4", "kill -9，随机时刻，两个进程在写", (PYTHON, "tests/store/kill_loop.py", "{temporary}", "1000"), ".* kills.*"),
    Figure("4", "kill -9，随机时刻，整个命令", (*TEST, "tests/test_kills.py"), env=(("DOCGEN_KILLS", "60"),)),
    Figure("4、5、6", "每一处写盘、读盘逐一出错", (PYTHON, "-m", "tests.faults", "--seconds", "300"), "故障注入 .*"),
    Figure("5", "存储层每一次系统调用逐一出错", (*TEST, "tests/store")),
    Figure("7", "换时区、语言、用户、日期、文件夹，字节相同", (*TEST, "tests/hostile/test_same_bytes.py")),
    Figure("8", "千家里五十家有错", (PYTHON, "-m", "tests.figures.thousand"), ".*家，其中.*"),
    Figure("10", "Open XML SDK 无错误", (PYTHON, "-m", "tests.judge"), ".*Open XML SDK.*"),
    Figure("10", "Word 与 PDF 文字一致", (*TEST, "tests/typeset/test_agreement.py")),
    Figure("11", "不联网，不读工作文件夹以外", (*TEST, "tests/hostile/test_outside.py")),
    Figure("12", "号码不进消息、日志、文件名、文档属性", (*TEST, "tests/hostile/test_leaks.py")),
    Figure("15", "atheris：YAML 读取", (PYTHON, "-m", "tests.fuzz.harness", "YAML", "60", "1"), "没有 atheris.*|stat::number_of_executed_units.*"),
    Figure("15", "atheris：模板读取", (PYTHON, "-m", "tests.fuzz.harness", "模板", "60", "1"), "没有 atheris.*|stat::number_of_executed_units.*"),
    Figure("16", "密级标志认得出，不误认", (*TEST, "tests/language/test_secrets.py")),
)  # fmt: skip
APART = (
    "9  万家内存与时间：另测，python -m tests.figures.many（五分钟）",
    "13 分支覆盖与变异测试：没有测",
    "17 每个错误先有一个失败的例子：见 CONTRIBUTING.md",
)


def measured(figure: Figure, temporary: str) -> tuple[bool, str]:
    words = [word.format(temporary=temporary) for word in figure.words]
    env = {**os.environ, **dict(figure.env)}
    done = subprocess.run(words, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    found = re.findall(figure.told, done.stdout + done.stderr)
    tried = sum(int(one.split()[1]) for one in found if one.endswith("passing"))
    said = found[-1] if found else (done.stdout + done.stderr)[-300:]
    if done.returncode:
        print((done.stdout + done.stderr)[-LONGEST:], flush=True)
    return done.returncode == 0, f"{tried} 例，{said}" if tried else said


def main() -> int:
    fine = True
    asked = sys.argv[1:]
    for figure in FIGURES:
        if asked and not set(asked) & set(figure.number.split("、")):
            continue
        start = time.monotonic()
        with TemporaryDirectory(prefix="figures-") as folder:
            held, said = measured(figure, folder)
        fine &= held
        mark = "✓" if held else "✗"
        print(
            f"{figure.number} {figure.what} {mark} {said.strip()}（{time.monotonic() - start:.0f} 秒）",
            flush=True,
        )
    print(*APART, sep="\n")
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
