"""Template.render makes what docxtpl makes (autoescape on), part by part, feature by feature.

Deliberate differences, most with their test below:

| docxtpl (autoescape) | here | why |
|---|---|---|
| a name that no value has prints nothing, is false | Unfillable: 没有“x”这个字段, but for default and defined | a blank nobody sees |
| the first, last, greatest of an empty list prints nothing | Unfillable: 这一串是空的 | the same |
| a control character: cut text or a crash | Unfillable by its name | text is never lost |
| `{_{` in a value prints `{{` | printed as typed | text is never changed |
| & in a title is escaped twice | escaped once | `A&amp;B` is a mistake |
| plain text in `{{r }}`, `{{p }}` stands bare | in a run, a paragraph | Word shows no bare text |
| RichText in a plain `{{ }}`: runs within a text, which nobody reads | refused: write `{{r }}` | text is never lost |
| a line end or tab in an attribute (a tip of a link): a space | kept | text is never changed |
| a paragraph or page break in a link: a file that Word refuses | refused by name | the file opens |
| odd, even, divisibleby of a text: Python's % | refused: it is no number | `'%999999999d' is odd` |
| 10^999999999, an integer of 5,000 bits in a filter | refused | the same |
| a cell, row or table left empty | filled up or left out | Word refuses the file |
| bookmarks repeated by a loop | ids and names of their own | a repeated name is lost |
| tags in endnotes stand as typed | rendered | as in footnotes |
| \\r\\n, \\r, U+0085, U+2028, U+2029: a stray character | one line break | ends of lines elsewhere |
| row.items, row.keys: the dict's method | the key, where there is one | data before Python |
| floats in expressions: 4 / 2 is 2.0, 1e-7 prints so | exact decimals, no exponents: 2, 0.0000001 | money |
| round: to the even digit, 3 stays 3 | half up, with as many places as asked for: 3.00 | money |
| int of 'z' is 0, sum of lists | refused: it is no number | a silent zero |
| a str with a `__str__` of its own, an enum of texts | its text | a text is a text |
| & in subject, author, comments is escaped twice | escaped once | as in a title |
| random urlencode urlize xmlattr attr; lipsum cycler joiner; '{}'.format, d.isoformat() | refused | nobody needs them in letters; the sandbox |
| methods, properties, class attributes, slots, private members of objects | refused; public data readable | templates run no code |
| `**`, include, import, endless loops, macros that call themselves | refused | templates are bounded |
| values, loops and texts beyond all measure (test_bounds.py) | refused | the same |
| cellbg, colspan, vm: first or last of a cell's properties | in the schema's order | Word refuses the file |
| text.encode expandtabs format format_map isidentifier isprintable maketrans translate | refused | nobody needs them in letters |
| list.append clear copy extend insert pop remove reverse sort, dict.copy pop update …: change what they are asked of | refused | templates change nothing |
| macro.caller, catch_kwargs, catch_varargs, explicit_caller | refused | nobody needs them in letters |
| no core properties: made up, with today | none | no clock, nobody's name |
"""

# ruff: noqa: E501  (XML as Word writes it)

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

import docx
import pytest
from docxtpl import DocxTemplate, RichText
from lxml import etree

from docgen.fill import Unfillable, compile_template, engine
from tests.fill.features import FEATURES, PLAIN, Feature, Values, saved, template
from tests.fill.kit import W, missing, record, texts, with_part


def reference(data: bytes, make: Callable[[DocxTemplate], Values]) -> bytes:
    tpl = DocxTemplate(io.BytesIO(data))
    tpl.render({**PLAIN, **make(tpl)}, autoescape=True)
    return saved(tpl)


def ours(data: bytes, make: Callable[[DocxTemplate], Values]) -> bytes:
    tpl = DocxTemplate(io.BytesIO(data))
    return compile_template(data).render({**PLAIN, **make(tpl)}, host=tpl)


def rank(tag: str) -> int:
    """Where the schema has a property of a cell."""
    return engine.CELL_ORDER.index(tag.rpartition("}")[2])


def parts(data: bytes, *, in_order: bool = False) -> dict[str, bytes]:
    """Every part in canonical form; lists whose order means nothing are sorted.

    `in_order` puts the properties of cells into the order of the schema.
    """
    found = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            content = archive.read(name)
            if name.endswith((".xml", ".rels")):
                root = etree.fromstring(content)
                if name.endswith(".rels") or name.startswith("[Content"):
                    root[:] = sorted(root, key=lambda node: sorted(node.attrib.items()))
                    content = b"\n".join(etree.tostring(n, method="c14n") for n in root)
                else:
                    for cell in root.iter(W + "tcPr") if in_order else ():
                        cell[:] = sorted(cell, key=lambda node: rank(node.tag))
                    content = etree.tostring(root, method="c14n")
            assert name not in found
            found[name] = content
    return found


@pytest.mark.parametrize("name", FEATURES)
def test_every_part_is_canonically_equal(name: str) -> None:
    if "document" in name:
        pytest.importorskip("docxcompose", reason="docxtpl needs it for sub-documents")
    feature = FEATURES[name]
    data = template(feature)
    expected = parts(reference(data, feature.values), in_order=True)
    made = parts(ours(data, feature.values))
    assert made.keys() == expected.keys()
    for part in expected:
        assert made[part].split(b">") == expected[part].split(b">"), part


NOTES = (
    '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:footnote w:id="1"><w:p><w:r><w:t>注{{ 名 }}{% for r in 行 %}{{ r.a }}{% endfor %}</w:t></w:r>'
    "</w:p></w:footnote></w:footnotes>"
)
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml."


def with_notes(data: bytes, kind: str, content: str) -> bytes:
    """The document with a part of foot- or endnotes."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        types = archive.read("[Content_Types].xml").decode()
        rels = archive.read("word/_rels/document.xml.rels").decode()
    override = f'<Override PartName="/word/{kind}.xml" ContentType="{CONTENT}{kind}+xml"/></Types>'
    line = f'<Relationship Id="rId99" Type="{KINDS}{kind}" Target="{kind}.xml"/></Relationships>'
    data = with_part(data, "[Content_Types].xml", types.replace("</Types>", override))
    rels = rels.replace("</Relationships>", line)
    return with_part(
        with_part(data, "word/_rels/document.xml.rels", rels), f"word/{kind}.xml", content
    )


def test_footnotes_are_rendered() -> None:
    data = with_notes(template(Feature(("正文{{ 名 }}",))), "footnotes", NOTES)
    made, expected = ours(data, lambda tpl: {}), reference(data, lambda tpl: {})
    assert parts(made) == parts(expected)


def word_like(body: str) -> bytes:
    """A document whose body is XML as Word writes it."""
    data = template(Feature())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = archive.read("word/document.xml").decode()
    start, end = xml.index("<w:body>") + 8, xml.index("<w:sectPr")
    return with_part(data, "word/document.xml", xml[:start] + body + xml[end:])


DRAWING = (
    '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
    'wordprocessingDrawing"><wp:docPr id="7" name="图"/></wp:inline></w:drawing></w:r>'
)


@pytest.mark.parametrize(
    "body",
    [
        # runs split as Word splits them, with revision ids and spelling marks
        '<w:p w:rsidR="00A1"><w:pPr><w:jc w:val="center"/></w:pPr><w:r w:rsidRPr="00B2"><w:rPr><w:b/>'
        '</w:rPr><w:t>前{</w:t></w:r><w:proofErr w:type="spellStart"/><w:r><w:t>{ 行</w:t></w:r>'
        "<w:r><w:rPr><w:i/></w:rPr><w:t>文 }</w:t></w:r><w:r><w:t>}后</w:t></w:r></w:p>",
        # the same, printed with blanks between elements
        "<w:p>\n  <w:r>\n    <w:t>{{ 名 }}</w:t>\n  </w:r>\n</w:p>\n",
        # drawings: outside of any loop, in a loop, in what is left out
        f"<w:p>{DRAWING}</w:p><w:p>{DRAWING}</w:p>",
        "<w:p><w:r><w:t>{%p for r in 行 %}</w:t></w:r></w:p>"
        f"<w:p>{DRAWING}<w:r><w:t>{{{{ r.a }}}}</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>{%p endfor %}</w:t></w:r></w:p>",
        # a loop that opens in one paragraph and closes in the next
        "<w:p><w:r><w:t>一{% for r in 行 %}{{ r.a }}</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>{{ r.b }}{% endfor %}二</w:t></w:r></w:p>",
        # a line break and a tab typed into the template's own text
        '<w:p><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">甲\n乙\t{{ 名 }}</w:t></w:r></w:p>',
        # a field, a text box
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF {{ 零 }} '
        '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
        '<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent>'
        "<w:p><w:r><w:t>{{ 名 }}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
        "</w:p>",
    ],
)  # fmt: skip
def test_xml_as_word_writes_it(body: str) -> None:
    data = word_like(body)
    made, expected = ours(data, lambda tpl: {}), reference(data, lambda tpl: {})
    assert parts(made) == parts(expected)


def rendered(*paragraphs: str, **values: Any) -> list[str]:
    return texts(compile_template(template(Feature(paragraphs))).render({**PLAIN, **values}))


def refused(*paragraphs: str, **values: Any) -> list[str]:
    with pytest.raises(Unfillable) as caught:
        rendered(*paragraphs, **values)
    return [problem.message for problem in caught.value.problems]


def test_a_name_without_a_value_is_refused() -> None:
    assert refused("{{ 名字 }}") == ["没有“名字”这个字段"]
    assert rendered("{{ 名字 | default('无') }}{% if 名字 is defined %}有{% endif %}") == ["无"]


@pytest.mark.parametrize("sign", ["\x01", "\ud800", "\ufdd0", "\uffff"])
def test_what_no_file_can_carry_is_refused_by_name(sign: str) -> None:
    for tag in ("{{ x }}", "{{ x | trim }}", "{{r x }}", "{{ x | e }}", "{{ [x] | join }}"):
        assert f"U+{ord(sign):04X}" in refused(tag, x=f"甲{sign}乙")[0]


def test_delimiters_in_values_are_printed_as_typed() -> None:
    assert rendered("{{ x }}", x="{_{ a }_} {{ b }} {% c %}") == ["{_{ a }_} {{ b }} {% c %}"]


def test_a_title_is_escaped_once() -> None:
    data = template(Feature(("正文",), properties={"title": "{{ 名 }}"}))
    title = etree.fromstring(zipfile.ZipFile(io.BytesIO(ours(data, lambda t: {}))).read(
        "docProps/core.xml")).findtext("{*}title")  # fmt: skip
    assert title == PLAIN["名"]


def test_plain_text_in_run_and_paragraph_tags_is_shown() -> None:
    assert rendered("前{{r 名 }}", "{{p 列 }}") == ["前" + PLAIN["名"], "['x', 'y&']"]


def test_an_empty_cell_and_an_empty_table_are_made_whole() -> None:
    body = (
        "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid>"
        "<w:tr><w:tc><w:p><w:r><w:t>{%tr for r in [] %}</w:t></w:r></w:p></w:tc></w:tr>"
        "<w:tr><w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc></w:tr>"
        "<w:tr><w:tc><w:p><w:r><w:t>{%tr endfor %}</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
        "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc>"
        "<w:p><w:r><w:t>{%p if 无 %}</w:t></w:r></w:p><w:p/>"
        "<w:p><w:r><w:t>{%p endif %}</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )
    root = etree.fromstring(parts(ours(word_like(body), lambda t: {}))["word/document.xml"])
    assert [len(list(table.iter(W + "p"))) for table in root.iter(W + "tbl")] == [1]


def test_a_bookmark_in_a_loop_is_told_apart() -> None:
    body = (
        "<w:p><w:r><w:t>{%p for r in 行 %}</w:t></w:r></w:p>"
        '<w:p><w:bookmarkStart w:id="1" w:name="甲"/><w:bookmarkEnd w:id="1"/></w:p>'
        "<w:p><w:r><w:t>{%p endfor %}</w:t></w:r></w:p>"
    )
    root = etree.fromstring(parts(ours(word_like(body), lambda t: {}))["word/document.xml"])
    marks = [(n.get(W + "id"), n.get(W + "name")) for n in root.iter(W + "bookmarkStart")]
    assert marks == [("1", "甲"), ("2", "甲_2"), ("3", "甲_3")]
    assert [n.get(W + "id") for n in root.iter(W + "bookmarkEnd")] == ["1", "2", "3"]


def test_endnotes_are_rendered_as_footnotes_are() -> None:
    notes = NOTES.replace("footnote", "endnote")
    data = with_notes(template(Feature(("正文",))), "endnotes", notes)
    assert texts(ours(data, lambda tpl: {}), "word/endnotes.xml") == [
        "注" + PLAIN["名"] + "一二&<三"
    ]


def test_windows_line_ends_are_line_ends() -> None:
    assert rendered("{{ x }}", x="甲\r\n乙") == ["甲\n乙"]


def test_a_key_comes_before_a_method() -> None:
    assert rendered("{% for x in x.items %}{{ x }}{% endfor %}", x={"items": ["甲"]}) == ["甲"]


def test_objects_show_their_data_and_nothing_else() -> None:
    @dataclass
    class Person:
        name: str

        def kill(self) -> str:
            raise AssertionError

    person = Person("甲")
    assert rendered("{{ x.name }}", x=person) == ["甲"]
    assert "没有“kill”" in refused("{{ x.kill() }}", x=person)[0]
    assert "没有“__class__”" in refused("{{ x.__class__ }}", x=person)[0]


def test_a_link_without_its_template_is_refused() -> None:
    tpl = DocxTemplate(io.BytesIO(template(Feature(("{{r x }}",)))))
    link = RichText("甲", url_id=tpl.build_url_id("https://example.com/"))
    assert "没有它的地址" in refused("{{r x }}", x=link)[0]


def test_a_record_with_a_hole_is_refused() -> None:
    made = compile_template(template(Feature(("{{ x }}",))))
    with pytest.raises(Unfillable) as caught:
        made.render(record({"x": missing("x", "电话")}))
    assert [problem.message for problem in caught.value.problems] == ["缺“电话”"]


@pytest.mark.parametrize(
    "value", ["<w:r>", "</w:t></w:r>", "a & b", "<w:r><w:t>&nbsp;</w:t></w:r>", "<x:r/>"]
)
def test_markup_that_would_break_the_file_is_refused(value: str) -> None:
    assert "自带的 Word 标记不完整" in refused("{{ x | safe }}", x=value)[0]


def test_every_problem_of_a_rendering_is_told() -> None:
    assert len(refused("{{ x }}{{ y }}", x="\x01", y="\x02")) == 2
    assert len(refused("{{ 零 / 零 }}", "{{ 名字 }}", "{{ x }}", x="\x01")) == 3


@pytest.mark.parametrize(
    "tag", ["{{ 甲 or 1 }}", "{{ not 甲 }}", "{{ 1 if 甲 else 2 }}", "{{ 甲 == 1 }}"]
)
def test_a_name_without_a_value_is_not_false_either(tag: str) -> None:
    assert refused(tag) == ["没有“甲”这个字段"]


@pytest.mark.parametrize("name", ["first", "last", "max", "min"])
def test_what_an_empty_list_lacks_is_told(name: str) -> None:
    assert "这一串是空的" in refused(f"{{{{ [] | {name} }}}}")[0]


@pytest.mark.parametrize(
    ("tag", "printed"),
    [
        ("{{ 1000000 * 1e1 }}", "10000000"),
        ("{{ 1e3 }}|{{ -1e3 }}|{{ [1e3, 1e-7] }}", "1000|-1000|[1000, 0.0000001]"),
        ("{{ 1e3 ~ '' }}|{{ 1e3 | string }}|{{ '%s' % 1e3 }}", "1000|1000|1000"),
        (
            "{{ [1e3 + 1, 1e3] | join('、') }}|{{ 1e3 | abs }}|{{ [1e3, 1e3] | sum }}",
            "1001、1000|1000|2000",
        ),
        ("{{ 4 / 2 }}", "2"),
        ("{{ 3 | round(2) }}|{{ 2.5 | round }}", "3.00|3"),
    ],
)
def test_numbers_print_as_people_write_them(tag: str, printed: str) -> None:
    assert rendered(tag) == [printed]


@pytest.mark.parametrize(
    "tag",
    [
        "{{ [1.5] }}", "{{ [1.5, 2, -0.25] }}", "{{ (1.5,) }}", "{{ {'a': 1.5} }}", "{{ [3 * 1.5] }}",
        "{{ [1.5] | tojson }}", "{{ [1.5] | pprint }}", "{{ [1, 2] | join(d='-') }}",
        "{{ 'ff' | int(base=16) }}", "{{ '%s' | format(1.5) }}", "{{ [1.5] | string }}",
    ],
)  # fmt: skip
def test_lists_of_numbers_and_keywords_are_as_docxtpls(tag: str) -> None:
    data = template(Feature((tag,)))
    assert texts(ours(data, lambda tpl: {})) == texts(reference(data, lambda tpl: {}))


TEXTS = (
    "casefold()", "center(9)", "center(9, '-')", "isalnum()", "isascii()", "isdecimal()",
    "islower()", "isnumeric()", "isspace()", "istitle()", "isupper()", "ljust(5, '.')", "rjust(5)",
    "removeprefix('A')", "removesuffix('c')", "rfind('b')", "rindex('b')", "swapcase()",
)  # fmt: skip


@pytest.mark.parametrize(
    "tag",
    [
        *(f"{{{{ {text}.{method} }}}}" for text in ("'Abc1'", "文") for method in TEXTS[:-6]),
        *(f"{{{{ 'Abc'.{method} }}}}" for method in TEXTS[-6:]),
        "{{ 列.count('x') }}{{ 列.index('x') }}{{ (1, 2, 1).count(1) }}",
        "{% macro 写(甲, 乙=1) %}{% endmacro %}{{ 写.name }}{{ 写.arguments | join('、') }}",
        "{{ 'a' is lower }}{{ 'a' is upper }}{{ 名 is callable }}{{ range is callable }}",
        "{{ 'upper' is filter }}{{ 'odd' is test }}{{ 'x' is filter }}",
        "{{ 1.5 is float }}{{ 小数 is float }}{{ 1 is float }}{{ 'a' is float }}",
        "{{ 'a' is escaped }}{{ ('a' | safe) is escaped }}",
    ],
)
def test_harmless_methods_and_tests_are_as_docxtpls(tag: str) -> None:
    data = template(Feature((tag,)))
    given = {"文": "Äb 9甲"}
    assert texts(ours(data, lambda tpl: given)) == texts(reference(data, lambda tpl: given))


@pytest.mark.parametrize(
    "call",
    [
        *(f"名.{name}()" for name in ("encode", "expandtabs", "format_map", "isidentifier")),
        *(f"名.{name}(1)" for name in ("isprintable", "maketrans", "translate", "format")),
        *(f"列.{name}(1)" for name in ("append", "extend", "insert", "pop", "remove")),
        *(f"列.{name}()" for name in ("clear", "copy", "reverse", "sort")),
        *(f"字典.{name}('k')" for name in ("pop", "update", "setdefault", "clear", "copy")),
    ],
)
def test_methods_that_change_or_that_nobody_needs_are_refused(call: str) -> None:
    assert "这个成员" in refused(f"{{{{ {call} }}}}")[0]


@pytest.mark.parametrize("name", ["caller", "catch_kwargs", "catch_varargs", "explicit_caller"])
def test_of_a_macro_name_and_arguments_are_shown(name: str) -> None:
    said = refused("{% macro 写() %}{% endmacro %}{{ 写." + name + " }}")
    assert said == [f"宏没有“{name}”这个成员"]


def test_what_is_no_number_is_not_zero() -> None:
    assert "“z”不是数" in refused("{{ 'z' | int }}")[0]
    assert "不是 16 进制的数" in refused("{{ 'z' | int(base=16) }}")[0]
    assert "不是数" in refused("{{ [[1]] | sum(start=[]) }}")[0]


def test_a_text_is_its_text() -> None:
    class Name(str):
        def __str__(self) -> str:
            return "别的"

    class Kind(str, Enum):  # noqa: UP042  (as strangers write it)
        FIRST = "甲"

    assert rendered("{{ x }}", x=Name("名")) == ["名"]
    assert rendered("{{ x }}", x=Kind.FIRST) == ["甲"]


@pytest.mark.parametrize("sign", ["\r", "\u0085", "\u2028", "\u2029"])
def test_every_end_of_a_line_is_one(sign: str) -> None:
    assert rendered("{{ x }}", x=f"甲{sign}乙") == ["甲\n乙"]


@pytest.mark.parametrize(
    "tag",
    [
        "{{ 列 | random }}", "{{ 名 | urlencode }}", "{{ 名 | urlize }}", "{{ 字典 | xmlattr }}",
        "{{ 名 | attr('x') }}", "{{ lipsum() }}", "{{ cycler(1) }}", "{{ joiner() }}",
        "{{ '{}'.format(1) }}", "{{ 日.isoformat() }}",
    ],
)  # fmt: skip
def test_what_letters_do_not_need_is_refused(tag: str) -> None:
    data = compile_template(template(Feature((tag,))))
    found = [problem.message for problem in data.problems] or refused(tag, 日=date(2026, 1, 2))
    assert "没有“" in found[0]


def test_only_an_objects_own_data_is_shown() -> None:
    class Firm:
        place = "类"

        @property
        def code(self) -> str:
            raise AssertionError

    class Narrow:
        __slots__ = ("name",)

    narrow = Narrow()
    narrow.name = "甲"
    for tag, value in (("place", Firm()), ("code", Firm()), ("name", narrow)):
        assert f"没有“{tag}”" in refused(f"{{{{ x.{tag} }}}}", x=value)[0]


@pytest.mark.parametrize("name", ["subject", "author", "comments"])
def test_every_property_is_rendered_and_escaped_once(name: str) -> None:
    data = template(Feature(("正文",), properties={name: "{{ 名 }}"}))
    made = docx.Document(io.BytesIO(ours(data, lambda tpl: {})))
    assert getattr(made.core_properties, name) == PLAIN["名"]


def test_keywords_of_jinjas_filters_are_known() -> None:
    assert rendered("{% for r in 行 | batch(linecount=2, fill_with=0) %}{{ r | length }}{% endfor %}"
                    "{% for r in 行 | slice(slices=2, fill_with=0) %}{{ r | length }}{% endfor %}") == ["2222"]  # fmt: skip


CELL = (
    '<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="90"/></w:tblGrid><w:tr><w:tc><w:tcPr>'
    '<w:tcW w:w="100" w:type="dxa"/><w:tcBorders><w:top w:val="single"/></w:tcBorders>'
    '<w:vAlign w:val="center"/></w:tcPr><w:p><w:r><w:t>%s甲</w:t></w:r></w:p></w:tc></w:tr></w:tbl>'
)
LOOPED = (
    "<w:p><w:r><w:t>{%%p for r in 行[:1] %%}</w:t></w:r></w:p>%s"
    "<w:p><w:r><w:t>{%%p endfor %%}</w:t></w:r></w:p>"
)


@pytest.mark.parametrize(
    "tag",
    [
        "{% cellbg 色 %}", "{% colspan 跨 %}", "{% colspan 字典['键'][1] %}", "{% vm %}", "{% hm %}",
        "{% cellbg '00FF00' if 零 &lt; 1 else 色 %}{% colspan 跨 %}", "",
    ],
)  # fmt: skip
def test_the_properties_of_a_cell_are_in_order(tag: str) -> None:
    data = word_like(LOOPED % (CELL % tag))
    made = ours(data, lambda tpl: {})
    expected = parts(reference(data, lambda tpl: {}), in_order=True)
    assert parts(made)["word/document.xml"] == expected["word/document.xml"]
    root = etree.fromstring(parts(made)["word/document.xml"])
    for cell in root.iter(W + "tcPr"):
        ranks = [rank(node.tag) for node in cell]
        assert ranks == sorted(ranks) and (len(ranks) > 3) == bool(tag)
