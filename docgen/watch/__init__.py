"""While someone writes: data that changed → documents, verdict and a page on this machine.

    changes ── rounds (build, check) ── board ── view ── site ── server

One thread looks at the data and does the work, one serves the page from what was published last;
they share the board and nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = ["watch"]

if TYPE_CHECKING:
    from docgen.watch.watching import watch
else:
    from docgen.lazy import on_demand

    __getattr__ = on_demand(__name__, {"watching": "watch"})
