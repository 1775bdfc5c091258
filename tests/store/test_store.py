"""What stands in out/ after a put, after a hand's edit, after a switch between draft and final."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from docgen.problem import Severity
from docgen.store import CODES, Put, Store

STEM = "江苏数促中心-2026/示例联合体/建设方案"
OLD, NEW = {"data": "一"}, {"data": "二"}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "out")


def folder(store: Store) -> Path:
    return store.root / "江苏数促中心-2026" / "示例联合体"


def standing(store: Store) -> dict[str, bytes]:
    """The files that a person sees, but for 清单.json."""
    root = folder(store)
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and not path.name.startswith(".") and path.name != "清单.json"
    }


def manifest(store: Store) -> dict[str, object]:
    content = json.loads((folder(store) / "清单.json").read_text("utf-8"))
    assert isinstance(content, dict)
    return content


def test_a_draft_and_its_record_stand(store: Store) -> None:
    outcome = store.put(Put(STEM, True, {"docx": b"w", "pdf": b"p"}, OLD, pages=12))

    assert standing(store) == {"建设方案.草稿.docx": b"w", "建设方案.草稿.pdf": b"p"}
    assert outcome.problems == ()
    assert [(o.path, o.status, o.pages, o.draft) for o in outcome.value or ()] == [
        (f"out/{STEM}.草稿.docx", "新建", 12, True),
        (f"out/{STEM}.草稿.pdf", "新建", 12, True),
    ]
    recorded = manifest(store)
    assert "pending" not in recorded
    assert recorded["outputs"] == [
        {
            "path": f"建设方案.草稿.{extension}",
            "sha256": hashlib.sha256(data).hexdigest(),
            "document": "建设方案",
            "subject": "示例联合体",
            "draft": True,
            "pages": 12,
            "stem": "建设方案",
            "inputs": OLD,
        }
        for extension, data in (("docx", b"w"), ("pdf", b"p"))
    ]


def test_the_same_content_is_not_written_again(store: Store) -> None:
    store.put(Put(STEM, True, {"docx": b"w"}, OLD))
    before = {p: p.stat().st_mtime_ns for p in folder(store).iterdir()}

    outcome = store.put(Put(STEM, True, {"docx": b"w"}, OLD))

    assert [o.status for o in outcome.value or ()] == ["未变"]
    assert {p: p.stat().st_mtime_ns for p in folder(store).iterdir()} == before


def test_new_content_takes_the_place_of_the_old(store: Store) -> None:
    store.put(Put(STEM, True, {"docx": b"1"}, OLD))
    outcome = store.put(Put(STEM, True, {"docx": b"2"}, NEW))
    assert [o.status for o in outcome.value or ()] == ["更新"]
    assert standing(store) == {"建设方案.草稿.docx": b"2"}


@pytest.mark.parametrize("first", [True, False])
def test_only_one_of_draft_and_final_stands_in_any_format(store: Store, first: bool) -> None:
    store.put(Put(STEM, first, {"docx": b"1", "pdf": b"1"}, OLD))
    outcome = store.put(Put(STEM, not first, {"docx": b"2"}, NEW))
    assert list(standing(store)) == [f"建设方案{'' if first else '.草稿'}.docx"]
    assert outcome.problems == ()
    assert len(manifest(store)["outputs"]) == 1  # type: ignore[arg-type]


def test_an_edited_file_stays_and_the_new_one_goes_beside_it(store: Store) -> None:
    store.put(Put(STEM, False, {"docx": b"1"}, OLD))
    (folder(store) / "建设方案.docx").write_bytes(b"hand")

    outcome = store.put(Put(STEM, False, {"docx": b"2"}, NEW))

    assert standing(store) == {"建设方案.docx": b"hand", "建设方案.新.docx": b"2"}
    assert [(o.path, o.status) for o in outcome.value or ()] == [(f"out/{STEM}.新.docx", "另存")]
    (problem,) = outcome.problems
    assert (problem.code, problem.severity) == ("手改", Severity.WARNING)
    assert problem.where.file == f"out/{STEM}.docx"
    assert (
        problem.message
        == "建设方案.docx 生成之后被人改过，没有覆盖；新生成的另存为 建设方案.新.docx"
    )
    assert (problem.subject, problem.notice) == ("示例联合体", "江苏数促中心-2026")


def test_the_file_beside_is_overwritten_only_while_it_is_ours(store: Store) -> None:
    store.put(Put(STEM, False, {"docx": b"1"}, OLD))
    (folder(store) / "建设方案.docx").write_bytes(b"hand")
    store.put(Put(STEM, False, {"docx": b"2"}, NEW))
    store.put(Put(STEM, False, {"docx": b"3"}, NEW))
    assert standing(store) == {"建设方案.docx": b"hand", "建设方案.新.docx": b"3"}

    (folder(store) / "建设方案.新.docx").write_bytes(b"hand too")
    store.put(Put(STEM, False, {"docx": b"4"}, NEW))

    assert standing(store) == {
        "建设方案.docx": b"hand",
        "建设方案.新.docx": b"hand too",
        "建设方案.新2.docx": b"4",
    }


def test_once_the_edited_file_is_gone_the_plain_name_is_used_again(store: Store) -> None:
    store.put(Put(STEM, False, {"docx": b"1"}, OLD))
    (folder(store) / "建设方案.docx").write_bytes(b"hand")
    store.put(Put(STEM, False, {"docx": b"2"}, NEW))
    (folder(store) / "建设方案.docx").unlink()

    outcome = store.put(Put(STEM, False, {"docx": b"3"}, NEW))

    assert standing(store) == {"建设方案.docx": b"3"}
    assert outcome.problems == ()


def test_renaming_the_file_beside_accepts_it(store: Store) -> None:
    store.put(Put(STEM, False, {"docx": b"1"}, OLD))
    (folder(store) / "建设方案.docx").write_bytes(b"hand")
    store.put(Put(STEM, False, {"docx": b"2"}, NEW))
    (folder(store) / "建设方案.新.docx").replace(folder(store) / "建设方案.docx")

    store.put(Put(STEM, False, {"docx": b"3"}, NEW))

    assert standing(store) == {"建设方案.docx": b"3"}


def test_a_file_that_nobody_recorded_is_a_hands_too(store: Store) -> None:
    folder(store).mkdir(parents=True)
    (folder(store) / "建设方案.docx").write_bytes(b"mine")
    outcome = store.put(Put(STEM, False, {"docx": b"2"}, NEW))
    assert standing(store) == {"建设方案.docx": b"mine", "建设方案.新.docx": b"2"}
    assert "不是本程序写的" in outcome.problems[0].message


@pytest.mark.parametrize("draft", [True, False])
def test_an_edited_rival_stays_and_is_told(store: Store, draft: bool) -> None:
    store.put(Put(STEM, not draft, {"docx": b"1", "pdf": b"1"}, OLD))
    rival = f"建设方案{'' if draft else '.草稿'}.docx"
    (folder(store) / rival).write_bytes(b"hand")

    outcome = store.put(Put(STEM, draft, {"docx": b"2", "pdf": b"2"}, NEW))

    mark = ".草稿" if draft else ""
    expected = {f"建设方案{mark}.docx": b"2", f"建设方案{mark}.pdf": b"2", rival: b"hand"}
    assert standing(store) == expected
    assert [p.where.file.rpartition("/")[2] for p in outcome.problems] == [rival]


def test_identical_files_are_taken_up_when_the_record_is_lost(store: Store) -> None:
    store.put(Put(STEM, False, {"docx": b"1"}, OLD))
    (folder(store) / "清单.json").unlink()
    outcome = store.put(Put(STEM, False, {"docx": b"1"}, OLD))
    assert outcome.problems == ()
    store.put(Put(STEM, False, {"docx": b"2"}, OLD))
    assert standing(store) == {"建设方案.docx": b"2"}


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"{",
        b"[]",
        b'{"outputs": [{}]}',
        b"\xff\xfe",
        b'{"outputs": 3}',
        b"[" * 100_000,
        b'{"outputs": [{"path": "../../../x", "stem": "..", "draft": true, "sha256": "",'
        b' "document": "", "subject": "", "pages": null, "inputs": {}}]}',
    ],
)
def test_a_damaged_record_costs_no_file(store: Store, damage: bytes) -> None:
    store.put(Put(STEM, False, {"docx": b"1"}, OLD))
    (folder(store) / "清单.json").write_bytes(damage)
    outcome = store.put(Put(STEM, False, {"docx": b"2"}, NEW))
    assert standing(store) == {"建设方案.docx": b"1", "建设方案.新.docx": b"2"}
    assert [p.code for p in outcome.problems] == ["清单", "手改"]


def test_another_format_left_behind_is_told(store: Store) -> None:
    store.put(Put(STEM, True, {"docx": b"1", "pdf": b"1"}, OLD))
    same = store.put(Put(STEM, True, {"docx": b"1"}, OLD))
    outcome = store.put(Put(STEM, True, {"docx": b"2"}, NEW))
    assert same.problems == ()
    assert [p.code for p in outcome.problems] == ["过期"]
    assert standing(store)["建设方案.草稿.pdf"] == b"1"


def test_a_paper_on_one_candidate_lies_a_folder_deeper(store: Store) -> None:
    stem = "江苏数促中心-2026/示例联合体/推荐意见/示例单体"
    store.put(Put(stem, True, {"docx": b"1"}, OLD))
    outcome = store.put(Put(stem, False, {"docx": b"2"}, OLD, subject="示例市工信局"))
    assert standing(store) == {"推荐意见/示例单体.docx": b"2"}
    assert [(o.document, o.subject) for o in outcome.value or ()] == [("推荐意见", "示例市工信局")]


@pytest.mark.parametrize("part", ["..", "a/b", "-rf", "CON", "甲\u202e", "长" * 70])
def test_no_name_leads_out_of_the_folder(store: Store, part: str) -> None:
    parts = ["江苏数促中心-2026", "示例联合体", part]
    if "/" in part:
        with pytest.raises(ValueError, match="stem"):
            store.put(Put("/".join([*parts, "x"]), True, {"docx": b"1"}, OLD))
        return
    outcome = store.put(Put("/".join(parts), True, {"docx": b"1"}, OLD))
    assert [p.code for p in outcome.problems] == ["名称"]
    assert not store.root.exists()


def test_leftovers_of_a_killed_run_are_swept(store: Store) -> None:
    folder(store).mkdir(parents=True)
    (folder(store) / ".docgen-docx.tmp").write_bytes(b"half")
    store.put(Put(STEM, True, {"docx": b"1"}, OLD))
    assert sorted(p.name for p in folder(store).iterdir()) == [
        ".锁",
        "建设方案.草稿.docx",
        "清单.json",
    ]


def test_the_same_puts_make_the_same_record(tmp_path: Path) -> None:
    records = []
    for name in ("one", "two"):
        store = Store(tmp_path / name / "out")
        store.put(Put(STEM, True, {"docx": b"1", "pdf": b"1"}, {"b": "1", "a": "2"}))
        records.append((folder(store) / "清单.json").read_bytes())
    assert records[0] == records[1]


def test_a_folder_in_the_way_is_told(store: Store) -> None:
    (folder(store) / "建设方案.草稿.docx").mkdir(parents=True)
    outcome = store.put(Put(STEM, True, {"docx": b"1"}, OLD))
    (problem,) = outcome.problems
    assert problem.code == "写入"
    assert "文件夹" in problem.message
    assert problem.where.file == f"out/{STEM}.草稿.docx"


def test_a_file_in_place_of_the_folder_is_told(store: Store) -> None:
    store.root.mkdir()
    (store.root / "江苏数促中心-2026").write_bytes(b"")
    (problem,) = store.put(Put(STEM, True, {"docx": b"1"}, OLD)).problems
    assert (problem.code, problem.severity) == ("写入", Severity.ERROR)


def test_documents_of_one_subject_stand_together(store: Store) -> None:
    stems = [f"江苏数促中心-2026/示例联合体/推荐意见/{name}" for name in ("甲", "乙")]
    puts = [Put(stem, False, {"docx": stem.encode()}, OLD) for stem in stems]
    outcome = store.put_all(puts)
    assert [made.path.rpartition("/")[2] for made in outcome.value or ()] == ["甲.docx", "乙.docx"]
    assert len(standing(store)) == 2
    again = store.put_all([puts[0], Put(stems[1], True, {"docx": b"2"}, NEW)])
    assert [made.status for made in again.value or ()] == ["未变", "新建"]
    assert sorted(standing(store)) == ["推荐意见/乙.草稿.docx", "推荐意见/甲.docx"]


def test_one_bad_name_does_not_stop_the_others(store: Store) -> None:
    bad = Put("江苏数促中心-2026/示例联合体/CON", False, {"docx": b"1"}, OLD)
    outcome = store.put_all([bad, Put(STEM, False, {"docx": b"1"}, OLD)])
    assert [problem.code for problem in outcome.problems] == ["名称"]
    assert list(standing(store)) == ["建设方案.docx"]


def test_threads_take_turns(store: Store) -> None:
    told: list[object] = []

    def work(number: int) -> None:
        for turn in range(6):
            data = f"{number} {turn}".encode()
            put = Put(STEM, turn % 2 == 0, {"docx": data, "pdf": data}, OLD)
            told.extend(store.put(put).problems)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told == []
    assert list(standing(store)) == ["建设方案.docx", "建设方案.pdf"]


def test_a_held_lock_is_waited_for_and_then_told(store: Store) -> None:
    store.put(Put(STEM, True, {"docx": b"1"}, OLD))
    code = (
        "import fcntl, sys, time\n"
        "f = open(sys.argv[1], 'r+'); fcntl.flock(f, fcntl.LOCK_EX)\n"
        "print('held', flush=True); sys.stdin.read()\n"
    )
    lock = str(folder(store) / ".锁")
    command = [sys.executable, "-c", code, lock]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout and other.stdout.readline()
        outcome = Store(store.root, patience=0.05).put(Put(STEM, True, {"docx": b"2"}, OLD))
    assert [p.code for p in outcome.problems] == ["占用"]
    assert standing(store) == {"建设方案.草稿.docx": b"1"}


def test_every_code_is_listed() -> None:
    source = Path(__file__).parents[2] / "docgen" / "store"
    text = "".join(path.read_text("utf-8") for path in source.glob("*.py"))
    assert all(f'"{code}", ' in text for code in CODES)
