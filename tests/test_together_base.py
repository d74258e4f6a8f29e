"""F01: a better transcription arrives; every decision goes with its words, or is shown as an orphan."""

from pathlib import Path

import pytest

from clones import LETTER, Clone, clone_of, found_edition, person
from obelos_history import DocumentHistory
from obelos_history.orphans import orphans
from obelos_transcripts import Refused
from reanchoring import trial

BETTER = "SECRET.\n" + LETTER.replace("guns", "guus").replace("Dairen.", "Dairen, I hear.")


@pytest.fixture
def ada(tmp_path: Path) -> Clone:
    """The editor who founded the edition."""
    return found_edition(tmp_path / "ada")


def puts(clone: Clone, text: str, *more: str) -> int:
    """Put a better base text in place by the command; its exit code."""
    file = clone.root.parent / "better.txt"
    file.write_text(text)
    return clone.types("base", "letter", str(file), "--note", "the file copy", *more)


def history(clone: Clone) -> DocumentHistory:
    """The letter's record."""
    return DocumentHistory(clone.edition, clone.repository(), "letter")


def test_decisions_go_with_their_words_and_the_rest_is_told(ada: Clone, capsys: pytest.CaptureFixture[str]) -> None:
    """One commit has the new text, the record of it and the working text that follows."""
    ada.decides("bane", "base")
    lost = ada.decides("guns", "big guns", note="as in the register")
    commits = ada.git("rev-list", "--count", "HEAD")
    assert 0 == puts(ada, BETTER, "--source", "FO 371")
    out = capsys.readouterr().out

    assert "0 decisions stand where they stood, 1 moved with their words." in out
    assert f"{lost}  big guns for guns" in out
    assert BETTER == (ada.root / "transcripts/letter/base.txt").read_text()
    assert BETTER.replace("bane", "base") == ada.text()
    assert int(commits) + 1 == int(ada.git("rev-list", "--count", "HEAD"))
    assert "Source: FO 371" in ada.git("log", "-1", "--format=%B")
    assert ada.verified_now()


def test_an_orphan_is_shown_and_given_a_place_or_given_up(ada: Clone, capsys: pytest.CaptureFixture[str]) -> None:
    """Both are decisions that supersede it; nothing is open afterwards."""
    first, second = ada.decides("guns", "big guns"), ada.decides("Dairen.\n", "Dalny.\n")
    puts(ada, BETTER)
    capsys.readouterr()
    assert 0 == ada.types("orphans")
    out = capsys.readouterr().out
    assert "line 3 has “guus” there" in out
    assert first in out
    assert second in out

    assert 0 == ada.types("decide", "letter", "--at", "guus", "--correct", "big guns", "--for", first)
    assert 2 == ada.types("decide", "letter", "--drop", second)
    assert 0 == ada.types("decide", "letter", "--drop", second, "--note", "the file copy goes on")
    assert 0 == ada.types("commit")
    assert () == orphans(history(ada))
    assert BETTER.replace("guus", "big guns") == ada.text()
    assert ada.verified_now()


def test_D04_decisions_not_yet_written_are_carried_too(ada: Clone, capsys: pytest.CaptureFixture[str]) -> None:
    """The same decision, anchored anew; one without a place is kept and told, never applied blindly."""
    ada.decides("bane", "base", write=False)
    lost = ada.decides("guns", "big guns", write=False)
    puts(ada, BETTER)
    assert "1 decision not yet written lost their place" in capsys.readouterr().out
    assert 0 == ada.types("commit")

    assert BETTER.replace("bane", "base") == ada.text()
    (orphan,) = orphans(history(ada))
    assert (lost, False, "guus") == (orphan.decision.id, orphan.written, orphan.reads)
    assert 0 == ada.types("decide", "letter", "--at", "guus", "--correct", "big guns", "--for", lost)
    assert 0 == ada.types("commit")
    assert () == orphans(history(ada))
    assert BETTER.replace("bane", "base").replace("guus", "big guns") == ada.text()
    assert ada.verified_now()


def test_D04_undo_and_redo_go_on_working_across_a_new_base_text(ada: Clone) -> None:
    """What was undone before can be taken again after."""
    ada.decides("bane", "base", write=False), ada.decides("consul", "Consul", write=False)
    assert 0 == ada.types("undo")
    puts(ada, BETTER)
    assert 0 == ada.types("redo")
    assert 0 == ada.types("commit")
    assert BETTER.replace("bane", "base").replace("consul", "Consul") == ada.text()


def test_a_base_text_is_never_replaced_without_a_reason_or_by_itself(
    ada: Clone, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nor over changes made by hand."""
    assert 2 == ada.types("base", "letter", "--reaffirm")
    assert 3 == puts(ada, LETTER)
    assert "is the base text of letter already" in capsys.readouterr().err
    (ada.root / "transcripts/letter/text.txt").write_text(LETTER + "P.S.\n")
    ada.git("commit", "-qam", "by hand")
    assert 3 == puts(ada, BETTER)
    assert "holds changes that no decision explains" in capsys.readouterr().err
    assert LETTER == (ada.root / "transcripts/letter/base.txt").read_text()


def test_a_dry_run_tells_what_would_become_of_the_decisions(ada: Clone, capsys: pytest.CaptureFixture[str]) -> None:
    """And changes nothing."""
    ada.decides("bane", "base")
    head = ada.git("rev-parse", "HEAD")
    assert 0 == puts(ada, BETTER, "--dry-run")
    assert "1 moved" in capsys.readouterr().out
    assert head == ada.git("rev-parse", "HEAD")
    assert ada.verified()


def test_the_base_text_is_affirmed_after_a_history_that_was_rightly_rewritten(ada: Clone) -> None:
    """A new record names the last commit there is now; text and decisions stay."""
    ada.decides("bane", "base")
    text, head = ada.text(), ada.git("rev-parse", "HEAD")
    assert 0 == ada.types("base", "letter", "--reaffirm", "--note", "a large image was taken out")
    (held,) = (one for one in history(ada).records.bases if one.note)

    assert (head, 1) == (held.after, len(held.supersedes))
    assert text == ada.text()
    assert ada.verified()


def test_going_back_to_the_old_base_text_finds_every_decision_again(ada: Clone) -> None:
    """Also the one that was an orphan meanwhile."""
    ada.decides("bane", "base"), ada.decides("guns", "big guns")
    text = ada.text()
    puts(ada, BETTER)
    ada.decides("Dairen", "Port Arthur")
    puts(ada, LETTER)

    assert text.replace("Dairen", "Port Arthur") == ada.text()
    assert ada.verified_now()


def test_decisions_on_the_old_base_text_in_another_clone_are_carried_at_the_merge(ada: Clone) -> None:
    """By a further record of the base text, in whichever clone the two are merged."""
    ben = clone_of(ada, "ben")
    ada.decides("consul", "Consul")
    puts(ada, BETTER)
    mine = ben.decides("bane", "base")
    ben.decides("guns", "big guns", note="as in the register")
    (letter,) = ben.merges(ada).documents

    assert (True, 1) == (letter.new_base, len(letter.orphans))
    assert BETTER.replace("consul", "Consul").replace("bane", "base") == ben.text()
    assert mine in {ident for one in history(ben).records.bases for ident, _ in one.anchors}
    ada.merges(ben)
    assert ben.text() == ada.text()
    assert ada.verified_now()
    assert ben.verified_now()


@pytest.mark.parametrize("choice", ["ours", "theirs"])
def test_two_better_base_texts_are_a_choice_that_a_person_makes(ada: Clone, choice: str) -> None:
    """Both have put another one in place: nothing is guessed, and the decisions on the other are carried."""
    ben = clone_of(ada, "ben")
    other = LETTER.replace("Sir,", "Dear Sir,")
    puts(ada, BETTER), puts(ben, other)
    ada.decides("bane", "base"), ben.decides("Dairen", "Port Arthur")
    with pytest.raises(Refused, match=r"letter: both sides have put another base text in place.*--base ours or"):
        ada.merges(ben)
    ada.merges(ben, choice=choice)
    ben.merges(ada)

    want = (BETTER if choice == "ours" else other).replace("bane", "base").replace("Dairen", "Port Arthur")
    assert want == ada.text() == ben.text()
    assert ada.verified_now()


def test_D04_a_merge_that_brings_a_new_base_text_carries_what_is_not_yet_written(ada: Clone) -> None:
    """Nothing of it is lost or applied blindly."""
    ben = clone_of(ada, "ben")
    puts(ada, BETTER)
    ben.decides("bane", "base", write=False)
    lost = ben.decides("guns", "big guns", write=False)
    ben.merges(ada)
    assert 0 == ben.types("commit")

    assert BETTER.replace("bane", "base") == ben.text()
    assert [lost] == [orphan.decision.id for orphan in orphans(history(ben))]
    assert ben.verified_now()


def test_who_only_affirmed_a_base_text_is_no_rival_of_a_better_one(ada: Clone) -> None:
    """No question about base texts where only one editor put a new one in place."""
    ben = clone_of(ada, "ben")
    ada.decides("bane", "base"), puts(ada, BETTER)
    ben.decides("Dairen", "Port Arthur")
    assert 0 == ben.types("base", "letter", "--reaffirm", "--note", "looked at")
    ben.merges(ada)

    assert BETTER.replace("bane", "base").replace("Dairen", "Port Arthur") == ben.text()
    assert ben.person == person("ben")


def test_two_base_texts_joined_by_a_plain_merge_are_settled(ada: Clone, capsys: pytest.CaptureFixture[str]) -> None:
    """Git cannot know: one of the two is put in place by a person, and the decisions are carried."""
    ben = clone_of(ada, "ben")
    puts(ada, BETTER), puts(ben, LETTER.replace("Sir,", "Dear Sir,"))
    ben.decides("bane", "base")
    ada.git("fetch", "-q", str(ben.root), "main:ben")
    ada.git("merge", "-q", "--no-commit", "-X", "ours", "ben", check=False)
    ada.git("checkout", "-q", "main", "--", "transcripts"), ada.git("commit", "-qm", "merged by hand")
    assert 0 == ada.types("merge")

    assert BETTER.replace("bane", "base") == ada.text()
    assert ada.verified_now()


@pytest.mark.parametrize("errors", [0.01, 0.03])
def test_F01_reanchoring_is_never_wrong_and_loses_few(errors: float) -> None:
    """The trial of reliability 5.4: 1,500 made-up emendations, 20 blocks put in or taken out, letters altered."""
    outcome = trial(emendations=1500, errors=errors, blocks=20, seed=7)

    assert 0 == outcome.wrong
    assert outcome.orphaned <= 0.02 * outcome.findable
    assert outcome.findable > 900
