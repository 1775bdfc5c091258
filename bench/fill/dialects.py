"""How each engine spells the same things: a value, a column, loops, a condition."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Dialect:
    """The tags of one engine: <key> stands for a field, list or condition, <name> for a column.

    A loop over rows stands in rows of its own (`row_loop`), in the first and the last cell
    (`cell_loop`), or is told by repeating the row or paragraph with another index (`next_index`).
    """

    value: str
    column: str
    block: tuple[str, str] | None
    condition: tuple[str, str]
    row_loop: tuple[str, str] | None = None
    cell_loop: tuple[str, str] | None = None
    next_index: tuple[str, str] | None = None


_WORD_JINJA = Dialect(
    value="{{ <key> }}",
    column="{{ row.<name> }}",
    block=("{%p for row in <key> %}", "{%p endfor %}"),
    condition=("{%p if <key> %}", "{%p endif %}"),
    row_loop=("{%tr for row in <key> %}", "{%tr endfor %}"),
)
_MUSTACHE = Dialect(
    value="{<key>}",
    column="{<name>}",
    block=("{#<key>}", "{/<key>}"),
    condition=("{#<key>}", "{/<key>}"),
    cell_loop=("{#<key>}", "{/<key>}"),
)

DIALECTS = {
    "docgen": _WORD_JINJA,
    "docxtpl": _WORD_JINJA,
    # The floor is Jinja with nothing to look up twice: a row is a dict and is told to be one.
    "floor": Dialect(
        value=_WORD_JINJA.value,
        column="{{ row['<name>'] }}",
        block=_WORD_JINJA.block,
        condition=_WORD_JINJA.condition,
        row_loop=_WORD_JINJA.row_loop,
    ),
    "docxtemplater": _MUSTACHE,
    "easy-template-x": _MUSTACHE,
    "carbone": Dialect(
        value="{d.<key>}",
        column="{d.<key>[i].<name>}",
        block=None,
        condition=("{d.<key>:ifEQ(true):showBegin}", "{d.<key>:showEnd}"),
        next_index=("[i]", "[i+1]"),
    ),
}
