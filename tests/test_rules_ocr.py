"""The pack for recognised texts, on whole pages made up for these tests: damage is found, sound prose left alone."""

import pytest

from obelos_rules import check, load_rules

RULES = load_rules(["ocr"])

PAGE = """\
Tlie harbour of tbe town was closed in tiie spring of 19S7, and aU ships lay at anchor. We havc been told that
the govemment wonld open it agaiu, hut 1 do not know wben. The consul, in an ofiice of modem style, has madc no
statemcnt; he thinks that 1 have seen the artides of the agree ment. Tlie owners of tins country bave asked the
Secretary of Stale for a loan of $12,5OO at four per cent. They lay
- 14 -
in the har-
bour until the following day, arid the crews were paid.
"""
"""A page that was damaged by hand for this test."""

SOUND = """\
The harbour of the town was closed in the spring of 1957, and all ships lay at anchor. We have been told that
the government would open it again, but I do not know when. The consul, in an office of modern style, has made no
statement; he thinks that I have seen the articles of the agreement. The owners of this country have asked the
Secretary of State for a loan of $12,500 at four per cent. They lay
in the harbour until the following day, and the crews were paid.
"""
"""The same page as it should read."""


def found(text: str) -> list[str]:
    """Quotes flagged at the default level."""
    return [finding.found for finding in check(text, RULES)]


def test_a_damaged_page_gives_just_its_damage() -> None:
    """Every flagged quote is one that was damaged, in the order of the page."""
    assert [
        "Tlie",
        "tbe",
        "tiie",
        "19S7",
        "aU",
        "havc",
        "govemment",
        "wonld",
        "wben",
        "ofiice",
        "modem",
        "statemcnt",
        "1",
        "artides",
        "agree ment",
        "Tlie",
        "tins",
        "bave",
        "Stale",
        "$12,5OO",
        "- 14 -",
        "-\n",
        "arid",
    ] == found(PAGE)


def test_the_same_page_in_sound_type_gives_nothing() -> None:
    """No finding where nothing was misread."""
    assert [] == found(SOUND)


def test_what_is_suggested_first_stood_there() -> None:
    """Where the letters tell what they were, the word of the sound page comes first."""
    first = {finding.found: finding.suggestions[0] for finding in check(PAGE, RULES) if finding.suggestions}
    for damaged, word in {
        "Tlie": "The",
        "tbe": "the",
        "tiie": "the",
        "aU": "all",
        "havc": "have",
        "govemment": "government",
        "wonld": "would",
        "statemcnt": "statement",
        "agree ment": "agreement",
        "tins": "this",
        "Stale": "State",
        "-\n": "",
        "arid": "and",
    }.items():
        assert word == first[damaged]


@pytest.mark.parametrize(
    "text",
    [
        "Tbilisi and Tlingit; a savvy navvy revved it; skiing in Hawaii, chapter xviii.",
        "The hot and arid plains. He died, and his wife would die of grief. A roof of tile; tins of meat.",
        "Messrs. McHugh, MacHale and deGaulle of NKorea; the POWs and NGOs; LNG and kHz.",
        "the pre- and post-war years, on the 1st of May at 0800, in the 1950s; Article 102.I of the statute",
        "They adjourned the internment of the governor; a stern warning; zinc and francs.",
        "The bridge is closed.\n\n2\n\nThe road is open.",
        "Hervé Alphand, Niigata, Pompeii, the Shah, Miss Comer and Tom.",
    ],
)
def test_sound_words_that_look_misread_are_left_alone(text: str) -> None:
    """Names, loan words, abbreviations and rare words have letters that others have only by mistake."""
    assert [] == found(text)


def test_letters_beyond_ascii_end_no_word() -> None:
    """An accented letter belongs to its word, so the part before it is not judged alone."""
    assert [] == found("Herv\u00e9 and Policv\u00e9 are names")


def test_a_damaged_word_is_found_wherever_it_stands() -> None:
    """At the very beginning, at the very end, and beside marks."""
    assert ["tbe", "tbe", "tbe"] == found("tbe ports, “tbe” coast and tbe")
