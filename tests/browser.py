"""A browser at the desk: the websocket as a browser speaks it, and a headless Chromium where there is one."""

import asyncio
import base64
import itertools
import json
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Self

import aiohttp
import pyte
from yarl import URL

PATIENCE = 90.0
"""Seconds after which a screen that never shows what is awaited fails the test."""

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)


class Screen:
    """What the bytes for a browser's terminal show."""

    def __init__(self, columns: int, rows: int) -> None:
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)

    def feed(self, data: bytes) -> None:
        """Draw."""
        self._stream.feed(data)

    @property
    def text(self) -> str:
        """What stands on the screen."""
        return "\n".join(line.rstrip() for line in self._screen.display)


class Visitor:
    """Somebody at the other end of the websocket."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, columns: int = 100, rows: int = 30) -> None:
        self._socket = socket
        self.screen = Screen(columns, rows)

    async def sees(self, *words: str) -> None:
        """Take in what is drawn until all of the words stand there."""
        async with asyncio.timeout(PATIENCE):
            while not all(word in self.screen.text for word in words):
                message = await self._socket.receive()
                assert message.type == aiohttp.WSMsgType.BINARY, f"{words} never came:\n{self.screen.text}"
                self.screen.feed(message.data)

    async def types(self, keys: str) -> None:
        """Press keys, as a browser sends them."""
        await self._socket.send_json(["stdin", keys])

    async def says(self, message: object) -> None:
        """Send any message."""
        await self._socket.send_str(message if isinstance(message, str) else json.dumps(message))

    async def is_sent_away(self) -> None:
        """Take in what is drawn until the server closes the connection."""
        async with asyncio.timeout(PATIENCE):
            while (await self._socket.receive()).type == aiohttp.WSMsgType.BINARY:
                pass
        assert self._socket.closed


class Chromium:
    """A page of a headless Chromium, spoken to by its debugging protocol."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, session: str) -> None:
        self._socket, self._session = socket, session
        self._number = itertools.count(1)
        self.screen = Screen(300, 100)
        self.requested: list[str] = []
        self.complaints: list[str] = []

    async def does(self, method: str, **parameters: Any) -> dict[str, Any]:
        """A command, and its answer; what happens meanwhile is noted."""
        number = next(self._number)
        await self._socket.send_json({"id": number, "method": method, "params": parameters, "sessionId": self._session})
        async with asyncio.timeout(PATIENCE):
            while True:
                told = await self._socket.receive_json()
                if told.get("id") == number:
                    assert "error" not in told, told
                    result: dict[str, Any] = told["result"]
                    return result
                self._note(told)

    async def sees(self, *words: str) -> None:
        """Wait until all of the words stand on the terminal in the page."""
        try:
            async with asyncio.timeout(PATIENCE):
                while not all(word in self.screen.text for word in words):
                    self._note(await self._socket.receive_json())
        except TimeoutError:
            shown = f"{self.complaints}\n{self.requested}\n{self.screen.text}"
            raise AssertionError(f"{words} never came; the page shows:\n{shown}") from None

    async def presses(self, key: str) -> None:
        """Press a key of the keyboard."""
        for kind in ("keyDown", "keyUp"):
            text = {"text": key} if kind == "keyDown" else {}
            await self.does("Input.dispatchKeyEvent", type=kind, key=key, **text)

    def _note(self, told: dict[str, Any]) -> None:
        match told.get("method"), told.get("params", {}):
            case "Network.requestWillBeSent", {"request": {"url": url}}:
                self.requested.append(url)
            case "Network.webSocketCreated", {"url": url}:
                self.requested.append(url)
            case "Network.webSocketFrameReceived", {"response": {"opcode": 2, "payloadData": data}}:
                self.screen.feed(base64.b64decode(data))
            case "Log.entryAdded", {"entry": {"level": "error", "text": text}}:
                self.complaints.append(text)
            case "Runtime.exceptionThrown", {"exceptionDetails": details}:
                self.complaints.append(json.dumps(details))


@asynccontextmanager
async def chromium(folder: Path) -> AsyncIterator[Chromium]:
    """A page in a browser of its own, with a profile in a folder."""
    assert CHROMIUM
    process = await asyncio.create_subprocess_exec(
        CHROMIUM,
        *("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--remote-debugging-port=0"),
        *("--no-first-run", "--disable-background-networking", f"--user-data-dir={folder}", "--window-size=1200,800"),
        "about:blank",
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        assert process.stderr
        async with asyncio.timeout(PATIENCE):
            line = b""
            while b"ws://" not in line:
                line = await process.stderr.readline()
                assert line, "Chromium ended"
        address = line.decode().split("listening on ")[1].strip()
        async with aiohttp.ClientSession() as session, session.ws_connect(address, max_msg_size=0) as socket:
            browser = Chromium(socket, "")
            await socket.send_json({"id": 0, "method": "Target.createTarget", "params": {"url": "about:blank"}})
            target = (await _answer(socket, 0))["targetId"]
            attach = {"targetId": target, "flatten": True}
            await socket.send_json({"id": -1, "method": "Target.attachToTarget", "params": attach})
            browser = Chromium(socket, (await _answer(socket, -1))["sessionId"])
            for domain in ("Network", "Log", "Runtime", "Page"):
                await browser.does(f"{domain}.enable")
            yield browser
    finally:
        process.kill()
        await process.wait()


async def _answer(socket: aiohttp.ClientWebSocketResponse, number: int) -> dict[str, Any]:
    while (told := await socket.receive_json()).get("id") != number:
        pass
    result: dict[str, Any] = told["result"]
    return result


class Served:
    """A server on the sample edition, in this process."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.origin = address.rsplit("/", 2)[0]
        self.token = address.rsplit("/", 2)[1]
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession()
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._session:
            await self._session.close()

    @property
    def session(self) -> aiohttp.ClientSession:
        """What asks."""
        assert self._session
        return self._session

    async def answers(self, path: str, **headers: str) -> int:
        """The status of an answer."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        async with self.session.get(URL(self.origin + path, encoded=True), headers=named) as answer:
            return answer.status

    @asynccontextmanager
    async def visited(self, document: str = "") -> AsyncIterator[Visitor]:
        """A visitor comes, and goes."""
        address = f"{self.address}ws?width=100&height=30"
        async with self.session.ws_connect(address, headers={"Origin": self.origin}) as socket:
            yield Visitor(socket)
