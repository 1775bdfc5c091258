"""The door to LibreOffice: .docx → PDF in a process of its own, without network."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from html import escape
from io import BytesIO
from pathlib import Path
from typing import Any
from unicodedata import category

from docgen.problem import Stop
from docgen.scratch import scratch
from docgen.typeset.font_names import CHINESE, STAND_INS, font_class
from docgen.typeset.fonts import Fonts, StandIn

NO_NETWORK = ("unshare", "--net", "--map-root-user")
MISSING = "这台机器没有 LibreOffice（soffice）"
CURE = "安装 libreoffice-writer-nogui，或改用默认的排版引擎"
PROGRAM = "soffice"


def convert_with_libreoffice(
    docx: bytes,
    *,
    fonts: Fonts | None = None,
    timeout: float = 120.0,
    program: str = PROGRAM,
) -> bytes:
    """The PDF that LibreOffice makes of a .docx, with the same stand-ins for fonts as ours.

    It runs with its own profile and, where the system allows, without network; after `timeout`
    seconds its whole process group ends. Its exit status is not trusted (0 even for a missing
    input): only the output file counts. Raises Stop where there is no usable LibreOffice.
    """
    found = shutil.which(program)
    if found is None:
        raise Stop(MISSING, CURE)
    with scratch() as root:
        (root / "document.docx").write_bytes(docx)
        command = [
            *(NO_NETWORK if _can_unshare() else ()),
            found,
            f"-env:UserInstallation={(root / 'profile').as_uri()}",
            "--headless", "--norestore", "--nologo", "--nolockcheck",
            "--convert-to", "pdf:writer_pdf_Export",
            "--outdir", str(root / "out"),
            str(root / "document.docx"),
        ]  # fmt: skip
        (root / "fonts.conf").write_text(font_settings(fonts), encoding="utf-8")
        _run(command, root, timeout)
        made = root / "out" / "document.pdf"
        pdf = made.read_bytes() if made.is_file() else b""
    if not pdf.startswith(b"%PDF-"):
        raise Stop("LibreOffice 没有转换出 PDF", "用 LibreOffice 打开这份 .docx，看它是否报错")
    return pdf


def has_libreoffice() -> bool:
    """Whether this machine has it."""
    return shutil.which(PROGRAM) is not None


def _run(command: list[str], folder: Path, timeout: float) -> None:
    environment = {**os.environ, "HOME": str(folder), "SAL_USE_VCLPLUGIN": "svp"}
    environment["FONTCONFIG_FILE"] = str(folder / "fonts.conf")
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(timeout)
    except subprocess.TimeoutExpired as problem:
        told = f"LibreOffice 在 {timeout:g} 秒内没有转换完"
        raise Stop(told, "文件很大时请增加时限") from problem
    finally:
        _end_group(process)


def font_settings(fonts: Fonts | None) -> str:
    """A fonts.conf: the system's own, the folders of our fonts, and their stand-ins."""
    lines = ['<include ignore_missing="yes">/etc/fonts/fonts.conf</include>']
    if fonts is not None:
        folders = sorted({str(face.path.parent) for face in fonts.faces})
        lines += [f"<dir>{escape(folder)}</dir>" for folder in folders]
        names = dict.fromkeys(name.lstrip("*") for names in STAND_INS.values() for name in names)
        answers = (fonts.stand_in(name, latin=font_class(name) not in CHINESE) for name in names)
        lines += [_alias(answer) for answer in answers if answer.substituted and answer.family]
    return f"<?xml version='1.0'?><fontconfig>{''.join(lines)}</fontconfig>"


def _alias(answer: StandIn) -> str:
    weight = '<edit name="weight" mode="assign" binding="strong"><const>bold</const></edit>'
    return (
        f'<match target="pattern"><test name="family"><string>{escape(answer.name)}</string></test>'
        f'<edit name="family" mode="assign" binding="strong"><string>{escape(answer.family)}'
        f"</string></edit>{weight if answer.bold else ''}</match>"
    )


def _end_group(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@cache
def _can_unshare() -> bool:
    """Whether this user may make a network namespace with nothing in it."""
    if shutil.which("unshare") is None:
        return False
    done = subprocess.run([*NO_NETWORK, "true"], capture_output=True, check=False)
    return done.returncode == 0


def sheets(pdf: bytes) -> tuple[int, tuple[int, ...]]:
    """How many sheets a PDF has, and on which (from 1) each of its bookmarks leads, in order."""
    import pypdf

    reader = pypdf.PdfReader(BytesIO(pdf))

    def places(items: list[Any]) -> Iterator[int]:
        for item in items:
            if isinstance(item, list):
                yield from places(item)
            else:
                number = reader.get_destination_page_number(item)
                yield 0 if number is None else number + 1

    return len(reader.pages), tuple(places(reader.outline))


def signs(pdf: bytes) -> set[str]:
    """The signs (☑, ★ …) that a PDF prints."""
    import pypdf

    pages = pypdf.PdfReader(BytesIO(pdf)).pages
    return {sign for page in pages for sign in page.extract_text() if category(sign) == "So"}
