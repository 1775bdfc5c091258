"""One data file and what a sheet says of its subject → what changes, what conflicts, the new text.

Three are held against each other: what the sheet says, what the file says, and what both said when
they were last the same. A value that only the sheet changed is taken; one that a hand changed in
the file is kept and told, unless the sheet is to be taken.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from docgen.load.excel import Entry
from docgen.load.letters import short
from docgen.load.markdown import is_missing_text
from docgen.load.source import APPLIED, Source
from docgen.load.yaml.rewriting import Path
from docgen.load.yaml.writing import Value
from docgen.model.form import Column, Form, Sheet
from docgen.model.notice import Notice
from docgen.model.tree import Node
from docgen.pipeline.intake.alike import aligned, digest, said, sense, senses
from docgen.pipeline.intake.changes import CURE, Change, Merge, grown
from docgen.pipeline.intake.record import Known
from docgen.pipeline.intake.rows import Table
from docgen.problem import error, warning


class Merger:
    """Holds one applicant's file against its entry; `known` is what the last import remembered."""

    def __init__(
        self, notice: Notice, form: Form, source: Source, known: Mapping[str, Known], *, take: bool
    ) -> None:
        self.notice, self.form, self.source, self.take = notice, form, source, take
        self.known = known
        self.merge = Merge(record=dict(known))

    def run(self, entry: Entry) -> Merge:
        for column in self.form.applicants.columns:
            node = entry.tree.at(column.path)
            if node is not None:
                self._value(column, node)
        for sheet in self.form.tables:
            rows = entry.tree.at(sheet.path)
            if rows is not None:
                self._table(sheet, rows)
        return self.merge

    def applies(self, answered: bool) -> None:
        """Adds the notice to 申报 where none that it answers is there."""
        node = self.source.tree.get(APPLIED)
        if answered:
            return
        old = "" if node is None else said(node)
        words: list[Value] = [*(item.text for item in node.items)] if node is not None else []
        if node is not None and node.is_scalar and node.text:
            words = [node.text]
        words.append(self.notice.slug)
        new = "、".join(map(str, words))
        if node is not None and node.is_sequence and node.items:
            self.merge.plans[APPLIED,] = [*range(len(node.items)), self.notice.slug]
        else:
            self.merge.values[APPLIED,] = words
        self.merge.changes.append(Change((APPLIED,), APPLIED, old, new, ""))

    def place(self, path: str) -> Path:
        """Where a value of this notice stands in the file, or would stand: its section, its
        parent's, the top."""
        steps = tuple(path.split("."))
        for above in self.notice.chain:
            section = self.source.tree.get(above.slug)
            if section is not None and section.get(steps[0]) is not None:
                return (above.slug, *steps)
        return steps

    def _value(self, column: Column, new: Node) -> None:
        path = self.place(column.path)
        key = ".".join(map(str, path))
        old = self.source.tree.at(key)
        theirs = digest(sense(new, column.field))
        if old is None or (old.is_scalar and is_missing_text(old.text)):
            self._set(path, column, new, old)
        elif old.is_mapping or any(not item.is_scalar for item in old.items):
            said = f"{column.heading}：YAML 里不是一个值，表格里的“{short(new.text)}”没有写入"
            self.merge.problems.append(error("冲突", said, old.where(key), "先改好 YAML 再导入"))
            return
        elif sense(old, column.field) != sense(new, column.field):
            ours = digest(sense(old, column.field))
            if not self._may_take(key, ours):
                self._conflict(key, column.heading, old, new, theirs)
                return
            self._set(path, column, new, old)
        self.merge.record[key] = (theirs, theirs)

    def _may_take(self, key: str, ours: str) -> bool:
        """Whether what the file says is what the last import left there."""
        known = self.known.get(key)
        return self.take or (known is not None and known[1] == ours)

    def _set(self, path: Path, column: Column, new: Node, old: Node | None) -> None:
        self.merge.put(path, old, new.text)
        was = "" if old is None else said(old)
        self.merge.changes.append(Change(path, column.heading, was, new.text, new.spot))

    def _conflict(self, key: str, label: str, old: Node, new: Node, theirs: str) -> None:
        """A value that both sides changed is an error, one that only a hand changed a reminder."""
        was = self.known.get(key)
        by_hand = was is not None and was[0] == theirs
        told = f"{label}：YAML 里是“{short(said(old))}”，表格里是“{short(said(new))}”，保留 YAML 的"
        where = replace(old.where(key), spot=new.spot)
        if by_hand:
            told += "（导入之后在 YAML 里改过）"
            self.merge.problems.append(warning("冲突", told, where, CURE))
        else:
            self.merge.problems.append(error("冲突", told, where, CURE))

    def _table(self, sheet: Sheet, rows: Node) -> None:
        path = self.place(sheet.path)
        key = ".".join(map(str, path))
        aside = next((t for t in self.source.tables if t.name in (sheet.path, sheet.name)), None)
        if aside is not None:
            told = f"“{sheet.name}”已经有 {aside.file}，报名表里的没有写入"
            cure = "留下一份：删去那个文件再导入，或删去报名表里的这些行"
            self.merge.problems.append(error("重复", told, rows.where(key), cure))
            return
        old = self.source.tree.at(key)
        new = [senses(row, sheet.columns) for row in rows.items]
        theirs = digest(new)
        if old is None or (old.is_scalar and is_missing_text(old.text)) or old.value == []:
            self.merge.values[path] = [grown(row) for row in rows.items]
            was = "" if old is None else said(old)
            told = f"{len(new)} 行"
            self.merge.changes.append(Change(path, sheet.name, was, told, rows.spot))
            self.merge.record[key] = (theirs, digest(new))
            return
        if not old.is_sequence or any(not row.is_mapping for row in old.items):
            told = f"{sheet.name}：YAML 里不是一张表，表格里的 {len(new)} 行没有写入"
            self.merge.problems.append(error("冲突", told, old.where(key), "先改好 YAML 再导入"))
            return
        mine = [senses(row, sheet.columns) for row in old.items]
        pairs = aligned(new, mine)
        ours = digest(mine)
        table = Table(sheet, path, key, old, rows, new, mine, pairs)
        if table.is_same():
            self.merge.record[key] = (theirs, ours)
        elif self._may_take(key, ours):
            table.take(self.merge)
            self.merge.record[key] = (theirs, digest(table.after()))
        else:
            known = self.known.get(key)
            table.tell(self.merge, by_hand=known is not None and known[0] == theirs)
