"""The command line: words → a Request, a Report → text and an exit code. One file a command."""

from __future__ import annotations

import sys
from collections.abc import Sequence

__all__ = ["main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Runs docgen with the words after its name; the exit code (see `boundary`)."""
    from docgen.cli.boundary import guarded

    return guarded(list(sys.argv[1:] if argv is None else argv))
