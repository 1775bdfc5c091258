"""What is to be made: one Job a document."""

from __future__ import annotations

from dataclasses import dataclass

from docgen.model.notice import Document, Notice
from docgen.model.rule import Party


@dataclass(frozen=True, slots=True)
class Job:
    """One document for one subject; `candidate` is the applicant that a bureau's paper is about.

    `stem` is the output's path below out/, without draft mark and extension:
    ‹通知›/示例联合体/建设方案.
    """

    document: Document
    notice: Notice
    party: Party
    subject: str
    candidate: str
    formats: tuple[str, ...]
    stem: str
