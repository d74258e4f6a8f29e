"""Bytes and text: what is read can be written back byte for byte."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obelos_transcripts import BadInput, Lines, Span, decode, encode, read_text


def is_utf8(data: bytes) -> bool:
    """Whether the bytes are UTF-8, by Python's own judgement."""
    return encode(data.decode("utf-8", "ignore")) == data


@given(st.text().map(str.encode))
def test_every_utf8_file_comes_back_byte_for_byte(data: bytes) -> None:
    """Decoding and encoding lose nothing, whatever the Unicode."""
    assert data == encode(decode(data, "made up"))


@given(st.binary())
def test_any_bytes_are_read_back_exactly_or_refused_with_the_offset(data: bytes) -> None:
    """There is no third way: no replacement character, no other exception."""
    if is_utf8(data):
        assert data == encode(decode(data, "letter.txt"))
    else:
        with pytest.raises(BadInput, match=r"letter\.txt:\d+: byte \d+ .* is not UTF-8. Nothing was changed"):
            decode(data, "letter.txt")


@pytest.mark.parametrize("data", [b"\xef\xbb\xbfNo. 456\r\n", b"a\r\nb\nc\rd", b"no final newline", b"", b"a\x00b"])
def test_marks_and_line_ends_are_kept(data: bytes) -> None:
    """A byte order mark, CRLF, mixed line ends and NUL come back as they were."""
    assert data == encode(decode(data, "made up"))


def test_an_undecodable_byte_is_named_with_its_line_and_offset() -> None:
    """The message says where, which byte, and what to do."""
    with pytest.raises(BadInput) as caught:
        decode(b"one\ntwo \x93three\x94", "old.txt")
    assert "old.txt:2: byte 8 (0x93) is not UTF-8" in str(caught.value)
    assert "iconv" in str(caught.value)


def test_a_missing_file_and_a_folder_are_refused_in_words(tmp_path: Path) -> None:
    """Neither ends in a traceback of the operating system."""
    with pytest.raises(BadInput, match="there is no such file"):
        read_text(tmp_path / "absent.txt")
    with pytest.raises(BadInput, match="is not a regular file"):
        read_text(tmp_path)


def test_lines_and_columns_count_from_one_and_only_line_feeds_end_a_line() -> None:
    """A form feed, a lone carriage return or a line separator starts no new line."""
    lines = Lines("ab\r\nc\fd\u2028e\n")
    assert (1, 1) == lines.at(0)
    assert (1, 4) == lines.at(3)
    assert (2, 3) == lines.at(6)
    assert (3, 1) == lines.at(10)
    assert "ab" == lines.line(1)
    assert "c\fd\u2028e" == lines.line(2)
    assert "" == lines.line(3)


@given(st.text(alphabet="a\n\r\u2028"), st.data())
def test_a_position_is_found_again_by_its_line_and_column(text: str, data: st.DataObject) -> None:
    """The line is the number of line feeds before it, the column the distance from the last of them."""
    position = data.draw(st.integers(0, len(text)))
    line, column = Lines(text).at(position)
    assert line == text.count("\n", 0, position) + 1
    assert column == position - (text.rfind("\n", 0, position) + 1) + 1


def test_spans_overlap_when_they_share_a_code_point_and_a_gap_touches_its_neighbours() -> None:
    """Half-open spans that only meet do not overlap; an empty span counts as the gap where it stands."""
    assert Span(0, 3).overlaps(Span(2, 5))
    assert not Span(0, 3).overlaps(Span(3, 5))
    assert Span(3, 3).overlaps(Span(3, 5))
    assert Span(3, 3).overlaps(Span(0, 3))
    assert not Span(2, 2).overlaps(Span(3, 5))
    assert 2 in Span(0, 3)
    assert 3 not in Span(0, 3)
