"""docgen completion: a real bash offers commands, options, names, notices and 文种."""

from __future__ import annotations

import os
import pty
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.kit import REPOSITORY, docgen, workspace

BASH = shutil.which("bash") or ""
pytestmark = pytest.mark.skipif(not BASH, reason="no bash here")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with a `docgen` command in it, and a name that a shell must quote."""
    folder = workspace(tmp_path_factory.mktemp("tab"))
    (folder / "templates" / "方案").mkdir(parents=True)
    (folder / "data/申报单位/丁 公司（试）").mkdir()
    launcher = folder / "docgen"
    launcher.write_text(
        f'#!/bin/sh\nPYTHONPATH="{REPOSITORY}" exec "{sys.executable}" -m docgen "$@"\n'
    )
    launcher.chmod(0o755)
    return folder


def offered(root: Path, *words: str) -> list[str]:
    """What bash holds ready when Tab is pressed behind the last of the words."""
    script = """
source <(./docgen completion bash)
COMP_WORDS=(./docgen "$@"); COMP_CWORD=$#
_docgen
printf '%s\\n' "${COMPREPLY[@]}"
"""
    done = subprocess.run(
        [BASH, "--norc", "-c", script, "bash", *words],
        cwd=root,
        env={**os.environ, "DOCGEN_ROOT": "", "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    return done.stdout.split("\n")[:-1]


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (["bu"], ["build"]),
        (["no"], ["notice"]),
        (["notice", ""], ["check", "list", "show"]),
        (["notice", "show", ""], ["测试通知-2026"]),
        (["build", ""], ["方案"]),
        (["build", "方案", "-a", "丙"], ["丙"]),
        (["check", "-a", "丁"], ["丁\\ 公司（试）"]),
        (["check", "--app"], ["--applicant"]),
        (["check", "-n", "测"], ["测试通知-2026"]),
        (["build", "--format", "=", "d"], ["docx"]),
        (["completion", ""], ["bash", "fish", "zsh"]),
        (["check", "没有"], [""]),
        (["没有", ""], [""]),
    ],
    ids=lambda value: " ".join(value),
)
def test_bash_is_offered_what_fits(root: Path, words: list[str], wanted: list[str]) -> None:
    assert offered(root, *words) == wanted


def test_tab_completes_on_a_terminal(root: Path) -> None:
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(root)
        os.environ.update(LC_ALL="C.UTF-8", PS1="$ ", DOCGEN_ROOT="")
        os.execv(BASH, [BASH, "--norc", "--noprofile", "-i"])
    try:
        os.write(terminal, b"source <(./docgen completion bash); echo rea''dy\n")
        assert "ready" in _heard(terminal, "ready")
        os.write(terminal, "./docgen che\t-a 丙\t".encode())
        assert "check -a 丙 " in _heard(terminal, "check -a 丙 ")
    finally:
        os.kill(pid, 9)
        os.waitpid(pid, 0)
        os.close(terminal)


def _heard(terminal: int, until: str, seconds: float = 20) -> str:
    heard, end = b"", time.monotonic() + seconds
    while time.monotonic() < end and until.encode() not in heard:
        if select.select([terminal], [], [], 0.2)[0]:
            heard += os.read(terminal, 4096)
    return heard.decode("utf-8", "replace")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_has_a_script_that_it_can_read(root: Path, shell: str) -> None:
    script = docgen(root, "completion", shell).out
    assert "__complete" in script
    if program := shutil.which(shell):
        subprocess.run([program, "-n"], input=script, text=True, check=True)


def test_another_shell_is_told(root: Path) -> None:
    done = docgen(root, "completion", "bsh")
    assert done.code == 2 and "是不是“bash”" in done.err
