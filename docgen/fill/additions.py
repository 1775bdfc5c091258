"""What one rendering adds to its package: media, relations, content types; nothing is re-opened."""

from __future__ import annotations

import posixpath
import re

from docgen.fill.package import CONTENT_TYPES, KIND, RELATIONSHIPS, rels_name
from docgen.fill.prebuilt import Prebuilt
from docgen.fill.xml import escape

_RELATION = re.compile(r"<(?:\w+:)?Relationship\s[^>]*>")
_ATTRIBUTE = re.compile(r"""(\w+)\s*=\s*["']([^"']*)["']""")
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<Relationships xmlns="{RELATIONSHIPS}"></Relationships>'
)
_NUMBER = re.compile(r"word/media/\D*(\d+)\.\w+")


class Relations:
    """The relations of one part while it is rendered: ids are given as python-docx gives them."""

    def __init__(self, xml: str, folder: str) -> None:
        self._xml, self._folder, self._added = xml, folder, list[str]()
        found = [dict(_ATTRIBUTE.findall(line)) for line in _RELATION.findall(xml)]
        self.ids = {line["Id"] for line in found if "Id" in line}
        self._known: dict[tuple[str | None, str | None], str] = {
            (line.get("Type"), line.get("Target")): line.get("Id", "") for line in found
        }

    def relate(self, kind: str, target: str, *, external: bool = False, wanted: str = "") -> str:
        """The id of a relation, which is added where it is new."""
        address = target if external else posixpath.relpath("/" + target, "/" + self._folder)
        key = self._known.get((kind, escape(address)))
        if key is not None and not wanted:
            return key
        key = wanted or self._free()
        mode = ' TargetMode="External"' if external else ""
        self.ids.add(key)
        self._known[kind, escape(address)] = key
        self._added.append(
            f'<Relationship Id="{key}" Type="{kind}" Target="{escape(address)}"{mode}/>'
        )
        return key

    def _free(self) -> str:
        return next(f"rId{n}" for n in range(1, len(self.ids) + 2) if f"rId{n}" not in self.ids)

    @property
    def changed(self) -> bytes | None:
        if not self._added:
            return None
        end = self._xml.rindex("</")
        return (self._xml[:end] + "".join(self._added) + self._xml[end:]).encode()


class Additions:
    """All that one rendering adds; `main` is the name of the document's main part."""

    def __init__(self, package: Prebuilt, main: str) -> None:
        self._package, self.main = package, main
        self._relations: dict[str, Relations] = {}
        self._media: dict[str, bytes] = {}
        self._types: dict[str, str] = {}
        self._named: dict[str, str] = {}
        self._numbers: set[int] | None = None
        self.drawings = self.shapes = 0

    def relations(self, part: str) -> Relations:
        """The relations of a part, as they stand now."""
        found = self._relations.get(part)
        if found is None:
            data = self._package.part(rels_name(part))
            xml = data.decode() if data is not None else _HEAD
            if xml.rstrip().endswith("/>"):
                xml = xml.rstrip()[:-2] + "></Relationships>"
            found = self._relations[part] = Relations(xml, part.rpartition("/")[0])
        return found

    def picture(self, part: str, name: str, data: bytes, content_type: str) -> str:
        """The id by which a part shows a picture, whose bytes are stored once."""
        if name not in self._package.members:
            self._media[name] = data
            self._types[name.rpartition(".")[2]] = content_type
        return self.relations(part).relate(KIND + "image", name)

    def free_media_name(self, extension: str) -> str:
        """word/media/image<n>: the first number that no picture has, as python-docx counts."""
        if self._numbers is None:
            found = (_NUMBER.fullmatch(name) for name in self._package.members)
            self._numbers = {int(match.group(1)) for match in found if match}
        number = next(n for n in range(1, len(self._numbers) + 2) if n not in self._numbers)
        self._numbers.add(number)
        return f"word/media/image{number}.{extension}"

    def stored(self, digest: str) -> str | None:
        """The name of the picture with this SHA-1 (python-docx's key), None for a new one."""
        return self._named.get(digest) or self._package.pictures.get(digest)

    def remember(self, digest: str, name: str) -> None:
        self._named[digest] = name

    def changed(self) -> dict[str, bytes]:
        """The parts to write because of all this; mostly none."""
        if not self._relations:
            return {}
        parts = dict(self._media)
        for part, relations in self._relations.items():
            data = relations.changed
            if data is not None:
                parts[rels_name(part)] = data
        types = (self._package.part(CONTENT_TYPES) or b"").decode()
        new = "".join(
            f'<Default Extension="{extension}" ContentType="{kind}"/>'
            for extension, kind in self._types.items()
            if f'extension="{extension.lower()}"' not in types.lower()
        )
        if new:
            at = types.index(">", types.index("<Types")) + 1
            parts[CONTENT_TYPES] = (types[:at] + new + types[at:]).encode()
        return parts
