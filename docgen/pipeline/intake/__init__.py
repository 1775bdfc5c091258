"""An entry workbook → the applicants' data files, and a bureau's order; nothing over a hand's work.

`importing` is the flow, `merging` holds one file against its rows, `alike` says what is the same,
`record` remembers what the last import wrote.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = ["import_book"]

if TYPE_CHECKING:
    from docgen.pipeline.intake.importing import import_book
else:
    from docgen.lazy import on_demand

    __getattr__ = on_demand(__name__, {"importing": "import_book"})
