"""Verification: base text + decisions = text, byte for byte, in every commit of a document and on disk.

What does not follow from the decisions is named word by word, with the commit and the person that brought it in.
Records that were changed or taken away after they were made are named too: replay cannot notice an edited note.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import NamedTuple

from obelos_transcripts.edition import SUFFIXES, TRANSCRIPTS, Edition
from obelos_transcripts.errors import BadInput, Refused
from obelos_transcripts.text import Lines, decode, encode, read_bytes
from obelos_transcripts.variants import variants

from .records import Record, check_home, gathered, parse
from .replay import Replay
from .replay import replay as replayed
from .repository import Commit, Repository
from .settled import base_of, settle
from .verdict import Tampering, Unexplained, Verdict


@dataclass
class _Objects:
    """Blobs and decisions, read once each."""

    repository: Repository
    blobs: dict[str, bytes] = field(default_factory=dict)
    records: dict[str, Record] = field(default_factory=dict)

    def want(self, ids: Iterable[str]) -> None:
        missing = [blob for blob in dict.fromkeys(ids) if blob not in self.blobs]
        if missing:
            self.blobs.update(self.repository.blobs(missing))

    def record(self, blob: str, where: str) -> Record:
        if blob not in self.records:
            self.records[blob] = parse(self.blobs[blob], where)
        return self.records[blob]


class _Words(NamedTuple):
    """A difference, told by where it stands in the base text, so that later decisions do not move it."""

    base: int
    expected: str
    found: str


class _Episodes:
    """What was wrong in which commits: since which one, and until which one, in order of ancestry."""

    def __init__(self, commits: list[Commit]) -> None:
        # Where branches were merged, commits that stand side by side do not follow on each other.
        self._linear = all(len(commit.parents) < 2 for commit in commits)
        self.standing: dict[_Words | str, tuple[Commit, int]] = {}
        self.past: list[tuple[_Words | str, Commit, int, Commit]] = []
        self._first: dict[_Words | str, Commit] = {}

    def state(self, commit: Commit, wrong: Mapping[_Words | str, int]) -> None:
        """Note what is wrong in a commit's state of the document, with the line."""
        for key in [key for key in self.standing if key not in wrong]:
            since, line = self.standing.pop(key)
            self.past.append((key, since, line, commit))
        for key, line in wrong.items():
            since = commit if self._linear else self._first.setdefault(key, commit)
            self.standing.setdefault(key, (since, line))


def verify(edition: Edition, repository: Repository, name: str) -> Verdict:
    """Verify one document through all its commits, and its files on disk.

    Raises:
        Refused: The history is cut off (a shallow clone), so that nothing can be said of it.
    """
    _whole(repository)
    document = edition.document(name)
    folder, history = repository.prefix(document.folder), repository.prefix(edition.history(name))
    commits = list(reversed(repository.log(folder, history)))
    objects, episodes = _Objects(repository), _Episodes(commits)
    base_id = ""
    had_text = False
    tree: dict[str, str] = {}
    for commit in commits:
        tree = {**repository.tree(commit.id, folder), **repository.tree(commit.id, history)}
        state = _State(objects, tree, folder, history, name)
        if base_id or state.bases:
            episodes.state(commit, state.wrong(base_id, had_text))
            base_id = base_id or tree[state.bases[0]]
            had_text = had_text or any(path in tree for path in state.texts)
    on_disk = _disk(edition, repository, name, objects, base_id)
    standing = [
        _unexplained(key, at, line) for key, (at, line) in episodes.standing.items() if not isinstance(key, str)
    ]
    standing += [
        Unexplained(line, key.expected, key.found, None)
        for key, line in on_disk.items()
        if not isinstance(key, str) and key not in episodes.standing
    ]
    settled = [
        replace(_unexplained(key, at, line), gone=gone)
        for key, at, line, gone in episodes.past
        if not isinstance(key, str)
    ]
    tampering = [Tampering(key, at) for key, (at, _) in episodes.standing.items() if isinstance(key, str)]
    tampering += [Tampering(key, at, settled=True) for key, at, _, _ in episodes.past if isinstance(key, str)]
    known = {wrong.what for wrong in tampering if not wrong.settled}
    tampering += [Tampering(key, None) for key in on_disk if isinstance(key, str) and key not in known]
    tampering += _touched_records(commits, history, tree)
    text = read_bytes(document.working) if document.working.is_file() else b""
    return Verdict(
        document=name,
        base_id=repository.blob_id(read_bytes(document.base)),
        text_id=repository.blob_id(text),
        decisions=sum(1 for _ in edition.history(name).glob("*.yaml")),
        commits=len(commits),
        unexplained=(*standing, *settled),
        tampering=tuple(dict.fromkeys(tampering)),
    )


def vanished(edition: Edition, repository: Repository) -> list[Verdict]:
    """Documents that were in the edition once and are no longer, each as a failed verdict.

    Raises:
        Refused: As for `verify`.
    """
    _whole(repository)
    transcripts = repository.prefix(edition.root / TRANSCRIPTS)
    last: dict[str, Commit] = {}
    for commit in reversed(repository.log(transcripts)):
        for change in commit.changes:
            parts = PurePosixPath(change.path).relative_to(transcripts).parts
            if len(parts) == 2 and PurePosixPath(parts[1]).stem == "base":
                last[parts[0]] = commit
    gone = sorted(set(last) - set(edition.names()))
    what = "the document was in the edition and is no longer"
    return [Verdict(name, "", "", 0, 0, (), (Tampering(what, last[name]),)) for name in gone]


def _whole(repository: Repository) -> None:
    if repository.is_shallow:
        raise Refused(
            "this clone has only the end of the history, so nothing can be proved. "
            "Fetch the rest: git fetch --unshallow (in continuous integration: fetch-depth: 0)"
        )


def _unexplained(words: _Words, commit: Commit, line: int) -> Unexplained:
    return Unexplained(line, words.expected, words.found, commit)


@dataclass(frozen=True)
class _State:
    """One state of a document: its files by path, with their blobs."""

    objects: _Objects
    tree: Mapping[str, str]
    folder: str
    history: str
    name: str

    @property
    def texts(self) -> list[str]:
        """Where the working text may stand."""
        return [f"{self.folder}/text{suffix}" for suffix in SUFFIXES]

    @property
    def bases(self) -> list[str]:
        """Where a base text stands; there must be just one."""
        return [path for s in SUFFIXES if (path := f"{self.folder}/base{s}") in self.tree]

    def wrong(self, base_id: str, had_text: bool) -> dict[_Words | str, int]:
        """What does not follow from the decisions, or contradicts them; with its line in the text, or 0."""
        bases = self.bases
        if len(bases) != 1:
            return {"there are two base texts" if bases else "the base text is missing": 0}
        text = f"{self.folder}/text{PurePosixPath(bases[0]).suffix}"
        words, problems = _differences(self, bases[0], text, base_id)
        if text not in self.tree and had_text:
            problems.append("the working text is missing")
        wrong: dict[_Words | str, int] = dict.fromkeys(problems, 0)
        wrong.update(words.items())
        return wrong


def _differences(state: _State, base_path: str, text_path: str, base_id: str) -> tuple[dict[_Words, int], list[str]]:
    """Unexplained words, with their line, of one state of the document, and what is wrong with its records."""
    objects, tree = state.objects, state.tree
    files = {path: blob for path, blob in tree.items() if path.startswith(f"{state.history}/")}
    objects.want([*files.values(), tree[base_path], *([tree[text_path]] if text_path in tree else [])])
    problems: list[str] = []
    found: list[Record] = []
    for path, blob in sorted(files.items()):
        try:
            one = objects.record(blob, path)
            check_home(one, PurePosixPath(path), state.name)
            found.append(one)
        except BadInput as error:
            problems += map(str, error.problems)
    try:
        records = gathered(found)
        base = decode(objects.blobs[tree[base_path]], base_path)
        if base_id and tree[base_path] != (base_of(records.bases) or base_id):
            return {}, [*problems, "the base text was altered; it must stay as it came in"]
        settled = settle(base, tree[base_path], records)
        expected = replayed(base, tree[base_path], settled.decisions, settled.elsewhere)
        if text_path not in tree:
            missing = ["there is no working text"] if any(d.changes_text for d in settled.decisions) else []
            return {}, [*problems, *missing]
        return _words(expected, objects.blobs[tree[text_path]], text_path), problems
    except BadInput as error:
        return {}, [*problems, *map(str, error.problems)]


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


def _touched_records(commits: list[Commit], history: str, now: Mapping[str, str]) -> list[Tampering]:
    """Decisions edited or deleted after they were made; settled where the first bytes stand again."""
    found = []
    first: dict[str, str] = {}
    for commit in commits:
        for change in commit.changes:
            path = PurePosixPath(change.path)
            if path.parent.as_posix() != history:
                continue
            if change.new and not change.old:
                first.setdefault(change.path, change.new)
            elif change.old:
                what = "was deleted" if change.new is None else "was edited after it was made"
                settled = now.get(change.path) == first.get(change.path)
                found.append(Tampering(f"decision {path.stem} {what}", commit, settled))
    return found


def _disk(
    edition: Edition, repository: Repository, name: str, objects: _Objects, base_id: str
) -> dict[_Words | str, int]:
    """What is wrong on disk, and files on disk that are not those of the last commit."""
    document = edition.document(name)
    prefix = repository.prefix
    folder, history, text_path = prefix(document.folder), prefix(edition.history(name)), prefix(document.working)
    tree: dict[str, str] = {}
    for file in (document.base, document.working, *edition.history(name).glob("*.yaml")):
        if file.is_symlink():
            return {f"{prefix(file)} on disk is a symbolic link": 0}
        if file.exists():
            data = read_bytes(file)
            tree[prefix(file)] = repository.blob_id(data)
            objects.blobs[tree[prefix(file)]] = data
    head = repository.tip()
    committed = {**repository.tree(head, folder), **repository.tree(head, history)} if head else {}
    wrong = _State(objects, tree, folder, history, name).wrong(base_id, had_text=text_path in committed)
    ours = {*tree, *(path for path in committed if path.startswith(f"{history}/"))}
    for path in sorted(ours - {text_path} if wrong else ours):
        if tree.get(path) != committed.get(path):
            wrong[f"{path} {'on disk is not what was committed' if path in tree else 'is missing on disk'}"] = 0
    return wrong
