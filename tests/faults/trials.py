"""One fault at a time: the command is disturbed, then run again; both ends are judged."""

from __future__ import annotations

import errno
import importlib
import io
import json
import os
import pickle
import shutil
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.place import OTHER, Scene, place
from tests.faults.points import Plan, install

Files = dict[str, bytes]
CACHED = (".template", ".kept", ".outcome")
AHEAD = 3600  # seconds by which a run's clock is ahead of its files': they count as old
YEARS = 10 * 365 * 86400
CALM = Plan(at=1 << 60)
CODES = {
    "ENOSPC": errno.ENOSPC,
    "EIO": errno.EIO,
    "EACCES": errno.EACCES,
    "EROFS": errno.EROFS,
}


@dataclass
class Stage:
    """A scene made ready: what stands before, what an undisturbed run leaves, its points."""

    scene: Scene
    root: Path
    base: Path
    before: Files = field(default_factory=dict)
    after: Files = field(default_factory=dict)
    codes: set[int] = field(default_factory=set)
    calls: list[tuple[str, str]] = field(default_factory=list)
    reads: list[str] = field(default_factory=list)

    def at(self, trial: Trial) -> str:
        """The call that a trial disturbs."""
        return self.reads[trial.at] if trial.act == "read" else " ".join(self.calls[trial.at])


@dataclass(frozen=True)
class Trial:
    """What is done to a stage: an act of `points.Plan`, or 手改, 同时, 时钟."""

    act: str
    at: int = 0
    code: str = ""

    def __str__(self) -> str:
        return f"{self.act} {self.code}@{self.at}".replace(" @", "@")


def start(
    root: Path, words: tuple[str, ...], plan: Plan, ahead: int = AHEAD, *, sweep: bool = False
) -> int:
    """Forks a process that runs the command line under the plan; its number."""
    number = os.fork()
    if number:
        return number
    code = 99
    try:
        said = os.open(root.parent / f"said-{os.getpid()}", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(said, 1)
        os.dup2(said, 2)
        os.environ.update(
            DOCGEN_ROOT=str(root), DOCGEN_CACHE=str(root / "缓存"), TMPDIR=str(root / "临时")
        )
        tempfile.tempdir = None
        os.chdir(root)
        _shift(ahead)
        from docgen.cli import main
        from docgen.scratch import scratch

        if sweep:
            with scratch():
                words = ("--version",)
        install(plan)
        code = main(list(words))
        sys.stdout.flush()
        if plan.at < 0:
            seen = pickle.dumps((plan.calls, plan.looked, sorted(sys.modules)))
            Path(root.parent, "calls").write_bytes(seen)
    finally:
        os._exit(code)


def wait(root: Path, number: int) -> tuple[int, str]:
    """The exit code (negative for a signal) and all that was said."""
    _, status = os.waitpid(number, 0)
    said = root.parent / f"said-{number}"
    text = said.read_text("utf-8", "replace") if said.exists() else ""
    said.unlink(missing_ok=True)
    return os.waitstatus_to_exitcode(status), text


def ran(stage: Stage, plan: Plan = CALM, ahead: int = AHEAD) -> tuple[int, str]:
    return wait(stage.root, start(stage.root, stage.scene.words, plan, ahead))


def _shift(seconds: int) -> None:
    """The clock of this process, ahead by so much (behind, if negative)."""
    real, exact = time.time, time.time_ns
    time.time = lambda: real() + seconds
    time.time_ns = lambda: exact() + seconds * 10**9


def seen(root: Path) -> Files:
    """All files of a workspace that a run may make or change, but for locks."""
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and path.name != ".锁" and ".local" not in path.parts
    }


def _derived(name: str) -> bool:
    return name.endswith(("清单.json", ".结论.json")) or ".schema/" in name


def kept(files: Files) -> Files:
    """Those that are the user's: not the cache, nor the temporary folder."""
    return {name: data for name, data in files.items() if name.split("/")[0] not in PRIVATE}


ALIKE = "nothing differs"
BEATEN = ("读取之后被改过", "已经有了")  # of two at once one may be told to run again
PRIVATE = ("缓存", "临时")


def left_over(stage: Stage) -> list[str]:
    """Temporaries that neither this run removed nor the next that needs any will."""
    wait(stage.root, start(stage.root, ("--version",), CALM, sweep=True))
    files = seen(stage.root)
    spare = [name for name in files if Path(name).name.startswith(".docgen-")]
    spare += [n for n in files if n.startswith("缓存/") and not n.endswith(CACHED)]
    return spare + [str(path.name) for path in (stage.root / "临时").rglob("*") if path.is_file()]


def ready(scene: Scene, folder: Path) -> Stage:
    """The stage of a scene, the undisturbed runs done and everything imported that they need."""
    stage = Stage(scene, folder / "w", folder / "base")
    stage.root.mkdir(parents=True)
    place(stage.root)
    for private in PRIVATE:
        (stage.root / private).mkdir(mode=0o700)
    for words in scene.ready(stage.root):
        code, said = wait(stage.root, start(stage.root, words, CALM))
        assert code == 0, said
    shutil.rmtree(stage.root / "缓存", ignore_errors=True)
    stage.root.rename(stage.base)
    restore(stage)
    stage.before = kept(seen(stage.root))
    code, said = ran(stage, Plan(at=-1))
    assert code in (0, 1), (code, said)
    stage.calls, stage.reads, modules = pickle.loads((folder / "calls").read_bytes())
    for name in modules:  # so that what is forked later need not
        if name.startswith(("docgen", "lxml", "markdown_it", "pikepdf", "typst", "xlsxwriter")):
            importlib.import_module(name)
    stage.after = kept(seen(stage.root))
    stage.codes = {code, ran(stage)[0]}
    differs = _difference(kept(seen(stage.root)), stage.after)
    assert differs == ALIKE, f"{scene.name}: the second run, {differs}"
    return stage


def restore(stage: Stage) -> None:
    shutil.rmtree(stage.root, ignore_errors=True)
    shutil.copytree(stage.base, stage.root, symlinks=True)


def trials(stage: Stage) -> Iterator[Trial]:
    """All faults of a stage, the deaths first: each point in turn."""
    points = list(enumerate(call for call, _ in stage.calls))
    yield from (Trial("kill", at) for at, _ in points)
    yield from (Trial("half", at) for at, call in points if call == "write")
    for at, call in points:
        codes = ("ENOSPC", "EIO", "EACCES") if call not in ("write", "close") else ("ENOSPC", "EIO")
        yield Trial("once", at, codes[at % len(codes)])
    for act, first in (("full", 0), ("interrupt", 1)):
        yield from (Trial(act, at) for at, _ in points[first::2])
    for act in ("frozen", "同时", "手改", "时钟"):
        yield from (Trial(act, at) for at, _ in points[::3])
    for at, path in [*enumerate(stage.reads)][::2]:
        if OTHER not in path:  # a pack that cannot be read is as if it were not there
            yield Trial("read", at, ("EIO", "EACCES")[at // 2 % 2])


def wrong(stage: Stage, trial: Trial) -> str:
    """What is wrong with how a trial ended; "" where all is as it must be."""
    restore(stage)
    plan = Plan(trial.act, trial.at, CODES.get(trial.code, errno.ENOSPC))
    if trial.act in ("手改", "时钟", "同时"):
        plan.act = "kill"
    other = start(stage.root, stage.scene.words, CALM) if trial.act == "同时" else 0
    code, said = ran(stage, plan)
    if other:
        beside = wait(stage.root, other)
        if beside[0] not in stage.codes and not any(said in beside[1] for said in BEATEN):
            return f"the other run ended with {beside[0]}: {beside[1][-300:]}"
    found = seen(stage.root)
    fault = (
        _said(code, said) or _torn(stage, found, trial) or _claimed(stage, trial, code, said, found)
    )
    if fault:
        log = found.get("out/docgen.log", b"").decode()
        return f"{fault} | {said[-400:]} | {log[-600:]}"
    edited = _edited(stage) if trial.act == "手改" else ""
    if trial.act == "同时":  # an entry of the cache that both began is taken over when next written
        shutil.rmtree(stage.root / "缓存", ignore_errors=True)
    code, said = ran(stage, ahead=-YEARS if trial.act == "时钟" else AHEAD)
    return _again(stage, code, said, edited)


def _said(code: int, said: str) -> str:
    if code not in (-9, 0, 1, 2, 130):
        return f"ended with {code}"
    return "a traceback" if "Traceback" in said else ""


def _torn(stage: Stage, found: Files, trial: Trial) -> str:
    """A file that is neither as before nor as after, or one that has vanished.

    Of what could not all be read a draft may be made: it is another file, and whole.
    """
    for name, data in kept(found).items():
        if Path(name).name.startswith(".docgen-"):
            continue
        if name.endswith(".json") and (".schema/" in name or name.startswith("out/")):
            json.loads(data)  # a schema is of those notices that could be read
        elif trial.act == "read" and name.endswith((".docx", ".pdf")):
            if not (data.rstrip().endswith(b"%%EOF") or zipfile.is_zipfile(io.BytesIO(data))):
                return f"{name} is no whole file"
        elif data not in (stage.before.get(name), stage.after.get(name)):
            return f"{name} is torn ({len(data)} bytes)"
    stems = {_stem(name) for name in found}
    gone = [n for n in stage.before if n not in found and n in stage.after and trial.act != "read"]
    gone += [n for n in stage.before if _stem(n) not in stems and _stem(n) in _stems(stage.after)]
    return f"{gone[0]} has vanished" if gone else ""


def _stem(name: str) -> str:
    return name.replace(".草稿", "")


def _stems(files: Files) -> set[str]:
    return {_stem(name) for name in files}


def _claimed(stage: Stage, trial: Trial, code: int, said: str, found: Files) -> str:
    """What was said to be done is not; the record (清单.json) may be renewed by the next run."""
    mine = {n: data for n, data in kept(found).items() if not _derived(n)}
    if trial.act == "frozen":  # nor could a temporary be removed; the next run does that
        mine = {n: data for n, data in mine.items() if not Path(n).name.startswith(".docgen-")}
    after = {n: data for n, data in stage.after.items() if not _derived(n)}
    if trial.act == "read" and "错误" in said:
        return ""  # a draft was made of what could be read, and what could not is named
    if "旧的一份没有删去" in said:
        return ""  # told; the next run removes it
    if code == 0 and stage.codes & {0} and mine != after:
        return f"said to be done, but {_difference(mine, after)}"
    return ""


def _difference(found: Files, wanted: Files) -> str:
    for name in sorted({*found, *wanted}):
        if found.get(name) != wanted.get(name):
            how = "is missing" if name not in found else "differs" if name in wanted else "is there"
            return f"{name} {how}"
    return ALIKE


def _edited(stage: Stage) -> str:
    """Changes by hand one file that the disturbed run left in out/; its name."""
    out = [n for n in seen(stage.root) if n.startswith("out/") and not n.endswith(".json")]
    for name in (n for n in out if not Path(n).name.startswith(".")):
        with (stage.root / name).open("ab") as file:
            file.write(b"by hand")
        return name
    return ""


def _again(stage: Stage, code: int, said: str, edited: str) -> str:
    """What is wrong after the next run."""
    found = seen(stage.root)
    if code not in stage.codes or "Traceback" in said:
        return f"the next run ended with {code}: {said[-300:]}"
    if spare := left_over(stage):
        return f"left over: {spare[0]}"
    mine = kept(found)
    if not edited:
        return "" if mine == stage.after else f"the next run: {_difference(mine, stage.after)}"
    return "" if mine.get(edited, b"").endswith(b"by hand") else f"the hand's {edited} is gone"
