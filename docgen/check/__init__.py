"""Dossier → verdict: every rule judged, every field and piece of evidence looked at."""

from docgen.check.pack import check_pack
from docgen.check.subject import check, check_rule

__all__ = ["check", "check_pack", "check_rule"]
