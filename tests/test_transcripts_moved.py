"""Moved passages: both places are found, and what merely looks alike is not called moved. All texts are made up."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obelos_transcripts import Moved, Span
from obelos_transcripts.align import align
from obelos_transcripts.moved import moved

HOME = "We came home late. "
DOG = "The dog slept by the warm old fire. "
LETTER = "Nobody spoke of the letter that had come. "
LEFT = "We left."


def passages(left: str, right: str) -> list[tuple[str, str]]:
    """The moved passages as they read on both sides."""
    return [(left[slice(*one)], right[slice(*other)]) for one, other in moved(left, right)]


def test_of_two_sentences_exchanged_the_shorter_has_moved() -> None:
    """The other one stayed."""
    assert [(DOG, DOG)] == passages(HOME + DOG + LETTER + LEFT, HOME + LETTER + DOG + LEFT)


def test_a_passage_moved_and_altered_a_little_is_recognised() -> None:
    """A word was left out of it, another put in."""
    altered = "The big dog slept by the warm fire. "
    assert [(DOG, altered)] == passages(HOME + DOG + LETTER + LEFT, HOME + LETTER + altered + LEFT)


def test_a_passage_moved_and_written_anew_has_not_moved() -> None:
    """Less than four words in five are the same."""
    anew = "The dog slept by a dying lamp near them. "
    assert [] == passages(HOME + DOG + LETTER + LEFT, HOME + LETTER + anew + LEFT)


def test_a_paragraph_put_elsewhere_is_one_passage() -> None:
    """Among twenty, from the fourth place to the fifteenth."""
    chance = random.Random(4)
    paragraphs = [" ".join(f"w{chance.randrange(400)}" for _ in range(60)) + ".\n\n" for _ in range(20)]
    other = paragraphs[:3] + paragraphs[4:15] + [paragraphs[3]] + paragraphs[15:]
    left, right = "".join(paragraphs), "".join(other)
    assert [(paragraphs[3], paragraphs[3])] == passages(left, right)
    start, end = len("".join(paragraphs[:3])), len("".join(other[:14]))
    size = len(paragraphs[3])
    assert [Moved(Span(start, start + size), Span(end, end + size))] == moved(left, right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("one two three four", "three four one two"),
        (HOME + DOG + LEFT, HOME + LEFT),
        (HOME + DOG + LETTER + LEFT, HOME + DOG + LETTER + DOG + LEFT),
        (HOME * 5, HOME * 4),
        ("", HOME),
    ],
    ids=["four words", "left out", "told twice", "told five times", "nothing"],
)
def test_what_is_short_left_out_or_repeated_has_not_moved(left: str, right: str) -> None:
    """Five words at least, at one place in each version."""
    assert [] == moved(left, right)


def test_phrases_that_unrelated_texts_share_have_not_moved() -> None:
    """Nobody has moved a phrase of office from one letter to another."""
    chance = random.Random(2)
    left, right = ([f"w{int(600 ** chance.random())}" for _ in range(900)] for _ in range(2))
    phrase = ["on", "the", "part", "of", "His", "Majesty's", "Government"]
    one, other = " ".join(left[:100] + phrase + left[100:]), " ".join(right[:700] + phrase + right[700:])
    assert all("Majesty's" not in one[slice(*block.left)] for block in align(one, other) if block.equal)
    assert [] == moved(one, other)


SENTENCES = st.lists(
    st.sampled_from([HOME, DOG, LETTER, "A second dog slept by the warm old stove. ", "\n", "and so on "]), max_size=9
)


@given(SENTENCES.flatmap(lambda found: st.tuples(st.just(found), st.permutations(found))))
def test_exchanging_the_versions_mirrors_the_passages(versions: tuple[list[str], list[str]]) -> None:
    """The same places; none overlap, none lies outside."""
    left, right = map("".join, versions)
    found = moved(left, right)
    assert sorted((other, one) for one, other in found) == moved(right, left)
    for spans, text in (([one for one, _ in found], left), (sorted(other for _, other in found), right)):
        edges = [edge for span in spans for edge in span]
        assert edges == sorted(edges)
        assert not edges or edges[-1] <= len(text)
    assert all(min(len(left[slice(*a)].split()), len(right[slice(*b)].split())) >= 5 for a, b in found)


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_can_be_asked(left: str, right: str) -> None:
    """Nothing in it is too odd."""
    assert isinstance(moved(left, right), list)
