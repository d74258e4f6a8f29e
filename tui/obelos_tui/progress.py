"""How far a long run has come: one line on the terminal, drawn only while nothing else is written.

Nothing is drawn where standard error is no terminal, or in the first half second.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, RLock, Thread
from time import monotonic
from types import TracebackType
from typing import Self

from obelos_transcripts import visible

_BEGIN = 0.5
_EVERY = 0.1
_BAR = 24


class Progress:
    """A bar, what is done of how many, how many a second, what is at hand."""

    def __init__(self, total: int) -> None:
        self._total = total
        self.done = 0
        self._at_hand = ""
        self._since = monotonic()
        self._lock = RLock()
        self._over = Event()
        self._drawn = False
        self._thread = Thread(target=self._draw_on, daemon=True) if sys.stderr.isatty() else None

    def __enter__(self) -> Self:
        if self._thread:
            self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._over.set()
        if self._thread:
            self._thread.join()
        self._clear()

    def at(self, name: str) -> None:
        """Something is at hand now."""
        self._at_hand = name

    def step(self) -> None:
        """One more is done."""
        self.done += 1

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Keep out of the way of what is printed here."""
        with self._lock:
            drawn = self._drawn
            self._clear()
            yield
            if drawn:
                self.draw()

    def _draw_on(self) -> None:
        # The wait ends at once when the run is over.
        wait = _BEGIN
        while not self._over.wait(wait):
            wait = _EVERY
            with self._lock:
                self.draw()

    def draw(self) -> None:
        """Draw the line as things stand."""
        filled = _BAR * self.done // max(1, self._total)
        rate = self.done / max(0.001, monotonic() - self._since)
        line = f"{'█' * filled}{'░' * (_BAR - filled)} {self.done:,} of {self._total:,} · {rate:,.0f} a second"
        line = fitting(f"{line} · {self._at_hand}", _columns() - 1)
        sys.stderr.write(f"\r{line}\x1b[K")
        sys.stderr.flush()
        self._drawn = True

    def _clear(self) -> None:
        if self._drawn:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
            self._drawn = False


def _columns() -> int:
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns or 80
    except OSError:
        return 80


def fitting(text: str, cells: int) -> str:
    """The text made visible, cut to so many cells of a terminal."""
    text = visible(text)
    if text.isascii():
        return text[:cells]
    from rich.cells import set_cell_size

    return set_cell_size(text, cells).rstrip()
