"""Dossier → Jobs: which documents, for whom, under which name and in which formats."""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = ["hand_in", "plan"]

if TYPE_CHECKING:
    from docgen.plan.handin import hand_in
    from docgen.plan.jobs import plan
else:
    from docgen.lazy import on_demand

    __getattr__ = on_demand(__name__, {"handin": "hand_in", "jobs": "plan"})
