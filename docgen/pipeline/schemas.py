"""The JSON Schemas of a workspace, for editors: .schema/, made anew from the packs at any time."""

from __future__ import annotations

from collections.abc import Iterable

from docgen.model.notice import Notice
from docgen.model.rule import Party
from docgen.pipeline.desk import Desk
from docgen.pipeline.workspace import Workspace, applicants, bureaus
from docgen.problem import Problem, Stop
from docgen.scaffold import ANY_NOTICE, editor_files, encoded, schema_of
from docgen.store import write_new, write_over

FOLDER = ".schema"
ANY = {party: f"{FOLDER}/{name}" for party, name in ANY_NOTICE.items()}
PARTIES = tuple(ANY)


def write_schemas(workspace: Workspace, slug: str = "") -> list[str]:
    """The schemas of one notice, or of all, of any of them and of each subject; what was written.

    Stop where a notice cannot be read or the disk refuses.
    """
    desk = Desk(workspace)
    if slug:
        return _write(workspace, dict(_of_notice(desk, _readable(desk, slug))))
    files: dict[str, bytes] = {}
    packs = [_readable(desk, one) for one in desk.slugs]
    for party in PARTIES:
        files[ANY[party]] = _encoded(desk, packs, party)
    for pack in packs:
        files |= _of_notice(desk, pack)
    for party, names in zip(PARTIES, (applicants(workspace), bureaus(workspace)), strict=True):
        for name in names:
            files |= _of_subject(desk, party, name)
    return _write(workspace, files)


def subject_schema(party: Party, name: str) -> str:
    """Where the schema of one subject's data file stands."""
    return f"{FOLDER}/{party.value}/{name}.json"


def lead_editor(workspace: Workspace, desk: Desk, party: Party, name: str) -> list[str]:
    """What an editor needs for a subject's file, and for all others; settings that stand stay."""
    packs = [_readable(desk, slug) for slug in desk.slugs]
    files = {path: _encoded(desk, packs, one) for one, path in ANY.items()}
    written = _write(workspace, files | _of_subject(desk, party, name) if name else files)
    for path, data in editor_files().items():
        if not (workspace.root / path).exists():
            _told(write_new(workspace.root / path, data, parents=True))
            written.append(path)
    return written


def _of_notice(desk: Desk, pack: Notice) -> Iterable[tuple[str, bytes]]:
    for party in PARTIES:
        yield f"{FOLDER}/{pack.slug}/{party.value}.json", _encoded(desk, [pack], party)


def _of_subject(desk: Desk, party: Party, name: str) -> dict[str, bytes]:
    """The schema for the notices that a subject answers; for any, where it names none."""
    source = desk.applicant(name) if party is Party.APPLICANT else desk.bureau(name)
    slugs = [slug for slug in source.applied if slug in desk.slugs] or desk.slugs
    packs = [_readable(desk, slug) for slug in slugs]
    return {subject_schema(party, name): _encoded(desk, packs, party)}


def _encoded(desk: Desk, packs: list[Notice], party: Party) -> bytes:
    return encoded(schema_of(packs, party, desk.slugs))


def _readable(desk: Desk, slug: str) -> Notice:
    pack = desk.notice(slug).value
    if pack is None:
        raise Stop(f"通知“{slug}”读不出来", f"先运行 docgen notice check {slug}")
    return pack


def _write(workspace: Workspace, files: dict[str, bytes]) -> list[str]:
    for path, data in files.items():
        _told(write_over(workspace.root / path, data, parents=True))
    return list(files)


def _told(problem: Problem | None) -> None:
    if problem is not None:
        raise Stop(f"{problem.where} {problem.message}", problem.hint)
