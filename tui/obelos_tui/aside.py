"""A long computation in a process of its own: the screen stays quick, and it can be given up at once.

A thread would do neither: it shares the interpreter with the thread that draws, and cannot be ended. What goes in and
comes out is pickled, between two processes of this program only.
"""

import pickle
import signal
import subprocess
import sys
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar, cast

from obelos_transcripts import ObelosError

T = TypeVar("T")

# -P, and the search path of this process: nothing is imported from the folder that the editor stands in.
_COMMAND = (
    "import pickle, sys; sys.path[:] = pickle.load(sys.stdin.buffer); "
    "call, arguments = pickle.load(sys.stdin.buffer); pickle.dump(call(*arguments), sys.stdout.buffer)"
)

_MOST = 200
"""Code points of a reason."""


class GivenUp(Exception):
    """The computation was ended by `Aside.give_up` before it had a result."""


class Failed(ObelosError):
    """The computation ended by itself without a result; the message is the reason, on one line."""


class Aside(Generic[T]):
    """One call of a function of a module. It is begun by asking for its result, from a thread that may wait."""

    def __init__(self, call: Callable[..., T], *arguments: object) -> None:
        self._given = pickle.dumps(sys.path) + pickle.dumps((call, arguments))
        self._process: subprocess.Popen[bytes] | None = None
        self._turn = Lock()
        self._given_up = False

    def result(self) -> T:
        """What the call returns.

        Raises:
            GivenUp: It was ended before by `give_up`.
            Failed: It was ended by an error, or by the system.
        """
        with self._turn:
            if self._given_up:
                raise GivenUp
            self._process = process = subprocess.Popen(
                [sys.executable, "-P", "-c", _COMMAND],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,  # on the terminal it would be written across the screen
            )
        found, said = process.communicate(self._given)
        if self._given_up:
            raise GivenUp
        if process.returncode:
            raise Failed(_reason(process.returncode, said.decode("utf-8", "replace")))
        return cast(T, pickle.loads(found))  # noqa: S301 - from our own process

    def give_up(self) -> None:
        """End it, whether it is ready, under way or not yet begun."""
        with self._turn:
            self._given_up = True
            if self._process:
                self._process.kill()


def _reason(status: int, said: str) -> str:
    """Why a process ended: the signal, or the error, which is the last line of what it said."""
    if status < 0:
        name = signal.strsignal(-status) or f"signal {-status}"
        return f"the system ended it ({name}); there may be too little memory"
    lines = said.strip().splitlines()
    return lines[-1].strip()[:_MOST] if lines else f"it ended with status {status}"
