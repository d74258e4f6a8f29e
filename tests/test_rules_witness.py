"""Rules on places where witnesses differ. All texts are made up."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from obelos_rules import Finding, check, load_rules, read_pack, shipped_packs
from obelos_rules.batch import Batch, Task
from obelos_rules.kept import key_of
from obelos_rules.reading import Reading
from obelos_rules.recipe import Recipe
from obelos_rules.witnessed import places_of
from obelos_transcripts import BadInput, read_layers
from obelos_transcripts.details import Details
from obelos_transcripts.normal_forms import Lists

RULES = [rule for rule in load_rules(shipped_packs()) if rule.kind == "witness"]
TEXT = "The fleet will leave the harbour at nine on Monday, if the weather holds."


def found(text: str, **witnesses: str) -> list[Finding]:
    """Findings of every level."""
    return check(text, RULES, level="possible", witnesses=witnesses)


def told(text: str, **witnesses: str) -> list[tuple[str, str, tuple[str, ...]]]:
    """(code, quote, suggestions) of the findings of every level."""
    return [(one.code, one.found, one.suggestions) for one in found(text, **witnesses)]


def test_a_text_without_other_witnesses_has_no_such_findings() -> None:
    """Nor has one whose witnesses read the same."""
    assert [] == told(TEXT)
    assert [] == told(TEXT, B=TEXT, C=TEXT)


def test_what_a_witness_reads_is_suggested_and_its_siglum_named() -> None:
    """The span is the word that differs."""
    (one,) = found(TEXT, B=TEXT.replace("nine", "five"))
    assert ("WI301", "likely", "nine", ("five",)) == (one.code, one.level, one.found, one.suggestions)
    assert "B reads “five” where “nine” stands" == one.message


def test_several_witnesses_at_one_place_are_one_finding_with_their_readings() -> None:
    """The reading of two stands before the reading of one."""
    others = {"B": "five", "C": "ten", "D": "ten"}
    (one,) = found(TEXT, **{siglum: TEXT.replace("nine", word) for siglum, word in others.items()})
    assert ("ten", "five") == one.suggestions
    assert "C and D read “ten”, B reads “five” where “nine” stands" == one.message


@pytest.mark.parametrize(
    ("readings", "first"),
    [
        (("harbuor", "station"), "station"),
        (("hautboy", "house"), "house"),
        (("seaport", "seaport town"), "seaport"),
        (("quay", "quay"), "quay"),
    ],
    ids=["a known word before an unknown one", "a commoner word first", "else by the sigla", "agreement"],
)
def test_the_likelier_reading_comes_first(readings: tuple[str, str], first: str) -> None:
    """Of one witness each, so that only the words can tell."""
    b, c = (TEXT.replace("harbour", word) for word in readings)
    assert first == found(TEXT, B=b, C=c)[0].suggestions[0]


def test_what_is_left_out_or_put_in_is_told_with_the_words_beside_it() -> None:
    """So that there is something to see, and something to replace."""
    shorter, longer = TEXT.replace("will ", ""), TEXT.replace("leave the", "leave the old")
    assert [("WI301", "fleet will leave", ("fleet leave",))] == told(TEXT, B=shorter)
    assert [("WI301", "the harbour", ("the old harbour",))] == told(TEXT, B=longer)
    assert [("WI301", "holds", ("holds now",))] == told(TEXT, B=TEXT.replace("holds", "holds now"))
    assert [("WI301", "The", ("Then the",))] == told(TEXT, B=TEXT.replace("The", "Then the"))


def test_places_that_touch_in_some_witness_are_one_place() -> None:
    """B exchanges one word, C three: both readings are of the three."""
    b, c = TEXT.replace("nine", "five"), TEXT.replace("nine on Monday", "dawn of Tuesday")
    (one,) = found(TEXT, B=b, C=c)
    assert ("nine on Monday", ("five on Monday", "dawn of Tuesday")) == (one.found, one.suggestions)


def test_a_place_belongs_to_its_gravest_class() -> None:
    """B spells the word otherwise, C reads another: one finding, with both."""
    b, c = TEXT.replace("harbour", "harbor"), TEXT.replace("harbour", "station")
    assert [("WI302", "harbour", ("harbor",))] == told(TEXT, B=b)
    assert [("WI301", "harbour", ("station", "harbor"))] == [
        (code, quote, tuple(sorted(readings, reverse=True))) for code, quote, readings in told(TEXT, B=b, C=c)
    ]


@pytest.mark.parametrize(
    ("witness", "code"),
    [
        (TEXT.replace("harbour", "harbor"), "WI302"),
        (TEXT.replace("weather", "wea-ther"), "WI302"),
        (TEXT.replace("fleet", "Fleet"), "WI303"),
        (TEXT.replace("Monday,", "Monday"), "WI303"),
        (TEXT.replace("fleet will", "fleet  will"), "WI303"),
    ],
)
def test_the_class_of_a_difference_decides_on_the_rule(witness: str, code: str) -> None:
    """Spelling and division; capitals, points and spaces. None of them is reported unless asked for."""
    assert [code] == [one.code for one in found(TEXT, B=witness)]
    assert [] == check(TEXT, RULES, witnesses={"B": witness})


def test_what_the_edition_takes_for_one_word_is_no_other_word() -> None:
    """A list of its own, under ``variants`` in edition.yaml."""
    b = TEXT.replace("fleet", "squadron")
    forms = Lists(words=(("fleet", "squadron"),))
    (one,) = check(TEXT, RULES, level="possible", witnesses={"B": b}, forms=forms)
    assert ["WI301"] == [one.code for one in found(TEXT, B=b)]
    assert "WI302" == one.code


def test_lines_of_another_length_are_no_difference() -> None:
    """Where the lines end, how far they are set in, what trails behind them."""
    assert [] == told(TEXT, B=TEXT.replace("the harbour", "the\n    harbour").replace("if ", "if \n") + "  \n")


def test_brackets_of_an_editor_are_no_reading() -> None:
    """Neither in the text nor in a witness."""
    assert [] == told(TEXT, B=TEXT.replace("nine", "[illegible]"))
    assert [] == told(TEXT, B=TEXT.replace("fleet", "fleet [sic]"))
    assert [] == told(TEXT.replace("fleet", "fleet [sic]"), B=TEXT)
    assert [] == told(TEXT.replace("nine", "[one word illegible]"), B=TEXT)


def test_a_witness_that_is_another_text_gives_nothing() -> None:
    """Less than half of the words in common; a text in capitals throughout is not another one."""
    other = "Compare the photograph in the second folder before any of this is published at all."
    assert [] == told(TEXT, B=other)
    assert [("WI301", "nine", ("five",))] == told(TEXT, B=other, C=TEXT.replace("nine", "five"))
    assert {"WI303"} == {one.code for one in found(TEXT, B=TEXT.upper())}


def test_notes_are_compared_as_notes() -> None:
    """The layer of the finding is that of its place."""
    text = TEXT + "[footnoteRef:1] So he wrote. [1:  Held in the archive of the port.]\n"
    (one,) = found(text, B=text.replace("Held", "Kept"))
    assert ("note", "Held") == (one.layer, one.found)


def test_a_long_passage_is_shortened_in_the_message_only() -> None:
    """The finding quotes it whole."""
    more = " ".join(f"and the boat number {number}" for number in range(12))
    before, after = " ".join([TEXT] * 5), f"went too. {TEXT}"
    (one,) = found(f"{before} {more} {after}", B=f"{before} {after}")
    assert more in one.found
    assert len(one.message) < 240


_TOKENS = st.sampled_from(
    ["the", "fleet", "left", "No.", "12", "of", "Port", "port", "north-east", "ꞌ", "e\u0301", "𝔄"]
)
_PROSE = st.lists(_TOKENS, max_size=14).map(" ".join)


@settings(max_examples=150)
@given(_PROSE, _PROSE)
def test_the_suggestions_taken_are_the_witness_letter_for_letter(text: str, other: str) -> None:
    """Of one witness that shares enough with the text; white space at either end is no difference."""
    places = places_of(Reading(read_layers(text), witnesses={"B": other}))
    made = text
    for place in reversed(places):
        made = made[: place.span.start] + place.readings[0].text + made[place.span.end :]
    assert not places or other.strip() == made.strip()
    assert [] == [place for place in places if place.readings[0].text == text[slice(*place.span)]]


@settings(max_examples=100)
@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_any_texts_can_be_witnesses(text: str, b: str, c: str) -> None:
    """Findings lie inside the text, quote it, and come in order."""
    findings = check(text, RULES, level="possible", witnesses={"B": b, "C": c})
    assert [one.found for one in findings] == [text[one.start : one.end] for one in findings]
    assert all(0 <= one.start < one.end <= len(text) for one in findings)
    assert all(one.found not in one.suggestions for one in findings)


@settings(max_examples=100)
@given(_PROSE, _PROSE, _PROSE)
def test_each_reading_of_a_place_is_that_of_its_witnesses(text: str, b: str, c: str) -> None:
    """Two witnesses at once: what is suggested at a place stands in the witness that is named."""
    witnesses = {"B": b, "C": c}
    for place in places_of(Reading(read_layers(text), witnesses=witnesses)):
        assert all(one.text in witnesses[siglum] for one in place.readings for siglum in one.sigla)


def test_a_batch_gives_each_text_its_witnesses() -> None:
    """What `check` finds in one text."""
    b = TEXT.replace("nine", "five")
    ((_, alone), (_, compared)) = Batch(Recipe(("core",)), processes=1).run(
        [Task(1, TEXT), Task(2, TEXT, witnesses={"B": b})]
    )
    assert ([], ["WI301"]) == ([one.code for one in alone], [one.code for one in compared])


def test_a_witness_that_changed_is_compared_again() -> None:
    """Siglum and text of each are part of the key of what is kept."""
    witnesses: list[dict[str, str]] = [{}, {"B": "x"}, {"C": "x"}, {"B": "y"}, {"B": "x", "C": "x"}]
    assert 5 == len({key_of(b"", b"text", "name", Details(), one) for one in witnesses})


HOUSE = """\
rules:
  - code: ABC-WI101
    name: made-up
    kind: witness
    classes: CLASSES
    level: likely
    message: "{sigla}"
    why: A made-up rule of a test.
    authority: made up for a test
    examples:
      flag: [{text: "a ship for sail in port", at: sail, suggest: sale, witnesses: WITNESSES}]
      pass: ["a ship for sail in port"]
"""


@pytest.mark.parametrize(
    ("classes", "witnesses", "problem"),
    [
        ("[]", "{B: a ship for sale in port}", "“classes” must name one class or more"),
        ("[words]", "{B: a ship for sale in port}", "“words”"),
        ("[substantive]", "a ship for sale in port", "a mapping was expected"),
        ("[substantive]", "{B: [a ship]}", "a text was expected"),
    ],
)
def test_a_rule_says_which_classes_and_its_examples_which_witnesses(classes: str, witnesses: str, problem: str) -> None:
    """What is wrong with them is refused with its line."""
    rule = HOUSE.replace("CLASSES", classes).replace("WITNESSES", witnesses)
    with pytest.raises(BadInput, match=r"house\.yaml") as refusal:
        read_pack(rule, "house.yaml", "house")
    assert problem in str(refusal.value)
