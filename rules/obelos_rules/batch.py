"""Checking many texts: from what earlier runs kept, and on all processors, in the order given, in little memory.

A text is read when its turn comes near, and forgotten when its findings are handed over: memory follows the largest
texts, not their number.
"""

import os
import signal
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from multiprocessing import get_context
from typing import Generic, TypeVar

from obelos_transcripts import encode
from obelos_transcripts.details import Details

from .engine import Checker
from .kept import KeptFindings, key_of
from .model import Finding
from .reading import NOTHING_KNOWN
from .recipe import Recipe

_T = TypeVar("_T")

ENOUGH = 3_000_000
"""Code points that have to be checked before other processes are started: each takes a while to come up."""
_TOGETHER = 200_000
"""Code points sent to a process at once."""


@dataclass(frozen=True)
class Task(Generic[_T]):
    """A text to check, and what the caller wants to know it by."""

    subject: _T
    text: str
    name: str = ""
    details: Details = NOTHING_KNOWN


@dataclass
class _Chunk(Generic[_T]):
    """Some texts on their way: findings that are known by the place of the text, and the answer for the others."""

    tasks: list[Task[_T]]
    keys: list[bytes]
    known: dict[int, list[Finding]]
    answer: "Future[list[list[Finding]]] | None" = None


class Batch:
    """A run over many texts with one recipe."""

    def __init__(self, recipe: Recipe, *, kept: KeptFindings | None = None, processes: int = 0) -> None:
        """Prepare a run.

        Args:
            recipe: Which rules.
            kept: Findings of earlier runs.
            processes: How many to work with; 0 for one on each processor, 1 for this one alone.

        Raises:
            BadInput: With every problem of every rule file.
        """
        self._recipe = recipe
        self._kept = kept
        self._digest = recipe.digest() if kept else b""
        self._processes = processes or _processors()
        self._pool: ProcessPoolExecutor | None = None
        self._checked = 0

    def run(self, tasks: Iterable[Task[_T]]) -> Generator[tuple[Task[_T], list[Finding]], None, None]:
        """Each task with its findings, in the order given. Whoever stops early stops the processes."""
        flying: deque[_Chunk[_T]] = deque()
        try:
            for tasks_together in _together(tasks):
                flying.append(self._begun(tasks_together))
                while len(flying) > (2 * self._processes if self._pool else 0):
                    yield from self._finished(flying.popleft())
            while flying:
                yield from self._finished(flying.popleft())
        finally:
            if self._pool:
                self._pool.shutdown(cancel_futures=True)
                self._pool = None

    def _begun(self, tasks: list[Task[_T]]) -> _Chunk[_T]:
        chunk = _Chunk(tasks, [], {})
        if self._kept:
            chunk.keys = [key_of(self._digest, encode(one.text), one.name, one.details) for one in tasks]
            kept = ((place, self._kept.get(key)) for place, key in enumerate(chunk.keys))
            chunk.known = {place: findings for place, findings in kept if findings is not None}
        asked = [(one.text, one.name, one.details) for place, one in enumerate(tasks) if place not in chunk.known]
        if not asked:
            return chunk
        if self._pool is None and self._processes > 1 and self._checked >= ENOUGH:
            self._pool = ProcessPoolExecutor(self._processes, get_context("spawn"), _prepare, (self._recipe,))
        if self._pool:
            chunk.answer = self._pool.submit(_check, asked)
        else:
            self._checked += sum(len(text) for text, _, _ in asked)
            self._fill(chunk, [self._checker.findings(*one) for one in asked])
        return chunk

    @cached_property
    def _checker(self) -> Checker:
        return self._recipe.checker()

    def _finished(self, chunk: _Chunk[_T]) -> Iterator[tuple[Task[_T], list[Finding]]]:
        if chunk.answer:
            self._fill(chunk, chunk.answer.result())
        for place, task in enumerate(chunk.tasks):
            yield task, chunk.known[place]

    def _fill(self, chunk: _Chunk[_T], answers: list[list[Finding]]) -> None:
        missing = [place for place in range(len(chunk.tasks)) if place not in chunk.known]
        for place, findings in zip(missing, answers, strict=True):
            chunk.known[place] = findings
            if self._kept:
                self._kept.put(chunk.keys[place], findings)


def _together(tasks: Iterable[Task[_T]]) -> Iterator[list[Task[_T]]]:
    found: list[Task[_T]] = []
    size = 0
    for task in tasks:
        found.append(task)
        size += len(task.text)
        if size >= _TOGETHER:
            yield found
            found, size = [], 0
    if found:
        yield found


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


_here: list[Checker] = []
"""In a process of the pool: its checker."""


def _prepare(recipe: Recipe) -> None:
    # Ctrl+C reaches every process of the terminal; the first one tells the others to stop.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _here.append(recipe.checker())


def _check(asked: list[tuple[str, str, Details]]) -> list[list[Finding]]:
    return [_here[0].findings(*one) for one in asked]
