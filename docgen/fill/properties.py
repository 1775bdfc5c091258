"""Tags in a document's properties (title, subject, author …) → a source as of any other part."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jinja2.exceptions import TemplateSyntaxError

from docgen.fill.environment import FillEnvironment
from docgen.fill.findings import finding
from docgen.fill.package import Parts
from docgen.fill.places import tags_in
from docgen.fill.slots import Source, number_tags
from docgen.fill.template import CORE
from docgen.fill.xml import Malformed, as_text, escape, local, parse
from docgen.language import LanguageError
from docgen.problem import Problem, Where

DC = "{http://purl.org/dc/elements/1.1/}"
# in the order in which docxtpl visits them: it gives an empty element to each that is not there
PROPERTIES = ("creator", "description", "identifier", "language", "subject", "title")
_LABELS = {
    "creator": "作者", "description": "备注", "identifier": "标识", "language": "语言",
    "subject": "主题", "title": "标题", "keywords": "关键词", "category": "类别",
    "contentStatus": "状态", "lastModifiedBy": "上次修改者",
}  # fmt: skip
_PLACE = re.compile("\ue000(\\d+)\ue001")


def completed(core: bytes) -> tuple[str, tuple[str, ...]]:
    """The part with a place for each property, and their texts, those of PROPERTIES first; "" where
    it is no XML.
    """
    try:
        root = parse(core)
    except Malformed:
        return "", ()
    texts = []
    for number, name in enumerate(PROPERTIES):
        node = root.find(DC + name)
        if node is None:
            node = root.makeelement(DC + name)
            root.append(node)
        texts.append(node.text or "")
        node.text = f"\ue000{number}\ue001"
    for node in root:  # docxtpl leaves what stands in any other as it is
        if "{" in (node.text or ""):
            texts.append(node.text or "")
            node.text = f"\ue000{len(texts) - 1}\ue001"
    return as_text(root), tuple(texts)


def put_back(xml: str, texts: tuple[str, ...]) -> bytes:
    """The part as it is where no property has a tag."""
    return _PLACE.sub(lambda match: escape(texts[int(match.group(1))]), xml).encode()


def source_of(xml: str, texts: tuple[str, ...], environment: FillEnvironment) -> Source:
    """The part's source: a property's text is escaped, the inside of its tags is not."""

    def text(match: re.Match[str]) -> str:
        number = int(match.group(1))
        if number >= len(PROPERTIES):
            return escape(texts[number]).replace("{", "&#123;")
        tokens = environment.lexer.tokeniter(texts[number], None)
        return "".join(escape(word) if kind == "data" else word for _, kind, word in tokens)

    source = number_tags(environment, _PLACE.sub(text, xml))
    for slot in source.slots:
        slot.level = "attribute"  # plain text, no breaks
    return source


def spot_of_fault(texts: tuple[str, ...], environment: FillEnvironment) -> str:
    """The property whose tags cannot be read, by its name in Word."""
    for name, text in zip(PROPERTIES, texts, strict=False):
        try:
            environment.parse_source(text)
        except (TemplateSyntaxError, LanguageError):
            return f"文档属性“{_LABELS[name]}”"
    return "文档属性"


def unfilled(parts: Parts, name: str) -> Iterator[Problem]:
    """A warning for each property, beside the title, in which tags stand: documents carry none."""
    try:
        root = parse(parts[CORE]) if CORE in parts else None
    except Malformed:
        return
    for node in root if root is not None else ():
        kind = local(node)
        tags = tags_in(node.text or "") if kind in _LABELS and kind != "title" else []
        if tags:
            where = Where(file=name, spot=f"文档属性“{_LABELS[kind]}”：{tags[0]}")
            said = f"“{tags[0]}”写在文档属性“{_LABELS[kind]}”里，填写时不会填入"
            yield finding("模板位置", said, where, "移到正文、页眉、页脚，或只用属性里的“标题”")
