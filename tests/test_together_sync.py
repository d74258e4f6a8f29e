"""Fetch, merge, push: told step by step, safe to repeat, never by force, and nothing of the other side is run."""

import os
import subprocess
import time
from pathlib import Path

import pytest

from clones import LETTER, Clone, clone_of, found_edition, hub_of, person
from gitworld import environment
from many_editors import share
from obelos_history.sync import Step, Wanted, sync
from obelos_transcripts import Refused
from obelos_tui.clock import now


@pytest.fixture
def ada(tmp_path: Path) -> Clone:
    """An editor whose edition is shared through a bare repository, ``hub.git`` beside it."""
    clone = found_edition(tmp_path / "ada")
    hub_of(clone)
    clone.syncs()
    return clone


@pytest.fixture
def ben(ada: Clone) -> Clone:
    """Another editor, who cloned the shared repository."""
    return clone_of(Clone(hub(ada), ada.person), "ben")


def hub(clone: Clone) -> Path:
    """The bare repository."""
    return clone.root.parent / "hub.git"


def tip(clone: Clone) -> str:
    """The commit that the shared branch has."""
    done = subprocess.run(
        ["git", "-C", str(hub(clone)), "rev-parse", "main"], env=environment(), capture_output=True, check=True
    )
    return done.stdout.decode().strip()


def runs(pid: int) -> bool:
    """Whether a process is at work; one that is dead and that nobody has asked after is not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")
    return not (state.exists() and state.read_text().rpartition(")")[2].split()[0] == "Z")


def test_the_first_push_sets_the_upstream(ada: Clone) -> None:
    """As ``git push -u`` does; from then on plain git knows it too."""
    assert ada.git("rev-parse", "HEAD") == tip(ada)
    assert "origin" == ada.git("config", "branch.main.remote")
    assert "refs/heads/main" == ada.git("config", "branch.main.merge")


def test_two_editors_share_their_decisions_through_a_third_place(ada: Clone, ben: Clone) -> None:
    """Each step is told in words; who syncs again with nothing new is told so."""
    ada.decides("bane", "base"), ben.decides("Dairen", "Port Arthur")
    said: list[str] = []
    ada.syncs()
    ben.syncs(said.append)
    ada.syncs()

    assert "Fetching from origin" in said[0]
    assert "Merged origin/main in commit" in said[1]
    assert ["Pushing to origin/main …", "origin/main has your commits now."] == said[2:]
    assert LETTER.replace("bane", "base").replace("Dairen", "Port Arthur") == ada.text() == ben.text()
    assert ada.verified()
    assert ben.verified()
    assert not ben.syncs(said.append)
    assert "origin/main and yours are the same." == said[-1]


def test_F08_a_push_that_somebody_overtook_is_made_again(ada: Clone, ben: Clone) -> None:
    """Fetched, merged and pushed once more; never by force."""
    ada.decides("bane", "base"), ben.decides("Dairen", "Port Arthur")
    said: list[str] = []

    def told(line: str) -> None:
        said.append(line)
        if line.startswith("Pushing") and len(said) < 4:
            ben.syncs()

    ada.syncs(told)
    assert "Somebody pushed meanwhile. Nothing is lost; fetching and merging again." in said
    assert ada.git("rev-parse", "HEAD") == tip(ada)
    assert ada.verified()


def test_A21_without_network_nothing_is_lost_and_it_works_later(ada: Clone, ben: Clone) -> None:
    """The shared place is away; then it is there again."""
    ada.decides("bane", "base")
    hub(ada).rename(hub(ada).with_name("away"))
    with pytest.raises(Refused, match=r"could not be reached\. Nothing is lost.*say “obelos\s+sync” again"):
        ada.syncs()
    hub(ada).with_name("away").rename(hub(ada))
    ada.syncs()

    assert ada.git("rev-parse", "HEAD") == tip(ada)
    assert ada.verified()


def test_F08_a_history_rewritten_on_the_other_side_is_an_alarm(ada: Clone, ben: Clone) -> None:
    """What was seen there is not part of it any more: nothing is merged unless somebody says so."""
    ada.decides("bane", "base")
    ada.syncs()
    ben.git("commit", "-q", "--allow-empty", "-m", "another history")
    ben.git("push", "-q", "--force", "origin", "main")
    head = ada.git("rev-parse", "HEAD")
    for _ in range(2):  # also the second time
        with pytest.raises(Refused, match=r"WARNING: the history of origin/main was rewritten.*\n.*--rewritten"):
            ada.syncs()
    assert head == ada.git("rev-parse", "HEAD")
    said: list[str] = []
    ada.syncs(said.append, rewritten=True)
    assert "WARNING" in said[1]
    assert "base" in ada.text()
    assert ada.verified()


def test_J03_the_alarm_does_not_trust_what_lies_in_the_repository(ada: Clone, ben: Clone) -> None:
    """Somebody fetched by hand in between, so git's own memory of the remote is new: ours is not."""
    ada.decides("bane", "base")
    ada.syncs()
    ben.git("commit", "-q", "--allow-empty", "-m", "another history")
    ben.git("push", "-q", "--force", "origin", "main")
    ada.git("fetch", "-q", "origin")
    with pytest.raises(Refused, match="was rewritten"):
        ada.syncs()


def test_A21_a_remote_that_does_not_answer_is_given_up(ada: Clone, home: Path) -> None:
    """After the time limit it is stopped, with all that it started."""
    slow = home / "ssh"
    slow.write_text(f"#!/bin/sh\necho $$ > {home}/pid\nexec sleep 600\n")
    slow.chmod(0o755)
    ada.git("config", "--global", "core.sshCommand", str(slow))
    ada.git("remote", "set-url", "origin", "ssh://nowhere.example.org/x.git")
    began = time.monotonic()
    with pytest.raises(Refused, match="stopped after 2 seconds"):
        ada.syncs(timeout=2)
    assert time.monotonic() - began < 30
    pid = int((home / "pid").read_text())
    while runs(pid) and time.monotonic() - began < 30:  # it was told to end; the system does so when it comes to it
        time.sleep(0.01)
    assert not runs(pid)


def test_a_fetch_can_be_given_up_by_the_editor(ada: Clone, home: Path) -> None:
    """As from the screen."""
    slow = home / "ssh"
    slow.write_text("#!/bin/sh\nexec sleep 600\n")
    slow.chmod(0o755)
    ada.git("config", "--global", "core.sshCommand", str(slow))
    ada.git("remote", "set-url", "origin", "ssh://nowhere.example.org/x.git")
    with pytest.raises(Refused, match="It was stopped"):
        ada.syncs(stop=lambda: True)
    assert ada.verified()


@pytest.mark.parametrize(
    "address", ["ext::sh -c 'touch RAN'", "http://example.org/x", "git://example.org/x", "-oProxy=x"]
)
def test_A02_only_https_ssh_and_files_are_spoken_with(ada: Clone, address: str) -> None:
    """A helper in an address runs a program; the gate, or the sync, refuses it."""
    ada.git("config", "remote.origin.url", address)
    with pytest.raises(Refused):
        ada.syncs()
    assert not (ada.root / "RAN").exists()


def test_A04_hooks_of_a_folder_on_this_machine_are_not_run(ada: Clone, home: Path) -> None:
    """A repository that came in an archive may name one that lies beside it."""
    hook = hub(ada) / "hooks" / "pre-receive"
    hook.write_text(f"#!/bin/sh\ntouch {home}/ran\n")
    hook.chmod(0o755)
    ada.decides("bane", "base")
    with pytest.raises(Refused, match=r"could run programs of its own.*hooks/pre-receive"):
        ada.syncs()
    assert not (home / "ran").exists()


def test_E01_what_the_other_side_says_reaches_the_terminal_made_visible(
    ada: Clone, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Sideband text with an escape sequence is shown, not obeyed."""
    loud = home / "ssh"
    loud.write_text("#!/bin/sh\nprintf '\\033]0;owned\\007 no such repository' >&2\nexit 1\n")
    loud.chmod(0o755)
    ada.git("config", "--global", "core.sshCommand", str(loud))
    ada.git("remote", "set-url", "origin", "ssh://nowhere.example.org/x.git")
    assert 3 == ada.types("sync")
    err = capsys.readouterr().err

    assert "␛]0;owned␇ no such repository" in err
    assert "\x1b" not in err


def test_who_has_no_remote_is_told_how_to_get_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is guessed."""
    alone = found_edition(tmp_path / "alone")
    assert 3 == alone.types("sync")
    assert "git remote add origin ADDRESS" in capsys.readouterr().err
    assert 2 == alone.types("sync", "nowhere")


def test_a_refspec_of_the_repository_cannot_overwrite_our_branches(ada: Clone, ben: Clone) -> None:
    """A copied repository may say where fetched branches go; that is not asked."""
    ada.git("branch", "precious")
    mine = ada.git("rev-parse", "precious")
    ben.git("push", "-q", "origin", "main:precious")
    ben.decides("bane", "base")
    ben.git("push", "-q", "origin", "main:precious")
    ada.git("config", "remote.origin.fetch", "+refs/heads/*:refs/heads/*")
    ada.syncs()

    assert mine == ada.git("rev-parse", "precious")


def test_a_fresh_repository_takes_over_what_is_shared(ada: Clone, tmp_path: Path) -> None:
    """B02: no commit here yet; everything comes from there."""
    root = tmp_path / "cleo"
    root.mkdir()
    cleo = Clone(root, person("cleo"))
    cleo.git("init", "-q", "-b", "main")
    cleo.git("remote", "add", "origin", str(hub(ada)))
    told: list[Step] = []
    sync(ada.edition, cleo.repository(), cleo.person, now, Wanted(), told.append)
    assert LETTER == cleo.text()
    assert cleo.verified()


def test_a_merge_without_obelos_that_was_pushed_is_settled(ada: Clone, ben: Clone) -> None:
    """It came in as it was, and is put in order at once."""
    ada.decides("bane", "base")
    ada.syncs()
    ben.decides("bane", "bank")
    ben.git("fetch", "-q", "origin")
    ben.git("merge", "-q", "--no-commit", "-X", "ours", "origin/main", check=False)
    ben.git("commit", "-qm", "merged by hand"), ben.git("push", "-q", "origin", "main")
    said: list[str] = []
    ada.syncs(said.append)

    assert "A merge without Obelos was settled." in said
    assert LETTER == ada.text()
    assert ada.git("rev-parse", "HEAD") == tip(ada)


def test_F05_eight_editors_share_all_their_records_one_after_another(tmp_path: Path) -> None:
    """F05: 8 editors × 25 records through one place: 200 of 200 intact, no conflict, the text proved."""
    first = found_edition(tmp_path / "e0", letter=" ".join(f"word{n}" for n in range(400)) + " end\n")
    hub_of(first)
    first.syncs()
    outcome = share(first, editors=8, records=25)

    assert 200 == outcome.intact
    assert 0 == outcome.questions
    assert outcome.same_text
    assert first.verified()
