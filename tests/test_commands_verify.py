"""`obelos verify` typed: histories that were rewritten, signatures, what the last lines say."""

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from editor import Editor
from obelos_history import Verdict
from obelos_tui.demo import DOCUMENT
from obelos_tui.progress import Progress
from obelos_tui.proof import told


def amend(editor: Editor) -> None:
    """Rewrite the last commit."""
    editor.git("commit", "-q", "--amend", "-m", "the same with other words")


def corrected(editor: Editor) -> None:
    """A correction, committed."""
    editor.corrects("bane", "base")
    editor.types("commit")


def test_J03_a_history_rewritten_since_it_was_verified_is_told_until_it_is_accepted(editor: Editor) -> None:
    """J03: the branch has lost the commit that was verified last: told each time, until a person accepts it."""
    corrected(editor)
    assert 0 == editor.types("verify")
    lost = editor.git("rev-parse", "HEAD")[:10]
    amend(editor)

    assert (1, 1) == (editor.types("verify"), editor.types("verify"))
    editor.sees("the history of main was rewritten", f"commit {lost} is in it no more", "--accept-history")
    assert 0 == editor.types("verify", "--accept-history")
    assert 0 == editor.types("verify")


def test_J03_F08_a_branch_fetched_from_elsewhere_that_was_rewritten_is_told(editor: Editor) -> None:
    """J03, F08: somebody forced their history upon the common repository; after a fetch, verify says so."""
    corrected(editor)
    common = editor.root.parent / "common.git"
    editor.git("clone", "-q", "--bare", str(editor.root), str(common))
    editor.git("remote", "add", "origin", str(common))
    editor.git("fetch", "-q")
    assert 0 == editor.types("verify")
    subprocess.run(["git", "-C", str(common), "update-ref", "refs/heads/main", "main~1"], check=True)
    editor.git("fetch", "-q")

    assert 1 == editor.types("verify")
    editor.sees("the history of remotes/origin/main was rewritten")


def test_J03_a_record_that_names_a_commit_which_is_gone_tells_without_any_memory(editor: Editor, home: Path) -> None:
    """J03: a record of a base text names the commit it was made after; in a rewritten history that one is missing."""
    letter = editor.root.parent / "letter.txt"
    letter.write_text("Dear Sir,\n")
    assert 0 == editor.types("add", str(letter), "--as", "letter")
    editor.git("rebase", "-q", "--root", "--force-rebase")

    assert 1 == editor.types("verify")
    editor.sees("was made after commit", "which this history does not hold")
    assert 0 == editor.types("verify", "--accept-history")
    assert 0 == editor.types("verify")
    editor.sees("in the past: record", "which this history does not hold")


def test_the_last_line_says_what_was_taken_over(editor: Editor) -> None:
    """Who reads the proof must know whether it was found today."""
    corrected(editor)
    editor.types("verify")
    editor.sees("Everything was verified from the first commit on.")
    editor.types("verify")
    editor.sees("was taken over from then (1 document)", "obelos verify --full")
    editor.types("verify", "--full")
    editor.sees("Everything was verified from the first commit on.")


def test_the_edition_has_a_row_of_its_own_in_json(editor: Editor) -> None:
    """One row for each document, and one without a document for the edition."""
    corrected(editor)
    assert 0 == editor.types("verify", "--format", "json")
    document, whole = json.loads(editor.out)

    assert (DOCUMENT, True, []) == (document["document"], document["holds"], document["queries"])
    assert (None, True, True, 0, []) == tuple(
        whole[k] for k in ("document", "holds", "complete", "taken_over", "rewritten")
    )


def policy(editor: Editor, value: str) -> None:
    """Ask for signatures."""
    settings = editor.root / "edition.yaml"
    settings.write_text(settings.read_text().replace("policy:\n", f"policy:\n  signatures: {value}\n"))
    assert "signatures" in settings.read_text()


@pytest.fixture
def key(editor: Editor, home: Path) -> Path:
    """A key of the editor's, with which git signs, and which git knows as theirs; the base text is signed with it."""
    key = home / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    kind, public, *_ = key.with_suffix(".pub").read_text().split()
    (home / "signers").write_text(f"ada@example.org {kind} {public}\n")
    with (home / ".gitconfig").open("a") as settings:
        settings.write(f'[gpg]\n\tformat = ssh\n[gpg "ssh"]\n\tallowedSignersFile = {home}/signers\n')
        settings.write(f"[user]\n\tsigningKey = {key}\n[commit]\n\tgpgSign = true\n")
    editor.git("commit", "--quiet", "--amend", "--no-edit")
    return key


def test_signatures_are_shown_and_where_the_policy_requires_them_an_unsigned_commit_fails(
    editor: Editor, key: Path
) -> None:
    """A commit signed with the editor's key passes; one without a signature fails, and is named."""
    corrected(editor)
    policy(editor, "required")
    editor.types("verify")
    editor.sees("2 signed by ada@example.org")
    editor.git("config", "--global", "commit.gpgSign", "false")
    editor.types("decide", DOCUMENT, "--at", "sop", "--stet", "--note", "so the file")
    editor.types("commit")
    unsigned = editor.git("rev-parse", "HEAD")[:10]

    assert 1 == editor.types("verify")
    editor.sees("1 unsigned", f"{unsigned} unsigned")
    settings = editor.root / "edition.yaml"
    settings.write_text(settings.read_text().replace("signatures: required", "signatures: shown"))
    assert 0 == editor.types("verify")
    editor.sees("2 signed by ada@example.org", "1 unsigned")


def test_a_signature_of_somebody_unknown_is_not_good(editor: Editor, key: Path, home: Path) -> None:
    """A key that stands on no list of signers counts for nothing; nor does a signature that no program can check."""
    corrected(editor)
    policy(editor, "required")
    (home / "signers").write_text("")

    assert 1 == editor.types("verify", "--full")
    editor.sees("nobody vouches for")
    editor.git("config", "--global", "gpg.ssh.program", str(home / "not-installed"))
    assert 1 == editor.types("verify", "--full")
    editor.sees("cannot be checked")


def test_the_program_that_checks_signatures_is_never_one_that_a_repository_names(
    editor: Editor, key: Path, home: Path
) -> None:
    """A trusted repository may have settings of its own; what it says of signatures is not asked, and not run."""
    corrected(editor)
    policy(editor, "required")
    canary = home / "canary"
    program = home / "program"
    program.write_text(f"#!/bin/sh\ntouch {canary}\nexit 0\n")
    program.chmod(0o755)
    editor.git("config", "gpg.ssh.program", str(program))
    editor.git("config", "gpg.program", str(program))
    assert 0 == editor.types("trust", "--yes")

    assert 0 == editor.types("verify", "--full")
    editor.sees("2 signed by ada@example.org")
    assert not canary.exists()


def test_a_stopped_proof_says_how_far_it_came_and_proves_all_of_it_the_next_time(
    editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl+c while a verdict is printed: it is printed whole, the exit code is 130, and nothing counts as proved."""
    letter = editor.root.parent / "letter.txt"
    letter.write_text("Dear Sir,\n")
    assert 0 == editor.types("add", str(letter), "--as", "letter")

    def told_and_interrupted(verdict: Verdict) -> Iterator[str]:
        yield from told(verdict)
        os.kill(os.getpid(), signal.SIGINT)
        yield "the rest of it"

    with monkeypatch.context() as patch:
        patch.setattr("obelos_tui.commands.verify.told", told_and_interrupted)
        assert 130 == editor.types("verify")
    editor.sees("the rest of it", "stopped after 1 of 2 documents")
    assert "proved" not in editor.out.splitlines()[-1]
    assert 0 == editor.types("verify")


def test_a_proof_tells_how_far_it_is_beside_what_it_prints(editor: Editor, monkeypatch: pytest.MonkeyPatch) -> None:
    """The line is drawn with every document, and taken away again; none of it is in the output."""

    class Drawn(Progress):
        def step(self) -> None:
            super().step()
            self.draw()

    with monkeypatch.context() as patch:
        patch.setattr("obelos_tui.commands.verify.Progress", Drawn)
        assert 0 == editor.types("verify")
    assert "1 of 1 · " in editor.err
    assert DOCUMENT in editor.err
    assert editor.err.endswith("\r\x1b[K")
    assert " of 1" not in editor.out
