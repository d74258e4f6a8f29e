"""C02 to C04, C08: something goes wrong at a call that changes a file, in Obelos or in a git that it started.

A sample of all trials, with a fixed step between them; ``make soak`` tries every one. What a trial is, is told in
fault_kinds.py and fault_trials.py.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from fault_trials import Trials
from faults import FAULTS, Call, CannotCompile, Nursery
from sessions import killed_sessions

SAMPLED = {
    "correction": 71,
    "first commit": 197,
    "several documents, one taken away": 211,
    "somebody was faster": 211,
    "merge": 229,
    "refused and taken back": 149,
    "decisions of one document": 211,
    "taking decisions": 37,
    "recovery after index-published": 113,
    "taking an interrupted commit back": 83,
}
"""Kinds of commits that are tried here, and how many calls lie between two trials of one."""


@pytest.fixture(scope="module")
def nursery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nursery]:
    """A process that does deeds with faults; in memory where there is room, for a disk would only be slower."""
    memory = Path("/dev/shm")  # noqa: S108
    above = memory if memory.is_dir() and os.access(memory, os.W_OK) else tmp_path_factory.getbasetemp()
    folder = Path(tempfile.mkdtemp(prefix="obelos-faults-", dir=above))
    try:
        with Nursery(folder) as started:
            yield started
    except CannotCompile as why:
        pytest.skip(str(why))
    finally:
        shutil.rmtree(folder)


@pytest.mark.parametrize("name", SAMPLED)
def test_C02_C03_C04_C08_no_fault_at_any_call_leaves_half_a_commit(nursery: Nursery, name: str) -> None:
    """Killed, torn, full, broken: afterwards the deed is done, or everything is as it was, and nothing is left over."""
    trials = Trials(nursery, name)
    faults = list(FAULTS)[1:]
    wrong: list[str] = []
    # The step is no divisor of the calls of any fault, so each fault meets other calls.
    queue = [(fault, call) for fault in faults for call in trials.calls if call.can(fault)]
    for number, (fault, call) in enumerate(queue[:: SAMPLED[name]]):
        twice = "SIGKILL" in fault and number % 3 == 0
        wrong += trials(fault, call.number, second=1 + call.number * 7 % 60 if twice else 0)
    assert [] == wrong


def test_C05_a_file_is_on_the_disk_before_it_gets_its_name(nursery: Nursery) -> None:
    """Files, objects, index and branch are synced, then named; and our names are synced before the branch moves."""
    calls = Trials(nursery, "correction").calls
    named = [call for call in calls if call.what in ("rename", "link") and not call.path.endswith("index.lock")]
    assert 8 <= len([call for call in named if _written(calls, call.source)])
    assert [] == [call for call in named if _written(calls, call.source) not in ([], "fsync")]
    moved = next(call for call in named if call.path.endswith("refs/heads/main"))
    for path in ("/w/reading/letter.txt", "/w/history/letter/01.yaml", "/w/.git/index"):
        at = next(call for call in named if call.path == path)
        synced = [c.number for c in calls if (c.what, c.path) == ("fsync", os.path.dirname(path))]
        assert any(at.number < number < moved.number for number in synced), path


def _written(calls: list[Call], path: str) -> str | list[str]:
    """What was done last to the bytes of a file; nothing where none were written."""
    done = [call.what for call in calls if call.path == path and call.what in ("write", "fsync")]
    return done[-1] if "write" in done else []


def test_the_shim_counts_the_calls_of_obelos_and_of_git(nursery: Nursery) -> None:
    """Both are among them, numbered one after another: else the trials above would prove nothing."""
    calls = Trials(nursery, "correction").calls
    assert {True, False} == {call.by_us for call in calls}
    assert all(second.number == first.number + 1 for first, second in pairwise(calls))
    assert {"open", "write", "fsync", "rename", "link", "unlink", "mkdir"} <= {call.what for call in calls}
    assert any(call.path.endswith("refs/heads/main") for call in calls)


def test_C04_a_lock_that_could_not_be_let_go_of_at_once_is_let_go_of(nursery: Nursery) -> None:
    """Taking ``index.lock`` away fails once: it is tried again while it can still be proved ours."""
    for name in ("correction", "somebody was faster"):
        trials = Trials(nursery, name)
        releases = [c.number for c in trials.calls if c.what == "unlink" and c.path.endswith("index.lock")]
        assert releases
        assert [] == [one for at in releases for one in trials("EIO once", at)]


def test_C04_a_recovery_that_the_disk_refuses_is_told(nursery: Nursery) -> None:
    """At its first call the disk says no: that is said, nothing is lost, and the next start finishes."""
    for name in ("recovery after branch-moved", "taking an interrupted commit back"):
        assert [] == Trials(nursery, name)("EIO once", 1)


def test_C04_a_decision_that_could_not_be_kept_leaves_no_line(nursery: Nursery) -> None:
    """The disk refuses one; those taken after it follow from those before, and all acknowledged are kept."""
    trials = Trials(nursery, "taking decisions")
    calls = [c.number for c in trials.calls if c.path.endswith(".ledger") and c.what in ("write", "fsync")]
    assert 6 == len(calls)
    assert [] == [one for at in calls[:4] for one in trials("EIO once", at)]


def test_D01_a_decision_is_on_the_disk_before_it_is_acknowledged(nursery: Nursery) -> None:
    """Each line of the ledger is synced at once, and the first time also the name of the ledger."""
    calls = Trials(nursery, "taking decisions").calls
    ledger = [call for call in calls if call.path.endswith("letter.ledger")]
    writes = [call.number for call in ledger if call.what == "write"]
    assert 3 == len(writes)
    assert all(calls[number].what == "fsync" and calls[number].path == calls[number - 1].path for number in writes)
    folder = os.path.dirname(ledger[0].path)
    assert any(call.what == "fsync" and call.path == folder and call.number > writes[0] for call in calls)
    above = os.path.dirname(folder)
    assert any(call.what == "fsync" and call.path == above and call.number < writes[0] for call in calls)


def test_D01_whatever_was_acknowledged_is_there_after_a_kill(nursery: Nursery) -> None:
    """An editor decides, undoes, redoes and writes, and is killed at any call; nothing is lost, nothing comes back."""
    sessions = killed_sessions(nursery, 8, seed=1)
    assert [] == sessions.wrong
    assert sessions.told > 25
