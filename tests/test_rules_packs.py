"""Every shipped rule is proven by its examples, and none of them leans on the sample document."""

import re
from collections import Counter
from importlib.resources import files

import pytest

from obelos_rules import Rule, load_rules, prove, shipped_packs

RULES = load_rules(shipped_packs())
SAMPLE = " ".join((files("obelos_tui") / "sample" / "base.txt").read_text(encoding="utf-8").split())

each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)


def test_the_six_packs_are_shipped() -> None:
    """Five that an edition uses by default, and one for recognised texts."""
    assert shipped_packs() == ("apparatus", "context", "core", "diplomatic", "ocr", "typescript")


@each_rule
def test_a_shipped_rule_does_to_its_examples_what_it_says(rule: Rule) -> None:
    """Flagged examples are flagged and mended by every suggestion; passing ones pass."""
    assert [] == [str(failure) for failure in prove([rule])]


@each_rule
def test_a_shipped_rule_has_three_examples_of_each_that_are_not_from_the_sample(rule: Rule) -> None:
    """What a rule can do is shown on other text than the one it will be shown off with."""
    flagged = {example.text for example in rule.flag if " ".join(example.text.split()) not in SAMPLE}
    passing = {example.text for example in rule.passing if " ".join(example.text.split()) not in SAMPLE}
    assert len(flagged) >= 3
    assert len(passing) >= 3


@each_rule
def test_a_shipped_rule_explains_itself(rule: Rule) -> None:
    """Why it matters and where the knowledge comes from are said in words."""
    assert len(rule.why.split()) >= 5
    assert rule.authority


def test_no_flagged_example_shares_five_words_running_with_the_sample() -> None:
    """Rules catch a kind of error, not a sentence."""
    sample = re.findall(r"\w+", SAMPLE.lower())
    runs = {tuple(sample[n : n + 5]) for n in range(len(sample) - 4)}
    shared = []
    for rule in RULES:
        for example in rule.flag:
            words = re.findall(r"\w+", example.text.lower())
            shared += [(rule.code, run) for n in range(len(words) - 4) if (run := tuple(words[n : n + 5])) in runs]
    assert [] == shared


def test_codes_and_names_are_unique() -> None:
    """A code, and a name, stand for one rule."""
    assert {1} == set(Counter(rule.code for rule in RULES).values())
    assert {1} == set(Counter(rule.name for rule in RULES).values())


def test_the_first_two_letters_of_a_code_go_with_the_kind() -> None:
    """CF is a confusable wherever it stands."""
    one_model = {"omission": "context", "surplus": "context"}  # three questions that one model answers
    letters = {(rule.code[:2], one_model.get(rule.kind, rule.kind)) for rule in RULES if rule.kind != "pattern"}
    assert len(letters) == len({code for code, _ in letters})
