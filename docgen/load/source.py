"""data/ → Dossiers: one reading of an applicant or bureau serves every notice it answers."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from docgen.load.answers import (
    CONFIRMATIONS,
    EXPLANATIONS,
    read_confirmations,
    read_explanations,
)
from docgen.load.chapters import chapters_for
from docgen.load.disk import is_inside, leads_out, read_bytes, relative
from docgen.load.evidence import read_evidence
from docgen.load.excel.tables import TABLES, TableFile, read_tables, with_tables
from docgen.load.facts import FactReader, passages_below
from docgen.load.folder import Prose, read_prose
from docgen.load.keys import unknown_key
from docgen.load.pictures import Pictures
from docgen.load.yaml import read_yaml
from docgen.model.dossier import Dossier, EvidenceFile
from docgen.model.notice import FieldType, Notice
from docgen.model.rule import Party
from docgen.model.tree import Node
from docgen.model.values import Missing, Passages, Record
from docgen.problem import Problem, Where, error

APPLIED, PROSE, TRACK = "申报", "正文", "类别"
RESERVED = (APPLIED, EXPLANATIONS, CONFIRMATIONS)
LIMITS = {  # bytes, and keys and values: an applicant; a bureau with a line for ten thousand
    Party.APPLICANT: (2_000_000, 50_000),
    Party.BUREAU: (40_000_000, 1_500_000),
}
LARGEST = 20_000_000


@dataclass(frozen=True, slots=True)
class Source:
    """What stands on disk for one applicant or bureau, read once."""

    name: str
    party: Party
    folder: Path
    tree: Node
    prose: Prose = field(default_factory=Prose)
    slugs: frozenset[str] = frozenset()
    evidence: Mapping[str, EvidenceFile] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    digest: str = ""
    lone: bool = True
    tables: tuple[TableFile, ...] = ()

    @property
    def applied(self) -> tuple[str, ...]:
        """The slugs under 申报 (an applicant), or of the sections that stand there (a bureau)."""
        if self.party is Party.BUREAU:
            return tuple(key for key in self.tree.mapping if key in self.slugs)
        node = self.tree.get(APPLIED)
        if node is None:
            return ()
        return tuple(n.text for n in node.items) if node.is_sequence else (node.text,)


def read_file(
    path: Path,
    root: Path,
    party: Party,
    name: str,
    slugs: Iterable[str] = (),
    within: Path | None = None,
) -> Source:
    """A lone data file; one that cannot be read is an empty tree with its Problems.

    `slugs` name all notices of the workspace: a key of that name is a section of its own. Nothing
    is read through a link that leads out of `within`, where that is given.
    """
    file = relative(path, root)
    limit, most = LIMITS[party]
    data = read_bytes(path, file, limit, within)
    problems = [_renamed(path, problem) for problem in data.problems]
    tree = Node({}, file, cut=True)
    if data.value is not None:
        read = read_yaml(data.value, file, limit, most)
        problems.extend(read.problems)
        tree = read.value if read.value is not None else tree
        if not tree.is_mapping:
            if not tree.is_scalar or tree.text or not problems:
                said = "这个文件应从“键: 值”写起" if tree.text or tree.items else "这个文件是空的"
                problems.append(error("写法", said, tree.where(), "对照示例填写"))
            tree = Node({}, file, cut=True)
    digest = hashlib.sha256(data.value or b"").hexdigest()
    return Source(
        name,
        party,
        path.parent,
        tree,
        slugs=frozenset(slugs),
        problems=tuple(problems),
        digest=digest,
    )


def _renamed(path: Path, problem: Problem) -> Problem:
    """The Problem of a file that is not there, naming the one beside it that is meant to be it."""
    if path.exists() or not path.parent.is_dir():
        return problem
    beside = sorted(p.name for p in path.parent.iterdir() if p.name.startswith(path.stem))
    cure = f"旁边的“{beside[0]}”改名为“{path.name}”（资源管理器里先让扩展名显示出来）"
    return replace(problem, hint=cure) if beside else problem


def read_applicant(root: Path, name: str, slugs: Iterable[str]) -> Source:
    """An applicant's folder: 申报单位.yaml, 正文/, 表/, 证明材料/."""
    folder = root / "data" / Party.APPLICANT.value / name
    slugs = tuple(slugs)
    if folder.is_symlink() and not is_inside(folder, root / "data"):
        file = relative(folder, root)
        told = (leads_out(file, root / "data"),)
        tree = Node({}, file, cut=True)
        return Source(name, Party.APPLICANT, folder, tree, slugs=frozenset(slugs), problems=told)
    source = read_file(folder / "申报单位.yaml", root, Party.APPLICANT, name, slugs, folder)
    prose = read_prose(folder, root, slugs)
    scans = read_evidence(folder, root)
    evidence = dict(scans.value or {})
    digest = hashlib.sha256(source.digest.encode())
    for path in sorted((folder / PROSE).rglob("*")):
        if path.is_file() and is_inside(path, folder):
            content = read_bytes(path, str(path.relative_to(folder)), LARGEST)
            digest.update(os.fsencode(path.relative_to(folder)) + b"\0" + (content.value or b""))
    tables, others = read_tables(folder, root)
    for table in tables:
        digest.update(f"{TABLES}/{table.name}\0{table.digest}".encode())
    for key, scan in sorted(evidence.items()):
        digest.update(f"{key}\0{scan.size}".encode())
    return replace(
        source,
        prose=prose.value or Prose(),
        evidence=evidence,
        problems=(*source.problems, *prose.problems, *others, *scans.problems),
        digest=digest.hexdigest(),
        lone=False,
        tables=tuple(tables),
    )


def read_data(root: Path, name: str, slugs: Iterable[str]) -> Source:
    """An applicant without its 正文 and 证明材料: as a lone file, but with its 表/."""
    folder = root / "data" / Party.APPLICANT.value / name
    source = read_file(folder / "申报单位.yaml", root, Party.APPLICANT, name, slugs)
    return replace(source, tables=tuple(read_tables(folder, root)[0]))


def read_bureau(root: Path, name: str, slugs: Iterable[str]) -> Source:
    """A bureau's file in data/主管部门/."""
    path = root / "data" / Party.BUREAU.value / f"{name}.yaml"
    return read_file(path, root, Party.BUREAU, name, slugs, root / "data")


def view(tree: Node, notice: Notice) -> Node:
    """The data as one notice sees it: its own section over its parent's over the top."""
    merged = dict(tree.mapping)
    for above in reversed(notice.chain):
        section = tree.get(above.slug)
        if section is not None:
            merged |= section.mapping
    return Node(merged, tree.file, tree.line, tree.column, cut=tree.cut)


def dossier(
    source: Source, notice: Notice, known: Mapping[str, Notice], track: str = ""
) -> Dossier:
    """The facts of a source under one notice; `known` are the other notices it answers, by slug.

    `track` takes the place of the 类别 that the data give.
    """
    tree = view(source.tree, notice)
    if track:
        chosen = Node(track, tree.file, tree.line, tree.column)
        tree = Node(
            {**tree.mapping, TRACK: chosen}, tree.file, tree.line, tree.column, cut=tree.cut
        )
    fields = notice.fields.get(source.party, {})
    tree, strange = with_tables(tree, source.tables, fields, _tables((notice, *known.values())))
    reader = FactReader(Pictures(source.folder))
    facts = reader.read(tree, fields)
    problems = [*source.problems, *strange, *reader.problems]
    lone = source.lone and source.party is Party.APPLICANT
    if lone:
        absent = Missing(PROSE, PROSE, tree.where(PROSE), block=True, reported=True)
        facts = facts.with_facts({PROSE: absent})
    elif source.party is Party.APPLICANT:
        chapters, found = chapters_for(notice, source, facts, known.values())
        problems.extend(found)
        facts = facts.with_facts({PROSE: Record(chapters, PROSE, Where(source.tree.file))})
    problems.extend(_unknown(source, {notice.slug: notice, **known}))
    codes = {rule.code for n in (notice, *known.values()) for rule in n.rules}
    explanations, more = read_explanations(tree, codes)
    confirmations, others = read_confirmations(tree, codes)
    problems.extend([*more, *others])
    return Dossier(
        notice=notice,
        party=source.party,
        name=source.name,
        facts=facts,
        tree=tree,
        passages=Passages(passages_below(facts, tree)),
        evidence=source.evidence,
        explanations=explanations,
        confirmations=confirmations,
        problems=tuple(dict.fromkeys(problems)),
        digest=source.digest,
        lone=lone,
    )


def facts_of(source: Source, notice: Notice, known: Mapping[str, Notice], words: str) -> Record:
    """Of the facts that `dossier` finds, those with keys in `words`; nothing else is read."""
    if PROSE in words:
        facts = dossier(source, notice, known).facts
        return facts.only({key for key in facts if key in words})
    fields = notice.fields.get(source.party, {})
    wanted = {key: field for key, field in fields.items() if key in words}
    tree = view(source.tree, notice)
    tree, _ = with_tables(tree, source.tables, fields, _tables((notice, *known.values())))
    return FactReader(Pictures(source.folder)).read(tree, wanted)


def _tables(notices: Iterable[Notice]) -> set[str]:
    """The keys of all 表 that these notices, or those they forward, ask of an applicant."""
    chains = {above.slug: above for notice in notices for above in notice.chain}
    asked = (above.fields[Party.APPLICANT] for above in chains.values())
    return {key for fields in asked for key, f in fields.items() if f.type is FieldType.TABLE}


def _unknown(source: Source, notices: Mapping[str, Notice]) -> list[Problem]:
    """Keys that no notice of this subject asks for."""
    chains = {above.slug: above for notice in notices.values() for above in notice.chain}
    fields = {
        key: f for notice in chains.values() for key, f in notice.fields[source.party].items()
    }
    known = [*fields, *RESERVED]
    problems = []
    for key, node in source.tree.mapping.items():
        if key in chains:
            for inner, child in node.mapping.items():
                if inner not in known:
                    problems.append(unknown_key(child, inner, known, f"“{key}”"))
        elif key not in known and key not in source.slugs:
            what = f"{source.party.value}的数据"
            problems.append(unknown_key(node, key, [*known, *chains], what))
    return problems
