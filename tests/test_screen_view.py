"""What the screen shows, worked out without one: where to go next, where a gap is marked, what a search finds."""

from hypothesis import given
from hypothesis import strategies as st

from obelos_transcripts import Span
from obelos_tui.search import Match, find, nearest
from obelos_tui.shown import Item
from obelos_tui.view import Mark, first_open, item_at, mark, step
from obelos_tui.wording import quoted, shortened, word_at, words


def item(start: int, end: int) -> Item:
    """An open item."""
    return Item(Span(start, end), None, None, None, (), ())


ITEMS = (item(2, 5), item(7, 20), item(9, 11))


def test_stepping_goes_round() -> None:
    """From the last item to the first and back; from nowhere to the first or the last."""
    first, _, last = ITEMS
    assert first is step(ITEMS, last, 1)
    assert last is step(ITEMS, first, -1)
    assert first is step(ITEMS, None, 1)
    assert last is step(ITEMS, None, -1)
    assert step((), None, 1) is None


def test_stepping_starts_from_any_place() -> None:
    """From a passage of the editor's own choosing the next finding is the next in the text."""
    assert ITEMS[1] is step(ITEMS, item(6, 7), 1)
    assert ITEMS[0] is step(ITEMS, item(6, 7), -1)


def test_the_first_open_item_is_looked_for_from_a_place_on() -> None:
    """Behind the last one the search begins again."""
    assert ITEMS[1] is first_open(ITEMS, 6)
    assert ITEMS[0] is first_open(ITEMS, 30)


def test_of_items_over_one_another_the_shortest_is_meant() -> None:
    """A click inside a long finding still reaches the short one."""
    assert ITEMS[2] is item_at(ITEMS, 10)
    assert ITEMS[1] is item_at(ITEMS, 8)
    assert item_at(ITEMS, 6) is None


def test_a_gap_is_marked_on_the_space_beside_it() -> None:
    """Where words are missing the caret takes the place of a space, never of a letter."""
    assert Mark(Span(3, 4), "difference", caret=True) == mark("one two", Span(4, 4), "difference")
    assert Mark(Span(2, 3), "difference", caret=True) == mark("one", Span(3, 3), "difference")
    assert Mark(Span(0, 3), "difference") == mark("one", Span(0, 3), "difference")


@given(st.text("ab \n", min_size=1), st.data())
def test_a_mark_always_lies_on_the_text(text: str, data: st.DataObject) -> None:
    """Also for a gap at either end."""
    position = data.draw(st.integers(0, len(text)))
    start, end = mark(text, Span(position, position), "difference").span
    assert 0 <= start < end <= len(text)


def test_a_search_takes_words_as_they_stand() -> None:
    """Without regard to case and kind of space, and without regard to what patterns mean."""
    assert (Match("left", Span(4, 11)),) == find("the Sin\tKang Kian", "", "SIN  kan")
    assert (Match("right", Span(0, 2)),) == find("abc", ".*", ".*")
    assert () == find("abc", "abc", "  ")


def test_the_nearest_match_is_the_next_one() -> None:
    """Behind the last one it is the first."""
    matches = find("a b a", "", "a")
    assert [0, 4, 0] == [nearest(matches, position).span.start for position in (0, 1, 5)]


def test_words_are_never_blank() -> None:
    """Spaces and gaps are shown by signs; long words are cut."""
    assert "␣␣" == words("  ")
    assert "‸" == words("")
    assert "“␣”" == quoted(" ")
    assert "nothing" == quoted("")
    assert "as it was the first…" == shortened("as it was the first and main objective", 22)


def test_the_word_under_the_mouse() -> None:
    """The token at a position; behind the end nothing."""
    assert Span(4, 9) == word_at("the north-east", 5)
    assert Span(3, 3) == word_at("the", 3)
