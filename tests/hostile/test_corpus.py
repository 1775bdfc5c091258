"""Every danger by name: refused with file, place and remedy, or taken to the letter; bounded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.hostile import markdowns, names, papers, templates, workbooks, yamls
from tests.hostile.kit import RSS, SECONDS, SLUG, Case, Ended, applicant, run, texts, workspace

WHOLE = "不出定稿"  # said of a subject, not of a place
FAMILIES: dict[str, Callable[[], Iterator[Case]]] = {
    "yaml": yamls.cases,
    "markdown": markdowns.cases,
    "template": templates.cases,
    "workbook": workbooks.cases,
    "paper": papers.cases,
    "name": names.cases,
}
ALL = [  # a family runs as a whole: one process of the suite has all of it
    pytest.param(family, case.name, marks=pytest.mark.xdist_group(family))
    for family, make in FAMILIES.items()
    for case in make()
]


@pytest.fixture(scope="module")
def ended(
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[[str, str], tuple[Case, Ended, Path]]:
    """What came of a case; a family is run as a whole when the first of it is asked for."""
    done: dict[str, dict[str, tuple[Case, Ended, Path]]] = {}

    def of(family: str, name: str) -> tuple[Case, Ended, Path]:
        if family not in done:
            root = workspace(tmp_path_factory.mktemp(family))
            cases = list(FAMILIES[family]())
            for case in cases:
                case.plant(applicant(root, case.name))
            came = run(root, [case.command for case in cases])
            done[family] = {c.name: (c, e, root) for c, e in zip(cases, came, strict=True)}
        return done[family][name]

    return of


def fault(case: Case, end: Ended, root: Path) -> str:
    """What is wrong with how a case ended; "" where it is as it must be."""
    if end.code not in (0, 1):
        return f"ended with {end.code}"
    if end.seconds > SECONDS or end.peak > RSS:
        return f"took {end.seconds} s and {end.peak >> 20} MB"
    if list(root.rglob("中招")):
        return "something was run"
    told = end.problems
    if lacking := [
        p
        for p in told
        if p["severity"] == "error" and not (p["hint"] and (p["file"] or p["code"] == WHOLE))
    ]:
        return f"neither place nor remedy: {lacking[0]}"
    errors = [p for p in told if p["severity"] == "error"]
    made = sorted((root / "out" / SLUG / case.name).glob("*.docx"))
    if case.says:
        hits = [p for p in errors if case.says in p["message"] + p["hint"]]
        near = [p for p in hits if p["file"].endswith(case.file)]
        if not near:
            return f"not told: {[(p['file'], p['line'], p['message']) for p in told][:5]}"
        if case.line and case.line not in [p["line"] for p in near]:
            return f"told at line {near[0]['line']}"
        if any("草稿" not in path.name for path in made):
            return "a final came of it"
    elif case.prints:
        if errors or not made:
            return f"refused: {[(p['line'], p['message']) for p in errors][:3]}"
        shown = texts(made[0])
        if lost := [text for text in case.prints if text not in shown]:
            return f"not printed to the letter: {lost[0][:80]!r}"
    elif case.quiet and errors:
        return f"refused: {errors[0]['message']}"
    return ""


@pytest.mark.parametrize(
    ("family", "name"), ALL, ids=["-".join(map(str, one.values)) for one in ALL]
)
def test_a_danger(
    ended: Callable[[str, str], tuple[Case, Ended, Path]], family: str, name: str
) -> None:
    wrong = fault(*ended(family, name))
    assert not wrong, f"{name}: {wrong}"
