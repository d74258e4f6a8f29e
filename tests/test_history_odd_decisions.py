"""Decisions with anything in them: written down they come back as they were, or are refused before they are taken."""

from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from editor import Editor
from made_up import BASE_ID, decision
from obelos_history import Judgement, dump, parse, replay
from obelos_history.placing import Ground, placed, reverted
from obelos_transcripts import Span

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@given(ANY, ANY, ANY)
@example("One\x85two three", "wait\x85more", "\u2028 \ufeff # - : 'x\" NO 010 \n\n y ")
def test_a_decision_comes_back_from_its_file_as_it_was(base: str, reading: str, note: str) -> None:
    """G01: whatever the words are, line ends of every kind among them, the file gives them back."""
    taken = decision(base + "x", (0, len(base)), reading or "y", note=note)

    if taken.reading != taken.place.exact:
        assert taken == parse(dump(taken), "made up")


@pytest.mark.parametrize("reading", ["x" * 17_000, "t\udcffo"])
def test_what_cannot_be_written_down_is_refused_and_locks_nothing(editor: Editor, reading: str) -> None:
    """A reading that its file would not give back is refused before it is taken; the document stays open for work."""
    assert 2 == editor.corrects("bane", reading)
    assert 0 == editor.corrects("bane", "base")
    assert 0 == editor.types("commit")
    assert 0 == editor.types("verify")


def test_next_line_characters_are_kept(editor: Editor) -> None:
    """B23: U+0085, what a badly read ellipsis becomes, is kept in context, quote and reading."""
    (editor.root / "letter.txt").write_bytes("One\x85two three four\n".encode())
    editor.types("add", "letter.txt", "--as", "letter")
    assert 0 == editor.types("decide", "letter", "--at", "two", "--correct", "2\x852")
    assert 0 == editor.types("commit")

    assert "One\x852\x852 three four\n".encode() == (editor.root / "transcripts/letter/text.txt").read_bytes()
    assert 0 == editor.types("verify")


def test_taking_back_what_grew_over_an_earlier_decision_restores_that_one() -> None:
    """The first decision's reading stands again inside the wider place."""
    base = "one two three four"
    first = placed(Ground("made-up", base, BASE_ID, ()), Span(4, 7), Judgement("correct", "TWO"), "A <a@b>", NOW)
    ground = Ground("made-up", base, BASE_ID, (first,))
    wider = placed(ground, Span(4, 13), Judgement("correct", "2 3"), "A <a@b>", NOW)
    ground = Ground("made-up", base, BASE_ID, (first, wider))
    back = reverted(ground, wider.id, Judgement("stet"), "A <a@b>", NOW)

    assert "one 2 3 four" == replay(base, BASE_ID, [first, wider]).text
    assert "one TWO three four" == replay(base, BASE_ID, [first, wider, back]).text


def test_a_record_from_a_far_future_does_not_stop_the_next(editor: Editor) -> None:
    """C12: ids go on from the latest there is, whatever the clock says."""
    editor.corrects("bane", "base")
    editor.types("commit")
    (path,) = editor.decision_files
    late = "7ZZZZZZZZYZZZZZZZZZZZZZZZZ"
    path.with_name(f"{late}.yaml").write_text(path.read_text().replace(path.stem, late))
    path.unlink()
    editor.git("add", "-A")
    editor.git("commit", "-qm", "a record with a late id")

    assert 0 == editor.corrects("pre-Russian", "pro-Russian")


def test_hostile_arguments_are_shown_harmlessly(editor: Editor) -> None:
    """E01: a usage error quotes what was typed without sending it to the terminal."""
    assert 2 == editor.types("log", "one", "\x1b]0;pwn\x07")
    assert "\x1b" not in editor.out + editor.err
