"""A value → the YAML text that reads back to the letter: plain where that is safe, else quoted."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from docgen.load.yaml.ordinary import NULLS

Value: TypeAlias = "str | Sequence[Value] | Mapping[str, Value]"
STEP: Final = 2

# What YAML and the look-out for slips of the pen take as nothing but text, in brackets too.
_PLAIN = re.compile(r"[\w（《“〔【][\w（）《》〔〕【】“”‘’、。；！？…—·～%./+ -]*")
_FULL_COMMA = "，"


def lines(key: str, value: Value, indent: int) -> Iterator[str]:
    """The lines of a member of a block mapping, without line ends."""
    margin, name = " " * indent, scalar(key)
    if isinstance(value, str):
        yield from _joined(f"{margin}{name}:", value, indent + STEP)
    elif isinstance(value, Mapping):
        yield f"{margin}{name}:"
        for inner, member in value.items():
            yield from lines(inner, member, indent + STEP)
    else:
        yield f"{margin}{name}:"
        yield from items(value, indent + STEP)


def items(values: Iterable[Value], indent: int) -> Iterator[str]:
    """The lines of the items of a block list whose dashes stand at `indent`."""
    margin = " " * indent
    for value in values:
        if isinstance(value, str):
            yield from _joined(f"{margin}-", value, indent + STEP)
        elif isinstance(value, Mapping) and value:
            first = True
            for key, member in value.items():
                for line in lines(key, member, indent + STEP):
                    yield f"{margin}- {line[indent + STEP :]}" if first else line
                    first = False
        else:
            yield f"{margin}- {flow(value)}"


def inline(text: str, indent: int, *, alone: bool = True) -> str:
    """A scalar behind its key; the lines of a block at `indent`, where nothing follows it."""
    if alone and _is_block(text):
        margin = " " * indent
        rest = [margin + line if line else "" for line in text.split("\n")]
        return "\n".join(["|-", *rest])
    return scalar(text)


def flow(value: Value) -> str:
    """A value in brackets, or a scalar that may stand within brackets."""
    if isinstance(value, str):
        return scalar(value) if value and _FULL_COMMA not in value else _quoted(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{scalar(k)}: {flow(v)}" for k, v in value.items()) + "}"
    return "[" + ", ".join(flow(item) for item in value) + "]"


def scalar(text: str) -> str:
    """A scalar on one line; "" is nothing at all."""
    if not text:
        return ""
    bare = text.replace(_FULL_COMMA, "、")
    safe = _PLAIN.fullmatch(bare) and text.isprintable() and text not in NULLS
    return text if safe and not text.endswith((" ", _FULL_COMMA)) else _quoted(text)


def _joined(head: str, text: str, indent: int) -> Iterator[str]:
    written = inline(text, indent)
    yield from (f"{head} {written}".rstrip(" ") if written else head).split("\n")


def _is_block(text: str) -> bool:
    """Whether a text of several lines stands in a block as it is, to the letter."""
    if "\n" not in text or text != text.strip():
        return False
    each = text.split("\n")
    return all(line.isprintable() and line == line.rstrip() for line in each)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
