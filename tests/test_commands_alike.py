"""Deciding at all places alike without the screen: the cases of the concordance through the other door."""

from pathlib import Path

import pytest

from obelos_history import DocumentHistory, Repository
from obelos_tui.cli import run
from small_edition import LETTER, small_edition


def test_every_place_like_a_finding_is_decided(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Through the edition, one note, a decision each; a document that another Obelos works on is named and left out."""
    texts = {
        "letter": {"base": LETTER},
        "reply": {"base": "A bane here.\n"},
        "third": {"base": "One bane, two bane.\n"},
    }
    edition = small_edition(tmp_path, texts)
    monkeypatch.chdir(edition.root)
    repository = Repository.open(edition.root)
    other = DocumentHistory(edition, repository, "reply")
    other.open_for_deciding()
    said = ["--at", "bane#1", "--correct", "base", "--note", "so the file copy"]
    try:
        assert 3 == run(["decide", "letter", *said, "--alike", "edition"])
    finally:
        other.close()
    out = capsys.readouterr().out
    assert "6 decisions of 7 taken, in 2 documents" in out
    assert "reply was left out" in out
    assert 0 == run(["commit"])
    assert LETTER.replace("bane", "base") == edition.document("letter").working.read_text("utf-8")
    assert "A bane here.\n" == edition.document("reply").working.read_text("utf-8")
    assert 0 == run(["verify"])


def test_words_that_no_rule_flags_have_places_alike(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same words, whole; in the document only, unless the edition is asked for. No place is decided on twice."""
    edition = small_edition(tmp_path)
    monkeypatch.chdir(edition.root)
    again = ["decide", "letter", "--at", "for the#1", "--stet", "--alike", "document"]
    assert 0 == run(again)
    assert "2 decisions of 2 taken, in 1 document" in capsys.readouterr().out
    assert 0 == run(again)
    assert "0 decisions of 0 taken" in capsys.readouterr().out
