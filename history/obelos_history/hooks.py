"""The hooks ``pre-commit`` and ``commit-msg`` of a repository, run before a commit where the person has asked for them.

A hook is a program that lies in the repository, so it runs only where a person said ``obelos trust --hooks``, and only
as it was then. Invariant: that is remembered outside the repository; nothing in it can ask for its own hooks.
"""

import hashlib
import os
from dataclasses import replace
from pathlib import Path

from platformdirs import user_data_path

from obelos_transcripts import Refused, visible

from .files import atomic_write, make_folders, read
from .gate import Places, find
from .git import Git, GitFailed
from .job import Job, Jobs
from .store import Store

EVENTS = ("pre-commit", "commit-msg")


def hooks_folder(git: Git, root: Path, common: Path) -> Path:
    """Where git looks for hooks: ``core.hooksPath`` of the person or of a trusted repository, else the usual place."""
    status, said = git.answer("config", "--null", "--type=path", "--get-all", "core.hooksPath", ok=(0, 1))
    # The last is our own, which lets none run.
    chosen = said.split(b"\0")[:-2] if status == 0 else []
    return root / os.fsdecode(chosen[-1]) if chosen else common / "hooks"


def trust_hooks(folder: Path) -> list[Path]:
    """Let the hooks of the repository a folder lies in run before each commit, as they are now: their files.

    Raises:
        Refused: There is no repository, or it has none of these hooks.
    """
    places = find(folder)
    where = hooks_folder(Git(places.root), places.root, places.common)
    hooks = [where / event for event in EVENTS if (where / event).is_file()]
    if not hooks:
        raise Refused(f"There is no hook {' or '.join(EVENTS)} in {where}. Nothing was changed.")
    _remember(places, _fingerprint(places, where))
    return hooks


def distrust_hooks(folder: Path) -> None:
    """Let no hook of the repository a folder lies in run any more.

    Raises:
        Refused: There is no repository.
    """
    _remember(find(folder), None)


def ask_hooks(store: Store, jobs: Jobs, job: Job, tree: str) -> Job:
    """Run the hooks that the person asked for: the job, with the message as ``commit-msg`` left it.

    They see an index of their own, which holds exactly what is to be committed.

    Args:
        store: The repository.
        jobs: Where scratch files go.
        job: The commit to be made.
        tree: Its tree, written already.

    Raises:
        Refused: A hook says no, changed what is to be committed, or is no longer what was trusted.
    """
    places = Places(store.root, store.git_dir, store.common)
    trusted = _trusted(places)
    if trusted is None:
        return job
    where = hooks_folder(store.git, store.root, store.common)
    if trusted != _fingerprint(places, where):
        raise Refused(
            f"The hooks in {where} are no longer those that you trusted, so none was run, and nothing was committed. "
            "Look at them, then say “obelos trust --hooks”, or “obelos trust --no-hooks” to commit without."
        )
    index = jobs.scratch(job.id, "index")
    own = {"GIT_INDEX_FILE": str(index), "GIT_LITERAL_PATHSPECS": "0", "GIT_EDITOR": ":"}
    store.git("read-tree", tree, environment=own)
    _run(store, where, "pre-commit", own)
    staged = store.git("write-tree", environment=own).decode().strip()
    ours = {path: None if data is None else store.blob_id(data) for path, data in job.changes.items()}
    if staged != tree or any(store.disk(path)[0] != blob for path, blob in ours.items()):
        raise Refused(
            "The hook pre-commit changed what was to be committed. Obelos commits exactly what was decided on, so "
            "nothing was committed. Let the hook leave transcripts/ and history/ alone."
        )
    note = jobs.scratch(job.id, "message")
    note.write_text(job.message, "utf-8", newline="")
    _run(store, where, "commit-msg", own, str(note))
    message = (read(note) or b"").decode("utf-8", "replace")
    # A hook may add a line (a number of an issue, say); what we recorded must stay.
    if not set(job.message.splitlines()) <= set(message.splitlines()) or "\0" in message or "\ufffd" in message:
        raise Refused(
            "The hook commit-msg took lines out of the message, so nothing was committed. It may add lines, no more."
        )
    return replace(job, message=message if message.endswith("\n") else f"{message}\n")


def _run(store: Store, where: Path, event: str, environment: dict[str, str], *given: str) -> None:
    settings = {"core.hooksPath": str(where), f"hook.{event}.enabled": "true"}
    more = ["--", *given] if given else []
    try:
        store.git("hook", "run", "--ignore-missing", event, *more, environment=environment, settings=settings)
    except GitFailed as error:
        said = visible(error.message.strip(), keep_lines=True) or f"It said nothing; exit status {error.status}."
        raise Refused(
            f"The hook {event} said no, so nothing was committed; the decisions are kept. What it said:\n{said}\n"
            "Mend what it asks for and commit again, or commit without it: obelos trust --no-hooks"
        ) from error


def _remembered() -> Path:
    return user_data_path("obelos") / "hooks"


def _entries() -> dict[bytes, bytes]:
    """Place of a git folder → fingerprint."""
    lines = (read(_remembered()) or b"").splitlines()
    return {line[65:]: line[:64] for line in lines}


def _trusted(places: Places) -> str | None:
    found = _entries().get(_place(places))
    return found.decode("ascii", "replace") if found else None


def _remember(places: Places, fingerprint: str | None) -> None:
    entries = _entries()
    entries.pop(_place(places), None)
    if fingerprint:
        entries[_place(places)] = fingerprint.encode()
    make_folders(_remembered().parent)
    atomic_write(_remembered(), b"".join(b"%s %s\n" % (value, key) for key, value in entries.items()))


def _place(places: Places) -> bytes:
    return os.fsencode(places.common).replace(b"\n", b"?")


def _fingerprint(places: Places, where: Path) -> str:
    parts = [os.fsencode(places.common)]
    parts += [b"-" if (data := read(where / event)) is None else b"+" + data for event in EVENTS]
    return hashlib.sha256(b"".join(b"%d:%s" % (len(part), part) for part in parts)).hexdigest()
