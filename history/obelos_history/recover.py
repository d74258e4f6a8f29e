"""What a killed commit left: finished if it was published, else made again from its record, else shown to the editor.

Invariant: may be run at any time, any number of times, and be killed itself; it never removes a lock that is not
proved ours, and never overwrites what somebody changed since.
"""

from dataclasses import replace
from typing import Literal

from obelos_transcripts import ObelosError, Refused, visible

from .commit import Workshop, carry_out, landed, overtaken
from .facts import Recovered
from .index_lock import clear_ref_locks, take
from .job import Job
from .preconditions import examine
from .publish import finish_index, ref_locks
from .withdraw import clear_temporaries, release_locks, withdraw

# Clocks of a file system and of the system may differ by as much.
_SLACK = 1.0


def recover(shop: Workshop) -> list[Recovered]:
    """Take care of every commit whose process is no more."""
    if not shop.jobs.numbers():
        return []
    with shop.jobs.recovering():
        dead = [number for number in shop.jobs.numbers() if not shop.jobs.is_alive(number)]
        found = [_recover(shop, number) for number in dead]
    return [one for one in found if one]


def take_back(shop: Workshop, number: str) -> None:
    """Withdraw a job that recovery could not finish.

    Raises:
        Refused: There is none of this number, or its commit was published.
    """
    with shop.jobs.recovering():
        job = shop.jobs.read(number)
        if job is None or landed(shop.store, job) or shop.jobs.is_alive(number):
            raise Refused(f"There is no interrupted commit {visible(number)} to take back. Nothing was changed.")
        try:
            release_locks(shop.store, shop.jobs, number)
            withdraw(shop.store, shop.jobs, job)
        except OSError as error:
            raise Refused(
                f"The disk refused: {error}. Not everything was taken back yet; the decisions are kept. Mend that, "
                "then the next start goes on with it."
            ) from error


def _recover(shop: Workshop, number: str) -> Recovered | None:
    store, jobs = shop.store, shop.jobs
    job = None
    try:
        release_locks(store, jobs, number)
        job = jobs.read(number)
        if job is None:
            jobs.drop(number)
            return None
        clear_temporaries(store, job)
        _clear_ref_locks(shop, job)
        jobs.sweep(number)
        return _settle(shop, job)
    except (ObelosError, OSError) as error:
        # What was refused on the way was taken back, and its record with it; else the editor has to look.
        outcome: Literal["withdrawn", "needs you"] = "needs you" if number in jobs.numbers() else "withdrawn"
        subject, paths = (job.subject, tuple(job.changes)) if job else ("an interrupted commit", ())
        return Recovered(number, outcome, None, subject, paths, str(error))


def _clear_ref_locks(shop: Workshop, job: Job) -> None:
    store, jobs = shop.store, shop.jobs
    locks = [lock for lock in ref_locks(store, job) if lock.exists()]
    if not locks or job.commit is None:
        return
    held = take(store.index, jobs.scratch(job.id, "lock"))
    try:
        clear_ref_locks(locks, job.commit, jobs.written(job.id) - _SLACK)
    finally:
        held.release()


def _settle(shop: Workshop, job: Job) -> Recovered:
    paths = tuple(job.changes)
    if landed(shop.store, job):
        finish_index(shop.store, shop.jobs, job)
        shop.jobs.drop(job.id)
        return Recovered(job.id, "finished", job.commit, job.subject, paths)
    if job.withdrawn:
        withdraw(shop.store, shop.jobs, job)
        return Recovered(job.id, "withdrawn", None, job.subject, paths)
    head = shop.store.head()
    if head.ref == job.ref and overtaken(job, head):
        withdraw(shop.store, shop.jobs, job)
        why = "Somebody committed meanwhile; merge again."
        return Recovered(job.id, "withdrawn", None, job.subject, paths, why)
    ground = examine(shop.store, job.changes, job.reviewed, modes=job.modes, begun=True)
    if ground.head.ref != job.ref:
        raise Refused(
            f"It was meant for the branch {visible(job.ref)}. Check that out: git switch {visible(job.ref)[11:]}"
        )
    again = replace(job, old=ground.head.commit, commit=None)
    return Recovered(job.id, "redone", carry_out(shop, again, ground), job.subject, paths)
