"""The punctuation, spacing and character rules of the pack core, on whole pages made up for these tests."""

import pytest

from obelos_rules import Finding, check, load_rules, read_pack
from obelos_rules.model import Level
from obelos_transcripts import BadInput

RULES = [rule for rule in load_rules(["core"]) if rule.code[:2] in ("PA", "PR", "SP", "CH", "RP")]

PAGE = """\
The commission left the capital on the ninth of May ,and was met at the frontier by the mayor.The roads were bad,,
and in. each of the villages the crews had to wait. they slept in barns. Mr, Hale spoke of ”a lean year“, and of the;
of the price of corn he said nothing, But the owners did n’t complain &amp; paid [see note.
The vessels lie at Naples under a strong guard.
The vessels lie at Naples under a strong guard.
It was agreeed that the ofﬁce should reopen.. Article XIIX of the treaty grants a loan of $12,50 at most ???
"""

SOUND = """\
The commission left the capital on the ninth of May, and was met at the frontier by the mayor. The roads were bad,
and in each of the villages the crews had to wait. They slept in barns. Mr. Hale spoke of “a lean year”, and of the
price of corn he said nothing. But the owners didn’t complain; they paid [see note].
The vessels lie at Naples under a strong guard.
It was agreed that the office should reopen . . . Article XVIII of the treaty grants a loan of $12,500 at most.

“The letter was long,” he wrote, “and it went on:

“‘We are tired . . .’”
"""


def found(text: str, level: Level = "likely") -> list[str]:
    """Quotes flagged in a text."""
    return [finding.found for finding in check(text, RULES, level=level)]


def made(keys: str, text: str) -> list[Finding]:
    """Findings of a rule with these keys."""
    rule = f"""\
rules:
  - code: XX101
    name: made-up
    level: likely
    message: "{{found}}"
    why: made up for a test
    authority: none
    examples: {{flag: [{{text: x, at: x}}], pass: [y]}}
{keys}
"""
    return check(text, read_pack(rule, "made-up.yaml", "made-up"))


def test_a_careless_page_gives_just_its_faults() -> None:
    """Each in its place, nothing else."""
    assert [
        " ",
        ".",
        ",,",
        ".",
        "wait. they",
        ",",
        "”",
        "“",
        "the",
        ", But",
        "did n’t",
        "&amp;",
        "[",
        "The vessels lie at Naples under a strong guard.",
        "agreeed",
        "ﬁ",
        "..",
        "XIIX",
        "$12,50",
        "???",
    ] == found(PAGE)


def test_the_same_page_set_with_care_gives_nothing() -> None:
    """Not even at the weakest level."""
    assert [] == found(SOUND)
    assert [] == found(SOUND, level="possible")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("of the session of the session", "of the session"),
        ("the owners of the ships in the owners of the ships in the port", "the owners of the ships in"),
        ("at the end of the of the year", "of the"),
    ],
)
def test_a_phrase_written_twice_is_flagged_whole(text: str, expected: str) -> None:
    """From two words to twelve; what is flagged is the second."""
    assert [expected] == found(f"They spoke {text} again.")


def test_words_that_are_rightly_doubled_are_left() -> None:
    """By and by, from time to time, day after day, and a name of two equal words."""
    assert [] == found("By and by they came, and by and by they left; from time to time to Baden Baden.")


def test_a_long_line_may_be_repeated_once_only() -> None:
    """Three copies are two findings; a line of a table may stand as often as it likes."""
    line = "The vessels lie at Naples under a strong guard.\n"
    assert 2 == len(found("Report.\n\n" + line * 3))
    assert [] == found("Table\n" + "corn 12\n" * 5)


def test_a_line_begun_again_is_seen_only_in_the_midst_of_a_sentence() -> None:
    """Two sentences may begin alike."""
    keys = "    kind: repetition\n    what: line\n    least: 4"
    broken = "A report.\nIt was about the\nthe repair of the two cranes on the\nthe repair of the two docks.\n"
    assert ["the repair of the two"] == [one.found for one in made(keys, broken)]
    assert [] == made(keys, "The repair of the two cranes.\nThe repair of the two docks.\n")
    assert [] == made(keys, "the repair of the two cranes on the\n\nthe repair of the two docks.\n")


def test_a_text_pasted_twice_is_reported_in_few_findings() -> None:
    """Not once for each of its words."""
    text = " ".join("commission " + "ab"[number % 2] * (number % 7 + 1) for number in range(300)) + ". "
    keys = "    kind: repetition\n    what: passage\n    least: 12"
    assert 0 < len(made(keys, text * 2)) <= 8


def test_the_less_frequent_of_several_forms_is_flagged_in_each_layer() -> None:
    """A note may be written otherwise than the telegram."""
    keys = "    kind: spacing\n    what: forms\n    forms: {'a-b': a-b, 'a=b': a=b}\n    layers: [body, note]"
    assert [("a=b", ("a-b",))] == [(one.found, one.suggestions) for one in made(keys, "x a-b a-b a=b.")]
    assert [] == made(keys, "A long body has a-b and a-b[footnoteRef:1]. [1:  a=b.]\n")


def test_on_a_tie_the_form_that_is_listed_first_is_kept() -> None:
    """So that the order of the rule says what is preferred."""
    keys = "    kind: spacing\n    what: forms\n    forms: {'a-b': a-b, 'a=b': a=b}"
    assert ["a=b"] == [one.found for one in made(keys, "x a=b a-b.")]


def test_a_character_that_a_text_uses_throughout_is_its_own() -> None:
    """``most`` counts each character by itself."""
    keys = "    kind: charset\n    characters: {¬: [''], ƒ: [f]}\n    most: 2"
    assert ["ƒ"] == [one.found for one in made(keys, "¬ one ¬ two ¬ three oƒ four")]


def test_letters_are_composed_only_where_unicode_has_the_letter() -> None:
    """A macron over an x stays; an accent over an e does not."""
    keys = "    kind: charset\n    composed: true"
    assert [("e\u0301", ("é",))] == [(one.found, one.suggestions) for one in made(keys, "cafe\u0301 x\u0304")]


def test_a_sign_that_opens_and_closes_is_counted() -> None:
    """An odd one is left over; a new paragraph may open with it again."""
    keys = "    kind: pairing\n    open: '\"'\n    close: '\"'"
    assert [3] == [one.start for one in made(keys, 'He "said.\n\nNo.')]
    assert [] == made(keys, '"One.\n\n"Two."')


def test_a_kind_of_these_refuses_what_it_cannot_use() -> None:
    """A passage without a length, forms without a second one, a charset rule without characters."""
    for keys, reason in (
        ("    kind: repetition\n    what: passage", "needs “least”"),
        ("    kind: spacing\n    what: forms\n    forms: {a: a}", "two ways"),
        ("    kind: spacing\n    what: forms\n    forms: {a: '{1}', b: b}", "part 1 is named"),
        ("    kind: charset", "needs “characters”"),
    ):
        with pytest.raises(BadInput, match=reason):
            made(keys, "x")
