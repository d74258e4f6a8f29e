"""Taking back a commit that was refused on the way: index and files as they were, nothing of ours left.

Invariant: only what we wrote ourselves is put back; what somebody staged or changed since is left alone.
"""

from contextlib import suppress
from dataclasses import replace

from .files import atomic_write, check_path
from .index_lock import IndexLock
from .job import Job, Jobs
from .publish import follow_head
from .store import Store
from .trees import entry_at


def withdraw(store: Store, jobs: Jobs, job: Job) -> None:
    """Put the index and the files of a job back and forget it. A death on the way is finished by recovery.

    Raises:
        Refused: A file cannot be put back any more, or somebody keeps the index locked; the job is kept.
        OSError: The disk refuses; the job is kept.
    """
    # One that could not be let go of just now, say, would be ours by nothing once the scratch files are gone.
    release_locks(store, jobs, job.id)
    # On a full disk the note cannot be made, but the files can still be put back.
    with suppress(OSError):
        jobs.write(replace(job, withdrawn=True))
    clear_temporaries(store, job)
    ours = {path: None if data is None else store.blob_id(data) for path, data in job.changes.items()}
    # The index first: were the files put back before it, a plain `git commit` would record what no longer stands there.
    follow_head(store, jobs, job.id, ours)
    commit = store.worktrees()[0].commit
    trees = store.trees(commit, job.changes)
    standing = {path: entry_at(trees, path) for path in job.changes}
    mine = [
        path
        for path in job.changes
        if job.before[path] != ours[path]
        and store.disk(path)[0] == ours[path]
        # Somebody has committed our bytes meanwhile: to put the old ones back would look like a reversal.
        and (entry.id if (entry := standing[path]) else None) != ours[path]
    ]
    old = store.blobs(blob for path in mine if (blob := job.before[path]))
    for number, path in enumerate(mine):
        check_path(store.root, path)
        file, blob = store.root / path, job.before[path]
        if blob is None:
            file.unlink(missing_ok=True)
        else:
            entry = standing[path]
            mode = 0o755 if entry and entry.mode.endswith("755") and not file.exists() else None
            atomic_write(file, old[blob], mode=mode, temporary=job.temporary(file, number))
    jobs.drop(job.id)


def release_locks(store: Store, jobs: Jobs, number: str) -> None:
    """Let go of the lock of the index where it is proved a job's own."""
    lock = store.index.with_name(f"{store.index.name}.lock")
    for mine in jobs.scratch_files(number, "lock"):
        IndexLock(lock, mine).release()


def clear_temporaries(store: Store, job: Job) -> None:
    """Remove the temporary files that a death while writing left in the work tree; exactly those of this job."""
    for number, path in enumerate(job.changes):
        job.temporary(store.root / path, number).unlink(missing_ok=True)
