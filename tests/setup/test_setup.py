"""Set-up: what is done is skipped, what was cut off is begun anew, a person's own is kept."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from docgen.setup import environment, fonts, reports
from docgen.setup.debian import Debian, name, unpack, version
from docgen.setup.process import diagnose, run
from docgen.setup.workspace import Trouble, Workspace, read_stamp, write_stamp

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    (tmp_path / "requirements.lock").write_text("x==1\n")
    (tmp_path / "requirements-dev.lock").write_text("x==1\ny==1\n")
    place = Workspace(tmp_path)
    place.local.mkdir()
    return place


class NoDebian(Debian):
    """A machine on which every package is out of reach."""

    def download(self, packages: object) -> list[Path]:
        raise Trouble("网络不通", "请接通网络")

    def missing(self, packages: object) -> list[str]:
        raise Trouble("网络不通", "请接通网络")


@pytest.fixture
def pip(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands that would have been run; a new environment gets its folders."""
    commands: list[list[str]] = []

    def record(place: Workspace, command: list[object], doing: str) -> str:
        words = [str(word) for word in command]
        commands.append(words)
        if "venv" in words:
            minor = f"python{environment.sys.version_info[0]}.{environment.sys.version_info[1]}"
            (place.venv / "lib" / minor / "site-packages").mkdir(parents=True)
            (place.venv / "bin").mkdir()
            place.python.symlink_to(environment.sys.executable)
        return ""

    monkeypatch.setattr(environment, "run", record)
    monkeypatch.setattr(environment, "_pip", lambda place, debian: ["pip"])
    return commands


def test_the_environment_is_made_once(workspace: Workspace, pip: list[list[str]]) -> None:
    environment.prepare(workspace, NoDebian(workspace), development=False)
    assert "requirements.lock" in pip[-1]
    assert "--require-hashes" in pip[-1]
    assert (workspace.venv / "bin" / "docgen").is_file()
    done = len(pip)
    environment.prepare(workspace, NoDebian(workspace), development=False)
    assert len(pip) == done
    environment.prepare(workspace, NoDebian(workspace), development=True)
    assert "requirements-dev.lock" in pip[-1]
    done = len(pip)
    environment.prepare(workspace, NoDebian(workspace), development=False)
    assert len(pip) == done
    (workspace.root / "requirements.lock").write_text("x==2\n")
    environment.prepare(workspace, NoDebian(workspace), development=False)
    assert len(pip) > done


def test_a_cut_off_environment_is_begun_anew(workspace: Workspace, pip: list[list[str]]) -> None:
    environment.prepare(workspace, NoDebian(workspace), development=False)
    (workspace.venv / "ready.json").unlink()
    (workspace.venv / "torn").touch()
    (workspace.local / "venv-unfinished").touch()
    environment.prepare(workspace, NoDebian(workspace), development=False)
    assert not (workspace.venv / "torn").exists()
    assert not (workspace.local / "venv-unfinished").exists()


def test_a_persons_own_environment_is_kept(workspace: Workspace, pip: list[list[str]]) -> None:
    environment.prepare(workspace, NoDebian(workspace), development=False)
    (workspace.venv / "ready.json").unlink()
    (workspace.venv / "mine").touch()
    environment.prepare(workspace, NoDebian(workspace), development=False)
    assert (workspace.venv / "mine").exists()
    (workspace.venv / "ready.json").unlink()
    workspace.python.unlink()
    with pytest.raises(Trouble, match="又不是本工具所建"):
        environment.prepare(workspace, NoDebian(workspace), development=False)
    assert (workspace.venv / "mine").exists()


def test_fonts_of_ones_own_suffice(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(fonts, "_installed", lambda unpacked: {})
    with pytest.raises(Trouble, match="没有取到字体：网络不通"):
        fonts.prepare(workspace, NoDebian(workspace), again=False)
    (workspace.root / "fonts").mkdir()
    (workspace.root / "fonts" / "仿宋_GB2312.TTF").touch()
    fonts.prepare(workspace, NoDebian(workspace), again=False)
    assert "make fonts" in capsys.readouterr().err
    fonts.prepare(workspace, NoDebian(workspace), again=False)
    assert capsys.readouterr().err == ""
    fonts.prepare(workspace, NoDebian(workspace), again=True)
    assert "make fonts" in capsys.readouterr().err


def test_a_damaged_font_is_noticed(workspace: Workspace) -> None:
    entry = {"文件": "a.ttf", "字节": 2, "sha256": "0"}
    workspace.fonts.mkdir()
    (workspace.fonts / "a.ttf").write_bytes(b"ab")
    stamp = {"字体": [entry]}
    assert fonts._is_whole(workspace.fonts, stamp, again=False)
    assert not fonts._is_whole(workspace.fonts, stamp, again=True)
    (workspace.fonts / "a.ttf").write_bytes(b"a")
    assert not fonts._is_whole(workspace.fonts, stamp, again=False)


def test_no_pango_stops_nothing(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    reports.prepare(workspace, NoDebian(workspace), again=False)
    assert "其余不受影响" in capsys.readouterr().err
    assert read_stamp(workspace.libraries / "清单.json")["缺"] == "网络不通"
    reports.prepare(workspace, NoDebian(workspace), again=False)
    assert capsys.readouterr().err == ""


def library(path: str) -> str | None:
    return path.rpartition("/")[2] if ".so" in path else None


@pytest.mark.skipif(not shutil.which("dpkg-deb"), reason="dpkg-deb 只在 Debian 上有")
def test_unpacking_keeps_what_is_wanted(tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    (tree / "DEBIAN").mkdir(parents=True, mode=0o755)
    (tree / "DEBIAN" / "control").write_text(
        "Package: p\nVersion: 1:2-3\nArchitecture: all\nMaintainer: m <m@example.org>\n"
        "Description: d\n"
    )
    (tree / "lib").mkdir()
    (tree / "lib" / "a.so.1.2").write_text("a")
    (tree / "lib" / "a.so.1").symlink_to("a.so.1.2")
    (tree / "lib" / "b.so.1").symlink_to("/etc/passwd")
    (tree / "lib" / "c").write_text("c")
    package = tmp_path / "p_1%3a2-3_all.deb"
    subprocess.run(["dpkg-deb", "--build", tree, package], check=True, capture_output=True)
    assert sorted(unpack(package, library, tmp_path / "out")) == ["a.so.1", "a.so.1.2"]
    assert (tmp_path / "out" / "a.so.1").read_text() == "a"
    assert (name(package), version(package)) == ("p", "1:2-3")
    package.write_bytes(package.read_bytes()[:200])
    with pytest.raises(Trouble, match="解不开"):
        unpack(package, library, tmp_path / "out2")


@pytest.mark.parametrize(
    ("output", "what"),
    [
        ("E: Temporary failure resolving 'example.org'", "网络不通"),
        ("OSError: [Errno 28] No space left on device", "磁盘已满"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "校验值不符"),
        ("Retrying: Connection refused\nNo matching distribution found", "网络不通"),
        ("ERROR: No matching distribution found for x", "锁定版本"),
        ("E: Unable to locate package x", "没有所需的包"),
        ("something else", "没有成功"),
    ],
)
def test_causes(workspace: Workspace, output: str, what: str) -> None:
    assert what in diagnose(workspace, "安装", output).what


def test_a_child_is_not_misled(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_TARGET", "/elsewhere")
    monkeypatch.setenv("PIP_INDEX_URL", "https://mirror.example.org/simple")
    seen = run(workspace, ["env"], "看环境")
    assert "PIP_TARGET" not in seen
    assert "PIP_INDEX_URL=https://mirror.example.org/simple" in seen
    with pytest.raises(Trouble, match="找不到命令 no-such-command"):
        run(workspace, ["no-such-command"], "试")


def test_a_stamp_that_is_not_ours_counts_as_none(tmp_path: Path) -> None:
    stamp = tmp_path / "清单.json"
    for content in ("", "[]", "{", "\x00"):
        stamp.write_text(content)
        assert read_stamp(stamp) == {}
    write_stamp(stamp, {"依据": "x"})
    assert read_stamp(stamp) == {"依据": "x"}
    assert os.listdir(tmp_path) == ["清单.json"]


def test_make_watches_the_stamps_that_set_up_writes() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    place = Workspace(Path())
    stamps = [place.venv / environment.STAMPS[lock] for lock in environment.STAMPS]
    stamps += [place.fonts / fonts.MANIFEST, place.libraries / reports.MANIFEST]
    watched = re.findall(r"^READY\w* := (.*)$", makefile, re.M)
    assert {str(stamp) for stamp in stamps} == set(" ".join(watched).split())
