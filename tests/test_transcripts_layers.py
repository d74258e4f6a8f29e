"""Layers: every code point lies in one of them, and notes are read however they were written."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obelos_transcripts import LAYERS, MASK, Note, Span, read_layers

LONG = "The general terms of the report are not inconsistent with present Russian activities in the Far East.\n"


def parts(text: str, layer: str) -> list[str]:
    """The stretches of one layer."""
    return [text[start:end] for start, end, name in read_layers(text).regions if name == layer]


def bodies(text: str) -> dict[str, str | None]:
    """Bodies of the notes by label."""
    return {note.label: text[slice(*note.body)] if note.body else None for note in read_layers(text).notes}


_PIECES = (
    "[footnoteRef:1]",
    "[endnoteRef:1]",
    "[1: ",
    "[2: ",
    "[1] ",
    "[",
    "]",
    "\n",
    "\r\n",
    " ",
    "No. 4",
    "word ",
    LONG,
)


@given(st.lists(st.sampled_from(_PIECES), max_size=20).map("".join) | st.text())
def test_layers_partition_any_text(text: str) -> None:
    """No code point is lost, none lies in two layers, and the views laid over each other are the text."""
    layered = read_layers(text)
    position = 0
    for start, end, _ in layered.regions:
        assert position == start < end
        position = end
    assert len(text) == position
    for layer in LAYERS:
        view = layered.view(layer)
        assert len(text) == len(view)
        assert all(shown in (char, MASK) for shown, char in zip(view, text, strict=True))
    assert all(layered.layer_at(start) == layered.layer_at(end - 1) == name for start, end, name in layered.regions)


@given(st.lists(st.sampled_from(_PIECES), max_size=20).map("".join))
def test_notes_stand_where_they_say(text: str) -> None:
    """Anchors and bodies lie inside the text and never overlap each other."""
    notes = read_layers(text).notes
    spans = [span for note in notes for span in (note.anchor, note.body) if span]
    assert all(0 <= span.start <= span.end <= len(text) for span in spans)
    found = sorted(note.body for note in notes if note.body)
    assert all(one.end <= other.start for one, other in pairwise(found))


def test_an_empty_text_has_no_regions_and_counts_as_body() -> None:
    """Nothing to read is no error."""
    assert () == read_layers("").regions
    assert "body" == read_layers("").layer_at(0)


def test_a_text_without_notes_is_heading_and_body() -> None:
    """The short lines on top are the heading, the first long line begins the body."""
    text = "SECRET\nNo. 456\n25th March, 1946\n\n" + LONG
    assert ["SECRET\nNo. 456\n25th March, 1946\n"] == parts(text, "heading")
    assert ["\n" + LONG] == parts(text, "body")


@pytest.mark.parametrize("text", ["of the Japanese", "one short line\nand another\n", LONG, LONG + "Short\n" + LONG])
def test_a_fragment_has_no_heading(text: str) -> None:
    """Lines that no longer text follows, or that begin long, are body."""
    assert [] == parts(text, "heading")


def test_wrapped_lines_of_a_fragment_are_no_heading() -> None:
    """A line that goes on in small letters belongs to a sentence, however short the lines are."""
    text = (
        "The general terms of the report summarised in your\ntelegram are not inconsistent with present\nactivities.\n"
    )
    assert [] == parts(text, "heading")
    assert ["No. 4\n"] == parts("No. 4\n" + text, "heading")


def test_a_note_is_read_into_anchor_and_body() -> None:
    """The notation is an insertion: nothing that the source reads."""
    text = LONG + "Penetration[footnoteRef:2]. [2:  In the conflict.] \n"
    anchor, body = text.index("["), text.index(" In the conflict")
    expected = Note("2", Span(anchor, anchor + 15), Span(body, body + 17), "reference")
    assert (expected,) == read_layers(text).notes
    assert ["[footnoteRef:2]", "[2: ", "]"] == parts(text, "insertion")
    assert [" In the conflict."] == parts(text, "note")


def test_a_note_may_hold_brackets_and_several_lines() -> None:
    """It ends at the bracket that closes its own."""
    text = LONG + "A[footnoteRef:1] [1: see [illegible] and [a [b] c]\nsecond line\n\nthird.] B\n"
    assert {"1": "see [illegible] and [a [b] c]\nsecond line\n\nthird."} == bodies(text)
    assert "body" == read_layers(text).layer_at(text.index(" B"))
    assert "insertion" == read_layers(text).layer_at(text.index("illegible"))


def test_a_bracket_that_nothing_closes_does_not_swallow_the_next_note() -> None:
    """The note then ends at the last bracket before the next note or the end of the line."""
    text = LONG + "A[footnoteRef:1] B[footnoteRef:2] [1: he said [sic and left.] [2: Second.]\n" + LONG
    assert {"1": "he said [sic and left.", "2": "Second."} == bodies(text)
    text = LONG + "A[footnoteRef:1] [1: he said [sic and left.]\n" + LONG + "C [x] so on.\n"
    assert {"1": "he said [sic and left."} == bodies(text)
    assert "body" == read_layers(text).layer_at(text.index("C [x]"))


def test_endnotes_and_footnotes_of_one_label_are_two_notes() -> None:
    """Their bodies are told apart by the order of the anchors."""
    text = LONG + "A[footnoteRef:1] [1: foot] and\nB[endnoteRef:1] [1: end]\n"
    first, second = read_layers(text).notes
    assert ("foot", "end") == tuple(text[slice(*note.body)] for note in (first, second) if note.body)
    assert ("[footnoteRef:1]", "[endnoteRef:1]") == tuple(
        text[slice(*note.anchor)] for note in (first, second) if note.anchor
    )


def test_a_dangling_reference_is_a_note_without_body_and_a_stray_body_one_without_anchor() -> None:
    """Both are kept, for the rule that reports them."""
    text = LONG + "A[footnoteRef:1] B[footnoteRef:3] [1: first] [2: stray]\n"
    notes = {note.label: (note.anchor is not None, note.body is not None) for note in read_layers(text).notes}
    assert {"1": (True, True), "2": (False, True), "3": (True, False)} == notes


def test_an_editors_bracket_with_a_colon_is_no_note() -> None:
    """Without a reference “[2: …]” is an insertion like any other."""
    text = LONG + "the words [2: illegible] follow.\n"
    assert () == read_layers(text).notes
    assert ["[2: illegible]"] == parts(text, "insertion")


def test_notes_at_the_foot_of_the_file_are_read() -> None:
    """“[1] …” lines at the end, with anchors above."""
    text = LONG + "Text[1] and more[2].\n\n[1] First note.\n[2] Second note,\nwith a second line.\n"
    assert {"1": "First note.", "2": "Second note,\nwith a second line."} == bodies(text)
    assert {"foot"} == {note.notation for note in read_layers(text).notes}


def test_a_year_in_brackets_is_no_anchor_of_a_foot_note() -> None:
    """An editor's “[1946]” is not a note that lost its body."""
    text = LONG + "On 4 May [1946] it was[1] so.\n\n[1] A note.\n"
    assert {"1": "A note."} == bodies(text)


def test_numbered_paragraphs_are_no_foot_notes() -> None:
    """Without anchors above, “[1] …” is a paragraph with an editor's number."""
    text = "[1] " + LONG + "\n[2] " + LONG
    assert () == read_layers(text).notes
    assert ["[1]", "[2]"] == parts(text, "insertion")


@pytest.mark.parametrize(
    "text",
    [
        "SECRET\nNo. 456\n\n" + LONG + "A[footnoteRef:1] [1: one\ntwo.]\n",
        "No. 4\n\n" + LONG + "Text[1] and[2].\n\n[1] First.\n\n[2] Second,\nwith more.\n",
    ],
)
def test_line_ends_make_no_difference(text: str) -> None:
    """A file with CRLF is read into the same layers and notes as one with LF."""
    other = text.replace("\n", "\r\n")
    expected = [(name, text[start:end].split()) for start, end, name in read_layers(text).regions]
    found = [(name, other[start:end].split()) for start, end, name in read_layers(other).regions]
    assert expected == found
    assert {label: body.split() for label, body in bodies(text).items() if body} == {
        label: body.split() for label, body in bodies(other).items() if body
    }


@pytest.mark.parametrize(
    "piece",
    [
        "[",
        "]",
        "[1: ",
        "[footnoteRef:1]",
        "] [1: [\n",
        "[1] x\n",
        "[a] ",
        "[footnoteRef:1] [1: a] ",
        "ab\n",
        "[1]" + " " * 997,
    ],
)
def test_a_large_text_of_one_trap_repeated_is_read_to_its_end(piece: str) -> None:
    """Half a million characters of what a quadratic reader would need hours for are a partition like any other."""
    text = "see[footnoteRef:1]\n" + piece * (500_000 // len(piece))

    assert text == "".join(text[region.start : region.end] for region in read_layers(text).regions)
