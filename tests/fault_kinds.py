"""What is done while faults happen: kinds of commits, and what must be true afterwards.

Whatever goes wrong: after one recovery the repository is in one of the states that are allowed, to the byte. Allowed
is as it was before, or as it is after the deed without any fault. A state is the tree of HEAD, the number of commits,
every entry of the index, every file of the work tree with its mode, and what `git status` says.
"""

import hashlib
import os
import random
import shutil
import signal
import stat
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from itertools import pairwise
from pathlib import Path

import ulid

from gitworld import CHANGES, EDITOR, NEW, NOON, OLD, World, draw, empty, environment
from joining import join, made_for, theirs_of
from made_up import decision
from obelos_history import DocumentHistory, Judgement
from obelos_history.founding import add_texts, found
from obelos_history.hooks import trust_hooks
from obelos_history.ledger import Ledger
from obelos_history.repository import Repository
from obelos_transcripts import ObelosError, Refused, Span, find_edition

BASE = "As a bane for extension of the hard Chinese Russian block, to recieve them.\r\n"
ATTRIBUTES = b"transcripts/** -text\nhistory/** -text\n"


@dataclass(frozen=True)
class State:
    """A repository as plain git and a file manager show it."""

    tree: str
    commits: int
    index: tuple[str, ...]
    files: tuple[tuple[str, int, str], ...]
    status: tuple[str, ...]

    def other(self, than: "State") -> str:
        """In what it differs from another."""
        parts = []
        for name in ("tree", "commits", "index", "files", "status"):
            mine, theirs = getattr(self, name), getattr(than, name)
            if mine != theirs and isinstance(mine, tuple):
                parts.append(f"{name}: {sorted(set(mine) - set(theirs))} for {sorted(set(theirs) - set(mine))}")
            elif mine != theirs:
                parts.append(f"{name}: {mine} for {theirs}")
        return "; ".join(parts)


def state_of(world: World) -> State:
    """The state of a world."""
    head = world.git("rev-parse", "-q", "--verify", "HEAD^{tree}", check=False)
    commits = int(world.git("rev-list", "--count", "HEAD", check=False) or 0)
    index = tuple(world.git("ls-files", "-s", "-t", "-z").split("\0"))
    return State(head, commits, index, tuple(sorted(_files(world.root))), tuple(world.status()))


def _files(root: Path) -> Iterator[tuple[str, int, str]]:
    for folder, folders, names in os.walk(root):
        if ".git" in folders:
            folders.remove(".git")
        for name in names:
            path = Path(folder, name)
            if name != ".git":
                mode = stat.S_IMODE(path.lstat().st_mode)
                yield str(path.relative_to(root)), mode, hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def left_over(world: World) -> list[str]:
    """Locks, temporary files and records of commits that nobody needs any more."""
    places = {world.root, Path(world.git("rev-parse", "--path-format=absolute", "--git-common-dir"))}
    found = [p for place in places for p in place.rglob("*")]
    return sorted(
        {
            f"left over: {p}"
            for p in found
            if (p.name.endswith(".lock") and p.parent.name != "ledger")
            or p.name.startswith(".obelos-")
            or p.parent.parts[-2:] == ("obelos", "commits")
        }
    )


@dataclass(frozen=True)
class Kind:
    """A kind of commit.

    Attributes:
        make: Makes the repository in a folder; the work tree is its folder ``w``.
        act: What is done in the work tree, with faults.
        settle: Names of the deeds by which a later start puts things right.
        before: Whether the repository may be as it was before; not where the deed is to finish what was begun.
        clean: Makes it as it was before that was begun: where it cannot be finished, it is taken back.
        after: Whether the deed is done at last; not where it is refused.
        between: What somebody else does in the course of it; their work alone is then allowed as well.
        kept: What must hold besides: given the work tree and what the deed said.
    """

    make: Callable[[Path], World]
    act: Callable[[Path], None]
    settle: tuple[str, ...] = ("recover",)
    before: bool = True
    after: bool = True
    between: Callable[[World], None] | None = None
    clean: Callable[[Path], World] | None = None
    kept: Callable[[Path, str], list[str]] = field(default=lambda root, said: [])


def _commit(root: Path, changes: dict[str, bytes | None], **more: object) -> None:
    repository = Repository.open(root)
    recorded = repository.tree(tip, "") if (tip := repository.tip()) else {}
    reviewed = {path: recorded.get(path) for path in changes}
    repository.commit(changes, "letter: received\n", reviewed=reviewed, person=EDITOR, when=NOON, **more)  # type: ignore[arg-type]


def _drawn(folder: Path) -> World:
    return draw(folder / "w", "--template=")


def _hooked(folder: Path) -> World:
    """A repository whose hooks were asked for; where that is remembered is not part of what is tried."""
    world = _drawn(folder)
    for event in ("pre-commit", "commit-msg"):
        world.write(f".git/hooks/{event}", "#!/bin/sh\nexit 0\n").chmod(0o755)
    return world


def _unborn(folder: Path) -> World:
    world = empty(folder / "w", "--template=")
    world.write("x", "staged by another\n")
    world.git("add", "x")
    world.write("y", "untracked\n")
    return world


def _several(folder: Path) -> World:
    world = _drawn(folder)
    for number in range(3):
        world.write(f"reading/{number}.txt", OLD)
    world.git("add", "reading")
    world.git("commit", "-qm", "more", "--", "reading")
    return world


SEVERAL: dict[str, bytes | None] = CHANGES | {
    "reading/0.txt": NEW,
    "reading/1.txt": None,
    "history/0/01.yaml": b"reading: received\r\n",
    "history/new/folder/02.yaml": b"x",
}


def _linked(folder: Path) -> World:
    world = draw(folder / "main", "--template=", "--object-format=sha256")
    world.git("gc", "-q")
    world.git("pack-refs", "--all")
    world.git("worktree", "add", "-q", "-b", "side", str(folder / "w"))
    side = World(folder / "w", world.base)
    side.write("other.txt", "staged\n")
    side.git("add", "other.txt")
    side.write("third.txt", "not staged\n")
    return side


def _parted(folder: Path) -> World:
    """Main and the branch ``theirs`` have gone different ways."""
    world = _drawn(folder)
    theirs_of(world, world.base)
    return made_for(world, "merge")


def _behind(folder: Path) -> World:
    """Main is part of the branch ``theirs``."""
    world = _drawn(folder)
    theirs_of(world, world.base)
    return world


def _split(folder: Path) -> World:
    world = _drawn(folder)
    world.git("config", "core.splitIndex", "true")
    world.git("update-index", "--split-index")
    return world


def _signed(folder: Path) -> World:
    key = folder / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    return _drawn(folder)


def _sign(folder: Path) -> None:
    """Let the person's own git settings ask for signatures."""
    # Outside what is counted: the settings are the person's own, and were there before.
    own = folder.parent / "signing.gitconfig"
    if not own.exists():
        own.write_text(
            f"[user]\nname = A\nemail = a@example.org\nsigningkey = {folder / 'key'}\n"
            "[gpg]\nformat = ssh\n[commit]\ngpgsign = true\n"
        )
    os.environ["GIT_CONFIG_GLOBAL"] = str(own)


def _theirs(world: World) -> None:
    """A commit of somebody else, who is faster. Without the library: their git does not fail."""
    around = {key: value for key, value in environment().items() if key not in ("LD_PRELOAD", "FAULT_PAGE")}
    who = {f"GIT_{role}_{what}": "x" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    when = {"GIT_AUTHOR_DATE": "@1795435200 +0000", "GIT_COMMITTER_DATE": "@1795435200 +0000"}
    line = ["git", "commit", "-qm", "theirs", "--allow-empty", "--only", "third.txt"]
    subprocess.run(line, cwd=world.root, env=around | who | when, check=True)


def _commit_slower(root: Path) -> None:
    done: list[str] = []

    def reached(step: str) -> None:
        if step == "job-completed" and not done:
            done.append(step)
            _theirs(World(root))

    _commit(root, CHANGES, reached=reached)


def _join(root: Path, deed: str) -> None:
    join(World(root), deed)


def _refuse(back: object) -> None:
    raise Refused("the caller's check says no")


def _killed_at(step: str) -> Callable[[Path], World]:
    def make(folder: Path) -> World:
        world = _drawn(folder)
        line = [sys.executable, __file__, f"die at {step}", str(world.root)]
        around = environment() | {"PYTHONPATH": str(Path(__file__).parent)}
        done = subprocess.run(line, env=around, capture_output=True, check=False)
        assert done.returncode == -signal.SIGKILL, done.stderr
        return world

    return make


def _killed_on_another_branch(folder: Path) -> World:
    world = _killed_at("index-published")(folder)
    world.git("branch", "side")
    world.git("symbolic-ref", "HEAD", "refs/heads/side")
    return world


def _take_back(root: Path) -> None:
    repository = Repository.open(root)
    for one in repository.recover():
        if one.outcome == "needs you":
            repository.withdraw(one.job)


def _edition(folder: Path) -> World:
    """An edition in a sub-folder of a repository where others are at work."""
    world = _drawn(folder)
    text = BASE.encode()
    world.write("edition/edition.yaml", "title: made up\n")
    world.write("edition/.gitattributes", ATTRIBUTES)
    for name in ("letter", "note"):
        world.write(f"edition/transcripts/{name}/base.txt", text)
        world.write(f"edition/transcripts/{name}/text.txt", text)
    world.git("add", "edition")
    world.git("commit", "-qm", "edition", "--", "edition")
    return world


def _history(root: Path, document: str = "letter") -> DocumentHistory:
    edition = find_edition(root / "edition")
    assert edition
    return DocumentHistory(edition, Repository.open(root), document)


def _decision(history: DocumentHistory, word: str, reading: str, number: int) -> object:
    start = history.base.index(word)
    made = decision(history.base, (start, start + len(word)), reading, number, document=history.name)
    return made.__class__(**(made.__dict__ | {"base": history.base_id}))


def _decided(folder: Path) -> World:
    world = _edition(folder)
    for name in ("letter", "note"):
        history = _history(world.root, name)
        history.open_for_deciding()
        ledger = Ledger(history.repository.own / "ledger", name)
        ledger.take(_decision(history, "bane", "base", 1))  # type: ignore[arg-type]
        ledger.take(_decision(history, "recieve", "receive", 2))  # type: ignore[arg-type]
        history.close()
    return world


def _commit_decisions(*names: str) -> Callable[[Path], None]:
    def act(root: Path) -> None:
        with ExitStack() as stack:
            for name in names:
                history = _history(root, name)
                history.open_for_deciding()
                stack.callback(history.close)
                history.commit(EDITOR, NOON)

    return act


def _decisions_kept(root: Path, said: str) -> list[str]:
    """Every decision is committed, or pending in the ledger: never in neither, never in both after opening."""
    bad = []
    for name in ("letter", "note"):
        history = _history(root, name)
        history.open_for_deciding()
        found = sorted(d.reading or "" for d in history.decisions)
        history.close()
        if found != ["base", "receive"] or history.notices:
            bad.append(f"decisions on {name}: {found} {history.notices}")
    return bad


def _take_decisions(root: Path) -> None:
    """Take three decisions; each is acknowledged on standard output when it is taken."""
    history = _history(root)
    history.open_for_deciding()
    ledger = history._ledger
    for number, (word, reading) in enumerate((("bane", "base"), ("hard", "herd"), ("recieve", "receive")), 1):
        try:
            ledger.take(_decision(history, word, reading, number))  # type: ignore[arg-type]
        except Refused:
            continue
        os.write(1, f"<{reading}>".encode())
    history.close()


def _acknowledged_are_kept(root: Path, said: str) -> list[str]:
    history = _history(root)
    history.open_for_deciding()
    found = {d.reading or "" for d in history.decisions}
    history.close()
    acknowledged = {one for one in ("base", "herd", "receive") if f"<{one}>" in said}
    return [] if acknowledged <= found else [f"acknowledged {acknowledged}, kept {found}, {history.notices}"]


def _found(root: Path) -> None:
    found(root / "edition", "Made up", EDITOR, NOON, Repository.open(root))


def _add(root: Path) -> None:
    edition = find_edition(root / "edition")
    assert edition
    source = root.parent.parent / "source.txt"
    if not source.exists():
        source.write_bytes(BASE.encode())
    # The record of the base text has a random id: here the same in each trial, so that the states can be compared.
    ulid.default_generator = ulid.ULIDGenerator(randomness=lambda _: bytes(10))
    add_texts(edition, Repository.open(root), [("despatch", source)], None, EDITOR, NOON)


def _make_folder(folder: Path) -> World:
    world = _drawn(folder)
    (world.root / "edition").mkdir()
    return world


WORDS = 400
"""Words of the text that a session decides on."""


def session_edition(folder: Path) -> World:
    """An edition with a text of many words, on which an editor works for long."""
    world = empty(folder / "w", "--template=")
    text = " ".join(f"word{number:03d}" for number in range(WORDS)) + "\n"
    world.write("edition/edition.yaml", "packs: []\n")
    world.write("edition/.gitattributes", ATTRIBUTES)
    for name in ("base", "text"):
        world.write(f"edition/transcripts/letter/{name}.txt", text)
    world.git("add", ".")
    world.git("commit", "-qm", "edition")
    return world


def session(root: Path, seed: int, tell: Callable[[str], None]) -> None:
    """An editor at work until killed: takes decisions, undoes, redoes, writes; each is told before and afterwards.

    What is told: ``?`` before, then the readings that will stand after it; ``!`` when it is done.
    """
    choose = random.Random(seed)
    Repository.open(root).recover()
    history = _history(root)
    history.open_for_deciding()
    while True:
        pending, standing = history.pending, [d.reading or "" for d in history.decisions]
        deed = choose.choices(("take", "undo", "redo", "write"), (12, 2, 2, 1))[0]
        free = [n for n in range(WORDS) if f"read{n:03d}" not in standing]
        if deed == "take" and free:
            number = choose.choice(free)
            tell("?" + " ".join([*standing, f"read{number:03d}"]))
            start = history.replayed().text.index(f"word{number:03d}")
            judgement = Judgement("correct", f"read{number:03d}", note="made up")
            history.take(Span(start, start + 7), judgement, EDITOR, datetime.now(UTC))
        elif deed == "undo" and pending.taken:
            tell("?" + " ".join(standing[:-1]))
            history.undo()
        elif deed == "redo" and pending.undone and pending.undone[-1].reading not in standing:
            tell("?" + " ".join([*standing, pending.undone[-1].reading or ""]))
            history.redo()
        elif deed == "write" and pending.taken:
            tell("?" + " ".join(standing))
            history.commit(EDITOR, datetime.now(UTC))
        else:
            continue
        tell("!")


def session_is_kept(root: Path, said: str, later: str = "") -> list[str]:
    """Whether what stands after a session is what was told of it last, or what was being done just then.

    Args:
        root: The work tree.
        said: What was told before the fault.
        later: What was told while it happened: it may stand there or not.
    """
    told = [one for one in said.split("\n") if one]
    done = [before for before, after in pairwise([*told, ""]) if after == "!"]
    Repository.open(root).recover()
    history = _history(root)
    history.open_for_deciding()
    found = sorted(d.reading or "" for d in history.decisions)
    notices = history.notices
    text = history.replayed().text
    history.close()
    allowed = [sorted(one[1:].split()) for one in (done[-1:] + ([told[-1]] if told and told[-1] != "!" else []))]
    allowed += [sorted(one[1:].split()) for one in later.split("\n") if one.startswith("?")]
    wrong = [] if found in allowed or not done else [f"stands: {found}, told: {allowed}"]
    wrong += [f"{reading} is not in the text" for reading in found if reading not in text]
    # A line that was being written when the process died is kept aside, and said.
    return wrong + [notice for notice in notices if "could not be read" not in notice]


def _start_again(root: Path) -> None:
    """Recover, and be content to be told why not: it is for the next start, without faults, to finish."""
    for one in Repository.open(root).recover():
        if one.outcome not in ("finished", "redone"):
            raise Refused(str(one))


def _recover(root: Path, **more: object) -> None:
    bad = [one for one in Repository.open(root).recover(**more) if one.outcome == "needs you"]  # type: ignore[arg-type]
    if bad:
        raise AssertionError(f"needs you: {bad}")


KINDS = {
    "correction": Kind(_drawn, lambda root: _commit(root, CHANGES)),
    "first commit": Kind(_unborn, lambda root: _commit(root, CHANGES)),
    "founding in a sub-folder": Kind(_make_folder, _found),
    "document added": Kind(_edition, _add),
    "several documents, one taken away": Kind(_several, lambda root: _commit(root, SEVERAL)),
    "SHA-256, linked work tree, packed": Kind(_linked, lambda root: _commit(root, CHANGES)),
    "split index": Kind(_split, lambda root: _commit(root, CHANGES)),
    "signed": Kind(_signed, lambda root: _commit(root, CHANGES)),
    "with hooks": Kind(_hooked, lambda root: _commit(root, CHANGES)),
    "somebody was faster": Kind(_drawn, _commit_slower, between=_theirs),
    "refused and taken back": Kind(
        _drawn, lambda root: _commit(root, CHANGES, check=_refuse), settle=("recover refusing",), after=False
    ),
    "merge": Kind(_parted, lambda root: _join(root, "merge")),
    "branch taken over": Kind(_behind, lambda root: _join(root, "forward")),
    "decisions of one document": Kind(_decided, _commit_decisions("letter"), kept=_decisions_kept),
    "taking decisions": Kind(_edition, _take_decisions, after=False, kept=_acknowledged_are_kept),
    "recovery after file-written": Kind(_killed_at("file-written"), _start_again, before=False, clean=_drawn),
    "recovery after index-published": Kind(_killed_at("index-published"), _start_again, before=False, clean=_drawn),
    "recovery after branch-moved": Kind(_killed_at("branch-moved"), _start_again, before=False),
    "taking an interrupted commit back": Kind(
        _killed_on_another_branch, _take_back, settle=("taking an interrupted commit back",), before=False
    ),
}
"""The kinds, by name."""


def _die(at: str, step: str) -> None:
    if step == at:
        os.kill(os.getpid(), signal.SIGKILL)


def do(deed: list[str]) -> int:
    """Do a deed, named by its kind or ``recover``, in a work tree: 0 done, 7 refused, 70 a fault of Obelos."""
    name, root = deed[0], Path(deed[1])
    os.chdir(root)
    if (root.parent / "key").exists():
        _sign(root.parent)
    if (root / ".git/hooks/pre-commit").exists():
        os.environ["XDG_DATA_HOME"] = str(root.parent.parent / "remembered")
        if not (root.parent.parent / "remembered").exists():
            trust_hooks(root)
    try:
        if name == "recover":
            _recover(root)
        elif name == "recover refusing":
            _recover(root, check=_refuse)
        elif name == "session":
            session(root, int(deed[2]), lambda what: (os.write(1, f"{what}\n".encode()), None)[1])
        elif name == "session kept":
            wrong = session_is_kept(root, deed[2])
            os.write(1, "\n".join(wrong).encode())
            return 1 if wrong else 0
        elif name.startswith("die at "):
            _commit(root, CHANGES, reached=partial(_die, name.removeprefix("die at ")))
        else:
            KINDS[name].act(root)
    except ObelosError as error:
        os.write(1, f"{type(error).__name__}: {error}".encode("utf-8", "surrogateescape"))
        return 7
    except BaseException:
        os.write(1, traceback.format_exc().encode("utf-8", "surrogateescape"))
        return 70
    return 0


def fresh(template: Path, place: Path) -> None:
    """Put a copy of a template at the one place where it is tried."""
    shutil.rmtree(place, ignore_errors=True)
    # `cp -a` keeps hard links, by which an index.lock is known as ours.
    subprocess.run(["cp", "-a", str(template), str(place)], check=True)


if __name__ == "__main__":
    sys.exit(do(sys.argv[1:]))
