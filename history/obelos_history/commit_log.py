"""The log: what ``git log --raw -z -m --format=raw`` wrote, read into commits.

The raw format is the only one that names the parent a merge is compared with, and it keeps the message as it is
(each line set in by four blanks).
"""

import os
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

from .facts import Change, Commit, Person
from .trees import FILE, PROGRAM

ARGUMENTS = (
    "log",
    "-z",
    "--raw",
    "--format=raw",
    "--no-abbrev",
    "--no-color",
    "--no-decorate",
    "--no-ext-diff",
    "--no-mailmap",
    "--no-notes",
    "--no-renames",
    "--full-history",  # a merge that dropped one side's change is in it
    "--topo-order",  # clocks of several people are not to be trusted, ancestry is
    "-m",
    "--root",
)

_PLAIN = (FILE, PROGRAM)  # a symbolic link or a submodule is no file, here as in `Repository.tree`
_PERSON = re.compile(r"(.*?) ?<(.*)> (-?\d+) ([+-])(\d\d)(\d\d)")
_TRAILER = re.compile(r"([A-Za-z][A-Za-z0-9-]*): (.*)")


FOLLOWED = "--parents"
"""Asked for besides: all merges are listed, and each commit names as its parents the nearest that are listed."""


def parse(out: bytes, *, followed: bool = False) -> list[Commit]:
    """Commits in the order of the log; the records that a merge has for its parents are put together.

    Args:
        out: What git wrote.
        followed: Whether it was asked with `FOLLOWED`: parents are then those that it names.
    """
    found: dict[str, Commit] = {}
    for header, fields in _records(out):
        commit, compared = _commit(header, followed)
        parent = compared or (commit.parents[0] if commit.parents else None)
        earlier = found.get(commit.id, commit)
        changes = tuple(_change(facts, path, parent) for facts, path in fields)
        found[commit.id] = replace(earlier, changes=earlier.changes + changes)
    return list(found.values())


def _records(out: bytes) -> list[tuple[str, list[tuple[str, str]]]]:
    """Each header with its changes: pairs of what changed and the path."""
    records: list[tuple[str, list[tuple[str, str]]]] = []
    fields = iter(os.fsdecode(field) for field in out.split(b"\0"))
    for field in fields:
        if field.startswith("commit "):
            # The first change stands in the header's field. No line of the header or the message begins with a colon.
            header, _, first = field.partition("\n:")
            records.append((header, [(first, next(fields))] if first else []))
        elif field:
            records[-1][1].append((field.removeprefix(":"), next(fields)))
    return records


def _commit(header: str, followed: bool) -> tuple[Commit, str | None]:
    facts, _, message = header.partition("\n\n")
    lines = facts.split("\n")
    names, _, compared = lines[0].removeprefix("commit ").partition(" (from ")
    name, *nearest = names.split(" ")
    own = (line.removeprefix("parent ") for line in lines if line.startswith("parent "))
    parents = tuple(nearest if followed else own)
    author = next(line.removeprefix("author ") for line in lines if line.startswith("author "))
    person, when = _person(author)
    subject, body, trailers = read_message("\n".join(line.removeprefix("    ") for line in message.split("\n")))
    return Commit(name, parents, person, when, subject, body, trailers, ()), compared.removesuffix(")") or None


def _person(text: str) -> tuple[Person, datetime]:
    match = _PERSON.fullmatch(text)
    if match is None:
        return Person(text, ""), datetime.fromtimestamp(0, UTC)
    name, mail, seconds, sign, hours, minutes = match.groups()
    offset = timedelta(hours=int(hours), minutes=int(minutes)) * (-1 if sign == "-" else 1)
    try:
        when = datetime.fromtimestamp(int(seconds), timezone(offset))
    except (ValueError, OverflowError, OSError):
        # Some program wrote a date that no calendar has; the commit is shown all the same.
        when = datetime.fromtimestamp(0, UTC)
    return Person(name, mail), when


def _change(facts: str, path: str, parent: str | None) -> Change:
    before, after, old, new, _ = facts.split(" ")
    return Change(path, old if before in _PLAIN else None, new if after in _PLAIN else None, parent)


def read_message(message: str) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    """Subject, body and trailers of a commit message.

    The last paragraph is one of trailers when each of its lines is ``Key: value`` and it is not the first.
    """
    paragraphs = message.strip("\n").split("\n\n")
    subject, rest = " ".join(paragraphs[0].split("\n")), paragraphs[1:]
    trailers: tuple[tuple[str, str], ...] = ()
    if rest:
        found = [_TRAILER.fullmatch(line) for line in rest[-1].strip("\n").split("\n")]
        matches = [match for match in found if match is not None]
        if len(matches) == len(found):
            trailers = tuple((match.group(1), match.group(2)) for match in matches)
            rest = rest[:-1]
    return subject, "\n\n".join(rest).strip("\n"), trailers
