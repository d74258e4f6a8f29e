"""A real pseudo-terminal with Obelos in it, read as a person reads it."""

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import pyte

PATIENCE = 20.0
"""Seconds after which a screen that never shows what is awaited fails the test."""

KEYS = {"enter": "\r", "esc": "\x1b", "tab": "\t", "down": "\x1b[B", "ctrl+s": "\x13", "ctrl+q": "\x11"}


_MODES = {
    "the other screen": (b"\x1b[?1049h", b"\x1b[?1049l"),
    "the cursor": (b"\x1b[?25l", b"\x1b[?25h"),
    "the mouse": (b"\x1b[?1003h", b"\x1b[?1003l"),
    "pasting": (b"\x1b[?2004h", b"\x1b[?2004l"),
}
"""What a full-screen program asks of a terminal: how it begins, and how it ends."""


class Terminal:
    """Obelos running in a pseudo-terminal of a given size.

    Attributes:
        raw: Every byte that reached the terminal.
    """

    def __init__(self, folder: Path, *arguments: str, columns: int = 80, rows: int = 24) -> None:
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self.raw = b""
        self.pid, self._handle = pty.fork()
        if self.pid == 0:
            os.chdir(folder)
            program = "from obelos_tui.cli import main; main()"
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            # Without the sizes that readline exports in the test runner, which would be believed before the terminal.
            around = {key: value for key, value in os.environ.items() if key not in ("COLUMNS", "LINES")}
            around |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
            os.execve(sys.executable, [sys.executable, "-c", program, *arguments], around)  # noqa: S606

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()

    @property
    def text(self) -> str:
        """What stands on the screen."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    def sees(self, *words: str) -> None:
        """Read until all of the words stand on the screen."""
        end = time.monotonic() + PATIENCE
        while not all(word in self.text for word in words):
            left = end - time.monotonic()
            assert left > 0, f"{[w for w in words if w not in self.text]} never came; the screen shows:\n{self.text}"
            if not self._read(left):
                break
        missing = [word for word in words if word not in self.text]
        assert not missing, f"Obelos ended without {missing}; the screen shows:\n{self.text}"

    def presses(self, *keys: str) -> None:
        """Press keys, named or as they are."""
        for key in keys:
            os.write(self._handle, KEYS.get(key, key).encode())

    def ends(self) -> int:
        """Read until Obelos ends; its exit code."""
        end = time.monotonic() + PATIENCE
        while self._read(max(0.0, end - time.monotonic())):
            assert time.monotonic() < end, f"Obelos did not end; the screen shows:\n{self.text}"
        _, status = os.waitpid(self.pid, 0)
        self.pid = 0
        return os.waitstatus_to_exitcode(status)

    @property
    def is_as_before(self) -> bool:
        """Whether the terminal reads line by line with an echo again, and shows its own screen and cursor."""
        local = termios.tcgetattr(self._handle)[3]
        last = {name: max(self.raw.rfind(on), self.raw.rfind(off)) for name, (on, off) in _MODES.items()}
        ended = all(self.raw[last[name] :].startswith(off) for name, (_, off) in _MODES.items() if last[name] >= 0)
        return bool(local & termios.ICANON and local & termios.ECHO) and ended

    def gets(self, number: signal.Signals) -> None:
        """Send a signal to Obelos."""
        os.kill(self.pid, number)

    def stops(self) -> None:
        """Wait until Obelos has stopped itself, to be continued."""
        end = time.monotonic() + PATIENCE
        while os.waitpid(self.pid, os.WUNTRACED | os.WNOHANG)[0] == 0:
            assert time.monotonic() < end, "Obelos did not stop"
            self._read(0.05)
        while select.select([self._handle], [], [], 0)[0]:
            self._read(0)

    def closes(self) -> int:
        """Close the window; the exit code of Obelos."""
        os.close(self._handle)
        end, status = time.monotonic() + PATIENCE, None
        while status is None:
            assert time.monotonic() < end, "Obelos did not end"
            ended, state = os.waitpid(self.pid, os.WNOHANG)
            status = os.waitstatus_to_exitcode(state) if ended else None
            select.select([], [], [], 0.02)
        self.pid = 0
        return status

    def kill(self) -> None:
        """``kill -9``, as a power cut or an impatient person would."""
        if self.pid:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
            self.pid = 0
            with suppress(OSError):  # a window may be closed already
                os.close(self._handle)

    def _read(self, seconds: float) -> bool:
        """Take in what the terminal gets next; False when the program has ended."""
        ready, _, _ = select.select([self._handle], [], [], seconds)
        if not ready:
            return True
        try:
            data = os.read(self._handle, 65536)
        except OSError:
            return False
        self.raw += data
        self._stream.feed(data)
        return bool(data)
