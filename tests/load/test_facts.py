"""Typed facts: what the notice asks for, and where each passage of them stands."""

from __future__ import annotations

import pytest

from docgen.load.facts import FactReader, passages_below
from docgen.model.notice import Field, FieldType
from docgen.model.tree import Node
from docgen.model.values import Choices, Missing, Record, Rows, walk
from docgen.problem import Outcome
from tests.load.kit import tree

NAME = Field("名称", FieldType.TEXT, required=True, track="甲类")
FIELDS = {
    "类别": Field("类别", FieldType.TEXT),
    "名称": NAME,
    "行业": Field("行业", FieldType.CHOICES),
    "成员": Field("成员", FieldType.TABLE, fields={"名称": NAME}),
}


def facts_of(text: str) -> tuple[Record, Node]:
    data = tree(text).value
    assert data is not None
    return FactReader(lambda _: Outcome(None)).read(data, FIELDS), data


@pytest.mark.parametrize(
    "track, required", [("", False), ("甲类", True), ("甲类/一", True), ("乙类", False)]
)
def test_a_field_of_a_track_is_asked_for_where_that_track_was_applied_for(
    track: str, required: bool
) -> None:
    facts, _ = facts_of(f"类别: {track}\n名称:\n成员:\n  - 名称:\n")
    below = [fact for path, fact in walk(facts) if path.endswith("名称")]
    assert [isinstance(fact, Missing) and fact.required for fact in below] == [required] * 2


def test_a_track_that_nobody_wrote_asks_only_for_what_every_track_needs() -> None:
    read = FactReader(lambda _: Outcome(None))
    fields = {**FIELDS, "电话": Field("电话", FieldType.TEXT, required=True)}
    facts = read.read(tree("类别:\n").value or Node({}), fields)
    name, phone = facts["名称"], facts["电话"]
    assert isinstance(name, Missing) and isinstance(phone, Missing)
    assert (name.required, phone.required) == (False, True)


def test_every_passage_has_the_place_of_its_value() -> None:
    facts, data = facts_of("名称: 甲\n行业: [一, 二]\n成员:\n  -\n  - 名称: 乙\n")
    facts = facts.with_facts({"别处.名称": "丙"})
    told = [(p.text, p.where.line, p.where.path) for p in passages_below(facts, data)]
    assert isinstance(facts["成员"], Rows) and isinstance(facts["行业"], Choices)
    # A row left empty is no row, so that the place is that of the list's first item.
    assert told == [
        ("甲", 1, "名称"),
        ("一、二", 2, "行业"),
        ("乙", 4, "成员.1.名称"),
        ("丙", 1, "别处.名称"),
    ]
