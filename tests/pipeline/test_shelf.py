"""The shelf: a template compiled in one run is at hand in the next, and nothing foreign ever is."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from docgen.fill import compile_template, fill, freeze, thaw
from docgen.pipeline import shelf
from docgen.pipeline.shelf import Shelf
from tests.fill.kit import docx, grid, record, texts

LOOP = grid(("{%tr for 行 in 案例 %}",), ("{{ 行.客户 }}",), ("{%tr endfor %}",))
TEMPLATE = docx("{{ 名 }}“{{ 名 }}”", "{{p 名 }}", body=LOOP)
FACTS = record({"名": "甲&\n乙", "案例": [{"客户": "丙"}, {"客户": "丁"}]})


def test_a_thawed_template_fills_as_the_frozen_one() -> None:
    made = compile_template(TEMPLATE, "模板.docx")
    again = thaw(freeze(made), "模板.docx", made.digest)
    assert again is not None
    assert fill(again, FACTS) == fill(made, FACTS)
    assert again.render({"名": "甲", "案例": []}) == made.render({"名": "甲", "案例": []})


def test_a_fault_is_told_with_its_place_after_thawing() -> None:
    made = compile_template(docx("{{ 名 }}", "{{ 字 }}"), "模板.docx")
    again = thaw(freeze(made), "模板.docx", made.digest)
    assert again is not None
    assert fill(again, FACTS).problems == fill(made, FACTS).problems


OTHER = freeze(compile_template(docx()))


@pytest.mark.parametrize("data", [b"", b"junk", b"\xe9\x01\x00\x00\x00", OTHER, OTHER[:-9]])
def test_what_does_not_fit_is_not_thawed(data: bytes) -> None:
    assert thaw(data, "模板.docx", "another hash") is None


def kept(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.template"))


def test_a_template_is_compiled_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "cache"
    first = Shelf(folder).template(TEMPLATE, "甲.docx")
    assert len(kept(folder)) == 1 and (folder.stat().st_mode & 0o777) == 0o700
    monkeypatch.setattr(shelf, "compiled", lambda data, name: pytest.fail("compiled again"))
    second = Shelf(folder).template(TEMPLATE, "乙.docx")
    assert second.name == "乙.docx"
    assert fill(second, FACTS).docx == fill(first, FACTS).docx


def test_a_template_with_faults_is_not_kept(tmp_path: Path) -> None:
    assert Shelf(tmp_path / "cache").template(docx("{{ 名"), "甲.docx").problems
    assert not kept(tmp_path / "cache")


@pytest.mark.parametrize("spoil", ["folder", "file", "content"])
def test_a_shelf_that_others_can_write_is_not_read(tmp_path: Path, spoil: str) -> None:
    folder = tmp_path / "cache"
    Shelf(folder).template(TEMPLATE, "甲.docx")
    (file,) = kept(folder)
    planted = freeze(compile_template(docx("别的"), ""))
    if spoil == "content":
        file.write_bytes(planted)
    os.chmod(folder if spoil == "folder" else file, 0o777 if spoil != "content" else 0o600)
    found = Shelf(folder).template(TEMPLATE, "甲.docx")
    assert texts(fill(found, FACTS).docx)[0] == "甲&\n乙“甲&\n乙”"


def test_a_folder_that_cannot_be_made_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert Shelf(tmp_path / "file" / "cache").template(TEMPLATE, "甲.docx").is_usable


def test_what_stands_in_the_way_of_an_entry_leaves_no_rubbish(tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    Shelf(folder).template(TEMPLATE, "甲.docx")
    (entry,) = kept(folder)
    entry.unlink()
    (entry / "别的").mkdir(parents=True)  # so that nothing can be moved there
    assert Shelf(folder).template(TEMPLATE, "甲.docx").is_usable
    assert list(folder.iterdir()) == [entry]


def test_a_folder_among_the_entries_stops_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "cache"
    folder.mkdir(mode=0o700)
    (folder / "0.template").mkdir()
    monkeypatch.setattr(shelf, "MOST_KEPT", 2)
    for text in "甲乙丙丁":
        Shelf(folder).template(docx(text), "甲.docx")
    assert [path.is_dir() for path in kept(folder)].count(False) == 2
    assert (folder / "0.template").is_dir()


def test_a_warm_start_loads_neither_docxtpl_nor_lxml(tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    Shelf(folder).template(TEMPLATE, "甲.docx")
    (tmp_path / "甲.docx").write_bytes(TEMPLATE)
    code = f"""
import sys
from pathlib import Path
from docgen.pipeline.shelf import Shelf
data = Path({str(tmp_path / "甲.docx")!r}).read_bytes()
template = Shelf(Path({str(folder)!r})).template(data, "")
assert template.render({{"名": "甲", "案例": [{{"客户": "乙"}}]}})
print([name for name in ("docxtpl", "docx", "lxml") if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_damaged_entry_is_compiled_anew(tmp_path: Path) -> None:
    data = docx("{{ 名 }}一百万")
    folder = tmp_path / "shelf"
    whole = fill(Shelf(folder).template(data, "甲.docx"), record({"名": "乙"})).docx
    (entry,) = kept(folder)
    content = entry.read_bytes()
    for place in range(0, len(content), max(len(content) // 40, 1)):
        damaged = bytearray(content)
        damaged[place] ^= 4
        entry.write_bytes(bytes(damaged))
        again = fill(Shelf(folder).template(data, "甲.docx"), record({"名": "乙"})).docx
        assert again == whole
        entry.write_bytes(content)
