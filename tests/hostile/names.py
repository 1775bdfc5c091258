"""Hostile names, links, pipes and devices in the place of data files."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from tests.hostile.kit import FACTS, Case

YAML = "申报单位.yaml"


def swapped(
    name: str, below: str, make: Callable[[Path], object], says: str, file: str = ""
) -> Case:
    """Something else in the place of a file or folder of the applicant's."""

    def plant(folder: Path) -> None:
        path = folder / below
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        make(path)

    return Case(name, plant, says, file or below.rpartition("/")[2], quiet=not says)


def typed(name: str, *words: str) -> Case:
    """A name on the command line that must not be taken: misuse, exit code 2."""
    return Case(name, lambda _: None, words=words)


def beside(path: Path) -> Path:
    """A file outside the workspace that reads as data."""
    out = path.parents[4] / "外面"
    out.mkdir(exist_ok=True)
    (out / "资料.yaml").write_text(FACTS + "备注: 泄漏\n", "utf-8")
    (out / "证.pdf").write_bytes(b"%PDF-1.4\n%%EOF")
    (out / "1 概述.md").write_text("## 背景\n\n泄漏\n", "utf-8")
    return out


def device(path: Path) -> None:
    with suppress(PermissionError):
        os.mknod(path, stat.S_IFCHR | 0o666, os.makedev(1, 5))
        return
    path.symlink_to("/dev/zero")


def cases() -> Iterator[Case]:
    yield swapped("资料链接到外面", YAML, lambda p: p.symlink_to(beside(p) / "资料.yaml"), "之外")
    yield swapped("资料链接到系统", YAML, lambda p: p.symlink_to("/etc/passwd"), "之外")
    yield swapped(
        "资料链接到别家", YAML, lambda p: p.symlink_to("../资料链接到外面/申报单位.yaml"), "之外"
    )
    yield swapped("资料绕圈", YAML, lambda p: p.symlink_to(YAML), "圈")
    yield swapped("资料悬空", YAML, lambda p: p.symlink_to("没有"), "不存在")
    yield swapped(
        "资料在文件夹内",
        YAML,
        lambda p: (p.parent / "正本.yaml").write_text(FACTS, "utf-8") and p.symlink_to("正本.yaml"),
        "",
    )
    yield swapped("资料是管道", YAML, os.mkfifo, "不是普通文件")
    yield swapped("资料是设备", YAML, device, "不是普通文件")
    yield swapped("资料是文件夹", YAML, os.mkdir, "不是普通文件")
    yield swapped("没有资料", YAML, lambda p: None, "不存在")
    yield swapped("证明是管道", "证明材料/a.pdf", os.mkfifo, "不是普通文件")
    yield swapped(
        "证明是设备", "证明材料/a.pdf", device, "不是普通文件" if os.geteuid() == 0 else "之外"
    )
    yield swapped(
        "证明链接到外面",
        "证明材料/a.pdf",
        lambda p: p.symlink_to(beside(p.parent) / "证.pdf"),
        "之外",
    )
    yield swapped("证明文件夹在外面", "证明材料", lambda p: p.symlink_to(beside(p)), "之外", "pdf")
    yield swapped(
        "正文文件夹在外面", "正文", lambda p: p.symlink_to(beside(p)), "之外", "1 概述.md"
    )
    yield swapped("表是管道", "表/案例.xlsx", os.mkfifo, "不是普通文件")
    yield swapped("表链接到外面", "表/案例.xlsx", lambda p: p.symlink_to("/etc/passwd"), "之外")
    yield swapped("表文件夹是文件", "表", lambda p: p.write_text("x"), "文件夹")
    yield swapped(
        "图链接到外面", "图/a.png", lambda p: _picture(p, "/etc/passwd"), "之外", "1 概述.md"
    )
    yield swapped("图是管道", "图/a.png", _pipe, "图片", "1 概述.md")
    yield swapped("很多章", "正文", _chapters, "合计超过", ".md")
    yield swapped("同一张大图很多次", "图/a.png", _often, "")
    yield swapped(
        "章名有控制符", "正文/a\x1b[31m\n.md", lambda p: p.write_text("x"), "坏掉的字", "正文"
    )
    yield swapped("章名反向", "正文/\u202egpj.md", lambda p: p.write_text("x"), "坏掉的字", "正文")
    yield swapped("章名坏字节", "正文", _bytes_name, "坏掉的字", "正文")
    yield swapped("章名很长", f"正文/{'长' * 80}.md", lambda p: p.write_text("x"), "没有")
    yield swapped("锁文件", "正文/~$概述.md", lambda p: p.write_text("x"), "")
    yield Case("整个文件夹在外面", _elsewhere, "之外", "整个文件夹在外面")


def _picture(path: Path, target: str) -> None:
    path.symlink_to(target)
    _cite(path)


def _cite(path: Path, times: int = 1) -> None:
    chapter = path.parents[1] / "正文/1 概述.md"
    chapter.write_text("## 背景\n\n" + "![图](图/a.png)\n\n" * times, "utf-8")


def _pipe(path: Path) -> None:
    os.mkfifo(path)
    _cite(path)


def _often(path: Path) -> None:
    from tests.fill.kit import png

    path.write_bytes(png(4000, 4000))
    _cite(path, 3000)


def _chapters(path: Path) -> None:
    path.mkdir()
    for number in range(200):
        (path / f"{number} 概述{number}.md").write_text("## 背景\n\n" + "甲" * 300_000, "utf-8")


def _bytes_name(path: Path) -> None:
    path.mkdir()
    with open(os.path.join(os.fsencode(path), b"\xff\xfe.md"), "wb") as file:
        file.write(b"x")


def _elsewhere(folder: Path) -> None:
    target = folder.parents[3] / "外面整个"
    shutil.move(folder, target)
    folder.symlink_to(target)
