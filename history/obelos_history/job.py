"""The record of a commit under way: everything needed to make it again, on disk before the first file is touched.

Each job is ``<number>.json`` in a folder of ours under the git folder. Beside it lie its scratch files, whose names
begin with the same number, and ``<number>.alive``, which the process that works on the job keeps locked: a lock of
the system ends with the process, so a dead job is told from a living one for certain.
"""

import base64
import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

from obelos_transcripts import Refused

from .facts import Person
from .files import TEMPORARY, atomic_write, make_folders, read, sync_folder

FORMAT = "obelos-commit/1"


@dataclass(frozen=True)
class Job:
    """One commit to be made.

    Attributes:
        id: 32 hexadecimal digits.
        changes: Path → new bytes; None takes the file away.
        reviewed: Path → blob that was reviewed; None: no file.
        before: Path → blob on disk before we wrote; None: no file.
        ref, old: Branch to move and the commit it must stand at (None: before the first).
        sign: Whether git is to sign.
        theirs: Work of others that is taken in; see ``Joining``.
        forward: No commit is made; the branch moves to theirs.
        modes: Modes of files that are new.
        commit: The commit made and found right; None until then.
        withdrawn: It was refused on the way; what was written is to be put back.
    """

    id: str
    changes: dict[str, bytes | None]
    reviewed: dict[str, str | None]
    before: dict[str, str | None]
    message: str
    person: Person
    when: datetime
    ref: str
    old: str | None
    sign: bool
    theirs: str | None = None
    forward: bool = False
    modes: Mapping[str, str] = field(default_factory=dict)
    commit: str | None = None
    withdrawn: bool = False

    @property
    def subject(self) -> str:
        """First line of the message."""
        return self.message.partition("\n")[0]

    def temporary(self, file: Path, number: int) -> Path:
        """Name of the temporary file for the nth file of the job; recovery removes exactly these."""
        return file.with_name(f"{TEMPORARY}{self.id}-{number}")


def dump(job: Job) -> bytes:
    """The job as JSON; bytes in Base64."""
    fields = asdict(job) | {
        "format": FORMAT,
        "changes": {p: None if d is None else base64.b64encode(d).decode() for p, d in job.changes.items()},
        "when": job.when.isoformat(),
    }
    return json.dumps(fields).encode("ascii")


def load(data: bytes) -> Job:
    """The job that ``dump`` wrote."""
    fields = json.loads(data)
    if fields.pop("format") != FORMAT:
        raise ValueError("not a job of this version")
    fields["changes"] = {p: None if d is None else base64.b64decode(d) for p, d in fields["changes"].items()}
    fields["person"] = Person(**fields["person"])
    fields["when"] = datetime.fromisoformat(fields["when"])
    return Job(**fields)


@dataclass(frozen=True)
class Jobs:
    """The folder of the jobs."""

    folder: Path

    def write(self, job: Job) -> None:
        """Put the job on disk, safe from a power cut."""
        atomic_write(self._record(job.id), dump(job), mode=0o600, temporary=self.folder / f"{job.id}.new")

    def read(self, number: str) -> Job | None:
        """A job; None when there is none of this number.

        Raises:
            Refused: Another version of Obelos wrote it.
        """
        record = self._record(number)
        data = read(record)
        try:
            return None if data is None else load(data)
        except (ValueError, KeyError, TypeError) as error:
            raise Refused(
                f"{record} is no record that this version of Obelos can read. Finish it with the version that wrote it."
            ) from error

    def written(self, number: str) -> float:
        """When a job's record was last written, in seconds since 1970."""
        return self._record(number).stat().st_mtime

    def drop(self, number: str) -> None:
        """Forget a job. Its record goes last, so that a death in between leaves nothing unknown."""
        self.sweep(number)
        self._record(number).unlink(missing_ok=True)
        (self.folder / f"{number}.alive").unlink(missing_ok=True)
        sync_folder(self.folder)

    def sweep(self, number: str) -> None:
        """Remove a job's scratch files, also the ``.lock`` that a killed git leaves beside a scratch index."""
        for name in self._names():
            if name.startswith(number) and name not in (f"{number}.json", f"{number}.alive"):
                (self.folder / name).unlink(missing_ok=True)

    def scratch(self, number: str, kind: str) -> Path:
        """A new name for a scratch file. Never used twice: a killed git leaves its lock beside the old one."""
        return self.folder / f"{number}.{os.urandom(4).hex()}.{kind}"

    def scratch_files(self, number: str, kind: str) -> list[Path]:
        """Scratch files of a job that are there."""
        return [self.folder / n for n in self._names() if n.startswith(f"{number}.") and n.endswith(f".{kind}")]

    def numbers(self) -> list[str]:
        """Numbers of all jobs that left anything, sorted."""
        return sorted({name.partition(".")[0] for name in self._names()})

    @contextmanager
    def alive(self, number: str) -> Iterator[None]:
        """Say that this process works on a new job. Waits while another process recovers."""
        make_folders(self.folder)
        with _locked(self.folder, fcntl.LOCK_SH):
            handle = os.open(self.folder / f"{number}.alive", os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
            fcntl.flock(handle, fcntl.LOCK_EX)
        try:
            yield
        finally:
            if (self.folder / f"{number}.alive").exists() and not self._record(number).exists():
                self.drop(number)
            os.close(handle)

    def is_alive(self, number: str) -> bool:
        """Whether a process is at work on this job."""
        try:
            handle = os.open(self.folder / f"{number}.alive", os.O_RDWR | os.O_CLOEXEC)
        except FileNotFoundError:
            return False
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        finally:
            os.close(handle)
        return False

    @contextmanager
    def recovering(self) -> Iterator[None]:
        """One recovery at a time, and no new job meanwhile."""
        with _locked(self.folder, fcntl.LOCK_EX):
            yield

    def _names(self) -> list[str]:
        return os.listdir(self.folder) if self.folder.is_dir() else []

    def _record(self, number: str) -> Path:
        return self.folder / f"{number}.json"


@contextmanager
def _locked(folder: Path, how: int) -> Iterator[None]:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(handle, how)
        yield
    finally:
        os.close(handle)
