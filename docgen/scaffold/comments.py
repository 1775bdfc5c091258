"""What a notice asks of a field, in the words of a comment."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.model.notice import Field, FieldType

# How a value is written, where neither an example nor the choices show it.
WAYS = {
    FieldType.DATE: "写成 2026-06-01",
    FieldType.MONTH: "写成 2023-04",
    FieldType.MOMENT: "写成 2026-06-10 17:00",
    FieldType.PERCENT: "写成 41.2%",
    FieldType.BOOLEAN: "填 是 或 否",
    FieldType.PICTURE: "图片的文件名",
    FieldType.EVIDENCE: "证明材料的编号，如 证01",
}
SEVERAL = "几项用顿号隔开"
DOT = " · "


def comment(field: Field, slug: str) -> Iterator[str]:
    """The lines above a field: whether, what kind, by which clause; what for; what may be put."""
    yield DOT.join([kind_of(field), *_asked(field, slug)])
    if field.note:
        yield one_line(field.note)
    if told := DOT.join(_how(field)):
        yield told


def beside(field: Field, slug: str) -> str:
    """The same on one line, to stand behind a column's name."""
    note = [one_line(field.note)] if field.note else []
    return DOT.join([kind_of(field), *_asked(field, slug), *note, *_how(field)])


def kind_of(field: Field) -> str:
    """必填 数（万元）"""
    unit = f"（{field.unit}）" if field.unit else ""
    return f"{'必填' if field.required else '选填'} {field.type.value}{unit}"


def one_line(text: str) -> str:
    return " ".join(text.split())


def _asked(field: Field, slug: str) -> Iterator[str]:
    if field.label and field.label != field.key:
        yield one_line(field.label)
    if field.article:
        whose = f"（{field.notice}）" if field.notice not in ("", slug) else ""
        yield f"条款 {one_line(field.article)}{whose}"
    if field.applies:
        yield f"适用 {one_line(field.applies)}"
    if field.track:
        yield f"类别 {one_line(field.track)}"


def _how(field: Field) -> Iterator[str]:
    if field.choices:
        others = "，也可写别的" if field.open_choices else ""
        yield f"可选 {'、'.join(field.choices)}{others}"
    if field.type is FieldType.CHOICES:
        yield SEVERAL
    if field.example:
        yield f"如 {one_line(field.example)}"
    elif field.type in WAYS:
        yield WAYS[field.type]
