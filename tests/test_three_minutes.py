"""docs/三分钟上手.md, followed to the letter: in a copy of the repository, and from a wheel."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from tests.kit import ROOT, text_of

PAGE = (ROOT / "docs/三分钟上手.md").read_text("utf-8")
BLOCKS = re.findall(r"(?ms)^```(\w+)\n(.*?)^```$", PAGE)
LINES = [line for kind, block in BLOCKS if kind == "sh" for line in block.splitlines()]
BY_MAKE = [line for line in LINES if line.startswith("make ")]
BY_HAND = [line for line in LINES if not line.startswith("make ")]
FOUND = {"make 检查 APP=客户甲": 2, "docgen check -a 客户甲": 1, "docgen check -b 某市工信局": 1}
REPOSITORY = ("docgen", "notices", "templates", "docs", "Makefile", "pyproject.toml", "README.md")


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh copy of the repository with a real applicant's data in it, and the set-up shared."""
    folder = tmp_path_factory.mktemp("clone") / "docgen"
    folder.mkdir()
    for name in (*REPOSITORY, "requirements.lock", "requirements-dev.lock", ".gitignore", "data"):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name)
        else:
            shutil.copy(ROOT / name, folder)
    for name in (".venv", ".local"):
        (folder / name).symlink_to(ROOT / name)
    for source in (folder / "requirements.lock", *(folder / "docgen/setup").iterdir()):
        os.utime(source, (0, 0))  # older than the stamps: the set-up that is shared is done
    return folder


@pytest.fixture(scope="module")
def installed(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bin folder of a virtual environment that has the wheel, and our libraries beside it."""
    pytest.importorskip("hatchling", reason="the wheel is built with hatchling")
    secret = repository / "data/申报单位/真名" / "申报单位.yaml"
    secret.parent.mkdir()
    secret.write_text("单位名称: 真名\n", "utf-8")
    folder = tmp_path_factory.mktemp("wheel")
    run = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(run, cwd=repository, check=True, capture_output=True)
    shutil.rmtree(secret.parent)
    (wheel,) = folder.glob("*.whl")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder / "venv"], check=True)
    python = folder / "venv/bin/python"
    uv = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--offline", "--no-deps"]
    subprocess.run([*uv, "--python", python, wheel], check=True)
    (packages,) = (folder / "venv").glob("lib/python*/site-packages")
    (packages / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return folder / "venv/bin"


def follow(folder: Path, path: str, lines: list[str]) -> Path:
    """Runs each line as a person would, one after the other; where it ends."""
    for line in lines:
        if line.startswith("cd "):
            folder = folder / line[3:]
            continue
        environ = {**os.environ, "PATH": f"{path}{os.environ['PATH']}", "NO_COLOR": "1"}
        for misleading in ("PYTHONPATH", "DOCGEN_ROOT", "MAKEFLAGS", "MAKELEVEL", "MFLAGS"):
            environ.pop(misleading, None)
        done = subprocess.run(
            ["sh", "-c", line], cwd=folder, env=environ, capture_output=True, text=True
        )
        assert done.returncode == FOUND.get(line, 0), f"{line}\n{done.stdout}{done.stderr}"
        if line.startswith("docgen init "):
            (folder / line.split()[-1] / ".local").symlink_to(ROOT / ".local")
        if re.search("新建|new 客户甲", line) and "江苏数促" in line:
            fill_in(folder / "data/申报单位/客户甲/申报单位.yaml")
    return folder


def fill_in(file: Path) -> None:
    """What the page says to type, behind the colons that stand there."""
    text = file.read_text("utf-8")
    for kind, block in BLOCKS:
        for line in block.splitlines() if kind == "yaml" else ():
            key = line.partition(":")[0]
            assert text.count(f"\n{key}:\n") == 1
            text = text.replace(f"\n{key}:\n", f"\n{line}\n")
    file.write_text(text, "utf-8")


def test_from_the_repository(repository: Path) -> None:
    assert len(BY_MAKE) >= 3
    follow(repository, "", BY_MAKE)
    draft = repository / "out/江苏数促中心-2026/客户甲/建设方案.草稿.docx"
    assert "客户甲数字科技有限公司" in text_of(draft)
    assert "【待补：" in text_of(draft) and draft.with_suffix(".pdf").is_file()


def test_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    assert len(BY_HAND) >= 10
    folder = follow(tmp_path, f"{installed}:", BY_HAND)
    assert folder != tmp_path
    draft = folder / "out/江苏数促中心-2026/客户甲/建设方案.草稿.docx"
    assert "客户甲数字科技有限公司" in text_of(draft)
    assert draft.with_suffix(".pdf").read_bytes().startswith(b"%PDF")


def test_the_wheel_holds_what_it_needs_and_nobodys_data(installed: Path) -> None:
    (wheel,) = installed.parents[1].glob("*.whl")
    with zipfile.ZipFile(wheel) as package:
        names = [name.removeprefix("docgen/shipped/") for name in package.namelist()]
    wanted = [ROOT / "notices", ROOT / "templates", *(ROOT / "data").glob("*/示例*")]
    wanted += [*(ROOT / "docs").glob("*.md"), ROOT / "docs/屏幕", ROOT / "docs/版式"]
    for path in wanted:
        files = [path] if path.is_file() else [p for p in path.rglob("*") if p.is_file()]
        ours = {p.relative_to(ROOT).as_posix() for p in files if p.name[0] not in ".~"}
        assert ours and ours <= set(names)
    assert not [name for name in names if "真名" in name or "/." in name]


def test_a_working_folder_keeps_what_was_changed(installed: Path, tmp_path: Path) -> None:
    follow(tmp_path, f"{installed}:", ["docgen init 我的"])
    pack = tmp_path / "我的/notices/江苏数促中心-2026/通知.yaml"
    pack.write_text(pack.read_text("utf-8") + "# 自己改的\n", "utf-8")
    template = tmp_path / "我的/templates/建设方案/甘肃.docx"
    template.unlink()
    done = subprocess.run(
        [installed / "docgen", "init", "我的", "--examples"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert template.is_file() and pack.read_text("utf-8").endswith("# 自己改的\n")
    assert "与随带的不同，没有动（1 个）：notices/江苏数促中心-2026/通知.yaml" in done.stdout
    assert (tmp_path / "我的/data/申报单位/示例联合体/证明材料").is_dir()
    follow(tmp_path / "我的", f"{installed}:", ["docgen check -a 示例联合体"])
