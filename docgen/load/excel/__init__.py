"""Excel as an office types it: an entry workbook by applicant, a 表 of one applicant, with spots.

`package` bounds the file, `xml`, `markup` and `workbook` read it, `headings` and `cells` say what a
column and a cell mean, `rows`, `entries` and `tables` make trees of them such as YAML gives.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = ["Entries", "Entry", "noted_notice", "read_entries"]

if TYPE_CHECKING:
    from docgen.load.excel.entries import Entries, Entry, noted_notice, read_entries
else:
    from docgen.lazy import on_demand

    __getattr__ = on_demand(__name__, {"entries": "Entries Entry noted_notice read_entries"})
