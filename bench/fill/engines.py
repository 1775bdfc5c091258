"""The Python engines: a template's bytes → a function from one record to a document's bytes."""

from __future__ import annotations

import html
import io
import zipfile
import zlib
from collections import deque
from collections.abc import Callable
from typing import Any

from bench.fill.data import Record

Render = Callable[[Record], bytes]


def docgen(template: bytes) -> Render:
    """docgen as its batches use it: compiled once."""
    from docgen.fill import compile_template

    return compile_template(template).render


def docxtpl(template: bytes) -> Render:
    """The loop of docxtpl's README: a new DocxTemplate for each record, autoescape on."""
    from docxtpl import DocxTemplate

    def render(values: Record) -> bytes:
        document = DocxTemplate(io.BytesIO(template))
        document.render(values, autoescape=True)
        buffer = io.BytesIO()
        document.save(buffer)
        return buffer.getvalue()

    return render


def floor(template: bytes) -> Render:
    """What no engine on Jinja can go below: run the programs, deflate what they print, write.

    Jinja's pieces are counted, not joined, escaped or encoded: the text of each record is made
    once beforehand. Nothing is checked, and the untouched parts are one ready block of bytes. The
    result is no valid package, only as many bytes to write.
    """
    from docxtpl import DocxTemplate
    from jinja2 import Environment

    document = DocxTemplate(io.BytesIO(template))
    document.init_docx()
    environment = Environment()
    new_context = environment.from_string("").new_context
    ready, programs = [], []
    with zipfile.ZipFile(io.BytesIO(template)) as package:
        for name in package.namelist():
            part = package.read(name)
            if b"{{" in part:
                source = document.patch_xml(part.decode())
                programs.append(environment.from_string(source).root_render_func)
            else:
                ready.append(_deflate(part))
    rest = b"".join(ready)
    printed: dict[int, list[bytes]] = {}

    def render(values: Record) -> bytes:
        known = printed.get(id(values))
        if known is None:
            context = new_context(escaped(values))
            known = ["".join(program(context)).encode() for program in programs]
            printed[id(values)] = known
        pieces = []
        for program, data in zip(programs, known, strict=True):
            deque(program(new_context(values)), maxlen=0)
            pieces += [_checksum(data).to_bytes(4, "little"), _deflate(data)]
        return b"".join((*pieces, rest))

    return render


def escaped(value: Any) -> Any:
    """The same record with every text escaped for XML."""
    if isinstance(value, str):
        return html.escape(value)
    if isinstance(value, list):
        return [escaped(item) for item in value]
    if isinstance(value, dict):
        return {key: escaped(item) for key, item in value.items()}
    return value


try:
    from isal import isal_zlib

    _checksum = isal_zlib.crc32

    def _deflate(data: bytes) -> bytes:
        return isal_zlib.compress(data, 1, -15)

except ImportError:
    _checksum = zlib.crc32

    def _deflate(data: bytes) -> bytes:
        return zlib.compress(data, 1, -15)


ENGINES: dict[str, Callable[[bytes], Render]] = {
    "docgen": docgen,
    "docxtpl": docxtpl,
    "floor": floor,
}
