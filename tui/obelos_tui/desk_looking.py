"""Looking at the documents of an edition: only at those whose files have changed since they were looked at last.

Whether they have is told by time, size and number of each file. Where a file is so young that a change could hide
behind them, the document is looked at again; what the rules find in the same bytes is kept by `KeptFindings`, so that
costs little more than reading.
"""

import os
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC
from hashlib import blake2b
from typing import Literal

from obelos_history import DocumentHistory, Replay, Repository, document_state, effective
from obelos_rules import Finding, Rule
from obelos_rules.batch import Batch, Task
from obelos_rules.kept import KeptFindings
from obelos_rules.recipe import Recipe
from obelos_transcripts import Edition, ObelosError, read_text
from obelos_transcripts.details import Details, read_details
from obelos_transcripts.edition import HISTORY, TRANSCRIPTS

from .across import Hits, merged
from .answered import recall
from .desk_index import DeskIndex
from .desk_row import DeskRow
from .edition_facts import EditionFacts
from .folded import folded
from .kept import kept_findings

_YOUNG = 2_000_000_000
"""Nanoseconds in which two changes may leave a file with the same time."""
_FEW = 256
"""Documents between two tidings while changes are looked for."""
_SCREENFUL = 60
_AT_ONCE = 500
"""Rows written to the index together."""


@dataclass(frozen=True)
class Step:
    """A step of looking at the documents.

    Attributes:
        what: ``listed``: the rows are all documents, as far as they are known; ``changes``: so many were compared with
            what is known of them; ``counted``: the rows are what was found now.
        done, total: How far this part has come.
    """

    what: Literal["listed", "changes", "counted"]
    rows: tuple[DeskRow, ...]
    done: int
    total: int


@dataclass(frozen=True)
class Sight:
    """What it takes to look at documents; ``recipe`` None: the rules are nobody's else, and nothing is kept."""

    edition: Edition
    repository: Repository
    rules: Sequence[Rule]
    recipe: Recipe | None
    others: EditionFacts


def look(
    sight: Sight, *, first: Sequence[str] = (), now: Callable[[], int] = time.time_ns
) -> Generator[Step, None, None]:
    """Look at all documents that changed; whoever stops early keeps what was counted.

    Args:
        first: Documents somebody waits for; by default the first by name.
        now: The time, in nanoseconds since 1970.
    """
    with ExitStack() as stack:
        index = stack.enter_context(DeskIndex(sight.edition.root)) if sight.recipe else None
        names = sight.edition.names()
        known = {row.name: row for row in index.rows()} if index else {}
        yield Step("listed", tuple(known.get(name) or DeskRow(name) for name in names), 0, len(names))
        if index:
            index.forget(known.keys() - set(names))
        hits = sight.others.hits_of_all("possible")
        stamps = index.stamps() if index else {}
        # What the edition's settings ask for decides on states as well.
        rules = sight.recipe.digest() + repr(sight.edition.settings).encode() if sight.recipe else b""
        stamping = _Stamps(sight, rules, hits, now)
        counted: list[tuple[DeskRow, bytes]] = []

        def keep() -> None:
            if index:
                index.keep(counted)
            counted.clear()

        stack.callback(keep)
        waited_for = frozenset(first or names[:_SCREENFUL])
        for some in ([n for n in names if n in waited_for], [n for n in names if n not in waited_for]):
            seen: dict[str, bytes] = {}
            for done, name in enumerate(some, 1):
                seen[name] = stamping.of(name)
                if done % _FEW == 0:
                    yield Step("changes", (), done, len(names))
            changed = [name for name in some if not seen[name] or stamps.get(name) != seen[name]]
            with _closed(_counted(sight, changed, hits)) as counting:
                for done, row in enumerate(counting, 1):
                    counted.append((row, seen[row.name]))
                    if len(counted) >= _AT_ONCE:
                        keep()
                    yield Step("counted", (row,), done, len(changed))


def look_at(sight: Sight, name: str) -> DeskRow:
    """How one document stands; this reads and checks it."""
    hits = sight.others.hits_of_all("possible")
    with _closed(_counted(sight, [name], hits)) as counting:
        return next(counting)


class _closed:  # noqa: N801
    """As `contextlib.closing`, for a generator of rows."""

    def __init__(self, generator: Generator[DeskRow, None, None]) -> None:
        self._generator = generator

    def __enter__(self) -> Generator[DeskRow, None, None]:
        return self._generator

    def __exit__(self, *_: object) -> None:
        self._generator.close()


class _Stamps:
    """What tells whether a document may have changed: its files, the rules, what was found across documents."""

    def __init__(self, sight: Sight, rules: bytes, hits: Hits, now: Callable[[], int]) -> None:
        root = os.fspath(sight.edition.root)
        self._texts, self._history = os.path.join(root, TRANSCRIPTS), os.path.join(root, HISTORY)
        self._ledgers = os.path.join(sight.repository.own, "ledger")
        self._begun = blake2b(rules, digest_size=16)
        self._hits = hits
        self._now = now

    def of(self, name: str) -> bytes:
        """16 bytes; none where a change could not be seen by them."""
        total = self._begun.copy()
        youngest = 0
        for state in (*_states(os.path.join(self._texts, name)), *_states(os.path.join(self._history, name))):
            youngest = max(youngest, state[1], state[2])
            total.update(repr(state).encode("utf-8", "surrogatepass"))
        try:
            ledger = os.stat(os.path.join(self._ledgers, f"{name}.ledger"))
        except (OSError, ValueError):
            pass
        else:
            youngest = max(youngest, ledger.st_mtime_ns, ledger.st_ctime_ns)
            total.update(repr((ledger.st_mtime_ns, ledger.st_ctime_ns, ledger.st_size, ledger.st_ino)).encode())
        if found := self._hits.get(name):
            total.update(repr([(rule.code, hit) for rule, hit in found]).encode())
        return total.digest() if youngest < self._now() - _YOUNG else b""


def _states(folder: str) -> list[tuple[str, int, int, int, int]]:
    """Name, times, size and number of each file of a folder, by name."""
    found = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                state = entry.stat(follow_symlinks=False)
                found.append((entry.name, state.st_mtime_ns, state.st_ctime_ns, state.st_size, state.st_ino))
    except OSError:
        pass  # no decisions yet; a document that cannot be read says why when it is looked at
    return sorted(found)


@dataclass(frozen=True)
class _Open:
    history: DocumentHistory
    current: Replay
    details: Details


def _counted(sight: Sight, names: Sequence[str], hits: Hits) -> Generator[DeskRow, None, None]:
    """The rows of some documents, in order."""
    troubled: dict[str, DeskRow] = {}
    waiting = iter(names)
    with ExitStack() as stack:
        file = kept_findings() if sight.recipe else None
        kept = stack.enter_context(KeptFindings(file)) if file else None
        forms = sight.edition.settings.variants
        # Rules that no file holds cannot be sent to another process.
        batch = Batch(
            sight.recipe or Recipe((), forms=forms),
            rules=sight.rules,
            kept=kept,
            processes=0 if sight.recipe else 1,
        )
        running = batch.run(_tasks(sight, names, troubled))
        stack.callback(running.close)
        for task, findings in running:
            for name in waiting:
                if name == task.name:
                    break
                yield troubled[name]
            try:
                yield _row(sight, task.subject, findings, hits)
            except ObelosError as trouble:
                yield DeskRow(task.name, trouble=_without_root(sight, trouble))
        for name in waiting:
            yield troubled[name]


def _tasks(sight: Sight, names: Sequence[str], troubled: dict[str, DeskRow]) -> Iterator[Task[_Open]]:
    for name in names:
        try:
            history = DocumentHistory(sight.edition, sight.repository, name)
            current = history.replayed()
            details = read_details(history.document)
            witnesses: Mapping[str, str] = {s: read_text(path) for s, path in history.document.witnesses.items()}
        except (ObelosError, OSError, ValueError) as trouble:
            troubled[name] = DeskRow(name, trouble=_without_root(sight, trouble))
            continue
        yield Task(_Open(history, current, details), current.text, name, details, "possible", witnesses)


def _without_root(sight: Sight, trouble: Exception) -> str:
    """What is wrong, with files named from the edition's folder on: that is what there is room for in a list."""
    return str(trouble).replace(f"{sight.edition.root}{os.sep}", "")


def _row(sight: Sight, opened: _Open, found: Sequence[Finding], hits: Hits) -> DeskRow:
    history, current = opened.history, opened.current
    name, pending = history.name, history.pending.taken
    own = hits.get(name, [])
    if pending and hits:  # the text is not the one on disk
        own = sight.others.hits(name, current.text, opened.details, "possible") or []
    findings = merged(current.text, found, own)
    decisions = history.decisions
    answers = recall(findings, current, decisions, sight.rules).answers
    gone = folded(findings, answers)
    still = [f.level for n, (f, d) in enumerate(zip(findings, answers, strict=True)) if d is None and n not in gone]
    last = max(decisions, key=lambda decision: decision.when, default=None)
    return DeskRow(
        name,
        title=opened.details.title,
        state=document_state(history),
        certain=still.count("certain"),
        likely=still.count("likely"),
        possible=still.count("possible"),
        queries=sum(decision.disposition == "query" for decision in effective(decisions)),
        pending=len(pending),
        decisions=len(history.committed),
        when=last.when.astimezone(UTC).isoformat(timespec="seconds") if last else "",
        who=last.resp if last else "",
    )
