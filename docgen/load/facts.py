"""A data tree and a notice's fields → typed facts; an absent one is a Missing with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from docgen.language import LanguageError, compile_expression
from docgen.load.keys import unknown_key
from docgen.load.markdown import is_missing_text, read_chapter
from docgen.load.scalars import Unreadable, read_scalar
from docgen.model.blocks import Chapter, texts
from docgen.model.notice import Field, FieldType, in_track
from docgen.model.tree import Node
from docgen.model.values import (
    Choices,
    Image,
    Missing,
    MissingValueError,
    Passage,
    Record,
    Rows,
)
from docgen.problem import Outcome, Problem, Where, error

FULL_COLON = "："
PictureReader = Callable[[str], Outcome[bytes]]


class FactReader:
    """Reads facts by their fields, collecting Problems; `pictures` reads a picture by its path."""

    def __init__(self, pictures: PictureReader) -> None:
        self.problems: list[Problem] = []
        self._pictures = pictures

    def read(self, tree: Node, fields: Mapping[str, Field]) -> Record:
        """The facts of one subject: every field is there, as a value or as a Missing."""
        facts = {key: self._value(tree.get(key), f, key, key, tree) for key, f in fields.items()}
        record = Record(facts, "", tree.where())
        require(record, fields, record)
        return record

    def _value(self, node: Node | None, field: Field, path: str, label: str, above: Node) -> object:
        absent = node is None or (node.is_scalar and is_missing_text(node.text))
        if absent:
            where = node.where(path) if node else above.where_key(path)
            cut = node.cut if node else above.cut
            return self._missing(field, path, label, where, reported=cut)
        assert node is not None
        if field.type is FieldType.GROUP:
            return self._group(node, field, path, label)
        if field.type is FieldType.TABLE:
            return self._table(node, field, path, label)
        if field.type is FieldType.PROSE:
            return self._prose(node, field, path, label)
        if field.type is FieldType.PICTURE and node.is_scalar:
            return self._picture(node, field, path, label)
        if node.is_sequence and field.type in (FieldType.CHOICES, FieldType.EVIDENCE):
            return self._list(node, field, path, label)
        if not node.is_scalar:
            kind = "一组" if node.is_sequence else "“键: 值”"
            return self._unreadable(
                node, field, path, label, f"这里要{field.type.value}，写成了{kind}"
            )
        try:
            return read_scalar(node.text, field)
        except Unreadable as fault:
            self.problems.append(
                error(fault.code, f"{label}：{fault}", node.where(path), fault.hint)
            )
            if fault.code == "格式":
                return node.text
            return self._missing(field, path, label, node.where(path), reported=True)

    def _missing(
        self, field: Field, path: str, label: str, where: Where, *, reported: bool = False
    ) -> Missing:
        return Missing(
            path,
            field.label or label,
            where,
            required=field.required and not field.applies,
            block=field.type is FieldType.PROSE,
            rows=field.type is FieldType.TABLE,
            reported=reported,
        )

    def _unreadable(self, node: Node, field: Field, path: str, label: str, what: str) -> Missing:
        hint = (
            "每行前加“- ”，一行一组“栏名: 值”" if field.type is FieldType.TABLE else "对照示例改写"
        )
        self.problems.append(error("类型", f"{label}：{what}", node.where(path), hint))
        return self._missing(field, path, label, node.where(path), reported=True)

    def _group(self, node: Node, field: Field, path: str, label: str) -> object:
        if not node.is_mapping:
            return self._unreadable(node, field, path, label, "这里要一组“键: 值”")
        record = self._record(node, field, path, label)
        if field.required and not field.applies:
            return record
        if not _says_nothing(record):
            return record
        # A form that stands there unfilled says nothing where it is not asked of everyone.
        return self._missing(field, path, label, node.where(path))

    def _record(self, node: Node, field: Field, path: str, label: str) -> Record:
        slipped = {key.split(FULL_COLON)[0] for key in node.mapping if FULL_COLON in key}
        for key, child in node.mapping.items():
            if key not in field.fields and FULL_COLON not in key:
                self.problems.append(unknown_key(child, key, field.fields, f"“{label}”"))
        facts = {
            key: self._value(node.get(key), f, f"{path}.{key}", f"{label}·{f.label or key}", node)
            for key, f in field.fields.items()
        }
        for key in slipped:  # the reader has told of the full-width colon
            fact = facts.get(key)
            if isinstance(fact, Missing):
                fact.reported = True
        return Record(facts, path, node.where(path))

    def _table(self, node: Node, field: Field, path: str, label: str) -> object:
        if not node.is_sequence:
            return self._unreadable(node, field, path, label, "这里要一张表")
        rows = []
        for number, row in enumerate(node.items, 1):
            where, name = f"{path}.{number}", f"{label}第{number}行"
            if row.is_mapping:
                rows.append(self._record(row, field, where, name))
            elif not (row.is_scalar and is_missing_text(row.text)):
                message = f"{name}：应是一组“栏名: 值”"
                self.problems.append(error("类型", message, row.where(where), "每行写成“栏名: 值”"))
        return Rows(rows)

    def _list(self, node: Node, field: Field, path: str, label: str) -> object:
        words: list[str] = []
        for number, item in enumerate(node.items, 1):
            if item.is_scalar and is_missing_text(item.text):
                continue
            value = self._value(item, field, f"{path}.{number}", label, node)
            words.extend(value if isinstance(value, Choices) else [])
        return Choices(words)

    def _picture(self, node: Node, field: Field, path: str, label: str) -> object:
        read = self._pictures(node.text.strip())
        where = node.where(path)
        self.problems.extend(
            replace(p, message=f"{label}：{p.message}", where=where) for p in read.problems
        )
        if read.value is None:
            return self._missing(field, path, label, where, reported=True)
        return Image(read.value, node.text.strip())

    def _prose(self, node: Node, field: Field, path: str, label: str) -> object:
        if not node.is_scalar:
            return self._unreadable(node, field, path, label, "这里要一段正文")
        chapter = read_chapter(
            node.text,
            node.file,
            label,
            pictures=self._pictures,
            first_line=node.line or 1,
            first_column=node.column or 1,
            path=path,
        )
        told = chapter.problems
        if node.spot:
            told = tuple(replace(problem, where=node.where(path)) for problem in told)
        self.problems.extend(told)
        return chapter.value or self._missing(field, path, label, node.where(path), reported=True)


def _says_nothing(fact: object) -> bool:
    """Whether a 组 has no value in it, nor one that could not be read."""
    if isinstance(fact, Record):
        return all(_says_nothing(member) for member in fact.values())
    return isinstance(fact, Missing) and not fact.reported


def require(value: object, fields: Mapping[str, Field], facts: Record) -> None:
    """Settles for every Missing below `value` whether the notice asks for it, by 必填 and 适用."""
    if not isinstance(value, Record):
        return
    for key, fact in value.items():
        field = fields.get(key)
        if field is None:
            continue
        if isinstance(fact, Missing):
            wanted = field.required and applies(field.applies, facts) is True
            fact.required = wanted and in_track(field.track, _track(facts))
        elif field.fields:
            for row in fact if isinstance(fact, Rows) else (fact,):
                require(row, field.fields, facts)


def _track(facts: Record) -> str:
    """The track (类别) applied for; "" where none was written."""
    track = facts.get("类别")
    return "" if track is None or isinstance(track, Missing) else str(track)


def applies(condition: str, facts: Mapping[str, object]) -> bool | None:
    """Whether a condition (适用) holds; None where a fact it needs is absent."""
    if not condition:
        return True
    try:
        return bool(compile_expression(condition).evaluate(facts))
    except (MissingValueError, LanguageError):
        return None


def missing_below(value: object) -> Iterator[Missing]:
    """Every Missing of a fact, rows and groups included."""
    if isinstance(value, Missing):
        yield value
    elif isinstance(value, Record):
        for fact in value.values():
            yield from missing_below(fact)
    elif isinstance(value, Rows):
        for row in value:
            yield from missing_below(row)


def passages_below(value: object, tree: Node) -> list[Passage]:
    """Every stretch of text that was typed, with its place, for searches over 全文."""
    passages: list[Passage] = []
    _gather(value, tree, "", tree, passages)
    return passages


def _gather(value: object, node: Node | None, path: str, tree: Node, into: list[Passage]) -> None:
    """Adds the passages of a fact; `node` is what stands in the tree at its path, where known."""
    if isinstance(value, str | Choices):
        into.append(Passage(str(value), node.where(path) if node else tree.nearest(path)))
    elif isinstance(value, Record):
        below = node.mapping if node else {}
        for key, fact in value.items():
            child = below.get(key) if "." not in key else None
            _gather(fact, child, f"{path}.{key}" if path else key, tree, into)
    elif isinstance(value, Rows):
        items = node.items if node else []
        for number, row in enumerate(value, 1):
            item = items[number - 1] if number <= len(items) else None
            _gather(row, item, f"{path}.{number}", tree, into)
    elif isinstance(value, Chapter):
        for section in value.sections:
            for text, where in ((section.title, section.where), *texts(section.blocks)):
                if text:
                    into.append(Passage(text, node.where(path) if node and node.spot else where))
