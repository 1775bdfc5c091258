"""What stands in out/ from older data: told as a reminder, held against the data by rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from docgen.model.artifact import CONTENTS
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
        path
        for path, inputs in standing.items()
        if ("data" in inputs and inputs["data"] != whole.fingerprint) or CONTENTS in inputs
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
        used = told.used if told else {}
        if whole.party is Party.APPLICANT:
            kind = path.rpartition("/")[2].split(".")[0]
            found.append(Built(kind, whole.party.value, whole.name, path, used))
        else:
            found.extend(_of_candidates(path, used, whole))
    return tuple(found)


def _of_candidates(path: str, used: Mapping[str, str], whole: Dossier) -> Iterator[Built]:
    """What a bureau's paper says of each candidate: the one it is named for, or those of its rows.

    A paper on all of them has 推荐对象.2.申报.单位名称, one on a single candidate 对象.申报.…
    """
    steps = path.split("/")[3:]
    kind, file = steps[0].split(".")[0], steps[-1].split(".")[0]
    names = [candidate.dossier.name for candidate in whole.candidates]
    told: dict[str, dict[str, str]] = {}
    for key, value in used.items():
        row, _, field = key.partition(APPLICATION)
        number = row.rpartition(".")[2]
        if not field:
            continue
        if len(steps) > 1:
            about = file
        elif number.isdecimal() and 0 < int(number) <= len(names):
            about = names[int(number) - 1]
        else:
            continue
        told.setdefault(about, {})[field] = value
    for about, values in told.items():
        yield Built(kind, whole.party.value, about, path, values)
