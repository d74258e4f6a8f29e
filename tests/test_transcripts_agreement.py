"""Figures of agreement: what is counted, against what, and what two readings tell of errors that neither caught."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obelos_transcripts import (
    ErrorRate,
    Estimate,
    chapman,
    character_errors,
    collate,
    errors_caught,
    errors_of_keyings,
    word_errors,
)
from obelos_transcripts.agreement import _errors, agreement


@pytest.mark.parametrize(
    ("reference", "other", "errors", "length"),
    [
        ("bane", "base", 1, 4),
        ("", "", 0, 0),
        ("abc", "", 3, 3),
        ("", "abc", 3, 0),
        ("caf\u00e9", "cafe\u0301", 0, 4),
        ("cafe\u0301", "cafe", 1, 4),
        ("one  two\r\n", "one two", 0, 7),
        ("in\nto", "into", 1, 5),
        ("ab", "ba", 2, 2),
    ],
)
def test_characters_are_counted_as_a_reader_counts_them(reference: str, other: str, errors: int, length: int) -> None:
    """Letters with their accents; any white space as one space; the fewest changes."""
    assert ErrorRate(errors, length) == character_errors(reference, other)


@pytest.mark.parametrize(
    ("reference", "other", "errors", "length"),
    [
        ("a bane for all", "a base for all", 1, 4),
        ("so, now", "so now", 0, 2),
        ("The end", "the end", 1, 2),
        ("Sin Kiang", "Sinkiang", 2, 2),
        ("one", "one or two", 2, 1),
    ],
)
def test_words_are_counted_without_their_punctuation(reference: str, other: str, errors: int, length: int) -> None:
    """Case counts; a word divided is two changes."""
    assert ErrorRate(errors, length) == word_errors(reference, other)


def test_the_rate_is_of_the_reference_and_may_exceed_one() -> None:
    """Two words put in beside one."""
    assert 2.0 == word_errors("one", "one or two").rate
    assert 0.0 == word_errors("", "").rate
    assert None is word_errors("", "one").rate


@given(st.lists(st.sampled_from("abc"), max_size=12), st.lists(st.sampled_from("abc"), max_size=12))
def test_the_errors_are_the_fewest_possible(left: list[str], right: list[str]) -> None:
    """By the textbook's table."""
    row = list(range(len(right) + 1))
    for i, one in enumerate(left, 1):
        before, row = row, [i]
        for j, other in enumerate(right, 1):
            row.append(min(before[j] + 1, row[-1] + 1, before[j - 1] + (one != other)))
    assert ErrorRate(row[-1], len(left)) == _errors(left, right)


@given(st.text(max_size=40), st.text(max_size=40))
def test_errors_are_the_same_either_way(left: str, right: str) -> None:
    """Only what they are a share of changes."""
    assert character_errors(left, right).errors == character_errors(right, left).errors
    assert 0 == character_errors(left, left).errors


def test_differences_are_told_by_class() -> None:
    """From the base of the table; rows in which only others differ do not count."""
    table = collate(["The labour of, a bane", "The labor of a base", "the labour of, a bane"])
    found = agreement(table, 1)
    assert {"substantive": 1, "spelling": 1, "punctuation": 1} == {k: n for k, n in found.places.items() if n}
    assert 2 == found.accidentals
    assert ErrorRate(2, 5) == found.words
    assert ErrorRate(3, 21) == found.characters


@pytest.mark.parametrize(
    ("first", "second", "both", "total", "variance"),
    [
        # The example of the usual introductions: 10 turtles marked, 15 caught, 5 of them marked.
        # 11 * 16 / 6 - 1 = 28.33; variance 11 * 16 * 5 * 10 / (36 * 7) = 34.92
        (10, 15, 5, 28.333, 34.921),
        # The example in the documentation of the R package recapr: 101 * 101 / 21 - 1 = 484.76;
        # variance 101 * 101 * 80 * 80 / (441 * 22) = 6,729.17
        (100, 100, 20, 484.762, 6729.169),
        # The example in the R package fishmethods: 949 * 422 / 168 - 1 = 2,382.80;
        # variance 949 * 422 * 781 * 254 / (28,224 * 169) = 16,655.52
        (948, 421, 167, 2382.798, 16655.518),
    ],
)
def test_published_examples_come_out(first: int, second: int, both: int, total: float, variance: float) -> None:
    """Chapman's estimate and Seber's variance."""
    found = chapman(first, second, both)
    assert total == pytest.approx(found.total, abs=0.001)
    assert variance == pytest.approx(found.variance, abs=0.001)
    assert found.total - found.seen == pytest.approx(found.uncaught)


def test_the_interval_holds_the_estimate_and_never_less_than_nothing() -> None:
    """30 and 25 caught, 20 by both: 2.4 are expected to be left; 50 / 21."""
    found = chapman(30, 25, 20)
    assert 2.381 == pytest.approx(found.uncaught, abs=0.001)
    low, high = found.interval
    assert 0 < low < found.uncaught < high
    # variance 31 * 26 * 10 * 5 / (441 * 22) = 4.154; ln(1 + 4.154 / 5.669) = 0.5497; exp(1.96 * 0.7414) = 4.277
    assert (0.557, 10.18) == pytest.approx((low, high), abs=0.005)


@pytest.mark.parametrize(
    ("counts", "telling"), [((30, 25, 20), True), ((30, 25, 6), False), ((30, 25, 25), False), ((0, 0, 0), False)]
)
def test_it_says_when_the_numbers_do_not_suffice(counts: tuple[int, int, int], telling: bool) -> None:
    """Fewer than seven caught by both, or one reading caught all that the other did."""
    assert telling == chapman(*counts).telling


def test_counts_that_contradict_each_other_are_refused() -> None:
    """Both cannot have caught more than one did."""
    with pytest.raises(ValueError, match="both can have caught 0 to 3 errors, not 4"):
        chapman(3, 9, 4)


def test_the_manual_computes_what_it_says(capsys: pytest.CaptureFixture[str]) -> None:
    """Its examples run on three short texts, and its figures come out."""
    manual = (Path(__file__).parents[1] / "docs" / "collation.md").read_text(encoding="utf-8")
    names: dict[str, object] = {"first_keying": BASE, "second_keying": TRUE, "print_of_1948": TRUE}
    names |= {"base_text": BASE, "first_reading": TRUE, "second_reading": TRUE, "adjudicated": TRUE}
    for block in re.findall(r"```python\n(.*?)```", manual, re.DOTALL):
        exec(block, names)  # noqa: S102 - our own manual
    assert "substantive ['too ', 'to ', 'to '] (0, 1, 1) (0, 1, 1)" in capsys.readouterr().out
    found = chapman(30, 25, 20)
    low, high = found.interval
    for figure in (f"{found.total:.1f}", f"{low:.1f} to {high:.1f}"):
        assert figure in manual


BASE = "We came too the river on Munday and crossed it by bote in the reign before nite."
TRUE = "We came to the river on Monday and crossed it by boat in the rain before night."


def test_what_two_readings_caught_is_counted_in_the_errors_of_the_base_text() -> None:
    """Five errors: the first caught three, the second three, two of them the same; one was found otherwise."""
    first = "We came to the river on Monday and crossed it by boat in the reign before nite."
    second = "We came to the river on Munday and crossed it by boat in the rain before nite!"
    found = errors_caught(BASE, first, second, TRUE)
    assert Estimate(3, 3, 2) == found.estimate
    assert 1 == found.neither


def test_two_keyings_tell_their_errors_and_where_both_are_wrong() -> None:
    """Whoever reads *reign* with the other is not found by comparing them."""
    first = "We came to the river on Munday and crossed it by boat in the reign before night."
    second = "We came to the river on Monday and crossed it by bote in the reign before night"
    found = errors_of_keyings(first, second, TRUE)
    assert (2, 3, 1, 1, 3, 17) == (found.first, found.second, found.both, found.same, found.differ, found.words)
    assert 2 * 3 / 17 == pytest.approx(found.expected_together)
    assert 2 == errors_of_keyings(first, second, TRUE, substantive=True).second
