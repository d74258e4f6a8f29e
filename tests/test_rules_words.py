"""Kinds that judge words and names, and the vocabulary they go by. All texts are made up for these tests."""

import gzip
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obelos_rules import read_pack, vocabulary
from obelos_rules.kinds import SHIPPED
from obelos_rules.model import Hit
from obelos_rules.reading import Reading, read
from obelos_rules.slips import Slips, slip
from obelos_rules.wordforms import formed
from obelos_transcripts import BadInput, read_layers
from obelos_transcripts.details import Details

SAMPLE = (files("obelos_tui") / "sample" / "base.txt").read_text(encoding="utf-8")


def pack(kind: str, keys: str) -> str:
    """A pack of one rule of that kind with these keys."""
    return f"""\
rules:
  - code: XX101
    name: made-up
    kind: {kind}
    level: likely
    layers: [heading, body, note]
    message: "{{found}}"
    why: made up for a test
    authority: none
    examples: {{flag: [{{text: x, at: x}}], pass: [y]}}
{keys}
"""


def hits(kind: str, keys: str, text: str | Reading) -> list[Hit]:
    """What such a rule sees in a text, in its order."""
    (rule,) = read_pack(pack(kind, keys), "made-up.yaml", "made-up")
    reading = read(text) if isinstance(text, str) else text
    return sorted(rule.detector(reading, rule.layers), key=lambda hit: hit.start)


def found(kind: str, keys: str, text: str | Reading) -> list[tuple[str, ...]]:
    """Quotes, each with its suggestions."""
    reading = read(text) if isinstance(text, str) else text
    return [(reading.text[hit.start : hit.end], *hit.suggestions) for hit in hits(kind, keys, reading)]


def refused(kind: str, keys: str) -> str:
    """The one problem of such a rule."""
    with pytest.raises(BadInput) as refusal:
        read_pack(pack(kind, keys), "made-up.yaml", "made-up")[0].detector  # noqa: B018
    (problem,) = refusal.value.problems
    return problem.what


# Vocabulary


def test_the_vocabulary_knows_words_and_names_and_how_frequent_they_are() -> None:
    """Period spellings and both sides of the Atlantic are in it; misprints are not."""
    shipped = vocabulary.shipped()
    for word in ("the", "telegram", "despatch", "connection", "honor", "honour", "to", "o'clock"):
        assert shipped.known(word), word
    for word in ("goverment", "teh", "thoughout", "ofthe", ""):
        assert not shipped.known(word), word
    assert shipped.count("the") > shipped.count("telegram") > shipped.count("despatch") > 0
    assert 0 == shipped.count("goverment")
    assert "Washington" in shipped.names
    assert "washington" in shipped.spelt


def test_the_vocabulary_is_written_in_order_and_small() -> None:
    """Classes fall, words of a class rise, no word stands twice; 600 kB at most."""
    data = (files("obelos_rules") / "data" / "vocabulary.txt").read_bytes()
    assert len(data) < 600_000
    sections = [section.split("\n") for section in data.decode("utf-8").split("\n= ")[1:]]
    for what in ("words", "names"):
        classes = [int(head.split()[1]) for head, *_ in sections if head.startswith(what)]
        forms = [form for head, *forms in sections if head.startswith(what) for form in forms]
        assert sorted(classes, reverse=True) == classes
        assert len(set(forms)) == len(forms)
    assert all(sorted(forms) == forms for _, *forms in sections)


def test_counting_a_text_gives_the_same_bytes_each_time_and_leaves_misprints_out(tmp_path: Path) -> None:
    """A long form five times, beside one of its letters but one two thousand times, is its misprint."""
    text = "the goverment\n" * 5 + "the government and a cat of Zanzibar\n" * 2_000 + "a cat, a yacht, a carafe\n" * 3
    (tmp_path / "text.gz").write_bytes(gzip.compress(text.encode("utf-8")))
    written = []
    for name in ("one.txt", "two.txt"):
        command = [sys.executable, "-m", "obelos_rules.vocabulary", "build", "text.gz", name]
        subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
        written.append((tmp_path / name).read_bytes())
    assert written[0] == written[1]
    lines = written[0].decode("utf-8").splitlines()
    assert ["= words 10", "a", "and", "cat", "government", "of", "the"] == lines[lines.index("= words 10") :][:7]
    assert {"yacht", "carafe", "Zanzibar"} <= set(lines)
    assert "goverment" not in lines


WORDS = ("peace", "peach", "piece", "place", "lace", "pace", "police", "palace", "é", "ab", "ba")


@given(st.text(st.sampled_from("peachilo" + "éb"), max_size=8))
def test_trying_every_slip_and_looking_up_halves_come_to_the_same(word: str) -> None:
    """Few questions and many are answered alike: by the words at distance one, exchanges of neighbours included."""
    few, many = Slips(WORDS), Slips(WORDS)
    for other in range(1_000):
        many.of(f"zz{other}")
    assert few.of(word) == many.of(word)
    assert word not in few.of(word)


def test_slips_are_told_apart() -> None:
    """What the keys did."""
    assert "dropped" == slip("goverment", "government")
    assert "doubled" == slip("telegramm", "telegram")
    assert "added" == slip("telegtram", "telegram")
    assert "turned" == slip("teh", "the")
    assert "changed" == slip("rhe", "the")


@pytest.mark.parametrize(
    "word", ["unratified", "decontrols", "stopped", "flies", "homeliness", "guncotton", "reenters"]
)
def test_what_is_made_by_rule_of_a_known_word_is_a_word(word: str) -> None:
    """Endings, beginnings, doubled consonants, compounds."""
    assert formed(word, {"ratify", "control", "stop", "fly", "home", "homely", "gun", "cotton", "enter"})


def test_what_is_not_made_by_rule_is_none() -> None:
    """Two words without their space are no compound; a dropped letter is no ending."""
    known = {"of", "the", "stop", "possible", "with", "stand"}
    assert [] == [word for word in ("ofthe", "stpo", "possiblity", "withthe", "", "a" * 100_000) if formed(word, known)]


# Substitution


def test_a_form_of_the_table_is_flagged_wherever_it_stands() -> None:
    """With its capitals; words in a row as well, but not across a stop or a paragraph."""
    keys = "    words: {teh: the, of of the: of the, thier: [their, there]}"
    text = "Teh end of of the war, TEH END. One of. Of the rest, thier\n\nof of\nthe"
    expected = [("Teh", "The"), ("of of the", "of the"), ("TEH", "THE"), ("thier", "their", "there")]
    assert [*expected, ("of of\nthe", "of the")] == found("substitution", keys, text)


def test_a_table_of_thousands_is_looked_up_and_minds_its_contexts() -> None:
    """``unless`` holds for all entries."""
    entries = ", ".join(f"wrong{number}x: right{number}" for number in range(5_000))
    keys = f"    words: {{{entries}}}\n    unless: [not _]"
    assert [("wrong4999x", "right4999")] == found("substitution", keys, "wrong4999x, not wrong1x")


def test_a_table_that_cannot_be_right_is_refused() -> None:
    """A form that is no word, stands twice, stands for itself, or is missing."""
    assert "“te-h” is not a word, or several words with spaces between them" == refused(
        "substitution", "    words: {te-h: the}"
    )
    assert "“TEH” stands in the table already; capitals make no difference" == refused(
        "substitution", "    words: {teh: the, TEH: THE}"
    )
    assert "“the” is to stand for itself" == refused("substitution", "    words: {the: [then, The]}")
    assert "“words” must give at least one form and what it stands for, as in {teh: the}" == refused(
        "substitution", "    words: {}"
    )


# Lexicon

SLIP = "    what: slip"


def test_an_unknown_word_one_slip_from_a_frequent_one_is_flagged_with_it() -> None:
    """Dropped, doubled, added, turned, changed; also of a word that could be made by rule."""
    text = "the goverment, a telegramm, the admendment, the foregiong, an expenduture, a begining"
    expected = [
        ("goverment", "government"),
        ("telegramm", "telegram"),
        ("admendment", "amendment"),
        ("foregiong", "foregoing"),
        ("expenduture", "expenditure"),
        ("begining", "beginning"),
    ]
    assert expected == found("lexicon", SLIP, text)


@pytest.mark.parametrize(
    "text",
    [
        "The colour of the despatch shews the connexion; he practised at the theatre to-day.",
        "the Goverment and the goverment",
        "the goverment of one and the goverment of another",
        "the govern[e]ment, gove[rn]ment, goverment[s]",
        "the adminis-\ntrtion",
        "the adminstr. of the port",
        "les governemens étrangers, der goverment ist",
        "goverment2 and goverments@example",
        "the gouvernement fédéral",
    ],
)
def test_period_spellings_names_fragments_and_foreign_words_are_left_alone(text: str) -> None:
    """So is a form that recurs: it is the writer's own."""
    assert [] == found("lexicon", SLIP, text)


def test_a_word_before_an_anchor_or_in_parentheses_stands_whole() -> None:
    """The notation of a note does not cut the word before it."""
    text = "the goverment[footnoteRef:1] (of the foregiong) [1:  a proceedding]\n"
    assert ["goverment", "foregiong", "proceedding"] == [quote for quote, *_ in found("lexicon", SLIP, text)]


def test_a_long_word_in_capitals_is_judged_like_any_other() -> None:
    """A short one may be an abbreviation, a code word or a name."""
    text = "REPLY OF THE BRITISH GOVERMENT ON ARMS, ONCONTROL; FROM EMBASY, TELGRAM"
    assert [("GOVERMENT", "GOVERNMENT")] == found("lexicon", SLIP, text)
    assert [("ONCONTROL", "ON CONTROL")] == found("lexicon", "    what: joined", text)


def test_words_run_together_and_words_in_two_are_flagged() -> None:
    """Compounds and words that can stand alone are not."""
    text = "the end ofthe war; itwould be late; a shopwindow, willpower, hereof"
    assert [("ofthe", "of the"), ("itwould", "it would")] == found("lexicon", "    what: joined\n    least: 4", text)
    text = "the govern ment of the negot iations; some times, no where, hostili\n\nties"
    expected = [("govern ment", "government"), ("negot iations", "negotiations")]
    assert expected == found("lexicon", "    what: split\n    least: 2", text)


def test_a_word_in_no_list_is_unknown_unless_the_rule_lists_it() -> None:
    """``known`` adds to the vocabulary; ``least`` and ``most`` say how long words are."""
    text = "the quarblex of a zorp and the miblinat"
    assert [("quarblex",), ("miblinat",)] == found("lexicon", "    what: unknown", text)
    assert [("miblinat",)] == found("lexicon", "    what: unknown\n    known: [Quarblex]", text)
    assert [("zorp",)] == found("lexicon", "    what: unknown\n    least: 3\n    most: 5", text)


def test_an_unknown_word_that_another_search_can_read_is_not_told_twice() -> None:
    """What is run together, or one word in two, has a reading; the bare “unknown” says nothing more."""
    assert [] == found("lexicon", "    what: unknown", "the end ofthe negot iations")
    assert [("ofthe",), ("ofthe",)] == found("lexicon", "    what: unknown", "the end ofthe war and ofthe year")


def test_a_list_of_the_rule_stands_instead_of_the_vocabulary() -> None:
    """With it capitals are looked at as well, and nothing recurs too often."""
    words = "    words: [Immediate, Priority, Routine, Secret]\n    least: 5"
    text = "IMMEDAITE\nPriorty\nSecret\nroutine\nNoted"
    expected = [("IMMEDAITE", "IMMEDIATE"), ("Priorty", "Priority")]
    assert expected == found("lexicon", f"    what: slip\n{words}", text)
    assert ["IMMEDAITE", "Priorty", "Noted"] == [q for q, *_ in found("lexicon", f"    what: unknown\n{words}", text)]
    assert "“words”, a list of the rule’s own, goes with slip and unknown only" == refused(
        "lexicon", f"    what: joined\n{words}"
    )


# Near names


def names(what: str, text: str) -> list[tuple[str, ...]]:
    """What a rule of that sort flags."""
    return found("near-names", f"    what: {what}", text)


def test_a_rare_unknown_name_near_a_frequent_one_is_flagged() -> None:
    """One slip, or two in a long name; the possessive is kept; the message is told how often each stands."""
    text = "Wexlerby spoke. Wexlerby left, and Wexelrby’s clerk. Karabagutan, Karabagutan; Karabuguten."
    assert [("Wexelrby’s", "Wexlerby’s"), ("Karabuguten", "Karabagutan")] == names("unknown", text)
    (first, _) = hits("near-names", "    what: unknown", text)
    assert {"rare": "1", "usual": "2"} == first.values


@pytest.mark.parametrize(
    "text",
    [
        "Drovnia, Drovnia and Drovnia; Drovnian, Drovnians, Drovnia’s",
        "Wexlerby and Wexelrby",
        "Wexlerby, Wexlerby, WEXELRBY",
        "Wexlerby, Wexlerby, wexelrby",
        "Wexlerby, Wexlerby, Wexlerby, Tellerby",
        "Zelinist and Zelinist; Zelinism",
        "The Dresner, the Dresner, Dressers",
    ],
)
def test_inflected_forms_capitals_and_other_names_are_left_alone(text: str) -> None:
    """Nor is a name flagged beside one that is not twice as frequent."""
    assert [] == names("unknown", text)


def test_two_known_names_nearly_alike_are_told_apart_from_unknown_ones() -> None:
    """*Byrne* beside *Byrnes* where both are persons; not two that everybody knows."""
    text = "Mr. Byrnes came. Mr. Byrnes spoke to Mr. Byrne."
    assert [("Byrne", "Byrnes")] == names("known", text)
    assert [] == names("unknown", text)
    assert [] == names("known", "He left London. London said that Lyndon Johnson was in London.")
    assert [] == names("known", "the Byrnes party, the Byrnes party and Byrne")


def test_a_long_name_one_slip_from_a_well_known_one_is_flagged_if_it_stands_alone() -> None:
    """Not if the document has the other, if it recurs, or if it is a surname after a given name."""
    assert [("Wasington", "Washington"), ("Goverment", "Government")] == names(
        "listed", "From Wasington. The Soviet Goverment has not replied."
    )
    assert [] == names("listed", "Wasington, as they of Wasington say. McMillan and Sir Arthur Snelling.")


def test_other_initials_of_a_name_are_flagged() -> None:
    """Once beside more often, one of as many initials differing."""
    text = "W. B. Wexlerby, W. B. Wexlerby, W. R. Wexlerby, W. Wexlerby; J.C. Hallamby, J.G. Hallamby"
    assert [("W. R.", "W. B.")] == names("initials", text)


# Layer

PLACES = "    forms: {Xinjiang: [Sinkiang, Sin Kiang], Zambia: {for: Northern Rhodesia, before: 1964}}"


def test_a_form_of_another_layer_is_flagged_in_the_layers_named() -> None:
    """Without a year of its own whatever the document's; in capitals as well, but not as a part of a word."""
    keys = PLACES + "\n    layers: [heading, body]"
    keys = keys.replace("\n    layers: [heading, body]", "")
    text = "XINJIANG and Xinjiang’s roads; Xinjiangs. Zambia"
    expected = [("XINJIANG", "SINKIANG", "SIN KIANG"), ("Xinjiang", "Sinkiang", "Sin Kiang")]
    assert expected == found("layer", keys, text)


def dated(date: str, text: str) -> Reading:
    """A text whose details give a date."""
    return Reading(read_layers(text), details=Details(date=date))


def test_the_year_of_a_form_is_compared_with_that_of_the_document() -> None:
    """By its details, else by its heading; where no year is known nothing is said."""
    zambia = [("Zambia", "Northern Rhodesia")]
    assert zambia == found("layer", PLACES, dated("1957-03-05", "In Zambia."))
    assert [] == found("layer", PLACES, dated("1964", "In Zambia."))
    assert zambia == found("layer", PLACES, "No. 7\n5th March, 1957\n\nIn Zambia.")
    assert [] == found("layer", PLACES, "No. 7\n5th March, 1967\n\nIn Zambia.")
    assert [] == found("layer", PLACES, "In Zambia.")


def test_before_and_after_of_the_rule_hold_for_forms_without_their_own() -> None:
    """``after`` flags an old name in a later document."""
    keys = "    forms: {Ceylon: Sri Lanka, Siam: {for: Thailand, after: 1939}}\n    after: 1972"
    assert [("Ceylon", "Sri Lanka"), ("Siam", "Thailand")] == found("layer", keys, dated("1980", "Ceylon, Siam"))
    assert [("Siam", "Thailand")] == found("layer", keys, dated("1950", "Ceylon, Siam"))


def test_forms_that_cannot_be_right_are_refused() -> None:
    """None at all, one that stands for itself, one that is no word."""
    assert "“forms” must give at least one form and what stood there, as in {Xinjiang: [Sinkiang]}" == refused(
        "layer", "    forms: {}"
    )
    assert "“Peking” is to stand for itself" == refused("layer", "    forms: {Peking: [Beijing, Peking]}")
    assert "“-x” does not begin with a letter or figure" == refused("layer", '    forms: {"-x": y}')


# All of them


def test_period_and_modern_names_of_the_sample_are_both_right() -> None:
    """*Sin Kiang* in the body and *Xinjiang* in the notes are left alone by all these kinds."""
    keys = [
        *(("lexicon", f"    what: {what}") for what in ("slip", "joined", "split", "unknown")),
        *(("near-names", f"    what: {what}") for what in ("unknown", "known", "listed", "initials")),
    ]
    quotes = {quote for kind, key in keys for quote, *_ in found(kind, key, SAMPLE)}
    assert [] == [quote for quote in quotes if quote in ("Sin", "Kiang", "Xinjiang", "Sin Kiang")]


@pytest.mark.parametrize("kind", ["substitution", "lexicon", "near-names", "layer"])
def test_kinds_that_judge_spelling_yield_to_the_list_of_the_edition(kind: str) -> None:
    """They say so, and what they are for."""
    assert SHIPPED[kind].yields
    assert SHIPPED[kind].about


PIECES = [
    "goverment ",
    "Wexlerby ",
    "Wexelrby ",
    "W. B. ",
    "of",
    "the",
    " ",
    "\n\n",
    "\0",
    "[",
    "]",
    ".",
    "-",
    "é",
    "İ",
    "’s ",
]


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_any_text_is_looked_at_without_a_failure(text: str) -> None:
    """What is flagged lies in the text and is not empty."""
    reading = read(text)
    for kind, what in (
        *(("lexicon", what) for what in ("slip", "joined", "split", "unknown")),
        *(("near-names", what) for what in ("unknown", "known", "listed", "initials")),
    ):
        for hit in hits(kind, f"    what: {what}", reading):
            assert 0 <= hit.start < hit.end <= len(text)


@pytest.mark.parametrize(
    "text",
    [
        "a" * 200_000,
        "A" + "a" * 200_000,
        " ".join(f"Abcd{number:05}".translate(str.maketrans("0123456789", "efghijklmn")) for number in range(20_000)),
        "Wexlerby Wexelrby " * 10_000,
        "A." * 100_000 + " Wexlerby" * 5,
    ],
    ids=["letters", "name", "names alike", "two names", "initials"],
)
def test_texts_made_to_be_slow_are_read_to_their_end(text: str) -> None:
    """Names alike by the ten thousand, and words without an end."""
    for what in ("slip", "joined", "unknown"):
        assert [] == [hit for hit in hits("lexicon", f"    what: {what}", text) if hit.end > len(text)]
    for what in ("unknown", "known", "listed", "initials"):
        assert [] == [hit for hit in hits("near-names", f"    what: {what}", text) if hit.end > len(text)]
