"""Stopping by ctrl+c: at once while texts are read and checked, never in the middle of what is being printed."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType, TracebackType
from typing import Any, Self


class Interrupts:
    """While it is open, an interrupt that comes within `held` waits until that is over."""

    def __init__(self) -> None:
        self._held = False
        self._asked = False
        self._before: Any = None

    def __enter__(self) -> Self:
        # In other threads there are no signals, and one that is ignored (nohup) stays so.
        if threading.current_thread() is threading.main_thread() and signal.getsignal(signal.SIGINT) != signal.SIG_IGN:
            self._before = signal.signal(signal.SIGINT, self._interrupt)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)

    @contextmanager
    def held(self) -> Iterator[None]:
        """What is done here is done whole.

        Raises:
            KeyboardInterrupt: Afterwards, if one came meanwhile.
        """
        self._held = True
        try:
            yield
        finally:
            self._held = False
        if self._asked:
            raise KeyboardInterrupt

    def _interrupt(self, number: int, frame: FrameType | None) -> None:
        self._asked = True
        if not self._held:
            raise KeyboardInterrupt
