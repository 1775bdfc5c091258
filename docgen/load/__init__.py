"""Disk → values that know where they stand: data files, prose, evidence, notice packs."""

from docgen.load.dossier import Source, dossier, read_applicant, read_bureau, read_file
from docgen.load.pack import load_notice, notice_slugs

__all__ = [
    "Source",
    "dossier",
    "load_notice",
    "notice_slugs",
    "read_applicant",
    "read_bureau",
    "read_file",
]
