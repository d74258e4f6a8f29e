"""The user's index with a few entries replaced, and the branch moved: what makes a commit visible.

Invariant: entries of other paths, staged by whomever, are as they were; the index is replaced whole, under its lock,
and has our entries before the branch does.
"""

import os
import signal
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from obelos_transcripts import Refused, visible

from .files import sync_folder
from .git import GitFailed
from .index_lock import Busy, clear_ref_locks, take
from .job import Job, Jobs
from .store import Store, by_path
from .trees import Entry, entry_at

Blobs = Mapping[str, str | None]
"""Path → blob; None: nothing there."""

_MOVED = (
    "Another process keeps moving or holding the branch, so nothing was committed; the decisions are kept. Let the "
    "other git program finish, then commit again."
)


def copy_index(store: Store, jobs: Jobs, number: str) -> Path:
    """A second name for the index as it is, for git to write a new one from, or to put it back.

    A hard link and not a copy: the time of the file is what git tells by which of other people's files may have
    changed in the same instant as it was written (git's racy-git.txt). Git replaces this name, never the bytes.
    """
    candidate = jobs.scratch(number, "index")
    if store.index.exists():
        os.link(store.index, candidate)
    return candidate


def replace_entries(store: Store, candidate: Path, entries: Mapping[str, Entry | None]) -> None:
    """Put entries into an index file, or take them out (None)."""
    lines = (
        b"%s %s\t%s\0" % ((e.mode if e else "0").encode(), (e.id if e else store.none).encode(), os.fsencode(path))
        for path, e in entries.items()
    )
    store.git(
        "update-index",
        "--add",
        "-z",
        "--index-info",
        stdin=b"".join(lines),
        environment={"GIT_INDEX_FILE": str(candidate)},
    )


def check_staged(store: Store, job: Job, entries: Mapping[str, Entry | None], candidate: Path) -> None:
    """Refuse when somebody has staged one of our paths since they were examined.

    Raises:
        Refused: With the path.
    """
    staged = store.index_entries(list(job.changes), candidate)
    for path, entry in entries.items():
        unmerged = any(found.stage for found in staged.get(path, []))
        if unmerged or by_path(staged, path) not in (job.reviewed[path], entry.id if entry else None):
            raise Refused(
                f"“{visible(path)}” was staged by somebody meanwhile. Nothing was changed. Look at it: git status"
            )


def install_index(store: Store, candidate: Path) -> None:
    """Make an index file the user's index; the caller holds its lock."""
    candidate.replace(store.index)
    sync_folder(store.index.parent)


def put_index_back(store: Store, old: Path) -> None:
    """Undo ``install_index`` under the same lock: the same file as before, with its time, or none if there was none."""
    if old.exists():
        install_index(store, old)
    else:
        store.index.unlink(missing_ok=True)
        sync_folder(store.index.parent)


def finish_index(store: Store, jobs: Jobs, job: Job) -> None:
    """Give the index our entries where it has the old ones again, though our commit is on the branch.

    A ``git commit`` that read the index before us writes it back even if its own commit then fails.

    Raises:
        Busy: Another process keeps the lock.
    """
    wanted = {path: None if data is None else store.blob_id(data) for path, data in job.changes.items()}
    follow_head(store, jobs, job.id, job.reviewed, wanted)


def follow_head(store: Store, jobs: Jobs, number: str, stale: Blobs, head: Blobs | None = None) -> None:
    """Give the index, under its lock, what HEAD has at some paths; what somebody else staged there stays.

    Args:
        store: The repository.
        jobs: Where scratch files go.
        number: The job that they belong to.
        stale: The paths, and what the index must have there to be given something else.
        head: What HEAD must have there; by default anything.

    Raises:
        Busy: Another process keeps the lock. Where there is nothing to do it is not asked for.
    """
    if not _behind(store, None, stale, head):
        return
    lock = take(store.index, jobs.scratch(number, "lock"))
    try:
        candidate = copy_index(store, jobs, number)
        entries = _behind(store, candidate, stale, head)
        if entries:
            replace_entries(store, candidate, entries)
            install_index(store, candidate)
    finally:
        lock.release()


def _behind(store: Store, index: Path | None, stale: Blobs, head: Blobs | None) -> dict[str, Entry | None]:
    """What HEAD has at the paths where an index has the stale blob, and HEAD another."""
    staged = store.index_entries(list(stale), index)
    trees = store.trees(store.worktrees()[0].commit, stale)
    found = {}
    for path, blob in stale.items():
        entry = entry_at(trees, path)
        stands = entry.id if entry else None
        unmerged = any(one.stage for one in staged.get(path, []))
        if by_path(staged, path) == blob != stands and not unmerged and (head is None or stands == head[path]):
            found[path] = entry
    return found


@contextmanager
def undisturbed() -> Iterator[None]:
    """A ctrl+c in here comes when it is over: else we would take back what git is just about to publish.

    It is blocked, so that the git that is started does not get it either. But where a process has other threads, one of
    these gets it, and then it would be raised in the main thread all the same: there it is put off besides.
    """
    put_off: list[int] = []
    main = threading.current_thread() is threading.main_thread()
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    handler = signal.signal(signal.SIGINT, lambda number, _: put_off.append(number)) if main else None
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        if main:
            signal.signal(signal.SIGINT, handler or signal.SIG_DFL)
        if put_off:
            signal.raise_signal(signal.SIGINT)


def move_branch(store: Store, job: Job, commit: str, environment: Mapping[str, str]) -> None:
    """Let the branch point at the new commit if it still points at the old one.

    Raises:
        Busy: It does not, or another process holds it.
        GitFailed: Git refuses for another reason.
    """
    now = store.worktrees()[0]
    if (now.ref, now.commit) != (job.ref, job.old):
        raise Busy(_MOVED)
    started = time.time() - 1
    try:
        with undisturbed():
            store.git(
                "update-ref",
                "--no-deref",
                "-m",
                f"obelos: {job.subject}",
                job.ref,
                commit,
                job.old or store.none,
                environment=environment,
            )
    except GitFailed as error:
        clear_ref_locks(ref_locks(store, job), commit, started)
        # It may have failed only at tidying up after it had moved the branch.
        if store.is_ancestor(commit, job.ref):
            return
        if store.worktrees()[0].commit != job.old or "Unable to create" in error.message:
            raise Busy(_MOVED) from error
        raise
    # Git reports success even when it could not take its own lock away again.
    clear_ref_locks(ref_locks(store, job), commit, started)


def ref_locks(store: Store, job: Job) -> list[Path]:
    """Where git locks the branch of a job, and HEAD."""
    return [store.common / f"{job.ref}.lock", store.git_dir / "HEAD.lock"]
