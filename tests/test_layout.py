"""Versions side by side: nothing lost, nothing twice, nothing too wide, corresponding paragraphs level."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len, split_graphemes

from obelos_transcripts import Span, collate, visible
from obelos_transcripts.align import align
from obelos_tui.layout import Layout, column_width, lay_out, position_at, readable_columns, rows_of_pair

# Letters of one and two cells, combining marks, a joiner, line ends, spaces: whatever makes laying out hard.
TEXTS = st.text(st.sampled_from("ab  \n\n\r\t,.é–“世界e\u0301\u200d\ufe0f👩❤ꞌ\u202e\x1b"), max_size=160)
WIDTHS = st.integers(4, 40)


def laid_out(left: str, right: str, width: int) -> Layout:
    """The layout of two raw texts as the screen shows them."""
    shown_left, shown_right = (visible(text, keep_lines=True) for text in (left, right))
    return lay_out((shown_left, shown_right), rows_of_pair(align(left, right)), width)


@given(TEXTS, TEXTS, WIDTHS)
@settings(max_examples=150)
def test_every_character_is_shown_once_and_in_order(left: str, right: str, width: int) -> None:
    """The rows of a column, joined, are its text."""
    layout = laid_out(left, right, width)
    assert len(layout.starts[0]) == len(layout.starts[1])
    for text, starts in ((left, layout.starts[0]), (right, layout.starts[1])):
        assert text == "".join(text[start:end] for start, end in pairwise(starts))


@given(TEXTS, TEXTS, WIDTHS)
@settings(max_examples=150)
def test_no_row_is_wider_than_its_column(left: str, right: str, width: int) -> None:
    """The characters of a row fit into the column with a cell to spare; a line end closes its row."""
    layout = laid_out(left, right, width)
    for text, starts in ((left, layout.starts[0]), (right, layout.starts[1])):
        shown = visible(text, keep_lines=True)
        for start, end in pairwise(starts):
            assert cell_len(shown[start:end].removesuffix("\n")) <= width - 1
            assert "\n" not in shown[start:end][:-1]


@given(TEXTS, TEXTS, WIDTHS)
@settings(max_examples=100)
def test_no_row_begins_inside_a_grapheme(left: str, right: str, width: int) -> None:
    """Accents and joined signs stay with their letter."""
    layout = laid_out(left, right, width)
    for text, starts in ((left, layout.starts[0]), (right, layout.starts[1])):
        shown = visible(text, keep_lines=True)
        begin = 0
        for line in shown.splitlines(keepends=True):
            if not line.endswith("\n") and begin + len(line) < len(shown):
                break  # a line end of another kind: only \\n closes a paragraph
            allowed = {begin + start for start, _, _ in split_graphemes(line.removesuffix("\n"))[0]}
            allowed.add(begin + len(line) - 1)  # the line end may stand alone, where the other side has more words
            inside = {start for start in starts if begin < start < begin + len(line)}
            assert inside <= allowed
            begin += len(line)


@given(st.lists(st.tuples(st.text("abc ", max_size=30), st.booleans()), min_size=1, max_size=8), WIDTHS)
@settings(max_examples=100)
def test_paragraphs_that_correspond_begin_on_the_same_row(parts: list[tuple[str, bool]], width: int) -> None:
    """However much longer a paragraph is on one side, the next one begins level."""
    left = "".join(f"{number}. {text}\n" for number, (text, _) in enumerate(parts))
    right = "".join(f"{number}. {text}{' more words' * 5 * more}\n" for number, (text, more) in enumerate(parts))
    layout = laid_out(left, right, width)
    for number in range(len(parts)):
        assert layout.find(0, left.index(f"{number}. ")) == layout.find(1, right.index(f"{number}. "))


@given(TEXTS, TEXTS, WIDTHS)
@settings(max_examples=100)
def test_a_position_is_found_on_the_row_that_shows_it(left: str, right: str, width: int) -> None:
    """`find` and `row` agree."""
    layout = laid_out(left, right, width)
    for position in range(len(left)):
        assert position in layout.row(0, layout.find(0, position))
    assert layout.find(0, len(left)) in range(layout.height)


def test_rows_break_after_a_space() -> None:
    """Words are not broken where there is room for them on the next row."""
    text = "either as a base for extension"
    layout = lay_out((text, text), rows_of_pair(align(text, text)), 13)
    assert ["either as a ", "base for ", "extension"] == [text[a:b] for a, b in pairwise(layout.starts[0])]


def test_line_ends_of_two_systems_correspond() -> None:
    """A text with CRLF stands level with the same text with LF."""
    left, right = "one\ntwo\nthree\n", "one\r\ntwo\r\nthree\r\n"
    layout = laid_out(left, right, 20)
    assert 3 == layout.height


def test_an_empty_text_has_one_row() -> None:
    """There is always a row to stand on."""
    assert 1 == laid_out("", "", 20).height
    assert Span(0, 0) == laid_out("", "", 20).row(0, 0)


def test_the_columns_share_the_width() -> None:
    """Gutter, separator and columns fill the line; a tiny terminal still has columns."""
    assert 37 == column_width(79)
    assert 4 == column_width(1)
    assert 23 == column_width(79, 3)
    assert [2, 2, 3, 5] == [readable_columns(total) for total in (20, 79, 119, 164)]


def test_a_click_finds_the_character_under_it() -> None:
    """Wide characters take two cells; behind the end there is nothing."""
    assert [0, 1, 1, 2, None] == [position_at("a世b", cell) for cell in range(5)]


def test_words_that_correspond_stand_on_the_same_row_throughout_a_long_paragraph() -> None:
    """A clause left out on one side leaves a gap there; what follows is level again, in the same paragraph."""
    before, after = "the telegram was sent " * 8, "and nothing more was heard of it " * 8
    left, right = f"{before}then {after}", f"{before}with a clause that the other typist passed over, then {after}"
    blocks = align(left, right)
    layout = lay_out((left, right), rows_of_pair(blocks), 24)
    level = [
        layout.find(0, block.left.start + step) == layout.find(1, block.right.start + step)
        for block in blocks
        if block.equal
        for step in range(block.left.end - block.left.start)
    ]

    assert all(level)


@given(st.lists(TEXTS, min_size=3, max_size=5), WIDTHS)
@settings(max_examples=150)
def test_any_number_of_columns_loses_nothing(texts: list[str], width: int) -> None:
    """The rows of each column, joined, are its text; no row is too wide; all columns have as many rows."""
    shown = [visible(text, keep_lines=True) for text in texts]
    layout = lay_out(shown, collate(texts).rows, width)
    assert {layout.height + 1} == {len(starts) for starts in layout.starts}
    for text, starts in zip(shown, layout.starts, strict=True):
        assert text == "".join(text[start:end] for start, end in pairwise(starts))
        assert all(cell_len(text[a:b].removesuffix("\n")) <= width - 1 for a, b in pairwise(starts))


def test_words_that_three_versions_share_stand_level() -> None:
    """A clause that one version lacks leaves a gap there alone; what follows is level in all three."""
    before, after = "the telegram was sent " * 8, "and nothing more was heard of it " * 8
    clause = "with a clause that the other typist passed over, "
    texts = (f"{before}{clause}then {after}", f"{before}then {after}", f"{before}{clause}then {after}")
    rows = collate(texts).rows
    layout = lay_out(texts, rows, 24)
    alike = [row for row in rows if row.agree]
    assert len(alike) > 1
    for row in alike:
        for step in range(row.cells[0].end - row.cells[0].start):
            assert 1 == len({layout.find(n, cell.start + step) for n, cell in enumerate(row.cells)})
    # The two that have the clause have it on the same rows.
    for step in range(len(clause)):
        assert layout.find(0, len(before) + step) == layout.find(2, len(before) + step)
