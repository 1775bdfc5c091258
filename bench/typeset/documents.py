"""The files that are printed: letters, forms, opinions and a plan, most from the examples."""

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
KINDS = {"letters": 100, "forms": 100, "opinions": 30, "plan": 1}
EXAMPLES = {
    "letters": ("真实性承诺书", ()),
    "opinions": ("推荐意见", ("-b", BUREAU)),
    "plan": ("建设方案", ()),
}


def write(folder: Path, *, share: float = 1.0) -> dict[str, Path]:
    """A folder of .docx for each kind; `share` of their number, but one at least."""
    counts = {kind: max(1, round(number * share)) for kind, number in KINDS.items()}
    found = {kind: folder / kind for kind in KINDS}
    for path in found.values():
        path.mkdir(parents=True)
    fill = docgen(documents.build("docgen", "letter"))
    for number in range(counts["forms"]):
        (found["forms"] / f"{number:03d}.docx").write_bytes(fill(data.RECORDS["letter"](number)))
    for kind, example in _examples(folder / "workspace").items():
        for number in range(counts[kind]):
            (found[kind] / f"{number:03d}.docx").write_bytes(_renamed(example, number))
    return found


def _examples(workspace: Path) -> dict[str, bytes]:
    """A document of each kind as `docgen build` makes them from the shipped data."""
    for name in WORKSPACE:
        shutil.copytree(ROOT / name, workspace / name)
    (workspace / ".local").symlink_to(ROOT / ".local")
    made = {}
    for kind, (document, whose) in EXAMPLES.items():
        command = [sys.executable, "-m", "docgen", "build", document, *whose, "-a", APPLICANT]
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
        made[kind] = files[-1].read_bytes()
        shutil.rmtree(workspace / "out")
    return made


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
