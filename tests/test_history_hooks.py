"""A06: a repository's hooks run where the person asked for them, and only there; a hook that says no stops all."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from editor import Editor
from gitworld import LETTER, NEW, OLD, RECORD, World, commit, invariants
from obelos_history.hooks import distrust_hooks, trust_hooks
from obelos_history.repository import Repository
from obelos_transcripts import Refused


def hook(world: World, event: str, script: str, folder: str = ".git/hooks") -> Path:
    """A hook of the repository."""
    file = world.write(f"{folder}/{event}", f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)
    return file


def test_A06_no_hook_runs_unless_asked_for_and_no_setting_of_the_repository_can_ask(world: World) -> None:
    """Not even where the repository's own settings, trusted, name the folder of its hooks."""
    hook(world, "pre-commit", "exit 1")
    commit(world)
    assert [] == invariants(world)


def test_A06_a_hook_sees_exactly_what_is_committed(world: World, tmp_path: Path) -> None:
    """Its index holds the commit to be: our files, and nothing that others have staged; so does the disk."""
    script = f"git diff --cached --name-only > '{tmp_path}/saw'; git diff --cached --quiet -- '*.txt' && exit 1"
    hook(world, "pre-commit", f"{script}; cat {LETTER} > '{tmp_path}/text'; git show :other.txt > '{tmp_path}/other'")
    assert [world.root / ".git/hooks/pre-commit"] == trust_hooks(world.root)
    commit(world)
    assert [] == invariants(world)
    assert sorted([RECORD, LETTER]) == sorted((tmp_path / "saw").read_text().split())
    assert NEW == (tmp_path / "text").read_bytes()
    assert "other 1\n" == (tmp_path / "other").read_text()


@pytest.mark.parametrize("event", ["pre-commit", "commit-msg"])
def test_A06_a_hook_that_says_no_stops_the_whole_commit(world: World, event: str) -> None:
    """What it said is shown, harmlessly; everything is as it was; and the next commit asks it again."""
    hook(world, event, "printf 'line 3: \\033]0;evil\\007no comma'; echo too >&2; exit 3")
    trust_hooks(world.root)
    for _ in range(2):
        with pytest.raises(Refused) as refusal:
            commit(world)
        assert f"The hook {event} said no" in str(refusal.value)
        assert "line 3: ␛]0;evil␇no commatoo" in str(refusal.value)
        assert "obelos trust --no-hooks" in str(refusal.value)
        assert [] == invariants(world, commits=0)
    distrust_hooks(world.root)
    commit(world)
    assert [] == invariants(world)


def test_A06_a_hook_that_changed_since_is_not_run_and_nothing_is_committed(world: World, tmp_path: Path) -> None:
    """The person asked for the hook that they looked at, not for the one that lies there now."""
    hook(world, "pre-commit", "exit 0")
    trust_hooks(world.root / "reading")
    hook(world, "pre-commit", f"touch '{tmp_path}/ran'")
    with pytest.raises(Refused, match=r"no longer those that you trusted"):
        commit(world)
    assert [] == invariants(world, commits=0)
    assert not (tmp_path / "ran").exists()
    trust_hooks(world.root)
    commit(world)
    assert (tmp_path / "ran").exists()
    assert [] == invariants(world)


def test_A06_a_hook_may_add_to_the_message_and_take_nothing_out_of_it(world: World) -> None:
    """A number of an issue, say; what was recorded stays."""
    hook(world, "commit-msg", 'echo "Change: 7" >> "$1"')
    trust_hooks(world.root)
    commit(world)
    assert "letter: received\nChange: 7" == world.git("log", "-1", "--format=%B").strip()
    assert [] == invariants(world)
    hook(world, "commit-msg", 'echo "something else" > "$1"')
    trust_hooks(world.root)
    with pytest.raises(Refused, match="took lines out of the message"):
        commit(world, {LETTER: OLD})
    assert [] == invariants(world)


@pytest.mark.parametrize("what", [f"echo x >> {LETTER}", f"git rm -q --cached {LETTER}", "echo x > n; git add n"])
def test_A06_a_hook_that_changes_what_is_committed_stops_it(world: World, what: str) -> None:
    """Obelos commits what was decided on; what the hook wrote on disk is left alone."""
    hook(world, "pre-commit", what)
    trust_hooks(world.root)
    with pytest.raises(Refused, match=r"pre-commit changed what was to be committed"):
        commit(world)
    assert 0 == world.count()
    assert (OLD if "echo x >>" not in what else NEW + b"x\n") == world.read(LETTER)


def test_A06_the_folder_of_hooks_is_the_persons_or_that_of_trusted_settings(world: World, home: Path) -> None:
    """``core.hooksPath`` counts as git has it; relative to the top of the work tree."""
    world.git("config", "--global", "core.hooksPath", "tools/hooks")
    hook(world, "pre-commit", "exit 1", "tools/hooks")
    assert [world.root / "tools/hooks/pre-commit"] == trust_hooks(world.root)
    with pytest.raises(Refused, match="It said nothing; exit status 1"):
        commit(world)
    assert not (world.root / RECORD).exists()


def test_A06_hooks_are_asked_again_when_an_interrupted_commit_is_made_again(world: World) -> None:
    """A start after a kill does not go round them: what they refuse is taken back."""
    hook(world, "pre-commit", "test -e ok")
    trust_hooks(world.root)

    world.write("ok", "")
    line = [sys.executable, str(Path(__file__).with_name("fault_kinds.py")), "die at trees-written", str(world.root)]
    around = os.environ | {"PYTHONPATH": str(Path(__file__).parent)}
    assert -signal.SIGKILL == subprocess.run(line, env=around, check=False).returncode
    (world.root / "ok").unlink()
    (found,) = Repository.open(world.root).recover()
    assert ("withdrawn", True) == (found.outcome, "The hook pre-commit said no" in found.why)
    assert [] == invariants(world, commits=0)


def test_A06_hooks_are_asked_for_by_a_command_and_refuse_by_a_command(editor: Editor) -> None:
    """``obelos trust --hooks``: the hook that says no keeps the decisions pending; without it they are written."""
    assert 3 == editor.types("trust", "--hooks")
    editor.sees("There is no hook pre-commit or commit-msg")
    hooks = editor.root / ".git" / "hooks"
    hooks.mkdir()
    (hooks / "pre-commit").write_text("#!/bin/sh\necho not today\nexit 1\n")
    (hooks / "pre-commit").chmod(0o755)
    assert 0 == editor.types("trust", "--hooks")
    editor.sees("Before each commit runs", "pre-commit")
    editor.corrects("bane", "base")
    assert 3 == editor.types("commit")
    editor.sees("not today", "obelos trust --no-hooks")
    assert 0 == editor.types("trust", "--no-hooks")
    editor.sees("No hook runs before a commit.")
    assert 0 == editor.types("commit")
    editor.sees("1 decision written")
    assert 0 == editor.types("verify")
