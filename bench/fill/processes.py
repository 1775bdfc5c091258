"""Whole processes timed from start to end: YAML folders, one cold letter."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter

import yaml

from bench.fill import data, everything
from bench.fill.peers import ROOT, PeerError
from docgen.load.yaml import read_yaml

USUAL = Path(__file__).with_name("yaml_usual.py")
OURS = "bench.fill.yaml_ours"
WORKSPACE = ("notices", "templates", "data")
BUILD = "docgen build 推荐意见 -b 示例市工信局 -a 示例联合体 -n 江苏数促中心-2026 --format docx"


class Processes:
    """The files that the scripts read, and the scripts as functions that return seconds."""

    def __init__(self, folder: Path, template: Path, records: int) -> None:
        self.folder, self.template = folder, template
        self.many, self.one = folder / "many", folder / "one"
        for source, count in ((self.many, records), (self.one, 1)):
            source.mkdir(parents=True)
            for number in range(count):
                text = yaml.safe_dump(
                    data.applicant(number), allow_unicode=True, sort_keys=False, width=10**6
                )
                (source / f"{number:05d}.yaml").write_text(text, "utf-8")
        self.size = next(self.one.iterdir()).stat().st_size
        known = everything.imported()
        self._everything = self._write(
            "everything.py", everything.script(known + everything.declared())
        )
        self._imported = self._write("imported.py", everything.script(known))
        for name in WORKSPACE:
            shutil.copytree(ROOT / name, folder / "workspace" / name)

    def _write(self, name: str, text: str) -> str:
        file = self.folder / name
        file.write_text(text, "utf-8")
        return str(file)

    def yaml_ours(self) -> float:
        return self._letters(["-m", OURS], self.many)

    def yaml_usual(self) -> float:
        return self._letters([str(USUAL)], self.many)

    def read_ours(self) -> float:
        return self._reading(lambda content: read_yaml(content, "申报单位.yaml"))

    def read_usual(self) -> float:
        return self._reading(yaml.safe_load)

    def letter(self) -> float:
        return self._letters(["-m", OURS], self.one)

    def letter_with(self, *, declared: bool) -> float:
        return self._letters([self._everything if declared else self._imported, OURS], self.one)

    def letter_usual(self) -> float:
        return self._letters([str(USUAL)], self.one)

    def build(self) -> float:
        return self._timed(["-m", *BUILD.split()])

    def build_with_everything(self) -> float:
        return self._timed([self._everything, *BUILD.split()])

    def _reading(self, read: Callable[[bytes], object]) -> float:
        """Seconds to read one of the files, in this process, from bytes in memory."""
        files = [file.read_bytes() for file in sorted(self.many.iterdir())[:50]]
        start = perf_counter()
        for content in files:
            read(content)
        return (perf_counter() - start) / len(files)

    def _letters(self, script: Sequence[str], source: Path) -> float:
        out = self.folder / "out"
        shutil.rmtree(out, ignore_errors=True)
        out.mkdir()
        seconds = self._timed([*script, str(self.template), str(source), str(out)])
        made, wanted = len(list(out.iterdir())), len(list(source.iterdir()))
        if made != wanted:
            raise PeerError(f"应有 {wanted} 封信，只有 {made} 封")
        return seconds / wanted

    def _timed(self, arguments: Sequence[str]) -> float:
        environment = os.environ | {
            "DOCGEN_ROOT": str(self.folder / "workspace"),
            "DOCGEN_CACHE": str(self.folder / "cache"),
            "PYTHONPATH": str(ROOT),
        }
        start = perf_counter()
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        seconds = perf_counter() - start
        if done.returncode:
            raise PeerError((done.stderr.strip() or "没有成功").splitlines()[-1][:200])
        return seconds
