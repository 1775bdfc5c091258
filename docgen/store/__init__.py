"""The one writer of out/: files whole or absent, a hand's edits kept, 清单.json last.

And of the data files that a command writes for people (`data`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = [
    "CODES",
    "DataFile",
    "DataStore",
    "Entry",
    "Put",
    "Store",
    "write_new",
    "write_over",
]

if TYPE_CHECKING:
    from docgen.store.codes import CODES
    from docgen.store.data import DataFile, DataStore, write_new, write_over
    from docgen.store.manifest import Entry
    from docgen.store.shelf import Put, Store
else:
    from docgen.lazy import on_demand

    __getattr__ = on_demand(
        __name__,
        {
            "codes": "CODES",
            "data": "DataFile DataStore write_new write_over",
            "manifest": "Entry",
            "shelf": "Put Store",
        },
    )
