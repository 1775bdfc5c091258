"""make 装订: the whole hand-in of the examples, its index true, its links leading to the page."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pikepdf
import pytest
from pikepdf import Page, String

from tests.bind.kit import action, paper, texts
from tests.kit import Run, docgen, edit, paragraphs, text_of, workspace

NOTICE = "江苏数促中心-2026"
SCANS = "data/申报单位/示例单体/证明材料"
runs: dict[tuple[Path, str], Run] = {}
SHEET = (0.0, 0.0, 595.3, 841.9)


def bound(place: Path, name: str) -> Path:
    return place / "out" / NOTICE / name / "装订"


def bind(place: Path, name: str, *more: str) -> Run:
    return docgen(place, "bind", "-a", name, "-n", NOTICE, "--json", *more)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = workspace(tmp_path_factory.mktemp("装订"))
    for name in ("示例单体", "示例联合体"):
        run = bind(folder, name, "--final")
        runs[folder, name] = run
        assert run.code == 0, run.out
        assert not [output for output in run.json["outputs"] if output["draft"]]
    return folder


def stamps(pages: list[str]) -> list[tuple[str, int, int]]:
    """The code, number and total on each page that has a stamp."""
    hits = [re.search(r"(证\d+)·.*?第(\d+)页共(\d+)页", page) for page in pages]
    return [(hit[1], int(hit[2]), int(hit[3])) for hit in hits if hit]


@pytest.mark.parametrize("name", ["示例单体", "示例联合体"])
def test_the_volume_is_stamped_from_one_to_its_end(place: Path, name: str) -> None:
    pages = texts(bound(place, name) / "证明材料.pdf")
    found = stamps(pages)
    assert [number for _, number, _ in found] == list(range(1, len(pages) + 1))
    assert {total for _, _, total in found} == {len(pages)}
    assert [code for code, _, _ in found] == sorted(code for code, _, _ in found)


@pytest.mark.parametrize("name", ["示例单体", "示例联合体"])
def test_the_index_tells_the_stamped_pages(place: Path, name: str) -> None:
    folder = bound(place, name)
    spans: dict[str, list[int]] = {}
    for code, number, _ in stamps(texts(folder / "证明材料.pdf")):
        spans.setdefault(code, []).append(number)
    cells = list(paragraphs(folder / "证明材料目录.docx"))
    told = {}
    for at, cell in enumerate(cells):
        if re.fullmatch(r"证\d+", cell):
            first, _, last = cells[at + 3].partition("—")
            told[cell] = [*range(int(first), int(last or first) + 1)]
    assert told == spans
    printed = "".join(texts(folder / "证明材料目录.pdf"))
    assert all(code in printed for code in spans)


@pytest.mark.parametrize("name", ["示例单体", "示例联合体"])
def test_a_citation_tells_and_leads_to_the_page(place: Path, name: str) -> None:
    folder = bound(place, name)
    starts: dict[str, int] = {}
    for code, number, _ in stamps(texts(folder / "证明材料.pdf")):
        starts.setdefault(code, number)
    words = text_of(folder / "建设方案.docx")
    cited = re.findall(r"见(证\d+)，第(\d+)页", words)
    assert len(cited) > 5
    assert all(starts[code] == int(page) for code, page in cited)
    assert not re.search(r"见证\d+(?![，、至\d])", words)
    for several in re.findall(r"见((?:证\d+、)+证\d+)，第([\d、]+)页", words):
        codes, pages = (one.split("、") for one in several)
        assert [str(starts[code]) for code in codes] == pages

    with zipfile.ZipFile(folder / "建设方案.docx") as package:
        body = package.read("word/document.xml").decode()
        relations = package.read("word/_rels/document.xml.rels").decode()
    targets = dict(re.findall(r'Id="(rId\d+)"[^>]*Target="([^"]+#page=\d+)"', relations))
    links = re.findall(r'<w:hyperlink r:id="(rId\d+)".*?</w:hyperlink>', body)
    assert links and set(targets) == set(links)
    for whole, link in re.findall(r'(<w:hyperlink r:id="(rId\d+)".*?</w:hyperlink>)', body):
        shown = "".join(re.findall(r"<w:t[^>]*>([^<]*)", whole))
        file, _, page = unquote(targets[link]).partition("#page=")
        assert file == "证明材料.pdf"
        assert starts.get(shown, shown) in (int(page), page)


def leads(pdf: pikepdf.Pdf) -> Iterator[tuple[int, int, Page, list[float]]]:
    """Every link to a page: sheet it is on, sheet it leads to, its page and box."""
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    for number, page in enumerate(pdf.pages):
        for note in page.obj.get("/Annots", ()):
            assert "/A" not in note
            yield number, numbers[note.Dest[0].objgen], page, [float(x) for x in note.Rect]


@pytest.mark.parametrize("name", ["示例单体", "示例联合体"])
def test_the_whole_has_each_part_on_an_odd_page_and_links_to_the_volume(
    place: Path, name: str
) -> None:
    import pypdfium2

    path = bound(place, name) / "申报材料.pdf"
    found = texts(path)
    with pikepdf.open(path) as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        assert {tuple(map(float, page.mediabox)) for page in pdf.pages} == {SHEET}
        assert not [page for page in pdf.pages if page.rotation]
        with pdf.open_outline() as outline:
            parts = {item.title: numbers[item.destination[0].objgen] for item in outline.root}
            volume = next(item for item in outline.root if item.title == "证明材料")
            below = [(i.title[:3], numbers[i.destination[0].objgen]) for i in volume.children]
        assert [*parts][-2:] == ["证明材料目录", "证明材料"] and len(parts) >= 3
        assert not [start for start in parts.values() if start % 2]
        for code, sheet in below:
            assert f"{code}·" in found[sheet]
        start, to_volume = parts["证明材料"], 0
        shown = [page.get_textpage() for page in pypdfium2.PdfDocument(path)]
        for sheet, target, _, box in leads(pdf):
            if target < start:
                continue
            to_volume += 1
            middle = (box[1] + box[3]) / 2
            line = (box[0] + 1, middle - 1, box[2] - 1, middle + 1)
            words = shown[sheet].get_text_bounded(*line).strip()
            code, number, _ = stamps([found[target]])[0]
            assert number == target - start + 1
            span = re.fullmatch(r"第?(\d+)至?|[至\d]*页", words)
            assert words and (words in f"{code} {number}" or span), words
        assert to_volume > 50


def test_blank_sheets_are_said(place: Path) -> None:
    run = runs[place, "示例单体"]
    found = texts(bound(place, "示例单体") / "申报材料.pdf")
    blank = [number for number, text in enumerate(found, 1) if not text]
    said = [p["message"] for p in run.problems if p["code"] == "空白页"]
    assert [int(re.findall(r"第 (\d+) 页", one)[0]) for one in said] == blank != []


def test_bound_again_the_bytes_are_the_same_and_an_edited_one_is_kept(place: Path) -> None:
    folder = bound(place, "示例单体")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    (folder / "证明材料目录.docx").write_bytes(b"by hand")
    run = bind(place, "示例单体", "--final")
    assert run.code == 0
    after = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert after.pop("证明材料目录.新.docx") == before["证明材料目录.docx"]
    assert after == before | {"证明材料目录.docx": b"by hand"}


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    return workspace(tmp_path)


def test_a_scan_refused_absent_or_not_listed_makes_a_draft_and_no_final(mine: Path) -> None:
    script = paper(
        "x",
        change=lambda pdf: pdf.Root.__setitem__(
            "/OpenAction", action("JavaScript", JS=String("1"))
        ),
    )
    (mine / SCANS / "营业执照.pdf").write_bytes(script)
    run = bind(mine, "示例单体", "--final")
    assert run.code == 1 and not run.json["outputs"]
    told = {p["code"]: p for p in run.problems if p["severity"] == "error"}
    assert "脚本" in told["佐证"]["message"] and told["佐证"]["file"].endswith("营业执照.pdf")
    assert "不出定稿" in told
    next((mine / SCANS).glob("*租赁合同.pdf")).unlink()
    edit(mine, "data/申报单位/示例单体/申报单位.yaml", "  - 编号: 证24\n", "  - 编号: 证25\n")
    run = bind(mine, "示例单体")
    assert run.code == 0 and all(output["draft"] for output in run.json["outputs"])
    assert {"缺证明文件", "证明未列"} <= set(run.codes())
    folder = bound(mine, "示例单体")
    assert "【待补：证01装订后的页码】" in text_of(folder / "证明材料目录.草稿.docx")
    assert b"JavaScript" not in (folder / "证明材料.草稿.pdf").read_bytes()
    words = text_of(folder / "建设方案.草稿.docx")
    assert re.search(r"见证01(?!，第)", words) and re.search(r"见证06，第\d+页", words)


def test_a_notice_without_a_rule_of_its_own_reminds_of_what_is_never_cited(mine: Path) -> None:
    data = "data/申报单位/示例县/申报单位.yaml"
    text = (mine / data).read_text("utf-8")
    at = text.index("证明材料:\n") + len("证明材料:\n")
    row = text[at:].split("- ", 1)
    new = f"{row[0]}- {{编号: 证99, 名称: 多余的一件, 文件: 多.pdf}}\n"
    (mine / data).write_text(text[:at] + new + text[at:], "utf-8")
    (mine / "data/申报单位/示例县/证明材料/多.pdf").write_bytes(paper("x"))
    run = docgen(mine, "check", "-a", "示例县", "--json")
    (told,) = [p for p in run.problems if p["code"] == "未引证明"]
    assert told["severity"] == "warning" and "证99“多余的一件”" in told["message"]
    assert told["line"] and told["hint"]


def test_without_evidence_nothing_is_bound(mine: Path) -> None:
    data = mine / "data/申报单位/示例单体/申报单位.yaml"
    text = data.read_text("utf-8")
    for path in (mine / SCANS).iterdir():
        path.write_bytes(b"%PDF-1.7 torn")
    run = bind(mine, "示例单体")
    assert run.code == 1 and not run.json["outputs"]
    assert "没有一件可以装订" in next(p["message"] for p in run.problems if p["code"] == "装订")
    start = text.index("证明材料:\n")
    data.write_text(text[:start] + text[text.index("# 系统外的事") :], "utf-8")
    run = bind(mine, "示例单体")
    assert run.code == 1 and not run.json["outputs"] and "装订" in run.codes()
    assert docgen(mine, "bind").code == 2
