"""The index of the evidence (证明目录): a row for each piece, with its pages in the volume."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from docgen.model.dossier import Dossier
from docgen.model.values import Missing, Record, Rows
from docgen.problem import Where

INDEX, TABLE = "证明目录", "证明材料"
OWN = ("编号", "名称", "对应")


def evidence_index(dossier: Dossier, pages: Mapping[int, tuple[int, int]]) -> Rows:
    """The rows in the order of the list; `pages` are first and last of a piece, by its row from 0.

    A piece that is not in the volume has no pages: a Missing each.
    """
    return Rows(_rows(dossier, pages))


def _rows(dossier: Dossier, pages: Mapping[int, tuple[int, int]]) -> Iterator[Record]:
    listed = dossier.facts.get(TABLE)
    for number, row in enumerate(listed if isinstance(listed, Rows) else ()):
        facts: dict[str, object] = {"序号": number + 1, **{key: row.get(key) for key in OWN}}
        if number in pages:
            first, last = pages[number]
            shown = str(first) if first == last else f"{first}—{last}"
            facts |= {"起页": first, "止页": last, "页数": last - first + 1, "页码": shown}
        else:
            place = dossier.tree.nearest(f"{row.path}.文件")
            name = f"{row.get('编号')}装订后的页码"
            facts |= {
                key: Missing(f"{INDEX}.{number + 1}.{key}", name, place, required=True)
                for key in ("起页", "止页", "页数", "页码")
            }
        yield Record(facts, f"{INDEX}.{number + 1}", Where())
