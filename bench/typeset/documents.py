"""The files that are printed: letters of bench.fill, opinions and a plan of the shipped examples."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from bench.fill import data, documents
from bench.fill.engines import docgen

ROOT = Path(__file__).resolve().parents[2]
WORKSPACE = ("notices", "templates", "data", "fonts")
NOTICE, APPLICANT, BUREAU = "江苏数促中心-2026", "示例联合体", "示例市工信局"
MAIN = "word/document.xml"
KINDS = {"letters": 100, "opinions": 30, "plan": 1}


def write(folder: Path, *, share: float = 1.0) -> dict[str, Path]:
    """A folder of .docx for each kind; `share` of their number, but one at least."""
    counts = {kind: max(1, round(number * share)) for kind, number in KINDS.items()}
    found = {kind: folder / kind for kind in KINDS}
    for path in found.values():
        path.mkdir(parents=True)
    fill = docgen(documents.build("docgen", "letter"))
    for number in range(counts["letters"]):
        (found["letters"] / f"{number:03d}.docx").write_bytes(fill(data.RECORDS["letter"](number)))
    opinion, plan = _example(folder / "workspace")
    for number in range(counts["opinions"]):
        (found["opinions"] / f"{number:03d}.docx").write_bytes(_renamed(opinion, number))
    (found["plan"] / "000.docx").write_bytes(plan)
    return found


def _example(workspace: Path) -> tuple[bytes, bytes]:
    """An opinion and a plan as `docgen build` makes them from the shipped data."""
    for name in WORKSPACE:
        shutil.copytree(ROOT / name, workspace / name)
    (workspace / ".local").symlink_to(ROOT / ".local")
    made = []
    for kind, whose in (("推荐意见", ("-b", BUREAU)), ("建设方案", ())):
        command = [sys.executable, "-m", "docgen", "build", kind, *whose, "-a", APPLICANT]
        done = subprocess.run(
            [*command, "-n", NOTICE, "--format", "docx"],
            cwd=ROOT,
            env=os.environ
            | {"DOCGEN_ROOT": str(workspace), "DOCGEN_CACHE": str(workspace / "cache")},
            capture_output=True,
            text=True,
            check=False,
        )
        files = sorted((workspace / "out").rglob("*.docx"))
        if not files:
            raise SystemExit(done.stdout + done.stderr)
        made.append(files[-1].read_bytes())
        shutil.rmtree(workspace / "out")
    return made[0], made[1]


def _renamed(docx: bytes, number: int) -> bytes:
    """The document for another applicant: its name stands in many paragraphs."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as old, zipfile.ZipFile(out, "w") as new:
        for item in old.infolist():
            content = old.read(item)
            if item.filename == MAIN:
                named = content.decode().replace("示例", f"第{number}示例")
                content = named.encode()
            new.writestr(item, content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
