"""The door to LibreOffice: .docx → PDF in a process of its own, without network."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from contextlib import suppress
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from docgen.problem import Stop

NO_NETWORK = ("unshare", "--net", "--map-root-user")
MISSING = "这台机器没有 LibreOffice（soffice）"
CURE = "安装 libreoffice-writer-nogui，或改用默认的排版引擎"


def convert_with_libreoffice(
    docx: bytes, *, timeout: float = 120.0, program: str = "soffice"
) -> bytes:
    """The PDF that LibreOffice makes of a .docx.

    It runs with its own profile and, where the system allows, without network; after `timeout`
    seconds its whole process group ends. Its exit status is not trusted (0 even for a missing
    input): only the output file counts. Raises Stop where there is no usable LibreOffice.
    """
    found = shutil.which(program)
    if found is None:
        raise Stop(MISSING, CURE)
    with TemporaryDirectory(prefix="docgen-soffice-") as folder:
        root = Path(folder)
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
        _run(command, root, timeout)
        made = root / "out" / "document.pdf"
        pdf = made.read_bytes() if made.is_file() else b""
    if not pdf.startswith(b"%PDF-"):
        raise Stop("LibreOffice 没有转换出 PDF", "用 LibreOffice 打开这份 .docx，看它是否报错")
    return pdf


def _run(command: list[str], folder: Path, timeout: float) -> None:
    environment = {**os.environ, "HOME": str(folder), "SAL_USE_VCLPLUGIN": "svp"}
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


def count_pages(pdf: bytes) -> int:
    """How many pages a PDF has."""
    import pypdf

    return len(pypdf.PdfReader(BytesIO(pdf)).pages)
