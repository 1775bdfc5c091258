"""The address of a place, for terminals that open what is clicked (OSC 8)."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import quote

from docgen.problem import Where

_KNOWN = ("vscode", "iTerm.app", "WezTerm", "ghostty", "Hyper", "Tabby", "rio")
_MARKS = ("WT_SESSION", "KONSOLE_VERSION", "KITTY_WINDOW_ID", "DOMTERM")
_TERMS = ("xterm-kitty", "foot", "alacritty", "contour")
VTE = 5000  # the first version of VTE (GNOME Terminal …) that knows links


def link_to(root: Path, environ: Mapping[str, str] = os.environ) -> Callable[[Where], str] | None:
    """What makes the address of a place below `root`; None where the terminal knows no links."""
    program = environ.get("TERM_PROGRAM", "")
    version = environ.get("VTE_VERSION", "")
    can = program in _KNOWN or any(environ.get(mark) for mark in _MARKS)
    can = can or environ.get("TERM", "").startswith(_TERMS)
    can = can or (version.isdecimal() and int(version) >= VTE)
    if not can:
        return None
    editor = program == "vscode"

    def link(where: Where) -> str:
        if not where.file or where.told != where.file:  # an address would tell the name
            return ""
        if not (root / where.file).exists():
            return ""
        path = quote((root / where.file).as_posix())
        if editor:
            return f"vscode://file{path}:{where.line or 1}:{where.column or 1}"
        return f"file://{socket.gethostname()}{path}"

    return link
