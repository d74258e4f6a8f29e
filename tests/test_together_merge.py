"""Two editors decide on one document in two clones; merged, all their decisions are there and the text is proved."""

import os
import subprocess
from pathlib import Path

import pytest

from clones import LETTER, Clone, clone_of, found_edition
from obelos_history import read_decisions
from obelos_transcripts import BadInput, Refused


@pytest.fixture
def ada(tmp_path: Path) -> Clone:
    """The editor who founded the edition."""
    return found_edition(tmp_path / "ada")


@pytest.fixture
def ben(ada: Clone) -> Clone:
    """Another editor, with a clone."""
    return clone_of(ada, "ben")


def test_F04_two_words_of_one_paragraph_do_not_conflict(ada: Clone, ben: Clone) -> None:
    """Git merges lines and would conflict; decisions are merged by their places."""
    mine, theirs = ada.decides("bane", "base"), ben.decides("Dairen", "Port Arthur")
    outcome = ada.merges(ben)

    assert ("merged", 1) == (outcome.kind, outcome.documents[0].decisions)
    assert LETTER.replace("bane", "base").replace("Dairen", "Port Arthur") == ada.text()
    assert {mine, theirs} < ada.records()
    assert 2 == len(ada.git("log", "-1", "--format=%P").split())
    assert ada.verified()


def test_F04_the_same_correction_by_two_editors_is_no_conflict(ada: Clone, ben: Clone) -> None:
    """Both records stay; the text has the reading once."""
    ada.decides("bane", "base"), ben.decides("bane", "base")
    outcome = ada.merges(ben)

    assert () == outcome.documents[0].questions
    assert LETTER.replace("bane", "base") == ada.text()
    assert ada.verified()


def test_F04_two_readings_of_one_word_become_a_question_that_carries_both(ada: Clone, ben: Clone) -> None:
    """Until it is answered the base text stands; the answer is an ordinary decision on the place."""
    mine = ada.decides("bane", "base", note="the file copy")
    theirs = ben.decides("bane", "bank", note="the second keying")
    (question,) = ada.merges(ben).documents[0].questions

    assert ("query", {mine, theirs}) == (question.disposition, set(question.supersedes))
    for words in ("Ada", "reads “base” for “bane”: the file copy", "Ben", "reads “bank” for “bane”: the second keying"):
        assert words in question.note
    assert LETTER == ada.text()
    assert ada.verified()

    answer = ada.decides("bane", "base", note="Ben agrees")
    (found,) = (d for d in read_decisions(ada.root / "history/letter") if d.id == answer)
    assert (question.id,) == found.supersedes
    ben.merges(ada)
    assert LETTER.replace("bane", "base") == ben.text() == ada.text()
    assert ben.verified()


@pytest.mark.parametrize("first", ["ada", "ben"])
def test_F04_who_keeps_a_word_that_another_changes_is_asked(ada: Clone, ben: Clone, first: str) -> None:
    """A stet against a correction: neither wins by being merged first."""
    ada.decides("bane", None, note="the source reads so"), ben.decides("bane", "base")
    here, there = (ada, ben) if first == "ada" else (ben, ada)
    (question,) = here.merges(there).documents[0].questions

    assert "keeps “bane”: the source reads so" in question.note
    assert LETTER == here.text()
    assert here.verified()


def test_F04_two_different_changes_of_one_earlier_decision_are_a_question(ada: Clone, tmp_path: Path) -> None:
    """Both supersede the same decision, each knowing only their own mind."""
    ada.decides("bane", "base")
    ben = clone_of(ada, "ben")
    ada.decides("base", "bank"), ben.decides("base", "bane")
    (question,) = ada.merges(ben).documents[0].questions

    assert 2 == len(question.supersedes)
    assert LETTER == ada.text()
    assert ada.verified()


def test_a_branch_that_ours_is_part_of_is_taken_over_as_it_is(ada: Clone, ben: Clone) -> None:
    """No commit is made; the branch moves to theirs."""
    ben.decides("bane", "base")
    outcome = ada.merges(ben)

    assert "forward" == outcome.kind
    assert ben.git("rev-parse", "HEAD") == ada.git("rev-parse", "HEAD") == outcome.commit
    assert ada.verified()
    assert "nothing" == ada.merges(ben).kind


def test_A07_other_peoples_files_are_as_they_were(ada: Clone, ben: Clone) -> None:
    """Staged, changed and untracked files that the merge does not touch stay staged, changed and untracked."""
    (ada.root / "notes.txt").write_text("1\n")
    ada.git("add", "."), ada.git("commit", "-qm", "notes")
    ada.decides("bane", "base"), ben.decides("Dairen", "Port Arthur")
    (ada.root / "notes.txt").write_text("2\n")
    (ada.root / "staged.txt").write_text("s\n")
    (ada.root / "loose.txt").write_text("l\n")
    ada.git("add", "staged.txt")
    before = ada.git("status", "--porcelain")
    ada.merges(ben)

    assert [" M notes.txt", "?? loose.txt", "A  staged.txt"] == sorted(before.split("\n"))
    assert before == ada.git("status", "--porcelain")
    assert "notes.txt" not in ada.git("diff", "--name-only", "HEAD^1", "HEAD")


def test_a_changed_file_that_the_merge_would_touch_refuses_it_whole(ada: Clone, ben: Clone) -> None:
    """The file is named, and nothing was changed."""
    (ben.root / "plan.txt").write_text("theirs\n")
    ben.git("add", "."), ben.git("commit", "-qm", "plan")
    ada.decides("bane", "base"), ben.decides("Dairen", "Port Arthur")
    head = ada.git("rev-parse", "HEAD")
    (ada.root / "plan.txt").write_text("mine, not in git\n")
    with pytest.raises(Refused, match=r"“plan\.txt” lies there and is not in the history"):
        ada.merges(ben)

    (ada.root / "plan.txt").unlink()
    (ada.root / "transcripts/letter/text.txt").write_text("by hand\n")
    with pytest.raises(Refused, match=r"text\.txt” was changed on disk"):
        ada.merges(ben)
    assert head == ada.git("rev-parse", "HEAD")
    assert "by hand\n" == ada.text()


def test_other_files_that_git_cannot_merge_are_named(ada: Clone, ben: Clone) -> None:
    """What is neither a record nor a working text is settled with git first."""
    for clone in (ada, ben):
        (clone.root / "plan.txt").write_text(f"{clone.person}\n")
        clone.git("add", "."), clone.git("commit", "-qm", "plan")
    with pytest.raises(Refused, match=r"Both sides changed “plan\.txt”.*Settle it with git first"):
        ada.merges(ben)
    assert ada.verified()


def test_other_files_come_along_and_keep_their_mode(ada: Clone, ben: Clone) -> None:
    """What git can merge is merged by git; programs stay programs; bytes are kept."""
    (ben.root / "run.sh").write_bytes(b"#!/bin/sh\r\n")
    (ben.root / "run.sh").chmod(0o755)
    (ben.root / "odd \n name.bin").write_bytes(bytes(range(256)))
    ben.git("add", "."), ben.git("commit", "-qm", "tools")
    ada.decides("bane", "base")
    outcome = ada.merges(ben)

    assert {"run.sh", "odd \n name.bin"} == set(outcome.others)
    assert os.access(ada.root / "run.sh", os.X_OK)
    assert bytes(range(256)) == (ada.root / "odd \n name.bin").read_bytes()
    assert ada.verified()


def test_B18_a_link_among_the_merged_files_refuses_with_what_to_do(ada: Clone, ben: Clone) -> None:
    """Obelos writes plain files only."""
    (ben.root / "link").symlink_to("/etc/passwd")
    ben.git("add", "."), ben.git("commit", "-qm", "link")
    with pytest.raises(Refused, match=r"“link” is a symbolic link.*with git"):
        ada.merges(ben)
    assert not os.path.lexists(ada.root / "link")


@pytest.mark.parametrize("side", ["ours", "theirs"])
def test_a_change_by_hand_on_one_side_is_adopted_or_restored_first(ada: Clone, ben: Clone, side: str) -> None:
    """It is not lost in the text made anew: document and side are named."""
    (ada if side == "theirs" else ben).decides("bane", "base")
    hand = ada if side == "ours" else ben
    (hand.root / "transcripts/letter/text.txt").write_text(hand.text().replace("guns", "big guns"))
    hand.git("commit", "-qam", "by hand")
    where = "on this branch" if side == "ours" else "on the other side"
    with pytest.raises(Refused, match=f"letter: the working text .*{where} holds changes that no decision explains"):
        ada.merges(ben)

    assert 0 == hand.types("adopt", "letter", "--as", "correct", "--note", "so it is")
    ada.merges(ben)
    assert LETTER.replace("bane", "base").replace("guns", "big guns") == ada.text()
    assert ada.verified()


def test_J02_a_record_that_one_side_altered_is_named(ada: Clone, ben: Clone) -> None:
    """A record is written once: two contents of one id cannot be merged."""
    ident = ada.decides("bane", "base", note="first")
    ben.merges(ada)
    ada.decides("guns", "big guns"), ben.decides("Dairen", "Port Arthur")
    record = ben.root / f"history/letter/{ident}.yaml"
    record.write_text(record.read_text().replace("first", "second"))
    ben.git("commit", "-qam", "touched up")
    with pytest.raises(BadInput, match=f"{ident}.yaml.*different contents.*a record is never changed"):
        ada.merges(ben)


def test_J02_a_record_that_one_side_deleted_is_kept_and_told(ada: Clone, ben: Clone) -> None:
    """Nothing is lost by somebody's rm."""
    ident = ada.decides("bane", "base")
    ben.merges(ada)
    ada.decides("guns", "big guns")
    ben.git("rm", "-q", f"history/letter/{ident}.yaml")
    (ben.root / "transcripts/letter/text.txt").write_text(LETTER)
    ben.git("commit", "-qam", "gone")
    (letter,) = ada.merges(ben).documents

    assert "1 of its records had been deleted" in letter.notice
    assert ident in ada.records()
    assert "base" in ada.text()


def test_F09_a_broken_record_from_elsewhere_is_refused_with_its_file(ada: Clone, ben: Clone) -> None:
    """It does not come in, and says where it is wrong."""
    (ben.root / "history/letter/01JD0000000000000000000000.yaml").write_text("format: obelos-decision/1\nid: no\n")
    ben.git("add", "."), ben.git("commit", "-qm", "broken")
    with pytest.raises(BadInput, match=r"01JD0000000000000000000000\.yaml in [0-9a-f]{10}"):
        ada.merges(ben)
    assert ada.verified()


def test_a_dry_run_tells_and_changes_nothing(ada: Clone, ben: Clone, capsys: pytest.CaptureFixture[str]) -> None:
    """The same lines as the merge itself."""
    ada.decides("bane", "base"), ben.decides("bane", "bank")
    ada.git("fetch", "-q", str(ben.root), "main:ben")
    head = ada.git("rev-parse", "HEAD")
    assert 0 == ada.types("merge", "ben", "--dry-run")
    out = capsys.readouterr().out

    assert "letter: merged, 1 record came in" in out
    assert "Two editors differ." in out
    assert "nothing was changed" in out
    assert head == ada.git("rev-parse", "HEAD")
    assert 0 == ada.types("merge", "ben")
    assert ada.verified()


@pytest.mark.parametrize("name", ["-D", "--output=x", "nobody", "main..other", "a b", "HEAD:edition.yaml", "\x1b[2J"])
def test_A01_what_is_no_branch_is_refused(ada: Clone, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """No option, no range, no path; nothing reaches the terminal as it is."""
    assert 2 == ada.types("merge", "--", name)
    err = capsys.readouterr().err

    assert "is no branch, tag or commit" in err
    assert "\x1b" not in err
    assert not (ada.root / "x").exists()


def test_B03_a_merge_of_plain_git_under_way_is_stopped_first(ada: Clone, ben: Clone) -> None:
    """With conflicts in the working text, git waits; the way out is named."""
    ada.decides("bane", "base"), ben.decides("bane", "bank")
    ada.git("fetch", "-q", str(ben.root), "main:ben")
    ada.git("merge", "-q", "ben", check=False)
    with pytest.raises(Refused, match=r"git merge --abort, then obelos merge [0-9a-f]{10}"):
        ada.merges(ben)
    ada.git("merge", "--abort")
    ada.merges(ben)
    assert ada.verified()


def test_a_plain_merge_by_someone_without_obelos_is_settled(ada: Clone, ben: Clone) -> None:
    """They took one side's text where git saw a conflict: nobody's decision is lost, the text is made anew."""
    ada.decides("bane", "base"), ada.decides("consul", "Consul")
    ben.decides("guns", "big guns"), ben.decides("Dairen", "Port Arthur")
    ada.git("fetch", "-q", str(ben.root), "main:ben")
    ada.git("merge", "-q", "--no-commit", "-X", "ours", "ben", check=False)
    ada.git("commit", "-qm", "merged by hand")
    assert "big guns" not in ada.text()
    assert not ada.verified()
    outcome = ada.settles()

    assert "settled" == outcome.kind
    for words in ("base", "Consul", "big guns", "Port Arthur"):
        assert words in ada.text()
    assert 1 == len(ada.git("log", "-1", "--format=%P").split())
    assert "" == ada.git("status", "--porcelain")
    assert "nothing" == ada.settles().kind


def test_a_plain_merge_that_joined_contradictions_is_settled_by_a_question(ada: Clone, ben: Clone) -> None:
    """Records never conflict in git, so two readings of a word can stand side by side: nobody's is taken."""
    ada.decides("bane", "base"), ben.decides("bane", "bank")
    ada.git("fetch", "-q", str(ben.root), "main:ben")
    ada.git("merge", "-q", "--no-commit", "-X", "ours", "ben", check=False)
    ada.git("commit", "-qm", "merged by hand")
    (letter,) = ada.settles().documents

    assert 1 == len(letter.questions)
    assert LETTER == ada.text()
    assert ada.git("status", "--porcelain") == ""


def test_a_plain_merge_of_a_stet_and_a_change_is_asked_about(ada: Clone, ben: Clone) -> None:
    """Nothing is corrupt after it; but the two did not know of each other."""
    ada.decides("bane", None), ben.decides("bane", "base")
    ada.git("fetch", "-q", str(ben.root), "main:ben")
    ada.git("merge", "-q", "--no-edit", "ben")
    assert ada.verified()
    (letter,) = ada.settles().documents

    assert 1 == len(letter.questions)
    assert LETTER == ada.text()


def test_a_change_by_hand_is_not_settled_away(ada: Clone) -> None:
    """It is told, and left."""
    (ada.root / "transcripts/letter/text.txt").write_text(LETTER.replace("guns", "big guns"))
    ada.git("commit", "-qam", "by hand")
    outcome = ada.settles()

    assert "nothing" == outcome.kind
    assert "changed by hand" in outcome.notices[0]
    assert "big guns" in ada.text()


def test_A22_no_merge_driver_runs(ada: Clone, ben: Clone, home: Path) -> None:
    """The person's own driver, chosen by the repository's attributes, is not run either."""
    with (home / ".gitconfig").open("a") as config:
        config.write(f'[merge "own"]\n\tdriver = touch {home}/ran\n')
    for clone in (ada, ben):
        (clone.root / ".gitattributes").write_text("*.po merge=own\n")
        (clone.root / "a.po").write_text(f"{clone.person}\n")
        clone.git("add", "."), clone.git("commit", "-qm", "po")
    with pytest.raises(Refused, match="Both sides changed"):
        ada.merges(ben)
    assert not (home / "ran").exists()


def test_D01_decisions_not_yet_written_stay(ada: Clone, ben: Clone, capsys: pytest.CaptureFixture[str]) -> None:
    """They are no part of the merge, and are there after it."""
    ada.decides("consul", "Consul", write=False)
    ben.decides("bane", "base")
    ada.git("fetch", "-q", str(ben.root), "main:ben")
    assert 0 == ada.types("merge", "ben")
    assert "1 decision not yet written" in capsys.readouterr().out
    assert 0 == ada.types("commit")
    assert LETTER.replace("consul", "Consul").replace("bane", "base") == ada.text()
    assert ada.verified()


def test_A09_somebody_who_commits_meanwhile_is_not_overwritten(ada: Clone, ben: Clone) -> None:
    """The merge was worked out with another commit: it is refused, and everything is as it was."""
    ada.decides("bane", "base"), ben.decides("Dairen", "Port Arthur")

    def reached(step: str) -> None:
        if step == "read-back":
            (ada.root / "loose.txt").write_text("l\n")
            ada.git("add", "loose.txt"), ada.git("commit", "-qm", "meanwhile", "--", "loose.txt")

    with pytest.raises(Refused, match="Somebody committed here meanwhile"):
        ada.merges(ben, reached=reached)
    assert "meanwhile" == ada.git("log", "-1", "--format=%s")
    assert ada.verified()
    ada.merges(ben)
    assert ada.verified()


def test_three_clones_merged_in_all_orders_have_the_same_text(ada: Clone, ben: Clone) -> None:
    """Whoever merges whom first: same text, all decisions, both verifications green."""
    cleo = clone_of(ada, "cleo")
    ada.decides("bane", "base"), ada.decides("consul", "Consul")
    ben.decides("bane", "bank"), ben.decides("guns", None)
    cleo.decides("guns", "big guns"), cleo.decides("consul", "Consul")
    every = ada.records() | ben.records() | cleo.records()
    ada.merges(ben), cleo.merges(ada), ben.merges(cleo), ada.merges(ben)

    assert LETTER.replace("consul", "Consul") == ada.text() == ben.text() == cleo.text()
    assert every < ada.records()
    assert ada.records() == ben.records() == cleo.records()
    assert all(clone.verified() for clone in (ada, ben, cleo))


def test_an_edition_in_a_folder_of_a_larger_repository_is_merged_as_well(tmp_path: Path) -> None:
    """And so is a second edition beside it, wherever the command is called."""
    ada = found_edition(tmp_path / "ada")
    for folder in ("one", "two"):
        (ada.root / folder).mkdir()
        for name in ("edition.yaml", ".gitattributes", "transcripts", "history"):
            subprocess.run(["cp", "-r", str(ada.root / name), str(ada.root / folder / name)], check=True)
    ada.git("rm", "-rq", "edition.yaml", "transcripts", "history")
    ada.git("add", "."), ada.git("commit", "-qm", "two editions")
    ben = clone_of(ada, "ben")
    for here, words in ((ada, ("bane", "base")), (ben, ("guns", "big guns"))):
        for folder in ("one", "two"):
            Clone(here.root / folder, here.person).decides(*words)
    outcome = ada.merges(ben)

    assert 2 == len(outcome.documents)
    for folder in ("one", "two"):
        assert LETTER.replace("bane", "base").replace("guns", "big guns") == Clone(ada.root / folder, ada.person).text()
    assert "" == ada.git("status", "--porcelain")


def test_editions_with_nothing_in_common_are_not_merged(ada: Clone, tmp_path: Path) -> None:
    """They are two editions."""
    with pytest.raises(Refused, match="no commit in common"):
        ada.merges(found_edition(tmp_path / "other", "ben"))
