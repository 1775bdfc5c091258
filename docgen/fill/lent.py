"""Values made with docxtpl that lean on its package: pictures, links, sub-documents.

The door to python-docx. A picture prints itself, as docxtpl wrote it, onto a stand-in for the part
that it expects, so that only its relation and its bytes are ours to keep. A sub-document has
changed the package of its DocxTemplate when it was made; rendering then starts anew over that one.
"""

from __future__ import annotations

import re
from functools import lru_cache
from io import BytesIO
from os import PathLike, fspath, stat
from typing import Any, NamedTuple

from docx.image.image import Image
from docx.oxml.shape import CT_Inline
from docx.shared import Length

from docgen.fill.additions import Additions
from docgen.fill.album import Album, Host, NeedsHost
from docgen.fill.compiling import recompiled
from docgen.fill.package import read_package
from docgen.fill.prebuilt import Prebuilt, member
from docgen.fill.template import CORE, Edition, Template

_RELATION = "\ue000"
_BLANKS = re.compile(r">\s+<")  # which docxtpl drops outside the body


def markup(value: Any, album: Album) -> str:
    """The markup of a value of docxtpl's."""
    if hasattr(type(value), "image_descriptor"):
        if value.tpl is not album.base:
            adopt(value.tpl, album.additions)
        before = getattr(value.tpl, "current_rendering_part", None)
        value.tpl.current_rendering_part = _StandIn(album)
        try:
            shown = str(value.__html__())
            return shown if album.part == album.additions.main else _BLANKS.sub("><", shown)
        finally:
            value.tpl.current_rendering_part = before
    if "subdocx" in vars(value) and value.tpl is not album.base:
        raise NeedsHost(value.tpl)
    return str(value.__html__())


def adopt(host: Host, additions: Additions) -> None:
    """The links that build_url_id gave to a DocxTemplate become links of this rendering."""
    if getattr(host, "docx", None) is None:
        return
    relations = additions.relations(additions.main)
    for key, relation in host.docx.part.rels.items():
        if relation.is_external and key not in relations.ids:
            relations.relate(relation.reltype, relation.target_ref, external=True, wanted=key)


def edition_of(template: Template, host: Host) -> Edition:
    """The template over the package of a DocxTemplate, as its sub-documents have changed it."""
    buffer = BytesIO()
    host.docx.save(buffer)
    parts = read_package(buffer.getvalue())
    core = template.faithful.package.part(CORE)
    if core is not None:  # its properties are complete already
        parts[CORE] = core
    rendered = tuple(
        part if part.is_main else recompiled(part, parts[part.name], template)
        for part in template.faithful.parts
        if part.name in parts
    )
    changing = {part.name for part in rendered}
    kept = {n: member(n, data) for n, data in parts.items() if n not in changing}
    return Edition(rendered, Prebuilt(kept))


class _StandIn:
    """As much of python-docx's part as a picture asks for."""

    def __init__(self, album: Album) -> None:
        self._album = album

    def new_pic_inline(self, descriptor: Any, width: Any, height: Any) -> _Inline:
        image = _image(descriptor)
        album, additions = self._album, self._album.additions
        name = additions.stored(image.sha1) or additions.free_media_name(image.ext)
        additions.remember(image.sha1, name)
        relation = additions.picture(album.part, name, image.blob, image.content_type)
        size = image.scaled_dimensions(width, height)
        return _Inline(_drawing(album.next_id, image.filename, *size).replace(_RELATION, relation))

    def relate_to(self, target: str, kind: str, is_external: bool = False) -> str:
        relations = self._album.additions.relations(self._album.part)
        return relations.relate(kind, target, external=is_external)


class _Inline(NamedTuple):
    xml: str


@lru_cache(maxsize=256)
def _drawing(number: int, name: str, width: Length, height: Length) -> str:
    """The drawing that python-docx makes, with a place for its relation."""
    return str(CT_Inline.new_pic_inline(number, _RELATION, name, width, height).xml)


def _image(descriptor: Any) -> Image:
    """A picture read by python-docx: the same seal is on ten thousand letters."""
    if isinstance(descriptor, str | PathLike):
        state = stat(descriptor)
        return _image_file(fspath(descriptor), state.st_mtime_ns, state.st_size)
    descriptor.seek(0)
    return _image_bytes(descriptor.read())


@lru_cache(maxsize=32)
def _image_file(path: str, *_: int) -> Image:
    image: Image = Image.from_file(path)
    return image


@lru_cache(maxsize=32)
def _image_bytes(data: bytes) -> Image:
    return Image.from_blob(data)
