"""Dossier → Jobs: which documents, for whom, under which name and in which formats."""

from docgen.plan.jobs import plan

__all__ = ["plan"]
