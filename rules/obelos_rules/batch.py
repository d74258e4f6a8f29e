"""Asking many texts: from what earlier runs kept, and on all processors, in the order given, in little memory.

A text is read when its turn comes near, and forgotten when its findings are handed over: memory follows the largest
texts, not their number.
"""

import os
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from obelos_transcripts import encode, read_layers
from obelos_transcripts.details import Details

from .engine import Checker, Given
from .kept import KeptFindings, key_of
from .kept_packs import program
from .model import Finding, Level, Rule
from .reading import NOTHING_KNOWN, Reading
from .recipe import Recipe
from .series import Facts, facts_of

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

_T = TypeVar("_T")
_V = TypeVar("_V")

ENOUGH = 12_000_000
"""Code points that have to be checked before other processes are started: each takes a while to come up."""
_TOGETHER = 200_000
"""Code points sent to a process at once."""
_EACH = 2_000
"""What asking about a text takes however short it is, in the code points that could be checked meanwhile."""


@dataclass(frozen=True)
class Task(Generic[_T]):
    """A text to check.

    Attributes:
        subject: What the caller wants to know it by.
        level: The weakest level reported, where it is not the recipe's.
        witnesses: The other texts that carry the document, by siglum.
    """

    subject: _T
    text: str
    name: str = ""
    details: Details = NOTHING_KNOWN
    level: Level | None = None
    witnesses: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Job(Generic[_V]):
    """What is asked of each text: in this process, in another one, and of what is kept."""

    here: "Callable[[list[_Question]], list[_V]]"
    there: "Callable[[list[_Question]], list[_V]]"
    key: Callable[[Task[Any]], bytes]
    get: Callable[[KeptFindings, bytes], _V | None]
    put: Callable[[KeptFindings, bytes, _V], None]


@dataclass
class _Chunk(Generic[_T, _V]):
    """Some texts on their way: answers that are known by the place of the text, and what is to come for the others."""

    tasks: list[Task[_T]]
    keys: list[bytes]
    known: dict[int, _V]
    answer: "Future[list[_V]] | None" = None


class Batch:
    """A run over many texts with one recipe."""

    def __init__(
        self,
        recipe: Recipe,
        *,
        rules: Sequence[Rule] | None = None,
        kept: KeptFindings | None = None,
        processes: int = 0,
    ) -> None:
        """Prepare a run.

        Args:
            recipe: Which rules.
            rules: The rules of the recipe, where they are at hand.
            kept: Findings of earlier runs.
            processes: How many to work with; 0 for one on each processor, 1 for this one alone.

        Raises:
            BadInput: With every problem of every rule file.
        """
        self._recipe = recipe
        self._kept = kept
        self._digest = recipe.digest() if kept else b""
        self._checkers = _Checkers(recipe, rules)
        self._processes = processes or _processors()
        self._pool: ProcessPoolExecutor | None = None
        self._checked = 0

    def run(self, tasks: Iterable[Task[_T]]) -> Generator[tuple[Task[_T], list[Finding]], None, None]:
        """Each task with its findings, in the order given. Whoever stops early stops the processes."""
        job = _Job(self._checkers.answers, _check, self._key, KeptFindings.get, KeptFindings.put)
        try:
            yield from self._over(tasks, job)
        finally:
            self.close()

    def facts(self, tasks: Iterable[Task[_T]]) -> Iterator[tuple[Task[_T], Facts]]:
        """Each task with what a series needs to know of its document, in the order given; then `run` or `close`."""
        job = _Job(_facts, _facts, self._facts_key, KeptFindings.get_facts, KeptFindings.put_facts)
        return self._over(tasks, job)

    def close(self) -> None:
        """Stop the processes, if any were started."""
        if self._pool:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def _over(self, tasks: Iterable[Task[_T]], job: _Job[_V]) -> Iterator[tuple[Task[_T], _V]]:
        flying: deque[_Chunk[_T, _V]] = deque()
        for tasks_together in _together(tasks):
            flying.append(self._begun(tasks_together, job))
            while len(flying) > (2 * self._processes if self._pool else 0):
                yield from self._finished(flying.popleft(), job)
        while flying:
            yield from self._finished(flying.popleft(), job)

    def _begun(self, tasks: list[Task[_T]], job: _Job[_V]) -> _Chunk[_T, _V]:
        chunk: _Chunk[_T, _V] = _Chunk(tasks, [], {})
        if self._kept:
            chunk.keys = [job.key(one) for one in tasks]
            kept = ((place, job.get(self._kept, key)) for place, key in enumerate(chunk.keys))
            chunk.known = {place: known for place, known in kept if known is not None}
        asked = [_question(one) for place, one in enumerate(tasks) if place not in chunk.known]
        if not asked:
            return chunk
        if self._pool is None and self._processes > 1 and self._checked >= ENOUGH:
            self._pool = _pool(self._processes, self._recipe)
        if self._pool:
            chunk.answer = self._pool.submit(job.there, asked)
        else:
            self._checked += sum(map(_length, tasks))
            self._fill(chunk, job.here(asked), job)
        return chunk

    def _key(self, task: Task[_T]) -> bytes:
        level = (task.level or self._recipe.level).encode()
        return key_of(self._digest + level, encode(task.text), task.name, task.details, task.witnesses)

    def _facts_key(self, task: Task[_T]) -> bytes:
        return key_of(sha256(b"facts" + program()).digest(), encode(task.text), task.name, task.details)

    def _finished(self, chunk: _Chunk[_T, _V], job: _Job[_V]) -> Iterator[tuple[Task[_T], _V]]:
        if chunk.answer:
            self._fill(chunk, chunk.answer.result(), job)
        for place, task in enumerate(chunk.tasks):
            yield task, chunk.known[place]

    def _fill(self, chunk: _Chunk[_T, _V], answers: list[_V], job: _Job[_V]) -> None:
        missing = [place for place in range(len(chunk.tasks)) if place not in chunk.known]
        for place, answer in zip(missing, answers, strict=True):
            chunk.known[place] = answer
            if self._kept:
                job.put(self._kept, chunk.keys[place], answer)


def _together(tasks: Iterable[Task[_T]]) -> Iterator[list[Task[_T]]]:
    found: list[Task[_T]] = []
    size = 0
    for task in tasks:
        found.append(task)
        size += _length(task)
        if size >= _TOGETHER:
            yield found
            found, size = [], 0
    if found:
        yield found


def _length(task: Task[Any]) -> int:
    return _EACH + len(task.text) + sum(map(len, task.witnesses.values()))


def _pool(processes: int, recipe: Recipe) -> "ProcessPoolExecutor":
    from concurrent.futures import ProcessPoolExecutor  # here: a run over a few texts need not load them
    from multiprocessing import get_context

    return ProcessPoolExecutor(processes, get_context("spawn"), _prepare, (recipe,))


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


_Question = tuple[Level | None, Given]


def _question(task: Task[_T]) -> _Question:
    return task.level, Given(task.text, task.name, task.details, dict(task.witnesses))


class _Checkers:
    """The checkers of a recipe, one for each level that is asked for, made when it is."""

    def __init__(self, recipe: Recipe, rules: Sequence[Rule] | None = None) -> None:
        self._recipe = recipe
        self._rules = rules
        self._made: dict[Level, Checker] = {}

    def answers(self, asked: Sequence[_Question]) -> list[list[Finding]]:
        places: dict[Level, list[int]] = {}
        for place, (level, _) in enumerate(asked):
            places.setdefault(level or self._recipe.level, []).append(place)
        found: dict[int, list[Finding]] = {}
        for level, own in places.items():
            found.update(zip(own, self._at(level).findings_of(asked[place][1] for place in own), strict=True))
        return [found[place] for place in range(len(asked))]

    def _at(self, level: Level) -> Checker:
        if level not in self._made:
            if self._rules is None:
                self._rules = self._recipe.rules()
            self._made[level] = replace(self._recipe, level=level).checker(self._rules)
        return self._made[level]


_here: list[_Checkers] = []
"""In a process of the pool: its checkers."""


def _prepare(recipe: Recipe) -> None:
    # Ctrl+C reaches every process of the terminal; the first one tells the others to stop.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _here.append(_Checkers(recipe))


def _check(asked: list[_Question]) -> list[list[Finding]]:
    return _here[0].answers(asked)


def _facts(asked: list[_Question]) -> list[Facts]:
    return [facts_of(Reading(read_layers(one.text), one.name, one.details)) for _, one in asked]
