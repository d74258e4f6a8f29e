"""A document as it stands in a commit: its base text, working text and records, whichever edition it belongs to.

Nothing is read from the work tree. A file that cannot be read is named with the commit.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath, PurePosixPath
from typing import NamedTuple

from obelos_transcripts.edition import HISTORY, SETTINGS, TRANSCRIPTS
from obelos_transcripts.errors import BadInput, Problem
from obelos_transcripts.text import decode, encode

from .merging import Side
from .records import Records, read_all
from .replay import replay
from .repository import Repository
from .settled import settle
from .trees import Entry

_OURS = re.compile(
    rf"(?P<root>(?:.+/)?)(?:{TRANSCRIPTS}/(?P<name>[^/]+)/(?P<what>base|text)\.(?:txt|md)|{HISTORY}/(?P<of>[^/]+)/[^/]+\.yaml)",
    re.DOTALL,
)


class Named(NamedTuple):
    """A document of a repository: the folder of its edition (``""`` or ending in ``/``), and its name."""

    root: str
    name: str

    @property
    def folders(self) -> tuple[str, str]:
        """Where its texts and its records lie."""
        return f"{self.root}{TRANSCRIPTS}/{self.name}", f"{self.root}{HISTORY}/{self.name}"


def document_of(path: str) -> Named | None:
    """The document whose base text, working text or record lies at a path; None for any other file."""
    match = _OURS.fullmatch(path)
    return Named(match["root"], match["name"] or match["of"]) if match else None


def documents_among(repository: Repository, commits: Iterable[str], paths: Iterable[str]) -> set[Named]:
    """The documents that paths belong to, as far as their folder is that of an edition in one of the commits."""
    found = {named for path in paths if (named := document_of(path))}
    settings = {f"{root}{SETTINGS}" for root in {named.root for named in found}}
    editions = set[str]().union(*(repository.entries(commit, settings) for commit in commits)) if settings else set()
    return {named for named in found if f"{named.root}{SETTINGS}" in editions}


@dataclass(frozen=True)
class State:
    """One document in one commit.

    Attributes:
        files: Its base text, working text and records: path → entry.
        data: Their bytes.
        records: What the records say.
    """

    named: Named
    commit: str
    files: Mapping[str, Entry]
    data: Mapping[str, bytes]
    records: Records

    def _only(self, what: str) -> str | None:
        paths = [path for path in self.files if (match := _OURS.fullmatch(path)) and match["what"] == what]
        if len(paths) > 1:
            raise BadInput.at(paths[0], None, f"there are two ({', '.join(paths)}) in {self.commit[:10]}")
        return next(iter(paths), None)

    @property
    def base_path(self) -> str | None:
        """Where the base text lies; None where there is none."""
        return self._only("base")

    @property
    def text_path(self) -> str | None:
        """Where the working text lies; None where there is none."""
        return self._only("text")

    @cached_property
    def side(self) -> Side:
        """Base text and records.

        Raises:
            BadInput: There is no base text, or it is no text.
        """
        path = self.base_path
        if path is None:
            raise BadInput.at(self.named.folders[0], None, f"has no base text in {self.commit[:10]}")
        return Side(decode(self.data[path], f"{path} in {self.commit[:10]}"), self.files[path].id, self.records)

    @cached_property
    def expected(self) -> bytes:
        """The working text that base text and records make.

        Raises:
            BadInput: They contradict each other.
        """
        side = self.side
        settled = settle(side.base, side.base_id, self.records)
        return encode(replay(side.base, side.base_id, settled.decisions, settled.elsewhere).text)

    @property
    def text(self) -> bytes | None:
        """The bytes of the working text."""
        return self.data[self.text_path] if self.text_path else None

    @property
    def holds(self) -> bool:
        """Whether the working text is what base text and records make; a document may have none if nothing changed."""
        try:
            return self.expected == (self.data[self.base_path or ""] if self.text is None else self.text)
        except BadInput:
            return False


def read_states(
    repository: Repository, commit: str, documents: Iterable[Named], broken: Callable[[Problem], None] | None = None
) -> dict[Named, State]:
    """Documents as they stand in a commit; those that are not there are left out. Three git processes.

    Args:
        broken: Told of files that are no sound records, which are then left out.

    Raises:
        BadInput: With every file that is no sound record, unless somebody is told of them.
    """
    wanted = set(documents)
    found = repository.entries(commit, [folder for named in wanted for folder in named.folders]) if wanted else {}
    files: dict[Named, dict[str, Entry]] = {}
    for path, entry in found.items():
        named = document_of(path)
        if named in wanted:
            files.setdefault(named, {})[path] = entry
    blobs = repository.blobs(entry.id for some in files.values() for entry in some.values())
    states, problems = {}, []
    for named, some in files.items():
        data = {path: blobs[entry.id] for path, entry in some.items()}
        ours: dict[PurePath, bytes] = {
            PurePosixPath(p): b for p, b in data.items() if p.startswith(f"{named.folders[1]}/")
        }
        records, wrong = read_all(ours, named.name)
        problems += [Problem(f"{one.where} in {commit[:10]}", one.line, one.what) for one in wrong]
        states[named] = State(named, commit, some, data, records)
    if problems and broken is None:
        raise BadInput(*problems)
    for problem in problems:
        if broken:
            broken(problem)
    return states


def base_texts(repository: Repository, *states: State) -> dict[str, str]:
    """All base texts that the records of some states name, by their blobs.

    Raises:
        Refused: One is missing in this repository.
    """
    names: set[str] = set()
    for state in states:
        names |= {d.base for d in state.records.decisions}
        names |= {blob for one in state.records.bases for blob in (one.base, one.replaces) if blob}
    return {blob: decode(data, blob) for blob, data in repository.blobs(sorted(names)).items()}
