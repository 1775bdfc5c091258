"""Dossier → verdict: every rule judged, every field and piece of evidence looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = ["check", "check_pack", "check_rule"]

if TYPE_CHECKING:
    from docgen.check.pack import check_pack
    from docgen.check.subject import check, check_rule
else:
    from docgen.lazy import on_demand

    __getattr__ = on_demand(
        __name__,
        {
            "pack": "check_pack",
            "subject": "check check_rule",
        },
    )
