"""Patterns of strangers: they end, they cost what the text costs, and what is odd about them is said (H01 to H05)."""

import re

import pytest

from obelos_rules import Finding, check, read_pack
from obelos_rules.patterns import LONGEST, REACH, Pattern, PatternSet, doubts
from obelos_transcripts import BadInput

EVIL = ["(a+)+$", r"^(\w+\s?)*$", r"\s+$", ".*.*=.*;", r"(\w+-)*\w+\.", "(a|aa)+$", r"(\w*)*\."]
LARGE = ["a" * 100_000, " " * 100_000, "=" * 100_000, "a-" * 50_000, "a " * 50_000, "é" * 100_000]


def house(pattern: str, more: str = "") -> str:
    """A made-up rule file with that pattern."""
    return f"""\
rules:
  - code: HSE-PA101
    name: made-up
    kind: pattern
    level: likely
    message: "{{found}}"
    why: made up for a test
    authority: none
    pattern: '{pattern}'
{more}
    examples: {{flag: [{{text: x, at: x}}], pass: [y]}}
"""


def found(pattern: str, text: str, more: str = "") -> list[Finding]:
    """Findings of a rule with that pattern."""
    return check(text, read_pack(house(pattern, more), "house.yaml", "house"))


def refusal(pattern: str, more: str = "") -> str:
    """What is said about a rule with that pattern."""
    with pytest.raises(BadInput) as caught:
        read_pack(house(pattern, more), "house.yaml", "house")
    return str(caught.value)


def spans(pattern: str, text: str) -> list[tuple[int, int] | None]:
    """Spans of all matches."""
    return [match.spans[0] for match in Pattern(pattern).each(text)]


@pytest.mark.parametrize("evil", EVIL)
def test_h01_an_evil_pattern_comes_to_an_end(evil: str) -> None:
    """What stops a backtracking engine for hours, or reads to the end for every match, is done on 100,000 signs.

    No process of its own and no deadline is needed (H02): RE2 does not backtrack, so a pattern cannot hold the
    interpreter for longer than a text of that length takes, and a match reads no farther than a window.
    """
    for text in LARGE:
        assert all(match.text is text for match in Pattern(evil).each(text))


def test_h01_a_pattern_reads_no_farther_than_a_window_for_each_match() -> None:
    """RE2 would look for the far end anew from every match: a hundred thousand times to the end of the text."""
    text = "a" * 100_000
    assert len(text) == len(spans("a[^b]*b|a", text))


def test_h03_a_pattern_has_a_length() -> None:
    """Two thousand bytes say all that a rule has to say; the message does not repeat them."""
    assert [(0, 2000)] == spans("a" * 2000, "a" * 2000)
    said = refusal("a" * (LONGEST + 1))
    assert f"is not a pattern (longer than {LONGEST} bytes)" in said
    assert len(said) < 300


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("x{1000}{1000}", "bad repetition operator: {1000}{1000}"),
        ("(?:x{100}){100}", "invalid repetition size: {100}"),
        ("(?:[^x]{1000}){1000}", "invalid repetition size: {1000}"),
        (r"\pL{1000}", "pattern too large - compile failed"),
    ],
)
def test_h03_a_pattern_that_would_fill_the_memory_is_refused(pattern: str, expected: str) -> None:
    """A few signs could ask for a machine of a million states."""
    assert refusal(pattern).startswith(f"house.yaml:9: “{pattern}” is not a pattern ({expected})")


def test_h03_an_empty_match_flags_nothing() -> None:
    """A pattern that could match nothing somewhere still flags only what stands there."""
    assert [] == spans(r"\b|$", "one two")
    assert ["x", "x"] == [one.found for one in found(r"\bx|\b", "x y x")]


def test_h03_a_match_goes_on_over_line_ends() -> None:
    """White space in a pattern is also a line end; the suggestion is put in for all of it."""
    (one,) = found(r"per\s+cent", "two per\ncent", "    suggest: percent")
    assert ("per\ncent", ("percent",)) == (one.found, one.suggestions)


@pytest.mark.parametrize(
    ("pattern", "more"), [("(x)", "    suggest: '{9}'"), ("x", "    suggest: '{1}'"), ("x", "    mark: 9")]
)
def test_h03_a_part_that_is_not_there_is_refused_at_load(pattern: str, more: str) -> None:
    """No text has to be read to see that a template names a part that no pattern has."""
    assert "names part" in refusal(pattern, more)


def test_h03_signs_of_other_template_languages_are_text() -> None:
    """A suggestion knows {0} to {9} and nothing else; what a part says is not read again."""
    (one,) = found("(x)", "x {0}", r"    suggest: '\g<9> \1 $1 %s {name} {1}'")
    assert (r"\g<9> \1 $1 %s {name} x",) == one.suggestions
    (other,) = found(r"x (\S+)", "x {0}", "    suggest: '{1}'")
    assert ("{0}",) == other.suggestions


def test_h03_a_match_longer_than_its_reach_hides_no_other() -> None:
    """What is too long to be a finding is passed over; what comes after is found."""
    long = "a" * (20 * REACH)
    assert [(len(long) + 1, len(long) + 3)] == spans("a+b", f"{long} ab")
    assert [(0, REACH)] == spans("a+", "a" * REACH)


def test_h03_matches_are_the_same_wherever_they_stand_in_a_long_text() -> None:
    """No match is lost or made at the edge of a window, and what stands around it still counts."""
    piece = "x one, ône two. one"
    text = piece * 4000
    expected = [(m.start(), m.end()) for m in re.finditer(r"\bone\b(?! t)", text)]
    assert expected == spans(r"\bone\b", text)
    assert [(len(text) - 3, len(text))] == spans("one$", text)
    assert [(0, 1)] == spans("^x", text)


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("(?i)s", "ſ", ["ſ"]),  # long s folds to s
        ("(?i)k", "\u212a", ["\u212a"]),  # and the Kelvin sign to k
        ("(?i)i", "İ", []),  # a dotted capital I does not: it would be two letters
        ("(?i)ß", "ẞ SS", ["ẞ"]),  # nor does ß become two
        ("(?i)straße", "STRAßE", ["STRAßE"]),
        ("fi", "ﬁeld", []),  # a ligature is a letter of its own
        (r"\pL+", "ﬁeld þing", ["ﬁeld", "þing"]),
        (r"\pL+", "cafe\u0301 bar", ["cafe", "bar"]),  # a combining accent is a mark, not a letter
        (r"[\pL\pM]+", "cafe\u0301 bar", ["cafe\u0301", "bar"]),
        ("é", "e\u0301", []),  # composed and decomposed are different texts; Obelos does not normalise
        (r"\w+", "naïve", ["na", "ve"]),  # \w knows ASCII letters only, as the manual says
        (".", "👩\u200d👩", ["👩", "\u200d", "👩"]),
    ],
)
def test_h04_letters_are_what_the_manual_says(pattern: str, text: str, expected: list[str]) -> None:
    """Long s, dotted I, sharp s, ligatures, thorn, combining accents: positions stay code points of the text."""
    assert expected == [match.group(0) for match in Pattern(pattern).each(text)]


def test_h04_half_a_surrogate_pair_is_text_like_any_other() -> None:
    """No file can hold one; a text that comes from elsewhere may."""
    assert [(2, 3)] == spans("b", "a\ud800b")
    assert Pattern("b").whole("\ud800") is False


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("(a+)+b", ["a repeat stands within a repeat"]),
        (r"\s+$", ["it ends with a repeat before the end of the text", "it begins with a repeat of anything"]),
        ("^The", ["^ and $ mean the beginning and the end of the whole text"]),
        ("the$", ["^ and $ mean the beginning and the end of the whole text"]),
        (".*bane", ["it begins with a repeat of anything"]),
        (r"\bcafé\b", ["\\b and \\w know ASCII letters only"]),
    ],
)
def test_h05_a_doubtful_pattern_is_named_and_still_taken(pattern: str, expected: list[str]) -> None:
    """A warning says what the author may not have meant; it is no refusal."""
    said = doubts(pattern)
    assert len(expected) == len(said)
    assert all(one.startswith(start) for one, start in zip(said, expected, strict=True))
    assert Pattern(pattern)


@pytest.mark.parametrize(
    "pattern", [r"\bNos?\. \d+", "(?m)^The", "(?:a|b)+c", r"\$5", "[a^$]b", r"(\d{1,3}){2}", r"cost \\\$", "café"]
)
def test_h05_an_ordinary_pattern_raises_no_doubt(pattern: str) -> None:
    """A warning that cries wolf is not read."""
    assert [] == doubts(pattern)


def test_h03_a_rule_reports_ten_thousand_hits_in_a_text_and_says_that_there_are_more() -> None:
    """A pattern that is met everywhere fills neither the memory nor the list."""
    findings = found("x", "x " * 20_000)
    assert 10_000 == len(findings)
    assert "x" == findings[0].message
    assert "x (the rule is met more often; the rest is not listed)" == findings[-1].message
    assert 10_000 == len(found("x", "x " * 10_000))


def test_h03_patterns_too_large_to_be_looked_for_together_are_looked_for_one_by_one() -> None:
    """A house pack of monstrous patterns neither fails nor hides what those of other packs find."""
    usual = [Pattern(source) for source in ("foo", "ba+r", "qu+x", "y.y", "needle")]
    monsters = [Pattern(f"(?s)(?:.{{1000}}|z){number:04}") for number in range(200)]
    text = "foo and a needle, z0199 "
    for patterns in ([*usual, *monsters], [*monsters, *usual]):
        together = PatternSet(patterns)
        together.ENOUGH = 0
        found = [patterns[place] for place in together.found_in(text) if any(patterns[place].each(text))]
        assert {"foo", "needle", monsters[-1].source} == {one.source for one in found}
