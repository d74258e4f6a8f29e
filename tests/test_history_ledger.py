"""The ledger keeps every decision from the moment it is taken, whatever happens to the process or the file."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from made_up import decision
from obelos_history.ledger import Ledger, Lock
from obelos_transcripts import Refused

BASE = "as a bane for extension"


def taken(folder: Path, *numbers: int) -> Ledger:
    """A ledger with decisions of these numbers taken."""
    ledger = Ledger(folder, "letter")
    for number in numbers:
        ledger.take(decision(BASE, (5, 9), f"reading {number}", number))
    return ledger


def readings(ledger: Ledger) -> list[str | None]:
    """What stands in the ledger."""
    return [d.reading for d in ledger.pending.taken]


def test_a_decision_is_on_disk_when_it_is_taken(tmp_path: Path) -> None:
    """Another process sees a decision as soon as it is taken."""
    taken(tmp_path, 1)

    assert ["reading 1"] == readings(Ledger(tmp_path, "letter"))


def test_undo_and_redo_work_across_restarts(tmp_path: Path) -> None:
    """Undo and redo go on where they were after a restart."""
    taken(tmp_path, 1, 2).undo()
    reopened = Ledger(tmp_path, "letter")
    undone = readings(reopened)
    Ledger(tmp_path, "letter").redo()

    assert ["reading 1"] == undone
    assert ["reading 1", "reading 2"] == readings(Ledger(tmp_path, "letter"))


def test_a_new_decision_ends_redo(tmp_path: Path) -> None:
    """What was undone cannot be redone after a new decision."""
    ledger = taken(tmp_path, 1)
    ledger.undo()
    ledger.take(decision(BASE, (5, 9), "reading 2", 2))

    assert ledger.redo() is None
    assert ["reading 2"] == readings(ledger)


def test_what_is_committed_is_no_longer_pending(tmp_path: Path) -> None:
    """Decisions noted as written leave the list; the others stay."""
    ledger = taken(tmp_path, 1, 2)
    ledger.written([ledger.pending.taken[0].id])

    assert ["reading 2"] == readings(Ledger(tmp_path, "letter"))


def test_D02_every_truncation_keeps_the_longest_sound_beginning(tmp_path: Path) -> None:
    """D02: cut anywhere, the ledger gives the decisions whose lines are whole, and no others."""
    path = taken(tmp_path, 1, 2, 3).path
    whole = path.read_bytes()
    ends = [i + 1 for i, byte in enumerate(whole) if byte == 10]
    for cut in range(len(whole) + 1):
        path.write_bytes(whole[:cut])
        expected = sum(end <= cut for end in ends)

        assert expected == len(Ledger(tmp_path, "letter").pending.taken)


def test_D02_a_flipped_bit_is_noticed(tmp_path: Path) -> None:
    """D02: a damaged line and all after it are not taken for decisions."""
    path = taken(tmp_path, 1, 2, 3).path
    whole = path.read_bytes()
    second = whole.index(b"\n") + 1
    for place in range(second, second + 120, 7):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])

        assert ["reading 1"] == readings(Ledger(tmp_path, "letter"))


def test_D02_a_damaged_tail_is_set_aside_and_reported(tmp_path: Path) -> None:
    """D02: nothing is thrown away; the damaged tail is kept beside, and taking goes on."""
    path = taken(tmp_path, 1).path
    with path.open("ab") as torn:
        torn.write(b"half a li")
    ledger = Ledger(tmp_path, "letter")
    told = ledger.set_aside_damage() or ""
    ledger.take(decision(BASE, (5, 9), "reading 2", 2))
    (aside,) = tmp_path.glob("*.damaged-*")

    assert "9 bytes" in told
    assert b"half a li" == aside.read_bytes()
    assert ["reading 1", "reading 2"] == readings(Ledger(tmp_path, "letter"))


def test_a_reader_never_touches_a_line_that_is_being_written(tmp_path: Path) -> None:
    """Only the writer may set a tail aside: to a reader it may be a line under way."""
    path = taken(tmp_path, 1).path
    with path.open("ab") as torn:
        torn.write(b"half a li")
    before = path.read_bytes()
    Ledger(tmp_path, "letter")

    assert before == path.read_bytes()


def test_D03_a_second_writer_is_told_who_holds_the_document(tmp_path: Path) -> None:
    """D03: one writer for each document; the second is refused and told the process."""
    with Lock(tmp_path, "letter"), pytest.raises(Refused, match=str(os.getpid())):
        Lock(tmp_path, "letter").acquire()


def test_a_killed_writer_holds_no_lock(tmp_path: Path) -> None:
    """A lock ends with its process, however that ends."""
    program = f"""
from obelos_history.ledger import Lock
from pathlib import Path
Lock(Path({str(tmp_path)!r}), "letter").acquire()
print("held", flush=True)
input()
"""
    holder = subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    assert "held\n" == holder.stdout.readline()
    with pytest.raises(Refused):
        Lock(tmp_path, "letter").acquire()
    holder.send_signal(signal.SIGKILL)
    holder.communicate()

    with Lock(tmp_path, "letter") as lock:
        assert lock.path.exists()


def test_D01_no_decision_is_lost_to_kill_minus_nine(tmp_path: Path) -> None:
    """D01: every decision acknowledged before a SIGKILL is there afterwards."""
    program = f"""
import sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from pathlib import Path
from made_up import decision
from obelos_history.ledger import Ledger
ledger = Ledger(Path({str(tmp_path)!r}), "letter")
number = len(ledger.pending.taken)
while True:
    number += 1
    ledger.take(decision({BASE!r}, (5, 9), f"reading {{number}}", number))
    print(number, flush=True)
"""
    acknowledged = 0
    for lines in (1, 2, 3, 5, 8, 13):
        editor = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
        assert editor.stdout is not None
        for _ in range(lines):
            acknowledged = int(editor.stdout.readline())
        editor.send_signal(signal.SIGKILL)
        rest, _ = editor.communicate()
        acknowledged = max([acknowledged, *map(int, rest.split())])

        assert acknowledged <= len(Ledger(tmp_path, "letter").pending.taken)
