"""What is fuzzed: the seeds of each kind, how they are changed, and what must hold of each mutant.

A judge returns what is wrong, "" where nothing is. An exception other than Stop is wrong. So is a
silent change: a value of the input that comes out altered, or not at all, and no Problem says so.
"""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache, partial
from pathlib import Path
from random import Random
from xml.etree import ElementTree

import xlsxwriter
import yaml

from docgen.check import check
from docgen.fill import compile_template, entry_book, fill, lint_template, read_provenance
from docgen.load import load_notice, read_applicant
from docgen.load.excel import read_entries
from docgen.load.excel.tables import read_tables, with_tables
from docgen.load.markdown import is_missing_text, read_chapter
from docgen.load.yaml import read_yaml
from docgen.model.artifact import Report
from docgen.model.blocks import Item, Table
from docgen.model.form import form_of
from docgen.model.notice import Field, FieldType
from docgen.model.rule import Party
from docgen.model.tree import Node
from docgen.model.values import Missing, Record, walk
from docgen.pipeline import Request, Workspace, build
from docgen.pipeline.desk import Desk
from docgen.problem import Outcome, Problem, Severity, Where
from docgen.report import report
from docgen.report.lines import visible
from tests.fuzz import mutate
from tests.kit import workspace
from tests.load.kit import PNG, words

HANZI = "[\u2e80-\uffef\U0001f000-\U000323af“”‘’…—]"
NULLS = ("", "~", "null", "Null", "NULL")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True)
class Target:
    """`share` of the time; `seeds` by name; `change` makes a mutant; `judge` says what is wrong."""

    name: str
    share: float
    seeds: Callable[[Path], Mapping[str, bytes]]
    change: Callable[[Random, bytes], bytes]
    judge: Callable[[Path, str, bytes], str]


def _files(pattern: str, root: Path) -> Mapping[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.glob(pattern)}


def _seeds(*patterns: str) -> Callable[[Path], Mapping[str, bytes]]:
    def seeds(root: Path) -> Mapping[str, bytes]:
        return {name: data for one in patterns for name, data in sorted(_files(one, root).items())}

    return seeds


def _errors(problems: tuple[Problem, ...]) -> list[Problem]:
    return [problem for problem in problems if problem.severity is Severity.ERROR]


def _told_badly(problems: tuple[Problem, ...]) -> str:
    """A Problem without words, or one whose sentence the terminal does not keep on one line."""
    for problem in problems:
        shown = "".join(visible(problem.message))
        if not problem.message or "\n" in shown:
            return f"a message of several lines or none: {problem.message!r}"
    return ""


# YAML


def yaml_judge(root: Path, name: str, data: bytes) -> str:
    """What reads without an error reads as an independent reader takes it, scalar for scalar."""
    outcome = read_yaml(data, name)
    if bad := _told_badly(outcome.problems):
        return bad
    if lacking := [p for p in _errors(outcome.problems) if not p.where.line or not p.hint]:
        return f"neither line nor remedy: {lacking[0].message}"
    if _errors(outcome.problems) or outcome.value is None:
        return ""
    try:
        wanted = yaml.load(data.decode("utf-8-sig"), yaml.BaseLoader)
    except (yaml.YAMLError, UnicodeDecodeError, ValueError) as failure:
        if "'\\t' that cannot start" in str(failure):  # within a text: allowed since YAML 1.2
            return ""
        return f"read, though no YAML: {str(failure)[:200]}"
    return _unlike(outcome.value, wanted)


def _unlike(node: Node, wanted: object, path: str = "") -> str:
    if isinstance(wanted, dict):
        if {str(key) for key in wanted} != set(node.mapping):
            return f"silent: the keys of {path or 'the file'}: {set(wanted) ^ set(node.mapping)}"
        found = (
            _unlike(node.mapping[key], value, f"{path}.{key}") for key, value in wanted.items()
        )
    elif isinstance(wanted, list):
        if len(wanted) != len(node.items):
            return f"silent: {path} has {len(node.items)} items, not {len(wanted)}"
        pairs = enumerate(zip(node.items, wanted, strict=True), 1)
        found = (_unlike(item, value, f"{path}.{n}") for n, (item, value) in pairs)
    else:
        alike = node.is_scalar and _same(node.text, wanted or "")
        return "" if alike else f"silent: {path} is {node.value!r}, not {wanted!r}"
    return next(filter(None, found), "")


def _same(read: str, wanted: object) -> bool:
    """Alike; but null is empty, and hanzi of a text over several lines join without a space."""
    joined = re.sub(f"(?<={HANZI}) (?={HANZI})", "", str(wanted))
    return read in (wanted, joined) or (not read and wanted in NULLS)


# Markdown


def markdown_judge(root: Path, name: str, data: bytes) -> str:
    """Every letter and hanzi of the text prints, in its order, or a Problem says what does not."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    outcome = read_chapter(text, name, "", pictures=lambda _: Outcome(PNG))
    if bad := _told_badly(outcome.problems):
        return bad
    if outcome.problems or outcome.value is None:
        return ""
    printed = ""
    for section in outcome.value.sections:
        printed += section.title
        for block in section.blocks:
            printed += block.caption if isinstance(block, Table) else ""
            printed += (block.mark if isinstance(block, Item) else "") + words(block)
    rest = iter(printed)
    typed = re.sub(r"(?m)^[ >\d.*+-]*表[:：]", "", text)  # the label of a caption
    typed = re.sub(r"(?m)^([ >*+\-.\d]*)(`{3,}|~{3,})[^\n]*", r"\1", typed)
    typed = re.sub(r"!\[[^\]]*\]\([^)]*\)|(?ms:^ {0,3}<!--.*?--> *$)", "", typed)
    missing = [sign for sign in typed if sign.isalpha() and sign not in rest]
    return f"silent: {missing[0]!r} is lost" if missing else ""


# 资料: a data file through fields and rules


@cache
def _desk(root: Path) -> Desk:
    return Desk(Workspace(root))


def data_judge(root: Path, name: str, data: bytes) -> str:
    """A text is the fact to the letter, a plain number that number, or a Problem says why not."""
    (root / name).write_bytes(data)
    desk = _desk(root)
    who = Path(name).parent.name
    desk._sources.clear()
    source = read_applicant(root, who, desk.slugs)
    notices, told = desk.answered(source)
    for notice in notices[:1]:
        whole = desk.dossier(source, notice)
        subject = check(whole)
        report(Report((subject,), tuple(told)), "plain", rows=40)
        if bad := _told_badly(subject.problems):
            return bad
        named = {p.where.line for p in (*subject.problems, *source.problems)}
        if _errors(source.problems):
            return ""
        fields = notice.fields[Party.APPLICANT]
        for path, fact in walk(whole.facts.only(set(source.tree.mapping))):
            node, field = source.tree.at(path), _field(fields, path)
            if node is None or field is None or not node.is_scalar or node.line in named:
                continue
            if wrong := _altered(path, node.text, fact, field):
                return wrong
    return ""


def _field(fields: Mapping[str, Field], path: str) -> Field | None:
    found: Field | None = None
    for step in path.split("."):
        if not step.isdecimal():
            found = fields.get(step)
            fields = found.fields if found else {}
    return found


def _altered(path: str, typed: str, fact: object, field: Field) -> str:
    if isinstance(fact, Missing):
        return "" if is_missing_text(typed) else f"silent: {path} {typed!r} is taken as missing"
    if field.type is FieldType.TEXT and str(fact) != typed:
        return f"silent: {path} {typed!r} became {str(fact)!r}"
    if field.type in (FieldType.NUMBER, FieldType.INTEGER) and isinstance(fact, Decimal):
        try:
            plain = Decimal(typed) if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", typed) else fact
        except InvalidOperation:
            plain = fact
        return "" if plain == fact else f"silent: {path} {typed!r} became {fact}"
    return ""


# 成文: a value changed, through to the Word file


def build_judge(root: Path, name: str, data: bytes) -> str:
    """What a document says it printed is what was typed, and stands in its text.

    But for the paths where a template prints something else on purpose: the example tells which.
    """
    shaped = _shaped(root, name)
    return next((said for path, said in _changed(root, name, data) if path not in shaped), "")


@cache
def _shaped(root: Path, name: str) -> frozenset[str]:
    return frozenset(path for path, _ in _changed(root, name, (root / name).read_bytes()))


def _changed(root: Path, name: str, data: bytes) -> Iterator[tuple[str, str]]:
    """The paths of texts, rows uncounted, that were not printed as typed; and what is wrong."""
    (root / name).write_bytes(data)
    shutil.rmtree(root / "out", ignore_errors=True)
    tree = read_yaml(data, name).value
    request = Request(applicant=Path(name).parent.name, every=True, formats=("docx",))
    outcome = build(Workspace(root), request)
    told = [*outcome.problems, *(p for subject in outcome.subjects for p in subject.problems)]
    named = {problem.where.line for problem in told}
    if tree is None:
        yield "", "" if told else "silent: nothing was read and nothing said"
        return
    for made in outcome.outputs:
        fields = _desk(root).notice(made.notice).value.fields[Party.APPLICANT]  # type: ignore[union-attr]
        docx = (root / made.path).read_bytes()
        proof, text = read_provenance(docx), _text(docx)
        for path, used in (proof.used if proof else {}).items():
            node, field = tree.at(path), _field(fields, path)
            if node is None or field is None or field.type is not FieldType.TEXT:
                continue
            if node.line in named or is_missing_text(node.text):
                continue
            place = re.sub(r"\.\d+", "", path)
            if used != node.text:
                yield place, f"silent: {made.path} {path}: {node.text!r} became {used!r}"
            elif _flat(used) not in text:
                yield place, f"silent: {made.path}: {path} {used!r} is not in the text"


def _text(docx: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        found = [package.read(n) for n in package.namelist() if re.match(r"word/[\w]+\.xml$", n)]
    texts = []
    for part in found:
        for paragraph in ElementTree.fromstring(part).iter(W + "p"):
            signs = {W + "tab": "\t", W + "noBreakHyphen": "\u2011"}
            texts.append("".join(signs.get(n.tag, n.text or "") for n in paragraph.iter()))
    return _flat("".join(texts))


def _flat(text: str) -> str:
    return re.sub(r"\s", "", text)


# templates


def template_judge(root: Path, name: str, data: bytes) -> str:
    """A template is refused by Problems, or filled into a package whose parts are well-formed."""
    if bad := _told_badly(tuple(lint_template(data, {}, name))):
        return bad
    template = compile_template(data, name)
    if _errors(tuple(template.problems)):
        return ""
    filled = fill(template, Record({}, "", Where("甲.yaml", 1, 1)), draft=True)
    if filled.failed:
        return "" if _errors(tuple(filled.problems)) else "nothing made and nothing said"
    with zipfile.ZipFile(io.BytesIO(filled.docx)) as package:
        for part in package.namelist():
            if part.endswith((".xml", ".rels")):
                ElementTree.fromstring(package.read(part))
    return ""


# workbooks


@cache
def _form(root: Path, slug: str) -> object:
    return form_of(load_notice(root, slug).value)  # type: ignore[arg-type]


def _books(root: Path) -> Mapping[str, bytes]:
    found = {}
    for slug in ("江门标杆示范-2023", "国家数促中心-2026"):
        notice = load_notice(root, slug).value
        assert notice is not None
        found[slug] = entry_book(notice)
    return found


def book_judge(root: Path, name: str, data: bytes) -> str:
    entries = read_entries(data, "报名表.xlsx", _form(root, name))  # type: ignore[arg-type]
    return _told_badly(tuple(entries.problems))


def cell_change(chance: Random, data: bytes) -> bytes:
    """Texts for the cells of a 表, a line each."""
    texts = []
    for _ in range(chance.randint(1, 12)):
        one = chance.choice((*mutate.SCALARS, "示例客户", "12.50", "2023-04"))
        texts.append(mutate.text(chance, one.encode(), (mutate._insert,)).decode())
    return "\x1f".join(texts).encode()


def cell_judge(root: Path, name: str, data: bytes) -> str:
    """What stands in a cell of a 表 is the Node's text, or the cell is told of."""
    texts = data.decode("utf-8", "replace").replace("\ufffe", "").split("\x1f")
    folder = root / "data/申报单位/示例单元格"
    path = folder / "表/案例.xlsx"
    path.parent.mkdir(parents=True, exist_ok=True)
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    book = xlsxwriter.Workbook(str(path), options)
    sheet = book.add_worksheet("案例")
    sheet.write_string(0, 0, "客户")
    for row, text in enumerate(texts, 1):
        sheet.write_string(row, 0, text)
    book.close()
    notice = _desk(root).notice("国家数促中心-2026").value
    assert notice is not None
    tables, problems = read_tables(folder, root)
    shutil.rmtree(folder)
    tree, more = with_tables(Node({}), tables, notice.fields[Party.APPLICANT], ["案例"])
    said = (*problems, *more, *(problem for table in tables for problem in table.problems))
    told = {problem.where.spot for problem in said}
    rows = {item.get("客户") for item in (tree.get("案例") or Node([])).items}
    cells = {node.spot: node.text for node in rows if node is not None}
    for row, text in enumerate(texts, 2):
        spot = f"案例!A{row}"
        if text.strip() and spot not in told and "" not in told and cells.get(spot) != text:
            return f"silent: {text!r} became {cells.get(spot)!r}"
    return _told_badly(said)


# notice packs


def pack_judge(root: Path, name: str, data: bytes) -> str:
    """A pack is read, or told of, with its cases; the rules are judged by the packs' own cases."""
    (root / name).write_bytes(data)
    outcome = load_notice(root, Path(name).parts[1], cases=True)
    report(Report(problems=outcome.problems), "plain", rows=40)
    return _told_badly(outcome.problems)


EXAMPLES = "data/申报单位/示例*/申报单位.yaml"
CASES = "notices/*/用例/*.yaml"
PACKS = "notices/*/*.yaml"
TARGETS = (
    Target("YAML", 0.2, _seeds(EXAMPLES, "data/*/示例*.yaml", PACKS), mutate.text, yaml_judge),
    Target("正文", 0.15, _seeds("data/申报单位/示例*/正文/*.md"), mutate.text, markdown_judge),
    Target("资料", 0.2, _seeds(EXAMPLES), mutate.text, data_judge),
    Target("模板", 0.15, _seeds("templates/*/*.docx"), mutate.package, template_judge),
    Target("工作簿", 0.1, _books, mutate.package, book_judge),
    Target("单元格", 0.05, lambda root: {"案例": b"\xe7\x94\xb2"}, cell_change, cell_judge),
    Target("通知包", 0.05, _seeds(PACKS, CASES), mutate.text, pack_judge),
    Target("成文", 0.1, _seeds(EXAMPLES), partial(mutate.text, changes=mutate.VALUES), build_judge),
)  # fmt: skip


def place(folder: Path) -> Path:
    """The workspace that mutants are put into, one file at a time."""
    return workspace(folder)
