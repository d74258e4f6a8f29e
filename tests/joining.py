"""Work of somebody else that is taken in: as a merge, or by taking their branch over. All of it is made up."""

import os
import subprocess

from gitworld import CHANGES, EDITOR, LETTER, NOON, World
from obelos_history.facts import Joining, Reached, ignore
from obelos_history.repository import Repository

# Theirs changes the letter and adds a record and a program; the merge has these and one record more.
THEIRS = {**CHANGES, "run.sh": b"#!/bin/sh\n"}
QUERY = "history/letter/02.yaml"


def theirs_of(world: World, parent: str) -> str:
    """A commit of somebody else on a branch ``theirs``, made without touching files or index."""
    scratch = {**os.environ, "GIT_INDEX_FILE": str(world.root / ".git/scratch")}

    def git(*args: str, stdin: bytes = b"") -> str:
        done = subprocess.run(["git", *args], cwd=world.root, env=scratch, input=stdin, capture_output=True, check=True)
        return done.stdout.decode().strip()

    git("read-tree", parent)
    for path, data in THEIRS.items():
        mode = "100755" if path in (LETTER, "run.sh") else "100644"
        blob = git("hash-object", "-w", "--stdin", "--no-filters", stdin=data or b"")
        git("update-index", "--add", "--cacheinfo", f"{mode},{blob},{path}")
    made = git("commit-tree", git("write-tree"), "-p", parent, "-m", "theirs")
    git("update-ref", "refs/heads/theirs", made)
    (world.root / ".git/scratch").unlink()
    return made


def changes_of(deed: str) -> dict[str, bytes | None]:
    """What a merge, or taking over, changes."""
    return {**THEIRS, QUERY: b"disposition: query\n"} if deed == "merge" else dict(THEIRS)


def join(world: World, deed: str, reached: Reached = ignore) -> str:
    """Merge the branch ``theirs``, or take it over."""
    repository = Repository.open(world.root)
    changes, head = changes_of(deed), repository.head().commit
    modes = {"run.sh": "100755", **dict.fromkeys((path for path in changes if "history" in path), "100644")}
    return repository.join(
        changes,
        "Merge theirs\n",
        Joining(repository.resolve("theirs"), head, deed == "forward", modes),
        reviewed=world.reviewed(changes),
        person=EDITOR,
        when=NOON,
        reached=reached,
    )


def made_for(world: World, deed: str) -> World:
    """The world as that deed needs it: for a merge, main has a commit of its own."""
    if deed == "forward":
        return world
    tree, base = world.git("rev-parse", "HEAD^{tree}"), world.base
    own = world.git("commit-tree", tree, "-p", base, "-m", "ours")
    world.git("update-ref", "refs/heads/main", own)
    return World(world.root, own)
