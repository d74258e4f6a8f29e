"""The desk in a browser: who gets in, who does not, and that it is the same desk."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import aiohttp
import pytest

from browser import CHROMIUM, Served, chromium
from editor import Editor
from obelos_tui.demo import make_sample
from obelos_tui.served.sitting import size
from screen import on_screen


@contextmanager
def serving(folder: Path, *options: str) -> Iterator[str]:
    """``obelos serve`` in a folder, from the first line it prints to ctrl+c."""
    line = [sys.executable, "-P", "-m", "obelos_tui", "serve", *options]
    with subprocess.Popen(line, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        assert process.stdout
        try:
            first = process.stdout.readline()
            address = re.search(r"http://\S+", first)
            assert address, first + process.stdout.read()
            yield address[0]
        finally:
            process.send_signal(signal.SIGINT)
            rest = process.stdout.read()
        assert 0 == process.wait(), rest
        assert "Ended. What was decided is kept." in rest


@asynccontextmanager
async def served(folder: Path, *options: str) -> AsyncIterator[Served]:
    """A server on a fresh sample edition."""
    edition = make_sample(folder / "sample")
    with serving(edition.root, *options) as address:
        async with Served(address) as server:
            yield server


@on_screen
async def test_nobody_gets_in_without_the_token_or_from_another_page(tmp_path: Path) -> None:
    """Page, files and websocket alike. The page itself loads nothing from elsewhere."""
    async with served(tmp_path) as server:
        path = f"/{server.token}"

        assert 200 == await server.answers(f"{path}/")
        assert 200 == await server.answers(f"{path}/static/js/textual.js")
        assert 403 == await server.answers("/")
        assert 403 == await server.answers("/static/js/textual.js")
        assert 403 == await server.answers(f"{path[:-1]}/")
        assert 403 == await server.answers(f"{path}x/ws", Origin=server.origin)
        assert 403 == await server.answers(f"{path}/", Host="attacker.example")
        assert 403 == await server.answers(f"{path}/", Origin="http://attacker.example")
        assert 403 == await server.answers(f"{path}/ws")
        assert 403 == await server.answers(f"{path}/static/js/textual.js", Sec_Fetch_Site="cross-site")
        assert 200 == await server.answers(f"{path}/", Sec_Fetch_Site="cross-site")
        assert 403 == await server.answers(f"{path}/static/")
        assert await server.answers(f"{path}/static/%2e%2e/server.py") in (403, 404)
        assert 404 == await server.answers(f"{path}/download/x")
        with pytest.raises(aiohttp.WSServerHandshakeError, match="403"):
            await server.session.ws_connect(f"{server.address}ws", headers={"Origin": "http://attacker.example"})
        async with server.session.get(server.address) as answer:
            page = await answer.text()
            assert "no-referrer" == answer.headers["Referrer-Policy"]
            assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
            assert {server.origin.replace("http", "ws")} == {
                address.split("/" + server.token)[0] for address in re.findall(r"\w+://[^\"]*", page)
            }


@on_screen
async def test_the_second_visitor_of_a_document_reads_only(tmp_path: Path) -> None:
    """Each has a process of their own. What makes no sense from a browser does no harm; what is decided is on disk."""
    async with served(tmp_path, "--as", "Ada Example <ada@example.org>") as server:
        async with server.visited() as first:
            await first.sees("working text", "1/")
            for nonsense in ("{", "[]", ["stdin"], ["resize", {"width": 10**9, "height": -1}], ["stdin", 7], "\0"):
                await first.says(nonsense)
            await first.says(["resize", {"width": 100, "height": 30}])
            async with server.visited() as second:
                await second.sees("working text", "read-only")
                await second.types("r")
                await second.sees("Nothing can be recorded here", "another Obelos")
            await first.types("r")
            await first.sees("Reject")
            await first.types("\r")
            await first.sees("1 decision not yet written")
            await first.types("q")
            await first.is_sent_away()
        ledger = next((tmp_path / "sample" / ".git" / "obelos" / "ledger").glob("*.ledger"))
        assert "Ada Example <ada@example.org>" in ledger.read_text()


def test_a_browser_decides_on_no_memory() -> None:
    """Sizes from outside are kept within reason."""
    assert ((500, 200), (20, 5), (80, 24)) == (size(10**9, 10**9), size(-3, 0), size(80, 24))


def test_a_name_without_an_address_is_refused(editor: Editor) -> None:
    """A decision needs somebody who can be asked about it."""
    assert 2 == editor.types("serve", "--as", "Ada")
    editor.sees("Ada Example <ada@example.org>")


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed here")
@pytest.mark.skipif(os.environ.get("OBELOS_NO_BROWSER") is not None, reason="asked not to start a browser")
@on_screen
async def test_a_real_browser_shows_the_desk_and_nothing_from_elsewhere(tmp_path: Path) -> None:
    """Chromium loads the page, its keys arrive, and every request goes to the server."""
    async with served(tmp_path) as server, chromium(tmp_path / "profile") as browser:
        await browser.does("Emulation.setFocusEmulationEnabled", enabled=True)
        await browser.does("Page.navigate", url=server.address)
        await browser.sees("working text", "witness B", "Keys")
        await browser.presses("?")
        await browser.sees("Keys of this view")
        ours = (server.origin, server.origin.replace("http", "ws"), "data:", "blob:" + server.origin)

        assert not [url for url in browser.requested if not url.startswith(ours)]
        assert not browser.complaints
        picture = await browser.does("Page.captureScreenshot")
        assert 20_000 < len(picture["data"])


def test_a_part_that_is_not_installed_is_named(editor: Editor) -> None:
    """Without the extra the command says how to get it."""
    program = (
        "import sys; sys.modules['textual_serve'] = None\n"
        "import importlib.util; importlib.util.find_spec = lambda name: None\n"
        "from obelos_tui.cli import run; sys.exit(run(['serve']))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=editor.root, check=False)

    assert 3 == done.returncode
    assert "obelos[serve]" in done.stderr
