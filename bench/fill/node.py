"""The Node peers: node from the PATH, their packages into `.local/bench/node`, all by lock."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

HERE = Path(__file__).parent
FOLDER = HERE.parents[1] / ".local" / "bench" / "node"
LOCK = "package-lock.json"
MANIFEST = "package.json"
FLAGS = ("--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error")
NEEDED = {
    "docxtemplater": ("docxtemplater", "pizzip"),
    "carbone": ("carbone",),
    "easy-template-x": ("easy-template-x",),
}
ENGINES = tuple(NEEDED)


def absent() -> dict[str, str]:
    """Fetches what is not there yet; why each peer that cannot be had is absent."""
    if shutil.which("node") is None:
        return dict.fromkeys(ENGINES, "本机没有 node；apt-get install nodejs npm 之后再测")
    why = _fetch()
    return {
        engine: why or "npm 没有装上它的组件"
        for engine, packages in NEEDED.items()
        if not all((modules() / package).is_dir() for package in packages)
    }


def modules() -> Path:
    return FOLDER / "node_modules"


def versions() -> dict[str, str]:
    """Package → version, of those that are there; and node itself."""
    if shutil.which("node") is None:
        return {}
    found = {"Node": _output("node", "--version").removeprefix("v")}
    for packages in NEEDED.values():
        for package in packages:
            file = modules() / package / MANIFEST
            if file.is_file():
                found[package] = json.loads(file.read_text("utf-8"))["version"]
    return found


def _fetch() -> str:
    """Installs by the lock unless that was done; what went wrong, or ""."""
    stamp = FOLDER / "installed.json"
    lock = (HERE / LOCK).read_text("utf-8")
    if stamp.is_file() and stamp.read_text("utf-8") == lock:
        return ""
    if shutil.which("npm") is None:
        return "本机有 node 而没有 npm；apt-get install npm 之后再测"
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in (MANIFEST, LOCK):
        shutil.copyfile(HERE / name, FOLDER / name)
    failure = _npm("ci")
    if not failure:
        stamp.write_text(lock, "utf-8")
        return ""
    # One package that is not to be had must not take the others with it.
    (FOLDER / MANIFEST).write_text('{"private": true}', "utf-8")
    (FOLDER / LOCK).unlink()
    wanted = json.loads((HERE / MANIFEST).read_text("utf-8"))["dependencies"]
    for package, version in wanted.items():
        failure = _npm("install", f"{package}@{version}") or failure
    return failure


def _npm(*words: str) -> str:
    try:
        done = subprocess.run(
            ["npm", *words, *FLAGS],
            cwd=FOLDER,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return "npm 两分钟没有取到"
    if done.returncode == 0:
        return ""
    code = re.search(r"code (E\w+)", done.stderr)
    return f"npm 没有取到（{code[1] if code else f'退出码 {done.returncode}'}）"


def _output(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
