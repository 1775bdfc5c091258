"""requirements.lock → `.venv/`, with every file's hash checked."""

from __future__ import annotations

import importlib.util
import os
import platform
import shutil
import sys
from pathlib import Path

from docgen.setup.debian import Debian, unpack
from docgen.setup.packages import PIP
from docgen.setup.process import run
from docgen.setup.workspace import (
    Trouble,
    Workspace,
    checksum,
    empty,
    fingerprint,
    need_space,
    read_stamp,
    say,
    write_stamp,
    write_text,
)

RUNTIME = "requirements.lock"
DEVELOPMENT = "requirements-dev.lock"  # holds all of RUNTIME
STAMPS = {RUNTIME: "ready.json", DEVELOPMENT: "ready-dev.json"}
LAUNCHER = """\
#!/bin/sh
exec "$(dirname "$(readlink -f "$0")")/python" -c '
import sys
from docgen.cli import main
sys.argv[0] = "docgen"
sys.exit(main())' "$@"
"""
SYSTEM_WHEELS = Path("/usr/share/python-wheels")


def prepare(workspace: Workspace, debian: Debian, development: bool) -> None:
    """Make `.venv` hold the locked packages; begin anew what was cut off half-way."""
    lock = DEVELOPMENT if development else RUNTIME
    covered = (RUNTIME, DEVELOPMENT) if development else (RUNTIME,)
    if _is_done(workspace, lock):
        for name in covered:
            _stamp(workspace, name)
        return
    need_space(workspace.local, 500)
    unfinished = workspace.local / "venv-unfinished"
    if unfinished.exists() or not _is_usable(workspace):
        _create(workspace, unfinished)
    count = sum("==" in line for line in (workspace.root / lock).read_text("utf-8").splitlines())
    say(f"安装 {count} 个锁定版本的 Python 组件到 .venv，逐个核对校验值（首次约需一两分钟）……")
    unfinished.touch()
    options = ["--no-input", "--disable-pip-version-check", "--only-binary=:all:"]
    options += ["--require-hashes", "--cache-dir", str(workspace.cache / "pip")]
    command = [*_pip(workspace, debian), "install", *options, "-r", lock]
    run(workspace, command, "安装 Python 组件")
    _add_docgen(workspace)
    for name in covered:
        _stamp(workspace, name)
    unfinished.unlink()


def _key(workspace: Workspace, lock: str) -> str:
    python = (platform.python_implementation(), sys.version_info[:2], platform.machine())
    return fingerprint(checksum(workspace.root / lock), python)


def _is_done(workspace: Workspace, lock: str) -> bool:
    stamp = read_stamp(workspace.venv / STAMPS[lock])
    return stamp.get("依据") == _key(workspace, lock) and workspace.python.exists()


def _stamp(workspace: Workspace, lock: str) -> None:
    content = {"依据": _key(workspace, lock), "锁": lock, "Python": platform.python_version()}
    write_stamp(workspace.venv / STAMPS[lock], content)


def _is_usable(workspace: Workspace) -> bool:
    """A `.venv` of this Python; one that a person made counts, and is never deleted."""
    minor = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    return workspace.python.exists() and (workspace.venv / "lib" / minor).is_dir()


def _create(workspace: Workspace, unfinished: Path) -> None:
    say("建立虚拟环境 .venv ……")
    if workspace.venv.exists():
        ours = unfinished.exists() or any(
            (workspace.venv / stamp).exists() for stamp in STAMPS.values()
        )
        if not ours:
            raise Trouble("已有的 .venv 不能用，又不是本工具所建", "请把它移走或删去后再运行一次")
        shutil.rmtree(workspace.venv)
    unfinished.touch()
    # An active .venv may be what runs us, and was deleted just now: use what it was made from.
    base = getattr(sys, "_base_executable", None) or sys.executable
    run(workspace, [base, "-m", "venv", "--without-pip", workspace.venv], "建立虚拟环境")


def _pip(workspace: Workspace, debian: Debian) -> list[str | Path]:
    """The command that runs pip: the environment's own, or Debian's wheel of it."""
    if any(workspace.venv.glob("lib/python*/site-packages/pip/__main__.py")):
        return [workspace.python, "-m", "pip"]
    if importlib.util.find_spec("ensurepip"):
        run(workspace, [workspace.python, "-m", "ensurepip"], "安装 pip")
        return [workspace.python, "-m", "pip"]
    return [workspace.python, _pip_wheel(workspace, debian) / "pip"]


def _pip_wheel(workspace: Workspace, debian: Debian) -> Path:
    """Debian keeps pip's wheel apart from Python; its python3-venv would bring it, as root."""
    wheels = sorted(SYSTEM_WHEELS.glob("pip-*.whl"))
    if not wheels:
        say("  本机没有 python3-venv，改用 Debian 软件包里的 pip ……")
        try:
            (package,) = debian.download([PIP])
        except Trouble as trouble:
            remedy = f"{trouble.remedy}；或请管理员安装 python3-venv"
            raise Trouble(f"没有 pip：{trouble.what}", remedy) from None
        folder = empty(workspace.cache / "pip-wheel")
        unpack(package, _wheel_name, folder)
        wheels = sorted(folder.glob("pip-*.whl"))
    if not wheels:
        raise Trouble("没有找到 pip", "请安装 python3-venv 后再试")
    return wheels[-1]


def _wheel_name(path: str) -> str | None:
    name = path.rpartition("/")[2]
    return name if name.startswith("pip-") and name.endswith(".whl") else None


def _add_docgen(workspace: Workspace) -> None:
    """`.venv/bin/docgen`, from any folder, without building the project as a package.

    Nothing in it names a place: it still works after the folder was moved.
    """
    for packages in workspace.venv.glob("lib/python*/site-packages"):
        write_text(packages / "docgen.pth", f"{os.path.relpath(workspace.root, packages)}\n")
    launcher = workspace.venv / "bin" / "docgen"
    write_text(launcher, LAUNCHER)
    launcher.chmod(0o755)
