"""Checking many texts: from what earlier runs kept, and on all processors, in the order given, in little memory.

A text is read when its turn comes near, and forgotten when its findings are handed over: memory follows the largest
texts, not their number.
"""

import os
import signal
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Generic, TypeVar

from obelos_transcripts import encode
from obelos_transcripts.details import Details

from .engine import Checker
from .kept import KeptFindings, key_of
from .model import Finding, Level
from .reading import NOTHING_KNOWN
from .recipe import Recipe

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

_T = TypeVar("_T")

ENOUGH = 3_000_000
"""Code points that have to be checked before other processes are started: each takes a while to come up."""
_TOGETHER = 200_000
"""Code points sent to a process at once."""


@dataclass(frozen=True)
class Task(Generic[_T]):
    """A text to check.

    Attributes:
        subject: What the caller wants to know it by.
        level: The weakest level reported, where it is not the recipe's.
    """

    subject: _T
    text: str
    name: str = ""
    details: Details = NOTHING_KNOWN
    level: Level | None = None


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
        self._checkers = _Checkers(recipe)
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
            chunk.keys = [self._key(one) for one in tasks]
            kept = ((place, self._kept.get(key)) for place, key in enumerate(chunk.keys))
            chunk.known = {place: findings for place, findings in kept if findings is not None}
        asked = [_question(one) for place, one in enumerate(tasks) if place not in chunk.known]
        if not asked:
            return chunk
        if self._pool is None and self._processes > 1 and self._checked >= ENOUGH:
            self._pool = _pool(self._processes, self._recipe)
        if self._pool:
            chunk.answer = self._pool.submit(_check, asked)
        else:
            self._checked += sum(len(text) for text, *_ in asked)
            self._fill(chunk, self._checkers.answers(asked))
        return chunk

    def _key(self, task: Task[_T]) -> bytes:
        level = (task.level or self._recipe.level).encode()
        return key_of(self._digest + level, encode(task.text), task.name, task.details)

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


def _pool(processes: int, recipe: Recipe) -> "ProcessPoolExecutor":
    from concurrent.futures import ProcessPoolExecutor  # here: a run over a few texts need not load them
    from multiprocessing import get_context

    return ProcessPoolExecutor(processes, get_context("spawn"), _prepare, (recipe,))


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


_Question = tuple[str, str, Details, Level | None]


def _question(task: Task[_T]) -> _Question:
    return task.text, task.name, task.details, task.level


class _Checkers:
    """The checkers of a recipe, one for each level that is asked for, made when it is."""

    def __init__(self, recipe: Recipe) -> None:
        self._recipe = recipe
        self._made: dict[Level, Checker] = {}

    def answers(self, asked: Iterable[_Question]) -> list[list[Finding]]:
        return [self._at(level or self._recipe.level).findings(text, name, about) for text, name, about, level in asked]

    def _at(self, level: Level) -> Checker:
        if level not in self._made:
            self._made[level] = replace(self._recipe, level=level).checker()
        return self._made[level]


_here: list[_Checkers] = []
"""In a process of the pool: its checkers."""


def _prepare(recipe: Recipe) -> None:
    # Ctrl+C reaches every process of the terminal; the first one tells the others to stop.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _here.append(_Checkers(recipe))


def _check(asked: list[_Question]) -> list[list[Finding]]:
    return _here[0].answers(asked)
