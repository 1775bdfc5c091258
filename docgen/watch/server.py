"""An application → answers on 127.0.0.1, until a signal says to stop."""

from __future__ import annotations

import errno
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import uvicorn

from docgen.problem import Stop

if TYPE_CHECKING:
    from docgen.watch.site import Application

ADDRESS = "127.0.0.1"
PATIENCE = 1  # seconds that open answers are given at the end
MOST_AT_ONCE = 64
REFUSED = {errno.EADDRINUSE: "别的程序正用着", errno.EACCES: "要管理员权限"}
SIGNALS = ("SIGINT", "SIGTERM", "SIGBREAK")


def listening(port: int) -> socket.socket:
    """A socket of this machine alone; `port` 0 takes a free one. Stop where it is taken."""
    try:
        return socket.create_server((ADDRESS, port))
    except (OSError, OverflowError) as failure:
        why = REFUSED.get(getattr(failure, "errno", 0), "系统不让用")
        raise Stop(f"端口 {port} 用不了：{why}", "换一个 --port，或不写，由系统挑一个") from None


def serve(app: Application, listener: socket.socket, closing: Callable[[], None]) -> None:
    """Answers until SIGINT or SIGTERM; `closing` is called as soon as one has come."""
    config = uvicorn.Config(
        app,
        loop="asyncio",
        http="h11",
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="critical",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        limit_concurrency=MOST_AT_ONCE,
        timeout_graceful_shutdown=PATIENCE,
    )
    _Server(config, closing).run(sockets=[listener])


class _Server(uvicorn.Server):
    """One that ends quietly: uvicorn would raise the signal again once it has stopped."""

    def __init__(self, config: uvicorn.Config, closing: Callable[[], None]) -> None:
        super().__init__(config)
        self._closing = closing

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        def stop(number: int, frame: Any) -> None:
            self._closing()
            self.should_exit = True

        wanted = [getattr(signal, name) for name in SIGNALS if hasattr(signal, name)]
        before = {one: signal.signal(one, stop) for one in wanted}
        try:
            yield
        finally:
            for one, handler in before.items():
                signal.signal(one, handler)
