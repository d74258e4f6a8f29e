"""The judgement of one state of a document: base text + records = text, byte for byte.

Nothing is compared that was not read: bytes of records and base texts are held against the names git gives them, and
the text that follows from them has to have the name that git has for the text.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import NamedTuple

from obelos_transcripts.errors import BadInput, Problem
from obelos_transcripts.strict_yaml import MOST_BYTES
from obelos_transcripts.text import MOST_BYTES as MOST_OF_A_TEXT
from obelos_transcripts.text import Lines, decode, encode
from obelos_transcripts.variants import variants

from .course import Layout
from .quick import Quick
from .records import Record, Records, check_home, gathered, parse
from .replay import Replay, effective, misplaced, overlaps
from .replay import replay as replayed
from .repository import Repository
from .settled import Settled, base_of, settle

_LITTLE = 8 << 20


class Words(NamedTuple):
    """A difference, told by where it stands in the base text, so that later decisions do not move it."""

    base: int
    expected: str
    found: str


Wrong = Words | str
"""What does not follow from the records: words of the text, or what is wrong with a file."""

Tree = Mapping[str, str]
"""The files of a document in one state: path → blob."""


@dataclass
class Objects:
    """Blobs, read in few goes, each held against its name."""

    repository: Repository
    sizes: dict[str, int] = field(default_factory=dict)
    _bytes: dict[str, bytes] = field(default_factory=dict)

    def want(self, ids: Iterable[str], perhaps: Iterable[str] = ()) -> None:
        """Have these at hand, and no others. What is too large to be a record is not read before it is asked for.

        Args:
            ids: Blobs that will be asked for.
            perhaps: Blobs that may be; read along if they are few and small.
        """
        wanted, more = dict.fromkeys(ids), dict.fromkeys(perhaps)
        self.sizes = self.repository.sizes((*wanted, *more))
        if sum(self.sizes.get(blob, 0) for blob in more) <= _LITTLE:
            wanted |= more
        self._bytes = self.repository.blobs(blob for blob in wanted if self.sizes.get(blob, MOST_BYTES) < MOST_BYTES)

    def also(self, ids: Iterable[str]) -> None:
        """Have these at hand besides."""
        had = self._bytes
        self.want(blob for blob in ids if blob not in had)
        self._bytes |= had

    def put(self, blob: str, data: bytes) -> None:
        """Have bytes at hand that lie on disk; the caller has named them."""
        self._bytes[blob] = data

    def get(self, blob: str, where: str, most: int = MOST_BYTES) -> bytes:
        """The bytes of a blob.

        Raises:
            BadInput: They are not what their name says, missing, or more than ``most``.
        """
        data = self._bytes.get(blob)
        if data is None:
            if blob not in self.sizes:
                self.sizes |= self.repository.sizes((blob,))
            if self.sizes.get(blob, 0) > most:
                raise BadInput.at(where, None, f"is larger than {most // 2**20} MiB")
            if blob not in self.sizes:
                raise BadInput.at(where, None, f"the object {blob} is missing in this repository: git fetch --refetch")
            data = self.repository.blobs((blob,))[blob]
        if self.repository.blob_id(data) != blob:
            raise BadInput.at(
                where,
                None,
                f"the object {blob} is damaged, or was tampered with: its bytes are not those that its name stands "
                "for. See “git fsck”; fetch it again from another clone",
            )
        return data


class Open(NamedTuple):
    """What waits for an editor in a state of a document: ids of orphans, of queries; and what is recorded of it.

    Attributes:
        decisions: How many there are.
        after: The commits that its holding base records and its latest record of a state were made after, each
            with the id of the record.
    """

    orphans: tuple[str, ...] = ()
    queries: tuple[str, ...] = ()
    decisions: int = 0
    after: tuple[tuple[str, str], ...] = ()


NONE = Open()
"""Nothing waits, and nothing is recorded."""


class Judge:
    """Judges the states of one document, one after another; what they share is read once."""

    def __init__(self, name: str, layout: Layout, objects: Objects) -> None:
        self._name = name
        self._layout = layout
        self._objects = objects
        self._records: dict[tuple[str, str], Record] = {}
        self._bases: dict[str, str] = {}
        self._quick: dict[str, Quick] = {}

    def bases(self, tree: Tree) -> list[str]:
        """Where a base text stands; there must be just one."""
        return [path for path in self._layout.bases(self._name) if path in tree]

    def wrong(self, tree: Tree, came_with: str, had_text: bool) -> dict[Wrong, int]:
        """What does not follow from the records, or contradicts them; with its line in the text, or 0.

        Args:
            tree: The files.
            came_with: Blob of the base text that the document came in with; "" where that is this one.
            had_text: Whether there was a working text before.
        """
        bases = self.bases(tree)
        if len(bases) != 1:
            return {"there are two base texts" if bases else "the base text is missing": 0}
        text = f"{self._layout.transcripts}/{self._name}/text{PurePosixPath(bases[0]).suffix}"
        if self._as_usual(tree, bases[0], text, came_with):
            return {}
        records, problems = self._read(tree)
        words: dict[Words, int] = {}
        try:
            words = self._words(tree, bases[0], text, came_with, records)
        except BadInput as error:
            problems += map(str, error.problems)
        if text not in tree and had_text:
            problems.append("the working text is missing")
        wrong: dict[Wrong, int] = dict.fromkeys(problems, 0)
        wrong.update(words.items())
        return wrong

    def open(self, tree: Tree) -> Open:
        """What waits for an editor; nothing where the records cannot be settled, which is told as wrong."""
        bases = self.bases(tree)
        records, _ = self._read(tree)
        after = {one.after: one.id for one in records.states[-1:] if one.after}
        try:
            settled = self._settled(tree[bases[0]], bases[0], records)
        except (BadInput, IndexError):
            return Open((), (), len(records.decisions), tuple(after.items()))
        gone = {ident for one in records.bases for ident in one.supersedes}
        after |= {one.after: one.id for one in records.bases if one.after and one.id not in gone}
        queries = tuple(d.id for d in effective(settled.decisions) if d.disposition == "query")
        orphans = tuple(d.id for d in settled.orphans)
        return Open(orphans, queries, len(records.decisions), tuple(after.items()))

    def _as_usual(self, tree: Tree, base_path: str, text: str, came_with: str) -> bool:
        """Whether a state is quickly found to be right."""
        if text not in tree:
            return False
        folder, known = self._layout.records(self._name), self._records
        base_id = tree[base_path]
        try:
            quick = self._quick.get(base_id)
            if quick is None:
                quick = self._quick[base_id] = Quick(self._base(base_id, base_path), base_id)
            files = [(blob, path) for path, blob in tree.items() if path.startswith(folder)]
            records = [(file, known.get(file) or self._record(*file)) for file in files]
        except BadInput:
            return False  # what is wrong is found again, and told
        found = quick.text(records, came_with)
        return found is not None and self._objects.repository.blob_id(encode(found)) == tree[text]

    def _read(self, tree: Tree) -> tuple[Records, list[str]]:
        folder = self._layout.records(self._name)
        found: list[Record] = []
        problems: list[str] = []
        for path in sorted(path for path in tree if path.startswith(folder)):
            try:
                found.append(self._record(tree[path], path))
            except BadInput as error:
                problems += map(str, error.problems)
        return gathered(found), problems

    def _record(self, blob: str, path: str) -> Record:
        record = self._records.get((blob, path))
        if record is None:
            ident = path.removeprefix(self._layout.records(self._name)).removesuffix(".yaml")
            if "/" in ident or not path.endswith(".yaml"):
                raise BadInput.at(path, None, "is no record, and nothing else may lie there. Take it away: git rm")
            record = parse(self._objects.get(blob, path), path)
            if (record.id, record.document) != (ident, self._name):
                check_home(record, PurePosixPath(path), self._name)
            self._records[blob, path] = record
        return record

    def _settled(self, base_id: str, path: str, records: Records) -> Settled:
        return settle(self._base(base_id, path), base_id, records)

    def _base(self, base_id: str, path: str) -> str:
        if base_id not in self._bases:
            self._bases[base_id] = decode(self._objects.get(base_id, path, MOST_OF_A_TEXT), path)
        return self._bases[base_id]

    def _words(self, tree: Tree, base_path: str, text: str, came_with: str, records: Records) -> dict[Words, int]:
        base_id = tree[base_path]
        if came_with and base_id != (base_of(records.bases) or came_with):
            raise BadInput.at(base_path, None, "the base text was altered; it must stay as it came in")
        settled = self._settled(base_id, base_path, records)
        expected = _expected(self._bases[base_id], base_id, settled)
        if text not in tree:
            if any(d.changes_text for d in settled.decisions):
                raise BadInput.at(text, None, "there is no working text")
            return {}
        if self._objects.repository.blob_id(encode(expected.text)) == tree[text]:
            return {}
        return _differences(expected, decode(self._objects.get(tree[text], text, MOST_OF_A_TEXT), text))


def _expected(base: str, base_id: str, settled: Settled) -> Replay:
    try:
        return replayed(base, base_id, settled.decisions, settled.elsewhere)
    except BadInput as error:
        twice = overlaps(settled.decisions)
        if not twice:
            raise
        others = misplaced(base, base_id, list(settled.decisions), settled.elsewhere)
        problems = [Problem(decision.id, None, what) for decision, what in others]
        problems += [
            Problem(
                first.document,
                None,
                f"two readings of one place: {first.summary()} ({first.id}) and {later.summary()} ({later.id}), as a "
                "plain “git merge” leaves them. “obelos merge” makes a query of them",
            )
            for first, later in twice
        ]
        raise BadInput(*problems) from error


def _differences(expected: Replay, text: str) -> dict[Words, int]:
    lines = Lines(text)
    return {
        Words(
            expected.locate(v.left).base.start,
            expected.text[v.left.start : v.left.end],
            text[v.right.start : v.right.end],
        ): lines.at(v.right.start)[0]
        for v in variants(expected.text, text)
    }
