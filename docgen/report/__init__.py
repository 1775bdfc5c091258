"""Report → what a person reads on a terminal, in a pipe or as a page, and what a program reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = ["page", "print_page", "report"]

if TYPE_CHECKING:
    from docgen.report.printing import print_page
    from docgen.report.styles import report
    from docgen.report.web import page
else:
    from docgen.lazy import on_demand

    __getattr__ = on_demand(__name__, {"printing": "print_page", "styles": "report", "web": "page"})
