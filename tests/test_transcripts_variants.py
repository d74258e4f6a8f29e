"""Variants: a word for a word, each with its class."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obelos_transcripts import VARIANT_CLASSES, Span, Variant
from obelos_transcripts.align import align
from obelos_transcripts.spelling import same_word
from obelos_transcripts.variants import variants

Found = list[tuple[str, str, str]]


def found(left: str, right: str) -> Found:
    """Variants as readings."""
    return [(left[slice(*v.left)], right[slice(*v.right)], v.kind) for v in variants(left, right)]


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("either as a bane for", "either as a base for", [("bane", "base", "substantive")]),
        ("a big dog", "a dog", [("big ", "", "substantive")]),
        ("would the run from", "would then run from", [("the", "then", "substantive")]),
        ("on form of event, open", "on course of events, open", [
            ("form", "course", "substantive"), ("event", "events", "substantive")]),
        ("quick brown fox", "slow fox", [("quick brown", "slow", "substantive")]),
        ("a number of Japanese", "a number of of Japanese", [("", "of ", "substantive")]),
        ("your No.495 are", "your No. 495 are", [("", " ", "spacing")]),
        ("Japan.  Russian", "Japan. Russian", [("  ", " ", "spacing")]),
        ("one\r\ntwo", "one\ntwo", [("\r\n", "\n", "spacing")]),
        ("one\ntwo", "one two", [("\n", " ", "spacing")]),
        ("in Sin Kiang now", "in Sinkiang now", [("Sin Kiang", "Sinkiang", "division")]),
        ("the north-east of", "the northeast of", [("north-east", "northeast", "division")]),
        ("the north-east of", "the north east of", [("-", " ", "division")]),
        ("in Man-\nchuria is", "in Manchuria is", [("Man-\nchuria", "Manchuria", "division")]),
        ("to-day he", "today he", [("to-day", "today", "division")]),
        ("Chinese communist", "Chinese Communist", [("communist", "Communist", "capitalisation")]),
        (
            "the Soviet side",
            "The soviet side",
            [("the", "The", "capitalisation"), ("Soviet", "soviet", "capitalisation")],
        ),
        ("signs – from", "signs -- from", [("–", "--", "punctuation")]),
        ("events … Soviet", "events ... Soviet", [("…", "...", "punctuation")]),
        ("the “belt” is", 'the "belt" is', [("“", '"', "punctuation"), ("”", '"', "punctuation")]),
        ("1945-46", "1945–46", [("-", "–", "punctuation")]),
        ("as regards China the", "as regards China, the", [("", ",", "punctuation")]),
        ("they said: x", "they said, that x", [(":", ",", "punctuation"), ("", " that", "substantive")]),
        ("we organise labour", "we organize labor", [
            ("organise", "organize", "spelling"), ("labour", "labor", "spelling")]),
        ("Majesty’s", "Majesty's", [("Majesty’s", "Majesty's", "punctuation")]),
        ("café noir", "cafe noir", [("café", "cafe", "spelling")]),
    ],
)  # fmt: skip
def test_a_difference_is_reported_as_an_editor_would_note_it(left: str, right: str, expected: Found) -> None:
    """The lemma, the reading, the class."""
    assert expected == found(left, right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("1.5 tons", "15 tons"),
        ("1.5 tons", "1,5 tons"),
        ("10 000 men", "10000 men"),
        ("£5 a head", "$5 a head"),
        ("5% of", "5 of"),
        ("its own", "it's own"),
        ("of the", "or the"),
        ("not now", "not not"),
        ("pre-Russian", "pro-Russian"),
        ("Byrnes said", "Byrne said"),
    ],
)
def test_what_may_change_the_sense_is_never_called_an_accidental(left: str, right: str) -> None:
    """A reader who hides the accidentals still sees figures, sums, small words and names."""
    assert {"substantive"} == {kind for _, _, kind in found(left, right)}


TEXTS = st.lists(
    st.sampled_from(
        ["the", "The ", "bane", "base", "Sin", "Kiang", "-", ",", " ", "  ", "\n", "\r\n", "é", "1", ".", "£"]
    ),
    max_size=20,
).map("".join) | st.text(max_size=30)


@given(TEXTS, TEXTS)
def test_the_variants_are_all_that_differs(left: str, right: str) -> None:
    """Putting the right readings into the left text gives the right text; none is empty, none is no difference."""
    pieces, at = [], 0
    for variant in variants(left, right):
        pieces += [left[at : variant.left.start], right[slice(*variant.right)]]
        assert left[slice(*variant.left)] != right[slice(*variant.right)]
        assert variant.kind in VARIANT_CLASSES
        at = variant.left.end
    assert right == "".join([*pieces, left[at:]])


@given(TEXTS, TEXTS)
def test_exchanging_the_texts_mirrors_the_variants(left: str, right: str) -> None:
    """Same places, same classes."""
    assert [Variant(v.right, v.left, v.kind) for v in variants(left, right)] == variants(right, left)


@given(TEXTS, TEXTS)
def test_every_changed_code_point_lies_in_a_variant(left: str, right: str) -> None:
    """Variants may be wider than the unequal blocks, never narrower."""
    spans = [variant.left for variant in variants(left, right)]
    for block in align(left, right):
        if not block.equal:
            covered = sum(
                min(s.end, block.left.end) - max(s.start, block.left.start) for s in spans if s.overlaps(block.left)
            )
            assert covered >= block.left.end - block.left.start


def test_positions_count_code_points() -> None:
    """Half-open spans; a reading that one side lacks stands at the gap."""
    assert [Variant(Span(2, 6), Span(2, 2), "substantive")] == variants("𝄞 big dog", "𝄞 dog")


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("realise", "realize"), ("organisations", "organizations"), ("analysed", "analyzed"), ("honours", "honors"),
        ("centre", "center"), ("travelled", "traveled"), ("skilful", "skillful"), ("defence", "defense"),
        ("licence", "license"), ("programme", "program"), ("catalogue", "catalog"), ("connexion", "connection"),
        ("mediaeval", "medieval"), ("manoeuvre", "maneuver"), ("judgement", "judgment"), ("despatch", "dispatch"),
        ("enquiry", "inquiry"), ("gaol", "jail"), ("Roumania", "Romania"), ("Tsar", "Czar"), ("naïve", "naive"),
        ("Sinꞌtszian", "Sin'tszian"), ("œuvre", "oeuvre"), ("Straße", "Strasse"), ("e\u0301tat", "\u00e9tat"),
    ],
)  # fmt: skip
def test_known_spellings_of_one_word_are_spelling(left: str, right: str) -> None:
    """By the table, the accents, the apostrophe."""
    assert same_word(left, right)
    assert same_word(right, left)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("bane", "base"), ("prise", "prize"), ("four", "for"), ("does", "des"), ("shoe", "she"), ("filled", "filed"),
        ("polled", "poled"), ("refilled", "refiled"), ("its", "it's"), ("mourn", "morn"), ("timbre", "timber"),
        ("form", "from"), ("lead", "led"), ("acre", "acer"), ("course", "corse"), ("advice", "advise"),
    ],
)  # fmt: skip
def test_two_words_that_look_alike_are_not_one_word(left: str, right: str) -> None:
    """The table knows no rule that would make them one."""
    assert not same_word(left, right)
