"""A watcher as users run it, in a small workspace of its own; and what a browser would ask it."""

from __future__ import annotations

import http.client
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from tests.cli.kit import REPOSITORY, inside
from tests.cli.kit import workspace as small

DATA = "data/申报单位/甲/申报单位.yaml"
OUT = "out/测试通知-2026/甲"
PATIENCE = 90.0  # seconds; a busy machine is no failure


def workspace(folder: Path) -> Path:
    """One notice, three applicants, one document with its PDF; fonts are shared."""
    root = small(folder)
    listed = root / "notices/测试通知-2026/材料.yaml"
    listed.write_text(listed.read_text("utf-8").replace("[docx]", "[docx, pdf]"), "utf-8")
    assert inside(root, "template", "new", "方案", "-n", "测试通知-2026").code == 0
    (root / ".local").mkdir()
    (root / ".local/fonts").symlink_to(REPOSITORY / ".local/fonts")
    return root


def until(holds: Callable[[], object], what: str, patience: float = PATIENCE) -> float:
    """Waits for it; the seconds it took."""
    begun = time.monotonic()
    while not holds():
        assert time.monotonic() - begun < patience, f"waited in vain for {what}"
        time.sleep(0.02)
    return time.monotonic() - begun


@dataclass(frozen=True)
class Answer:
    """What came back, the names of headers in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass(frozen=True)
class Watcher:
    """One that runs: its address (with the word, ending in /) and where it writes."""

    root: Path
    address: str
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def base(self) -> str:
        return urlsplit(self.address).path

    @property
    def port(self) -> int:
        return urlsplit(self.address).port or 0

    def ask(
        self, path: str = "", *, method: str = "GET", raw: str = "", host: str | None = None
    ) -> Answer:
        """One request; `raw` takes the place of the whole path, `host` of the header."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.putrequest(method, raw or self.base + path, skip_host=True)
            if host != "":
                connection.putheader("Host", host or f"127.0.0.1:{self.port}")
            connection.endheaders()
            answer = connection.getresponse()
            headers = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, headers, answer.read())
        finally:
            connection.close()

    def page(self) -> str:
        return self.ask().text

    def says(self, text: str) -> bool:
        return text in self.page()

    def is_idle(self) -> bool:
        """Whether a round has ended and none is under way."""
        return 'class="dim">' in re.findall(r'<span id="doing".*', self.page())[0] and "，PDF " in (
            self.page()
        )

    def settled(self) -> float:
        return until(self.is_idle, "the end of a round")

    def stop(self, how: int = signal.SIGINT) -> int:
        """Ends it as a terminal does, which tells every process of its group."""
        os.killpg(self.process.pid, how)
        return self.process.wait(60)

    @property
    def said(self) -> str:
        return self.log.read_text("utf-8")


@contextmanager
def watching(root: Path, *words: str) -> Iterator[Watcher]:
    """A watcher of 甲, or of whom the words name; ended with the block."""
    log = root / "said.txt"
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), "DOCGEN_ROOT": str(root)}
    with log.open("wb") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "docgen", "watch", *(words or ("-a", "甲"))],
            cwd=root, env=environment, stdout=said, stderr=subprocess.STDOUT,
            start_new_session=True,
        )  # fmt: skip
    try:
        until(lambda: "/\n" in log.read_text("utf-8") or process.poll() is not None, "an address")
        found = re.search(r"http://\S+/", log.read_text("utf-8"))
        assert found, log.read_text("utf-8")
        yield Watcher(root, found[0], process, log)
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(60)
    assert "Traceback" not in log.read_text("utf-8"), log.read_text("utf-8")


def write(root: Path, text: str, file: str = DATA) -> None:
    """Saves as editors do: a new file moved into the place of the old one."""
    beside = (root / file).with_name(".being-saved")
    beside.write_text(text, "utf-8")
    beside.replace(root / file)
