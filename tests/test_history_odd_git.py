"""A15, A20, A21, C08, C11, C12: a git that is missing, old, hangs, floods or lies; processes left behind; clocks."""

import os
import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gitworld import CHANGES, EDITOR, LETTER, NEW, NOON, OLD, World, invariants
from obelos_history import git_version
from obelos_history.git import Git
from obelos_history.ledger import Lock
from obelos_history.repository import Repository
from obelos_transcripts import Refused

Fake = Callable[[str], None]


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Fake]:
    """Puts a program named ``git`` before the real one; the script gets what git would get."""
    folder = tmp_path / "bin"
    folder.mkdir()
    real = os.environ["PATH"]

    def put(script: str) -> None:
        program = folder / "git"
        program.write_text(f"#!/bin/sh\nreal() {{ PATH='{real}' exec git \"$@\"; }}\n{script}\n")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{folder}:{real}")
        git_version.check_version.cache_clear()

    yield put
    git_version.check_version.cache_clear()


VERSIONED = 'case "$*" in *version*) real "$@";; *config*) real "$@";; esac\n'
"""Says its version like git, and reads settings; what follows is for everything else."""


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("exec sleep 1000", "did not end within 0.5 seconds"),
        ("sleep 1000; echo git version 2.50.0", "did not end within 0.5 seconds"),
        ("cat /dev/zero", "did not end within 0.5 seconds|which version it is"),
        ("cat /dev/urandom | head -c 3000000", "which version it is"),
        ("printf '\\033]0;evil\\007'", "which version it is: “␛.0;evil␇”"),
        ("exit 0", "which version it is: “”"),
        ("exit 128", "git refused: exit status 128"),
        ("exit 139", "git refused: exit status 139"),
        ("kill -SEGV $$", "it was ended by signal 11"),
        ("echo git version 2.38.1", r"git is too old: git 2\.38\.1"),
        ("echo git version 1.9", r"too old: git 1\.9\.0"),
    ],
)
def test_A21_what_is_no_sound_git_is_said_and_nothing_is_changed(
    world: World, fake: Fake, monkeypatch: pytest.MonkeyPatch, script: str, said: str
) -> None:
    """It hangs, floods, prints garbage, fails, dies, or is too old."""
    monkeypatch.setattr(git_version, "_PATIENCE", 0.5)
    fake(script)
    with pytest.raises(Refused, match=said):
        Repository.open(world.root)


@pytest.mark.parametrize(
    "script", ["exit 128", "exit 139", "kill -KILL $$", "echo garbage", "exit 0", "cat >/dev/null"]
)
def test_A21_a_git_that_fails_after_it_told_its_version_is_said(world: World, fake: Fake, script: str) -> None:
    """Opening asks where the repository is, and does not believe everything."""
    fake(VERSIONED + script)
    with pytest.raises(Refused, match="git"):
        Repository.open(world.root)


@pytest.mark.parametrize("command", ["worktree", "cat-file", "ls-files", "check-attr", "hash-object", "commit-tree"])
@pytest.mark.parametrize("how", ["kill -SEGV $$", "exit 1", "echo '\x1bgarbage'; exit 0"])
def test_A21_a_git_that_fails_at_one_command_commits_nothing(world: World, fake: Fake, command: str, how: str) -> None:
    """Whatever command of a commit breaks or lies, the commit is refused whole and everything is as it was."""
    reviewed = world.reviewed(CHANGES)
    repository = Repository.open(world.root)
    fake(f'case "$*" in *" {command} "*) {how};; *) real "$@";; esac')
    with pytest.raises(Refused):
        repository.commit(CHANGES, "m", reviewed=reviewed, person=EDITOR, when=NOON)
    fake('real "$@"')
    Repository.open(world.root).recover()
    assert [] == invariants(world, commits=0)


def test_A21_what_waits_for_a_network_is_stopped_in_time_with_what_it_started(fake: Fake, tmp_path: Path) -> None:
    """A fetch that hangs does not hang Obelos, and leaves no process behind."""
    fake(f"sh -c 'echo $$ > {tmp_path}/pid; exec sleep 1000' & wait")
    with pytest.raises(Refused, match=r"did not end within 0\.5 seconds.*git fetch origin"):
        Git(tmp_path)("fetch", "origin", limit=0.5)
    assert _ends(int((tmp_path / "pid").read_text()))


def _ends(process: int) -> bool:
    """Whether a process that was killed is gone, or goes within ten seconds: the system takes its time."""
    try:
        handle = os.pidfd_open(process)
    except ProcessLookupError:
        return True
    try:
        poll = select.poll()
        poll.register(handle, select.POLLIN)
        return bool(poll.poll(10_000))
    finally:
        os.close(handle)


@pytest.mark.parametrize(
    ("version", "known"),
    [
        ("2.39.5", True),
        ("2.43.6", True),
        ("2.43.7", False),
        ("2.45.1 (Apple Git-154)", True),
        ("2.50.0.windows.1", True),
        ("2.50.1", False),
        ("2.51.0", False),
        ("2.56.0.rc1.12.gabcdef", False),
        ("3.0.0", False),
    ],
)
def test_A20_a_git_with_known_holes_is_named(fake: Fake, version: str, known: bool) -> None:
    """Each series has its first mended release."""
    fake(f"echo 'git version {version}'")
    assert known == ("CVE-2025-48384" in git_version.known_holes())


def test_A15_no_process_and_no_handle_is_left_behind(world: World) -> None:
    """Forty openings, and commits, leave as many handles and children as there were."""
    repository = Repository.open(world.root)
    before = len(os.listdir("/proc/self/fd"))
    for number in range(12):
        again = Repository.open(world.root)
        again.recover()
        again.log(LETTER)
        data = NEW if number % 2 == 0 else OLD
        again.commit({LETTER: data}, "m", reviewed={LETTER: world.blob(LETTER)}, person=EDITOR, when=NOON)
    assert before == len(os.listdir("/proc/self/fd"))
    children = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
    assert [] == [pid for pid in children if b"git" in Path(f"/proc/{pid}/cmdline").read_bytes()]
    assert 12 == world.count()
    repository.recover()


def test_C11_a_process_number_that_was_given_away_again_does_not_matter(world: World, tmp_path: Path) -> None:
    """Who works is told by a lock of the system, not by a number: that may belong to another program now."""
    folder = tmp_path / "ledger"
    folder.mkdir()
    (folder / "letter.lock").write_text(str(os.getppid()))
    with Lock(folder, "letter"):
        assert str(os.getpid()) == (folder / "letter.lock").read_text()


def test_C12_a_clock_that_was_set_back_changes_no_order(world: World) -> None:
    """A commit may be older than what it builds on; the log goes by who builds on whom."""
    repository = Repository.open(world.root)
    texts = [NEW, OLD, NEW]
    for year, data in zip((2026, 1971, 2030), texts, strict=True):
        when = datetime(year, 1, 1, tzinfo=UTC)
        repository.commit({LETTER: data}, f"in {year}", reviewed={LETTER: world.blob(LETTER)}, person=EDITOR, when=when)
    assert ["in 2030", "in 1971", "in 2026", "base"] == [entry.subject for entry in repository.log(LETTER)]


def test_C08_a_git_that_outlives_obelos_changes_nothing_that_recovery_settled(world: World, fake: Fake) -> None:
    """Obelos is killed while its git is about to move the branch, and stands still until recovery is done."""
    late = f"kill -KILL $PPID; cd {world.root}/.git; while [ ! -e go ]; do sleep 0.05; done; touch gone"
    fake(f'case "$*" in *update-ref*) {late};; esac; real "$@"')
    code = "import sys, fault_kinds; sys.exit(fault_kinds.do(['correction', sys.argv[1]]))"
    around = os.environ | {"PYTHONPATH": str(Path(__file__).parent)}
    killed = subprocess.run([sys.executable, "-c", code, str(world.root)], env=around, check=False)
    assert -9 == killed.returncode
    fake('real "$@"')
    assert ["redone"] == [one.outcome for one in Repository.open(world.root).recover()]
    (world.root / ".git/go").touch()
    deadline = time.monotonic() + 20
    while not (world.root / ".git/gone").exists() or _living_git(world):
        assert time.monotonic() < deadline
        os.sched_yield()
    for mark in ("go", "gone"):
        (world.root / ".git" / mark).unlink()
    assert [] == Repository.open(world.root).recover()
    assert [] == invariants(world)


def test_A09_the_branch_moves_only_from_the_commit_that_was_examined(world: World, fake: Fake, tmp_path: Path) -> None:
    """Somebody moves it in the last instant, by a command that needs no lock of the index: theirs is not lost."""
    theirs = world.git("commit-tree", "HEAD^{tree}", "-p", "HEAD", "-m", "theirs")
    move = f"real -C {world.root} update-ref refs/heads/main {theirs}"
    faster = f"[ -e {tmp_path}/once ] || {{ touch {tmp_path}/once; ({move}); }}"
    reviewed = world.reviewed(CHANGES)
    fake(f'case "$*" in *update-ref*) {faster};; esac; real "$@"')
    made = Repository.open(world.root).commit(CHANGES, "ours", reviewed=reviewed, person=EDITOR, when=NOON)
    fake('real "$@"')
    assert world.git("rev-parse", "HEAD") == made
    assert "ours\ntheirs\nbase" == world.git("log", "--format=%s")


DAMAGE = """
import pathlib, sys, zlib
for name in sys.argv[2:]:
    file = pathlib.Path(sys.argv[1], ".git/objects", name[:2], name[2:])
    kind, _, data = zlib.decompress(file.read_bytes()).partition(b"\\0")
    file.chmod(0o644)
    file.write_bytes(zlib.compress(kind + b"\\0" + bytes(len(data))))
"""


def test_B23_what_git_stored_is_read_back_before_anybody_sees_it(world: World, fake: Fake, tmp_path: Path) -> None:
    """The disk swaps bytes under a blob that was just written; its name is right, and still nothing is published."""
    (tmp_path / "damage.py").write_text(DAMAGE)
    reviewed = world.reviewed(CHANGES)
    damage = f'ids=$(real "$@"); {sys.executable} {tmp_path}/damage.py {world.root} $ids; echo "$ids"'
    fake(f'case "$*" in *"hash-object -w -t blob"*) {damage};; *) real "$@";; esac')
    with pytest.raises(Refused, match="git stored other bytes than were decided on"):
        Repository.open(world.root).commit(CHANGES, "m", reviewed=reviewed, person=EDITOR, when=NOON)
    assert 0 == world.count()
    assert OLD == world.read(LETTER)


def _living_git(world: World) -> bool:
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes()
        except OSError:
            continue
        if b"update-ref" in words and os.fsencode(world.root) in words:
            return True
    return False
