"""The edge of the program: whatever happens inside becomes one clear line and an exit code.

0 done · 1 findings or refused · 2 misuse or a missing tool · 3 our bug · 130 interrupted.
"""

from __future__ import annotations

import os
import sys
from typing import TextIO

from docgen.cli.answer import Answer, answer
from docgen.problem import Problem, Stop, error

MISUSE, BUG, INTERRUPTED = 2, 3, 130


def guarded(argv: list[str]) -> int:
    """Runs the command line and tells its end. Never raises."""
    _open_streams("--json" in argv)
    try:
        try:
            from docgen.cli.app import run

            said = run(argv)
        except Stop as stop:
            said = _stopped(stop.problem, MISUSE, "--json" in argv)
        return _print(said)
    except KeyboardInterrupt:
        return _interrupted()
    except OSError as failure:
        return _refused(failure, argv)
    except Exception as failure:
        return _crashed(failure, argv)


def _stopped(problem: Problem, code: int, json: bool) -> Answer:
    """The line on standard error; with --json the object, too: a program always gets one."""
    place = f"{problem.where} " if str(problem.where) else ""
    _warn(f"{place}{problem.message}" + (f"\n  提示 {problem.hint}" if problem.hint else ""))
    if not json:
        return Answer(code=code)
    from docgen.model.artifact import Report

    return answer(Report(problems=(problem,)), code, json=True)


def _interrupted() -> int:
    _warn("已中断；out/ 里的文件都是完整的，再运行一次即可")
    return INTERRUPTED


def _refused(failure: OSError, argv: list[str]) -> int:
    """What the disk would not take, wherever it was met; any other failure is our bug."""
    from docgen.store.disk import is_refusal, refusal

    if not is_refusal(failure):
        return _crashed(failure, argv)
    said = refusal(failure, os.path.basename(os.fsdecode(failure.filename or "")))
    try:
        return _print(_stopped(said, 1, "--json" in argv))
    except Exception:
        return BUG


def _crashed(failure: Exception, argv: list[str]) -> int:
    from docgen.cli.crash import write_log

    log = write_log(failure, argv)
    said = "程序内部出错，这不是您的资料的问题；已有的文件不受影响"
    cure = f"请把 {log} 交给维护人员（其中没有资料内容）" if log else "请把这一情况告诉维护人员"
    try:
        return _print(_stopped(error("程序出错", said, hint=cure), BUG, "--json" in argv))
    except Exception:
        return BUG


def _print(said: Answer) -> int:
    """The answer to standard output; a reader that has gone away (`| head`) is no failure."""
    try:
        sys.stdout.write(said.text)
        sys.stdout.flush()
    except BrokenPipeError:
        _abandon(sys.stdout)
    except OSError as failure:
        _abandon(sys.stdout)
        _warn(f"结果没能全部写到标准输出：{failure.strerror}\n  提示 检查输出所到的磁盘")
        return max(said.code, 1)
    return said.code


def _warn(text: str) -> None:
    """A line to standard error, which may itself be closed."""
    from docgen.report.lines import visible

    try:
        sys.stderr.write("".join(visible(line) + "\n" for line in text.split("\n")))
        sys.stderr.flush()
    except OSError:
        _abandon(sys.stderr)


def _abandon(stream: TextIO) -> None:
    """Nothing more can be written there: let the interpreter's own last flush go nowhere."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    except (OSError, ValueError):
        return


def _open_streams(json: bool) -> None:
    """Streams that never stumble: a closed one goes nowhere, a character that the encoding lacks is
    shown by its number, JSON is UTF-8."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
        reconfigure = getattr(getattr(sys, name), "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace", **({"encoding": "utf-8"} if json else {}))
