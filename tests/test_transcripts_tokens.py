"""Tokens: joined they are the text, and none begins inside a letter."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obelos_transcripts import tokenize
from obelos_transcripts.graphemes import graphemes
from obelos_transcripts.tokens import words

# Letters, marks in and outside the common blocks, apostrophes, line ends, joiners: what the pattern could trip over.
AWKWARD = st.text(alphabet="ab1_é’'-. \t\n\r\u0301\u093f\u05b0\u200d\u2028\u0085\U0001f468नह") | st.text()


@given(AWKWARD)
def test_tokens_joined_are_the_text(text: str) -> None:
    """Each token stands where it says, and none is missing."""
    tokens = tokenize(text)
    assert text == "".join(token.text for token in tokens)
    assert all(token.text == text[token.start : token.end] for token in tokens)


@given(AWKWARD)
def test_no_token_begins_with_a_mark_unless_the_text_does(text: str) -> None:
    """A combining mark stays with the letter before it."""
    assert not any(unicodedata.category(token.text[0])[0] == "M" for token in tokenize(text)[1:])


@given(AWKWARD)
def test_the_quick_list_of_words_is_that_of_the_tokens(text: str) -> None:
    """The two ways to the words agree."""
    expected = [(token.text, token.start) for token in tokenize(text) if token.kind == "word"]
    assert expected == list(zip(*words(text), strict=True))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("No.495", ["No", ".", "495"]),
        ("His Majesty’s", ["His", " ", "Majesty’s"]),
        ("Sinꞌtszian", ["Sinꞌtszian"]),
        ("north-east", ["north", "-", "east"]),
        ("cafe\u0301s", ["cafe\u0301s"]),
        ("हिन्दी", ["हिन्दी"]),
        ("a\r\nb\n\n", ["a", "\r\n", "b", "\n", "\n"]),
        ("‘tis", ["‘", "tis"]),
        ("the boys’ books", ["the", " ", "boys", "’", " ", "books"]),
    ],
)
def test_words_are_what_a_reader_takes_for_words(text: str, expected: list[str]) -> None:
    """Apostrophes hold inside a word, hyphens part, accents stay, each line end is a token."""
    assert expected == [token.text for token in tokenize(text)]


def test_the_normal_form_ignores_case_and_composition() -> None:
    """É in one code point and e with an accent are one word."""
    assert tokenize("\u00c9tat")[0].normal == tokenize("e\u0301tat")[0].normal


@given(AWKWARD)
def test_graphemes_joined_are_the_text(text: str) -> None:
    """Nothing is lost by looking at letters with their accents."""
    assert text == "".join(graphemes(text))


@pytest.mark.parametrize(
    "letter", ["e\u0301", "\r\n", "🇷🇺", "👩\u200d💻", "👍🏽", "नि", "\u1112\u1161\u11ab", "a\u0301\u0323"]
)
def test_what_a_reader_takes_for_one_character_is_one_grapheme(letter: str) -> None:
    """Accents, CRLF, flags, joined and toned pictographs, vowel signs, Korean syllables in parts."""
    assert ["x", letter, "y"] == graphemes(f"x{letter}y")
