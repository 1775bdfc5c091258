"""Disk → values that know where they stand: data files, prose, evidence, notice packs."""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = [
    "Source",
    "dossier",
    "facts_of",
    "load_notice",
    "notice_slugs",
    "read_applicant",
    "read_bureau",
    "read_data",
    "read_file",
]

if TYPE_CHECKING:
    from docgen.load.pack import load_notice, notice_slugs
    from docgen.load.source import (
        Source,
        dossier,
        facts_of,
        read_applicant,
        read_bureau,
        read_data,
        read_file,
    )
else:
    from docgen.lazy import on_demand

    __getattr__ = on_demand(
        __name__,
        {
            "pack": "load_notice notice_slugs",
            "source": "Source dossier facts_of read_applicant read_bureau read_data read_file",
        },
    )
