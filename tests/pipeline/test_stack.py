"""合订: every letter of a kind in one PDF to print, in the order of recommendation."""

from __future__ import annotations

from pathlib import Path

import pikepdf

from tests.kit import docgen, edit, workspace

SLUG, BUREAU = "甘肃工业互联网数促中心", "示例州工信局"
NAMES = ["示例综合", "示例技术创新", "示例人才培育", "示例产业孵化"]
STACK = Path("out") / SLUG / BUREAU / "推荐意见合订.pdf"


def _build(root: Path, *more: str) -> list[str]:
    """The names of the files that stand after a build."""
    run = docgen(root, "build", "推荐意见", "-b", BUREAU, "--json", *more)
    return [Path(output["path"]).name for output in run.json["outputs"]]


def _bookmarks(path: Path) -> list[tuple[str, int]]:
    with pikepdf.open(path) as pdf, pdf.open_outline() as outline:
        pages = [page.obj.objgen for page in pdf.pages]
        return [(str(i.title), pages.index(i.destination[0].objgen)) for i in outline.root]


def test_a_stack_holds_every_letter_in_order_each_on_the_front_of_a_sheet(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    assert STACK.name in _build(root)
    marks = _bookmarks(root / STACK)
    assert [name for name, _ in marks] == NAMES
    assert all(page % 2 == 0 for _, page in marks)
    first = (root / STACK).read_bytes()
    written = (root / STACK).stat().st_mtime_ns
    assert STACK.name in _build(root)
    assert (root / STACK).stat().st_mtime_ns == written
    edit(root, f"data/主管部门/{BUREAU}.yaml", "技术方向集中", "技术方向很集中")
    assert _build(root, "-a", NAMES[1])[-1] == STACK.name
    assert (root / STACK).read_bytes() != first
    edit(root, f"data/主管部门/{BUREAU}.yaml", "技术方向很集中", "技术方向集中")
    _build(root)
    assert (root / STACK).read_bytes() == first


def test_one_letter_alone_has_no_stack_and_an_old_one_goes(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    _build(root)
    path = root / "data" / "主管部门" / f"{BUREAU}.yaml"
    text = path.read_text("utf-8")
    head, *rows = text.split("\n    - 申报单位: ")
    assert len(rows) == len(NAMES)
    path.write_text(f"{head}\n    - 申报单位: {rows[0]}", "utf-8")
    assert STACK.name not in _build(root)
    assert not (root / STACK).exists()


def test_a_letter_that_is_gone_is_left_out_and_one_that_is_broken_is_named(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    _build(root)
    letters = root / STACK.parent / "推荐意见"
    (letters / f"{NAMES[0]}.pdf").unlink()
    _build(root, "-a", NAMES[2])  # only the third is looked after
    assert [name for name, _ in _bookmarks(root / STACK)] == NAMES[1:]
    (letters / f"{NAMES[1]}.pdf").write_bytes(b"junk")
    (letters / f"{NAMES[0]}.pdf").write_bytes(b"junk")
    run = docgen(root, "build", "推荐意见", "-b", BUREAU, "-a", NAMES[2], "--json")
    assert run.code == 1
    assert [p["message"] for p in run.problems if "打不开" in p["message"]]


def test_a_stack_goes_with_its_letters(tmp_path: Path) -> None:
    """Who must mend something is in no stack that could be printed and sealed."""
    root = workspace(tmp_path)
    _build(root)
    for name in NAMES[1:]:
        path = root / "data/申报单位" / name / "申报单位.yaml"
        text = path.read_text("utf-8")
        path.write_text(text.replace("\n统一社会信用代码: ", "\n统一社会信用代码: 错"), "utf-8")
    run = docgen(root, "build", "--all", "-b", BUREAU, "--final", "--format", "docx,pdf", "--json")
    assert run.code == 1
    assert not (root / STACK).exists()
    notes = root / STACK.parent / "补正通知合订.pdf"
    assert [name for name, _ in _bookmarks(notes)] == NAMES[1:]


def test_a_slip_in_the_list_takes_nothing_away(tmp_path: Path) -> None:
    """A key mistyped hides the list; that is told, and the letters and their stack stay."""
    root = workspace(tmp_path)
    _build(root)
    before = {path: path.read_bytes() for path in (root / STACK.parent).rglob("*.pdf")}
    assert len(before) == len(NAMES) + 1
    edit(root, f"data/主管部门/{BUREAU}.yaml", "  推荐对象:", "  推荐对像:")
    run = docgen(root, "build", "推荐意见", "-b", BUREAU, "--json")
    assert run.code != 0
    assert {path: path.read_bytes() for path in (root / STACK.parent).rglob("*.pdf")} == before
