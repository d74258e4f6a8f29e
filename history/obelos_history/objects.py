"""The objects of a commit: written by git, compared with what we computed, and read back before anybody sees them."""

import os

from obelos_transcripts import Refused, visible

from .facts import Changes
from .job import Job, Jobs
from .preconditions import Ground
from .store import Store, read_objects
from .trees import changed


def write_blobs(store: Store, job: Job) -> None:
    """Let git store the files as they are, no filter or conversion, and compare its ids with ours.

    Raises:
        Refused: A file is no longer what we wrote.
    """
    paths = [path for path, data in job.changes.items() if data is not None]
    if not paths:
        return
    ids = _hash_objects(store, "blob", paths)
    for path, blob in zip(paths, ids, strict=True):
        if blob != store.blob_id(job.changes[path] or b""):
            raise Refused(f"“{visible(path)}” was changed on disk by another program just now. Nothing was committed.")


def _quoted(path: str) -> str:
    """The path as git reads it between quotation marks (quote.c, unquote_c_style): any byte may stand in a name."""
    plain = (chr(b) if 0x20 <= b < 0x7F and b not in b'"\\' else f"\\{b:03o}" for b in os.fsencode(path))
    return f'"{"".join(plain)}"'


def write_trees(store: Store, jobs: Jobs, job: Job, ground: Ground) -> str:
    """Let git store the trees on the way to our paths, and compare its ids with ours: id of the top.

    Raises:
        Refused: They differ.
    """
    top, trees = changed(ground.trees, ground.entries, store.tree_id)
    files = [jobs.scratch(job.id, "tree") for _ in trees]
    for file, data in zip(files, trees, strict=True):
        file.write_bytes(data)
    if _hash_objects(store, "tree", list(map(str, files))) != [store.tree_id(data) for data in trees]:
        raise Refused("git made other folders than were asked for. Nothing was committed; run “git fsck”.")
    return top


def _hash_objects(store: Store, kind: str, paths: list[str]) -> list[str]:
    """Store files as objects of a kind, as they are: their ids."""
    names = "".join(f"{_quoted(path)}\n" for path in paths).encode("ascii")
    return store.git("hash-object", "-w", "-t", kind, "--no-filters", "--stdin-paths", stdin=names).decode().split()


def identity(job: Job) -> dict[str, str]:
    """Author, committer and time of a job as git takes them from the environment."""
    seconds, offset = int(job.when.timestamp()), job.when.strftime("%z")[:5] or "+0000"
    facts = {"NAME": job.person.name, "EMAIL": job.person.mail, "DATE": f"@{seconds} {offset}"}
    return {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in facts.items()}


def parents(job: Job) -> list[str]:
    """Parents of the commit of a job: what the branch has, and what is taken in."""
    return [one for one in (job.old, None if job.forward else job.theirs) if one]


def write_commit(store: Store, job: Job, tree: str) -> str:
    """Make the commit object of a job, which no branch knows of yet: its id."""
    parent = [word for one in parents(job) for word in ("-p", one)]
    sign = ["-S"] if job.sign else []
    message = job.message.encode("utf-8")
    said = store.git("commit-tree", tree, *parent, *sign, "-F", "-", stdin=message, environment=identity(job))
    return said.decode().strip()


def read_back(store: Store, job: Job, ground: Ground, tree: str, made: str) -> Changes:
    """Read the new commit out of the repository again and compare it with what was decided: what was read.

    Raises:
        Refused: It is not what was decided.
    """
    against = [job.old or store.tree_id(b""), made]
    listed = store.git(
        "diff-tree", "-r", "-z", "--no-renames", "--no-ext-diff", *against, environment=store.without_index
    )
    fields = listed.split(b"\0")[:-1]
    changed_ids = {os.fsdecode(path): _new_id(facts) for facts, path in zip(fields[::2], fields[1::2], strict=True)}
    wanted = {path: entry.id if entry else None for path, entry in ground.entries.items()}
    if any(path not in wanted or wanted[path] != blob for path, blob in changed_ids.items()):
        raise Refused(
            f"The commit would have changed other files than was decided: {sorted(changed_ids)}. Nothing was committed."
        )
    questions = [made.encode(), *(blob.encode() for blob in wanted.values() if blob)]
    objects = read_objects(store.git("cat-file", "--batch", stdin=b"".join(q + b"\n" for q in questions)), questions)
    _, text = next(objects)
    if job.forward:
        as_asked = text.startswith(f"tree {tree}\n".encode()) and (not job.old or store.is_ancestor(job.old, made))
    else:
        start = f"tree {tree}\n" + "".join(f"parent {one}\n" for one in parents(job)) + "author "
        as_asked = text.startswith(start.encode()) and text.endswith(f"\n\n{job.message}".encode())
    if not as_asked:
        raise Refused("git made another commit than was asked for. Nothing was published; run “git fsck”.")
    back = {path: next(objects)[1] if blob else None for path, blob in wanted.items()}
    if back != job.changes:
        raise Refused("git stored other bytes than were decided on. Nothing was committed; run “git fsck”.")
    return back


def _new_id(facts: bytes) -> str | None:
    blob = facts.split(b" ")[3].decode("ascii")
    return blob if blob.strip("0") else None
