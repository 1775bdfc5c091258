"""Stage `bind`: scans → one stamped volume; documents, index and volume → one PDF to hand in.

    open_scans(scans, folder)            each scan examined, repaired or refused by name
    labels_of(pieces)                    the texts that stamps are put together from
    write_volume(pieces, labels, target) A4 sheets, each with its 证 number and page at the foot
    bind(parts, target, ...)             every part on an odd page, links and bookmarks leading on

Scans are read where they lie and volumes are written where the caller says: they are too large to
be values. What moves, runs or hides in a scan never comes into a volume.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = [
    "Bound",
    "Opened",
    "Part",
    "Piece",
    "Scan",
    "Title",
    "bind",
    "draw_page",
    "labels_of",
    "open_scans",
    "page_sizes",
    "read_bookmarks",
    "read_texts",
    "write_volume",
]

if TYPE_CHECKING:
    from docgen.bind.opening import Opened, open_scans
    from docgen.bind.pieces import Piece, Scan, Title
    from docgen.bind.reading import draw_page, page_sizes, read_bookmarks, read_texts
    from docgen.bind.stamps import labels_of
    from docgen.bind.volume import write_volume
    from docgen.bind.whole import Bound, Part, bind
else:
    from docgen.lazy import on_demand

    __getattr__ = on_demand(
        __name__,
        {
            "opening": "Opened open_scans",
            "pieces": "Piece Scan Title",
            "reading": "draw_page page_sizes read_bookmarks read_texts",
            "stamps": "labels_of",
            "volume": "write_volume",
            "whole": "Bound Part bind",
        },
    )
