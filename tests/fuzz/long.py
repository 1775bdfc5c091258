"""make fuzz: mutants, properties with many more examples, atheris where it is installed.

FUZZ_SECONDS (300) in all, FUZZ_SEED (1). What fails is printed as it is found, with the means to
make it again.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys

from tests.kit import ROOT

TIMES = 50  # as many examples of each property as in the quick profile, if there is time
GUIDED = ("YAML", "正文", "模板")


def mutants(seconds: float, seed: str) -> bool:
    words = [sys.executable, "-m", "tests.fuzz", "--seconds", str(seconds), "--seed", seed]
    return subprocess.run(words, cwd=ROOT, check=False).returncode == 0


def properties(seconds: float, seed: str) -> bool:
    """The tests by Hypothesis alone; what they tried, added up."""
    profile = ("--hypothesis-profile=long", f"--hypothesis-seed={seed}")
    quiet = ("-q", "-n", "auto", "--hypothesis-show-statistics", "tests")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *profile, *quiet],
        cwd=ROOT,
        env={**os.environ, "DOCGEN_TIMES": str(TIMES), "DOCGEN_SECONDS": str(seconds)},
        capture_output=True,
        text=True,
        check=False,
    )
    tried = sum(map(int, re.findall(r"- (\d+) passing", done.stdout)))
    end = done.stdout.rstrip().rpartition("\n")[2]
    if done.returncode:
        print(done.stdout[-6000:])
    print(f"性质测试 {tried} 例（种子 {seed}）：{end}", flush=True)
    return done.returncode == 0


def guided(name: str, seconds: int, seed: str) -> bool:
    """Atheris on one target; True, too, where it is not installed, which is said."""
    words = [sys.executable, "-m", "tests.fuzz.harness", name, str(seconds), seed]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    units = re.search(r"number_of_executed_units: (\d+)", done.stderr)
    if done.returncode == 2 and not units:
        print(f"{name}：{done.stdout.strip()}", flush=True)
        return True
    print(f"atheris {name} {units[1] if units else '?'} 次（种子 {seed}）", flush=True)
    if done.returncode:
        print(done.stdout[-2000:], done.stderr[-2000:])
    return done.returncode == 0


def main() -> int:
    seconds, seed = float(os.environ.get("FUZZ_SECONDS") or 300), os.environ.get("FUZZ_SEED") or "1"
    fine = [mutants(seconds / 2, seed), properties(seconds / 4, seed)]
    fine += [guided(name, max(int(seconds / 4 / len(GUIDED)), 1), seed) for name in GUIDED]
    return 0 if all(fine) else 1


if __name__ == "__main__":
    sys.exit(main())
