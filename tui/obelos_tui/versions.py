"""Versions as they are named on the command line: a document's texts, now or in a commit, plain files, standard input.

`DOCUMENT` is the working text, `DOCUMENT:SIGLUM` a witness, `DOCUMENT@base` the base text, and with `@REVISION` any of
them as it was in a commit. Nothing else means a document: what begins with no document's name is a file.
"""

import os
import re
import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from obelos_transcripts import BadInput, Document, Edition, Problem, decode, find_edition, read_text
from obelos_transcripts.edition import SUFFIXES
from obelos_transcripts.schema import did_you_mean
from obelos_transcripts.text import MOST_BYTES

from .version import Version

# Plain files need no history, and do not pay for loading it.
if TYPE_CHECKING:
    from obelos_history import Repository

STDIN = "-"
BASE = "base"
WORKING = "text"
_PARTS = re.compile(r"([^@:]*)([@:]?)(.*)", re.DOTALL)
_TITLES = {WORKING: "working text", BASE: "base text"}
_SHORT = 7
_TOLD = 8


class Named(NamedTuple):
    """A version that was asked for: of which document which text at which revision, all three empty for a file."""

    given: str
    document: str = ""
    siglum: str = ""
    revision: str = ""


def parse(given: str, documents: Sequence[str]) -> Named:
    """What a name on the command line means, given the documents that there are.

    Raises:
        BadInput: It begins with a document's name, but what follows means nothing.
    """
    parted = _PARTS.fullmatch(given)
    name, sign, rest = parted.groups() if parted else (given, "", "")
    if name not in documents:
        return Named(given)
    if not sign:
        return Named(given, name, WORKING)
    if (sign, rest) == ("@", BASE):
        return Named(given, name, BASE)
    # No revision of git holds a colon, so DOCUMENT@REVISION:SIGLUM can mean but one thing.
    first, separator, second = rest.partition("@" if sign == ":" else ":")
    siglum, revision = (first, second) if sign == ":" else (second, first)
    # What begins with a hyphen would be an option of git.
    if first and bool(second) == bool(separator) and not revision.startswith("-"):
        return Named(given, name, siglum or WORKING, revision)
    what = "names no version; as in DOCUMENT:SIGLUM (a witness), DOCUMENT@base, DOCUMENT@REVISION (as it was committed)"
    raise BadInput.at(given, None, what)


def read_versions(given: Sequence[str], edition: Edition | None = None) -> list[Version]:
    """The versions of these names, each with a siglum of its own.

    Raises:
        BadInput: Names that mean nothing, all of them, each with what there is.
        Refused: The repository cannot be used.
    """
    edition = edition or find_edition(Path.cwd())
    reader = _Reader(edition)
    problems: list[Problem] = []
    found: list[tuple[Named, str, str]] = []
    if given.count(STDIN) > 1:
        raise BadInput.at(STDIN, None, "standard input can be read once only")
    for name in given:
        try:
            named = parse(name, reader.documents)
            found.append((named, *reader.read(named)))
        except BadInput as error:
            problems += error.problems
    if problems:
        raise BadInput(*problems)
    sigla = _sigla([named for named, _, _ in found])
    return [Version(siglum, title, text) for siglum, (_, title, text) in zip(sigla, found, strict=True)]


def all_of(document: Document) -> list[str]:
    """Names of the working text and of all witnesses of a document; of the base text where there is no witness."""
    witnesses = [f"{document.name}:{siglum}" for siglum in document.witnesses]
    return [document.name, *(witnesses or [f"{document.name}@{BASE}"])]


class _Reader:
    """Texts of versions; the repository is opened when a revision is asked for."""

    def __init__(self, edition: Edition | None) -> None:
        self._edition = edition
        self._repository: Repository | None = None
        self.documents = edition.names() if edition else []

    def read(self, named: Named) -> tuple[str, str]:
        """What the version is called in full, and its text."""
        if self._edition is None or not named.document:
            return named.given, self._file(named.given)
        document = self._edition.document(named.document)
        if named.revision:
            return self._committed(document, named)
        return _title(named, named.siglum), read_text(self._path(document, named.siglum))

    def _file(self, given: str) -> str:
        if given == STDIN:
            return decode(sys.stdin.buffer.read(), "standard input")
        if not os.path.lexists(given):
            kinds = "file or document" if self._edition else "file"
            hint = did_you_mean(re.split("[@:]", given, maxsplit=1)[0], self.documents)
            raise BadInput.at(given, None, f"there is no such {kinds}{hint}")
        return read_text(Path(given))

    def _path(self, document: Document, siglum: str) -> Path:
        if siglum == WORKING:
            return document.working if document.working.exists() else document.base
        if siglum == BASE:
            return document.base
        if siglum not in document.witnesses:
            raise BadInput.at(document.name, None, f"there is no witness “{siglum}”; {_has(document)}")
        return document.witnesses[siglum]

    def _committed(self, document: Document, named: Named) -> tuple[str, str]:
        """A text of the document as a commit has it."""
        from obelos_history import Repository

        self._repository = self._repository or Repository.open(document.folder)
        folder = self._repository.prefix(document.folder)
        revision = commit_named(self._repository, folder, named.revision, named.given)
        tree = self._repository.tree(revision, folder)
        stems = (WORKING, BASE) if named.siglum == WORKING else (named.siglum,)
        paths = [f"{folder}/{stem}{suffix}" for stem in stems for suffix in SUFFIXES]
        path = next((path for path in paths if path in tree), None)
        if path is None:
            there = ", ".join(sorted(Path(name).stem for name in tree if name.endswith(SUFFIXES))) or "no text"
            what = f"at “{named.revision}” the document has no “{named.siglum}”; it has {there}"
            raise BadInput.at(named.given, None, what)
        data = self._repository.blobs([tree[path]])[tree[path]]
        if len(data) > MOST_BYTES:
            raise BadInput.at(named.given, None, f"is larger than {MOST_BYTES // 2**20} MiB; split it")
        return f"{_title(named, Path(path).stem)} at {_short(revision)}", decode(data, named.given)


def commit_named(repository: "Repository", folder: str, revision: str, given: str) -> str:
    """The commit that a revision names: what git takes for one, or a day, for the last commit up to its end.

    Args:
        folder: A folder of the edition, for its commits; they are told where the revision names none.
        given: The name as it was typed.

    Raises:
        BadInput: It names none.
    """
    from obelos_history.git import GitFailed

    try:
        return repository.commit_id(revision)
    except GitFailed as error:
        commits = repository.log(folder)
        with suppress(ValueError):
            day = date.fromisoformat(revision)
            if found := next((commit.id for commit in commits if commit.when.date() <= day), ""):
                return found
        told = ", ".join(f"{commit.id[:_SHORT]} ({commit.when:%Y-%m-%d})" for commit in commits[:_TOLD])
        more = f" and {len(commits) - _TOLD} more" if len(commits) > _TOLD else ""
        there = f"commits of this document: {told}{more}" if told else "no commit has this document yet"
        raise BadInput.at(given, None, f"git knows no revision “{revision}”; {there}") from error


def _has(document: Document) -> str:
    witnesses = ", ".join(document.witnesses) or "none"
    return f"witnesses: {witnesses}; besides them “{document.name}” (working text) and “{document.name}@{BASE}”"


def _title(named: Named, stem: str) -> str:
    return f"{named.document}, {_TITLES.get(stem, f'witness {stem}')}"


def _sigla(names: Sequence[Named]) -> list[str]:
    """A siglum for each version: as short as tells them apart."""
    several = len({named.document for named in names if named.document}) > 1
    stems = Counter(Path(named.given).stem for named in names if not named.document)
    found: list[str] = []
    for named in names:
        if named.document:
            siglum = _siglum(named, several)
        else:
            path = Path(named.given)
            siglum = path.stem if stems[path.stem] == 1 else f"{path.absolute().parent.name}/{path.stem}"
        again = 2
        own = siglum
        while siglum in found:
            siglum, again = f"{own}#{again}", again + 1
        found.append(siglum)
    return found


def _siglum(named: Named, several: bool) -> str:
    siglum = "" if named.siglum == WORKING and (several or named.revision) else named.siglum
    revision = _short(named.revision) if named.revision else ""
    if several and siglum == BASE and not revision:
        return f"{named.document}@{BASE}"
    if several:
        return named.document + (f":{siglum}" if siglum else "") + (f"@{revision}" if revision else "")
    return f"{siglum}@{revision}" if siglum and revision else siglum or revision


def _short(revision: str) -> str:
    return revision[:_SHORT] if re.fullmatch("[0-9a-f]{12,64}", revision) else revision
