"""The page in a real Chromium: it shows, it renews itself, and it runs nothing that was typed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.kit import REPOSITORY
from tests.watch.browser import Browser, browsing, chromium
from tests.watch.kit import Watcher, watching, workspace, write

pytestmark = pytest.mark.skipif(
    chromium() is None,
    reason="没有装 Chromium 和 chromedriver（Debian：apt-get install chromium chromium-driver）",
)
HEAD = "申报: [测试通知-2026]\n申报日期: 2026-06-01\n"
SEAL = "document.getElementById('seal')?.textContent"
FIRST = "document.querySelector('#pages img')"
VERDICT = "document.getElementById('verdict').contentDocument.body.textContent"


@pytest.fixture(scope="module")
def watcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watcher]:
    with watching(workspace(tmp_path_factory.mktemp("watched"))) as one:
        one.settled()
        yield one


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    fonts = REPOSITORY / ".local/fonts/fonts.conf"
    os.environ["FONTCONFIG_FILE"] = str(fonts) if fonts.is_file() else ""
    with browsing(tmp_path_factory.mktemp("browser")) as one:
        yield one
    del os.environ["FONTCONFIG_FILE"]


def save(watcher: Watcher, name: str, trades: str) -> None:
    write(watcher.root, f"{HEAD}单位名称: {name}\n服务行业: {trades}\n")


def test_a_save_shows_on_the_page_by_itself(watcher: Watcher, browser: Browser) -> None:
    save(watcher, "甲公司", "机械")
    watcher.settled()
    browser.open(watcher.address)
    browser.until(f"{SEAL} === '能交' && {FIRST}.complete && {FIRST}.naturalWidth === 1000")
    before = browser.run(f"window.kept = true; return {FIRST}.src")
    save(watcher, "改名公司", "机械、汽车")
    browser.until(f"{SEAL} === '不能交'")
    browser.until(f"{VERDICT}.includes('T-Q01')")
    browser.until(f"{FIRST}.src !== '{before}' && {FIRST}.complete && {FIRST}.naturalWidth")
    assert browser.run("return document.querySelector('#papers small').textContent") == "草稿"
    assert browser.run("return window.kept") is True, "the page was not loaded anew"
    save(watcher, "甲公司", "机械")
    browser.until(f"{SEAL} === '能交' && {FIRST}.src === '{before}'")


def test_holes_and_a_cut_file_show(watcher: Watcher, browser: Browser) -> None:
    browser.open(watcher.address)
    save(watcher, "", "机械")
    browser.until("document.querySelector('#holes li')?.textContent.includes('缺“单位名称”')")
    place = browser.run("return document.querySelector('#holes a').textContent")
    assert place.startswith("data/申报单位/甲/申报单位.yaml:3:")
    write(watcher.root, HEAD + '单位名称: "甲')
    browser.until("document.querySelector('#trouble li')?.textContent.includes('引号')")
    assert browser.run("return document.querySelectorAll('#pages img').length") > 0
    save(watcher, "甲公司", "机械")
    browser.until(f"{SEAL} === '能交' && !document.querySelector('#trouble li')")


def test_nothing_that_is_typed_runs(watcher: Watcher, browser: Browser) -> None:
    save(watcher, "<script>window.top.hit=1</script>公司", "<svg onload=hit=1>")
    browser.open(watcher.address)
    browser.until(f"{VERDICT}.includes('<svg onload=hit=1>')")
    inside = "document.getElementById('verdict').contentDocument"
    assert browser.run(f"return {inside}.querySelectorAll('script, [onload]').length") == 0
    assert browser.run(f"return window.hit ?? {inside}.defaultView.hit ?? null") is None
    save(watcher, "甲公司", "机械")
    browser.until(f"{SEAL} === '能交'")


def test_the_page_may_do_no_more_than_it_needs(watcher: Watcher, browser: Browser) -> None:
    """What an injected script would try, had one come in: the policy stops it."""
    browser.open(watcher.address)
    browser.until(f"{SEAL} === '能交'")
    browser.complaints()
    tried = browser.run("""
        const script = document.createElement('script');
        script.textContent = 'window.hit = 1';
        document.body.append(script);
        const away = await fetch('http://127.0.0.1:9/', {mode: 'no-cors'})
            .then(() => 'sent', () => 'stopped');
        const post = await fetch(location.href, {method: 'POST'}).then((answer) => answer.status);
        let made = 'ran';
        try { new Function('return 1')(); } catch (refused) { made = refused.name; }
        return [window.hit ?? null, away, post, made];
    """)
    assert tried == [None, "stopped", 405, "EvalError"]
    assert any("Content Security Policy" in said for said in browser.complaints())


def test_the_page_itself_gives_no_cause_for_complaint(watcher: Watcher, browser: Browser) -> None:
    browser.open(watcher.address)
    browser.until(f"{SEAL} === '能交' && {FIRST}.complete")
    assert [said for said in browser.complaints() if "favicon" not in said] == []
    assert not browser.run("return document.body.classList.contains('gone')")


def test_no_other_page_can_show_it_in_a_frame(
    watcher: Watcher, browser: Browser, tmp_path: Path
) -> None:
    page = tmp_path / "evil.html"
    page.write_text(f'<iframe src="{watcher.address}"></iframe>', "utf-8")
    browser.open(page.as_uri())
    browser.until("document.querySelector('iframe')")
    browser.run("await new Promise((done) => setTimeout(done, 500))")
    said = " ".join(browser.complaints())
    assert "frame-ancestors" in said


def test_a_wrong_word_shows_nothing(watcher: Watcher, browser: Browser) -> None:
    last = "y" if watcher.address[-2] == "x" else "x"
    browser.open(f"{watcher.address[:-2]}{last}/")
    assert browser.run("return document.body.textContent").strip() == "没有这一页"


def test_a_page_says_that_nobody_watches_any_more(browser: Browser, tmp_path: Path) -> None:
    with watching(workspace(tmp_path)) as one:
        one.settled()
        browser.open(one.address)
        browser.until(f"{SEAL} === '能交'")
        assert one.stop() == 0
    browser.until("document.body.classList.contains('gone')")
