"""One commit of a few named files, byte for byte, in a repository where others are at work.

The steps and what a death at each means are told in docs/decisions/0001-commit-protocol.md. Invariant: at every moment
the commit is not there at all, or complete, or will be completed (or taken back) from its record by ``recover``.
"""

from collections.abc import Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from uuid import uuid4

from obelos_transcripts import Refused, visible

from .facts import Changes, Check, Head, Joining, Person, Reached
from .files import atomic_write, check_path, make_folders, read, sync_folder
from .hooks import ask_hooks
from .index_lock import Busy, IndexLock, take
from .job import Job, Jobs
from .objects import identity, read_back, write_blobs, write_commit, write_trees
from .preconditions import NO_MODES, Ground, check_arguments, examine
from .publish import (
    check_staged,
    copy_index,
    finish_index,
    install_index,
    move_branch,
    put_index_back,
    replace_entries,
)
from .store import Store
from .trees import PROGRAM
from .withdraw import withdraw

STEPS = (
    "checked",  # the preconditions hold; nothing was written
    "job-written",  # everything needed to make the commit is on disk
    "temporary-written",  # the new bytes of a file are on disk beside it (once for each file)
    "file-written",  # a file of the work tree has its new bytes (once for each file)
    "blobs-written",
    "trees-written",
    "commit-written",  # the commit object exists; no branch knows of it
    "read-back",  # it was read again, and is what was decided
    "job-completed",  # its id is in the record
    "index-locked",
    "index-prepared",  # the new index lies ready
    "index-published",  # the user's index has our entries; still under its lock
    "branch-moved",  # the commit is published: from here on it is completed, never taken back
    "lock-released",
    "job-dropped",  # nothing of ours is left
)
"""Names of the steps, in their order, as ``reached`` is told them."""

_ATTEMPTS = 8
_OVERTAKEN = (
    "Somebody committed here meanwhile, so nothing was merged and nothing was changed. Say it again: it is then worked "
    "out with the new commit."
)


@dataclass(frozen=True)
class Workshop:
    """What a commit is made with: the repository, the folder of jobs, the caller's check, who is told of the steps."""

    store: Store
    jobs: Jobs
    check: Check
    reached: Reached


def commit(
    shop: Workshop,
    changes: Changes,
    message: str,
    *,
    reviewed: Mapping[str, str | None],
    person: Person,
    when: datetime,
    joining: Joining | None = None,
) -> str | None:
    """Commit some files; see ``Repository.commit`` and ``Repository.join``."""
    check_arguments(changes, message, reviewed, person, joins=joining is not None)
    modes = joining.modes if joining else NO_MODES
    ground = examine(shop.store, changes, reviewed, modes=modes)
    if joining and ground.head.commit != joining.old:
        raise Refused(_OVERTAKEN)
    shop.reached("checked")
    if not ground.differs and not joining:
        return None
    number = uuid4().hex
    head = ground.head
    job = Job(
        number,
        dict(changes),
        dict(reviewed),
        ground.before,
        message if message.endswith("\n") else f"{message}\n",
        person,
        when,
        head.ref,
        head.commit,
        ground.sign,
        joining.theirs if joining else None,
        joining.forward if joining else False,
        dict(modes),
    )
    try:
        with shop.jobs.alive(number):
            return carry_out(shop, job, ground)
    except OSError as error:
        raise Refused(
            f"The disk refused: {error}. The commit was not made, or will be completed at the next start; "
            "the decisions are kept."
        ) from error


def carry_out(shop: Workshop, job: Job, ground: Ground) -> str | None:
    """Make the commit of a job whose ground was examined. If that fails, everything is as it was before.

    Raises:
        Refused: The commit cannot be made.
        OSError: The disk refuses.
    """
    try:
        shop.jobs.write(job)
        shop.reached("job-written")
        return _attempts(shop, job, ground)
    except BaseException:
        recorded = shop.jobs.read(job.id)
        if recorded and not landed(shop.store, recorded):
            withdraw(shop.store, shop.jobs, recorded)
        raise


def overtaken(job: Job, head: Head) -> bool:
    """Whether a job that takes in the work of others was worked out with another commit than the branch has now."""
    return job.theirs is not None and head.commit != job.old


def landed(store: Store, job: Job) -> bool:
    """Whether the commit of a job is on its branch."""
    return job.commit is not None and store.is_ancestor(job.commit, job.ref)


def _attempts(shop: Workshop, job: Job, ground: Ground) -> str | None:
    try:
        return _attempt(shop, job, ground, None)
    except Busy:
        # Somebody was faster. From now on the index is locked first: else somebody who commits in a loop always wins.
        for _ in range(_ATTEMPTS - 1):
            with ExitStack() as stack:
                lock = take(shop.store.index, shop.jobs.scratch(job.id, "lock"))
                stack.callback(lock.release)
                ground = examine(shop.store, job.changes, job.reviewed, modes=job.modes, begun=True)
                head = ground.head
                if head.ref != job.ref:
                    raise Refused(
                        f"Another branch was checked out meanwhile ({visible(head.ref)}). Nothing was changed."
                    ) from None
                if overtaken(job, head):
                    raise Refused(_OVERTAKEN) from None
                job = replace(job, old=head.commit, commit=None)
                shop.jobs.write(job)
                try:
                    return _attempt(shop, job, ground, lock)
                except Busy:
                    continue
        raise


def _attempt(shop: Workshop, job: Job, ground: Ground, lock: IndexLock | None) -> str | None:
    store, jobs, reached = shop.store, shop.jobs, shop.reached
    if not ground.differs and not job.theirs:
        # The lock goes first: without our file, whose inode it shares, it could not be proved ours any more.
        if lock:
            lock.release()
        jobs.drop(job.id)
        return None
    _write_files(shop, job)
    write_blobs(store, job)
    reached("blobs-written")
    tree = write_trees(store, jobs, job, ground)
    reached("trees-written")
    if job.theirs and job.forward:
        made = job.theirs
    else:
        job = ask_hooks(store, jobs, job, tree)
        made = write_commit(store, job, tree)
    reached("commit-written")
    shop.check(read_back(store, job, ground, tree, made))
    reached("read-back")
    job = replace(job, commit=made)
    jobs.write(job)
    reached("job-completed")
    _publish(shop, job, made, ground, lock or take(store.index, jobs.scratch(job.id, "lock")))
    jobs.drop(job.id)
    reached("job-dropped")
    return made


def _publish(shop: Workshop, job: Job, made: str, ground: Ground, lock: IndexLock) -> None:
    """Let index and branch have the new commit, in this order and under the lock, or neither of them."""
    store, jobs, reached = shop.store, shop.jobs, shop.reached
    with ExitStack() as stack:
        stack.callback(lock.release)
        reached("index-locked")
        candidate = copy_index(store, jobs, job.id)
        # Still the index that was examined: it need not be read again.
        if store.index_state() != ground.index:
            check_staged(store, job, ground.entries, candidate)
        replace_entries(store, candidate, ground.entries)
        reached("index-prepared")
        # The index first. A plain `git commit` reads HEAD, then the index, and takes the lock only afterwards: so it
        # must never find the new HEAD beside the old index, or it takes the correction back without a word.
        old = copy_index(store, jobs, job.id)
        try:
            install_index(store, candidate)
            published = store.index_state()
            reached("index-published")
            move_branch(store, job, made, identity(job))
        except BaseException:
            if not landed(store, job):
                put_index_back(store, old)
            raise
        reached("branch-moved")
    reached("lock-released")
    # A `git commit` that had read the old index has failed, for the branch moved; but it may have written that index.
    if store.index_state() != published:
        with suppress(Busy):
            finish_index(store, jobs, job)


def _write_files(shop: Workshop, job: Job) -> None:
    for number, (path, data) in enumerate(job.changes.items()):
        check_path(shop.store.root, path)
        file = shop.store.root / path
        found = read(file)
        if found != data:
            if found is not None and shop.store.blob_id(found) not in (job.before[path], job.reviewed[path]):
                raise Refused(f"“{visible(path)}” was changed on disk by another program just now. It was left alone.")
            if data is None:
                file.unlink()
                sync_folder(file.parent)
            else:
                make_folders(file.parent)
                told = partial(shop.reached, "temporary-written")
                mode = 0o755 if job.modes.get(path) == PROGRAM and found is None else None
                atomic_write(file, data, mode=mode, temporary=job.temporary(file, number), written=told)
        shop.reached("file-written")
