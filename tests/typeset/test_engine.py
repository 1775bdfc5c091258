"""The engine as a part: fonts found, bytes that repeat, LibreOffice beside it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pikepdf
import pypdf
import pytest

from docgen.problem import Stop
from docgen.typeset import agreement, convert_with_libreoffice, find_fonts, typeset
from docgen.typeset.printing import EPOCH
from docgen.typeset.typst import EngineFailed, draw
from tests.typeset.paper import glyphs, pictures
from tests.typeset.word import Word, bookmark, image, p, picture, r, tbl, tc, tr

ROOT = Path(__file__).parents[2]
DOCUMENT = Word(
    p(bookmark("a", r("章")), style="1")
    + p(r("混排ABC", "<w:b/>") + r("䶮𬭎", "<w:highlight w:val='yellow'/>"))
    + tbl((2000, 2000), tr(tc("甲"), tc("乙")))
)
ONCE = """
import hashlib, sys
from pathlib import Path
from docgen.typeset import find_fonts, typeset
folders = [Path("fonts"), Path(".local/fonts")]
pdf = typeset(sys.stdin.buffer.read(), find_fonts(folders)).pdf
print(hashlib.sha256(pdf).hexdigest())
"""

KINDS = ("PNG", "JPEG")
MANY = """
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from docgen.typeset import find_fonts, typeset
from tests.typeset.word import Word, p, tbl, tc, tr
fonts = find_fonts([Path("fonts"), Path(".local/fonts")])
for name in "甲乙丙丁戊己庚辛":
    rows = (tr(tc(f"{name}{n}"), tc("单位")) for n in range(800))
    typeset(Word(tbl((2000, 2000), *rows)).bytes(), fonts)
    if name in "丙辛":
        print(getrusage(RUSAGE_SELF).ru_maxrss)  # kB
"""


def test_the_same_input_gives_the_same_bytes_in_every_process(fonts):
    seen = set()
    for seed in ("0", "1"):
        done = subprocess.run(
            [sys.executable, "-c", ONCE],
            input=DOCUMENT.bytes(),
            capture_output=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
        )
        seen.add(done.stdout)
    assert len(seen) == 1


def test_the_time_stamp_is_an_input(fonts):
    early, late = (
        typeset(DOCUMENT.bytes(), fonts, timestamp=datetime(year, 1, 1, tzinfo=UTC)).pdf
        for year in (2025, 2026)
    )
    assert early != late
    assert b"D:2025" in early or b"2025-01-01" in early


def test_what_was_made_before_leaves_no_trace(fonts):
    words = [
        *(Word(p("甲乙")), Word(p("䶮𬭎\U0003fffd☑")), DOCUMENT),
        *(Word(p(picture("pic")), parts={"pic": ("image", "media/a", image(k))}) for k in KINDS),
    ]
    documents = [word.bytes() for word in words]
    folders = [ROOT / "fonts", ROOT / ".local" / "fonts"]
    alone = [typeset(document, find_fonts(folders)).pdf for document in documents]
    with pytest.raises(EngineFailed):
        draw({}, (), fonts.engine, EPOCH)
    with ThreadPoolExecutor(3) as pool:
        again = pool.map(lambda document: typeset(document, fonts).pdf, documents * 4)
        assert list(again) == alone * 4


def test_many_long_documents_take_no_more_memory_than_a_few():
    done = subprocess.run(
        [sys.executable, "-c", MANY], capture_output=True, cwd=ROOT, check=True, text=True
    )
    few, many = map(int, done.stdout.split())
    assert many < few + 60_000


def test_every_official_font_has_an_answer(fonts):
    table = fonts.substitutions()
    assert {"仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312", "宋体"} <= set(table)
    for name, answer in table.items():
        assert answer.name == name
        assert answer.file is not None and answer.file.is_file()
        assert not fonts.missing_glyphs([name], "为推动制造业数字化转型ABC123")


def test_a_named_family_that_is_there_draws_itself(tmp_path):
    source = next((ROOT / ".local" / "fonts").glob("FandolKai*"), None)
    if source is None:
        pytest.skip("没有 FandolKai：先运行 make fonts")
    (tmp_path / "kai.otf").symlink_to(source)
    fonts = find_fonts([tmp_path], system=False)
    assert not fonts.stand_in("FandolKai").substituted
    answer = fonts.stand_in("楷体_GB2312")
    assert (answer.family, answer.substituted) == ("FandolKai", True)


def test_a_folder_without_fonts_is_told_by_its_answers(tmp_path):
    fonts = find_fonts([tmp_path, tmp_path / "missing"], system=False)
    assert fonts.stand_in("仿宋_GB2312").family == ""
    made = typeset(Word(p("甲")).bytes(), fonts)
    assert made.failed
    assert "U+7532" in made.problems[0].message


def test_latin_in_a_chinese_font_is_that_fonts(fonts):
    mark = '<w:rFonts w:ascii="宋体" w:hAnsi="宋体" w:eastAsia="宋体"/>'
    family = fonts.stand_in("宋体").family
    wide = fonts.measure("2", (family,), bold=False, italic=False, kerning=False).width
    times, song = (
        glyphs(typeset(Word(p(r("2026", look))).bytes(), fonts).pdf) for look in ("", mark)
    )
    assert times[1].x - times[0].x == pytest.approx(8, abs=0.05)
    assert song[1].x - song[0].x == pytest.approx(wide * 16, abs=0.05)


@pytest.mark.parametrize(
    ("origin", "corner"),
    [
        ("column paragraph", (179.4, 113.85)),
        ("page page", (100, -20)),
        ("margin margin", (179.4, 84.9)),
    ],
)
def test_seals_stand_where_they_are_anchored(fonts, origin, corner):
    across, down = origin.split()
    place = (
        f'<wp:positionH relativeFrom="{across}"><wp:posOffset>1270000</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="{down}"><wp:posOffset>-254000</wp:posOffset></wp:positionV>'
        "<wp:wrapNone/>"
    )
    parts = {"img": ("image", "a.png", image("PNG"))}
    body = p("甲") + p(r("乙") + picture("img", anchor=place), "<w:ind w:left='400'/>") + p("丙")
    made = typeset(Word(body, parts=parts).bytes(), fonts)
    assert made.problems == ()
    assert pictures(made.pdf) == [pytest.approx(corner, abs=0.2)]
    y = [g.y for g in glyphs(made.pdf)]
    assert [round(b - a, 2) for a, b in pairwise(y)] == [28.95, 28.95]


def test_a_picture_that_text_flows_around_is_told(fonts):
    parts = {"img": ("image", "a.png", image("PNG"))}
    body = p(r("乙") + picture("img", anchor="<wp:wrapSquare/>"))
    made = typeset(Word(body, parts=parts).bytes(), fonts)
    assert "浮动图片" in [problem.code for problem in made.problems]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="没有安装 LibreOffice")
def test_libreoffice_prints_with_our_fonts_and_true_sheets(fonts):
    body = "".join(p(f"第{n}章", style="1") + p("字" * 600) for n in range(3))
    made = typeset(Word(body).bytes(), fonts, engine="soffice")
    assert made.problems == ()
    assert [(h.text, h.page, h.physical) for h in made.headings] == [
        ("第0章", "1", 1),
        ("第1章", "2", 2),
        ("第2章", "3", 3),
    ]
    reader = pypdf.PdfReader(BytesIO(made.pdf))
    used = {str(name) for page in reader.pages for name in _fonts_of(page)}
    assert not any("DejaVu" in name for name in used)


def _fonts_of(page):
    found = page["/Resources"]["/Font"]
    return [found[name]["/BaseFont"] for name in found]


def test_libreoffice_that_is_missing_is_said():
    with pytest.raises(Stop, match="没有 LibreOffice"):
        convert_with_libreoffice(b"", program="no-such-soffice")


def test_libreoffice_is_judged_by_its_output_file(tmp_path):
    liar = tmp_path / "soffice"
    liar.write_text("#!/bin/sh\nexit 0\n")
    liar.chmod(0o755)
    with pytest.raises(Stop, match="没有转换出"):
        convert_with_libreoffice(DOCUMENT.bytes(), program=str(liar))


def test_libreoffice_that_hangs_is_ended(tmp_path):
    slow = tmp_path / "soffice"
    slow.write_text("#!/bin/sh\nsleep 60 & wait\n")
    slow.chmod(0o755)
    with pytest.raises(Stop, match="秒内"):
        convert_with_libreoffice(DOCUMENT.bytes(), program=str(slow), timeout=0.3)


def test_a_long_document_is_packed_and_stays_what_it_was(fonts, monkeypatch):
    rows = [tr(tc(str(n)), tc("单位")) for n in range(300)]
    word = Word(p(bookmark("a", r("章")), style="1") + tbl((2000, 2000), *rows)).bytes()
    plain = typeset(word, fonts)
    monkeypatch.setattr("docgen.typeset.packing.WORTH_IT", 0)
    small, again = typeset(word, fonts), typeset(word, fonts)
    assert small.pdf == again.pdf
    assert len(small.pdf) < 0.8 * len(plain.pdf)
    assert _objects(small.pdf)[: len(_objects(plain.pdf))] == _objects(plain.pdf)
    assert glyphs(small.pdf) == glyphs(plain.pdf)
    assert agreement(word, small.pdf, pages=plain.pages) == ()
    root = pypdf.PdfReader(BytesIO(small.pdf)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("zh")


def _objects(pdf):
    """Every object as it stands in the file, by its number."""
    with pikepdf.open(BytesIO(pdf)) as document:
        assert document.check_pdf_syntax() == []
        return [_text(each) for each in document.objects]


def _text(thing):
    if isinstance(thing, pikepdf.Stream):
        return thing.stream_dict.unparse(), thing.read_raw_bytes()
    return thing.unparse(resolved=True)
