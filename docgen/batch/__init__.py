"""Many documents through several processes: the Runners of `pipeline.build`.

A Runner gets a function and tasks and yields their results in order. Which one serves changes how
long a build takes, never what comes out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = ["in_processes"]

if TYPE_CHECKING:
    from docgen.batch.local import in_processes
else:
    from docgen.lazy import on_demand

    __getattr__ = on_demand(__name__, {"local": "in_processes"})
