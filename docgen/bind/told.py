"""What a bound PDF says of itself, and how it is saved: no clock, no chance, same in same out."""

from __future__ import annotations

import hashlib
from pathlib import Path

from pikepdf import Array, Dictionary, Name, Pdf, StreamDecodeLevel, String

from docgen.bind.pieces import Title


def describe(pdf: Pdf, title: Title) -> None:
    """Title, language and date; bookmarks open, printed on both sides along the long edge."""
    pdf.docinfo["/Title"] = String(title.text)
    pdf.docinfo["/Producer"] = String("docgen")
    if title.dated is not None:
        pdf.docinfo["/CreationDate"] = String(f"D:{title.dated:%Y%m%d}000000Z")
    root = pdf.Root
    root.Lang = String("zh-CN")
    root.PageMode = Name.UseOutlines
    root.ViewerPreferences = Dictionary(
        DisplayDocTitle=True, Duplex=Name.DuplexFlipLongEdge, PrintScaling=Name("/None")
    )


def save(pdf: Pdf, target: Path, title: Title) -> None:
    """Written with an /ID of its identity: hashing the whole file for one would cost as much again
    as writing it. Streams stay as they came; ours are of a few words, not worth deflating."""
    key = hashlib.sha256(title.text.encode() + b"\0" + title.identity).digest()[:16]
    pdf.trailer.ID = Array([String(key), String(key)])
    pdf.save(
        target, static_id=True, compress_streams=False, stream_decode_level=StreamDecodeLevel.none
    )
