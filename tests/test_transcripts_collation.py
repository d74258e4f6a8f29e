"""The table of two or more versions: nothing is lost, and it says the same whoever is asked first."""

import random
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from obelos_transcripts import VARIANT_CLASSES, Table, collate, with_base

Rows = list[list[str]]

PIECES = st.lists(
    st.sampled_from(
        ["the ", "The ", "bane", "base ", "Sin", "Kiang ", "to-", "day ", ", ", ". ", " ", "\n", "\r\n", "“", "é ",
         "e\u0301", "1.5 ", "15 ", "& ", "שלום ", "\u202bאב\u202c ", "a ", "b ", "c ", "d "]
    ),
    max_size=25,
).map("".join)  # fmt: skip
TEXTS = PIECES | st.text(max_size=30)
VERSIONS = st.lists(TEXTS, min_size=1, max_size=5)


def cells(table: Table) -> Rows:
    """All rows as readings."""
    return [table.readings(row) for row in table.rows]


def differing(*texts: str) -> Rows:
    """The rows in which not all agree."""
    table = collate(texts)
    return [table.readings(row) for row in table.rows if not row.agree]


@given(VERSIONS)
@example(["", ""])
@example(["", "a"])
@example(["...", "…", "a …"])
def test_the_cells_of_a_column_joined_are_that_version(texts: list[str]) -> None:
    """Code point for code point, in order, without gap; no row is empty in all."""
    table = collate(texts)
    for n, text in enumerate(texts):
        assert text == "".join(reading[n] for reading in cells(table))
        spans = [row.cells[n] for row in table.rows]
        assert [0, *(span.end for span in spans)] == [*(span.start for span in spans), len(text)]
    assert all(any(readings) for readings in cells(table))


@given(VERSIONS, st.randoms())
def test_the_order_of_the_versions_changes_nothing_but_the_order_of_the_columns(
    texts: list[str], chance: random.Random
) -> None:
    """For two: exchanging them mirrors the table."""
    order = list(range(len(texts)))
    chance.shuffle(order)
    expected = [[readings[n] for n in order] for readings in cells(collate(texts))]
    assert expected == cells(collate([texts[n] for n in order]))


@given(VERSIONS, st.data())
def test_another_base_is_as_collating_anew(texts: list[str], data: st.DataObject) -> None:
    """The readings stay where they are; groups and classes are told from the new base."""
    base = data.draw(st.integers(0, len(texts) - 1))
    assert collate(texts, base) == with_base(collate(texts), base)


@given(VERSIONS)
def test_groups_tell_who_reads_the_same(texts: list[str]) -> None:
    """The same number for the same reading; the base has 0; one class for each row that differs."""
    table = collate(texts, len(texts) - 1)
    for row in table.rows:
        readings = table.readings(row)
        assert 0 == row.groups[-1]
        pairs = [(n, m) for n in range(len(texts)) for m in range(n)]
        assert all((readings[n] == readings[m]) == (row.groups[n] == row.groups[m]) for n, m in pairs)
        assert row.agree == (len(set(readings)) == 1)
        assert (table.kind(row) is None) == row.agree
        substantive = table.substantive_groups(row)
        assert all(substantive[n] == substantive[m] for n, m in pairs if row.groups[n] == row.groups[m])
    assert sum(not row.agree for row in table.rows) == sum(table.counts().values())


@given(VERSIONS)
def test_runs_of_agreement_are_as_long_as_can_be(texts: list[str]) -> None:
    """Two rows in which all agree never touch; a version beside itself is one row."""
    agree = [row.agree for row in collate(texts).rows]
    assert not any(one and other for one, other in pairwise(agree))
    assert (1 if texts[0] else 0) == len(collate([texts[0]] * 3).rows)


@given(VERSIONS)
def test_a_version_is_the_base_with_its_readings_put_in(texts: list[str]) -> None:
    """Difference, then patch: what agrees from the base, what differs from the version."""
    table = collate(texts)
    for n, text in enumerate(texts):
        patched = [table.reading(row, 0 if row.agree else n) for row in table.rows]
        assert text == "".join(patched)


@given(VERSIONS)
@example(["in China\nhe", "in China and Tibet\r\nhe"])
@example(["a “\u0301b c", "a “\u0301b d c"])
@example(["a \u0301b", "a b"])
def test_no_row_parts_a_letter_from_its_accent(texts: list[str]) -> None:
    """No cell begins with a combining mark, nor in the middle of a line end, unless the text does."""
    table = collate(texts)
    for n, text in enumerate(texts):
        for start, _ in (row.cells[n] for row in table.rows):
            if 0 < start < len(text):
                assert unicodedata.category(text[start])[0] != "M"
                assert text[start - 1 : start + 1] != "\r\n"


def test_a_place_is_found_in_its_row() -> None:
    """By version and position."""
    table = collate(["a bane for all", "a base for all"])
    assert [["a ", "a "], ["bane ", "base "], ["for all", "for all"]] == cells(table)
    assert [0, 0, 1, 1, 2, 2] == [table.row_at(0, position) for position in (0, 1, 2, 6, 7, 14)]


def test_there_must_be_a_base() -> None:
    """One of the versions."""
    with pytest.raises(ValueError, match="no version has the number 2"):
        collate(["a", "b"], 2)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["either as a bane for", "either as a base for"], [["bane ", "base "]]),
        (["in China, the", "in China and Tibet, the"], [["", " and Tibet"]]),
        (["He left.", "He left. It rained."], [["", " It rained."]]),
        (["The cat sat. The dog ran.", "The dog ran."], [["The cat sat. ", ""]]),
        (["I came.\nI went.\nI left.", "I came.\nI left."], [["I went.\n", ""]]),
        (["said “belt” and", "said “the belt” and"], [["", "the "]]),
        (["is (in May) now", "is in May now"], [["(in ", "in "], ["May) ", "May "]]),
        (["Sin Kiang, now", "Sinkiang now", "Sinkiang, now"], [["Sin Kiang, ", "Sinkiang ", "Sinkiang, "]]),
        (["it con- tinues to", "it continues to", "it continued to"], [["con- tinues ", "continues ", "continued "]]),
        (["a north-east wind", "a north east wind", "a northeast wind"],
         [["north-east ", "north east ", "northeast "]]),
        (["over 1.5 tons", "over 15 tons"], [["1.5 ", "15 "]]),
        (["on 06/06/1945, he", "on 06/06/1946, he"], [["06/06/1945, ", "06/06/1946, "]]),
        (["Smith & Co", "Smith and Co"], [["& ", "and "]]),
        (["a quick brown fox ran", "a slow fox ran"], [["quick brown ", "slow "]]),
        (["on form of event open", "on course of events open"], [["form ", "course "], ["event ", "events "]]),
        (["he came", "he rarely came", "he rarely came"], [["", "rarely ", "rarely "]]),
        (["he came", "he rarely came", "he often came"], [["", "rarely ", "often "]]),
        (["he came", "he very rarely came", "he often came"], [["", "very rarely ", "often "]]),
        (["a\r\nb\r\n", "a\nb\n"], [["a\r\n", "a\n"], ["b\r\n", "b\n"]]),
    ],
)  # fmt: skip
def test_a_row_is_what_an_apparatus_would_note(texts: list[str], expected: Rows) -> None:
    """A word for a word, a phrase for a phrase; an addition is told alone; what only some add stands in one row."""
    assert expected == differing(*texts)


def test_what_two_share_is_not_put_into_a_row_where_they_part() -> None:
    """C lacks the passage; that A and B part inside it is still seen."""
    a = "We came late. The old king of the hills died. We left."
    b = "We came late. The old queen of the hills died. We left."
    assert [
        ["The old ", "The old ", ""],
        ["king ", "queen ", ""],
        ["of the hills died. ", "of the hills died. ", ""],
    ] == (differing(a, b, "We came late. We left."))


@pytest.mark.parametrize(
    ("left", "right", "kind"),
    [
        ("the bane of", "the base of", "substantive"),
        ("some labour, now", "some labor now", "spelling"),
        ("a north-east wind", "a north east wind", "division"),
        ("a Soviet, now", "a soviet now", "capitalisation"),
        ("so, now", "so now", "punctuation"),
        ("so  now", "so now", "spacing"),
        ("over 1.5 tons", "over 1,5 tons", "substantive"),
        ("a b", "b", "substantive"),
    ],
)
def test_a_row_has_the_gravest_class_of_its_differences(left: str, right: str, kind: str) -> None:
    """A word that differs in spelling and in its comma differs in spelling."""
    table = collate([left, right])
    assert [kind] == [table.kind(row) for row in table.rows if not row.agree]
    assert {kind: 1} == {name: count for name, count in table.counts().items() if count}
    assert list(VARIANT_CLASSES) == list(table.counts())


def test_versions_that_differ_in_accidentals_only_are_one_group() -> None:
    """Exactly: three readings. Without accidentals: two."""
    table = collate(["the labour of", "the Labour, of", "the trade of", "the labour of"])
    (row,) = [row for row in table.rows if not row.agree]
    assert (0, 1, 2, 0) == row.groups
    assert (0, 0, 1, 0) == table.substantive_groups(row)


def test_a_passage_written_anew_is_one_row() -> None:
    """The few small words that chance has put into both say nothing."""
    old = "We met. The road was long and the weather of that winter hard beyond our hopes. We parted."
    new = "We met. Nobody could guess at dawn what chances of mercy lay behind their solemn faces. We parted."
    assert 1 == len(differing(old, new))


def made_up_words(count: int, seed: int, vocabulary: int = 8_000) -> list[str]:
    """Made-up words, the frequent ones much more frequent, as in a language."""
    chance = random.Random(seed)
    return [f"w{int(vocabulary ** chance.random())}" for _ in range(count)]


@pytest.mark.long
@pytest.mark.parametrize(
    "texts",
    [
        [" ".join(made_up_words(100_000, 1)), " ".join(word.replace("w", "x") for word in made_up_words(100_000, 2))],
        [" ".join(made_up_words(20_000, seed)) for seed in (1, 2, 3)],
        ["a " * 100_000, "a " * 90_000, "a " * 95_000],
        ["a b " * 20_000, "b c " * 20_000, "c a " * 20_000],
        ["x" * 10_000_000, "x" * 9_999_999 + "y"],
        ["." * 100_000, "." * 99_999],
    ],
    ids=["nothing in common", "unrelated", "one word", "two words by turns", "one word of 10 MB", "no word"],
)
def test_long_texts_with_little_in_common_are_collated_to_the_end(texts: list[str]) -> None:
    """Nothing gives up half-way, and every column is its text."""
    table = collate(texts)
    for n, text in enumerate(texts):
        assert text == "".join(table.reading(row, n) for row in table.rows)
    assert sum(table.counts().values()) >= 1
