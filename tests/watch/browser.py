"""A real Chromium, driven over the WebDriver protocol by its own driver; nothing is fetched."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.watch.kit import until

ARGUMENTS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--disable-dev-shm-usage", "--window-size=1400,900"),
)

_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def chromium() -> tuple[str, str] | None:
    """The browser and its driver; None where either is not installed."""
    names = (("chromium", "chromium-browser", "google-chrome"), ("chromedriver",))
    found = [next(filter(None, map(shutil.which, each)), None) for each in names]
    return (found[0], found[1]) if found[0] and found[1] else None


class Browser:
    """One window."""

    def __init__(self, server: str, session: str) -> None:
        self._at = f"{server}/session/{session}"

    def open(self, address: str) -> None:
        call(f"{self._at}/url", {"url": address})

    def run(self, script: str, *arguments: object) -> Any:
        """What a script of ours returns; it may `await`."""
        begun = "const done = arguments[arguments.length - 1];"
        whole = f"{begun} (async () => {{ {script} }})().then(done, done)"
        return call(f"{self._at}/execute/async", {"script": whole, "args": list(arguments)})

    def until(self, expression: str) -> float:
        """Waits until an expression is true in the page; the seconds it took.

        While a frame is loaded anew there is nothing in it to look at.
        """
        script = f"try {{ return Boolean({expression}) }} catch (nothing) {{ return false }}"
        return until(lambda: self.run(script), expression)

    def complaints(self) -> list[str]:
        """What the console has: refused scripts, failed requests."""
        return [line["message"] for line in call(f"{self._at}/se/log", {"type": "browser"})]

    def picture(self, file: Path) -> None:
        with _DIRECT.open(f"{self._at}/screenshot") as answer:
            file.write_bytes(base64.b64decode(json.load(answer)["value"]))


@contextmanager
def browsing(folder: Path) -> Iterator[Browser]:
    """A browser with a profile of its own in `folder`."""
    found = chromium()
    assert found is not None
    with (folder / "driver.txt").open("wb") as log:
        driver = subprocess.Popen([found[1], "--port=0"], stdout=subprocess.PIPE, stderr=log)
    try:
        assert driver.stdout is not None
        port = next(
            line.split()[-1].rstrip(b".").decode()
            for line in driver.stdout
            if b"successfully on port" in line
        )
        server = f"http://127.0.0.1:{port}"
        options = {
            "binary": found[0],
            "args": [*ARGUMENTS, f"--user-data-dir={folder / 'profile'}"],
        }
        wanted = {"goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"}}
        made = call(f"{server}/session", {"capabilities": {"alwaysMatch": wanted}})
        try:
            yield Browser(server, made["sessionId"])
        finally:
            ask = urllib.request.Request(f"{server}/session/{made['sessionId']}", method="DELETE")
            _DIRECT.open(ask).close()
    finally:
        driver.terminate()
        driver.communicate(timeout=30)


def call(address: str, body: object) -> Any:
    ask = urllib.request.Request(address, json.dumps(body).encode())
    try:
        with _DIRECT.open(ask, timeout=120) as answer:
            return json.load(answer)["value"]
    except urllib.error.HTTPError as refusal:
        raise AssertionError(refusal.read().decode()) from None
