"""match: where one applicant's facts stand with every notice and every track of it."""

from __future__ import annotations

from docgen.check import check
from docgen.model.artifact import Match
from docgen.pipeline.desk import Desk
from docgen.pipeline.workspace import Request, Workspace


def match(workspace: Workspace, request: Request) -> tuple[Match, ...]:
    """A Match for each notice (or the one named) and track; those applied for first, then the best.

    A notice whose pack cannot be read is left out: `notice check` tells why.
    """
    desk = Desk(workspace)
    source = desk.applicant(request.applicant)
    matches = []
    for slug in [request.notice] if request.notice else desk.slugs:
        notice = desk.notice(slug).value
        if notice is None:
            continue
        chosen = desk.dossier(source, notice).track
        for track in notice.tracks or ("",):
            report = check(desk.dossier(source, notice, track))
            applied = slug in source.applied and (not notice.tracks or track == chosen)
            matches.append(Match(report, track, applied))
    return tuple(sorted(matches, key=_order))


def _order(match: Match) -> tuple[bool, int, int]:
    away = len(match.failed) + len(match.lacking)
    return not match.applied, match.report.verdict.rank, away
