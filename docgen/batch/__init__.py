"""Many documents through several processes or machines: the Runners of `pipeline.build`.

A Runner gets what makes documents and tasks, and yields their results in order. Which one serves
changes how long a build takes, never what comes out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = ["in_processes", "on_cluster", "reading_in_processes"]

if TYPE_CHECKING:
    from docgen.batch.cluster import on_cluster
    from docgen.batch.local import in_processes, reading_in_processes
else:
    from docgen.lazy import on_demand

    __getattr__ = on_demand(
        __name__, {"cluster": "on_cluster", "local": "in_processes reading_in_processes"}
    )
