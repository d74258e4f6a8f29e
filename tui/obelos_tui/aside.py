"""A long computation in a process of its own: the screen stays quick, and it can be given up at once.

A thread would do neither: it shares the interpreter with the thread that draws, and cannot be ended. What goes in and
comes out is pickled, between two processes of this program only.
"""

import pickle
import signal
import subprocess
import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from tempfile import TemporaryFile
from threading import Lock
from typing import IO, Any, Generic, TypeVar, cast

from obelos_transcripts import ObelosError

T = TypeVar("T")

# -P, and the search path of this process: nothing is imported from the folder that the editor stands in.
_COMMAND = (
    "import pickle, sys; sys.path[:] = pickle.load(sys.stdin.buffer); "
    "call, arguments = pickle.load(sys.stdin.buffer); call(*arguments)"
)

_MOST = 200
"""Code points of a reason."""


class GivenUp(Exception):
    """The computation was ended by `Aside.give_up` before it had a result."""


class Failed(ObelosError):
    """The computation ended by itself without a result; the message is the reason, on one line."""


class Aside(Generic[T]):
    """One call of a function of a module. It is begun by asking for its results, from a thread that may wait."""

    def __init__(self, call: Callable[..., T | Iterator[T]], *arguments: object) -> None:
        """``call`` returns its result, or gives one after another as a generator."""
        self._given = pickle.dumps(sys.path) + pickle.dumps((_run, (call, arguments)))
        self._process: subprocess.Popen[bytes] | None = None
        self._turn = Lock()
        self._given_up = False

    def result(self) -> T:
        """What the call returns.

        Raises:
            GivenUp: It was ended before by `give_up`.
            Failed: It was ended by an error, or by the system.
        """
        (found,) = self.results()
        return found

    def results(self) -> Generator[T, None, None]:
        """What the call gives, each as soon as it is there; raises as `result` does."""
        with TemporaryFile() as said:  # a pipe that nobody reads would stop it; the screen must not be written across
            with self._turn:
                if self._given_up:
                    raise GivenUp
                self._process = process = subprocess.Popen(
                    [sys.executable, "-P", "-c", _COMMAND],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=said,
                )
            with process:
                _give(process.stdin, self._given)
                while process.stdout and (one := _next(process.stdout)):
                    yield one[0]
            if self._given_up:
                raise GivenUp
            if process.returncode:
                said.seek(0)
                raise Failed(_reason(process.returncode, said.read().decode("utf-8", "replace")))

    def give_up(self) -> None:
        """End it, whether it is ready, under way or not yet begun."""
        with self._turn:
            self._given_up = True
            if self._process:
                self._process.kill()


def _run(call: Callable[..., object], arguments: tuple[object, ...]) -> None:
    found = call(*arguments)
    if not isinstance(found, Generator):
        _hand_over(found)
        return
    for one in found:
        _hand_over(one)


def _give(pipe: IO[bytes] | None, data: bytes) -> None:
    if pipe:
        with pipe, suppress(BrokenPipeError):  # it has ended; whoever reads is told why
            pipe.write(data)


def _hand_over(result: object) -> None:
    pickle.dump((result,), sys.stdout.buffer)
    sys.stdout.buffer.flush()


def _next(pipe: IO[bytes]) -> tuple[Any] | None:
    try:
        return cast(tuple[Any], pickle.load(pipe))  # noqa: S301 - from our own process
    except (EOFError, pickle.UnpicklingError):  # it ended, or was ended in the midst of a word
        return None


def _reason(status: int, said: str) -> str:
    """Why a process ended: the signal, or the error, which is the last line of what it said."""
    if status < 0:
        name = signal.strsignal(-status) or f"signal {-status}"
        return f"the system ended it ({name}); there may be too little memory"
    lines = said.strip().splitlines()
    return lines[-1].strip()[:_MOST] if lines else f"it ended with status {status}"
