"""What a template sees: the facts, and what docgen itself found and knows beside them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from docgen.check import calendar_of, element_rows
from docgen.model.artifact import SubjectReport
from docgen.model.dossier import Candidate, Dossier
from docgen.model.plan import Job
from docgen.model.values import Record
from docgen.plan import evidence_index, hand_in
from docgen.problem import Where

ROW, APPLICATION = "对象", "申报"


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

    def of(self, job: Job) -> Record:
        """The values of one document; a paper on one candidate sees its row as 对象."""
        for candidate in self.whole.candidates:
            if candidate.dossier.name == job.candidate:
                return self._own.with_facts({ROW: self._row(candidate)})
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
                "要素": element_rows(whole, report.findings),
                "材料清单": hand_in(whole, ready=report.verdict.allows_final),
                "证明目录": evidence_index(whole, self._bound),
            }
        )

    def _row(self, candidate: Candidate) -> Record:
        """The row of 推荐对象, its 申报 with the evaluation rows of that applicant."""
        facts = candidate.row.get(APPLICATION)
        report = self._reports.get(candidate.dossier.name)
        if not isinstance(facts, Record) or report is None:
            return candidate.row
        judged = element_rows(candidate.dossier, report.findings)
        return candidate.row.with_facts({APPLICATION: facts.with_facts({"要素": judged})})
