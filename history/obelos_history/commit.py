"""One commit of a few named files, byte for byte, in a repository where others are at work.

The steps and what a death at each means are told in docs/decisions/0001-commit-protocol.md. Invariant: at every moment
the commit is not there at all, or complete, or will be completed (or taken back) from its record by ``recover``.
"""

import os
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

from obelos_transcripts import Refused, visible

from .facts import Changes, Check, Person, Reached
from .files import atomic_write, check_path, make_folders, read, sync_folder
from .index_lock import Busy, IndexLock, take
from .job import Job, Jobs
from .preconditions import Ground, check_arguments, examine
from .publish import copy_index, install_index, move_branch, replace_entries
from .store import Store, by_path, read_objects
from .trees import Tree, changed, describe, serialize
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
    "branch-moved",  # the commit is published: from here on it is completed, never taken back
    "index-published",
    "lock-released",
    "job-dropped",  # nothing of ours is left
)
"""Names of the steps, in their order, as ``reached`` is told them."""

_ATTEMPTS = 8


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
) -> str | None:
    """Commit some files; see ``Repository.commit``."""
    check_arguments(changes, message, reviewed, person)
    ground = examine(shop.store, changes, reviewed)
    shop.reached("checked")
    if _new_tree(shop.store, ground)[0] == _old_tree(shop.store, ground):
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
                ground = examine(shop.store, job.changes, job.reviewed, begun=True)
                head = ground.head
                if head.ref != job.ref:
                    raise Refused(
                        f"Another branch was checked out meanwhile ({visible(head.ref)}). Nothing was changed."
                    ) from None
                job = replace(job, old=head.commit, commit=None)
                shop.jobs.write(job)
                try:
                    return _attempt(shop, job, ground, lock)
                except Busy:
                    continue
        raise


def _attempt(shop: Workshop, job: Job, ground: Ground, lock: IndexLock | None) -> str | None:
    store, jobs, reached = shop.store, shop.jobs, shop.reached
    tree, trees = _new_tree(store, ground)
    if tree == _old_tree(store, ground):
        # The lock goes first: without our file, whose inode it shares, it could not be proved ours any more.
        if lock:
            lock.release()
        jobs.drop(job.id)
        return None
    _write_files(shop, job)
    _write_blobs(store, job)
    reached("blobs-written")
    _write_trees(store, trees)
    reached("trees-written")
    made = _write_commit(store, job, tree)
    reached("commit-written")
    _read_back(shop, job, ground, tree, made)
    reached("read-back")
    job = replace(job, commit=made)
    jobs.write(job)
    reached("job-completed")
    with ExitStack() as stack:
        lock = lock or take(store.index, jobs.scratch(job.id, "lock"))
        stack.callback(lock.release)
        reached("index-locked")
        candidate = copy_index(store, jobs, job.id)
        staged = store.index_entries(list(job.changes), candidate)
        for path, entry in ground.entries.items():
            unmerged = any(found.stage for found in staged.get(path, []))
            if unmerged or by_path(staged, path) not in (job.reviewed[path], entry.id if entry else None):
                raise Refused(
                    f"“{visible(path)}” was staged by somebody meanwhile. Nothing was changed. Look at it: git status"
                )
        replace_entries(store, candidate, ground.entries)
        reached("index-prepared")
        # Under the lock of the index: between this and the next step a plain `git commit` would, from the old index,
        # take the correction back without a word.
        move_branch(store, job, made, _identity(job))
        reached("branch-moved")
        install_index(store, candidate)
        reached("index-published")
    reached("lock-released")
    jobs.drop(job.id)
    reached("job-dropped")
    return made


def _new_tree(store: Store, ground: Ground) -> tuple[str, list[Tree]]:
    return changed(ground.trees, ground.entries, lambda tree: store.tree_id(serialize(tree)))


def _old_tree(store: Store, ground: Ground) -> str | None:
    return store.tree_id(serialize(ground.trees[""])) if ground.head.commit else None


def _write_files(shop: Workshop, job: Job) -> None:
    for number, (path, data) in enumerate(job.changes.items()):
        file = shop.store.root / path
        check_path(shop.store.root, path)
        if data is None:
            file.unlink(missing_ok=True)
            if file.parent.is_dir():
                sync_folder(file.parent)
        elif read(file) != data:
            make_folders(file.parent)
            written = lambda: shop.reached("temporary-written")  # noqa: E731 - one word for the call below
            atomic_write(file, data, temporary=job.temporary(file, number), written=written)
        shop.reached("file-written")


def _write_blobs(store: Store, job: Job) -> None:
    """Let git store the files as they are, no filter or conversion, and compare its ids with ours."""
    paths = [path for path, data in job.changes.items() if data is not None]
    if not paths:
        return
    names = "".join(f"{_quoted(path)}\n" for path in paths).encode("ascii")
    ids = store.git("hash-object", "-w", "-t", "blob", "--no-filters", "--stdin-paths", stdin=names).decode().split()
    for path, blob in zip(paths, ids, strict=True):
        if blob != store.blob_id(job.changes[path] or b""):
            raise Refused(f"“{visible(path)}” was changed on disk by another program just now. Nothing was committed.")


def _quoted(path: str) -> str:
    """The path as git reads it between quotation marks (quote.c, unquote_c_style): any byte may stand in a name."""
    plain = (chr(b) if 0x20 <= b < 0x7F and b not in b'"\\' else f"\\{b:03o}" for b in os.fsencode(path))
    return f'"{"".join(plain)}"'


def _write_trees(store: Store, trees: list[Tree]) -> None:
    # `--missing`: what else these folders hold may be left out in a partial clone.
    said = store.git("mktree", "-z", "--batch", "--missing", stdin=b"".join(map(describe, trees))).decode().split()
    if said != [store.tree_id(serialize(tree)) for tree in trees]:
        raise Refused("git made other folders than were asked for. Nothing was committed; run “git fsck”.")


def _identity(job: Job) -> dict[str, str]:
    seconds, offset = int(job.when.timestamp()), job.when.strftime("%z")[:5] or "+0000"
    facts = {"NAME": job.person.name, "EMAIL": job.person.mail, "DATE": f"@{seconds} {offset}"}
    return {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in facts.items()}


def _write_commit(store: Store, job: Job, tree: str) -> str:
    parent = ["-p", job.old] if job.old else []
    sign = ["-S"] if job.sign else []
    message = job.message.encode("utf-8")
    said = store.git("commit-tree", tree, *parent, *sign, "-F", "-", stdin=message, environment=_identity(job))
    return said.decode().strip()


def _read_back(shop: Workshop, job: Job, ground: Ground, tree: str, made: str) -> None:
    """Read the new commit out of the repository again and compare it with what was decided, before anybody sees it."""
    store = shop.store
    against = [job.old, made] if job.old else ["--root", "--no-commit-id", made]
    fields = store.git("diff-tree", "-r", "-z", "--no-renames", "--no-ext-diff", *against).split(b"\0")[:-1]
    changed_ids = {os.fsdecode(path): _new_id(facts) for facts, path in zip(fields[::2], fields[1::2], strict=True)}
    wanted = {path: entry.id if entry else None for path, entry in ground.entries.items()}
    if any(path not in wanted or wanted[path] != blob for path, blob in changed_ids.items()):
        raise Refused(
            f"The commit would have changed other files than was decided: {sorted(changed_ids)}. Nothing was committed."
        )
    questions = [made.encode(), *(blob.encode() for blob in wanted.values() if blob)]
    objects = read_objects(store.git("cat-file", "--batch", stdin=b"".join(q + b"\n" for q in questions)), questions)
    _, text = next(objects)
    start = f"tree {tree}\n" + (f"parent {job.old}\n" if job.old else "") + "author "
    if not text.startswith(start.encode()) or not text.endswith(f"\n\n{job.message}".encode()):
        raise Refused("git made another commit than was asked for. Nothing was published; run “git fsck”.")
    back = {path: next(objects)[1] if blob else None for path, blob in wanted.items()}
    if back != job.changes:
        raise Refused("git stored other bytes than were decided on. Nothing was committed; run “git fsck”.")
    shop.check(back)


def _new_id(facts: bytes) -> str | None:
    blob = facts.split(b" ")[3].decode("ascii")
    return blob if blob.strip("0") else None
