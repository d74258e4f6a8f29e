"""The edition's own list of words: read whole or refused whole. All entries are made up for these tests."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obelos_rules.wordlist import LONGEST, MOST_BYTES, MOST_LINES, WordList, parse_words, read_words
from obelos_transcripts import LAYERS, BadInput, Problem


def listed(text: str) -> WordList:
    """A list out of its text."""
    return parse_words(text.encode("utf-8"), "words.txt")


def problems(data: bytes) -> list[str]:
    """What is wrong with a file of these bytes."""
    with pytest.raises(BadInput) as refusal:
        parse_words(data, "words.txt")
    return [str(problem) for problem in refusal.value.problems]


def test_a_word_before_any_section_holds_in_all_layers() -> None:
    """A section says where the words after it hold."""
    words = listed("gunyah\n[note]\nXanadu\n[heading body]\nCathay\n")
    assert LAYERS == tuple(layer for layer in LAYERS if words.accepts(layer, "gunyah"))
    assert ["note"] == [layer for layer in LAYERS if words.accepts(layer, "Xanadu")]
    assert ["heading", "body"] == [layer for layer in LAYERS if words.accepts(layer, "Cathay")]


def test_comments_blank_lines_and_line_ends_of_windows_are_passed_over() -> None:
    """What stands after a number sign is for people."""
    words = listed("\ufeff# our names\r\n\r\n  shew   # period spelling\r\nSin  Kiang\r\n")
    assert words.accepts("body", "shew")
    assert words.accepts("body", "Sin Kiang")
    assert not words.accepts("body", "period")


def test_a_word_in_small_letters_holds_with_a_capital_and_one_with_a_capital_as_written() -> None:
    """Both hold in a line of capitals."""
    words = listed("despatch\nKiang\n")
    assert words.accepts("body", "Despatch")
    assert words.accepts("heading", "DESPATCH")
    assert words.accepts("heading", "KIANG")
    assert not words.accepts("body", "kiang")


def test_possessives_apostrophes_accents_and_white_space_are_read_alike() -> None:
    """An é is an é, composed or not; a phrase may go over a line end."""
    words = listed("Dzhe'rzhin\nAndré\nSin Kiang\n")
    assert words.accepts("body", "Dzhe’rzhin’s")
    assert words.accepts("body", "Andre\u0301")
    assert words.accepts("body", "Sin\nKiang’s")


def test_an_empty_list_accepts_nothing() -> None:
    """An edition without names of its own."""
    assert not listed("# nothing yet\n")
    assert not WordList()
    assert not WordList().accepts("body", "word")


def test_everything_wrong_is_told_at_once_with_its_line() -> None:
    """Unknown layers, empty sections, control characters, what is no word."""
    assert [
        "words.txt:1: there is no layer “nots”; did you mean “note”?",
        "words.txt:2: a section names one layer or more, as in [note] or [heading body]",
        "words.txt:3: “bad�word” holds a control character",
        "words.txt:4: “[half” is neither a word nor a section such as [note]",
        "words.txt:5: a word or phrase was expected, not “--”",
        "words.txt:6: a word or phrase of at most 200 characters was expected, not 201",
    ] == problems(b"[nots]\n[]\nbad\x1bword\n[half\n--\n" + b"x" * (LONGEST + 1) + b"\n")


def test_a_file_too_large_or_not_utf_8_is_refused() -> None:
    """Limits are told in words."""
    assert ["words.txt: is larger than 1 MiB: too large for a list of words"] == problems(b"x" * (MOST_BYTES + 1))
    assert ["words.txt: has more than 100,000 lines: too many for a list of words"] == problems(b"\n" * MOST_LINES)
    assert "words.txt:2: byte 3 (0xe9) is not UTF-8" in problems(b"ab\n\xe9t\xe9\n")[0]


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """The message names it."""
    with pytest.raises(BadInput, match="there is no such file"):
        read_words(tmp_path / "words.txt")
    (tmp_path / "words.txt").write_text("Cathay\n", encoding="utf-8")
    assert read_words(tmp_path / "words.txt").accepts("body", "Cathay")


@given(st.binary(max_size=200))
def test_any_bytes_are_a_list_or_refused(data: bytes) -> None:
    """Never a failure of ours, and no control character in a message."""
    told: tuple[Problem, ...] = ()
    try:
        parse_words(data, "words.txt")
    except BadInput as refusal:
        told = refusal.problems
    assert "" == "".join(char for problem in told for char in problem.what if not char.isprintable())
