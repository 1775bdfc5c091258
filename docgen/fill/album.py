"""The pictures, links and sub-documents that one rendering of a part shows."""

from __future__ import annotations

import hashlib
import re
from typing import Any, Protocol

from docgen.fill.additions import Additions
from docgen.fill.pictures import Size, drawing, picture_type

_ID = re.compile(r'\br:(?:id|embed|link|pict)="([^"]*)"')


class Host(Protocol):
    """A DocxTemplate of the same file: what a context's values were made with."""

    docx: Any
    current_rendering_part: Any


class NeedsHost(Exception):
    """A sub-document was printed: the package of its DocxTemplate has to be the one written."""

    def __init__(self, host: Host) -> None:
        super().__init__("sub-document")
        self.host = host


class Album:
    """Shows pictures in one part; what they need is gathered in the Additions of the document.

    `next_id` is the number that python-docx would give to a drawing of this part, `base` the
    DocxTemplate over whose package the document is written (where there are sub-documents).
    """

    def __init__(
        self, additions: Additions, part: str, next_id: int = 1, base: Host | None = None
    ) -> None:
        self.additions, self.part, self.next_id, self.base = additions, part, next_id, base
        self.wanted: set[str] = set()

    def drawing(self, data: bytes, size: Size, room: int, alt: str) -> str:
        """The w:drawing of a picture of ours, stored under the hash of its bytes."""
        extension = picture_type(data)
        name = f"word/media/{hashlib.sha256(data).hexdigest()[:16]}.{extension}"
        relation = self.additions.picture(self.part, name, data, f"image/{extension}")
        self.additions.drawings += 1
        return drawing(size, room, alt, 2000 + self.additions.drawings, relation)

    def lent(self, value: object) -> str | None:
        """The markup of a value made by docxtpl that needs its package; None for any other."""
        kind = type(value)
        if not kind.__module__.startswith("docxtpl"):
            return None
        from docgen.fill import lent

        text = lent.markup(value, self)
        if "r:" in text:
            self.wanted.update(_ID.findall(text))
        return text

    def dangling(self) -> list[str]:
        """The ids that printed markup refers to and no relation has."""
        if not self.wanted:
            return []
        return sorted(self.wanted - self.additions.relations(self.part).ids)
