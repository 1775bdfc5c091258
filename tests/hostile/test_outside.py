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

from tests.excel.kit import SLUG, filled
from tests.excel.kit import workspace as excel
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
    "/usr/share/fontconfig", "/var/cache/fontconfig", "/usr/local/lib", "/etc/mime.types",
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
        str((ROOT / ".local").resolve().parent / "fonts"),  # an office's own, beside those
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
        ("template", "fields", "-n", "江门标杆示范-2023"),
        ("match", "-a", name),
        ("diff", "-a", name),
        ("why", "单位名称", "-a", name),
        ("pdf", str(root / "templates/推荐函/江苏县域试点.docx"), "-o", str(root / "a.pdf")),
        ("check", "-a", name, "--html", "--pdf"),
        ("new", "客户甲", "-n", "江苏数促中心-2026"),
        ("schema",),
        ("notice", "show", "江苏数促中心-2026"),
    ]
    calls = list(watched(root, commands, tmp_path / "log"))
    assert strange(root, calls) == set()
    opened = {what for name, what in calls if name in OPENS}
    assert f"{root}/data/申报单位/{name}/申报单位.yaml" in opened
    assert any(what.endswith(".ttf") or what.endswith(".otf") for what in opened)


def test_a_workbook_is_imported_into_data_alone(tmp_path: Path) -> None:
    root = excel(tmp_path / "工作")
    (outside := tmp_path / "外面").mkdir()
    (outside / "申报单位.yaml").write_text("单位名称: 原样\n", "utf-8")
    for linked in ("data/申报单位/链接", "notices/外来", "notices/测试通知-2026/用例"):
        (root / linked).parent.mkdir(parents=True, exist_ok=True)
        (root / linked).symlink_to(outside)
    (outside / "通知.yaml").write_text("名称: 外面的通知\n", "utf-8")
    rows = [{"名称": one, "单位名称": "改"} for one in ("甲", "=cmd|'/C calc'!A0", "../乙", "链接")]
    book = filled(root, {"申报单位": rows[:3]})
    through = filled(root, {"申报单位": rows[3:]}, "链接.xlsx")
    commands = [
        ("import", str(book), "-n", SLUG, "-b", "市局", "--json"),
        ("import", str(through), "-n", SLUG, "--json"),
        ("notice", "check", SLUG, "--json"),
        ("notice", "check", "外来", "--json"),
    ]
    assert strange(root, watched(root, commands, tmp_path / "log")) == set()
    assert (outside / "申报单位.yaml").read_text("utf-8") == "单位名称: 原样\n"
    assert {path.name for path in outside.iterdir()} == {"申报单位.yaml", "通知.yaml"}
    assert (root / "data/申报单位/甲/申报单位.yaml").is_file()


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
