"""What a template sees: the facts, and what docgen itself found and knows beside them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from docgen.check import calendar_of
from docgen.model.artifact import SubjectReport
from docgen.model.dossier import Candidate, Dossier
from docgen.model.notice import Roll
from docgen.model.plan import Job
from docgen.model.values import Record, Rows
from docgen.pipeline.cards import has_tables, judged
from docgen.pipeline.ledger import ledger, to_mend
from docgen.plan import due, evidence_index, hand_in
from docgen.problem import Where

ROW, APPLICATION, CANDIDATES = "对象", "申报", "推荐对象"


class Values:
    """The values of every document of a dossier; `reports` are the verdicts by subject.

    `bound` are the pages of the volume of evidence, by the row of its list, once they are known.
    """

    def __init__(
        self,
        whole: Dossier,
        reports: Mapping[str, SubjectReport],
        bound: Mapping[int, tuple[int, int]] | None = None,
    ) -> None:
        self.whole, self._reports, self._bound = whole, reports, bound or {}
        self._candidates = {one.dossier.name: one for one in whole.candidates}
        self._judged_rows: dict[str, Record] = {}

    def of(self, job: Job) -> Record:
        """The values of one document; a paper on one candidate sees its row as 对象.

        One that is about those who are left out sees what they have to mend (对象.问题), one that
        is about all sees everything found of everyone (台账).
        """
        candidate = self._candidates.get(job.candidate)
        if candidate is not None:
            row = self._row(candidate)
            if job.document.roll is Roll.LEFT_OUT:
                found = to_mend(candidate, self._reports)
                row = row.with_facts({"问题": found, "最迟": due(self.whole) or ""})
            return self._own.with_facts({ROW: row})
        if job.document.roll is Roll.ALL:
            return self._own.with_facts({"台账": ledger(self.whole, self._reports)})
        return self._own

    @cached_property
    def _own(self) -> Record:
        whole, report = self.whole, self._reports[self.whole.name]
        notice = whole.notice
        identity = {
            "名称": notice.name,
            "全称": notice.full_name or notice.name,
            "文号": notice.number,
            "发文机关": notice.issuer,
        }
        return whole.facts.with_facts(
            {
                "词表": notice.vocabularies,
                "期限": calendar_of(notice),
                "通知": Record(identity, "通知", Where()),
                **judged(whole, report),
                **self._rows(),
                "材料清单": hand_in(whole, ready=report.verdict.allows_final),
                "证明目录": evidence_index(whole, self._bound),
            }
        )

    def _row(self, candidate: Candidate) -> Record:
        """The row of 推荐对象, its 申报 with the evaluation rows of that applicant; made once."""
        path = candidate.row.path
        if path not in self._judged_rows:
            self._judged_rows[path] = self._judged_row(candidate)
        return self._judged_rows[path]

    def _judged_row(self, candidate: Candidate) -> Record:
        facts = candidate.row.get(APPLICATION)
        report = self._reports.get(candidate.dossier.name)
        if not isinstance(facts, Record) or report is None:
            return candidate.row
        found = candidate.judged or judged(candidate.dossier, report)
        return candidate.row.with_facts({APPLICATION: facts.with_facts(found)})

    def _rows(self) -> dict[str, Rows]:
        """推荐对象 with what was judged of each; nothing where the notice has no such tables."""
        rows = self.whole.facts.get(CANDIDATES)
        if not isinstance(rows, Rows) or not has_tables(self.whole.notice):
            return {}
        told = {one.row.path: self._row(one) for one in self.whole.candidates}
        return {CANDIDATES: Rows(told.get(row.path, row) for row in rows)}
