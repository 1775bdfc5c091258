"""The check report as one page: complete, self-contained, and no stage for what strangers typed."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pypdfium2
import pytest

from docgen.model.artifact import Finding, Repair, Report, Shown, SubjectReport
from docgen.problem import Verdict, Where
from docgen.report import page, print_page
from tests.kit import ROOT
from tests.report import kit

DAY = date(2026, 6, 5)
HOSTILE = "<script>alert(1)</script>{{ 7*7 }}{% raw %}\"'&<b>"


def a_subject(**changes: object) -> SubjectReport:
    (subject,) = kit.a_report(kit.WARNED, kit.HUMAN, kit.LACKING, kit.BROKEN).subjects
    threshold = Finding("S0-E03", "服务的主要行业", Verdict.FAIL, (), "4", "不超过 3", "多 1")
    repair = Repair("联系电话", Where(kit.FILE, 1, 5), "联系电话", ("S0-E03", "缺填"), ("缺填",))
    return replace(
        subject,
        findings=(*subject.findings, threshold),
        repairs=(repair,),
        shown={"服务行业": (Shown("建设方案", (12,)),)},
        evidence={"S0-R02": ("证01", "证09")},
        dated=date(2026, 6, 1),
        **changes,
    )


def link(where: Where) -> str:
    return f"vscode://file/w/{where.file}:{where.line}:{where.column}" if where.file else ""


def made(*subjects: SubjectReport, today: date | None = DAY) -> str:
    return page(Report(subjects or (a_subject(),)), today=today, link=link)


class Tags(HTMLParser):
    """Every tag with its attributes, and the words between them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_it_says_what_the_screen_says_and_where_to_click() -> None:
    html = made()
    words = " ".join("".join(Tags(html).words).split())
    for said in (
        "不能交",
        "还有 5 天",
        "先改这几处",
        "联系电话",
        "S0-E03 还要改别处",
        "服务的主要行业不超过3个：实际 4，要求不超过3，多1",
        "见于 建设方案第12页",
        "依据 工信厅规函〔2026〕238号 二（二）",
        "怎么改：从服务行业中保留最主要的3个",
        "证01、证09",
        "有自造字",
        "多 1",
    ):
        assert said in words
    assert f'href="vscode://file/w/{kit.FILE}:12:5"' in html
    assert f">{kit.FILE}:12:5</a>" in html


def test_it_needs_nothing_from_elsewhere_and_runs_nothing() -> None:
    tags = Tags(made()).tags
    assert not {tag for tag, _ in tags} & {"script", "link", "img", "iframe", "object", "base"}
    for _, attributes in tags:
        assert not {"src", "srcset", "style", "background"} & attributes.keys()
        assert not [name for name in attributes if name.startswith("on")]
        assert (attributes.get("href") or "#").startswith(("#", "vscode://file/"))
    assert "url(" not in made() and "@import" not in made()


def test_what_strangers_typed_is_text() -> None:
    broken = replace(kit.BROKEN, message=HOSTILE, hint=HOSTILE)
    waiting = replace(kit.HUMAN, message=f"{HOSTILE}：须人工判断", subject=HOSTILE)
    hostile = a_subject(subject=HOSTILE, problems=(broken, waiting))
    hostile = replace(hostile, repairs=tuple(replace(r, label=HOSTILE) for r in hostile.repairs))
    plain, found = Tags(made()), Tags(made(hostile))
    assert {tag for tag, _ in found.tags} <= {tag for tag, _ in plain.tags}
    assert "".join(found.words).count(HOSTILE) >= 5
    assert "49" not in "".join(found.words)


def test_a_threshold_is_drawn_with_what_is_wanted() -> None:
    html = made()
    bars = re.findall(r'<rect x="0" y="2" width="([\d.]+)" height="10" fill="#b3261e"', html)
    mark = re.search(r'<line x1="([\d.]+)"', html)
    assert mark and bars
    assert float(bars[-1]) == pytest.approx(float(mark[1]) * 4 / 3, rel=0.01)


def test_without_a_day_the_deadlines_are_reckoned_from_the_data() -> None:
    assert "以 2026-06-01 为今天" in made(today=None)
    assert "还有 9 天" in made(today=None)


def test_several_subjects_can_be_filtered_without_a_script() -> None:
    passed = a_subject(subject="示例单体", verdict=Verdict.PASS, problems=())
    html = made(a_subject(), replace(passed), replace(passed, subject="示例另一家"))
    tags = Tags(html).tags
    picks = [a for tag, a in tags if tag == "input"]
    assert [a["id"] for a in picks] == ["pick-0", "pick-1", "pick-2"]
    sections = [str(a["class"]) for tag, a in tags if tag == "section"]
    assert sections == ["v-1", "v-2", "v-2"]
    assert "#pick-1:checked ~ main section:not(.v-1)" in html
    assert {a["href"] for tag, a in tags if tag == "a" and str(a["href"]).startswith("#")} == {
        "#s1", "#s2", "#s3",
    }  # fmt: skip


def test_the_same_in_gives_the_same_bytes_on_paper_too() -> None:
    html = made()
    assert html == made()
    first, second = (print_page(html, (ROOT,)) for _ in range(2))
    assert first == second
    paper = pypdfium2.PdfDocument(first)
    text = paper[0].get_textpage().get_text_range()
    assert "不能交" in text and "服务的主要行业" in text
    assert paper[0].get_size() == pytest.approx((595.28, 841.89), abs=1)


def test_printing_fetches_nothing() -> None:
    html = f'<p>字</p><img src="file://{ROOT}/tests/data/x.png"><img src="http://127.0.0.1:9/">'
    paper = pypdfium2.PdfDocument(print_page(html, (ROOT,)))
    kinds = {thing.type for thing in paper[0].get_objects()}
    assert 3 not in kinds  # no picture came in
