"""Rules that look across the documents of an edition, on an edition of five telegrams that is made up."""

import json

from obelos_rules import load_rules, shipped_packs
from obelos_rules.engine import check
from obelos_rules.model import Hit
from obelos_rules.reading import Reading, read
from obelos_rules.series import Facts, check_series, facts_of
from obelos_transcripts import read_layers
from obelos_transcripts.details import Details

RULES = [rule for rule in load_rules(shipped_packs()) if rule.kind == "series"]


def telegram(number: int, day: str, body: str, way: str = "SOFIA TO FOREIGN OFFICE") -> str:
    """A made-up telegram."""
    return f"FROM {way}\nNo. {number}\n{day}\n\n{body}\n"


EDITION = {
    "sofia-31": telegram(31, "3rd June, 1947", "The Minister will not sign."),
    "sofia-32": telegram(32, "4th June, 1947", "My telegram No. 31 of 3rd June. He has signed."),
    "london-12": telegram(12, "5th June, 1947", "Your telegram No. 32.", "FOREIGN OFFICE TO SOFIA"),
    "sofia-33": telegram(33, "7th June, 1947", "Your telegram No. 12 of 5th June. Done."),
    "sofia-34": telegram(34, "9th June, 1947", "My telegram No. 33. All is quiet."),
}


def findings(**changed: str) -> list[tuple[str, str, str]]:
    """(document, code, quote) for the edition, in which some documents are replaced or added."""
    texts = EDITION | {name.replace("_", "-"): text for name, text in changed.items()}
    entries = [(name, facts_of(read(text, name))) for name, text in texts.items()]
    return [(name, rule.code, texts[name][hit.start : hit.end]) for name, hit, rule in check_series(entries, RULES)]


def test_an_edition_that_adds_up_gives_nothing_to_flag() -> None:
    """Numbers, dates and references of the five telegrams agree."""
    assert [] == findings()


def test_a_document_that_was_entered_twice_is_found() -> None:
    """The second of the two, by name, is flagged."""
    assert [("sofia-32b", "SE401", "32")] == findings(**{"sofia-32b": EDITION["sofia-32"]})


def test_a_small_gap_in_the_numbers_is_found() -> None:
    """A gap of twenty is a selection, not a loss."""
    assert ("sofia-36", "SE402", "36") in findings(sofia_36=telegram(36, "11th June, 1947", "Nothing new."))
    assert [] == findings(sofia_56=telegram(56, "30th June, 1947", "Nothing new."))


def test_numbers_and_dates_rise_together() -> None:
    """The higher number is flagged where its date is the earlier one."""
    assert ("sofia-34", "SE403", "34") in findings(sofia_34=telegram(34, "6th June, 1947", "All is quiet."))


def test_a_citation_is_compared_with_the_document_that_it_cites() -> None:
    """The date cited is not the one that the telegram bears."""
    changed = telegram(33, "7th June, 1947", "Your telegram No. 12 of 2nd June. Done.")
    assert [("sofia-33", "SE404", "12")] == findings(sofia_33=changed)


def test_an_answer_is_not_older_than_what_it_answers() -> None:
    """No date is cited, but the telegram of that number is of the edition."""
    changed = telegram(12, "1st June, 1947", "Your telegram No. 32.", "FOREIGN OFFICE TO SOFIA")
    assert ("london-12", "SE405", "32") in findings(london_12=changed)


def test_the_order_in_which_documents_are_given_does_not_matter() -> None:
    """The same findings from any order."""
    texts = EDITION | {"sofia-34": telegram(34, "6th June, 1947", "Your telegram No. 12 of 2nd June.")}
    entries = [(name, facts_of(read(text, name))) for name, text in texts.items()]

    def told(found: list[tuple[str, Hit, object]]) -> list[tuple[str, int, int]]:
        return [(name, hit.start, hit.end) for name, hit, _ in found]

    assert told(list(check_series(entries, RULES))) == told(list(check_series(entries[::-1], RULES)))


def test_facts_come_back_from_json_as_they_were() -> None:
    """They are kept between two runs."""
    for name, text in EDITION.items():
        facts = facts_of(read(text, name))
        assert facts == Facts.of_json(json.loads(json.dumps(facts.as_json())))


def test_document_yaml_supplies_what_the_heading_does_not_say() -> None:
    """A text without heading, described beside it."""
    details = Details(number="7", date="5 May 1948", sender="The Minister in Oslo", recipient="Mr Bevin")
    facts = facts_of(Reading(read_layers("The Minister will not sign."), details=details))
    assert ("7", "1948-05-05", "minister in oslo", "mr bevin") == (
        facts.number,
        facts.date,
        facts.sender,
        facts.recipient,
    )


def test_a_single_document_is_no_series() -> None:
    """`check` alone finds nothing with these rules."""
    assert [] == [one.code for text in EDITION.values() for one in check(text, RULES, level="possible")]


def test_odd_documents_do_no_harm() -> None:
    """No heading, no number, no text, figures of other scripts."""
    texts = ["", "\f", "No. ٣\n٣ May ١٩٤٦", "No. 5\n31 June 1946\n", "FROM  TO \nNo. 1\n1 May 1900\n"]
    entries = [(str(number), facts_of(read(text))) for number, text in enumerate(texts)]
    assert [] == check_series(entries, RULES)
