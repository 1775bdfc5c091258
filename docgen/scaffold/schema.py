"""A notice's fields → JSON Schema (draft 7, which the editors' YAML servers know best).

It tells of form alone, as a person types: what is absent is no fault, nor is an empty value or
【待补】, and a plain number or boolean may stand where text is meant. Patterns hold for strings.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from docgen.load.answers import CONFIRMATIONS, EXPLANATIONS, RESULTS
from docgen.load.scalars import PATTERNS
from docgen.load.source import APPLIED
from docgen.model.notice import Field, FieldType, Notice
from docgen.model.rule import Party
from docgen.scaffold.comments import SEVERAL, WAYS, comment

Schema = dict[str, Any]
DRAFT = "http://json-schema.org/draft-07/schema#"
OPEN = r"\s*(【\s*待补[^】]*】|待补充?)\s*"
HOLE = "【待补】"
NULL = "null"
TOLD = ("title", "description", "examples")
SEPARATOR = r"\s*[、，,；;\n]\s*"
YES = ("是", "否", "有", "无")
_TYPED = {
    FieldType.DATE: "日期",
    FieldType.MONTH: "年月",
    FieldType.MOMENT: "时刻",
    FieldType.PERCENT: "百分比",
}
# What is told of a text of another form, and the least number that its digits may make.
_FORMATS = {
    "统一社会信用代码": ("18 位数字和大写字母，没有 I、O、S、V、Z", 10**17),
    "电话": ("手机 11 位，或 区号-号码", 10**6),
    "邮箱": ("写成 name@example.com 这样", 0),
}


def schema_of(notices: Sequence[Notice], party: Party, slugs: Iterable[str]) -> Schema:
    """The schema of a data file that answers these notices; `slugs` are all that may be named."""
    chains = {above.slug: above for notice in notices for above in notice.chain}
    shared = _Shared()
    fields = {
        slug: {key: _field(field, slug) for key, field in one.fields.get(party, {}).items()}
        for slug, one in chains.items()
    }
    members = shared.members(_joined(fields[notice.slug] for notice in notices))
    answers = shared.members(_answers([*chains.values()]))
    sections = {
        slug: {
            "title": chains[slug].name,
            "description": f"只对 {slug} 这样写的项目，写在这里",
            **_group({**shared.members(own), **answers}),
        }
        for slug, own in fields.items()
    }
    top = {APPLIED: _applied(slugs), **members, **answers, **sections}
    others: dict[str, Schema] = {slug: {} for slug in slugs if slug not in top}
    title = f"{party.value}：{'、'.join(notice.slug for notice in notices)}"
    return {
        "$schema": DRAFT,
        "title": title,
        **_group({**top, **others}),
        "definitions": shared.definitions,
    }


def encoded(value: object) -> bytes:
    """JSON as it is written to a file."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


class _Shared:
    """Schemas of fields, each held once: the top and the sections of notices refer to them."""

    def __init__(self) -> None:
        self.definitions: dict[str, Schema] = {}
        self._names: dict[str, str] = {}

    def members(self, schemas: Mapping[str, Schema]) -> dict[str, Schema]:
        return {key: self._referred(schema) for key, schema in schemas.items()}

    def _referred(self, schema: Schema) -> Schema:
        key = json.dumps(schema, ensure_ascii=False, sort_keys=True)
        name = self._names.setdefault(key, f"f{len(self._names) + 1}")
        self.definitions[name] = schema
        return {"$ref": f"#/definitions/{name}"}


def _joined(each: Iterable[Mapping[str, Schema]]) -> dict[str, Schema]:
    """The members of all; where notices ask differently for one key, any of their ways will do."""
    ways: dict[str, dict[str, Schema]] = {}
    for members in each:
        for key, schema in members.items():
            ways.setdefault(key, {}).setdefault(json.dumps(_bare(schema)), schema)
    return {
        key: next(iter(some.values())) if len(some) == 1 else {"anyOf": [*some.values()]}
        for key, some in ways.items()
    }


def _bare(schema: Schema) -> Schema:
    """What a schema accepts, without what it says about it."""
    kept = {key: value for key, value in schema.items() if key not in TOLD}
    if isinstance(items := kept.get("items"), dict):
        kept["items"] = _bare(items)
    if "properties" in kept:
        kept["properties"] = {key: _bare(one) for key, one in kept["properties"].items()}
    return kept


def _group(members: Mapping[str, Schema]) -> Schema:
    return {
        "type": ["object", NULL],
        "properties": dict(members),
        "additionalProperties": False,
    }


def _field(field: Field, slug: str) -> Schema:
    told: Schema = {
        "title": field.label or field.key,
        "description": "\n\n".join(comment(field, slug)),
    }
    if field.example:
        told["examples"] = [field.example]
    return told | _shape(field, slug)


def _shape(field: Field, slug: str) -> Schema:
    members = {key: _field(one, slug) for key, one in field.fields.items()}
    match field.type:
        case FieldType.GROUP:
            return _or_open(_group(members))
        case FieldType.TABLE:
            return _or_open({"type": ["array", NULL], "items": _group(members)})
        case FieldType.BOOLEAN:
            return {"enum": [*YES, HOLE, None]}
        case FieldType.CHOICE:
            return _choice(field)
        case FieldType.CHOICES | FieldType.EVIDENCE:
            return _choices(field)
        case FieldType.INTEGER | FieldType.NUMBER:
            kind = "integer" if field.type is FieldType.INTEGER else "number"
            unit = rf"\s*({re.escape(field.unit)})?" if field.unit else ""
            said = f"只填{'整数' if kind == 'integer' else '数字'}"
            said += f"，单位是{field.unit}，不用写" if field.unit else ""
            return _pattern(PATTERNS["数"] + unit, said, kind)
        case FieldType.DATE | FieldType.MONTH | FieldType.MOMENT | FieldType.PERCENT:
            return _pattern(PATTERNS[_TYPED[field.type]], WAYS[field.type])
        case _ if field.format in _FORMATS:
            said, least = _FORMATS[field.format]
            return {**_pattern(PATTERNS[field.format], said, "number"), "minimum": least}
        case _:
            return {"type": ["string", "number", "boolean", NULL]}


def _or_open(schema: Schema) -> Schema:
    """What is no scalar may be left open, too; an empty text is none."""
    return {**schema, "type": [*schema["type"], "string"], "pattern": f"^({OPEN})?$"}


def _pattern(pattern: str, said: str, *kinds: str) -> Schema:
    """A text of that pattern; `said` is what editors tell of one that is not."""
    return {
        "type": ["string", *kinds, NULL],
        "pattern": f"^(({pattern})|{OPEN}|)$",
        "patternErrorMessage": said,
    }


def _choice(field: Field) -> Schema:
    if not field.choices:
        return {"type": ["string", "number", "boolean", NULL]}
    known = {"enum": [*dict.fromkeys((*field.choices, *field.synonyms)), HOLE, None]}
    return {"anyOf": [known, {"type": ["string", "number"]}]} if field.open_choices else known


def _choices(field: Field) -> Schema:
    if not field.choices:
        words: Schema = {"type": ["string", "number"]}
        return {"type": ["array", "string", "number", NULL], "items": words}
    known = [*dict.fromkeys((*field.choices, *field.synonyms))]
    if field.open_choices:
        words = {"anyOf": [{"enum": known}, {"type": "string"}]}
        several: Schema = {"type": ["array", "string"], "items": words}
    else:
        one = "|".join(re.escape(word) for word in known)
        line = f"^(({one})({SEPARATOR}({one}))*|{OPEN})$"
        several = {"type": ["array", "string"], "pattern": line, "items": {"enum": known}}
        several["patternErrorMessage"] = f"可选 {'、'.join(known)}；{SEVERAL}"
    return {"anyOf": [{"enum": [*known, None]}, several]}


def _applied(slugs: Iterable[str]) -> Schema:
    known = {"enum": [*slugs]}
    return {
        "title": "申报哪些通知",
        "description": "一行一个通知的名称",
        "anyOf": [{"type": "array", "items": known}, known, {"type": NULL}],
    }


def _answers(notices: Sequence[Notice]) -> dict[str, Schema]:
    """说明 and 确认: what people answer, by 编号."""
    rules = {rule.code: rule for notice in notices for rule in notice.rules}
    told = {
        code: {"title": f"{code} {rule.name}", "description": f"条款 {rule.article}"}
        for code, rule in rules.items()
    }
    answer = _group(
        {
            "结论": {"enum": [*RESULTS, None]},
            "日期": _pattern(PATTERNS["日期"], WAYS[FieldType.DATE]),
            "经手": {"type": ["string", NULL], "title": "经手的单位或人"},
        }
    )
    reasons = {code: {**one, "type": ["string", NULL]} for code, one in told.items()}
    return {
        EXPLANATIONS: {"title": "对“原则上”条款的说明", **_group(reasons)},
        CONFIRMATIONS: {
            "title": "由人写的确认",
            **_group({code: {**one, **answer} for code, one in told.items()}),
        },
    }
