"""C14, E10: asked to end, stopped, or its window closed: Obelos leaves the terminal as it was and loses nothing."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from threading import Event, Thread

import pytest

from editor import Editor
from gitworld import CHANGES, EDITOR, NOON, World, invariants
from obelos_history.publish import undisturbed
from obelos_history.repository import Repository
from terminal import Terminal


@pytest.fixture
def decided(editor: Editor) -> Editor:
    """An editor with a decision that is not yet written."""
    editor.corrects("bane", "base")
    return editor


def test_C14_a_closed_window_ends_it(decided: Editor) -> None:
    """No process is left behind that nobody sees, and the document is free again."""
    with Terminal(decided.root) as terminal:
        terminal.sees("1 decision not yet written")
        assert 129 == terminal.closes()
    assert 0 == decided.types("commit")
    assert 0 == decided.types("verify")


def test_C14_stopped_continued_and_asked_to_end_it_leaves_the_terminal_as_it_was(decided: Editor) -> None:
    """Ctrl+z gives the shell its terminal back; then the screen stands there again; SIGTERM ends it in order."""
    with Terminal(decided.root) as terminal:
        terminal.sees("1 decision not yet written")
        assert not terminal.is_as_before
        terminal.presses("\x1a")
        terminal.stops()
        assert terminal.is_as_before
        terminal.gets(signal.SIGCONT)
        terminal.presses("?")
        terminal.sees("Keys of this view")
        assert not terminal.is_as_before
        terminal.gets(signal.SIGTERM)
        assert 143 == terminal.ends()
        assert terminal.is_as_before
    assert 0 == decided.types("commit")
    decided.sees("1 decision written")


def test_C14_a_window_closed_while_it_is_stopped_ends_it(decided: Editor) -> None:
    """Ctrl+z, and then the window is closed: no stopped process is left behind."""
    with Terminal(decided.root) as terminal:
        terminal.sees("1 decision not yet written")
        terminal.presses("\x1a")
        terminal.stops()
        assert 129 == terminal.closes()
    assert 0 == decided.types("commit")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_C14_a_plain_command_ended_by_a_signal_loses_nothing(
    world: World, tmp_path: Path, number: signal.Signals
) -> None:
    """In the middle of a commit: the next start finishes it, or it is as if it had not begun."""
    code = f"""
import os, sys, fault_kinds
from pathlib import Path
fault_kinds._commit(Path(sys.argv[1]), fault_kinds.CHANGES,
    reached=lambda step: os.kill(os.getpid(), {int(number)}) if step == "index-published" else None)
"""
    around = os.environ | {"PYTHONPATH": str(Path(__file__).parent)}
    line = [sys.executable, "-c", code, str(world.root)]
    ended = subprocess.run(line, env=around, cwd=tmp_path, capture_output=True, check=False)
    assert 0 != ended.returncode
    found = Repository.open(world.root).recover()
    assert [] == invariants(world, commits=len(found))


def test_C14_an_interrupt_while_git_moves_the_branch_does_not_part_it_from_the_files(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl+c comes while git is still at it: it counts when git is done, so nothing published is taken back."""
    program = tmp_path / "git"
    late = "kill -INT $PPID; sleep 0.5"
    program.write_text(
        f'#!/bin/sh\nPATH=\'{os.environ["PATH"]}\'\ncase "$*" in *update-ref*) {late};; esac\nexec git "$@"\n'
    )
    program.chmod(0o755)
    repository = Repository.open(world.root)
    reviewed = world.reviewed(CHANGES)
    with monkeypatch.context() as patch:
        patch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
        with pytest.raises(KeyboardInterrupt):
            repository.commit(CHANGES, "m", reviewed=reviewed, person=EDITOR, when=NOON)
    assert ["finished"] == [one.outcome for one in Repository.open(world.root).recover()]
    assert [] == invariants(world)


def test_C14_an_interrupt_is_put_off_also_where_another_thread_gets_it() -> None:
    """The system gives a signal that one thread blocks to another, and Python raises it in the main one at once."""
    done = Event()
    other = Thread(target=done.wait)
    other.start()
    steps = []
    try:
        with pytest.raises(KeyboardInterrupt), undisturbed():  # noqa: PT012 - what is raised is raised at the end
            os.kill(os.getpid(), signal.SIGINT)
            steps.append("sent")
            done.wait(0.2)
            steps.append("git is done")
    finally:
        done.set()
        other.join()
    assert ["sent", "git is done"] == steps
