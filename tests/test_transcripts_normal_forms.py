"""What a comparison takes for one word: the shipped lists, an edition's own, and what is never taken for one.

All texts and editions are made up.
"""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obelos_transcripts import BadInput, VariantClass
from obelos_transcripts.edition import read_settings
from obelos_transcripts.normal_forms import FIELDS, Lists, forms_of
from obelos_transcripts.variants import variants

Found = list[tuple[str, str, VariantClass]]


def found(left: str, right: str, lists: Lists | None = None) -> Found:
    """Variants as readings."""
    forms = forms_of(lists) if lists else None
    return [(left[slice(*v.left)], right[slice(*v.right)], v.kind) for v in variants(left, right, forms)]


def listed(folder: Path, yaml: str) -> Lists:
    """The lists of an edition with this under ``variants:``."""
    settings = folder / "edition.yaml"
    settings.write_text(f"variants:\n{yaml}", "utf-8")
    return read_settings(settings).variants


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("the Govt. of", "the Government of", [("Govt.", "Government")]),
        ("the Govt of", "the government of", [("Govt", "government")]),
        ("the Govt’s own", "the Government's own", [("Govt’s", "Government's")]),
        ("by H.M.G. in", "by HMG in", [("H.M.G.", "HMG")]),
        ("by H.M.G. in", "by His Majesty's Government in", [("H.M.G.", "His Majesty's Government")]),
        ("the J. I. C. met", "the JIC met", [("J. I. C.", "JIC")]),
        ("yr. tel. No. 5", "your telegram Number 5", [("yr.", "your"), ("tel.", "telegram"), ("No.", "Number")]),
        ("two men & six", "2 men and 6", [("two", "2"), ("&", "and"), ("six", "6")]),
        ("twenty-two men", "22 men", [("twenty-two", "22")]),
        ("on the 25th March", "on the 25 March", [("25th", "25")]),
        ("the 2d inst.", "the second inst.", [("2d", "second")]),
        ("ships, etc. here", "ships, &c. here", [("etc", "&c")]),
        ("5 pct of", "5 per cent of", [("pct", "per cent")]),
        ("publick musick", "public music", [("publick", "public"), ("musick", "music")]),
        ("he call'd me", "he called me", [("call'd", "called")]),
        ("a ſmall ﬁeld", "a small field", [("ſmall", "small"), ("ﬁeld", "field")]),
        ("þe men", "the men", [("þe", "the")]),
        ("the burthen of", "the burden of", [("burthen", "burden")]),
    ],
)
def test_two_forms_of_a_word_are_a_matter_of_spelling(left: str, right: str, expected: list[tuple[str, str]]) -> None:
    """As one variant, the stop of an abbreviation with it."""
    assert [(one, other, "spelling") for one, other in expected] == found(left, right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("a bane for it", "a base for it"),
        ("no men came", "number men came"),
        ("aid to us all", "aid to U.S. all"),
        ("Nos. 495 and", "Nos. 493 and"),
        ("two men", "3 men"),
        ("on the 25th", "on the 26"),
        ("shed tears", "she'd tears"),
        ("the Gout was", "the Govt was"),
        ("your tel", "year tel"),
        ("his majesty's", "her majesty's"),
        ("first man", "one man"),
        ("the Govt aid", "the Government's aid"),
        ("1.5 tons", "15 tons"),
    ],
)
def test_what_is_not_listed_stays_a_matter_of_substance(left: str, right: str) -> None:
    """Likeness counts for nothing, and a form that is short for two words makes them not one."""
    assert {"substantive"} == {kind for _, _, kind in found(left, right)}


def test_an_edition_adds_words_of_its_own(tmp_path: Path) -> None:
    """Words and phrases, letters, endings; what is shipped still holds."""
    own = listed(
        tmp_path,
        "  words:\n    - [Sin Kiang, Xinjiang]\n  letters: [[v, u]]\n  endings: [[es, eth]]\n  after_figures: [er]\n",
    )

    assert [("Sin Kiang", "Xinjiang", "spelling")] == found("in Sin Kiang now", "in Xinjiang now", own)
    assert [("upon", "vpon", "spelling")] == found("it is upon me", "it is vpon me", own)
    assert [("goes", "goeth", "substantive")] == found("he goes", "he goeth", own)
    assert [("makes", "maketh", "spelling")] == found("he makes", "he maketh", own)
    assert [("1er", "1", "spelling")] == found("le 1er mai", "le 1 mai", own)
    assert [("Govt", "Government", "spelling")] == found("the Govt is", "the Government is", own)
    assert {"substantive"} == {kind for _, _, kind in found("in Sin Kiang now", "in Xinjiang now")}


def test_an_edition_takes_words_out(tmp_path: Path) -> None:
    """Where it matters whether the source has a figure or a word."""
    own = listed(tmp_path, "  apart: ['2', two, '&']\n")

    assert [("two", "2", "substantive")] == found("two men", "2 men", own)
    assert [("&", "and", "substantive")] == found("men & women", "men and women", own)
    assert [("three", "3", "spelling")] == found("three men", "3 men", own)


def test_a_form_with_a_capital_holds_as_it_is_written(tmp_path: Path) -> None:
    """*No* is short for *number*, *no* is not; one in small letters holds with capitals."""
    own = listed(tmp_path, "  words: [[Exchequer, Excr], [shilling, sh]]\n")

    assert "spelling" == found("the Excr of", "the Exchequer of", own)[0][2]
    assert "spelling" == found("THE EXCR OF", "THE EXCHEQUER OF", own)[0][2]
    assert "substantive" == found("the excr of", "the Exchequer of", own)[0][2]
    assert "spelling" == found("one Sh of", "one shilling of", own)[0][2]


def test_all_that_is_wrong_with_the_lists_is_told_with_its_line(tmp_path: Path) -> None:
    """File, line, what was expected."""
    with pytest.raises(BadInput) as caught:
        listed(
            tmp_path,
            "  word: [[a, b]]\n"
            "  words:\n    - [alone]\n    - [Govt, Govt]\n    - [one, '...']\n    - text\n"
            "  letters: [[a b, c]]\n  apart: {a: b}\n",
        )

    assert [
        (2, "unknown key “word” in the list of variants; did you mean “words”?"),
        (4, "a list of two forms or more was expected, as in [Government, Govt]"),
        (5, "“Govt” stands twice in this set"),
        (6, "“...” holds no word and no sign that stands for one"),
        (7, "a list of two forms or more was expected, as in [Government, Govt]"),
        (8, "“a b” is not one letter or a few"),
        (9, "a text was expected, not a mapping"),
    ] == sorted((problem.line, problem.what) for problem in caught.value.problems)


def test_the_manual_names_every_key() -> None:
    """What can be set stands in docs/variants.md."""
    manual = (Path(__file__).parent.parent / "docs" / "variants.md").read_text("utf-8")

    assert [] == [key for key in FIELDS if f"`{key}`" not in manual]


READINGS = st.lists(
    st.sampled_from(
        ["H", "M", "G", ".", " ", "HMG", "Govt", "two", "2", "&", "c", "his majesty's", "th", "'", "-", "\n"]
    ),
    max_size=12,
).map("".join) | st.text(max_size=20)


@given(READINGS, READINGS)
def test_any_readings_can_be_compared_either_way(left: str, right: str) -> None:
    """Never an error, and the same answer."""
    assert forms_of().same(left, right) == forms_of().same(right, left)
    assert [(v.right, v.left, v.kind) for v in variants(left, right)] == [
        (v.left, v.right, v.kind) for v in variants(right, left)
    ]
