"""`.local/libs` → libraries in this process, so that `import weasyprint` finds them."""

from __future__ import annotations

import ctypes
import os
from pathlib import Path

LOCAL = Path(__file__).resolve().parents[2] / ".local"


def preload(local: Path = LOCAL) -> None:
    """Load each library by its path: a later dlopen by name is then given the one loaded.

    LD_LIBRARY_PATH would have to be set before Python starts. What one library needs of another
    decides the order; it is found by trying, and what cannot be loaded is left for the import
    of WeasyPrint to name.
    """
    settings = local / "fonts" / "fonts.conf"
    if settings.is_file():
        os.environ.setdefault("FONTCONFIG_FILE", str(settings))
    waiting = sorted(file for file in (local / "libs").glob("*.so.*") if not file.is_symlink())
    before = len(waiting) + 1
    while waiting and len(waiting) < before:
        before = len(waiting)
        waiting = [file for file in waiting if not _load(file)]


def _load(file: Path) -> bool:
    try:
        ctypes.CDLL(str(file))
    except OSError:
        return False
    return True
