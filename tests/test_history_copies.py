"""C13: a synchronised folder. Copies of conflicts are said, and a clone that was copied whole commits nothing twice."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from editor import Editor
from gitworld import World, invariants
from obelos_history.copies import is_copy
from obelos_history.repository import Repository
from obelos_tui.demo import DOCUMENT

NAMES = [
    "text.sync-conflict-20261123-104500-ABCDEF7.txt",
    "text (Ada's conflicted copy 2026-11-23).txt",
    "text (conflicted copy 2026-11-23 104500).txt",
    "B (Konflikt Ada conflict 2026-11-23).txt",
]


def test_C13_copies_of_conflicts_are_said(editor: Editor) -> None:
    """Beside the text, the decisions not yet written, the branches, the index: named, with what to do."""
    editor.corrects("bane", "base")
    folders = [f"transcripts/{DOCUMENT}", ".git/refs/heads", ".git/obelos/ledger", ".git"]
    for folder, name in zip(folders, NAMES, strict=True):
        shutil.copy(editor.text_file, editor.root / folder / name)
    assert 0 == editor.types("decide", DOCUMENT, "--at", "hard", "--stet", "--note", "x")
    editor.sees(*NAMES, "made by a synchronisation program", "give each a clone")


def test_C13_a_copy_of_a_decision_is_named(editor: Editor) -> None:
    """It is no decision of its own; the refusal says what it is."""
    editor.corrects("bane", "base")
    editor.types("commit")
    (decision,) = editor.decision_files
    shutil.copy(decision, decision.with_suffix(".sync-conflict-20261123-104500-ABCDEF7.yaml"))
    assert 2 == editor.types("decide", DOCUMENT, "--at", "hard", "--stet", "--note", "x")
    editor.sees("a synchronisation program made this copy")


def test_C13_names_that_people_give_are_not_taken_for_copies() -> None:
    """A despatch on a conflict is none of these."""
    for name in ("conflict-1939.txt", "base.txt", "text (2).txt", "copy of B.txt", "sync.txt", "(conflict) 12.txt"):
        assert not is_copy(name)


def test_C13_a_folder_copied_in_the_middle_of_a_commit_makes_the_same_commit(world: World, tmp_path: Path) -> None:
    """A synchronisation carries the record of the commit along; both machines finish it, to the same commit."""
    program = Path(__file__).with_name("fault_kinds.py")
    around = os.environ | {"PYTHONPATH": str(program.parent)}
    line = [sys.executable, str(program), "die at file-written", str(world.root)]
    assert -signal.SIGKILL == subprocess.run(line, env=around, check=False).returncode
    twin = World(Path(shutil.copytree(world.root, tmp_path / "twin")), world.base)
    twin.git("update-index", "-q", "--refresh", check=False)
    for one in (world, twin):
        assert ["redone"] == [found.outcome for found in Repository.open(one.root).recover()]
        assert [] == invariants(one)
    assert world.git("rev-parse", "HEAD") == twin.git("rev-parse", "HEAD")
