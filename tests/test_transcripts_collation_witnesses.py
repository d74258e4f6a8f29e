"""Real versions of real texts in one table (`tests/data/witnesses`), and sentences known from other programs."""

from itertools import combinations
from pathlib import Path

import pytest
from rapidfuzz.distance import LCSseq

from obelos_transcripts import Table, collate, decode
from obelos_transcripts.columns import columns
from obelos_transcripts.matching import codes
from obelos_transcripts.units import units, with_divided_words

DATA = Path(__file__).parent / "data" / "witnesses"
EDITIONS = ("1859", "1860", "1861", "1866", "1869", "1872")
FRANKENSTEIN = ("1818", "1823", "1831", "Thomas")


def read(folder: str, *names: str) -> list[str]:
    """The texts of some versions."""
    return [decode((DATA / folder / f"{name}.txt").read_bytes(), name) for name in names]


def differing(table: Table) -> list[list[str]]:
    """The rows in which not all agree."""
    return [table.readings(row) for row in table.rows if not row.agree]


def test_the_six_editions_of_darwins_paragraph_stand_in_25_rows() -> None:
    """All that he changed between 1859 and 1872, each change in a row of its own, whoever made it."""
    table = collate(read("darwin", *EDITIONS))
    rows = differing(table)
    expected = [
        ["", "", "", "Causes of Variability. ", "Causes of Variability. ", "Causes of Variability. "],
        ["look to ", "look to ", "look to ", "look to ", "compare ", "compare "],
        ["us, ", "us, ", "us, ", "us, ", "us ", "us "],
        ["much ", "", "", "", "", ""],
        ["more ", "more ", "more ", "more ", "", "more "],
        ["other, ", "other ", "other ", "other ", "other ", "other "],
        ["", "", "", "", "more ", ""],
        ["When ", "When ", "When ", "When ", "And if ", "And if "],
        ["I think ", "I think ", "I think ", "I think ", "", ""],
        ["greater ", "great ", "great ", "great ", "great ", "great "],
        ["simply ", "simply ", "simply ", "simply ", "", ""],
        ["have ", "have ", "have ", "have ", "had ", "had "],
        ["is, ", "is ", "is ", "is ", "is ", "is, "],
        ["I think, ", "I think, ", "I think, ", "I think, ", "I think, ", ""],
        ["pretty ", "pretty ", "pretty ", "pretty ", "", ""],
        ["the ", "the ", "the ", "the ", "", ""],
        ["of life ", "of life ", "of life ", "of life ", "", ""],
        ["appreciable ", "appreciable ", "appreciable ", "appreciable ", "appreciable ", "great "],
        ["that ", "that ", "that ", "that, ", "that, ", "that, "],
        ["continues ", "continues ", "continues ", "continues ", "con- tinues ", "continues "],
        ["to ", "to ", "to ", "to ", "", ""],
        ["vary ", "vary ", "vary ", "vary ", "varying ", "varying "],
        ["being ", "being ", "being ", "being ", "organism ", "organism "],
        ["be variable ", "be variable ", "be variable ", "be variable ", "vary ", "vary "],
        ["often ", "often ", "often ", "often ", "", ""],
    ]
    assert expected == rows
    kinds = {"substantive": 20, "division": 1, "punctuation": 4}
    assert kinds == {kind: count for kind, count in table.counts().items() if count}


@pytest.mark.parametrize("folder", ["frankenstein-C04", "frankenstein-C06", "frankenstein-C11"])
def test_four_versions_of_frankenstein_are_kept_to_the_letter(folder: str) -> None:
    """Also where 1831 wrote pages anew and the Thomas copy adds others."""
    texts = read(folder, *FRANKENSTEIN)
    table = collate(texts)
    for n, text in enumerate(texts):
        assert text == "".join(table.reading(row, n) for row in table.rows)


def test_what_each_version_of_frankenstein_changed_is_told_apart() -> None:
    """Letter III: the Thomas copy's sentence, the words of 1831, what is only a comma; the new end is one row."""
    rows = differing(collate(read("frankenstein-C04", *FRANKENSTEIN)))
    assert ["merchant-man ", "merchant-man ", "merchantman ", "merchant-man "] in rows
    assert ["stiff ", "stiff ", "stiff ", "hard "] in rows
    assert ["breaking ", "breaking ", "springing ", "carrying away "] in rows
    assert ["mast, ", "mast, ", "leak, ", "mast, "] in rows
    assert ["us, ", "us ", "us ", "us, "] in rows
    assert ["your’s, ", "yours, ", "yours, ", "your’s, "] in rows
    added = next(row[3] for row in rows if "Aurora Borealis" in row[3])
    assert added.startswith(" The appearance of the sky")
    assert added.endswith("splendour.")
    end = next(row for row in rows if "Remember me" in row[0])
    assert "Remember me to all my English friends.\n\nMost affectionately yours,\n\n" == end[0] == end[1] == end[3]
    assert end[2].startswith("But success shall crown my endeavours. ")
    assert end[2].endswith("Heaven bless my beloved sister!\n\n")


@pytest.mark.parametrize(
    ("document", "expected", "kind"),
    [
        ("frus1958-60v14-d318", ["f ", "of "], "substantive"),
        ("frus1964-68v22-d168", ["1996.\n\n", "1966.\n\n"], "substantive"),
    ],
)
def test_one_mended_word_is_one_row(document: str, expected: list[str], kind: str) -> None:
    """Before and after a published correction."""
    table = collate(read(document, "before", "after"))
    assert [expected] == differing(table)
    assert kind == next(table.kind(row) for row in table.rows if not row.agree)


def test_a_line_that_had_been_skipped_is_one_row() -> None:
    """Twelve words, with nothing but themselves."""
    rows = differing(collate(read("frus1969-76ve05p1-d10", "before", "after")))
    assert [""] == [before for before, _ in rows]
    assert 12 == len(rows[0][1].split())


def test_no_more_words_differ_than_must() -> None:
    """Two in a hundred above the fewest possible between any two versions, though all stand in one table."""
    fewest = found = 0
    folders = {"darwin": EDITIONS} | {f"frankenstein-{name}": FRANKENSTEIN for name in ("C04", "C06", "C11")}
    for folder, names in folders.items():
        sides = [side.words for side in with_divided_words([units(text) for text in read(folder, *names)])]
        table = columns(sides)
        for one, other in combinations(range(len(sides)), 2):
            left, right = sides[one], sides[other]
            words = len(left) + len(right)
            fewest += words - 2 * LCSseq.similarity(*codes(left, right))
            shared = [(c[one], c[other]) for c in table if c[one] >= 0 <= c[other]]
            found += words - 2 * sum(left[n] == right[m] for n, m in shared)
    assert fewest <= found <= 1.02 * fewest


# Sentences from the tests and the documentation of CollateX. Where its table is another, docs/decisions says why.
@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (
            ["the black cat", "the black and white cat", "the black and green cat", "the black very special cat",
             "the black not very special cat"],
            [["", "and ", "and ", "", "not "], ["", "white ", "green ", "very special ", "very special "]],
        ),
        (["the red and the black cat", "the black and the red cat"], [["red ", "black "], ["black ", "red "]]),
        (["the black cat and the black mat", "the black dog and the black mat"], [["cat ", "dog "]]),
        (
            ["The quick brown fox jumps over the lazy dog.", "The brown fox jumps over the lazy dog.",
             "The quick fox jumped over the dog."],
            [["quick ", "", "quick "], ["brown ", "brown ", ""], ["jumps ", "jumps ", "jumped "],
             ["lazy ", "lazy ", ""]],
        ),
        (
            ["The quick brown fox jumped over the lazy dogs.", "The brown fox jumped over the dogs.",
             "The quick brown dog sat on the fox."],
            [["quick ", "", "quick "], ["fox jumped over ", "fox jumped over ", "dog sat on "], ["lazy ", "", ""],
             ["dogs.", "dogs.", "fox."]],
        ),
        (
            ["This very quick very quick brown wombat", "That very quick brown koala",
             "That very quick brown kangaroo"],
            [["This ", "That ", "That "], ["very quick ", "", ""], ["wombat", "koala", "kangaroo"]],
        ),
        (
            ["The same clock as when for example Magee once died.", "The same as when for example Magee once died."],
            [["clock ", ""]],
        ),
        (
            ["I bought this glass , because it matches those dinner plates", "I bought those glasses"],
            [["this glass , because it matches ", ""], ["dinner ", ""], ["plates", "glasses"]],
        ),
        (["over this dog", "over that there dog"], [["this ", "that there "]]),
        (["this", "there thin"], [["", "there "], ["this", "thin"]]),
        (["abcd 0123 efgh", "abcd 0xxx 012x 01xx efgh"], [["0123 ", "0xxx 012x 01xx "]]),
        (["aaa bbb ccc ddd", "aaa cce ddd", "aaa cce ccc ddd"], [["bbb ", "cce ", "cce "], ["ccc ", "", "ccc "]]),
        (["aaa bbb ccc ddd", "aaa cce ddd", "aaa cce ddd"], [["bbb ", "", ""], ["ccc ", "cce ", "cce "]]),
        (["a b c d F g h i ! K ! q r s t", "a b c d F g h i ! q r s t"], [["K ! ", ""]]),
        (["Hello, world!", "Hello world!"], [["Hello, ", "Hello "]]),
    ],
)  # fmt: skip
def test_sentences_that_collatex_is_tested_with(texts: list[str], expected: list[list[str]]) -> None:
    """The rows that differ, in order."""
    assert expected == differing(collate(texts))


def test_becketts_sentence_in_five_drafts() -> None:
    """*Darly* stands before *among others* in the last draft, and there alone."""
    drafts = [
        "The same clock as when for example Magee once died.",
        "The same as when for example Magee once died.",
        "The same as when for example McKee once died .",
        "The same as when among others Darly once died & left him.",
        "The same as when Darly among others once died and left him.",
    ]
    expected = [
        ["clock ", "", "", "", ""],
        ["", "", "", "", "Darly "],
        ["for example ", "for example ", "for example ", "among others ", "among others "],
        ["Magee ", "Magee ", "McKee ", "Darly ", ""],
        ["died.", "died.", "died .", "died ", "died "],
        ["", "", "", "& ", "and "],
        ["", "", "", "left him.", "left him."],
    ]
    assert expected == differing(collate(drafts))
