"""Alignment: nothing is lost, the two sides mirror each other, and the time is bounded."""

import random
import sys
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from obelos_transcripts import Block, character_changes
from obelos_transcripts.align import align, finest
from obelos_transcripts.graphemes import graphemes
from obelos_transcripts.matching import codes, match

align_module = sys.modules["obelos_transcripts.align"]  # the package has a function of that name

WORDS = st.lists(
    st.sampled_from(
        ["the ", "The ", "bane", "base", "Sin", "Kiang", "-", ",", " ", "  ", "\n", "\r\n", "é", "e\u0301", "1.5"]
    ),
    max_size=25,
).map("".join)
TEXTS = WORDS | st.text(max_size=40)


def rebuilt(left: str, right: str, blocks: list[Block]) -> str:
    """The right text, made of the left one and what the blocks change; fails where the blocks leave a gap."""
    pieces = []
    at_left = at_right = 0
    for (start, end), (other_start, other_end), equal in blocks:
        assert (at_left, at_right) == (start, other_start)
        assert start < end or other_start < other_end
        pieces.append(left[start:end] if equal else right[other_start:other_end])
        at_left, at_right = end, other_end
    assert (len(left), len(right)) == (at_left, at_right)
    return "".join(pieces)


@given(TEXTS, TEXTS)
@example("", "")
@example("a", "")
def test_the_blocks_turn_the_left_text_into_the_right_one(left: str, right: str) -> None:
    """They cover both texts in order, without gap or loss, equal and unequal by turns."""
    blocks = align(left, right)
    assert right == rebuilt(left, right, blocks)
    assert right == rebuilt(left, right, finest(left, right))
    assert all(one.equal != other.equal for one, other in pairwise(blocks))


@given(TEXTS, TEXTS)
def test_exchanging_the_texts_mirrors_the_blocks(left: str, right: str) -> None:
    """Which version is called the left one makes no difference."""
    assert [Block(b, a, equal) for a, b, equal in align(left, right)] == align(right, left)


@given(TEXTS)
def test_a_text_equals_itself(text: str) -> None:
    """One block, or none for nothing."""
    assert len(align(text, text)) == (1 if text else 0)
    assert all(block.equal for block in align(text, text))


@given(TEXTS, TEXTS)
def test_characters_are_compared_by_graphemes(left: str, right: str) -> None:
    """The blocks inside a word turn one into the other and part no letter from its accent."""
    blocks = character_changes(left, right)
    assert right == rebuilt(left, right, blocks)
    edges = {0}
    for grapheme in graphemes(left):
        edges.add(max(edges) + len(grapheme))
    assert all(block.left.start in edges and block.left.end in edges for block in blocks)


def test_a_letter_in_a_word_is_one_change() -> None:
    """ba[n/s]e."""
    changes = [("bane"[slice(*a)], "base"[slice(*b)], equal) for a, b, equal in character_changes("bane", "base")]
    assert [("ba", "ba", True), ("n", "s", False), ("e", "e", True)] == changes


def test_an_accent_is_changed_with_its_letter() -> None:
    """The block holds e and its accent, never the accent alone."""
    assert ["e\u0301"] == ["e\u0301t"[slice(*b.left)] for b in character_changes("e\u0301t", "et") if not b.equal]


def test_words_are_aligned_before_commas() -> None:
    """A comma or a line end elsewhere never pulls a word away from its fellow."""
    left, right = "Manchuria, Korea and Japan", "Manchuria and, Korea\nJapan"
    shared = "".join(left[slice(*block.left)] for block in align(left, right) if block.equal)
    assert "Japan" in shared
    assert "Manchuria" in shared
    assert ("Korea" in shared) or ("and" in shared)


def test_line_ends_answer_to_line_ends() -> None:
    """CRLF answers to LF, and the words on either side to each other."""
    changes = [
        ("one\r\ntwo\r\n"[slice(*a)], "one\ntwo\n"[slice(*b)])
        for a, b, equal in align("one\r\ntwo\r\n", "one\ntwo\n")
        if not equal
    ]
    assert [("\r\n", "\n"), ("\r\n", "\n")] == changes


@given(st.lists(st.integers(0, 6), max_size=30), st.lists(st.integers(0, 6), max_size=30))
def test_what_two_short_sequences_share_is_the_longest_possible(left: list[int], right: list[int]) -> None:
    """Compared with the textbook's table."""
    table = [[0] * (len(right) + 1) for _ in range(len(left) + 1)]
    for i, one in enumerate(left):
        for j, other in enumerate(right):
            table[i + 1][j + 1] = table[i][j] + 1 if one == other else max(table[i][j + 1], table[i + 1][j])
    pairs = match(left, right)
    assert table[-1][-1] == len(pairs)
    assert all(left[i] == right[j] for i, j in pairs)
    assert all(a < c and b < d for (a, b), (c, d) in pairwise(pairs))


def test_numbers_of_items_never_collide() -> None:
    """Each distinct word has its own, also beyond what fits into Unicode."""
    left, right = codes((str(n) for n in range(1_200_000)), ["7", "new"])
    assert 1_200_000 == len(set(left))
    assert [7, 1_200_000] == right


def made_up_words(count: int, seed: int, vocabulary: int = 8_000) -> list[str]:
    """Made-up words, the frequent ones much more frequent, as in a language."""
    chance = random.Random(seed)
    return [f"w{int(vocabulary ** chance.random())}" for _ in range(count)]


def test_a_long_text_with_scattered_changes_keeps_all_that_was_not_changed() -> None:
    """20,000 words, every twentieth another: no more words than those are reported."""
    words = made_up_words(20_000, 1)
    changed = [f"x{n}" if n % 20 == 10 else word for n, word in enumerate(words)]
    left, right = " ".join(words), " ".join(changed)
    reported = [left[slice(*block.left)].split() for block in align(left, right) if not block.equal]
    assert 1_000 == sum(map(len, reported))


def test_of_a_doubled_word_that_was_changed_the_second_is_reported() -> None:
    """One change, not one word left out before and another put in after."""
    left, right = "he said that he had had no news", "he wrote so that she had been no friend"
    assert ("had", "been") in [(left[slice(*a)], right[slice(*b)]) for a, b, equal in align(left, right) if not equal]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        pytest.param(
            made_up_words(100_000, 1),
            [word.replace("w", "x") for word in made_up_words(100_000, 2)],
            id="nothing in common",
            marks=pytest.mark.long,
        ),
        pytest.param(made_up_words(100_000, 1, 5), made_up_words(100_000, 2, 5), id="five words in any order"),
        pytest.param(made_up_words(100_000, 1), made_up_words(100_000, 2), id="unrelated", marks=pytest.mark.long),
        pytest.param(["a", "b"] * 50_000, ["b", "c"] * 50_000, id="two words by turns"),
    ],
)
def test_100_000_words_with_little_in_common_are_aligned_to_the_end(left: list[str], right: list[str]) -> None:
    """Nothing gives up half-way: what is common is still found."""
    one, other = " ".join(left), " ".join(right)
    blocks = align(one, other)
    assert other == rebuilt(one, other, blocks)
    assert any(block.equal for block in blocks)


def test_a_passage_put_in_leaves_the_rest_equal() -> None:
    """A page more in the middle is one change."""
    words = made_up_words(3_000, 3)
    left, right = " ".join(words), " ".join([*words[:1_000], *(f"new{n}" for n in range(500)), *words[1_000:]])
    assert [True, False, True] == [block.equal for block in align(left, right)]


def test_long_texts_are_aligned_line_by_line_first_and_no_worse() -> None:
    """Lines that stand once in both are the same lines; nothing is lost, and hardly more is said to differ."""
    chance = random.Random(7)
    known = ["the", "of", "and", "consul", "railway", "treaty", "evening", "to", "reports", "had", "in", "was"]
    lines = [" ".join(chance.choice(known) for _ in range(12)) for _ in range(2_000)]
    lines[::50] = [""] * 40
    others = [line.replace("consul", "council", 1) if chance.random() < 0.1 else line for line in lines]
    others[300:320], others[900:900] = [], others[300:320]
    left, right = "\n".join(lines), "\r\n".join(others)
    assert len(left) + len(right) > align_module._LONG
    blocks = align(left, right)
    assert right == rebuilt(left, right, blocks)
    assert [Block(b, a, equal) for a, b, equal in blocks] == align(right, left)

    left, right = "\n".join(lines), "\n".join(others)
    assert not lines[0]
    assert right == rebuilt(left, right, finest(left, right))
    changed = [sum(b - a + d - c for (a, b), (c, d), equal in found if not equal) for found in both(left, right)]
    assert changed[0] <= 1.02 * changed[1]


def both(left: str, right: str) -> tuple[list[Block], list[Block]]:
    """The blocks of two texts by lines first, and by words only."""
    return finest(left, right), align_module._by_words(left, right)
