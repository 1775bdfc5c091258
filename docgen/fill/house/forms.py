"""Fields of a notice as what a template prints: tags, and the label–value pairs of a form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from docgen.model.notice import Field, FieldType

_LEFT_OUT = frozenset(
    [FieldType.TABLE, FieldType.PROSE, FieldType.PICTURE, FieldType.EVIDENCE, FieldType.GROUP]
)
_WIDE_LABELS = ("地址", "范围", "理由", "说明")


def printed(path: str, field: Field | None) -> str:
    """The tag that prints a field within a paragraph or cell."""
    return f"{{{{p {path} }}}}" if _is_prose(field) else f"{{{{ {path} }}}}"


def _is_prose(field: Field | None) -> bool:
    return field is not None and field.type is FieldType.PROSE


def labelled(field: Field) -> str:
    """A field's label with its unit: 注册资本（万元）."""
    name = field.label or field.key
    return f"{name}（{field.unit}）" if field.unit else name


def form_fields(fields: Mapping[str, Field]) -> list[tuple[str, str, bool]]:
    """Label, tag and whether the value wants a row of its own, for each plain field and member."""
    return list(_pairs(fields, "", ""))


def _pairs(fields: Mapping[str, Field], path: str, label: str) -> Iterator[tuple[str, str, bool]]:
    for key, field in fields.items():
        here = f"{path}.{key}" if path else key
        name = label + (field.label or key)
        if field.type is FieldType.GROUP:
            yield from _pairs(field.fields, here, name)
        elif field.type not in _LEFT_OUT and not field.unused:
            wide = field.type is FieldType.CHOICES or name.endswith(_WIDE_LABELS)
            yield label + labelled(field), printed(here, field), wide
