"""The history of documents as people read it: commits and what each recorded, newest first.

One log of git for all documents asked for; records are read out of the commits, a few hundred commits at a time, so
that looking at the newest entries of a long history costs little.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Literal

from obelos_transcripts.edition import HISTORY, TRANSCRIPTS, Edition
from obelos_transcripts.errors import BadInput

from .attestation import Approval, BaseRecord, Retraction, StateRecord
from .changed_words import Words, changed_words
from .decision import Decision
from .ledger import Ledger
from .records import Record, parse
from .repository import Change, Commit, Repository

Kind = Literal["decision", "commit", "base", "state", "approval", "retraction"]

_AT_ONCE = 200
_MANY_PATHS = 200
_MOOT = "moot "
"""Before the id of what took a question back as moot: what the question had taken the place of stands again."""


@dataclass(frozen=True)
class Entry:
    """One line of the history.

    Attributes:
        id: ULID of the record or id of the commit.
        document: Its document; of a commit that touched several, all of them, with commas.
        title: What happened, in a few words.
        words: What changed: before, after. Of a commit only what no decision in it accounts for.
        message: The commit's words beside its subject.
        record: What was recorded; None for a commit.
        commit: The commit that recorded it; None while a decision is pending.
        superseded_by: The decision that took its place, or the retraction that took it back.
    """

    kind: Kind
    id: str
    document: str
    when: datetime
    person: str
    title: str
    words: Words
    message: tuple[str, ...]
    record: Record | None
    commit: str | None
    superseded_by: str | None = None

    @property
    def decision(self) -> Decision | None:
        """The decision, if it is one."""
        return self.record if isinstance(self.record, Decision) else None

    @property
    def pending(self) -> bool:
        """Whether it is not yet written."""
        return self.commit is None


def entries(edition: Edition, repository: Repository, names: Sequence[str] = ()) -> Iterator[Entry]:
    """Pending decisions, then each commit that touched a document, followed by what it recorded.

    Args:
        names: The documents; none for the whole edition.
    """
    wanted = frozenset(names)
    superseded: dict[str, str] = {}
    for decision in sorted(_pending(edition, repository, wanted), key=lambda d: d.id, reverse=True):
        yield _of_record(decision, None, superseded)
    places = _Places(repository.prefix(edition.root / TRANSCRIPTS), repository.prefix(edition.root / HISTORY))
    folders = (places.transcripts, places.history)
    paths = [f"{folder}/{name}" for name in names for folder in folders] if len(names) <= _MANY_PATHS else []
    commits = iter(repository.log(*(paths or folders)))
    while some := list(islice(commits, _AT_ONCE)):
        yield from _of_commits(repository, some, places, wanted, superseded)


@dataclass(frozen=True)
class _Places:
    transcripts: str
    history: str

    def document(self, path: str) -> str | None:
        """The document that a path of the edition belongs to."""
        for folder in (self.transcripts, self.history):
            if path.startswith(f"{folder}/"):
                name, slash, _ = path[len(folder) + 1 :].partition("/")
                return name if slash else None
        return None


def _of_commits(
    repository: Repository,
    commits: Sequence[Commit],
    places: _Places,
    wanted: frozenset[str],
    superseded: dict[str, str],
) -> Iterator[Entry]:
    recorded = {commit.id: _recorded(commit, places, wanted) for commit in commits}
    texts = {commit.id: _texts(commit, places, wanted, recorded[commit.id]) for commit in commits}
    blobs = repository.blobs(
        blob
        for commit in commits
        for change in (*recorded[commit.id], *texts[commit.id])
        for blob in (change.old, change.new)
        if blob
    )
    for commit in commits:
        names = {name for change in commit.changes if (name := places.document(change.path))}
        shown = sorted(names & wanted if wanted else names)
        words = tuple(
            pair
            for change in texts[commit.id]
            for pair in changed_words(blobs[change.old or ""], blobs[change.new or ""])
        )
        yield Entry(
            "commit",
            commit.id,
            ", ".join(shown),
            commit.when,
            str(commit.person),
            commit.subject,
            words,
            (*(line for line in commit.body.splitlines() if line.strip()), "", *_paths(commit)),
            None,
            commit.id,
        )
        found = []
        for change in recorded[commit.id]:
            try:
                found.append(parse(blobs[change.new or ""], change.path))
            except BadInput:
                continue  # what is no record is named by verify, with its line
        for record in sorted(found, key=lambda one: one.id, reverse=True):
            yield _of_record(record, commit.id, superseded)


def _paths(commit: Commit) -> Iterable[str]:
    return dict.fromkeys(change.path for change in commit.changes)


def _recorded(commit: Commit, places: _Places, wanted: frozenset[str]) -> list[Change]:
    """The records that came with a commit; with a merge, those that none of its parents has."""
    found: dict[str, list[Change]] = {}
    for change in commit.changes:
        path = PurePosixPath(change.path)
        if path.suffix == ".yaml" and path.parent.parent.as_posix() == places.history:
            found.setdefault(change.path, []).append(change)
    sides = max(1, len(commit.parents))
    return [
        changes[0]
        for path, changes in found.items()
        if len(changes) == sides
        and all(c.new and not c.old for c in changes)
        and (not wanted or places.document(path) in wanted)
    ]


def _texts(commit: Commit, places: _Places, wanted: frozenset[str], recorded: Sequence[Change]) -> list[Change]:
    """Changes of working texts that no record of the same commit accounts for."""
    told = {places.document(change.path) for change in recorded}
    if len(commit.parents) > 1:
        return []  # its words came from the branches, where they are told
    return [
        change
        for change in commit.changes
        if change.old
        and change.new
        and PurePosixPath(change.path).stem == "text"
        and (name := places.document(change.path))
        and name not in told
        and (not wanted or name in wanted)
    ]


def _of_record(record: Record, commit: str | None, superseded: dict[str, str]) -> Entry:
    kind, title = _titled(record)
    words: Words = ()
    if isinstance(record, Retraction) and record.moot:
        for ident in record.retracts:
            superseded.setdefault(ident, f"{_MOOT}{record.id}")
    elif isinstance(record, Retraction):
        superseded.update(dict.fromkeys(record.retracts, record.id))
    if isinstance(record, Decision) and not superseded.get(record.id, "").startswith(_MOOT):
        superseded.update(dict.fromkeys(record.supersedes, record.id))
        words = ((record.place.exact, record.reading),) if record.reading is not None else ()
    by = superseded.get(record.id, "").removeprefix(_MOOT) or None
    return Entry(kind, record.id, record.document, record.when, record.resp, title, words, (), record, commit, by)


def _titled(record: Record) -> tuple[Kind, str]:
    if isinstance(record, BaseRecord):
        return "base", "a better base text" if record.replaces else "the base text is on record"
    if isinstance(record, StateRecord):
        return "state", record.state
    if isinstance(record, Retraction):
        return "retraction", f"took back {', '.join(record.retracts)}"
    if isinstance(record, Approval):
        return "approval", f"confirmed {record.decision}"
    return "decision", record.summary()


def _pending(edition: Edition, repository: Repository, wanted: frozenset[str]) -> Iterator[Decision]:
    """Decisions taken and not yet written."""
    folder = repository.own / "ledger"
    for name in sorted(wanted or _ledgers(folder)):
        history = edition.history(name)
        pending = Ledger(folder, name).pending.taken
        yield from (decision for decision in pending if not (history / f"{decision.id}.yaml").exists())


def _ledgers(folder: Path) -> list[str]:
    return [path.stem for path in folder.glob("*.ledger")]


def describe(decision: Decision, superseded_by: str | None = None) -> Sequence[str]:
    """A decision in full, a line for each thing to say."""
    place = decision.place
    lines = [f"{decision.disposition} · fault: {decision.fault}"]
    lines.append(f"base text  …{place.prefix}[{place.exact}]{place.suffix}…")
    if decision.reading is not None:
        lines.append(f"now        …{place.prefix}[{decision.reading}]{place.suffix}…")
    if decision.note:
        lines.append(f"note       {decision.note}")
    ground = [f"certainty {decision.cert}"]
    ground += [f"evidence {decision.evidence}"] if decision.evidence else []
    ground += [f"source {decision.source}"] if decision.source else []
    lines.append("ground     " + ", ".join(ground))
    if decision.rule:
        lines.append(f"rule       {decision.rule}")
    lines.append(f"place      {place.layer}, characters {place.start} to {place.end} of base text {decision.base[:10]}")
    lines.append(f"by         {decision.resp}, {decision.when.isoformat(timespec='seconds')}")
    if decision.supersedes:
        lines.append(f"supersedes {', '.join(decision.supersedes)}")
    if superseded_by:
        lines.append(f"superseded by {superseded_by}")
    return lines
