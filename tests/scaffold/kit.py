"""What the tests of new data share: a workspace without data, and what a check finds in it."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

from tests.cli.kit import REPOSITORY, inside

NOTICES = [
    ("国家数促中心-2026", ""),
    ("江苏数促中心-2026", ""),
    ("江苏县域试点-2025", ""),
    ("甘肃工业互联网数促中心", "综合类"),
    ("甘肃工业互联网数促中心", "行业类"),
    ("甘肃工业互联网数促中心", "功能类/技术创新"),
    ("甘肃工业互联网数促中心", "功能类/产业孵化"),
    ("甘肃工业互联网数促中心", "功能类/人才培育"),
    ("甘肃工业互联网数促中心", "功能类/中小企业服务"),
    ("天津服务商与促进中心", "服务商"),
    ("天津服务商与促进中心", "促进中心"),
    ("江门标杆示范-2023", "企业"),
    ("江门标杆示范-2023", "车间"),
]


def empty(folder: Path) -> Path:
    """A workspace with packs and templates and nobody's data."""
    for name in ("notices", "templates"):
        shutil.copytree(REPOSITORY / name, folder / name)
    (folder / ".local").mkdir()
    (folder / ".local" / "fonts").symlink_to(REPOSITORY / ".local" / "fonts")
    return folder


def new(root: Path, name: str, slug: str, track: str = "") -> None:
    done = inside(root, "new", name, "-n", slug, *(["--track", track] if track else []))
    assert done.code == 0, done.err


def findings(root: Path, *whom: str) -> list[dict[str, Any]]:
    """The Problems of a check."""
    return json.loads(inside(root, "check", *whom, "--json").out)["problems"]


def faults(found: list[dict[str, Any]]) -> list[str]:
    """The errors among them that are no mere lack of data."""
    return [
        f"{one['file']}:{one['line']} {one['code']} {one['message']}"
        for one in found
        if one["severity"] == "error" and one["verdict"] != "资料不足"
    ]


def slips(found: list[dict[str, Any]]) -> list[str]:
    """The errors of form: of those, the ones that no rule of the notice raises."""
    return [said for said in faults(found) if not re.search(r" [A-Z]\d*-?[A-Z]*\d+ ", said)]


def file_of(root: Path, name: str) -> Path:
    return root / "data" / "申报单位" / name / "申报单位.yaml"
