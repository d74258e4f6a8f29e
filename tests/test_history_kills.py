"""C01: an editor's process dies at any step of writing; no decision is lost and the text is proved afterwards."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from editor import Editor
from independent_verify import main as verify_independently
from obelos_history.repository import STEPS
from obelos_tui.demo import DOCUMENT

WRITER = """
import os, signal, sys
from pathlib import Path
from obelos_history import DocumentHistory, Repository
from obelos_transcripts import find_edition
from obelos_tui.clock import now

def reached(step):
    if step == sys.argv[1]:
        os.kill(os.getpid(), signal.SIGKILL)

edition = find_edition(Path.cwd())
repository = Repository.open(edition.root)
history = DocumentHistory(edition, repository, sys.argv[2])
history.open_for_deciding()
history.commit(repository.identity(), now(), reached)
"""


@pytest.mark.parametrize("step", STEPS)
def test_C01_no_decision_is_lost_when_writing_is_killed(editor: Editor, step: str) -> None:
    """C01: killed after this step, the next command finishes the commit or still has the decisions pending."""
    editor.corrects("bane", "base")
    editor.corrects("pre-Russian", "pro-Russian")
    killed = subprocess.run([sys.executable, "-c", WRITER, step, DOCUMENT], cwd=editor.root, check=False)
    editor.types("commit")

    assert -signal.SIGKILL == killed.returncode
    assert 0 == editor.types("verify")
    editor.sees("base text + 2 decisions = working text")
    assert b"a base for" in editor.text_file.read_bytes()
    assert 0 == verify_independently(editor.root)
    assert "" == editor.git("status", "--porcelain")
    assert [] == leftovers(editor.root)
    editor.git("fsck", "--strict", "--no-dangling")


def leftovers(root: Path) -> list[Path]:
    """Locks and temporary files that a killed commit might have left."""
    return [p for p in root.rglob("*") if p.name.startswith(".obelos-") or p.name == "index.lock"]


def test_an_interrupted_commit_that_cannot_be_finished_is_taken_back_on_request(editor: Editor) -> None:
    """Another branch was checked out after the kill: the editor is told, and may withdraw; the decisions stay."""
    editor.corrects("bane", "base")
    subprocess.run([sys.executable, "-c", WRITER, "job-written", DOCUMENT], cwd=editor.root, check=False)
    editor.git("checkout", "-qb", "elsewhere")
    editor.types("log")
    editor.sees("An interrupted commit was found", "git switch main", "obelos withdraw")
    assert 0 == editor.types("withdraw")
    editor.sees("Taken back")
    assert 0 == editor.types("withdraw")
    editor.sees("No interrupted commit waits.")

    assert 0 == editor.types("commit")
    assert b"a base for" in editor.text_file.read_bytes()
    assert 0 == editor.types("verify")
