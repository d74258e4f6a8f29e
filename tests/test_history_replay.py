"""Base text + decisions = working text, in any order, and every position finds its way there and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from made_up import BASE_ID, decision
from obelos_history import Decision, effective, replay
from obelos_transcripts import BadInput, Span


@st.composite
def bases_with_decisions(draw: st.DrawFn) -> tuple[str, list[Decision]]:
    """A text and decisions on places that do not meet, in any order."""
    base = draw(st.text(min_size=1, max_size=60).filter(lambda t: t.isprintable()))
    cuts = sorted(draw(st.lists(st.integers(0, len(base)), max_size=12, unique=True)))
    spans = list(zip(cuts[::2], cuts[1::2], strict=False))
    decisions = []
    for number, (start, end) in enumerate(spans):
        reading = draw(st.text(max_size=8).filter(base[start:end].__ne__))
        decisions.append(decision(base, (start, end), reading, number))
    return base, draw(st.permutations(decisions))


def test_no_decisions_leave_the_base_text() -> None:
    """Without decisions the working text is the base text."""
    assert "as a bane for" == replay("as a bane for", BASE_ID, []).text


def test_a_correction_replaces_its_quote_and_nothing_else() -> None:
    """A correction replaces its quote and nothing else."""
    base = "as a bane for"

    assert "as a base for" == replay(base, BASE_ID, [decision(base, (5, 9), "base")]).text


def test_a_stet_changes_nothing() -> None:
    """Stet, reject and query change nothing."""
    base = "as a bane for"

    assert base == replay(base, BASE_ID, [decision(base, (5, 9), None)]).text


def test_a_superseded_decision_has_no_effect() -> None:
    """What a later decision supersedes has no effect any more."""
    base = "as a bane for"
    first = decision(base, (5, 9), "bone", 1)
    second = decision(base, (5, 9), "base", 2, supersedes=(first.id,))

    assert "as a base for" == replay(base, BASE_ID, [first, second]).text
    assert [second] == effective([first, second])


@pytest.mark.parametrize(
    ("wrong", "what"),
    [
        (lambda base: [decision(base, (5, 9), "x", 1), decision(base, (7, 10), "y", 2)], "lies over the place"),
        (lambda base: [decision(base, (5, 5), "x", 1), decision(base, (5, 5), "y", 2)], "lies over the place"),
        (lambda base: [decision("other text", (0, 5), "x")], "does not stand at"),
        (lambda base: [decision(base, (5, 9), "x", base="6" * 40)], "another base text"),
        (lambda base: [decision(base, (5, 9), "x", supersedes=("01JD9999999999999999999999",))], "not there"),
        (lambda base: [decision(base, (5, 9), "x", 1), decision(base, (0, 2), "y", 1)], "the same id"),
    ],
)
def test_decisions_that_contradict_are_refused_with_their_id(wrong, what) -> None:  # type: ignore[no-untyped-def]
    """Decisions that contradict the base text or each other are refused, and named."""
    base = "as a bane for"
    with pytest.raises(BadInput) as refusal:
        replay(base, BASE_ID, wrong(base))

    assert what in str(refusal.value)
    assert "01JD" in str(refusal.value)


@given(bases_with_decisions())
def test_J01_the_order_of_decisions_does_not_matter(case: tuple[str, list[Decision]]) -> None:
    """J01: decisions in any order give the same text as replacing from the end by hand."""
    base, decisions = case
    expected = base
    for taken in sorted(decisions, key=lambda d: d.place.start, reverse=True):
        expected = expected[: taken.place.start] + (taken.reading or "") + expected[taken.place.end :]

    assert expected == replay(base, BASE_ID, decisions).text


@given(bases_with_decisions())
def test_the_pieces_cover_both_texts_without_gap(case: tuple[str, list[Decision]]) -> None:
    """Joined, the pieces' spans cover the base text and the working text."""
    base, decisions = case
    current = replay(base, BASE_ID, decisions)

    assert base == "".join(base[slice(*piece.base)] for piece in current.pieces)
    assert current.text == "".join(current.text[slice(*piece.working)] for piece in current.pieces)


@given(bases_with_decisions(), st.data())
def test_a_passage_of_the_working_text_finds_its_place_in_the_base_text(
    case: tuple[str, list[Decision]], data: st.DataObject
) -> None:
    """Replacing a passage at the place found for it gives what replacing it in the working text gives."""
    base, decisions = case
    current = replay(base, BASE_ID, decisions)
    start = data.draw(st.integers(0, len(current.text)))
    end = data.draw(st.integers(start, len(current.text)))
    place, whole, touched = current.locate(Span(start, end))
    reading = current.text[whole.start : start] + "◆" + current.text[end : whole.end]
    new = decision(base, place, reading, 99)
    others = [d for d in decisions if d not in touched]

    assert whole.start <= start <= end <= whole.end
    assert current.text[:start] + "◆" + current.text[end:] == replay(base, BASE_ID, [*others, new]).text


@given(bases_with_decisions(), st.data())
def test_what_was_not_decided_on_is_found_again_as_it_was(
    case: tuple[str, list[Decision]], data: st.DataObject
) -> None:
    """A passage of the base text that no decision touches reads the same where it stands in the working text."""
    base, decisions = case
    start = data.draw(st.integers(0, len(base) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(base))))
    current = replay(base, BASE_ID, decisions)

    if not any(d.place.span.overlaps(span) for d in decisions):
        assert base[span.start : span.end] == current.text[slice(*current.to_working(span))]
