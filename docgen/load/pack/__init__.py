"""A notice's folder → Notice: 通知, 字段, 规则, 材料, 词表, 用例, over what it forwards."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from docgen.language.spelling import nearest
from docgen.load.disk import read_bytes, relative
from docgen.load.keys import Keys
from docgen.load.pack.cases import read_case
from docgen.load.pack.documents import key_of, read_document
from docgen.load.pack.fields import FieldReader
from docgen.load.pack.rules import read_rule
from docgen.load.yaml import cut_by_comment, expression_hazards, read_yaml
from docgen.model.notice import Document, Doubt, Field, Notice, Window
from docgen.model.rule import Party, Rule
from docgen.model.tree import Node
from docgen.problem import Outcome, Problem, error

COMMON = "通用"
LIMIT = 2_000_000


class _Folder:
    """The files of one pack, parsed; an absent file is an empty mapping."""

    def __init__(self, folder: Path, root: Path, problems: list[Problem]) -> None:
        self.folder, self.root, self.problems = folder, root, problems
        self.digest = hashlib.sha256()

    def read(self, name: str, needed: bool = False) -> Node | None:
        path = self.folder / name
        file = relative(path, self.root)
        if not path.exists():
            if needed:
                self.problems.append(
                    error("缺文件", f"通知包缺 {name}", Node("", file).where(), f"新建 {file}")
                )
            return None
        data = read_bytes(path, file, LIMIT, self.root / "notices")
        self.problems.extend(data.problems)
        if data.value is None:
            return None
        if not name.startswith("用例/"):
            self.digest.update(name.encode() + b"\0" + data.value)
        tree = read_yaml(data.value, file)
        self.problems.extend(tree.problems)
        if tree.value is not None:
            lines = data.value.decode("utf-8", "replace").splitlines()
            self.problems.extend(cut_by_comment(tree.value, lines))
        return tree.value

    def names(self, pattern: str) -> list[str]:
        return sorted(str(path.relative_to(self.folder)) for path in self.folder.glob(pattern))


def load_notice(
    root: Path, slug: str, *, cases: bool = False, _above: tuple[str, ...] = ()
) -> Outcome[Notice]:
    """The notice in `root`/notices/`slug`; value None where 通知.yaml cannot be read at all.

    `cases` reads 用例/ as well, which only the lint of packs and the tests need.
    """
    problems: list[Problem] = []
    folder = _Folder(root / "notices" / slug, root, problems)
    node = folder.read("通知.yaml", needed=True)
    if node is None:
        return Outcome(None, tuple(problems))
    keys = Keys(node, "通知.yaml", problems)
    parent = None
    forwards = keys.text("转发")
    known = notice_slugs(root)
    place = node.nearest("转发")
    if forwards in (*_above, slug):
        hint = "两个通知不能互相转发，删去其中一处"
        problems.append(error("写法", f"转发“{forwards}”成了环", place, hint))
    elif forwards and forwards not in known:
        near = nearest(forwards, known)
        hint = f"是不是“{near}”？" if near else f"现有：{'、'.join(known)}"
        problems.append(error("未知通知", f"没有“{forwards}”这个通知", place, hint))
    elif forwards:
        above = load_notice(root, forwards, _above=(*_above, slug))
        problems.extend(above.problems)
        parent = above.value
    common = _Folder(root / "notices" / COMMON, root, problems)
    shared_fields = common.read("字段.yaml")
    words = _vocabularies(common.read("词表.yaml"))
    words |= dict(parent.vocabularies) if parent else {}
    words |= _vocabularies(folder.read("词表.yaml"))

    alone = not forwards  # what forwards another notice may have nothing to add
    notice = Notice(
        slug=slug,
        name=keys.needed("名称"),
        number=keys.text("文号"),
        status=keys.text("状态", "有效"),
        dated=keys.day("成文日期"),
        reviewed=keys.day("复核"),
        parent=parent,
        tracks=keys.texts("类别") or (parent.tracks if parent else ()),
        calendar=_calendar(keys, slug, parent),
        doubts=_doubts(keys, slug, problems),
        vocabularies=words,
        lets={
            **(parent.lets if parent else {}),
            **{name: node.text for name, node in keys.members("设").items()},
        },
        contact="；".join(keys.texts("联系方式")),
        full_name=keys.text("全称"),
        issuer=keys.text("发文机关"),
        where=node.where(),
    )
    keys.finish()
    reader = FieldReader(slug, words, problems)
    fields = _fields(folder.read("字段.yaml", alone), shared_fields, notice, reader, problems)
    notice = replace(notice, fields=fields)
    notice = replace(
        notice,
        rules=_rules(folder.read("规则.yaml", alone), notice, problems),
        documents=_documents(
            folder.read("材料.yaml", alone), common.read("材料.yaml"), notice, problems
        ),
        cases=tuple(
            case
            for name in (folder.names("用例/*.yaml") if cases else ())
            for item in _items(folder.read(name), name, problems)
            if (case := read_case(item, problems))
        ),
    )
    folder.digest.update(common.digest.digest())
    if parent:
        folder.digest.update(parent.digest.encode())
    return Outcome(replace(notice, digest=folder.digest.hexdigest()), tuple(problems))


def notice_slugs(root: Path) -> list[str]:
    """The slugs of all packs, sorted."""
    return sorted(path.parent.name for path in (root / "notices").glob("*/通知.yaml"))


def _vocabularies(node: Node | None) -> dict[str, object]:
    return {key: _plain(value) for key, value in (node.mapping if node else {}).items()}


def _plain(node: Node) -> object:
    if node.is_sequence:
        return tuple(_plain(item) for item in node.items)
    if node.is_mapping:
        return {key: _plain(value) for key, value in node.mapping.items()}
    return node.text


def _calendar(keys: Keys, slug: str, parent: Notice | None) -> Mapping[str, Window]:
    calendar = dict(parent.calendar) if parent else {}
    for name, node in keys.members("期限").items():
        if node.is_scalar:
            node = Node({"止": node}, node.file, node.line)
        if node.is_sequence and len(node.items) == 2:
            node = Node(dict(zip(("起", "止"), node.items, strict=True)), node.file, node.line)
        window = Keys(node, f"期限“{name}”", keys.problems)
        end, hour = window.moment("止")
        if end is None:
            keys.problems.append(error("写法", f"期限“{name}”缺“止”", node.where()))
            continue
        calendar[name] = Window(
            name, window.day("起"), end, slug, window.text("条款"), window.text("说明"), hour
        )
        window.finish()
    return calendar


def _doubts(keys: Keys, slug: str, problems: list[Problem]) -> tuple[Doubt, ...]:
    doubts = []
    for node in keys.children("存疑"):
        item = Keys(node, "存疑", problems)
        doubts.append(Doubt(item.needed("事项"), item.needed("采用"), item.needed("依据"), slug))
        item.finish()
    return tuple(doubts)


def _fields(
    node: Node | None,
    shared: Node | None,
    notice: Notice,
    reader: FieldReader,
    problems: list[Problem],
) -> Mapping[Party, Mapping[str, Field]]:
    keys = Keys(node, "字段.yaml", problems) if node else None
    fields = {}
    for party in (Party.APPLICANT, Party.BUREAU):
        inherited = dict(notice.parent.fields.get(party, {})) if notice.parent else {}
        common = (shared.get(party.value) if shared else None) or Node({})
        own = keys.ask(party.value) if keys else None
        fields[party] = reader.read_party(own or Node({}), common, inherited)
    if keys:
        keys.finish()
    return fields


def _items(node: Node | None, what: str, problems: list[Problem]) -> list[Node]:
    if node is not None and not node.is_sequence and not (node.is_scalar and not node.text):
        problems.append(error("写法", f"{what}应是一组，每项前加“- ”", node.where()))
    if node is not None:
        problems.extend(expression_hazards(node))
    return node.items if node else []


def _rules(node: Node | None, notice: Notice, problems: list[Problem]) -> tuple[Rule, ...]:
    rules = {rule.code: rule for rule in (notice.parent.rules if notice.parent else ())}
    own: dict[str, Node] = {}
    for item in _items(node, "规则.yaml", problems):
        rule = read_rule(item, notice.slug, problems)
        if rule is None:
            continue
        if rule.code in own:
            problems.append(
                error(
                    "重复编号",
                    f"编号 {rule.code} 在第 {own[rule.code].line} 行已经用过",
                    item.where(),
                )
            )
        own[rule.code] = item
        rules[rule.code] = rule
    return tuple(rules.values())


def _documents(
    node: Node | None, shared: Node | None, notice: Notice, problems: list[Problem]
) -> tuple[Document, ...]:
    common = {
        key_of(document): document
        for item in _items(shared, "材料.yaml", problems)
        if (document := read_document(item, notice, {}, {}, problems))
    }
    inherited = {key_of(d): d for d in (notice.parent.documents if notice.parent else ())}
    documents = dict(inherited)
    for item in _items(node, "材料.yaml", problems):
        document = read_document(item, notice, inherited, common, problems)
        if document is not None:
            documents[key_of(document)] = document
    return tuple(documents.values())
