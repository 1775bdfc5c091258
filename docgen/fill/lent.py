"""Values made with docxtpl that lean on its package: pictures, links, sub-documents.

The door to python-docx. A picture prints itself, as docxtpl wrote it, onto a stand-in for the part
that it expects, so that only its relation and its bytes are ours to keep. A sub-document has
changed the package of its DocxTemplate when it was made; rendering then starts anew over that one.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

from docx.image.image import Image
from docx.parts.story import StoryPart

from docgen.fill.additions import Additions
from docgen.fill.album import Album, Host, NeedsHost
from docgen.fill.compiling import recompiled
from docgen.fill.package import KIND, read_package
from docgen.fill.prebuilt import Prebuilt, member
from docgen.fill.template import CORE, MAIN, Edition, Template

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
            return shown if album.part == MAIN else _BLANKS.sub("><", shown)
        finally:
            value.tpl.current_rendering_part = before
    if "subdocx" in vars(value) and value.tpl is not album.base:
        raise NeedsHost(value.tpl)
    return str(value.__html__())


def adopt(host: Host, additions: Additions) -> None:
    """The links that build_url_id gave to a DocxTemplate become links of this rendering."""
    if getattr(host, "docx", None) is None:
        return
    relations = additions.relations(MAIN)
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
        part if part.name == MAIN else recompiled(part, parts[part.name], template)
        for part in template.faithful.parts
        if part.name in parts
    )
    changing = {part.name for part in rendered}
    kept = {n: member(n, data) for n, data in parts.items() if n not in changing}
    return Edition(rendered, Prebuilt(kept))


class _StandIn:
    """As much of python-docx's part as a picture asks for."""

    new_pic_inline = StoryPart.new_pic_inline

    def __init__(self, album: Album) -> None:
        self._album = album
        self.next_id = album.next_id

    def get_or_add_image(self, descriptor: Any) -> tuple[str, Image]:
        image = Image.from_file(descriptor)
        album, additions = self._album, self._album.additions
        name = additions.stored(image.sha1) or additions.free_media_name(image.ext)
        additions.remember(image.sha1, name)
        return additions.picture(album.part, name, image.blob, image.content_type), image

    def relate_to(self, target: str, kind: str, is_external: bool = False) -> str:
        relations = self._album.additions.relations(self._album.part)
        return relations.relate(kind or KIND + "hyperlink", target, external=is_external)
