"""字段.yaml → Fields: a notice's own, those from 通用, and those of the notice it forwards."""

from __future__ import annotations

from collections.abc import Mapping

from docgen.language.spelling import nearest
from docgen.load.keys import Keys
from docgen.load.scalars import FORMATS
from docgen.model.notice import Field, FieldType
from docgen.model.tree import Node
from docgen.problem import Problem, error

COMMON, FORWARDED = "通用", "转发"
UNLIMITED = "不限"
LIMITS = ("不少于", "不超过", "超过", "低于", "不早于", "不晚于")


_TYPES = frozenset(kind.value for kind in FieldType)


class FieldReader:
    """Reads the fields of one notice; `words` are its vocabularies by name."""

    def __init__(self, slug: str, words: Mapping[str, object], problems: list[Problem]) -> None:
        self.slug, self.words, self.problems = slug, words, problems

    def read_party(
        self, own: Node, common: Node, inherited: Mapping[str, Field]
    ) -> Mapping[str, Field]:
        """The fields of one party by key: inherited ones first, then the notice's own in order."""
        fields = dict(inherited)
        for key, node in own.mapping.items():
            field = self._read_taken(key, node, common, inherited)
            if field is not None:
                fields[key] = field
        return fields

    def _read_taken(
        self, key: str, node: Node, common: Node, inherited: Mapping[str, Field]
    ) -> Field | None:
        """One entry, which may be taken from 通用 or from the forwarded notice and then changed."""
        if node.is_scalar and node.text in _TYPES:
            source, node = "", Node({"类型": node}, node.file, node.line, node.column)
        elif node.is_scalar:
            source, node = node.text, Node({}, node.file, node.line, node.column)
        else:
            taken = node.get("取自")
            source = taken.text if taken else ""
        if source == COMMON:
            found = common.get(key)
            if found is None:
                near = nearest(key, common.mapping)
                self.problems.append(
                    error(
                        "未知字段",
                        f"通用字段里没有“{key}”",
                        node.where(),
                        f"是不是“{near}”？" if near else "",
                    )
                )
                return None
            return self._read(key, node, self._read(key, found, None))
        if source == FORWARDED:
            if key not in inherited:
                self.problems.append(
                    error("未知字段", f"所转发的通知没有“{key}”这个字段", node.where())
                )
                return None
            return self._read(key, node, inherited[key])
        if source:
            self.problems.append(error("写法", f"“{key}”应写 通用、取自 或 类型", node.where()))
            return None
        return self._read(key, node, None)

    def _read(self, key: str, node: Node, base: Field | None) -> Field:
        keys = Keys(node, f"字段“{key}”", self.problems)
        keys.ask("取自")
        kind = keys.choice("类型", FieldType, base.type if base else None)
        if kind is None:
            if base is None and not keys.text("类型"):
                self.problems.append(error("写法", f"字段“{key}”缺“类型”", node.where()))
            kind = FieldType.TEXT
        members = dict(base.fields) if base else {}
        for name, child in keys.members("字段").items():
            members[name] = self._read(name, child, None)
        was = base or Field(key, kind)
        field = Field(
            key=key,
            type=kind,
            label=keys.text("标题", was.label),
            required=keys.flag("必填", was.required),
            applies=keys.text("适用", was.applies),
            choices=self._choices(keys) or was.choices,
            open_choices=keys.text("选项外", "提醒" if was.open_choices else "") == "提醒",
            synonyms=self._synonyms(keys) or was.synonyms,
            unit=keys.text("单位", was.unit),
            format=self._format(keys) or was.format,
            article=keys.text("条款", was.article),
            notice=self.slug if keys.has("条款") or base is None else was.notice or self.slug,
            note=keys.text("说明", was.note),
            example=keys.text("示例", was.example),
            track=keys.text("类别", was.track),
            unused=keys.flag("不入文", was.unused),
            limits=self._limits(keys, was.limits),
            fields=members,
            where=node.where(),
        )
        keys.finish()
        return field

    def _format(self, keys: Keys) -> str:
        name = keys.text("格式")
        if name and name not in FORMATS:
            near = nearest(name, FORMATS)
            cure = f"是不是“{near}”？" if near else f"可写 {'、'.join(FORMATS)}"
            self.problems.append(
                error("未知格式", f"没有“{name}”这种格式", keys.node.where(), cure)
            )
        return name

    def _choices(self, keys: Keys) -> tuple[str, ...]:
        node = keys.ask("选项")
        if node is None:
            return ()
        if node.is_scalar:
            words = self.words.get(node.text)
            if not isinstance(words, tuple):
                self.problems.append(error("未知词表", f"没有词表“{node.text}”", node.where()))
                return ()
            return tuple(str(word) for word in words)
        return keys.texts("选项")

    def _limits(self, keys: Keys, was: Mapping[str, str] | None) -> Mapping[str, str] | None:
        """范围: bounds over those inherited, or 不限."""
        node = keys.ask("范围")
        if node is None:
            return was
        if node.is_scalar and node.text == UNLIMITED:
            return {}
        unknown = [key for key in node.mapping if key not in LIMITS]
        if not node.is_mapping or unknown:
            said = f"“范围”里写 {'、'.join(LIMITS)}，或写 {UNLIMITED}"
            self.problems.append(error("写法", said, node.where()))
            return was
        return {**(was or {}), **{key: value.text for key, value in node.mapping.items()}}

    def _synonyms(self, keys: Keys) -> Mapping[str, str]:
        node = keys.ask("同义")
        if node is None:
            return {}
        if node.is_mapping:
            return {key: value.text for key, value in node.mapping.items()}
        words = self.words.get(node.text)
        if not isinstance(words, Mapping):
            self.problems.append(error("未知词表", f"没有同义词表“{node.text}”", node.where()))
            return {}
        return {str(key): str(value) for key, value in words.items()}
