"""A dropped initial: Word keeps it in a frame of its own before the paragraph it begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.typeset.read.xml import W, name

if TYPE_CHECKING:
    from docgen.typeset.read.story import Story
    from docgen.typeset.read.xml import Element

LARGE = frozenset(("sz", "szCs", "position", "spacing", "kern"))


def joins_the_next(element: Element, story: Story) -> bool:
    """Moves a dropped initial into the paragraph after it, in that one's size; tells of it.

    False, and nothing done, for any other paragraph.
    """
    frame = element.find(f"{W}pPr/{W}framePr")
    if frame is None or frame.get(W + "dropCap", "none") == "none":
        return False
    following = element.getnext()
    if following is None or following.tag != W + "p":
        return False
    at = 1 if following.find(W + "pPr") is not None else 0
    for run in element.findall(W + "r")[::-1]:
        properties = run.find(W + "rPr")
        if properties is not None:
            for child in [child for child in properties if name(child) in LARGE]:
                properties.remove(child)
        following.insert(at, run)
    story.notes.warn("首字下沉", "首字不下沉，照正文的大小排在段首", "取消首字下沉", office=True)
    return True
