"""One run: provinces of several sizes, docgen and a plain script in turn, the table."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, sleep
from typing import Any

from bench.batch.province import ROOT, Province, province
from bench.fill import data, documents
from bench.fill.arena import NEEDED_SPACE, RAM_DISK, say
from bench.fill.measure import Pair, Spread, alternate
from bench.fill.report import Bar, Row, absent, compared, table
from bench.fill.run import machine

WORDS = "docx,xlsx"
SCRIPT_BAR, AGAIN_BAR, PDF_BAR, WORKERS_BAR = Bar(30), Bar(50), Bar(1 / 0.3), Bar(1.5)
MOMENT = 2.5  # seconds after which a file counts as settled, and what was read of it is kept
FLAT_BAR = Bar(1.5, at_most=True)


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many applicants, and how many of them the peers are given in each of the rounds."""

    few: int
    many: int
    sample: int
    pdf: int
    rounds: int


def sizes(count: int, quick: bool) -> Sizes:
    if quick:
        return Sizes(10, min(count, 40), 10, 6, 2)
    return Sizes(max(count // 10, 10), count, 60, 40, 3)


def measure(count: int = 1_000, *, quick: bool = False) -> str:
    """The table, between a line on the machine and one on how long it took."""
    start, load = perf_counter(), os.getloadavg()[0]
    roomy = RAM_DISK.is_dir() and shutil.disk_usage(RAM_DISK).free > 2 * NEEDED_SPACE
    with TemporaryDirectory(prefix="docgen-bench-", dir=RAM_DISK if roomy else None) as folder:
        made = table(_Rows(Path(folder), sizes(count, quick)).rows())
    head = f"{date.today()}，{machine()}，开测前负载 {load:.1f}{'，粗测' if quick else ''}"
    return f"{head}\n\n{made}\n\n共 {perf_counter() - start:.0f} 秒"


class _Rows:
    """The rows of the table, in order."""

    def __init__(self, folder: Path, sizes: Sizes) -> None:
        self.folder, self.sizes = folder, sizes
        self.few = self._province("few", sizes.few)
        self.many = self._province("many", sizes.many)
        self.pdf = self._province("pdf", sizes.pdf)
        sleep(MOMENT)

    def _province(self, name: str, count: int) -> Province:
        say(f"造 {count} 家……")
        (self.folder / name).mkdir()
        return province(self.folder / name, count)

    def rows(self) -> Iterator[Row]:
        many, few = self.sizes.many, self.sizes.few
        seen: list[dict[str, Any]] = []
        small: list[dict[str, Any]] = []
        say("对手：PyYAML＋docxtpl……")
        what = f"{many:,} 家，YAML 到核验过的信和台账（docx、xlsx），每家"
        pair = alternate(
            lambda: self._ours(self.many, WORDS, seen) / many, self._usual, self.sizes.rounds
        )
        yield compared(what, "safe_load＋docxtpl，不核验", pair, SCRIPT_BAR)
        say("两个进程……")
        pair = alternate(
            lambda: self._ours(self.many, WORDS, [], 2), lambda: self._ours(self.many, WORDS, []), 2
        )
        yield compared(f"{many:,} 家，两个进程", "一个进程", pair, WORKERS_BAR)
        say("增长……")
        pair = alternate(
            lambda: self._ours(self.few, WORDS, small) / few,
            lambda: self._ours(self.many, WORDS, seen) / many,
            2,
        )
        what = f"每家用时，{many:,} 家比 {few:,} 家"
        yield compared(what, "docgen 自己", pair, FLAT_BAR, inverse=True)
        peaks = [max(run["peak"] for run in runs) for runs in (small, seen)]
        told = f"{peaks[0]:.0f}、{peaks[1]:.0f} MB"
        yield Row(f"内存峰值，{few:,}、{many:,} 家", "—", told)
        whole = sum(run["wall"] for run in seen)
        shares = {s: sum(run["stages"][s] for run in seen) / whole for s in seen[0]["stages"]}
        shares["其余"] = 1 - sum(shares.values())
        told = "、".join(f"{stage} {share:.0%}" for stage, share in shares.items() if share > 0.004)
        yield Row("各段占用（docx、xlsx）", "—", told)
        say("改一处再生成……")
        yield self._again()
        say("PDF……")
        yield from self._pdf()

    def _ours(
        self,
        made: Province,
        formats: str,
        seen: list[dict[str, Any]],
        processes: int = 1,
        keep: bool = False,
    ) -> float:
        """Seconds of a build; from nothing, unless what stands is kept."""
        cache = made.root / "cache"
        if not keep:
            shutil.rmtree(made.root / "out", ignore_errors=True)
            shutil.rmtree(cache, ignore_errors=True)
        pattern = made.pattern
        command = ("bench.batch.ours", str(made.root), pattern.bureau, pattern.notice, formats)
        told = json.loads(_output(*command, str(processes), DOCGEN_CACHE=str(cache)))
        seen.append(told)
        return float(told["wall"])

    def _usual(self) -> float:
        """Seconds a letter of the plain script, sampled."""
        template, records = self.folder / "letter.docx", self.folder / "letter.json"
        if not template.exists():
            template.write_bytes(documents.build("docxtpl", "letter"))
            letters = [data.RECORDS["letter"](seed) for seed in range(20)]
            records.write_text(json.dumps(letters, ensure_ascii=False), "utf-8")
        out = self.folder / "usual"
        shutil.rmtree(out, ignore_errors=True)
        out.mkdir()
        count = self.sizes.sample
        applicants = self.many.root / "data" / "申报单位"
        command = ("bench.batch.usual", str(template), str(records), str(applicants), str(out))
        return float(_output(*command, str(count))) / count

    def _again(self) -> Row:
        """A build after one changed field, against one from nothing, both in one process."""
        file = self.many.folder(self.many.sound[0]) / "申报单位.yaml"
        runs: list[tuple[float, float]] = []
        for number in range(2):
            full = self._ours(self.many, WORDS, [])
            text = file.read_text("utf-8")
            file.write_text(text.replace("法定代表人: ", f"法定代表人: 改{number}", 1), "utf-8")
            runs.append((self._ours(self.many, WORDS, [], keep=True), full))
        again, full_runs = zip(*runs, strict=True)
        ratio = Spread.of([full / one for one, full in runs])
        pair = Pair(Spread.of(again), Spread.of(full_runs), ratio, len(runs))
        return compared("改一处再生成", "全部生成", pair, AGAIN_BAR)

    def _pdf(self) -> Iterator[Row]:
        count = self.sizes.pdf

        def ours(processes: int) -> float:
            return self._ours(self.pdf, "docx,pdf", [], processes)

        pair = alternate(lambda: ours(2), lambda: ours(1), self.sizes.rounds)
        yield compared(f"{count} 家出 PDF，两个进程", "一个进程", pair, WORKERS_BAR)
        what = f"{count} 封信的 Word 到 PDF，每封"
        if shutil.which("soffice") is None:
            yield absent(what, "LibreOffice，一个进程", "这台机器没有 LibreOffice", PDF_BAR)
            return
        letters = sorted((self.pdf.out / "推荐意见").glob("*.docx"))
        copied = self.folder / "letters"
        copied.mkdir()
        for letter in letters:
            shutil.copyfile(letter, copied / letter.name)

        def typeset() -> float:
            seen: list[dict[str, Any]] = []
            self._ours(self.pdf, "docx,pdf", seen)
            return float(seen[0]["stages"]["排版"]) / len(letters)

        pair = alternate(typeset, lambda: self._soffice(copied), self.sizes.rounds)
        yield compared(what, "LibreOffice，一个进程", pair, PDF_BAR)

    def _soffice(self, letters: Path) -> float:
        """Seconds a letter of one LibreOffice that is given all of them."""
        files = sorted(map(str, letters.glob("*.docx")))
        home = f"-env:UserInstallation={(self.folder / 'office').as_uri()}"
        start = perf_counter()
        command = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(letters)]
        subprocess.run([*command, *files], check=True, capture_output=True)
        return (perf_counter() - start) / len(files)


def _output(module: str, *arguments: str, **environment: str) -> str:
    """What a module prints, run in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    return done.stdout
