"""What stands in out/ during a round and after it, with a document whose contents tell pages."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest

from docgen.pipeline import Request, Workspace, build
from docgen.pipeline.building import build_at
from docgen.pipeline.desk import Desk
from docgen.pipeline.press import Press
from docgen.watch import rounds
from docgen.watch.board import Board
from docgen.watch.prints import Prints
from tests.kit import ROOT, docgen, edit, text_of
from tests.kit import workspace as whole_workspace
from tests.watch.kit import DATA, until, watching, workspace, write

WHO, NOTICE = "示例联合体", "江苏数促中心-2026"
CHAPTER = f"data/申报单位/{WHO}/正文/1 建设主体情况.md"
MANIFEST = f"out/{NOTICE}/{WHO}/清单.json"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example with 建设方案 built once."""
    root = whole_workspace(tmp_path_factory.mktemp("made"))
    build(Workspace(root), Request(applicant=WHO, notice=NOTICE, kind="建设方案"))
    return root


def longer(root: Path) -> None:
    """A new heading and two pages more in the first chapter."""
    text = (root / CHAPTER).read_text("utf-8")
    prose = "\n\n".join("示例单位在示例市提供示例服务，示例内容仅供演示。" * 8 for _ in range(14))
    (root / CHAPTER).write_text(f"{text}\n\n### 新加的一节\n\n{prose}\n", "utf-8")


def document(root: Path) -> Path:
    (found,) = (root / f"out/{NOTICE}/{WHO}").glob("建设方案*.docx")
    return found


def fresh(root: Path, folder: Path, *words: str) -> dict[str, bytes]:
    """What `docgen build` makes of the same data where nothing stood before."""
    for name in ("notices", "templates", "data"):
        shutil.copytree(root / name, folder / name)
    (folder / ".local").mkdir()
    (folder / ".local/fonts").symlink_to(ROOT / ".local/fonts")
    assert docgen(folder, "build", *words, "-a", WHO, "-n", NOTICE).code == 0
    return files(folder)


def files(root: Path) -> dict[str, bytes]:
    out = root / f"out/{NOTICE}/{WHO}"
    return {
        p.name: p.read_bytes() for p in out.iterdir() if p.suffix != ".json" and p.name[0] != "."
    }


def test_a_word_file_need_not_wait_for_its_pages(made: Path, tmp_path: Path) -> None:
    workspace = Workspace(made)
    pdf = next((made / f"out/{NOTICE}/{WHO}").glob("建设方案*.pdf")).read_bytes()
    longer(made)
    press = Press(workspace)
    request = Request(applicant=WHO, notice=NOTICE, kind="建设方案", formats=("docx",))
    build_at(Desk(workspace, reads=press.reads), press.hurried(), request)

    early = text_of(document(made))
    assert early.count("新加的一节") == 1, "below the levels that the contents list"
    assert "仅供演示" in early
    with zipfile.ZipFile(document(made)) as package:
        assert package.testzip() is None
    assert pdf == next((made / f"out/{NOTICE}/{WHO}").glob("建设方案*.pdf")).read_bytes()
    told = docgen(made, "check", "-a", WHO, "-n", NOTICE, "--json")
    assert [p["file"].rpartition("/")[2] for p in told.problems if p["code"] == "过期"] != []

    assert docgen(made, "build", "建设方案", "-a", WHO, "-n", NOTICE).code == 0
    assert text_of(document(made)) != early, "the pages of later chapters are others now"
    assert files(made) == fresh(made, tmp_path, "建设方案")
    recorded = json.loads((made / MANIFEST).read_text("utf-8"))["outputs"]
    assert not any("contents" in one["inputs"] for one in recorded)


def test_when_told_to_stop_it_leaves_no_pages_of_before(made: Path, tmp_path: Path) -> None:
    with watching(made, "-a", WHO, "-n", NOTICE) as one:
        one.settled()
        longer(made)
        edit(made, f"data/申报单位/{WHO}/申报单位.yaml", "员工总数: 236", "员工总数: 239")
        until(lambda: '"contents"' in (made / MANIFEST).read_text("utf-8"), "the Word file")
        assert one.stop() == 0
    assert '"contents"' not in (made / MANIFEST).read_text("utf-8")
    made_of = files(made)
    assert made_of == {n: d for n, d in fresh(made, tmp_path, "--all").items() if n in made_of}
    assert {name for name in made_of if name.startswith("建设方案")} == {
        "建设方案.docx",
        "建设方案.pdf",
    }


def test_a_bug_of_ours_ends_a_round_and_not_the_watcher(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = Workspace(workspace(tmp_path))
    board, stop, told, crashed = Board(), Event(), list[str](), list[Exception]()
    request = Request(applicant="甲")
    sound = rounds.check_at

    def broken(desk: Desk, request: Request) -> object:
        raise RuntimeError("a bug")

    def logged(failure: Exception) -> str:
        crashed.append(failure)
        return "docgen.log"

    monkeypatch.setattr(rounds, "check_at", broken)
    one = rounds.Rounds(
        root, request, board, Prints(root.root, root.out), stop, told.append, logged
    )
    one._guarded([])
    assert "程序内部出错" in board.state.trouble[0].message and len(crashed) == 1
    monkeypatch.setattr(rounds, "check_at", sound)
    one._guarded([])
    assert board.state.trouble == () and board.state.page and len(crashed) == 1
    one._elsewhere.end()


def test_a_newer_save_ends_the_round_before(tmp_path: Path) -> None:
    """Ten saves in a row, however far each got: the last one counts."""
    root = workspace(tmp_path)
    text = (root / DATA).read_text("utf-8")
    with watching(root) as one:
        one.settled()
        for number in range(10):
            write(root, text.replace("甲公司", f"甲公司之{number}"))
            until(_short_while(), "a moment")
        until(lambda: "甲公司之9" in text_of(root / "out/测试通知-2026/甲/方案.docx"), "the last")
        one.settled()
        assert "这次没有生成" not in one.page()


def _short_while() -> Callable[[], bool]:
    turns = iter(range(12))
    return lambda: next(turns, None) is None
