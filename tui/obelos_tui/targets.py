"""What `check` looks at: documents, files, folders, patterns and standard input, listed before anything is read.

A target reads its text when asked and keeps none, so that a run holds one text at a time. The order is that of the
arguments and, within a folder or a pattern, that of the names: the same on every run. A file named twice is one target.
"""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from obelos_transcripts import BadInput, Document, Edition, Problem, Refused, decode, find_edition, read_text
from obelos_transcripts.edition import HISTORY, RULES, SUFFIXES, TRANSCRIPTS
from obelos_transcripts.schema import did_you_mean

_WILD = frozenset("*?[")


@dataclass(frozen=True)
class Target:
    """A text to check.

    Attributes:
        name: How the output calls it: as it was named, or relative to the edition.
        path: Its file; None for standard input, which can be read once.
        document: The document that it is the working text of.
        history: Folder of that document's decisions; None where there are none.
        trouble: Why it cannot be read, where listing told already.
    """

    name: str
    path: Path | None
    document: Document | None = None
    history: Path | None = None
    trouble: str = ""

    def read(self) -> str:
        """The text.

        Raises:
            BadInput: It is not UTF-8, too large, no regular file, or gone.
        """
        if self.trouble:
            raise BadInput.at(self.name, None, self.trouble)
        if self.path is None:
            return decode(sys.stdin.buffer.read(), "standard input")
        return read_text(self.path)


def edition_around(paths: Sequence[str]) -> Edition | None:
    """The edition here or, where there is none, the one that what was named lies in.

    Raises:
        BadInput: It lies in several, whose rules and decisions differ.
    """
    here = find_edition(Path.cwd())
    if here:
        return here
    folders = {_nearest_folder(path) for path in paths if path != "-"}
    found = {edition.root: edition for edition in map(find_edition, sorted(folders)) if edition}
    if len(found) > 1:
        first, second, *_ = sorted(found)
        raise BadInput.at(first, None, f"and {second} are two editions; check the texts of each by themselves")
    return next(iter(found.values()), None)


def _nearest_folder(path: str) -> Path:
    """The folder that a path or a pattern begins in."""
    folder = Path(path)
    while not folder.is_dir() and folder != folder.parent:
        folder = folder.parent
    return folder


def list_targets(paths: Sequence[str], edition: Edition | None, name: str | None = None) -> list[Target]:
    """The texts that some arguments mean; without any, every document of the edition.

    Args:
        paths: Names of documents, files and folders, patterns of either, and ``-``.
        edition: The edition here, if there is one.
        name: What standard input is called; a document's working text lends it its decisions.

    Raises:
        BadInput: Arguments that mean nothing, all of them.
        Refused: There are neither arguments nor an edition.
    """
    if not paths and edition is None:
        raise Refused("there is no edition here; name files to check, or - for standard input")
    if name is not None and "-" not in paths:
        raise BadInput.at("--name", None, "names standard input; give - as well")
    listing = _Listing(edition)
    problems: list[Problem] = []
    seen: dict[str, Target] = {}
    for path in paths or (edition.names() if edition else ()):
        try:
            for target in listing.targets(path, name):
                seen.setdefault(os.path.realpath(target.path) if target.path else "", target)
        except BadInput as error:
            problems += error.problems
    if problems:
        raise BadInput(*problems)
    return list(seen.values())


class _Listing:
    """Arguments, one by one, as targets."""

    def __init__(self, edition: Edition | None) -> None:
        self._edition = edition
        self._names = edition.names() if edition else []
        self._known = frozenset(self._names)
        self._root = os.path.realpath(edition.root / TRANSCRIPTS) if edition else None

    def targets(self, path: str, name: str | None) -> Iterator[Target]:
        if path == "-":
            yield self._of_document(name or "-", Path(name) if name else None, read=False)
        elif path in self._known:
            yield self._document(path)
        elif os.path.isdir(path):
            yield from self._folder(Path(path))
        elif os.path.lexists(path):
            yield self._of_document(path, Path(path))
        elif _WILD.intersection(path):
            yield from self._pattern(path)
        else:
            hint = did_you_mean(path, self._names)
            raise BadInput.at(path, None, f"there is no such file{' or document' if self._edition else ''}{hint}")

    def _document(self, name: str) -> Target:
        if self._edition is None:
            raise BadInput.at(name, None, "there is no edition here")
        document = self._edition.document(name)
        file = document.working if document.working.exists() else document.base
        history = self._edition.history(name)
        decided = history.is_dir() and any(entry.endswith(".yaml") for entry in os.listdir(history))
        return Target(file.relative_to(self._edition.root).as_posix(), file, document, history if decided else None)

    def _of_document(self, name: str, path: Path | None, *, read: bool = True) -> Target:
        """A file under the name it was given, with the decisions of the document whose working text it is."""
        file = path if read else None
        if path is not None and self._edition is not None and self._root is not None:
            real = os.path.realpath(path)
            folder = os.path.basename(os.path.dirname(real))
            if os.path.dirname(os.path.dirname(real)) == self._root and folder in self._known:
                target = self._document(folder)
                if target.document and os.path.realpath(target.document.working) == real:
                    return Target(name, file, target.document, target.history)
        return Target(name, file)

    def _folder(self, folder: Path) -> Iterator[Target]:
        """Texts of a folder and the folders in it; of the edition's documents the text that stands for each."""
        unreadable: list[OSError] = []
        real = os.path.realpath(folder)
        for where, folders, files in _walk(folder, unreadable.append):
            folders[:] = sorted(name for name in folders if not name.startswith(".") and not self._apart(where, name))
            if (where == str(folder) or os.path.basename(where) in self._known) and self._stands_for(where):
                yield self._named(where, self._document(os.path.basename(os.path.realpath(where))))
                continue
            for name in sorted(files):
                path = Path(where, name)
                if path.suffix.lower() in SUFFIXES and not name.startswith(".") and _lies_in(path, real):
                    yield self._of_document(str(path), path)
        for error in unreadable:
            yield Target(str(error.filename), Path(error.filename), trouble=f"cannot be read: {error.strerror}")

    def _apart(self, where: str, name: str) -> bool:
        """Whether a folder is one of the edition's that holds no transcripts: lists of words, decisions."""
        return name in (RULES, HISTORY) and self._root == os.path.join(os.path.realpath(where), TRANSCRIPTS)

    def _stands_for(self, folder: str) -> bool:
        real = os.path.realpath(folder)
        return os.path.dirname(real) == self._root and os.path.basename(real) in self._known

    def _named(self, folder: str, target: Target) -> Target:
        """The target of a document, called by the way that led to it."""
        file = target.path.name if target.path else ""
        return Target(str(Path(folder, file)), target.path, target.document, target.history)

    def _pattern(self, pattern: str) -> Iterator[Target]:
        """Documents whose names fit, or else the files and folders whose paths do."""
        documents = [name for name in self._names if fnmatchcase(name, pattern)]
        if documents:
            yield from map(self._document, documents)
            return
        found = False
        for path in _fitting(pattern):
            found = True
            yield from self._folder(path) if path.is_dir() else (self._of_document(str(path), path),)
        if not found:
            what = "matches no text" if self._edition is None else "matches no document and no text"
            raise BadInput.at(pattern, None, what)


def _walk(
    folder: Path, unreadable: Callable[[OSError], None] = lambda error: None
) -> Iterator[tuple[str, list[str], list[str]]]:
    """As `os.walk`, which under Python 3.11 calls itself for each level and fails some thousand levels down."""
    waiting = [os.fspath(folder)]
    while waiting:
        where = waiting.pop()
        folders: list[str] = []
        files: list[str] = []
        try:
            with os.scandir(where) as entries:
                for entry in entries:
                    (folders if entry.is_dir(follow_symlinks=False) else files).append(entry.name)
        except OSError as error:
            unreadable(error)
            continue
        yield where, folders, files
        waiting += [os.path.join(where, name) for name in reversed(folders)]


def _lies_in(path: Path, folder: str) -> bool:
    """Whether it is a regular file that no link leads out of the folder; a link could lead to any file."""
    if not os.path.isfile(path):  # Path.is_file() raises where the name is too long
        return False
    return not os.path.islink(path) or os.path.realpath(path).startswith(os.path.join(folder, ""))


def _fitting(pattern: str) -> Iterator[Path]:
    """Files and folders whose paths fit a pattern, in order; ``**`` is any number of folders.

    Names that begin with a dot fit only where the pattern says the dot; only texts fit where it says no ending.
    """
    parts = Path(pattern).parts
    fixed = next(number for number, part in enumerate(parts) if _WILD.intersection(part))
    top, wild = Path(*parts[:fixed]), parts[fixed:]
    suffixes = () if Path(pattern).suffix and not _WILD.intersection(Path(pattern).suffix) else SUFFIXES
    real = os.path.realpath(top)
    for where, folders, files in _walk(top):
        below = Path(where).relative_to(top).parts
        folders[:] = sorted(name for name in folders if _leads_on((*below, name), wild))
        for name in sorted(files):
            path = Path(where, name)
            ending = not suffixes or path.suffix.lower() in suffixes
            if ending and _fits((*below, name), wild) and _lies_in(path, real):
                yield path
        for name in folders:
            if _fits((*below, name), wild) and "**" not in wild:
                yield Path(where, name)


def _fits(parts: Sequence[str], pattern: Sequence[str]) -> bool:
    return len(pattern) in _reached(parts, pattern)


def _leads_on(parts: Sequence[str], pattern: Sequence[str]) -> bool:
    return bool(_reached(parts, pattern))


def _reached(parts: Sequence[str], pattern: Sequence[str]) -> set[int]:
    """How much of a pattern some parts of a path use up, in every way that there is; linear in both."""
    at = _past_any({0}, pattern)
    for part in parts:
        following = set()
        for number in at:
            if number < len(pattern):
                if pattern[number] == "**":
                    following |= set() if part.startswith(".") else {number}
                elif fnmatchcase(part, pattern[number]) and (part[0] != "." or pattern[number][0] == "."):
                    following.add(number + 1)
        at = _past_any(following, pattern)
    return at


def _past_any(at: set[int], pattern: Sequence[str]) -> set[int]:
    for number in range(len(pattern)):
        if number in at and pattern[number] == "**":
            at.add(number + 1)
    return at
