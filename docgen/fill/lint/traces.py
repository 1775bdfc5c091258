"""What was left in a template and would go out with it: revisions, comments, hidden text, data."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docgen.fill.findings import WARNING, finding
from docgen.fill.lint.reading import Part, Reading
from docgen.fill.package import related, relations
from docgen.fill.places import without_tags
from docgen.fill.xml import OFF, Element, Malformed, W, local, parse, text_in, value
from docgen.language.registry import identity_digit, is_credit_code
from docgen.problem import Problem, Where

_REVISIONS = {
    "ins": "插入", "del": "删除", "moveFrom": "移走", "moveTo": "移来", "cellIns": "插入单元格",
    "cellDel": "删除单元格", "cellMerge": "合并单元格", "rPrChange": "改格式",
    "pPrChange": "改段落格式", "tblPrChange": "改表格格式", "trPrChange": "改行格式",
    "tcPrChange": "改单元格格式", "sectPrChange": "改页面设置", "numberingChange": "改编号",
    "tblGridChange": "改列宽", "tblPrExChange": "改表格格式",
}  # fmt: skip
_LEFT = (
    ("手机号码", re.compile(r"(?<!\d)1[3-9]\d(?:[ -]?\d{4}){2}(?!\d)")),
    ("身份证号", re.compile(r"(?<![0-9A-Za-z])\d{17}[\dXx](?![0-9A-Za-z])")),
    ("信用代码", re.compile(r"(?<![0-9A-Za-z])[0-9A-HJ-NPQRTUWXY]{18}(?![0-9A-Za-z])")),
    ("固定电话", re.compile(r"(?<!\d)0\d{2,3}[-－— ]\d{7,8}(?!\d)")),
    ("邮箱", re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("银行账号", re.compile(r"(?<!\d)(?:\d{4} ){3,4}\d{1,4}(?!\d)|(?<![0-9A-Za-z])\d{19}(?!\d)")),
)


def check_traces(reading: Reading) -> Iterator[Problem]:
    """Findings of all parts, in reading order, one a paragraph and kind."""
    settings = next(iter(related(reading.parts, "settings")), "")
    for relation in relations(reading.parts, settings) if settings else ():
        if relation.kind.endswith("/attachedTemplate"):
            said = f"附着另一份模板（{relation.target}），填写时会去掉"
            cure = "在“开发工具”的“文档模板”里改回 Normal"
            yield finding("模板不安全", said, Where(file=reading.name), cure, WARNING)
    hidden = set(_hidden_styles(reading))
    for part in reading.all:
        if part.root.tag == W + "comments":
            continue
        yield from _revisions(part, reading.name)
        yield from _comments(part, reading)
        yield from _hidden(part, hidden, reading.name)
        yield from _data(part, reading.name)


def _revisions(part: Part, name: str) -> Iterator[Problem]:
    found: dict[str, dict[str, None]] = {}
    for node in part.root.iter(*(W + kind for kind in _REVISIONS)):
        words = _REVISIONS[local(node)]
        found.setdefault(part.spot_of(node).place, {})[words] = None
    for place, kinds in found.items():
        said = f"留有尚未接受的修订（{'、'.join(kinds)}）"
        yield finding("模板修订", said, Where(file=name, spot=place))


def _comments(part: Part, reading: Reading) -> Iterator[Problem]:
    texts = {
        node.get(W + "id"): text_in(node)
        for other in reading.others
        if other.root.tag == W + "comments"
        for node in other.root.iter(W + "comment")
    }
    for node in part.root.iter(W + "commentReference"):
        text = texts.get(node.get(W + "id"), "")
        place = part.spot_of(node).place
        yield finding("模板批注", f"有批注“{text[:30]}”", Where(file=reading.name, spot=place))


def _hidden_styles(reading: Reading) -> Iterator[str]:
    for part, data in reading.parts.items():
        if part.endswith("/styles.xml"):
            try:
                root = parse(data)
            except Malformed:
                return
            for style in root.iter(W + "style"):
                if _is_on(style.find(W + "rPr"), "vanish"):
                    yield style.get(W + "styleId", "")


def _is_on(properties: Element | None, kind: str) -> bool:
    node = properties.find(W + kind) if properties is not None else None
    return node is not None and node.get(W + "val", "1") not in OFF


def _hidden(part: Part, styles: set[str], name: str) -> Iterator[Problem]:
    for spot in part.spots:
        paragraph = value(spot.paragraph.find(W + "pPr"), "pStyle")
        texts = []
        for run in spot.paragraph.iter(W + "r"):
            properties = run.find(W + "rPr")
            style = value(properties, "rStyle")
            if _is_on(properties, "vanish") or {style, paragraph} & styles:
                texts.append("".join(node.text or "" for node in run.findall(W + "t")))
        text = "".join(texts).strip()
        if text:
            said = f"有隐藏的文字“{text[:30]}”"
            yield finding("模板隐藏文字", said, Where(file=name, spot=spot.place))


def _data(part: Part, name: str) -> Iterator[Problem]:
    for spot in part.spots:
        text = without_tags(spot.text, " ")
        told = ""
        for kind, pattern in _LEFT:
            for found in pattern.findall(text):
                if found in told or not _is_real(kind, found):
                    continue
                told += found + " "
                said = f"写死了像{kind}的“{found[:3]}…{found[-2:]}”"
                yield finding("疑似实际资料", said, Where(file=name, spot=spot.place))


def _is_real(kind: str, text: str) -> bool:
    """Whether check digits hold, where there are any."""
    if kind == "信用代码":
        return is_credit_code(text)
    if kind == "身份证号":
        return identity_digit(text[:17]) == text[17].upper()
    return True
