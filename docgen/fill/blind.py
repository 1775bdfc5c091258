"""A filled .docx that must not say whose it is (暗标) → a Problem where a name stands in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from docgen.fill.package import read_package, related
from docgen.fill.places import paragraphs, part_label
from docgen.fill.styles import Styles, read_styles
from docgen.fill.xml import Element, Malformed, parse
from docgen.problem import Problem, Where, error

BLIND = "暗标"
_HINT = "改成“本单位”“牵头单位”这样的称呼；模板里印这一项的标记删去"
_UNSEEN = re.compile(
    "[\\s\u00ad\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]"
)


def betrayals(docx: bytes, names: Sequence[str]) -> Iterator[Problem]:
    """An error (暗标) for each paragraph in which one of `names` stands, and for what no one sees.

    Blanks and invisible characters within a name hide nothing; full and half width are alike.
    """
    wanted = {plain: name for name in names if len(plain := _plain(name)) > 1}
    parts = read_package(docx)
    found = next(iter(related(parts, "styles")), "")
    styles = read_styles(parts[found]) if found else Styles()
    unseen: dict[str, str] = {}
    seen: set[str] = set()
    for part, data in parts.items():
        if not part.endswith(".xml"):
            continue
        try:
            root = parse(data)
        except Malformed:
            continue
        for spot in paragraphs(root, part_label(part, parts), styles):
            for name in _stand(wanted, spot.text):
                seen.add(name)
                said = f"这份文书是暗标，不能出现“{name}”"
                yield error(BLIND, said, Where(spot=spot.place), _HINT)
        words = " ".join([*map(str, root.itertext()), *_alternatives(root)])
        unseen |= dict.fromkeys(_stand(wanted, words), part)
    for name, part in unseen.items():
        if name not in seen:
            said = f"这份文书是暗标，文件的属性或隐藏信息里有“{name}”"
            yield error(BLIND, said, Where(spot=part), _HINT)


def _alternatives(root: Element) -> Iterator[str]:
    """What stands in attributes: the words told of pictures, titles of tables."""
    for node in root.iter():
        yield from map(str, node.attrib.values())


def _stand(wanted: dict[str, str], text: str) -> list[str]:
    plain = _plain(text)
    return [name for word, name in wanted.items() if word in plain]


def _plain(text: str) -> str:
    return _UNSEEN.sub("", unicodedata.normalize("NFKC", text)).casefold()
