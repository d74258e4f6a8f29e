"""What happened to the files of each document, commit by commit, out of one reading of git's log.

A commit that does not touch a document leaves it as its parents have it; so the state of a document at any commit is
that of the nearest commit that touches it, going back along first parents.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

from obelos_transcripts.edition import HISTORY, SUFFIXES, TRANSCRIPTS, Edition

from .repository import Change, Commit, Repository

State = TypeVar("State")


@dataclass(frozen=True)
class Layout:
    """Where the documents of an edition lie in its repository: folders of texts, folders of records."""

    transcripts: str
    history: str

    @staticmethod
    def of(edition: Edition, repository: Repository) -> "Layout":
        """That of an edition."""
        return Layout(repository.prefix(edition.root / TRANSCRIPTS), repository.prefix(edition.root / HISTORY))

    def document(self, path: str) -> str | None:
        """The document that a file belongs to; None for other files."""
        for folder in (self.transcripts, self.history):
            if path.startswith(f"{folder}/"):
                name, inside, _ = path[len(folder) + 1 :].partition("/")
                return name if inside else None
        return None

    def bases(self, name: str) -> list[str]:
        """Where a document's base text may stand."""
        return [f"{self.transcripts}/{name}/base{suffix}" for suffix in SUFFIXES]

    def texts(self, name: str) -> list[str]:
        """Where its working text may stand."""
        return [f"{self.transcripts}/{name}/text{suffix}" for suffix in SUFFIXES]

    def records(self, name: str) -> str:
        """How the paths of its records begin."""
        return f"{self.history}/{name}/"

    def told_by(self, path: str, name: str) -> bool:
        """Whether a file is read to judge a document: a base text or a record. Of the text its name is enough."""
        return path in self.bases(name) or path.startswith(self.records(name))

    def counts(self, path: str, name: str) -> bool:
        """Whether a document is judged by a file: its base text, working text, records."""
        return path in self.texts(name) or self.told_by(path, name)

    def first(self, tree: Mapping[str, str], paths: Iterable[str]) -> str:
        """The blob at the first of some paths where there is one; "" for none."""
        return next((tree[path] for path in paths if path in tree), "")

    def folders(self, name: str) -> tuple[str, str]:
        """Its two folders."""
        return f"{self.transcripts}/{name}", f"{self.history}/{name}"


class Step(NamedTuple):
    """A commit that touches a document, with its changes there."""

    number: int
    commit: Commit
    changes: list[Change]


class _Place(NamedTuple):
    chain: int
    number: int


@dataclass
class Courses:
    """The commits of a log, split by document.

    Attributes:
        steps: For each document the commits that touch it, parents before their children.
    """

    steps: dict[str, list[Step]] = field(default_factory=dict)
    _places: dict[str, _Place] = field(default_factory=dict)
    _below: list[str | None] = field(default_factory=list)
    _merges: bool = False

    @staticmethod
    def of(commits: Sequence[Commit], layout: Layout) -> "Courses":
        """Those of a log with ``followed`` parents, newest first."""
        courses = Courses()
        ends: dict[str, int] = {}
        for number, commit in enumerate(reversed(commits)):
            parent = commit.parents[0] if commit.parents else None
            chain = ends.pop(parent, None) if parent else None
            if chain is None:
                chain = len(courses._below)
                courses._below.append(parent)
            ends[commit.id] = chain
            courses._merges = courses._merges or len(commit.parents) > 1
            courses._places[commit.id] = _Place(chain, number)
            by_document: dict[str, list[Change]] = {}
            for change in commit.changes:
                if name := layout.document(change.path):
                    by_document.setdefault(name, []).append(change)
            for name, changes in by_document.items():
                courses.steps.setdefault(name, []).append(Step(number, commit, changes))
        return courses

    @property
    def is_one_line(self) -> bool:
        """Whether each commit follows on the one before it."""
        return len(self._below) < 2 and not self._merges


class Unknown(Exception):
    """A state was asked for that lies before the commits at hand."""


class Trail(Generic[State]):
    """The states of one document at the commits that touch it.

    ``before`` gives its state at commits that are not at hand; it raises `Unknown` where it knows none.
    """

    def __init__(self, courses: Courses, before: Callable[[str], State], nothing: State) -> None:
        self._courses = courses
        self._before = before
        self._nothing = nothing
        self._marks: dict[int, list[int]] = {}
        self._states: dict[int, State] = {}

    def put(self, step: Step, state: State) -> None:
        """Note the state at a step; steps come in their order."""
        if self._courses.is_one_line:
            self._states.clear()  # of what lies further back nobody asks
        place = self._courses._places[step.commit.id]
        self._marks.setdefault(place.chain, []).append(place.number)
        self._states[place.number] = state

    def at(self, commit: str | None) -> State:
        """The state at a commit."""
        while commit is not None:
            place = self._courses._places.get(commit)
            if place is None:
                return self._before(commit)
            marks = self._marks.get(place.chain, ())
            if found := bisect_right(marks, place.number):
                return self._states[marks[found - 1]]
            commit = self._courses._below[place.chain]
        return self._nothing

    def parents(self, commit: Commit) -> list[tuple[str | None, State]]:
        """The states at the parents of a commit, the first one first."""
        return [(parent, self.at(parent)) for parent in commit.parents] or [(None, self._nothing)]
