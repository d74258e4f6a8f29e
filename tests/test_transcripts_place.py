"""Places: a quoted passage with its position and context."""

from hypothesis import given
from hypothesis import strategies as st

from obelos_transcripts import Span, place_of


@given(st.text(max_size=200), st.data())
def test_a_place_holds_in_the_text_it_was_taken_from(text: str, data: st.DataObject) -> None:
    """Also at the edges, and for an empty passage."""
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    place = place_of(text, Span(start, end), "body")
    assert place.holds(text)
    assert (start, end) == place.span
    assert text[start:end] == place.exact


def test_a_place_keeps_32_code_points_on_each_side() -> None:
    """Context is what a shifted passage is found again by."""
    text = "x" * 40 + "bane" + "y" * 40
    place = place_of(text, Span(40, 44), "note")
    assert ("x" * 32, "bane", "y" * 32, "note") == (place.prefix, place.exact, place.suffix, place.layer)


def test_a_place_does_not_hold_where_quote_or_context_differ() -> None:
    """The same word elsewhere is another place."""
    place = place_of("as a bane for", Span(5, 9), "body")
    assert not place.holds("as a base for")
    assert not place.holds("is a bane for")
    assert not place.holds("as a bane of it")
    assert not place.holds(" as a bane for")
