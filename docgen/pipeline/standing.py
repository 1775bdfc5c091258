"""What stands in out/ from older data: told as a reminder, held against the data by rules."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.model.dossier import Built, Dossier
from docgen.model.rule import Party
from docgen.pipeline.workspace import Workspace
from docgen.problem import Problem, Severity, Where
from docgen.store import Store

APPLICATION = ".申报."


def outdated(workspace: Workspace, whole: Dossier) -> tuple[str, ...]:
    """The files of a subject that were made before its data were last changed."""
    standing = Store(workspace.out).standing(whole.notice.slug, whole.name)
    return tuple(
        path for path, inputs in standing.items() if inputs.get("data") != whole.fingerprint
    )


def reminders(paths: tuple[str, ...], whole: Dossier) -> Iterator[Problem]:
    """One for each outdated file."""
    for path in paths:
        said = f"{path.rpartition('/')[2]} 是按改动前的资料生成的"
        told = Problem("过期", Severity.INFO, said, Where(path), hint="重新生成这一份")
        yield told.of(subject=whole.name, notice=whole.notice.slug)


def printed(workspace: Workspace, paths: tuple[str, ...], whole: Dossier) -> tuple[Built, ...]:
    """What the outdated Word files say of their applicants, by the fields' own paths."""
    if not paths:
        return ()
    from docgen.fill import read_provenance

    found = []
    for path in paths:
        if not path.endswith(".docx") or path.endswith(".草稿.docx"):
            continue
        try:
            told = read_provenance((workspace.root / path).read_bytes())
        except OSError:
            continue
        folder, _, file = path.rpartition("/")
        mine = whole.party is Party.APPLICANT
        about = whole.name if mine else file.split(".")[0]
        kind = file.split(".")[0] if mine else folder.rpartition("/")[2]
        values = {
            key.rpartition(APPLICATION)[2]: value
            for key, value in (told.used if told else {}).items()
            if mine or APPLICATION in key
        }
        found.append(Built(kind, whole.party.value, about, path, values))
    return tuple(found)
