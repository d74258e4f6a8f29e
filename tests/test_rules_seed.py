"""The sample telegram: what is flagged in it at the default level, and what is left alone."""

from importlib.resources import files

from obelos_rules import Finding, check, load_rules, shipped_packs

TEXT = (files("obelos_tui") / "sample" / "base.txt").read_bytes().decode("utf-8")
RULES = load_rules([pack for pack in shipped_packs() if pack != "context"])
"""Curated rules. What the model doubts in the sample is told apart, below: it changes with the model."""
FINDINGS = check(TEXT, RULES, name="telegram-456")

EXPECTED = [
    ("EN101", "495, 494, and 495", "Nos. "),
    ("CS101", "J.I.C", "general terms of "),
    ("SP103", "No.495", "in your telegram "),
    ("SP102", "  ", "shipped back to Japan."),
    ("CF101", "bane", "either as a "),
    ("CF107", "stability", "show no signs of "),
    ("DT103", "06/06/1945", "Bedell Smith to Byrnes, "),
    ("CH101", "ꞌ", "Gasanli Dzh. Sin"),
    ("SP103", "No.494", "in your telegram "),
    ("CF102", "the", "“belt” which would "),
    ("CF105", "pre-Russian", "eventual shape of "),
    ("CF108", "form of event", "depends on "),
]


def finding(code: str, found: str) -> Finding:
    """The one finding of a rule with that quote."""
    (one,) = (f for f in FINDINGS if f.code == code and f.found == found)
    return one


def test_the_suspects_of_the_sample_are_flagged_and_nothing_else() -> None:
    """Twelve findings, each at its place."""
    assert [(code, found) for code, found, _ in EXPECTED] == [(f.code, f.found) for f in FINDINGS]
    for one, (_, _, before) in zip(FINDINGS, EXPECTED, strict=True):
        assert before == TEXT[one.start - len(before) : one.start]


def test_the_quote_of_a_finding_stands_at_its_span() -> None:
    """Positions count code points of the text as it was given."""
    assert [f.found for f in FINDINGS] == [TEXT[f.start : f.end] for f in FINDINGS]


def test_the_readings_that_the_sense_asks_for_are_suggested() -> None:
    """Each suspect that has a likely reading offers it."""
    assert ("base",) == finding("CF101", "bane").suggestions
    assert ("then",) == finding("CF102", "the").suggestions
    assert ("pro-Russian",) == finding("CF105", "pre-Russian").suggestions
    assert ("ability",) == finding("CF107", "stability").suggestions
    assert ("course of events",) == finding("CF108", "form of event").suggestions
    assert ("J.I.C.",) == finding("CS101", "J.I.C").suggestions
    assert ("No. 495",) == finding("SP103", "No.495").suggestions
    assert ("06/06/1946",) == finding("DT103", "06/06/1945").suggestions
    assert ("ʹ", "’") == finding("CH101", "ꞌ").suggestions


def test_what_is_right_in_the_sample_is_left_alone() -> None:
    """Period names, modern names in the notes, the editor's own brackets and British spelling are no errors."""
    for quote in ("Sin Kiang", "Xinjiang", "[1.]", "summarised", "Chungking", "paragraph 4 above", "emphasized"):
        at = TEXT.find(quote)
        while at >= 0:
            assert [] == [f.code for f in FINDINGS if f.start < at + len(quote) and at < f.end]
            at = TEXT.find(quote, at + 1)


def test_the_layer_of_a_finding_is_that_of_its_place() -> None:
    """A finding in a note says so."""
    assert "note" == finding("DT103", "06/06/1945").layer
    assert "body" == finding("CF101", "bane").layer


def test_a_corrected_text_is_no_longer_flagged_there() -> None:
    """With every first suggestion taken, only what has none is left."""
    text = TEXT
    for one in reversed(FINDINGS):
        if one.suggestions:
            text = text[: one.start] + one.suggestions[0] + text[one.end :]
    assert [("EN101", "495, 494, and 495")] == [(f.code, f.found) for f in check(text, RULES)]


def test_the_model_doubts_a_few_more_places_of_the_sample_and_one_of_them_is_a_known_one() -> None:
    """*would the run*: the curated rule says *then*, the model that *the* cannot be right."""
    found = check(TEXT, load_rules(["context"]), name="telegram-456")
    at = TEXT.index("the run", TEXT.index("which would the run"))
    assert any(one.start <= at < one.end for one in found)
    assert len(found) <= 10
