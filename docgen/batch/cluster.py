"""Runs the tasks of a build on a cluster of dask.distributed.

A worker gets a template's bytes and values, and gives bytes back: no path of this machine means
anything there. It typesets with its own fonts. What it cannot make is made here, and so is what is
lost with the scheduler; what is lost with a worker, the scheduler gives to another one.
"""

from __future__ import annotations

import hashlib
import os
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docgen import __version__
from docgen.pipeline import Finished, Made, Maker, Order, Runner, Task, make, one_by_one
from docgen.problem import Outcome, Stop

if TYPE_CHECKING:
    from docgen.fill import Template
    from docgen.typeset import Fonts

FONTS = "DOCGEN_FONTS"  # folders of fonts on a worker, besides those of the system
AHEAD = 4  # documents on their way, per thread of the cluster: memory stays flat
PATIENCE = 20  # seconds to find the scheduler and a first worker


def on_cluster(address: str) -> Runner:
    """A Runner over the workers of the scheduler at `address` (tcp://host:port)."""

    def run(make: Maker, tasks: Sequence[Task]) -> Iterator[Finished]:
        if not tasks:
            return one_by_one(make, tasks)
        return _spread(_connected(address), make, tasks)

    return run


def _connected(address: str) -> Any:
    """A client of the scheduler; Stop where there is none or its workers are of another version."""
    try:
        from distributed import Client
    except ImportError:
        cure = "在 docgen 的环境里安装 docgen[cluster]，或不用 --cluster"
        raise Stop("用集群要先安装 dask.distributed", cure) from None
    try:
        client = Client(address, timeout=PATIENCE, set_as_default=False)
        client.wait_for_workers(1, timeout=PATIENCE)
        said = client.run(_version, on_error="return").values()
        versions = {version for version in said if isinstance(version, str)}
    except (OSError, TimeoutError, ValueError) as failure:
        why = f"集群 {address} 连不上，或没有可用的工作进程（{type(failure).__name__}）"
        raise Stop(why, "核对地址，确认调度进程和工作进程已经启动") from None
    if versions - {__version__}:
        client.close()
        others = "、".join(sorted(versions - {__version__}))
        raise Stop(f"集群上的 docgen 是 {others}，这里是 {__version__}", "装成同一版本再运行")
    return client


def _version() -> str:
    return __version__


def _spread(client: Any, maker: Maker, tasks: Sequence[Task]) -> Iterator[Finished]:
    """The results in order; a few tasks at a time are on their way."""
    room = max(sum(client.nthreads().values()), 1) * AHEAD
    templates: dict[str, Any] = {}
    pending: deque[tuple[Task, Any]] = deque()
    asked = 0
    try:
        for _ in tasks:
            while asked < len(tasks) and len(pending) < room:
                pending.append((tasks[asked], _sent(client, maker, tasks[asked], templates)))
                asked += 1
            task, answer = pending.popleft()
            yield _received(maker, task, answer)
    finally:
        with suppress(Exception):
            client.close(timeout=2)


def _sent(client: Any, maker: Maker, task: Task, templates: dict[str, Any]) -> Any:
    """A task on its way; None where it is to be made here.

    A template goes out once, as the result of a task that can be run again on another worker.
    """
    data, order = maker.order(task)
    if not data:
        return None
    digest = hashlib.sha256(data).hexdigest()
    with suppress(Exception):
        if digest not in templates:
            templates[digest] = client.submit(bytes, data, key=f"docgen-template-{digest}")
        return client.submit(_work, order, templates[digest], pure=False, retries=2)
    return None


def _received(maker: Maker, task: Task, answer: Any) -> Finished:
    """What a worker made, or what is made here in its stead."""
    if answer is not None:
        with suppress(Exception):
            made = answer.result()
            if isinstance(made, Outcome):
                return maker.finished(task, made)
    return maker(task)


def _work(order: Order, template: bytes) -> Outcome[Made]:
    """On a worker: the files of one order."""
    return make(order, _compiled(template), _fonts)


@lru_cache(32)
def _compiled(data: bytes) -> Template:
    from docgen.fill import compile_template

    return compile_template(data, "模板")


@lru_cache(1)
def _fonts() -> Fonts:
    """The fonts of this worker: those of $DOCGEN_FONTS, and of where docgen is installed."""
    from docgen.typeset import find_fonts

    root = Path(__file__).parents[2]
    named = [Path(folder) for folder in os.environ.get(FONTS, "").split(os.pathsep) if folder]
    return find_fonts((*named, root / "fonts", root / ".local" / "fonts"))
