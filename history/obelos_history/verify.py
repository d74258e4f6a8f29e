"""Verification: base text + decisions = text, byte for byte, in every commit of a document and on disk.

What does not follow from the decisions is named word by word, with the commit and the person that brought it in.
Records that were changed or taken away after they were made are named too: replay cannot notice an edited note.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import NamedTuple

from obelos_transcripts.edition import Edition
from obelos_transcripts.errors import BadInput
from obelos_transcripts.text import Lines, decode, encode, read_bytes
from obelos_transcripts.variants import variants

from .decision import Decision, parse
from .replay import Replay
from .replay import replay as replayed
from .repository import Commit, Repository


@dataclass(frozen=True)
class Unexplained:
    """Words of the text that no decision accounts for.

    Attributes:
        line: Line of the text, from 1.
        expected: What base text and decisions have there.
        found: What stands there instead.
        commit: The commit that brought it in; None when it is on disk only.
        gone: The commit that took it out again; None while it stands.
    """

    line: int
    expected: str
    found: str
    commit: Commit | None
    gone: Commit | None = None


@dataclass(frozen=True)
class Tampering:
    """Something else that may not happen to an edition: a record changed, a base text altered."""

    what: str
    commit: Commit | None


@dataclass(frozen=True)
class Verdict:
    """The outcome for one document."""

    document: str
    base_id: str
    text_id: str
    decisions: int
    commits: int
    unexplained: tuple[Unexplained, ...]
    tampering: tuple[Tampering, ...]

    @property
    def holds(self) -> bool:
        """Whether the text follows from the base text and the decisions as they now stand.

        A change without a decision that was taken out again, or explained later, is told but is no failure.
        """
        return not self.tampering and all(change.gone for change in self.unexplained)


@dataclass
class _Objects:
    """Blobs and decisions, read once each."""

    repository: Repository
    blobs: dict[str, bytes] = field(default_factory=dict)
    decisions: dict[str, Decision] = field(default_factory=dict)

    def want(self, ids: Iterable[str]) -> None:
        missing = [blob for blob in dict.fromkeys(ids) if blob not in self.blobs]
        if missing:
            self.blobs.update(self.repository.blobs(missing))

    def decision(self, blob: str, where: str) -> Decision:
        if blob not in self.decisions:
            self.decisions[blob] = parse(self.blobs[blob], where)
        return self.decisions[blob]


class _Words(NamedTuple):
    """A difference, told by where it stands in the base text, so that later decisions do not move it."""

    base: int
    expected: str
    found: str


def verify(edition: Edition, repository: Repository, name: str) -> Verdict:
    """Verify one document through all its commits, and its files on disk."""
    document = edition.document(name)
    folder, history = repository.prefix(document.folder), repository.prefix(edition.history(name))
    base_path, text_path = repository.prefix(document.base), repository.prefix(document.working)
    commits = list(reversed(repository.log(folder, history)))
    objects = _Objects(repository)
    seen: dict[str, set[_Words]] = {}
    changes: dict[_Words, Unexplained] = {}
    tampering: list[Tampering] = []
    base_id = ""
    for commit in commits:
        tampering += _touched_records(commit, history)
        tree = {**repository.tree(commit.id, folder), **repository.tree(commit.id, history)}
        if base_path not in tree:
            continue
        if base_id and tree[base_path] != base_id:
            tampering.append(Tampering("the base text was altered; it must stay as it came in", commit))
        base_id = base_id or tree[base_path]
        found, problems = _differences(objects, tree, base_path, text_path, history)
        tampering += [Tampering(what, commit) for what in problems]
        for words, line in found.items():
            changes.setdefault(words, Unexplained(line, words.expected, words.found, commit))
        seen[commit.id] = set(found)
    head = repository.head().commit
    last = seen.get(commits[-1].id, set()) if commits else set()
    settled = [replace(c, gone=_gone(commits, seen, w)) for w, c in changes.items() if w not in last]
    on_disk, problems = _disk(edition, repository, name, objects, head)
    tampering += [Tampering(what, None) for what in dict.fromkeys(problems)]
    standing = [changes[words] for words in changes if words in last]
    standing += [
        Unexplained(line, words.expected, words.found, None) for words, line in on_disk.items() if words not in last
    ]
    text = read_bytes(document.working) if document.working.exists() else b""
    return Verdict(
        document=name,
        base_id=repository.blob_id(read_bytes(document.base)),
        text_id=repository.blob_id(text),
        decisions=sum(1 for _ in edition.history(name).glob("*.yaml")),
        commits=len(commits),
        unexplained=(*standing, *settled),
        tampering=tuple(dict.fromkeys(tampering)),
    )


def _gone(commits: list[Commit], seen: Mapping[str, set[_Words]], words: _Words) -> Commit | None:
    """The first commit after the last in which the words stood."""
    after = None
    for commit in reversed(commits):
        if words in seen.get(commit.id, ()):
            return after
        after = commit
    return None


def _differences(
    objects: _Objects, tree: Mapping[str, str], base_path: str, text_path: str, history: str
) -> tuple[dict[_Words, int], list[str]]:
    """Unexplained words, with their line, of one state of the document, and what is wrong with its records."""
    records = {path: blob for path, blob in tree.items() if PurePosixPath(path).parent.as_posix() == history}
    objects.want([*records.values(), tree[base_path], *([tree[text_path]] if text_path in tree else [])])
    problems: list[str] = []
    decisions: list[Decision] = []
    for path, blob in sorted(records.items()):
        try:
            decisions.append(objects.decision(blob, path))
        except BadInput as error:
            problems += map(str, error.problems)
    base = decode(objects.blobs[tree[base_path]], base_path)
    try:
        expected = replayed(base, tree[base_path], decisions)
    except BadInput as error:
        return {}, [*problems, *(f"decision {problem}" for problem in error.problems)]
    if text_path not in tree:
        missing = ["there is no working text"] if any(d.changes_text for d in decisions) else []
        return {}, [*problems, *missing]
    found = objects.blobs[tree[text_path]]
    return _words(expected, found, text_path), problems


def _words(expected: Replay, found: bytes, where: str) -> dict[_Words, int]:
    if encode(expected.text) == found:
        return {}
    text = decode(found, where)
    lines = Lines(text)
    return {
        _Words(
            expected.locate(v.left).base.start,
            expected.text[v.left.start : v.left.end],
            text[v.right.start : v.right.end],
        ): lines.at(v.right.start)[0]
        for v in variants(expected.text, text)
    }


def _touched_records(commit: Commit, history: str) -> list[Tampering]:
    found = []
    for change in commit.changes:
        path = PurePosixPath(change.path)
        if path.parent.as_posix() == history and change.old:
            what = "was deleted" if change.new is None else "was edited after it was made"
            found.append(Tampering(f"decision {path.stem} {what}", commit))
    return found


def _disk(
    edition: Edition, repository: Repository, name: str, objects: _Objects, head: str | None
) -> tuple[dict[_Words, int], list[str]]:
    """Unexplained words on disk, and records on disk that are not those of the last commit."""
    document = edition.document(name)
    prefix = repository.prefix
    history, text_path = prefix(edition.history(name)), prefix(document.working)
    tree: dict[str, str] = {}
    for file in (document.base, document.working, *edition.history(name).glob("*.yaml")):
        if file.exists():
            data = read_bytes(file)
            tree[prefix(file)] = repository.blob_id(data)
            objects.blobs[tree[prefix(file)]] = data
    committed: dict[str, str] = {}
    if head:
        committed = {**repository.tree(head, prefix(document.folder)), **repository.tree(head, history)}
    records = {path for path in {*tree, *committed} if path in tree or path.startswith(f"{history}/")}
    found, wrong = _differences(objects, tree, prefix(document.base), text_path, history)
    problems = []
    for path in sorted(records if not found else records - {text_path}):
        if tree.get(path) != committed.get(path):
            problems.append(f"{path} {'on disk is not what was committed' if path in tree else 'is missing on disk'}")
    return found, [*problems, *wrong]
