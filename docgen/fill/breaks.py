"""Line breaks, tabs, paragraph and page breaks in a printed value → WordprocessingML.

What docxtpl does to the whole part after rendering is done to the value alone: its slot knows the
properties of the run and paragraph around it, which a break repeats.
"""

from __future__ import annotations

import re
from xml.parsers import expat

from docgen.fill import engine
from docgen.fill.slots import Slot
from docgen.language.bounds import spend

_BREAK = re.compile("[\n\t\a\f]")
_BROKEN_TEXT = re.compile("<w:t(?: [^>]*)?>[^<]*[\n\t\a\f]")
_REFERENCE = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-fA-F]+);)")
_NAME = re.compile(r"<([\w:]+)")
_NOT_XML = str.maketrans("\a\f", "  ")
_TEXT = '<w:t xml:space="preserve">'


def broken(escaped: str, slot: Slot) -> str:
    """Escaped text with its breaks as elements, where the slot is in a w:t."""
    if slot.run is None or not _BREAK.search(escaped):
        return escaped
    run = f"<w:r>{slot.run}"
    end, again = "</w:t></w:r>", f"{run}{_TEXT}"
    fresh = f"<w:p>{slot.paragraph}{again}"
    page = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
    signs = {
        "\t": f"{end}{run}<w:tab/></w:r>{again}",
        "\n": f"</w:t><w:br/>{_TEXT}",
        "\a": f"{end}</w:p>{fresh}",
        "\f": f"{end}</w:p>{page}{fresh}",
    }
    spend(sum(escaped.count(sign) * len(shown) for sign, shown in signs.items()))
    return _BREAK.sub(lambda match: signs[match.group()], escaped)


def markup_broken(markup: str, slot: Slot) -> str:
    """The same for a value that brings its own markup (Listing, RichText)."""
    if not _BREAK.search(markup):
        return markup
    if "<" not in markup:
        return broken(markup, slot)
    if slot.level == "text" and slot.run is not None:
        before, after = f"<w:p>{slot.paragraph}<w:r>{slot.run}{_TEXT}", "</w:t></w:r></w:p>"
    elif slot.level == "run":
        before, after = f"<w:p>{slot.paragraph}", "</w:p>"
    else:
        before = after = ""
    if not _BROKEN_TEXT.search(before + markup):
        return markup
    spend(len(_BREAK.findall(markup)) * (len(before) + len(after)))
    resolved = engine.resolve_listing(before + markup + after)
    return resolved[len(before) : len(resolved) - len(after)]


def is_whole(markup: str, slot: Slot, opening: str) -> bool:
    """Whether markup leaves the part well-formed: balanced at its slot, prefixes declared."""
    if "<" not in markup and "&#" not in markup:
        return not _REFERENCE.search(markup)
    before, after = ("<w:r><w:t>", "</w:t></w:r>") if slot.level == "text" else ("", "")
    kind = _NAME.match(opening)
    after += f"</{kind.group(1)}>" if kind else ""
    parser = expat.ParserCreate(namespace_separator=" ")
    try:
        parser.Parse(opening + before + markup.translate(_NOT_XML) + after, True)
    except expat.ExpatError:
        return False
    return True
