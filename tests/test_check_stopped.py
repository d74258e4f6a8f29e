"""Long runs: how far they have come is drawn on a terminal only, and ctrl+c leaves everything printed whole."""

import io
import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from check_world import World, world
from obelos_rules.recipe import Recipe
from obelos_tui import checking
from obelos_tui.checking import Checked
from obelos_tui.interrupts import Interrupts
from obelos_tui.progress import Progress, fitting
from obelos_tui.targets import Target

__all__ = ["world"]

MAIN = "from obelos_tui.cli import main; main()"


@pytest.fixture
def interrupted(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """Three texts; ctrl+c comes when the third is at hand."""
    for name in "abc":
        (world.root / f"{name}.txt").write_text("teh end\n")

    def until_the_third(*arguments: object, **options: object) -> Iterator[Checked]:
        for number, one in enumerate(checking.checked(*arguments, **options)):  # type: ignore[arg-type]
            if number == 2:
                os.kill(os.getpid(), signal.SIGINT)
            yield one

    monkeypatch.setattr("obelos_tui.check_run.checked", until_the_third)
    return world


def test_a_stopped_run_prints_what_it_found_and_how_far_it_came(interrupted: World) -> None:
    """The exit code is that of a program stopped by ctrl+c."""
    assert 130 == interrupted.types("check", "a.txt", "b.txt", "c.txt")
    interrupted.sees(
        "a.txt:1:1", "b.txt:1:1", "2 findings in 2 of 3 texts", "stopped after 2 of 3 texts, with 2 findings"
    )


def test_a_stopped_run_leaves_whole_json(interrupted: World) -> None:
    """It says that it is not complete."""
    assert 130 == interrupted.types("check", "--format", "json", "a.txt", "b.txt", "c.txt")
    told = json.loads(interrupted.out)

    assert (2, 2, False) == (len(told["findings"]), told["texts"], told["complete"])


def test_a_stopped_run_leaves_a_whole_sarif_log(interrupted: World) -> None:
    """It says that the execution was not successful."""
    assert 130 == interrupted.types("check", "--format", "sarif", "a.txt", "b.txt", "c.txt")
    (run,) = json.loads(interrupted.out)["runs"]

    assert 2 == len(run["results"])
    assert (False, 130) == (run["invocations"][0]["executionSuccessful"], run["invocations"][0]["exitCode"])


def test_an_interrupt_waits_for_what_is_being_printed() -> None:
    """What is held is done whole; the interrupt comes after it."""
    done = []

    def print_something(interrupts: Interrupts) -> None:
        with interrupts.held():
            os.kill(os.getpid(), signal.SIGINT)
            done.append("whole")

    with Interrupts() as interrupts, pytest.raises(KeyboardInterrupt):
        print_something(interrupts)

    assert ["whole"] == done


def test_interrupts_are_given_back() -> None:
    """After a run ctrl+c means what it meant before; where it was ignored it stays so."""
    before = signal.getsignal(signal.SIGINT)
    with Interrupts():
        assert before != signal.getsignal(signal.SIGINT)
    assert before == signal.getsignal(signal.SIGINT)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with Interrupts():
            assert signal.SIG_IGN == signal.getsignal(signal.SIGINT)
    finally:
        signal.signal(signal.SIGINT, before)


class Terminal(io.StringIO):
    """Standard error that says it is a terminal."""

    def isatty(self) -> bool:
        """It is."""
        return True


def test_progress_is_drawn_beside_what_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The line is taken away before anything else is printed, and drawn again after it."""
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with Progress(4) as progress:
        progress.at("letter \x1b[31m.txt")
        progress.step()
        progress.draw()
        with progress.aside():
            terminal.write("a finding\n")
    drawn = terminal.getvalue()

    assert "██████░░░░░░░░░░░░░░░░░░ 1 of 4" in drawn
    assert "\r\x1b[Ka finding\n\r██████" in drawn
    assert drawn.endswith("\r\x1b[K")
    assert "\x1b[31m" not in drawn


@pytest.mark.parametrize("name", ["x" * 300, "重慶" * 100, "é" * 300, "\x1b" * 300])
def test_progress_stays_on_its_line(name: str) -> None:
    """However long and wide a name, the line is cut to the terminal."""
    from rich.cells import cell_len

    assert 79 >= cell_len(fitting(name, 79))


def test_nothing_is_drawn_where_there_is_no_terminal(world: World) -> None:
    """Standard error of a piped run holds problems, and else nothing."""
    world.holds("letter", "teh end\n")
    world.types("check")

    assert "" == world.err


def test_on_a_terminal_no_trace_of_the_progress_is_left(world: World) -> None:
    """What was drawn, if anything was, is taken away again."""
    world.holds("letter", "all is well\n")
    near, far = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", MAIN, "check"],
        stdin=far,
        stdout=far,
        stderr=far,
        cwd=world.root,
        env={**os.environ, "NO_COLOR": "1"},
    ) as running:
        os.close(far)
        printed = b""
        while select.select([near], [], [], 60)[0]:
            try:
                printed += os.read(near, 4096)
            except OSError:  # the other end was closed
                break
        running.wait()
    os.close(near)

    assert 0 == running.returncode
    assert b"0 findings in 1 text\r\n" == re.sub(rb"\r[^\n]*\x1b\[K", b"", printed)


def test_checking_holds_a_few_texts_at_a_time(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Texts are read when their turn comes near, not before."""
    read: list[str] = []
    reads = Target.read

    def reading(target: Target) -> str:
        read.append(target.name)
        return reads(target)

    monkeypatch.setattr(Target, "read", reading)
    for number in range(40):
        (world.root / f"{number}.txt").write_text("the letter\n" * 10_000)
    targets = [Target(f"{number}.txt", Path(f"{number}.txt")) for number in range(40)]
    running = checking.checked(targets, Recipe(("core",), codes=("RP101",)))

    next(running)

    assert 0 < len(read) <= 5


def test_checking_files_loads_neither_git_nor_screens_nor_the_history() -> None:
    """A linter starts at once; the history is loaded where there are decisions, git never."""
    code = f"import sys\ntry:\n    {MAIN}\nfinally:\n    print(*sys.modules, sep='\\n', file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", code.replace("; ", "\n    "), "check", "-"],
        input="the letter\n",
        capture_output=True,
        text=True,
        check=False,
    )
    loaded = {name.partition(".")[0] for name in done.stderr.split()}

    assert 0 == done.returncode
    assert "obelos_rules" in loaded
    assert loaded.isdisjoint({"git", "textual", "rich", "asyncio", "email", "platformdirs", "ulid", "obelos_history"})


def test_decisions_are_read_without_git(world: World) -> None:
    """They are files; which base text they count in is computed."""
    world.holds("letter", "teh end\n")
    world.decides("letter", "teh", rule="ZZZ-PA101")
    code = f"import sys\ntry:\n    {MAIN}\nfinally:\n    print(*sys.modules, sep='\\n', file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", code.replace("; ", "\n    "), "check"], capture_output=True, text=True, check=False
    )

    assert "0 findings in 1 text\n" == done.stdout
    assert {"git", "textual"}.isdisjoint(name.partition(".")[0] for name in done.stderr.split())
