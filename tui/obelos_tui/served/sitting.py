"""One visitor's sitting: a process of Obelos whose screen is in the visitor's browser."""

import asyncio
import json
from asyncio.subprocess import PIPE, Process
from collections.abc import Sequence
from typing import Any

from aiohttp import WSMsgType, web
from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

MOST_COLUMNS, MOST_ROWS = 500, 200
"""Larger screens are taken for this size: a number from outside decides on memory here."""
MOST_TYPED = 1_000_000
"""Code points of one message from the browser; a long paste is one."""
_PATIENCE = 10.0
"""Seconds that a process has to end by itself."""


class Sitting(AppService):
    """A process for one visitor. It is started without a shell, and sends no files."""

    def __init__(self, arguments: Sequence[str], socket: web.WebSocketResponse) -> None:
        self._arguments = arguments
        self._ended = asyncio.Event()
        super().__init__(
            "",
            write_bytes=socket.send_bytes,
            write_str=socket.send_str,
            close=socket.close,  # type: ignore[arg-type]
            download_manager=DownloadManager(),
        )

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        environment = self._build_environment(width=width, height=height)
        process = await asyncio.create_subprocess_exec(
            *self._arguments, stdin=PIPE, stdout=PIPE, stderr=PIPE, env=environment
        )
        self._process, self._stdin = process, process.stdin
        return process

    async def on_data(self, payload: bytes) -> None:
        """Pass on what is drawn; a browser that has gone wants no more."""
        try:
            await super().on_data(payload)
        except (ConnectionError, RuntimeError):
            await self.send_meta({"type": "quit"})

    async def on_meta(self, data: bytes) -> None:
        """Of what the process says besides drawing, only that it has ended, and links, are passed on."""
        said: dict[str, Any] = json.loads(data)
        web_link = str(said.get("url", "")).startswith(("https://", "http://"))
        if said.get("type") == "exit" or (said.get("type") == "open_url" and web_link):
            await super().on_meta(data)

    async def stop(self) -> None:
        """End the process; one that does not end by itself is killed. What was decided is on the disk already."""
        try:
            async with asyncio.timeout(_PATIENCE):
                await super().stop()
                if self._process:
                    await self._process.wait()
        except TimeoutError:
            if self._process and self._process.returncode is None:
                self._process.kill()
                await self._process.wait()

    async def listen(self, socket: web.WebSocketResponse) -> None:
        """Take in what the browser says, until it leaves; what makes no sense is passed over."""
        async for message in socket:
            if message.type != WSMsgType.TEXT or len(message.data) > MOST_TYPED:
                continue
            try:
                said = json.loads(message.data)
            except ValueError:
                continue
            match said:
                case ["stdin", str(typed)]:
                    await self.send_bytes(typed.encode("utf-8", "replace"))
                case ["resize", {"width": int(width), "height": int(height)}]:
                    await self.set_terminal_size(*size(width, height))
                case ["ping", data]:
                    await socket.send_json(["pong", data])
                case ["blur", *_]:
                    await self.blur()
                case ["focus", *_]:
                    await self.focus()


def size(width: int, height: int) -> tuple[int, int]:
    """A size of a screen within reason."""
    return max(20, min(MOST_COLUMNS, width)), max(5, min(MOST_ROWS, height))
