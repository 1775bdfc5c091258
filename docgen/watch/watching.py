"""watch: one subject, built and shown anew at every save, until someone stops it."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from threading import Event, Thread

from docgen.pipeline.workspace import Request, Workspace
from docgen.watch.board import Board, Crashed
from docgen.watch.prints import Prints
from docgen.watch.rounds import Rounds
from docgen.watch.server import ADDRESS, listening, serve
from docgen.watch.site import site
from docgen.watch.view import View

BRIEF = 0.5  # seconds in which nobody asks what is going on


def watch(
    workspace: Workspace,
    request: Request,
    port: int,
    told: Callable[[str], None],
    crashed: Crashed,
) -> None:
    """Watches the applicant or bureau of the request; Stop where the port cannot be had.

    `told` hears the address of the page first, then a line a round. Returns when it is asked to
    stop, after what was being written stands.
    """
    board, stop = Board(), Event()
    prints = Prints(workspace.root, workspace.out)
    listener = listening(port)
    host = f"{ADDRESS}:{listener.getsockname()[1]}"
    hosts = (host, host.replace(ADDRESS, "localhost"))
    token = secrets.token_urlsafe(24)
    view = View(workspace, request.bureau or request.applicant, request.notice, prints)
    rounds = Rounds(workspace, request, board, prints, stop, told, crashed)
    told(f"在浏览器里打开 http://{host}/{token}/")

    def closing() -> None:
        board.closed = True
        stop.set()

    worker = Thread(target=rounds.run, name="docgen watch", daemon=True)
    worker.start()
    try:
        serve(site(board, prints, view, token, hosts, crashed), listener, closing)
    finally:
        closing()
        worker.join(BRIEF)
        if worker.is_alive():
            told("正在收尾…")
            worker.join()
