"""The page as any program may ask for it: who is answered, what is shown, and when."""

from __future__ import annotations

import json
import re
import signal
import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.cli.kit import docgen
from tests.kit import text_of
from tests.watch.kit import DATA, OUT, Watcher, until, watching, workspace, write

HEAD = "申报: [测试通知-2026]\n申报日期: 2026-06-01\n"
GOOD = HEAD + "单位名称: 甲公司\n服务行业: 机械\n"


@pytest.fixture(scope="module")
def watcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watcher]:
    root = workspace(tmp_path_factory.mktemp("watched"))
    (root / "secret.pdf").write_bytes(b"%PDF-1.4 not in out")
    with watching(root) as one:
        one.settled()
        yield one


def test_a_save_changes_the_documents_the_verdict_and_the_page(watcher: Watcher) -> None:
    out, before = watcher.root / OUT, watcher.page()
    assert "能交" in before and "方案 <small" in before
    write(watcher.root, HEAD + "单位名称: 新名字公司\n服务行业: 机械、汽车\n")
    until(lambda: watcher.says("不能交"), "the verdict")
    until(lambda: (out / "方案.草稿.pdf").exists() and watcher.is_idle(), "the draft's PDF")
    assert sorted(p.name for p in out.glob("方案*")) == ["方案.草稿.docx", "方案.草稿.pdf"]
    shown = set(re.findall(r"page/(\w{64})/", watcher.page()))
    assert shown and shown.isdisjoint(re.findall(r"page/(\w{64})/", before))
    verdict = watcher.ask("verdict").text
    assert "T-Q01" in verdict and "申报单位.yaml:4" in verdict
    write(watcher.root, GOOD)
    until(lambda: (out / "方案.pdf").exists() and watcher.is_idle(), "the final's PDF")
    assert set(re.findall(r"page/(\w{64})/", watcher.page())) == set(
        re.findall(r"page/(\w{64})/", before)
    )


def test_a_hole_is_told_with_its_line(watcher: Watcher) -> None:
    write(watcher.root, HEAD + "单位名称:\n服务行业: 机械\n")
    until(lambda: watcher.says("待补 1 处"), "the hole")
    assert re.search(r"申报单位\.yaml:3:\d+</a> 缺“单位名称”", watcher.page())
    assert re.search(r'href="vscode://file/[^"]*%E7%94%B2[^"]*yaml:3:\d+"', watcher.page())
    write(watcher.root, GOOD)
    until(lambda: watcher.says("待补 0 处"), "no hole")
    watcher.settled()


def test_a_file_cut_in_the_middle_leaves_the_last_good_pages(watcher: Watcher) -> None:
    out, before = watcher.root / OUT, watcher.page()
    files = {p.name: p.read_bytes() for p in out.glob("方案*")}
    write(watcher.root, HEAD + '单位名称: "甲公')
    until(lambda: watcher.says("这次没有生成"), "the problem")
    watcher.settled()
    cut = watcher.page()
    assert re.search(r"申报单位\.yaml:3:\d+</a> 引号", cut) and "下面还是上一次的" in cut
    (shown,) = set(re.findall(r"page/(\w{64})/", cut))
    assert shown in before and watcher.ask(f"page/{shown}/1.png").status == 200
    assert {p.name: p.read_bytes() for p in out.glob("方案*")} == files
    write(watcher.root, GOOD)
    until(lambda: not watcher.says("这次没有生成"), "the end of the problem")
    watcher.settled()


def test_data_that_are_gone_for_a_while_end_nothing(watcher: Watcher) -> None:
    folder, away = watcher.root / "data/申报单位/甲", watcher.root / "data/申报单位/.away"
    folder.rename(away)
    until(lambda: watcher.says("没有“甲”这个申报单位"), "the problem")
    assert (watcher.root / OUT / "方案.docx").exists()
    away.rename(folder)
    until(lambda: not watcher.says("没有“甲”这个申报单位"), "the data")
    watcher.settled()


def test_what_is_typed_is_never_markup(watcher: Watcher) -> None:
    write(watcher.root, HEAD + "单位名称: <script>x</script>\n服务行业: <img src=x>\n")
    until(lambda: "&lt;img src=x&gt;" in watcher.ask("verdict").text, "the verdict")
    for path in ("", "verdict"):
        text = watcher.ask(path).text
        assert "<script>x" not in text and "<img src=x" not in text
    write(watcher.root, GOOD)
    until(lambda: watcher.says("能交") and not watcher.says("不能交"), "the verdict")
    watcher.settled()


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "127.0.0.1", "", "0.0.0.0:{port}"]
)
def test_another_host_is_not_answered(watcher: Watcher, host: str) -> None:
    answer = watcher.ask(host=host.format(port=watcher.port))
    assert answer.status in (400, 421) and b"html" not in answer.body


@pytest.mark.parametrize("host", ["127.0.0.1:{port}", "localhost:{port}", "LOCALHOST:{port}"])
def test_this_machine_is_answered(watcher: Watcher, host: str) -> None:
    assert watcher.ask(host=host.format(port=watcher.port)).status == 200


def test_two_hosts_are_not_answered(watcher: Watcher) -> None:
    with socket.create_connection(("127.0.0.1", watcher.port), 10) as line:
        line.sendall(
            f"GET {watcher.base} HTTP/1.1\r\nHost: evil.example\r\n"
            f"Host: 127.0.0.1:{watcher.port}\r\nConnection: close\r\n\r\n".encode()
        )
        assert b" 200 " not in line.recv(1000).split(b"\r\n")[0]


def test_without_the_word_there_is_nothing(watcher: Watcher) -> None:
    word = watcher.base.strip("/")
    for path in ("/", "/verdict", f"/{word}", f"/{word[:-1]}/", f"/{word}x/", f"/x/{word}/", "//",
                 f"//{word}/", "/%00/", "/%F0%28/verdict", f"/{word.swapcase()}/"):  # fmt: skip
        answer = watcher.ask(raw=path)
        assert answer.status == 404 and answer.text == "没有这一页\n", path


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "HEAD", "OPTIONS", "TRACE", "PATCH"])
def test_it_can_only_be_looked_at(watcher: Watcher, method: str) -> None:
    assert watcher.ask(method=method).status == 405


def test_no_address_leads_to_a_file(watcher: Watcher) -> None:
    outside = (
        "secret.pdf",
        "notices/测试通知-2026/通知.yaml",
        DATA,
        f"{OUT}/清单.json",
        "said.txt",
    )
    for file in outside:
        for way in ("{}", "../{}", "page/../../{}", "pdf/{}", "pdf/../{}.pdf", "pdf/%2e%2e%2f{}",
                    "..%2f..%2f{}", "page/..%2f{}/1.png", "//{}", "%5c..%5c{}"):  # fmt: skip
            assert watcher.ask(way.format(quote(file))).status == 404, (way, file)
    absolute = watcher.root / "secret.pdf"
    assert watcher.ask(raw=watcher.base.rstrip("/") + quote(str(absolute))).status == 404
    for name in ("site.py", "page.html.jinja", "__init__.py", "../board.py"):
        assert watcher.ask(name).status == 404


def test_only_pages_that_there_are(watcher: Watcher) -> None:
    (shown,) = set(re.findall(r"page/(\w{64})/", watcher.page()))
    assert watcher.ask(f"page/{shown}/1.png").body.startswith(b"\x89PNG")
    assert watcher.ask(f"pdf/{shown}.pdf").body.startswith(b"%PDF")
    for path in (
        f"page/{shown}/0.png",
        f"page/{shown}/9999.png",
        f"page/{'0' * 64}/1.png",
        f"page/{shown}/-1.png",
        f"page/{shown}/1{'0' * 40}.png",
        f"pdf/{'0' * 64}.pdf",
    ):
        assert watcher.ask(path).status == 404, path


def test_a_link_that_leads_out_of_out_is_not_followed(watcher: Watcher) -> None:
    """Whoever can write out/ still does not get the page to show what lies elsewhere."""
    made, away = watcher.root / OUT / "方案.pdf", watcher.root / "elsewhere.pdf"
    data = made.read_bytes()
    (shown,) = set(re.findall(r"page/(\w{64})/", watcher.page()))
    made.rename(away)
    made.symlink_to(away)
    with watching(watcher.root, "-a", "甲") as other:
        other.settled()
        assert other.ask(f"pdf/{shown}.pdf").status == 404
    made.unlink()
    made.write_bytes(data)


def test_every_answer_forbids_what_it_does_not_need(watcher: Watcher) -> None:
    (shown,) = set(re.findall(r"page/(\w{64})/", watcher.page()))
    for path in ("", "verdict", "page.js", "page.css", f"page/{shown}/1.png", "nothing"):
        headers = watcher.ask(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy and "form-action 'none'" in policy
        assert "unsafe" not in policy or path == "verdict"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store" and "server" not in headers
        assert headers["referrer-policy"] == "no-referrer"
    page = watcher.page()
    assert not re.search(r"https?://", page) and "<style" not in page
    assert re.findall(r"<script[^>]*>", page) == ['<script src="page.js" defer>']


def test_it_listens_on_this_machine_alone(watcher: Watcher) -> None:
    mine = f"{watcher.port:04X}"
    tables = [Path(f"/proc/{watcher.process.pid}/net/{name}") for name in ("tcp", "tcp6")]
    if not tables[0].exists():
        pytest.skip("这个系统没有 /proc，看不到监听的地址")
    rows = [line.split() for t in tables if t.exists() for line in t.read_text().splitlines()[1:]]
    assert [r[1] for r in rows if r[1].endswith(f":{mine}") and r[3] == "0A"] == [
        f"0100007F:{mine}"
    ]


def test_events_tell_of_each_change(watcher: Watcher) -> None:
    with socket.create_connection(("127.0.0.1", watcher.port), 10) as line:
        host = f"Host: 127.0.0.1:{watcher.port}"
        line.sendall(f"GET {watcher.base}events HTTP/1.1\r\n{host}\r\n\r\n".encode())
        line.settimeout(30)
        first = b""
        while b"data: " not in first:
            first += line.recv(4096)
        assert b"text/event-stream" in first
        write(watcher.root, GOOD + "# 改一下\n")
        assert b"data: " in line.recv(4096)
    watcher.settled()


def test_it_ends_at_once_and_leaves_everything_whole(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    for how in (signal.SIGINT, signal.SIGTERM):
        with watching(root) as one:
            one.settled()
            with socket.create_connection(("127.0.0.1", one.port), 10) as line:  # a page is open
                host = f"Host: 127.0.0.1:{one.port}"
                line.sendall(f"GET {one.base}events HTTP/1.1\r\n{host}\r\n\r\n".encode())
                line.recv(10)
                write(root, GOOD.replace("甲公司", f"甲公司{how}"))
                assert one.stop(how) == 0
            assert one.said.endswith("已停止\n")
        out = root / OUT
        recorded = json.loads((out / "清单.json").read_text("utf-8"))
        assert "pending" not in recorded
        assert {e["path"] for e in recorded["outputs"]} <= {p.name for p in out.iterdir()}
        assert not [p for p in out.rglob("*") if p.name.startswith((".tmp", "tmp"))]


def test_nothing_of_it_is_left_when_it_is_killed(tmp_path: Path) -> None:
    if not Path("/proc/self/stat").exists():
        pytest.skip("这个系统没有 /proc，看不到子进程")

    def group(leader: int) -> list[str]:
        found = []
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):
                state, _, of = stat.read_text().rpartition(")")[2].split()[:3]
                found += [stat.parent.name] if int(of) == leader and state != "Z" else []
        return found

    with watching(workspace(tmp_path)) as one:
        one.settled()
        until(lambda: len(group(one.process.pid)) > 1, "the process that typesets")
        one.process.kill()
        one.process.wait(60)
        until(lambda: not group(one.process.pid), "nothing left")


def test_others_may_build_beside_it(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    with watching(root) as one:
        one.settled()
        for number in range(4):
            write(root, GOOD.replace("甲公司", f"第{number}公司"))
            done = docgen(root, "build", "--all", "-a", "甲")
            assert done.code == 0, done.err
        until(lambda: "第3公司" in text_of(root / OUT / "方案.docx") and one.is_idle(), "the end")
        again = docgen(root, "build", "--all", "-a", "甲", "--json")
        assert {o["path"].rpartition("/")[2] for o in json.loads(again.out)["outputs"]} == {
            "方案.docx",
            "方案.pdf",
        }
        assert sorted(p.name for p in (root / OUT).glob("方案*")) == ["方案.docx", "方案.pdf"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "没有指明守着谁"),
        (("-a", "甲", "-b", "乙"), "一次只守一个"),
        (("-a", "没有"), "没有“没有”这个申报单位"),
        (("-a", "甲", "--port", "x"), "端口“x”不对"),
        (("-a", "甲", "--port", "99999"), "端口“99999”不对"),
    ],
)
def test_what_cannot_be_watched_is_said(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    from tests.cli.kit import workspace as small

    done = docgen(small(tmp_path), "watch", *words)
    assert done.code == 2 and said in done.err


def test_a_port_that_is_taken_is_told_in_chinese(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = docgen(root, "watch", "-a", "甲", "--port", port)
    assert done.code == 2 and f"端口 {port} 用不了：别的程序正用着" in done.err
