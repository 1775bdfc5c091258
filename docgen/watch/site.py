"""The page's addresses: below a random word, for this machine's browser alone, to read only.

Whoever asks must name this machine in Host (a page elsewhere that has its name point here does
not), know the word, and ask with GET. Answers come from memory: no address names a file.
"""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import AsyncIterator, Collection
from typing import TypeAlias

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from docgen.watch.board import Board, Crashed
from docgen.watch.prints import Prints
from docgen.watch.view import FILES, View, static

Application: TypeAlias = ASGIApp
LOOK, BEAT = 0.05, 15.0  # seconds between two looks at the board, and two signs of life
COMMON = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
CLOSED = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
OWN = "; ".join(f"{kind}-src 'self'" for kind in ("script", "style", "img", "connect", "frame"))
PAGE = f"{CLOSED}; {OWN}"
VERDICT = CLOSED.replace("ancestors 'none'", "ancestors 'self'") + "; style-src 'unsafe-inline'"
WAITING = "<!DOCTYPE html><meta charset=utf-8><title>检查报告</title><p>正在核验…</p>"


def site(
    board: Board, prints: Prints, view: View, token: str, hosts: Collection[str], crashed: Crashed
) -> Application:
    """The application; `hosts` are the values of Host that are answered, with the port."""

    def page(request: Request) -> Response:
        html = view.page(board.state, request.query_params.get("d", ""))
        return _html(html, PAGE)

    def verdict(request: Request) -> Response:
        return _html(board.state.page or WAITING, VERDICT)

    def file(request: Request) -> Response:
        name = request.path_params["name"]
        return Response(static(name), media_type=FILES[name]) if name in FILES else _none()

    def picture(request: Request) -> Response:
        given = request.path_params
        made = prints.picture(given["sha"], given["number"])
        return Response(made, media_type="image/png") if made else _none()

    def pdf(request: Request) -> Response:
        data = prints.pdf(request.path_params["sha"])
        return Response(data, media_type="application/pdf") if data else _none()

    def events(request: Request) -> Response:
        return StreamingResponse(_numbers(board), media_type="text/event-stream")

    inner = Starlette(
        routes=[
            Route("/", page, methods=["GET"]),
            Route("/verdict", verdict, methods=["GET"]),
            Route("/events", events, methods=["GET"]),
            Route("/page/{sha}/{number:int}.png", picture, methods=["GET"]),
            Route("/pdf/{sha}.pdf", pdf, methods=["GET"]),
            Route("/{name}", file, methods=["GET"]),
        ]
    )
    inner.router.redirect_slashes = False
    return _Guard(inner, token, hosts, crashed)


class _Guard:
    """Lets through what may ask; the application behind it never sees the word."""

    def __init__(
        self, inner: Application, token: str, hosts: Collection[str], crashed: Crashed
    ) -> None:
        self._inner, self._token, self._crashed = inner, token.encode(), crashed
        self._hosts = frozenset(host.encode() for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        answer = self._refusal(scope)
        if answer is None:
            word = f"/{self._token.decode()}"
            scope = {**scope, "path": scope["path"][len(word) :], "root_path": ""}
            answer = self._inner
        try:
            await answer(scope, receive, _with_headers(send))
        except Exception as failure:  # the application has answered 500 already
            self._crashed(failure)

    def _refusal(self, scope: Scope) -> Application | None:
        named = [value for name, value in scope["headers"] if name == b"host"]
        if len(named) != 1 or named[0].lower() not in self._hosts:
            return PlainTextResponse("只在本机打开\n", 421)
        word, slash, _ = scope["path"].removeprefix("/").partition("/")
        known = hmac.compare_digest(word.encode("utf-8", "surrogatepass"), self._token)
        if not known or not slash:
            return _none()
        if scope["method"] != "GET":
            return PlainTextResponse("只能看\n", 405, {"Allow": "GET"})
        return None


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            there = {name for name, _ in message["headers"]}
            more = {**COMMON, "Content-Security-Policy": CLOSED}
            added = [(n.lower().encode(), v.encode()) for n, v in more.items()]
            kept = [(name, value) for name, value in added if name not in there]
            message = {**message, "headers": [*message["headers"], *kept]}
        await send(message)

    return sending


async def _numbers(board: Board) -> AsyncIterator[str]:
    """The number of the State, each time that it changes."""
    told, quiet = -1, 0.0
    while not board.closed:
        if board.state.number != told:
            told, quiet = board.state.number, 0.0
            yield f"data: {told}\n\n"
        elif quiet >= BEAT:
            quiet = 0.0
            yield ": \n\n"
        await asyncio.sleep(LOOK)
        quiet += LOOK


def _html(text: str, policy: str) -> Response:
    data = text.encode("utf-8", "replace")
    return Response(data, headers={"Content-Security-Policy": policy}, media_type="text/html")


def _none() -> Response:
    return PlainTextResponse("没有这一页\n", 404)
