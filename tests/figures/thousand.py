"""A thousand applicants, fifty of them broken: who is done, who is named, what is done again."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.batch.province import province
from tests.kit import docgen


def main(count: int, broken: int) -> int:
    with TemporaryDirectory(prefix="thousand-") as folder:
        made = province(Path(folder).resolve(), count, broken)
        words = ("build", "--all", "-b", made.pattern.bureau, "-n", made.pattern.notice)
        words += ("--final", "--format", "docx", "--json")
        first = docgen(made.root, *words, timeout=1800).json
        stamps = {path: path.stat().st_mtime_ns for path in made.out.rglob("*.docx")}
        second = docgen(made.root, *words, timeout=1800).json
        again = sum(path.stat().st_mtime_ns != stamps[path] for path in made.out.rglob("*.docx"))
    errors = [p for p in first["problems"] if p["severity"] == "error"]
    said = [f"{p['subject']} {p['file']} {p['message']}" for p in errors]
    named = [name for name in made.broken if any(name in one for one in said)]
    done = {o["subject"] for o in first["outputs"]} & set(made.sound)
    told = f"做成 {len(done)}，指名 {len(named)}；再运行重写 {again} 份"
    print(f"{count} 家，其中 {broken} 家有错：{told}")
    right = (len(done), len(named), again) == (count - broken, broken, 0)
    return 0 if right and len(second["outputs"]) == len(first["outputs"]) else 1


if __name__ == "__main__":
    sys.exit(main(*(int(word) for word in sys.argv[1:] or ("1000", "50"))))
