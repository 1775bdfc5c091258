"""How far a build is: count, rate and time left, in a log as on a terminal."""

from __future__ import annotations

import pytest

from docgen.cli.progress import Progress


def _told(capsys: pytest.CaptureFixture[str], of: int) -> list[str]:
    now = [0.0]
    progress = Progress(lambda: now[0])
    for done in range(1, of + 1):
        now[0] += 0.5
        progress(done, of, f"通知/单位/推荐意见/示例{done}")
    return capsys.readouterr().err.splitlines()


def test_a_log_gets_a_line_now_and_then(capsys: pytest.CaptureFixture[str]) -> None:
    lines = _told(capsys, 100)
    assert lines[0] == "生成 10/100，每秒 2.0 份，还要约 45 秒"
    assert lines[-1] == "生成 100/100，每秒 2.0 份"
    assert len(lines) == 10


def test_of_a_few_nothing_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert _told(capsys, 20) == []
