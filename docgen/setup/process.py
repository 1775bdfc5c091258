"""A child process → its output, or Trouble in one calm sentence."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from docgen.setup.workspace import Trouble, Workspace

CAUSES = (
    (
        ("No space left on device", "Disk quota exceeded"),
        "磁盘已满",
        "请腾出空间后再运行一次",
    ),
    (
        ("DO NOT MATCH THE HASHES", "Hash Sum mismatch"),
        "下载到的文件与校验值不符，没有安装",
        "请稍后再试，或换一个软件源",
    ),
    (
        ("CERTIFICATE_VERIFY_FAILED", "certificate verify failed"),
        "软件源的证书不被信任",
        "请为 pip 指定本单位的证书（PIP_CERT）后再试",
    ),
    (
        (
            "Temporary failure",
            "Could not resolve",
            "Name or service not known",
            "Failed to establish",
            "Could not connect",
            "Unable to connect",
            "Connection failed",
            "Connection refused",
            "Connection timed out",
            "Network is unreachable",
            "Read timed out",
            "ProxyError",
            "Failed to fetch",
        ),
        "网络不通，取不到软件源",
        "请接通网络，或设好代理（http_proxy、https_proxy）与 pip 镜像（PIP_INDEX_URL）后再试",
    ),
    (
        ("Unable to locate package", "has no installation candidate", "Can't select"),
        "本机的 apt 软件源里没有所需的包",
        "请检查 /etc/apt 下的软件源（Debian 需含 main）后再试",
    ),
    (
        ("No matching distribution", "Could not find a version"),
        "软件源里没有适合本机的锁定版本",
        "请换一个完整的 pip 镜像；本机须为 Python 3.11 或更新的 64 位系统",
    ),
    (
        ("Permission denied", "Read-only file system"),
        "没有写权限",
        "请换到自己有写权限的文件夹里运行",
    ),
)

# What a person's own shell may hold that would send pip or Python elsewhere.
MISLEADING = (
    "PYTHONHOME",
    "PYTHONPATH",
    "PYTHONSTARTUP",
    "VIRTUAL_ENV",
    "PIP_PREFIX",
    "PIP_ROOT",
    "PIP_TARGET",
)


def environment() -> dict[str, str]:
    """Our own surroundings, less what misleads, with English messages to look causes up in."""
    kept = {name: value for name, value in os.environ.items() if name not in MISLEADING}
    return {**kept, "LC_ALL": "C.UTF-8", "PIP_USER": "0", "DEBIAN_FRONTEND": "noninteractive"}


def run(
    workspace: Workspace,
    command: Sequence[str | Path],
    doing: str,
    *,
    cwd: Path | None = None,
) -> str:
    """Run `command` and return what it printed; its whole talk is kept in `.local/log/`."""
    words = [str(word) for word in command]
    temporary = workspace.cache / "tmp"
    temporary.mkdir(parents=True, exist_ok=True)
    try:
        done = subprocess.run(
            words,
            cwd=cwd or workspace.root,
            env=environment() | {"TMPDIR": str(temporary)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            close_fds=False,  # the lock goes with the child
            check=False,
        )
    except (FileNotFoundError, PermissionError):
        raise Trouble(f"{doing}时找不到命令 {words[0]}", "请装上它后再试") from None
    output = done.stdout.decode("utf-8", "replace")
    log = _log(workspace, doing)
    log.parent.mkdir(parents=True, exist_ok=True)
    log.write_text(" ".join(words) + "\n" + output, encoding="utf-8")
    if done.returncode != 0:
        raise diagnose(workspace, doing, output)
    return output


def diagnose(workspace: Workspace, doing: str, output: str) -> Trouble:
    """The first cause that the output names, from the gravest down."""
    log = _log(workspace, doing).relative_to(workspace.root)
    for signs, what, remedy in CAUSES:
        if any(sign in output for sign in signs):
            return Trouble(f"{doing}时{what}", f"{remedy}（详见 {log}）")
    return Trouble(f"{doing}没有成功", f"原因见 {log}")


def _log(workspace: Workspace, doing: str) -> Path:
    return workspace.log / f"{doing.replace(' ', '')}.log"
