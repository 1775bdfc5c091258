"""A notice's fields and what is known of an applicant → the text of a commented data file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from docgen.load.yaml.writing import Value, items, lines
from docgen.model.notice import Field, FieldType, Notice
from docgen.model.rule import Party

APPLIED = "申报"
Members = Mapping[str, Value]


def data_file(notice: Notice, values: Members, heading: str) -> str:
    """Every field in the notice's order, with its clause above it; what is not known stands empty.

    `values` are texts, groups and rows by key; `heading` is the comment of the file.
    """
    fields = notice.fields.get(Party.APPLICANT, {})
    written = [f"# {_one_line(heading)}", f"{APPLIED}: [{notice.slug}]"]
    for key, field in fields.items():
        written += ["", *(f"# {line}" for line in _comment(field)), *_member(key, field, values)]
    for key, value in values.items():
        if key not in fields and key != APPLIED:
            written += ["", *lines(key, value, 0)]
    return "\n".join(written) + "\n"


def _member(key: str, field: Field, values: Members, indent: int = 0) -> Iterator[str]:
    """The lines of one field; a 组 of which something is known names the rest as well."""
    value = values.get(key, "")
    if field.type is not FieldType.GROUP or not isinstance(value, Mapping):
        yield from lines(key, value, indent)
        return
    margin = " " * (indent + 2)
    yield " " * indent + f"{key}:"
    for inner, member in field.fields.items():
        if told := " · ".join(_words(member)):
            yield f"{margin}# {told}"
        yield from _member(inner, member, value, indent + 2)
    for inner, one in value.items():
        if inner not in field.fields:
            yield from lines(inner, one, indent + 2)


def _comment(field: Field) -> Iterator[str]:
    """What a field asks: whether, what kind, by which clause, and what its parts are."""
    needed = "必填" if field.required else "选填"
    unit = f"（{field.unit}）" if field.unit else ""
    yield " · ".join([f"{needed} {field.type.value}{unit}", *_words(field)])
    if field.fields:
        yield f"各栏：{'、'.join(field.fields)}"


def _words(field: Field) -> Iterator[str]:
    if field.label and field.label != field.key:
        yield _one_line(field.label)
    if field.article:
        yield f"条款 {_one_line(field.article)}"
    if field.applies:
        yield f"适用 {_one_line(field.applies)}"
    if field.track:
        yield f"类别 {_one_line(field.track)}"
    if field.note:
        yield _one_line(field.note)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def bureau_file(notice: Notice, names: list[str], heading: str) -> str:
    """A bureau's new file: the order of recommendation and nothing else."""
    rows = [{Party.APPLICANT.value: name} for name in names]
    written = [
        f"# {_one_line(heading)}",
        f"{notice.slug}:",
        "  # 按推荐顺序，一家一段",
        "  推荐对象:",
    ]
    return "\n".join([*written, *items(rows, 4)]) + "\n"
