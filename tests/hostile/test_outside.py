"""Nothing is run, fetched, or read outside the workspace, the environment and the fonts: strace."""

from __future__ import annotations

import codecs
import os
import re
import shutil
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from tests.hostile import markdowns, names
from tests.hostile.kit import applicant, run
from tests.hostile.kit import workspace as small
from tests.kit import ROOT, workspace

pytestmark = pytest.mark.skipif(shutil.which("strace") is None, reason="这台机器没有 strace")

CALL = re.compile(r"^\d+ +(\w+)\((.*?)(?:\) += (-?\d+).*| <unfinished \.\.\.>)$")
PATH = re.compile(r'"((?:[^"\\]|\\.)*)"')
SYSTEM = (  # what the interpreter and its libraries read of any machine
    "/lib", "/lib64", "/usr/lib", "/etc/ld.so", "/etc/localtime", "/usr/share/zoneinfo", "/etc/ssl",
    "/usr/share/locale", "/proc/", "/sys/fs/cgroup", "/sys/devices/system/cpu", "/dev/null",
    "/dev/urandom", "/etc/fonts", "/usr/share/fonts", "/usr/local/share/fonts",
    "/usr/share/fontconfig", "/var/cache/fontconfig", "/usr/local/lib",
)  # fmt: skip
OPENS = ("open", "openat", "creat", "execve", "execveat")


def watched(root: Path, commands: list[tuple[str, ...]], log: Path) -> Iterator[tuple[str, str]]:
    """Every call that succeeded: its name, and the path it opened ("" for one of the network)."""
    (spare := root / "临时").mkdir()
    os.environ["TMPDIR"] = str(spare)
    try:
        traced = ("strace", "-f", "-qq", "-s", "4096", "-o", str(log), "-e", "trace=%file,%network")
        ended = run(root, commands, *traced)
    finally:
        del os.environ["TMPDIR"]
    assert {end.code for end in ended} <= {0, 1}, [end.out[-300:] for end in ended]
    for line in log.read_text("utf-8", "replace").splitlines():
        call = CALL.match(line)  # one of several threads may be told of before it ends
        if call and call[1] in ("socket", "connect", "bind", "sendto", "sendmsg"):
            yield call[1], call[2]
        elif call and call[1] in OPENS and not (call[3] or "").startswith("-"):
            path = PATH.search(call[2])
            yield call[1], codecs.escape_decode(path[1])[0].decode() if path else ""  # type: ignore[attr-defined]


def strange(root: Path, calls: Iterable[tuple[str, str]]) -> set[str]:
    """The calls that nothing of ours may make."""
    home = Path.home()
    allowed = (
        *(str(path) for path in (root, ROOT, ROOT.resolve(), sys.prefix, sys.base_prefix)),
        *(str(Path(entry).resolve()) for entry in (ROOT / ".venv", ROOT / ".local")),
        *(str(home / below) for below in (".fonts", ".local/share/fonts", ".cache/fontconfig")),
        *SYSTEM,
    )
    return {
        f"{name} {what}"
        for name, what in calls
        if name not in OPENS or (what.startswith("/") and not what.startswith(allowed))
    }


def test_examples_are_built_checked_and_bound_from_their_own_folder(tmp_path: Path) -> None:
    root = workspace(tmp_path / "工作")
    name = "示例单体"
    commands = [
        ("check", "-a", name),
        ("build", "建设方案", "-a", name),
        ("bind", "-a", name),
        ("sheet", "-n", "江苏数促中心-2026"),
        ("notice", "check", "江门标杆示范-2023"),
        ("template", "check", "推荐函"),
    ]
    calls = list(watched(root, commands, tmp_path / "log"))
    assert strange(root, calls) == set()
    opened = {what for name, what in calls if name in OPENS}
    assert f"{root}/data/申报单位/{name}/申报单位.yaml" in opened
    assert any(what.endswith(".ttf") or what.endswith(".otf") for what in opened)


def test_what_strangers_hand_in_leads_nowhere(tmp_path: Path) -> None:
    root = small(tmp_path / "工作")
    (tmp_path / "外面").mkdir()
    cases = [c for c in (*names.cases(), *markdowns.cases()) if "链接" in c.name or "图" in c.name]
    cases += [c for c in names.cases() if "外面" in c.name and "链接" not in c.name]
    for case in cases:
        case.plant(applicant(root, case.name))
    calls = watched(root, [case.command for case in cases], tmp_path / "log")
    assert strange(root, calls) == set()
    assert len(cases) > 20
