"""Repositories with long histories, made in one go: a stream for ``git fast-import``.

All texts and names in it are made up.
"""

import subprocess
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from gitworld import EDITOR, World, environment
from obelos_history import Decision, dump
from obelos_history.attestation import BaseRecord
from obelos_history.attestation import dump as dump_record
from obelos_history.facts import Person
from obelos_history.trees import object_id
from obelos_transcripts import Span, place_of
from obelos_transcripts.edition import ATTRIBUTES

START = datetime(2026, 1, 1, 12, tzinfo=UTC)
WORDS = ("telegram", "received", "bane", "operations", "Dairen", "consul", "reports", "railway", "traité", "evening")


class Stream:
    """Commits one after another; `write` makes a repository of them."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._marks = 0

    def commit(
        self,
        changes: Mapping[str, bytes | None],
        subject: str = "a commit",
        *,
        person: Person = EDITOR,
        parents: Sequence[int] | None = None,
    ) -> int:
        """Add a commit of some files (None: taken away): its number, to be named as a parent.

        Without ``parents`` it follows on the commit before it; with several it is a merge, and has the files of the
        first parent with the changes.
        """
        before = parents if parents is not None else [self._marks] if self._marks else []
        self._marks += 1
        stamp = f"{person} {int((START + timedelta(minutes=self._marks)).timestamp())} +0000"
        message = subject.encode()
        out = [f"commit refs/heads/main\nmark :{self._marks}\nauthor {stamp}\ncommitter {stamp}\n".encode()]
        out.append(b"data %d\n%s\n" % (len(message), message))
        out += [b"%s :%d\n" % (b"merge" if n else b"from", parent) for n, parent in enumerate(before)]
        for path, data in changes.items():
            name = path.encode()
            if data is None:
                out.append(b"D %s\n" % name)
            else:
                out.append(b"M 100644 inline %s\ndata %d\n%s\n" % (name, len(data), data))
        self._parts.append(b"".join(out) + b"\n")
        return self._marks

    def write(self, folder: Path, *, checkout: bool = True) -> World:
        """Make the repository, its files checked out."""
        folder.mkdir(parents=True)
        world = World(folder)
        world.git("init", "-q", "-b", "main")
        line = ["git", "fast-import", "--quiet", "--force", "--date-format=raw"]
        subprocess.run(line, cwd=folder, env=environment(), input=b"".join(self._parts), check=True)
        if checkout:
            world.git("reset", "-q", "--hard")
        return world


def founding(more: Mapping[str, bytes] | None = None) -> dict[str, bytes | None]:
    """The first files of an edition."""
    return {"edition.yaml": b"title: Made up\n", ".gitattributes": ATTRIBUTES.encode(), **(more or {})}


class Growing:
    """A document that gets one correction after another.

    Attributes:
        name: What it is called.
        base: Its base text.
        files: The files of its decisions.
    """

    def __init__(self, name: str, words: int, number: int = 0) -> None:
        self.name = name
        lines = [
            " ".join(f"{WORDS[(n + number) % 10]}{n}" for n in range(at, min(at + 12, words)))
            for at in range(0, words, 12)
        ]
        self.base = "\n".join(lines) + "\n"
        self.base_id = object_id("blob", self.base.encode(), "sha1")
        self.decisions: list[Decision] = []
        self._number = number
        self._at = 0
        self._readings: list[tuple[int, int, str]] = []
        self.files: dict[str, bytes] = {}

    def record_id(self, number: int) -> str:
        """The id of its n-th record."""
        return f"01JD{self._number:011d}{number:011d}"

    @property
    def folder(self) -> str:
        """Where its texts lie."""
        return f"transcripts/{self.name}"

    def record(self, number: int) -> str:
        """Where its n-th record lies; 0 is that of the base text."""
        return f"history/{self.name}/{self.record_id(number)}.yaml"

    def added(self) -> dict[str, bytes | None]:
        """The files with which it comes in."""
        first = BaseRecord(self.record_id(0), self.name, self.base_id, str(EDITOR), START)
        text = self.base.encode()
        return {f"{self.folder}/base.txt": text, f"{self.folder}/text.txt": text, self.record(0): dump_record(first)}

    def corrected(self) -> dict[str, bytes | None]:
        """The files of the next correction: the next word of the text gets another ending."""
        start = self._at
        end = start
        while self.base[end] not in " \n":
            end += 1
        self._at = end + 1
        reading = self.base[start:end] + "x"
        decision = Decision(
            id=self.record_id(len(self.decisions) + 1),
            document=self.name,
            base=self.base_id,
            disposition="correct",
            fault="transcription",
            place=place_of(self.base, Span(start, end), "body"),
            reading=reading,
            rule=None,
            fingerprint=None,
            note="The other keying reads so.",
            cert="high",
            evidence="external",
            source="B",
            resp=str(EDITOR),
            when=START,
        )
        self.decisions.append(decision)
        self._readings.append((start, end, reading))
        self.files[self.record(len(self.decisions))] = dump(decision)
        return {f"{self.folder}/text.txt": self.text.encode(), self.record(len(self.decisions)): dump(decision)}

    @property
    def text(self) -> str:
        """Its working text."""
        return self.text_without(0)

    def text_without(self, number: int) -> str:
        """The working text as it would be without the n-th decision; 0: with all."""
        out, at = [], 0
        for one, (start, end, reading) in enumerate(self._readings, 1):
            if one != number:
                out += [self.base[at:start], reading]
                at = end
        return "".join([*out, self.base[at:]])
