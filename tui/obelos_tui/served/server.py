"""The server: a page, the files that the page needs, and for each visitor a process behind a websocket."""

import asyncio
import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from string import Template

import textual_serve
from aiohttp import web

from obelos_transcripts import BadInput

from .guard import add_headers, guard
from .sitting import Sitting, size

MOST_SITTINGS = 8
"""Visitors at a time; each is a process of some 60 MB."""
_STATIC = Path(textual_serve.__file__).parent / "static"


@dataclass
class Server:
    """What is served to whom.

    Attributes:
        arguments: The command that a visitor's process is started with.
        host: Address that is listened on.
        port: 0 for one that is free.
    """

    arguments: Sequence[str]
    title: str
    token: str
    host: str = "127.0.0.1"
    port: int = 0
    _sittings: set[web.WebSocketResponse] = field(default_factory=set)

    def app(self) -> web.Application:
        """The routes; all lie below the token."""
        app = web.Application(middlewares=[guard(self.token, self.host)], client_max_size=1024)
        app.on_response_prepare.append(add_headers)
        app.on_shutdown.append(self._end_sittings)
        app.router.add_get(f"/{self.token}/", self._page)
        app.router.add_get(f"/{self.token}/page.js", self._script)
        app.router.add_get(f"/{self.token}/ws", self._socket)
        app.router.add_static(f"/{self.token}/static", _STATIC, show_index=False, follow_symlinks=False)
        return app

    async def run(self, told: Callable[[str], None]) -> None:
        """Serve until the process is told to end; ``told`` gets the address when the server is there.

        Raises:
            BadInput: The address cannot be listened on.
        """
        over = asyncio.Event()
        loop = asyncio.get_running_loop()
        for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(one, over.set)
        runner = web.AppRunner(self.app(), access_log=None, handle_signals=False)
        await runner.setup()
        try:
            try:
                await web.TCPSite(runner, self.host, self.port, shutdown_timeout=2).start()
            except OSError as error:
                what = f"cannot be listened on: {error.strerror or error}. Choose another --port, or leave it out"
                raise BadInput.at(f"{self.host}:{self.port}", None, what) from error
            host, port = runner.addresses[0][:2]
            shown = f"[{host}]" if ":" in host else host
            told(f"http://{shown}:{port}/{self.token}/")
            await over.wait()
        finally:
            await runner.cleanup()

    async def _page(self, request: web.Request) -> web.Response:
        asked = request.query.get("fontsize", "")
        page = Template(files("obelos_tui.served").joinpath("page.html").read_text("utf-8"))
        text = page.substitute(
            title=_as_html(self.title),
            socket=_as_html(f"ws://{request.host}/{self.token}/ws"),
            size=min(60, max(6, int(asked))) if asked.isascii() and asked.isdigit() and len(asked) < 4 else 16,
        )
        return web.Response(text=text, content_type="text/html")

    async def _script(self, _: web.Request) -> web.Response:
        text = files("obelos_tui.served").joinpath("page.js").read_text("utf-8")
        return web.Response(text=text, content_type="text/javascript")

    async def _socket(self, request: web.Request) -> web.StreamResponse:
        if len(self._sittings) >= MOST_SITTINGS:
            return web.Response(status=503, text=f"{MOST_SITTINGS} visitors are here already.\n")
        socket = web.WebSocketResponse(heartbeat=15)
        self._sittings.add(socket)
        try:
            await socket.prepare(request)
            sitting = Sitting(self.arguments, socket)
            try:
                await sitting.start(*size(_whole(request, "width", 80), _whole(request, "height", 24)))
                await sitting.listen(socket)
            finally:
                await sitting.stop()
        finally:
            self._sittings.discard(socket)
        return socket

    async def _end_sittings(self, _: web.Application) -> None:
        for socket in tuple(self._sittings):
            await socket.close(message=b"the server ends")


def _whole(request: web.Request, name: str, usual: int) -> int:
    given = request.query.get(name, "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 6 else usual


def _as_html(text: str) -> str:
    from html import escape

    from obelos_transcripts import visible

    return escape(visible(text))
