"""The one writer of out/: files whole or absent, a hand's edits kept, 清单.json last."""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = ["CODES", "Put", "Store"]

if TYPE_CHECKING:
    from docgen.store.codes import CODES
    from docgen.store.shelf import Put, Store
else:
    from docgen.lazy import on_demand

    __getattr__ = on_demand(
        __name__,
        {
            "codes": "CODES",
            "shelf": "Put Store",
        },
    )
