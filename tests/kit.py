"""One-line helpers: a workspace of one's own, the CLI as users run it, texts of documents."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[1]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True)
class Run:
    """One run of the command line."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        return json.loads(self.out)

    @property
    def problems(self) -> list[dict[str, Any]]:
        return self.json["problems"]

    def codes(self) -> list[str]:
        return [problem["code"] for problem in self.problems]


def workspace(folder: Path) -> Path:
    """A copy of the packs, templates and example data, to change at will; fonts are shared."""
    for name in ("notices", "templates", "data"):
        shutil.copytree(ROOT / name, folder / name)
    local = folder / ".local"
    local.mkdir()
    (local / "fonts").symlink_to(ROOT / ".local" / "fonts")
    return folder


def docgen(
    folder: Path, *arguments: str, env: dict[str, str] | None = None, timeout: float = 120
) -> Run:
    """Runs the command line in a workspace."""
    done = subprocess.run(
        [sys.executable, "-m", "docgen", *arguments],
        cwd=ROOT,
        env={**os.environ, "DOCGEN_ROOT": str(folder), "NO_COLOR": "1", **(env or {})},
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )
    assert "Traceback" not in done.stdout + done.stderr, done.stderr
    return Run(done.returncode, done.stdout, done.stderr)


def edit(folder: Path, file: str, old: str, new: str) -> None:
    """Replaces text that stands exactly once in a file."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{file}: {old!r} stands {text.count(old)} times"
    path.write_text(text.replace(old, new), encoding="utf-8")


def paragraphs(docx: Path) -> Iterator[str]:
    """The text of every paragraph of a document's body."""
    with zipfile.ZipFile(docx) as package:
        root = ElementTree.fromstring(package.read("word/document.xml"))
    for paragraph in root.iter(W + "p"):
        yield "".join(node.text or "" for node in paragraph.iter(W + "t"))


def text_of(docx: Path) -> str:
    return "\n".join(paragraphs(docx))


def highlighted(docx: Path) -> list[str]:
    """The texts of highlighted runs: the holes of a draft."""
    with zipfile.ZipFile(docx) as package:
        root = ElementTree.fromstring(package.read("word/document.xml"))
    return [
        "".join(node.text or "" for node in run.iter(W + "t"))
        for run in root.iter(W + "r")
        if run.find(f"{W}rPr/{W}highlight") is not None
    ]
