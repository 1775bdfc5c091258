"""Dossier → Jobs: which documents, for whom, under which name and in which formats."""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = ["due", "evidence_index", "hand_in", "plan"]

if TYPE_CHECKING:
    from docgen.plan.handin import due, hand_in
    from docgen.plan.index import evidence_index
    from docgen.plan.jobs import plan
else:
    from docgen.lazy import on_demand

    __getattr__ = on_demand(
        __name__, {"handin": "due hand_in", "index": "evidence_index", "jobs": "plan"}
    )
