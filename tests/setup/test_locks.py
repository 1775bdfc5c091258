"""The locks: exact, hashed, without addresses; development holds all of runtime."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock")
PINNED = re.compile(
    r"^([a-z0-9.-]+)==(\S+)(?: ; [^\\]+)? \\\n((?:    --hash=\S+(?: \\)?\n)+)", re.M
)


def pins(lock: str) -> dict[str, str]:
    return {name: version for name, version, _ in PINNED.findall((ROOT / lock).read_text("utf-8"))}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_line_is_pinned_and_hashed(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    names = re.findall(r"^[a-zA-Z][^=\n]*==", text, re.M)
    assert len(names) == len(PINNED.findall(text)) > 20


@pytest.mark.parametrize("lock", LOCKS)
def test_no_address_and_no_path(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    assert not re.search(r"://|--(?:index|extra-index|find-links|trusted)|(?<!\w)/\w", text)


def test_development_holds_runtime() -> None:
    assert pins("requirements.lock").items() <= pins("requirements-dev.lock").items()


def test_every_dependency_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = {*project["dependencies"], *project["optional-dependencies"]["dev"]}
    names = {re.split(r"[<>=\[]", line)[0].lower().replace(".", "-") for line in asked}
    assert names <= pins("requirements-dev.lock").keys()


def test_every_licence_is_told() -> None:
    told = (ROOT / "docs" / "第三方许可.md").read_text("utf-8").lower()
    words = set(re.findall(r"[a-z0-9-]+", told))
    assert pins("requirements-dev.lock").keys() <= words
