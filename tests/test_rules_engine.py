"""The check asks many rules at once; it finds what each rule finds by itself."""

from hypothesis import given, settings
from hypothesis import strategies as st

from obelos_rules import Checker, Finding, check, load_rules, read_pack, shipped_packs
from obelos_rules import engine as engine_module
from obelos_rules.anchors import Anchor, best_anchor
from obelos_rules.patterns import Pattern, PatternSet
from obelos_rules.reading import read
from obelos_transcripts import LAYERS

RULES = load_rules(shipped_packs())
EXAMPLES = [example.text for rule in RULES for example in (*rule.flag, *rule.passing)]

MADE_UP = """\
rules:
  - code: ABC-CF101
    name: sail-for-sale
    kind: confusable
    level: likely
    message: "“{found}”?"
    why: One letter was taken for another in a made-up rule.
    authority: this test
    words: {sail: sale}
    examples:
      flag: [{text: "a sail", at: sail}]
      pass: ["a sale"]
"""


def spans(findings: list[Finding]) -> set[tuple[str, int, int]]:
    """What was flagged by which rule."""
    return {(finding.code, finding.start, finding.end) for finding in findings}


@settings(max_examples=60)
@given(st.lists(st.sampled_from(EXAMPLES), min_size=1, max_size=8).map("\n".join))
def test_all_rules_together_find_what_each_finds_alone(text: str) -> None:
    """Nothing is lost by looking for the words and patterns of all rules in one pass."""
    together = spans(Checker(RULES, "possible").findings(text))
    reading = read(text)
    alone = {(rule.code, hit.start, hit.end) for rule in RULES for hit in rule.detector(reading, rule.layers)}
    assert together <= alone
    assert {(start, end) for _, start, end in alone} == {(start, end) for _, start, end in together}


def test_a_word_that_two_rules_know_is_told_once() -> None:
    """By the rule that says what it stands for, not by the one that only misses it in a list."""
    findings = check("The goverment recieved the note.\n", RULES)

    assert [("WD201", "goverment"), ("WD201", "recieved")] == [(f.code, f.found) for f in findings]


def test_two_rules_that_offer_different_readings_are_both_heard() -> None:
    """Nothing that an editor might want is kept back."""
    other = MADE_UP.replace("CF101", "CF102").replace("sail-for-sale", "sail-for-soil").replace("sale", "soil")
    rules = (*read_pack(MADE_UP, "a.yaml", "a"), *read_pack(other, "b.yaml", "b"))

    findings = check("a sail", rules)

    assert [("ABC-CF101", ("sale",)), ("ABC-CF102", ("soil",))] == [(f.code, f.suggestions) for f in findings]


def test_brackets_of_the_editor_are_left_alone_unless_asked_for() -> None:
    """A doubled word in an insertion is the editor's own business."""
    text = "The Minister [who had seen the the text] agreed.\n"

    assert [] == check(text, RULES)
    assert [("RP101", "the the")] == [(f.code, f.found) for f in Checker(RULES, insertions=True).findings(text)]


def test_words_on_both_sides_of_a_bracket_are_no_neighbours() -> None:
    """*the [new] the* holds no doubled word, whether brackets are looked into or not."""
    text = "He agreed to the [new] the plan.\n"

    assert "the [new] the" not in [f.found for f in Checker(RULES, "possible", insertions=True).findings(text)]
    assert "RP101" not in [f.code for f in Checker(RULES, "possible", insertions=True).findings(text)]


def test_a_rule_that_is_met_too_often_says_so() -> None:
    """No more than the limit is listed, and the last one tells that there are more."""
    rules = read_pack(MADE_UP, "house.yaml", "house")
    limit = engine_module.MOST_HITS

    exactly, over = check("sail " * limit, rules), check("sail " * (limit + 5), rules)

    assert limit == len(exactly) == len(over)
    assert "more often" not in exactly[-1].message
    assert "more often" in over[-1].message
    assert "more often" not in over[-2].message


def test_two_entries_of_a_rule_that_meet_offer_both_readings() -> None:
    """One finding, not two at one place."""
    rules = read_pack(
        MADE_UP.replace("words: {sail: sale}", 'words: {sail: sale}\n    phrases: {"a < sail": soil}'), "", ""
    )

    (finding,) = check("He saw a sail there.", rules)

    assert {"sale", "soil"} == set(finding.suggestions)


def test_the_rarest_words_of_a_phrase_are_its_anchor() -> None:
    """*of* and *the* stand everywhere, *behalf* does not; a pair of common words is rarer than either."""
    of, the, behalf = (frozenset([word]) for word in ("of", "the", "behalf"))

    assert (1, Anchor(behalf, beside=(-1, of))) == best_anchor([of, behalf, the])
    assert (0, Anchor(of, the)) == best_anchor([of, the])
    assert (1, Anchor(the, of, beside=(2, the))) == best_anchor([None, the, of, the])
    assert (2, Anchor(of)) == best_anchor([None, None, of])
    assert None is best_anchor([None])


@given(st.text(alphabet="abc ’é\n1.", max_size=40))
def test_a_set_of_patterns_leaves_out_only_what_does_not_match(text: str) -> None:
    """Looking for all at once may say too much, never too little."""
    patterns = [Pattern(source) for source in ("a+b", "c$", "^b", "’", "é[ab]", "1\\.", "[^a]c")]

    together = PatternSet(patterns)
    together.ENOUGH = 0

    possible = set(together.found_in(text))

    assert {place for place, one in enumerate(patterns) if list(one.each(text))} <= possible


@given(st.text(alphabet="abZ09'’ʼ -–“.,_ßàÿœɏ×÷ª²İıſé\u0301\u00ad@[`{~\x7f\u0250ж\n\r", max_size=24))
def test_the_quick_way_to_the_words_finds_the_same(text: str) -> None:
    """Latin letters are cut by a simpler pattern; beside a letter that it does not know, the general one is used."""
    quick, general = read(text).words(LAYERS), read(f"{text}\n\nж").words(LAYERS)
    assert quick.normal == general.normal[:-1]
    assert quick.starts == general.starts[:-1]
    assert quick.ends == general.ends[:-1]
