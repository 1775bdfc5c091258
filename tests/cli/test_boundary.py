"""However a command ends, it ends with one clear line and the right exit code."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.kit import REPOSITORY, Done, python, workspace

BOOM = """
import sys
import docgen.pipeline as pipeline
def boom(*_):
    张三 = "13800000000"
    try:
        {}[张三]
    except KeyError as failure:
        raise RuntimeError("身份证 " + 张三) from failure
pipeline.check = boom
from docgen.cli import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return workspace(tmp_path / "区")


def crash(root: Path, *words: str, **environment: str) -> Done:
    return python(root, "-c", BOOM, "check", "-a", "甲", *words, **environment)


def test_our_bug_is_one_calm_line_and_a_log_without_data(root: Path) -> None:
    done = crash(root)
    assert (done.code, done.out) == (3, "")
    assert done.err.splitlines()[0] == "程序内部出错，这不是您的资料的问题；已有的文件不受影响"
    log = root / "out" / "docgen.log"
    assert str(log) in done.err
    text = log.read_text("utf-8")
    assert "builtins.RuntimeError" in text
    assert "builtins.KeyError" in text
    assert "docgen/cli/check.py" in text
    for secret in ("13800000000", "身份证", "甲", str(Path.home()) + "/"):
        assert secret not in text.replace("-c", "")


def test_the_log_grows_and_is_begun_anew_when_large(root: Path) -> None:
    crash(root)
    log = root / "out" / "docgen.log"
    once = log.stat().st_size
    crash(root)
    assert log.stat().st_size == 2 * once
    log.write_bytes(b"x" * 1_000_001)
    crash(root)
    assert log.stat().st_size == once


def test_where_out_cannot_be_written_the_log_goes_elsewhere(root: Path, tmp_path: Path) -> None:
    (root / "out").write_bytes(b"a file in the way")
    done = crash(root, TMPDIR=str(tmp_path))
    assert done.code == 3
    (log,) = tmp_path.glob("docgen-*.log")
    assert str(log) in done.err


def test_our_bug_with_json_is_an_object_too(root: Path) -> None:
    done = crash(root, "--json")
    (problem,) = json.loads(done.out)["problems"]
    assert (done.code, problem["code"]) == (3, "程序出错")


def test_an_interrupt_ends_with_130(root: Path) -> None:
    code = (
        "import signal, sys, time; import docgen.pipeline as pipeline\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # a shell's & ignores it
        "def wait(*_): print('waiting', file=sys.stderr, flush=True); time.sleep(30)\n"
        "pipeline.check = wait\n"
        "from docgen.cli import main; sys.exit(main(['check', '-a', '甲']))"
    )
    settings = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=root, env=settings, stderr=subprocess.PIPE
    ) as process:
        assert process.stderr and process.stderr.readline() == b"waiting\n"
        time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        told = process.stderr.read().decode()
    assert process.returncode == 130
    assert told.startswith("已中断")
    assert "Traceback" not in told


def shell(root: Path, command: str) -> Done:
    settings = {**os.environ, "PYTHONPATH": str(REPOSITORY), "DOCGEN_ROOT": ""}
    line = command.replace("docgen", f'"{sys.executable}" -m docgen')
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {line}"], cwd=root, env=settings, capture_output=True
    )
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.mark.parametrize(("who", "code"), [("甲", 0), ("乙", 1)])
def test_a_reader_that_goes_away_changes_nothing(root: Path, who: str, code: int) -> None:
    done = shell(root, f"docgen check -a {who} | true; exit ${{PIPESTATUS[0]}}")
    assert (done.code, done.err) == (code, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="没有 /dev/full 的系统")
def test_a_full_disk_behind_standard_output_is_told(root: Path) -> None:
    done = shell(root, "docgen check -a 甲 > /dev/full")
    assert done.code == 1
    assert "没能全部写到标准输出" in done.err


@pytest.mark.parametrize("redirect", ["2>&-", "2>/dev/full", ">&-", ">&- 2>&-"])
def test_closed_streams_do_not_change_the_exit_code(root: Path, redirect: str) -> None:
    done = shell(root, f"docgen check -a 无 {redirect}")
    assert done.code == 2
    assert "Traceback" not in done.err


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "latin-1"])
def test_any_encoding_of_the_terminal_will_do(root: Path, encoding: str) -> None:
    settings = {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    code = "import sys; from docgen.cli import main; sys.exit(main(['check', '-a', '𠮷\\udc80']))"
    settings |= {"PYTHONPATH": str(REPOSITORY)}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, env={**os.environ, **settings}, capture_output=True
    )
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
